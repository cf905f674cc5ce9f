// stat: show what the kernel knows of a file or of a file system.

import { KernelError } from '../../kernel/errno.ts';
import { isBlockDevice, isCharDevice, isSymlink, major, minor, type Stat, type StatFs } from '../../kernel/stat.ts';
import { deviceNumber, fsMagic, fsName } from '../lib/fs-types.ts';
import { reason, type Io } from '../lib/messages.ts';
import { modeText, octalMode, typeName } from '../lib/mode.ts';
import { quoteAlways } from '../lib/quote.ts';
import { fullTime } from '../lib/time-format.ts';
import type { Tool } from '../lib/tool.ts';
import { Users } from '../lib/users.ts';

type Value = string | number | undefined;
type Directive = (letter: string, sub: string) => Value;

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', a: '\u0007', b: '\b', f: '\f', v: '\v', e: '\u001b', '"': '"', '\\': '\\' };

/** Seconds with as many digits of the fraction as the precision asks for. */
function seconds(time: number, precision: string | undefined): string {
  const whole = Math.floor(time / 1000);
  if (precision === undefined) return String(whole);
  return `${whole}.${String(Math.floor((time - whole * 1000) * 1e6)).padStart(9, '0').slice(0, precision === '' ? 9 : Number(precision)).padEnd(Number(precision), '0')}`;
}

