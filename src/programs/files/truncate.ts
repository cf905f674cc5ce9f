// truncate and fallocate: set the size of files.

import { O_CREAT, O_NONBLOCK, O_WRONLY } from '../../kernel/syscalls.ts';
import { reason } from '../lib/messages.ts';
import { quote, quoteAlways } from '../lib/quote.ts';
import { humanSize, parseSize } from '../lib/size-format.ts';
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

export const fallocate: Tool = {
  gnu: 'c,collapse-range d,dig-holes i,insert-range l:,length: n,keep-size o:,offset: p,punch-hole z,zero-range v,verbose x,posix',
  *run(io, o) {
    const { sys } = io;
    for (const key of ['c', 'd', 'i', 'p', 'z']) if (o.has(key)) io.notSimulated(`-${key}`);
    const [path] = o.operands;
    if (path === undefined) return io.die('no filename specified');
    if (!o.has('l')) return io.die('no length argument specified');
    const length = parseSize(o.value('l')!, {}), offset = parseSize(o.value('o') ?? '0', {});
    if (!length) return io.die('invalid length');
    if (offset === undefined) return io.die('invalid offset');
    try {
      const fd = sys.open(path, O_WRONLY | (o.has('n') ? 0 : O_CREAT), 0o666);
      const { size } = sys.fstat(fd);
      if (!o.has('n') && offset + length > size) {
        sys.ftruncate(fd, offset + length);
        // Blocks are taken for what is not too much to keep.
        for (let at = Math.max(size, offset); at < offset + length && at < 1 << 26; at += 1 << 16) {
          sys.pwrite(fd, new Uint8Array(Math.min(1 << 16, offset + length - at)), at);
          yield* io.relieve();
        }
      }
      sys.close(fd);
    } catch (error) {
      const why = reason(error);
      return io.die(why === 'No space left on device' ? `fallocate failed: ${why}` : `cannot open ${path}: ${why}`);
    }
    if (o.has('v')) io.out(`${path}: ${humanSize(length).replace(/([KMGT])$/, ' $1iB')} (${length} bytes) allocated.\n`);
    return undefined;
  },
};
