// tee: copy standard input to standard output and to files.

import { KernelError } from '../../kernel/errno.ts';
import { O_APPEND, O_CREAT, O_TRUNC, O_WRONLY } from '../../kernel/syscalls.ts';
import { CHUNK } from '../lib/copy-bytes.ts';
import { reason } from '../lib/messages.ts';
import { quoteFile } from '../lib/quote.ts';
import type { Tool } from '../lib/tool.ts';

export const tee: Tool = {
  gnu: 'a,append i,ignore-interrupts p output-error::',
  busybox: 'i a',
  *run(io, o) {
    const { sys } = io;
    if (o.has('i')) sys.sigaction('SIGINT', 'ignore');
    if (!io.gnu || o.has('p', 'output-error')) sys.sigaction('SIGPIPE', 'ignore');
    const show = (path: string): string => (io.gnu ? quoteFile(path) : path);
    const outputs: { readonly fd: number; readonly name: string }[] = [{ fd: 1, name: io.gnu ? "'standard output'" : 'standard output' }];
    for (const path of o.operands) {
      try {
        if (path === '-' && !io.gnu) outputs.push({ fd: 1, name: 'standard output' });
        else outputs.push({ fd: sys.open(path, O_WRONLY | O_CREAT | (o.has('a') ? O_APPEND : O_TRUNC), 0o666), name: show(path) });
      } catch (error) {
        io.fail(`${show(path)}: ${reason(error)}`);
      }
    }
    yield* io.flush();
    for (;;) {
      let bytes;
      try {
        bytes = yield* sys.read(0, CHUNK);
      } catch (error) {
        io.fail(`read error: ${reason(error)}`);
        break;
      }
      if (!bytes.length) break;
      for (const output of [...outputs]) {
        try {
          yield* sys.write(output.fd, bytes);
        } catch (error) {
          if (!(error instanceof KernelError)) throw error;
          outputs.splice(outputs.indexOf(output), 1);
          // With -p a closed pipe is nobody's fault.
          if (!(error.errno === 'EPIPE' && o.has('p'))) io.fail(`${output.name}: ${reason(error)}`);
          yield* io.flush();
        }
      }
      if (!outputs.length) break;
    }
  },
};
