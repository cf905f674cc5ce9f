// `tar --delete`: an archive without some of its members, written in its own place.

import { isGzip } from '../../base/archive/gzip.ts';
import { TarReader } from '../../base/archive/tar-reader.ts';
import { concat, type Bytes } from '../../base/bytes.ts';
import type { Task } from '../../base/task.ts';
import { O_CREAT, O_RDWR } from '../../kernel/syscalls.ts';
import { readAll } from './lines.ts';
import { reason, type Io } from './messages.ts';
import type { WantedMembers } from './tar-names.ts';

const BLOCK = 512;
const RECORD = 20 * BLOCK;

export function* deleteMembers(io: Io, name: string, gone: WantedMembers): Task<void> {
  const { sys } = io;
  let fd = 0;
  try {
    fd = sys.open(name, O_RDWR | O_CREAT, 0o666);
  } catch (error) {
    io.warn(`${name}: Cannot open: ${reason(error)}`);
    io.die('Error is not recoverable: exiting now', 2);
  }
  const archive = yield* readAll(sys, fd);
  if (isGzip(archive)) {
    io.warn('Cannot update compressed archives');
    io.die('Error is not recoverable: exiting now', 2);
  }
  const reader = new TarReader();
  const kept: Bytes[] = [];
  let end = 0;
  for (const { header } of reader.push(archive)) {
    if (!header) continue;
    const start = end;
    end = reader.position + Math.ceil((header.type === 'file' ? header.size : 0) / BLOCK) * BLOCK;
    if (!gone.has(header.name)) kept.push(archive.subarray(start, end));
  }
  if (reader.bad) io.fail('This does not look like a tar archive', 2);
  else if (archive.length) {
    const size = kept.reduce((sum, { length }) => sum + length, 0) + 2 * BLOCK;
    sys.pwrite(fd, concat([...kept, new Uint8Array(2 * BLOCK + (RECORD - (size % RECORD)) % RECORD)]), 0);
    sys.ftruncate(fd, Math.ceil(size / RECORD) * RECORD);
  }
  sys.close(fd);
  for (const each of gone.missing()) io.fail(`${each}: Not found in archive`, 2);
}
