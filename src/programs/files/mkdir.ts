// mkdir: make directories.

import { parseMode } from '../../base/mode-change.ts';
import { KernelError } from '../../kernel/errno.ts';
import { isDirectory } from '../../kernel/stat.ts';
import { reason } from '../lib/messages.ts';
import { quote, quoteAlways } from '../lib/quote.ts';
import type { Tool } from '../lib/tool.ts';

export const mkdir: Tool = {
  gnu: 'm:,mode: p,parents v,verbose Z context::',
  busybox: 'm:,mode: p,parents v,verbose',
  *run(io, o) {
    const { sys, gnu } = io;
    if (!o.operands.length) io.usage(gnu ? 'missing operand' : undefined);
    const umask = sys.umask();
    const modeText = o.value('m');
    const change = modeText === undefined ? undefined : parseMode(modeText, umask, gnu);
    if (modeText !== undefined && !change) io.die(gnu ? `invalid mode ${quote(modeText)}` : `invalid mode '${modeText}'`);
    const parents = o.has('p');
    const fail = (path: string, error: unknown): void => io.fail(gnu ? `cannot create directory ${quote(path)}: ${reason(error)}` : `can't create directory '${path}': ${reason(error)}`);
    const make = (path: string, last: boolean): boolean => {
      try {
        sys.mkdir(path, last || !parents ? 0o777 : 0o777 | 0o300);
      } catch (error) {
        if (parents && error instanceof KernelError && isThere(path)) return true;
        if (parents && !gnu && error instanceof KernelError && error.errno === 'EEXIST') {
          // The last error is that of a look at what is in the way.
          try {
            sys.stat(path);
          } catch (why) {
            return (fail(path, why), false);
          }
        }
        // What stands in the way of a parent is no directory.
        if (gnu && parents && !last && error instanceof KernelError && error.errno === 'EEXIST' && sys.can(path, '')) fail(path, new KernelError('ENOTDIR'));
        else fail(path, error);
        return false;
      }
      if (last && change) sys.chmod(path, change(0o40777));
      if (o.has('v')) io.out(gnu ? `mkdir: created directory ${quoteAlways(path)}\n` : `created directory: '${path}'\n`);
      return true;
    };
    for (const path of o.operands) {
      if (!parents) {
        make(path, true);
        continue;
      }
      const parts = [...path.matchAll(/\/*[^/]+\/*/g)];
      if (!parts.length) {
        make(path, true);
        continue;
      }
      for (const [i, part] of parts.entries()) {
        const last = i === parts.length - 1;
        const upTo = path.slice(0, part.index + part[0].length);
        const shown = last ? path : gnu ? upTo.replace(/\/+$/, '') : upTo;
        if (/^\/*\.\.?\/*$/.test(part[0]) && isThere(shown)) continue;
        if (!make(shown, last)) break;
      }
      yield* io.relieve();
    }

    function isThere(path: string): boolean {
      try {
        return isDirectory(sys.stat(path).mode);
      } catch (error) {
        if (error instanceof KernelError) return false;
        throw error;
      }
    }
  },
};
