// The build context: a directory without what .dockerignore names, or an archive or a Dockerfile from standard input.

import type { Stream } from '../../../api/engine-client.ts';
import { encodeHeader, TAR_END, tarPadding } from '../../../base/archive/tar-header.ts';
import { TarReader } from '../../../base/archive/tar-reader.ts';
import { isGzip } from '../../../base/archive/gzip.ts';
import { type Bytes, concat, decode } from '../../../base/bytes.ts';
import type { Task } from '../../../base/task.ts';
import { isDirectory } from '../../../kernel/stat.ts';
import { type Cli, streamOf } from '../../cli.ts';
import { CliError, notSimulated } from '../../errors.ts';
import { cleanPath, dirName, joinPath } from '../../go.ts';
import { tarOf, walk } from '../../host-archive.ts';
import { ignored, patternFault } from '../../../api/dockerignore.ts';

export interface BuildContext {
  readonly content: Stream<Bytes>;
  /** Bytes sent so far. */
  sent(): number;
  /** The Dockerfile's name in the archive. */
  readonly dockerfile: string;
}

/** One file as an archive. */
const archiveOf = (name: string, content: Bytes, mtime: number): Bytes => concat([
  encodeHeader({ name, type: 'file', mode: 0o600, uid: 0, gid: 0, uname: '', gname: '', size: content.length, mtime: Math.floor(mtime / 1000), linkname: '', major: 0, minor: 0 }),
  content, tarPadding(content.length), TAR_END,
]);

/** @param file `-f`; '' for the default. @throws CliError */
export function* buildContext(cli: Cli, path: string, file: string, legacy: boolean): Task<BuildContext> {
  const { sys } = cli;
  if (path === '-') {
    if (file === '-') throw new CliError('invalid argument: can\'t use stdin for both build context and dockerfile');
    const bytes = yield* cli.readAll(0);
    const reader = new TarReader();
    const isTar = isGzip(bytes) || (bytes.length >= 512 && [...reader.push(bytes.subarray(0, 512))].length > 0);
    const none = !bytes.length && !legacy;
    const whole = none ? TAR_END : isTar ? bytes : archiveOf('Dockerfile', bytes, sys.now());
    return { content: streamOf(whole), sent: () => whole.length, dockerfile: none ? '' : (isTar && file) || 'Dockerfile' };
  }
  if (/^(https?|git|ssh):\/\/|^git@|^github\.com\//.test(path)) throw notSimulated('building from a URL');
  if (!sys.can(path, '')) throw new CliError(`unable to prepare context: path ${JSON.stringify(path)} not found`);
  if (!isDirectory(sys.stat(path).mode)) throw new CliError(legacy ? `unable to prepare context: context must be a directory: ${cli.absolute(path)}` : `unable to prepare context: context must be a directory: ${path}`);
  const root = sys.realpath(path);
  let name = '';
  let given: Bytes | undefined;
  if (file === '-') {
    given = yield* cli.readAll(0);
    name = '.dockerfile.stdin';
  } else {
    const full = file ? cli.absolute(file) : joinPath(root, 'Dockerfile');
    if (sys.can(full, '')) {
      const real = sys.realpath(full);
      if (real.startsWith(root === '/' ? '/' : `${root}/`)) name = real.slice(root === '/' ? 1 : root.length + 1);
      else {
        given = yield* cli.readFile(full);
        name = '.dockerfile.outside';
      }
    } else if (legacy) throw new CliError(`unable to prepare context: unable to evaluate symlinks in Dockerfile path: lstat ${full}: no such file or directory`);
    else if (file && !sys.can(dirName(full), '')) throw new CliError(`resolve : lstat ${file.slice(0, file.lastIndexOf('/'))}: no such file or directory`);
    else name = file ? cleanPath(file) : 'Dockerfile';
  }
  const ignoreFile = [`${joinPath(root, name)}.dockerignore`, joinPath(root, '.dockerignore')].find((each) => sys.can(each, 'r'));
  const patterns = ignoreFile ? decode(yield* cli.readFile(ignoreFile)) : '';
  const fault = patternFault(patterns);
  if (fault) throw new CliError(legacy ? `checking context: ${fault}` : `failed to solve: ${fault}`);
  const drop = ignored(patterns);
  const kept = new Set([name, '.dockerignore']);
  const members = walk(sys, root, '', (member) => member === '' || (!kept.has(member) && drop(member)));
  let sent = 0;
  const tar = tarOf(sys, members, (count) => void (sent += count));
  if (!given) return { content: tar, sent: () => sent, dockerfile: name };
  const extra = archiveOf(name, given, sys.now());
  let first: Bytes | undefined = extra.subarray(0, extra.length - TAR_END.length);
  return {
    content: {
      *next() {
        const part = first;
        first = undefined;
        return part ?? (yield* tar.next());
      },
      close: () => tar.close(),
    },
    sent: () => sent + extra.length - TAR_END.length,
    dockerfile: name,
  };
}
