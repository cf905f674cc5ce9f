// `docker build --output`: where the result goes when it is no image of the engine.

import type { Bytes } from '../../../base/bytes.ts';
import type { Task } from '../../../base/task.ts';
import { type Cli, streamOf } from '../../cli.ts';
import { CliError, notSimulated } from '../../errors.ts';
import { cut } from '../../flags/values.ts';
import { untar } from '../../host-archive.ts';
import { csvRecord } from '../../opts/csv.ts';

export interface FilesOutput {
  readonly type: 'local' | 'tar';
  /** A directory, or for tar a file; '-' for standard output. */
  readonly dest: string;
}

/** Where files go, and more names for an image. @throws CliError */
export function parseOutputs(texts: readonly string[]): { files: FilesOutput[]; names: string[] } {
  const files: FilesOutput[] = [];
  const names: string[] = [];
  for (const text of texts) {
    const fields = csvRecord(text);
    const bare = fields.length === 1 && fields[0] === text && !text.startsWith('type=');
    const named = bare ? { type: text === '-' ? 'tar' : 'local', dest: text } : Object.fromEntries(fields.map((field) => {
      const [key, value, given] = cut(field, '=');
      if (!given) throw new CliError(`invalid value ${field}`);
      return [key.trim().toLowerCase(), value];
    })) as Record<string, string | undefined>;
    const { type, dest, name } = named as Record<string, string | undefined>;
    if (!type) throw new CliError('type is required for output');
    if (type === 'local' || type === 'tar') {
      if (type === 'local' && !dest) throw new CliError('dest is required for local exporter');
      files.push({ type, dest: dest ?? '-' });
    } else if (type === 'oci' || (type === 'docker' && dest)) {
      throw new CliError(`${type === 'oci' ? 'OCI' : 'Docker'} exporter is not supported for the docker driver.\nSwitch to a different driver, or turn on the containerd image store, and try again.\nLearn more at https://docs.docker.com/go/build-exporters/`);
    } else if (type === 'image' || type === 'docker') names.push(...(name ? name.split(',') : []));
    else if (type === 'registry') throw notSimulated('buildx build --output type=registry');
    else throw new CliError(`exporter ${JSON.stringify(type)} could not be found`);
  }
  return { files, names };
}

export function* writeOutput(cli: Cli, { type, dest }: FilesOutput, tar: Bytes): Task<void> {
  const { sys } = cli;
  if (type === 'tar') return dest === '-' ? yield* cli.out(tar) : sys.writeFile(dest, tar, 0o666);
  const path = cli.absolute(dest);
  const missing: string[] = [];
  for (let at = path; !sys.can(at, ''); at = at.slice(0, at.lastIndexOf('/')) || '/') missing.unshift(at);
  for (const each of missing) sys.mkdir(each, 0o777);
  yield* untar(sys, streamOf(tar), path);
}
