// mkfifo and mknod: make named pipes and device nodes.

import { parseMode } from '../../base/mode-change.ts';
import { makedev, S_IFBLK, S_IFCHR, S_IFIFO } from '../../kernel/stat.ts';
import { reason, type Io } from '../lib/messages.ts';
import type { Options } from '../lib/options.ts';
import { quote, quoteAlways, quoteFile } from '../lib/quote.ts';
import type { Tool } from '../lib/tool.ts';

/** Permission bits by `-m`, or by the umask. */
function permissions(io: Io, o: Options): number {
  const text = o.value('m');
  if (text === undefined) return 0o666 & ~io.sys.umask();
  const change = parseMode(text, io.sys.umask(), io.gnu);
  if (!change) return io.die(io.gnu ? 'invalid mode' : `${o.operands[0] ?? ''}: Invalid argument`);
  return change(0o100666);
}

function make(io: Io, path: string, type: number, mode: number, rdev = 0): void {
  io.sys.mknod(path, type | mode, rdev);
  if (io.sys.umask() & mode) io.sys.chmod(path, mode);
}

export const mkfifo: Tool = {
  gnu: 'm:,mode: Z context::',
  busybox: 'm:,mode:',
  *run(io, o) {
    if (!o.operands.length) io.usage(io.gnu ? 'missing operand' : undefined);
    const mode = permissions(io, o);
    for (const path of o.operands) {
      try {
        make(io, path, S_IFIFO, mode);
      } catch (error) {
        io.fail(io.gnu ? `cannot create fifo ${quoteAlways(path)}: ${reason(error)}` : `${path}: ${reason(error)}`);
      }
    }
  },
};

export const mknod: Tool = {
  gnu: 'm:,mode: Z context::',
  busybox: 'm:,mode:',
  *run(io, o) {
    const { gnu } = io;
    const [path, type, ...numbers] = o.operands;
    const kind = type?.[0];
    const count = kind === 'p' ? 2 : 4;
    const hint = (text: string, note: string): never => {
      if (gnu) {
        io.warn(text);
        io.err(note);
      }
      return io.usage();
    };
    if (o.operands.length < count) {
      if (!gnu) io.usage();
      if (!o.operands.length) io.usage('missing operand');
      const text = `missing operand after ${quote(o.operands.at(-1)!)}`;
      if (o.operands.length === 2) hint(text, 'Special files require major and minor device numbers.\n');
      io.usage(text);
    }
    if (o.operands.length > count) hint(`extra operand ${quote(o.operands[count]!)}`, kind === 'p' ? 'Fifos do not have major and minor device numbers.\n' : '');
    const formats = { p: S_IFIFO, c: S_IFCHR, u: S_IFCHR, b: S_IFBLK } as const;
    if (!kind || !(kind in formats)) io.usage(gnu ? `invalid device type ${quote(type ?? '')}` : undefined);
    const [major = 0, minor = 0] = numbers.map((text, i) => {
      if (/^(0x[0-9a-f]+|\d+)$/i.test(text)) return /^0[0-7]+$/.test(text) ? Number.parseInt(text, 8) : Number(text);
      return io.die(gnu ? `invalid ${i ? 'minor' : 'major'} device number ${quote(text)}` : `invalid number '${text}'`);
    });
    try {
      make(io, path!, formats[kind as 'p'], permissions(io, o), makedev(major, minor));
    } catch (error) {
      io.fail(`${gnu ? quoteFile(path!) : path!}: ${reason(error)}`);
    }
  },
};
