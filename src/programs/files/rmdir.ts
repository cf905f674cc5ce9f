// rmdir: remove empty directories.

import { KernelError } from '../../kernel/errno.ts';
import { reason } from '../lib/messages.ts';
import { quoteAlways } from '../lib/quote.ts';
import type { Tool } from '../lib/tool.ts';

export const rmdir: Tool = {
  gnu: 'p,parents v,verbose ignore-fail-on-non-empty',
  busybox: 'p,parents v,verbose ignore-fail-on-non-empty',
  *run(io, o) {
    const { sys, gnu } = io;
    if (!o.operands.length) io.usage(gnu ? 'missing operand' : undefined);
    for (const operand of o.operands) {
      let path = operand;
      for (let first = true; ; first = false) {
        if (o.has('v')) io.out(`rmdir: removing directory, '${path}'\n`);
        try {
          sys.rmdir(path);
        } catch (error) {
          const expected = o.has('ignore-fail-on-non-empty') && error instanceof KernelError && error.errno === 'ENOTEMPTY';
          if (!expected) io.fail(gnu ? `failed to remove ${first ? '' : 'directory '}${quoteAlways(path)}: ${reason(error)}` : `'${path}': ${reason(error)}`);
          break;
        }
        if (!o.has('p')) break;
        const trimmed = path.replace(/\/+$/, '');
        const slash = trimmed.lastIndexOf('/');
        // BusyBox goes on to the root.
        if (slash < 0 || !trimmed || (gnu && !slash)) break;
        path = trimmed.slice(0, slash).replace(/\/+$/, '') || (gnu ? '' : '/');
        if (!path || (!gnu && path === '.')) break;
      }
      yield* io.relieve();
    }
  },
};
