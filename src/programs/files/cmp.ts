// cmp: compare two files byte by byte.

import { EMPTY, type Bytes } from '../../base/bytes.ts';
import type { Task } from '../../base/task.ts';
import { isDirectory, isRegular, type Stat } from '../../kernel/stat.ts';
import { O_RDONLY } from '../../kernel/syscalls.ts';
import { CHUNK } from '../lib/copy-bytes.ts';
import { reason, type Io } from '../lib/messages.ts';
import { quote, quoteFile } from '../lib/quote.ts';
import { parseSize } from '../lib/size-format.ts';
import type { Tool } from '../lib/tool.ts';

class Side {
  readonly name: string;
  readonly fd: number;
  bytes: Bytes = EMPTY;
  at = 0;

  constructor(name: string, fd: number) {
    this.name = name;
    this.fd = fd;
  }

  *fill(io: Io): Task<boolean> {
    if (this.at < this.bytes.length) return true;
    this.bytes = yield* io.sys.read(this.fd, CHUNK);
    this.at = 0;
    return this.bytes.length > 0;
  }
}

/** A byte as `-b` shows it. */
function visible(byte: number): string {
  const rest = byte & 0x7f;
  return (byte > 127 ? 'M-' : '') + (rest === 127 ? '^?' : rest < 32 ? `^${String.fromCharCode(rest + 64)}` : String.fromCharCode(rest));
}

export const cmp: Tool = {
  gnu: 'b,print-bytes c,print-chars i:,ignore-initial: l,verbose n:,bytes: s,quiet,silent',
  busybox: 's l n:',
  usageStatus: 2,
  hint: "cmp: Try 'cmp --help' for more information.",
  *run(io, o) {
    const { sys, gnu } = io;
    const [first, second = '-', ...skips] = o.operands;
    if (first === undefined) io.usage(gnu ? 'missing operand after ‘cmp’' : undefined);
    if (skips.length > 2) io.usage(gnu ? `extra operand ${quote(skips[2]!)}` : undefined);
    const initial = o.value('i')?.split(':') ?? skips;
    const [skipA = '0', skipB = gnu && o.has('i') ? skipA : '0'] = initial;
    const limit = o.value('n') === undefined ? Infinity : (parseSize(o.value('n')!) ?? io.usage(`invalid --bytes value ${quote(o.value('n')!)}`));
    const sides: Side[] = [];
    const refuse = (path: string, why: string): number => {
      if (!(o.has('s') && gnu)) io.warn(`${gnu ? quoteFile(path) : path}: ${why}`);
      return 2;
    };
    for (const path of [first!, second]) {
      try {
        sides.push(new Side(path, path === '-' ? 0 : sys.open(path, O_RDONLY)));
      } catch (error) {
        return refuse(path, reason(error));
      }
    }
    const [a, b] = sides as [Side, Side];
    const stats = sides.map(({ fd }) => sys.fstat(fd)) as [Stat, Stat];
    if (gnu && stats[0].ino === stats[1].ino && stats[0].dev === stats[1].dev && skipA === skipB) return 0;
    for (const [index, { mode }] of stats.entries()) if (isDirectory(mode)) return refuse(sides[index]!.name, gnu ? 'Is a directory' : 'I/O error');
    for (const [side, text] of [[a, skipA], [b, skipB]] as const) {
      let left = parseSize(text) ?? 0;
      while (left > 0 && (yield* side.fill(io))) {
        const step = Math.min(left, side.bytes.length - side.at);
        side.at += step;
        left -= step;
      }
    }
    const sizes = stats.filter((stat) => isRegular(stat.mode)).map((stat) => stat.size);
    const width = gnu ? String(Math.min(...sizes, 10 ** 18)).length : 0;
    let position = 1;
    let line = 1;
    let differs = false;
    let lineStart = true;
    while (position <= limit) {
      const more = [yield* a.fill(io), yield* b.fill(io)];
      if (!more[0] || !more[1]) {
        if (!more[0] && !more[1]) break;
        const { name } = more[0] ? b : a;
        if (o.has('s')) return 1;
        if (!gnu) io.warn(`EOF on ${name}`);
        else if (position === 1) io.warn(`EOF on ${quote(name)} which is empty`);
        else io.warn(`EOF on ${quote(name)} after byte ${position - 1}${o.has('l') ? '' : lineStart ? `, line ${line - 1}` : `, in line ${line}`}`);
        return 1;
      }
      const length = Math.min(a.bytes.length - a.at, b.bytes.length - b.at, limit - position + 1);
      for (let i = 0; i < length; i++, position++) {
        const x = a.bytes[a.at + i]!;
        const y = b.bytes[b.at + i]!;
        if (x !== y) {
          if (o.has('s')) return 1;
          const octal = (byte: number) => byte.toString(8).padStart(3);
          if (!o.has('l')) {
            io.out(`${a.name} ${b.name} differ: byte ${position}, line ${line}${o.has('b', 'c') ? ` is ${octal(x)} ${visible(x)} ${octal(y)} ${visible(y)}` : ''}\n`);
            return 1;
          }
          differs = true;
          io.out(`${String(position).padStart(width)} ${octal(x)}${o.has('b', 'c') ? ` ${visible(x).padEnd(4)}` : ''} ${octal(y)}${o.has('b', 'c') ? ` ${visible(y)}` : ''}\n`);
        }
        lineStart = x === 10;
        if (lineStart) line++;
      }
      a.at += length;
      b.at += length;
      yield* io.relieve();
    }
    return differs ? 1 : 0;
  },
};
