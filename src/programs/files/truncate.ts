// truncate: set the size of files.

import { O_CREAT, O_NONBLOCK, O_WRONLY } from '../../kernel/syscalls.ts';
import { reason } from '../lib/messages.ts';
import { quote, quoteAlways } from '../lib/quote.ts';
import { parseSize } from '../lib/size-format.ts';
import type { Tool } from '../lib/tool.ts';

export const truncate: Tool = {
  gnu: 'c,no-create o,io-blocks r:,reference: s:,size:',
  busybox: 's: c',
  *run(io, o) {
    const { sys, gnu } = io;
    const text = o.value('s');
    const reference = o.value('r');
    if (text === undefined && reference === undefined) io.usage(gnu ? `you must specify either ${quote('--size')} or ${quote('--reference')}` : undefined);
    const found = /^\s*([-+<>/%]?)(.*)$/.exec(text ?? '0')!;
    const operator = found[1]!;
    const amount = parseSize(found[2]!, gnu ? {} : { b: 512 });
    if (amount === undefined || (operator && !gnu)) return io.die(gnu ? `Invalid number: ${quote(found[2]!)}` : `invalid number '${text ?? ''}'`);
    if (amount > 2 ** 63) io.die(`Invalid number: ${quote(text!)}: Value too large for defined data type`);
    if (!o.operands.length) io.usage(gnu ? 'missing file operand' : undefined);
    let base: number | undefined;
    if (reference !== undefined) {
      try {
        base = sys.stat(reference).size;
      } catch (error) {
        io.die(`cannot stat ${quoteAlways(reference)}: ${reason(error)}`);
      }
    }
    for (const path of o.operands) {
      yield* io.relieve();
      let fd: number;
      try {
        if (o.has('c') && !sys.can(path, '')) continue;
        fd = sys.open(path, O_WRONLY | O_NONBLOCK | (o.has('c') ? 0 : O_CREAT), 0o666);
      } catch (error) {
        io.fail(gnu ? `cannot open ${quoteAlways(path)} for writing: ${reason(error)}` : `${path}: open: ${reason(error)}`);
        continue;
      }
      try {
        const old = base ?? sys.fstat(fd).size;
        const unit = o.has('o') ? sys.fstat(fd).blksize : 1;
        const n = amount * unit;
        const size = text === undefined ? old
          : operator === '+' ? old + n
          : operator === '-' ? Math.max(0, old - n)
          : operator === '<' ? Math.min(old, n)
          : operator === '>' ? Math.max(old, n)
          : operator === '/' ? old - (old % n)
          : operator === '%' ? Math.ceil(old / n) * n
          : n;
        sys.ftruncate(fd, size);
      } catch (error) {
        io.fail(gnu ? `failed to truncate ${quoteAlways(path)} at ${amount} bytes: ${reason(error)}` : `${path}: truncate: ${reason(error)}`);
      } finally {
        sys.close(fd);
      }
    }
  },
};