function render(io: Io, format: string, directive: Directive): string {
  return format.replace(/%([-+ #0']*)(\d*)(?:\.(\d*))?([HL]?)(.)/gs, (whole, flags: string, width: string, precision: string | undefined, sub: string, letter: string) => {
    if (letter === '%') return '%';
    let value = directive(letter, sub);
    if (value === undefined) return io.gnu ? (letter === '\n' ? whole : '?') : letter;
    if (typeof value === 'number' && /[WXYZ]/.test(letter)) value = io.gnu ? seconds(value, precision) : String(Math.floor(value / 1000));
    let text = String(value);
    if (flags.includes('#') && /[aftTD]/.test(letter)) text = `${letter === 'a' ? '0' : '0x'}${text}`;
    // A precision cuts strings and fills numbers with zeros.
    if (precision !== undefined && !/[WXYZ]/.test(letter)) text = typeof value === 'number' ? text.padStart(Number(precision), '0') : text.slice(0, Number(precision));
    if (flags.includes('-')) return text.padEnd(Number(width));
    return text.padStart(Number(width), flags.includes('0') ? '0' : ' ');
  });
}

function mountOf(io: Io, path: string): string {
  const real = io.sys.realpath(path);
  let best = '/';
  for (const { target } of io.sys.mounts()) {
    if (target.length >= best.length && (real === target || real.startsWith(target === '/' ? '/' : `${target}/`))) best = target;
  }
  return best;
}

function fileDirective(io: Io, users: Users, path: string, stat: Stat): Directive {
  const { gnu } = io;
  const quoted = (name: string) => (gnu ? quoteAlways(name) : name);
  return (letter, sub) => {
    switch (letter) {
      case 'n': return path;
      case 'N': return isSymlink(stat.mode) ? `'${path}' -> '${io.sys.readlink(path)}'` : quoted(path);
      case 'a': return octalMode(stat.mode, 1);
      case 'A': return modeText(stat.mode);
      case 'f': return stat.mode.toString(16);
      case 'F': return gnu ? typeName(stat.mode, stat.size) : typeName(stat.mode, stat.size).replace('regular empty file', 'regular empty file');
      case 'b': return stat.blocks;
      case 'B': return 512;
      case 'd': return sub === 'H' ? major(stat.dev) : sub === 'L' ? minor(stat.dev) : deviceNumber(stat.dev);
      case 'D': return deviceNumber(stat.dev).toString(16);
      case 'g': return stat.gid;
      case 'G': return users.groupName(stat.gid) ?? 'UNKNOWN';
      case 'u': return stat.uid;
      case 'U': return users.userName(stat.uid) ?? 'UNKNOWN';
      case 'h': return stat.nlink;
      case 'i': return stat.ino;
      case 'o': return stat.blksize;
      case 's': return stat.size;
      case 't': return major(stat.rdev).toString(16);
      case 'T': return minor(stat.rdev).toString(16);
      case 'x': return fullTime(stat.atime);
      case 'y': return fullTime(stat.mtime);
      case 'z': return fullTime(stat.ctime);
      case 'X': return stat.atime;
      case 'Y': return stat.mtime;
      case 'Z': return stat.ctime;
      default:
    }
    if (!gnu) return undefined;
    switch (letter) {
      case 'm': return mountOf(io, path);
      case 'r': return sub === 'H' ? major(stat.rdev) : sub === 'L' ? minor(stat.rdev) : deviceNumber(stat.rdev);
      case 'R': return deviceNumber(stat.rdev).toString(16);
      case 'w': return stat.btime === undefined ? '-' : fullTime(stat.btime);
      case 'W': return stat.btime ?? 0;
      case 'C': return '?';
      default: return undefined;
    }
  };
}

function fsDirective(io: Io, path: string, fs: StatFs): Directive {
  return (letter) => {
    switch (letter) {
      case 'n': return path;
      case 'a': return fs.bavail;
      case 'b': return fs.blocks;
      case 'c': return fs.files;
      case 'd': return fs.ffree;
      case 'f': return fs.bfree;
      case 'i': return '0';
      case 'l': return 255;
      case 's': case 'S': return fs.bsize;
      case 't': return fsMagic(fs.type).toString(16);
      case 'T': return io.gnu || !/overlay/.test(fs.type) ? fsName(fs.type) : 'UNKNOWN';
      default: return undefined;
    }
  };
}

const FS_DEFAULT = (gnu: boolean): string => `  File: "%n"\n    ID: %-8i Namelen: %-7l Type: %T\n${gnu ? 'Block size: %-10s Fundamental block size: %S' : 'Block size: %-10s'}\nBlocks: Total: %-10b Free: %-10f Available: %a\nInodes: Total: %-10c Free: %d\n`;

function fileDefault(gnu: boolean, stat: Stat): string {
  const device = isCharDevice(stat.mode) || isBlockDevice(stat.mode);
  return `  File: ${isSymlink(stat.mode) && !gnu ? '%N' : isSymlink(stat.mode) ? '%n -> \u0001' : '%n'}\n  Size: %-10s\tBlocks: %-10b IO Block: %-6o %F\n`
    + `Device: ${gnu ? '%Hd,%Ld' : '%Dh/%dd'}\tInode: %-10i  Links: ${device ? `%-5h Device type: ${gnu ? '%Hr,%Lr' : '%t,%T'}` : '%h'}\n`
    + `Access: (%04a/%10.10A)  Uid: (%5u/%8U)   Gid: (%5g/%8G)\nAccess: %x\nModify: %y\nChange: %z\n${gnu ? ' Birth: %w\n' : ''}`;
}

export const stat: Tool = {
  gnu: 'c:,format: printf: f,file-system L,dereference t,terse cached:',
  busybox: 'l t f c: L',
  *run(io, o) {
    const { sys, gnu } = io;
    const users = new Users(sys);
    if (!o.operands.length) io.usage(gnu ? 'missing operand' : undefined);
    const given = o.last('c', 'printf');
    let format: string | undefined;
    if (given === 'c') format = `${o.value('c')!}\n`;
    else if (given) format = o.value('printf')!.replace(/\\(x[0-9a-fA-F]{1,2}|[0-7]{1,3}|.)/gs, (_, code: string) => (/^x./.test(code) ? String.fromCharCode(Number.parseInt(code.slice(1), 16)) : /^[0-7]/.test(code) ? String.fromCharCode(Number.parseInt(code, 8)) : (ESCAPES[code] ?? code)));
    for (const path of o.operands) {
      try {
        if (o.has('f')) {
          const terse = '%n %i %l %t %s %S %b %f %a %c %d\n';
          io.out(render(io, format ?? (o.has('t') ? terse : FS_DEFAULT(gnu)), fsDirective(io, path, sys.statfs(path))));
          continue;
        }
        const found = path === '-' && gnu ? sys.fstat(0) : o.has('L') ? sys.stat(path) : sys.lstat(path);
        const terse = `%n %s %b %f %u %g %D %i %h %t %T %X %Y %Z ${gnu ? '%W ' : ''}%o\n`;
        const text = render(io, format ?? (o.has('t') ? terse : fileDefault(gnu, found)), fileDirective(io, users, path, found));
        io.out(isSymlink(found.mode) && text.includes('\u0001') ? text.replace('\u0001', () => sys.readlink(path)) : text);
      } catch (error) {
        if (!(error instanceof KernelError)) throw error;
        const name = quoteAlways(path);
        if (o.has('f')) io.fail(`${gnu ? 'cannot' : "can't"} read file system information for ${gnu ? name : `'${path}'`}: ${reason(error)}`);
        else io.fail(gnu ? `cannot statx ${name}: ${reason(error)}` : `can't stat '${path}': ${reason(error)}`);
      }
    }
  },
};
