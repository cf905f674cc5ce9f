// touch: change the times of files, and make those that are not there.

import { KernelError } from '../../kernel/errno.ts';
import { O_CREAT, O_NOCTTY, O_NONBLOCK, O_WRONLY } from '../../kernel/syscalls.ts';
import { busyboxDate, parseDate, parseTouchStamp } from '../lib/date-parse.ts';
import { reason } from '../lib/messages.ts';
import { quote, quoteAlways } from '../lib/quote.ts';
import type { Tool } from '../lib/tool.ts';

export const touch: Tool = {
  gnu: 'a c,no-create d:,date: f h,no-dereference m r:,reference: t: time:',
  busybox: 'c,no-create r:,reference: d:,date: t: h,no-dereference a m',
  *run(io, o) {
    const { sys, gnu } = io;
    const now = sys.now();
    let atime: number | 'now' | undefined = 'now';
    let mtime: number | 'now' | undefined = 'now';
    const reference = o.value('r');
    if (reference !== undefined) {
      try {
        const stat = o.has('h') ? sys.lstat(reference) : sys.stat(reference);
        [atime, mtime] = [stat.atime, stat.mtime];
      } catch (error) {
        io.die(gnu ? `failed to get attributes of ${quoteAlways(reference)}: ${reason(error)}` : `can't stat '${reference}': ${reason(error)}`);
      }
    }
    for (const { key, value } of o.given) {
      if (key !== 'd' && key !== 't') continue;
      const text = value!;
      const base: number = typeof mtime === 'number' ? mtime : now;
      const date: number | undefined = !gnu ? busyboxDate(text, now) : key === 't' ? parseTouchStamp(text, now) : parseDate(text, base);
      if (date === undefined) return io.die(gnu ? `invalid date format ${quote(text)}` : `invalid date '${text}'`);
      atime = mtime = date;
    }
    const which = o.value('time');
    const onlyAccess = o.has('a') || (which !== undefined && /^(a|use)/.test(which));
    const onlyModify = o.has('m') || (which !== undefined && which.startsWith('m'));
    if (onlyAccess && !onlyModify) mtime = undefined;
    if (onlyModify && !onlyAccess) atime = undefined;
    if (!o.operands.length) io.usage(gnu ? 'missing file operand' : undefined);
    for (const path of o.operands) {
      yield* io.relieve();
      try {
        if (path === '-' && gnu) continue;
        try {
          sys.utimes(path, atime, mtime, o.has('h') ? { noFollow: true } : {});
        } catch (error) {
          if (!(error instanceof KernelError) || error.errno !== 'ENOENT') throw error;
          if (o.has('c', 'h')) {
            if (o.has('c')) continue;
            throw error;
          }
          sys.close(sys.open(path, O_WRONLY | O_CREAT | O_NONBLOCK | O_NOCTTY, 0o666));
          if (atime !== 'now' || mtime !== 'now') sys.utimes(path, atime, mtime);
        }
      } catch (error) {
        io.fail(gnu ? `${o.has('h') ? 'setting times of' : 'cannot touch'} ${quoteAlways(path)}: ${reason(error)}` : `${path}: ${reason(error)}`);
      }
    }
  },
};
