// shred: overwrite a file, and remove it if asked.

import { isRegular } from '../../kernel/stat.ts';
import { O_WRONLY } from '../../kernel/syscalls.ts';
import { CHUNK } from '../lib/copy-bytes.ts';
import { reason } from '../lib/messages.ts';
import { quoteFile } from '../lib/quote.ts';
import { parseSize } from '../lib/size-format.ts';
import type { Tool } from '../lib/tool.ts';

export const shred: Tool = {
  gnu: 'f,force n:,iterations: random-source: s:,size: u remove:: v,verbose x,exact z,zero',
  busybox: 'f u z n: v x',
  *run(io, o) {
    const { sys, gnu } = io;
    if (!o.operands.length) io.usage(gnu ? 'missing file operand' : undefined);
    const passes = Number(o.value('n') ?? 3);
    for (const path of o.operands) {
      let fd: number;
      try {
        if (o.has('f') && !sys.can(path, 'w')) sys.chmod(path, 0o200);
        fd = sys.open(path, O_WRONLY);
      } catch (error) {
        io.fail(gnu ? `${quoteFile(path)}: failed to open for writing: ${reason(error)}` : `can't open '${path}': ${reason(error)}`);
        continue;
      }
      const stat = sys.fstat(fd);
      const unit = stat.blksize || 4096;
      const size = o.value('s') !== undefined ? (parseSize(o.value('s')!) ?? 0) : o.has('x') || !gnu || !isRegular(stat.mode) ? stat.size : Math.ceil(stat.size / unit) * unit;
      const total = passes + (o.has('z') ? 1 : 0);
      try {
        for (let pass = 1; pass <= total; pass++) {
          const zero = pass > passes;
          if (o.has('v')) io.err(`shred: ${path}: pass ${pass}/${total} (${zero ? '000000' : 'random'})...\n`);
          sys.seek(fd, 0, 'set');
          for (let left = size; left > 0; left -= CHUNK) {
            const length = Math.min(CHUNK, left);
            yield* sys.write(fd, zero ? new Uint8Array(length) : sys.randomBytes(length));
            yield* io.relieve();
          }
        }
        if (o.has('u', 'remove')) {
          sys.ftruncate(fd, 0);
          if (o.has('v')) io.err(`shred: ${path}: removing\n`);
          sys.unlink(path);
          if (o.has('v')) io.err(`shred: ${path}: removed\n`);
        }
      } catch (error) {
        io.fail(`${quoteFile(path)}: ${reason(error)}`);
      } finally {
        sys.close(fd);
      }
    }
  },
};
