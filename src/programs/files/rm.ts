// rm: remove files and trees.

import { KernelError } from '../../kernel/errno.ts';
import { confirm } from '../lib/confirm.ts';
import { baseName } from '../lib/path.ts';
import { quote, quoteAlways } from '../lib/quote.ts';
import { removeTree } from '../lib/remove-tree.ts';
import type { Tool } from '../lib/tool.ts';

export const rm: Tool = {
  gnu: 'f,force i I interactive:: r,recursive R d,dir v,verbose one-file-system no-preserve-root preserve-root::',
  busybox: 'f i r R v',
  *run(io, o) {
    const { operands } = o;
    const when = o.value('interactive');
    if (when !== undefined && !['never', 'no', 'none', 'once', 'always', 'yes'].includes(when)) {
      io.warn(`invalid argument ${quote(when)} for ${quote('--interactive')}`);
      io.err('Valid arguments are:\n  - ‘never’, ‘no’, ‘none’\n  - ‘once’\n  - ‘always’, ‘yes’\n');
      io.usage();
    }
    const mode = o.last('f', 'i', 'I', 'interactive');
    const asked = mode === 'interactive' ? ({ never: 'f', no: 'f', none: 'f', once: 'I' }[when ?? ''] ?? 'i') : mode;
    const recursive = o.has('r', 'R');
    if (!operands.length) {
      if (o.has('f')) return 0;
      io.usage(io.gnu ? 'missing operand' : undefined);
    }
    if (asked === 'I' && (recursive || operands.length > 3)) {
      const count = `${operands.length} argument${operands.length === 1 ? '' : 's'}`;
      if (!(yield* confirm(io, `remove ${count}${recursive ? ' recursively' : ''}? `))) return 0;
    }
    for (const operand of operands) {
      const path = io.gnu ? operand : operand.replace(/(?<=.)\/+$/, '');
      if (/^(?:.*\/)?\.\.?\/*$/.test(path) && (recursive || !io.gnu)) {
        io.fail(io.gnu ? `refusing to remove '.' or '..' directory: skipping ${quoteAlways(path)}` : "can't remove '.' or '..'");
        continue;
      }
      if (io.gnu && recursive && !o.has('no-preserve-root') && isRoot(path)) {
        io.fail(baseName(path) === '/' ? `it is dangerous to operate recursively on ${quoteAlways('/')}` : `it is dangerous to operate recursively on ${quoteAlways(path)} (same as ${quoteAlways('/')})`);
        io.warn('use --no-preserve-root to override this failsafe');
        continue;
      }
      yield* removeTree(io, path, {
        recursive, force: o.has('f') && asked !== 'i', verbose: o.has('v'), interactive: asked === 'i', emptyDirectories: o.has('d'), oneFileSystem: o.has('one-file-system'),
      });
      yield* io.relieve();
    }

    function isRoot(path: string): boolean {
      try {
        const stat = io.sys.lstat(path);
        const root = io.sys.stat('/');
        return stat.ino === root.ino && stat.dev === root.dev;
      } catch (error) {
        if (error instanceof KernelError) return false;
        throw error;
      }
    }
  },
};
