// readlink and realpath: where links lead, and names without them.

import { KernelError } from '../../kernel/errno.ts';
import { reason } from '../lib/messages.ts';
import { quoteFile } from '../lib/quote.ts';
import { busyboxResolve, relativePath, resolve } from '../lib/resolve.ts';
import type { Tool } from '../lib/tool.ts';

export const readlink: Tool = {
  gnu: 'f,canonicalize e,canonicalize-existing m,canonicalize-missing n,no-newline q,quiet s,silent v,verbose z,zero',
  busybox: 'f n v q s',
  *run(io, o) {
    const { sys, gnu } = io;
    if (!o.operands.length) io.usage(gnu ? 'missing operand' : undefined);
    if (!gnu && o.operands.length > 1) io.usage();
    const canonical = o.last('f', 'e', 'm');
    const end = o.has('z') ? '\0' : o.has('n') && o.operands.length === 1 ? '' : '\n';
    for (const path of o.operands) {
      try {
        const text = canonical && !gnu ? busyboxResolve(sys, path) : canonical ? resolve(sys, path, canonical === 'e' ? 'all' : canonical === 'm' ? 'missing' : 'parent') : sys.readlink(path);
        io.out(text + end);
      } catch (error) {
        if (!(error instanceof KernelError)) throw error;
        io.status = 1;
        if (!o.has('v')) continue;
        io.warn(gnu ? `${quoteFile(path)}: ${reason(error)}` : `${path}: cannot read link: ${error.errno === 'EINVAL' ? 'not a symlink' : reason(error)}`);
      }
    }
  },
};

export const realpath: Tool = {
  gnu: 'E e,canonicalize-existing m,canonicalize-missing L,logical P,physical q,quiet s,strip,no-symlinks z,zero relative-to: relative-base:',
  busybox: null,
  *run(io, o) {
    const { sys, gnu } = io;
    if (!o.operands.length) io.usage(gnu ? 'missing operand' : undefined);
    const must = o.has('e') ? 'all' : o.has('m') ? 'missing' : 'parent';
    const style = o.has('s') ? 'nolinks' : o.has('L') ? 'logical' : 'physical';
    const canon = (path: string): string => resolve(sys, path, must, style);
    const base = o.value('relative-base') === undefined ? undefined : canon(o.value('relative-base')!);
    const to = o.value('relative-to') === undefined ? base : canon(o.value('relative-to')!);
    for (const path of o.operands) {
      try {
        const full = gnu ? canon(path) : busyboxResolve(sys, path);
        const inside = base === undefined || full === base || full.startsWith(`${base}/`);
        io.out((to !== undefined && inside ? relativePath(full, to) : full) + (o.has('z') ? '\0' : '\n'));
      } catch (error) {
        if (o.has('q')) {
          reason(error);
          io.status = 1;
        } else io.fail(`${gnu ? quoteFile(path) : path}: ${reason(error)}`);
      }
    }
  },
};
