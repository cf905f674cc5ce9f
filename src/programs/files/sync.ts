// sync: everything is on disk here at once, so only its mistakes matter.

import { O_NONBLOCK, O_RDONLY } from '../../kernel/syscalls.ts';
import { reason } from '../lib/messages.ts';
import { quoteAlways } from '../lib/quote.ts';
import type { Tool } from '../lib/tool.ts';

export const sync: Tool = {
  gnu: 'd,data f,file-system',
  busybox: 'd f',
  *run(io, o) {
    if (io.gnu && o.has('d') && !o.operands.length) io.die('--data needs at least one argument');
    for (const path of o.operands) {
      try {
        io.sys.close(io.sys.open(path, O_RDONLY | O_NONBLOCK));
      } catch (error) {
        io.fail(io.gnu ? `error opening ${quoteAlways(path)}: ${reason(error)}` : `can't open '${path}': ${reason(error)}`);
      }
    }
  },
};
