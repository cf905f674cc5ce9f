// head: the first lines or bytes of files.

import type { Bytes } from '../../base/bytes.ts';
import { encode } from '../../base/bytes.ts';
import type { Task } from '../../base/task.ts';
import { KernelError } from '../../kernel/errno.ts';
import { count } from '../lib/count.ts';
import { eachInput, LineReader } from '../lib/lines.ts';
import type { Io } from '../lib/messages.ts';
import { quoteAlways } from '../lib/quote.ts';
import type { Tool } from '../lib/tool.ts';

export const head: Tool = {
  gnu: 'n:,lines: c:,bytes: q,quiet,silent v,verbose z,zero-terminated #',
  busybox: 'n: c: q v #',
  *run(io, options) {
    const last = options.last('n', 'c', '#');
    const text = last === undefined ? '10' : options.value(last)!;
    const bytes = last === 'c';
    const allBut = text.startsWith('-');
    const amount = count(io, text.replace(/^[-+]/, ''), `invalid number of ${bytes ? 'bytes' : 'lines'}`);
    const names = options.operands;
    const titles = options.last('q', 'v') === 'v' || options.last('q', 'v') === undefined && names.length > 1;
    const delimiter = options.has('z') ? 0 : 10;
    let first = true;
    yield* eachInput(io, names, function* (fd, name) {
      if (titles) io.out(`${first ? '' : '\n'}==> ${name === '-' ? 'standard input' : name} <==\n`);
      first = false;
      yield* (allBut ? butLast : bytes ? firstBytes : firstLines)(io, fd, amount, delimiter, bytes);
    }, io.gnu ? {
      open: (name, reason) => `cannot open ${quoteAlways(name)} for reading: ${reason}`,
      read: (name, reason) => `error reading ${quoteAlways(name)}: ${reason}`,
    } : { read: (name) => `${name}: Input/output error` });
  },
};

function* firstLines(io: Io, fd: number, amount: number, delimiter: number): Task<void> {
  const reader = new LineReader(io, fd, delimiter);
  for (let n = 0; n < amount; n++) {
    const line = yield* reader.bytes();
    if (!line) return;
    io.out(line);
    if (reader.terminated) io.out(Uint8Array.of(delimiter));
  }
  // What was read too far belongs to the next reader of the file.
  if (reader.unread) giveBack(io, fd, reader.unread);
}

function giveBack(io: Io, fd: number, amount: number): void {
  try {
    io.sys.seek(fd, -amount, 'current');
  } catch (error) {
    if (!(error instanceof KernelError)) throw error;
  }
}

function* firstBytes(io: Io, fd: number, amount: number): Task<void> {
  while (amount > 0) {
    const part = yield* io.sys.read(fd, Math.min(amount, 8192));
    if (!part.length) return;
    io.out(part);
    amount -= part.length;
    yield* io.relieve();
  }
}

function* butLast(io: Io, fd: number, amount: number, delimiter: number, bytes: boolean): Task<void> {
  const held: Bytes[] = [];
  const end = encode(String.fromCharCode(delimiter));
  if (!bytes) {
    const reader = new LineReader(io, fd, delimiter);
    for (let line = yield* reader.bytes(); line; line = yield* reader.bytes()) {
      held.push(reader.terminated ? Uint8Array.of(...line, ...end) : line);
      if (held.length > amount) io.out(held.shift()!);
    }
    return;
  }
  let size = 0;
  for (let part = yield* io.sys.read(fd, 8192); part.length; part = yield* io.sys.read(fd, 8192)) {
    held.push(part);
    size += part.length;
    while (held.length && size - amount >= held[0]!.length) {
      size -= held[0]!.length;
      io.out(held.shift()!);
    }
    yield* io.relieve();
  }
  if (held.length && size > amount) io.out(held[0]!.subarray(0, size - amount));
}
