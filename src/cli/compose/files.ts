// Configs and secrets that are no files of the host: written into the container before it starts.

import { encodeHeader, TAR_END, tarPadding } from '../../base/archive/tar-header.ts';
import { concat, encode } from '../../base/bytes.ts';
import type { Task } from '../../base/task.ts';
import { streamOf } from '../cli.ts';
import { CliError } from '../errors.ts';
import { quote } from '../go.ts';
import { fileReferences, filePath } from './mounts.ts';
import type { Project, Service } from './project.ts';
import type { Session } from './session.ts';

/** @throws CliError */
export function* injectFiles(session: Session, project: Project, service: Service, containerId: string): Task<void> {
  for (const { kind, reference, file } of fileReferences(project, service)) {
    if (file.external || file.file) continue;
    let text = file.content;
    if (file.environment !== undefined) {
      text = project.environment[file.environment];
      if (text === undefined) throw new CliError(`environment variable ${quote(file.environment)} required by ${kind} ${quote(file.name)} is not set`);
    }
    const content = encode(text ?? '');
    const name = filePath(kind, reference).slice(1);
    const header = encodeHeader({
      name, type: 'file', mode: reference.mode ? Number.parseInt(reference.mode, 8) : 0o444, uid: Number(reference.uid ?? 0), gid: Number(reference.gid ?? 0), uname: '', gname: '',
      size: content.length, mtime: Math.floor(session.cli.sys.now() / 1000), linkname: '', major: 0, minor: 0,
    });
    yield* session.cli.engine.copyToContainer(containerId, '/', streamOf(concat([header, content, tarPadding(content.length), TAR_END])), { copyUidGid: reference.uid !== undefined || reference.gid !== undefined });
  }
}
