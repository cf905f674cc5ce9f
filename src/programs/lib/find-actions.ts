// The actions of find: printing, listing, removing and running other programs.

import type { Task } from '../../base/task.ts';
import { KernelError } from '../../kernel/errno.ts';
import { isBlockDevice, isCharDevice, isDirectory, isSymlink, major, minor, S_IFMT, type Stat } from '../../kernel/stat.ts';
import { confirm } from './confirm.ts';
import { exitStatus, run } from './execute.ts';
import type { FindEntry, FindTest } from './find-expression.ts';
import { reason, type Io } from './messages.ts';
import { modeText, typeLetter } from './mode.ts';
import { baseName, dirName } from './path.ts';
import { escape, quote } from './quote.ts';
import { listingTime, strftime } from './time-format.ts';
import { deviceNumber } from './fs-types.ts';
import type { Users } from './users.ts';

/** As the kernel's limit on arguments, with room for the environment. */
const MOST = 131_072 - 2048;

const nanoseconds = (time: number): string => strftime('%N', time).padEnd(10, '0');

export class FindActions {
  readonly #io: Io;
  readonly #users: Users;
  /** Commands of `-exec … +` with what they will be given. */
  readonly #batches: { readonly command: readonly string[]; readonly directory: string | undefined; paths: string[]; size: number }[] = [];

  constructor(io: Io, users: Users) {
    this.#io = io;
    this.#users = users;
  }

  names(path: string): string[] {
    try {
      return this.#io.sys.readdir(path).map((entry) => entry.name);
    } catch (error) {
      if (!(error instanceof KernelError)) throw error;
      if (!this.#io.gnu) this.#io.fail(`${path}: ${reason(error)}`);
      return [''];
    }
  }

  /** What a symbolic link leads to, else the file itself. */
  target(entry: FindEntry): Stat {
    if (!isSymlink(entry.stat.mode)) return entry.stat;
    try {
      return this.#io.sys.stat(entry.path);
    } catch (error) {
      if (error instanceof KernelError) return entry.stat;
      throw error;
    }
  }

  print(end: string): FindTest {
    const io = this.#io;
    return function* (entry) {
      io.out(entry.path + end);
      return true;
    };
  }

  list(): FindTest {
    const io = this.#io;
    const users = this.#users;
    const now = io.sys.now();
    return function* ({ path, stat }) {
      const device = isCharDevice(stat.mode) || isBlockDevice(stat.mode);
      const size = device ? `${String(major(stat.rdev)).padStart(3)}, ${String(minor(stat.rdev)).padStart(3)}` : String(stat.size).padStart(8);
      const name = escape(path).replace(/ /g, '\\ ') + (isSymlink(stat.mode) ? ` -> ${escape(io.sys.readlink(path)).replace(/ /g, '\\ ')}` : '');
      io.out(`${String(stat.ino).padStart(9)} ${String(Math.ceil(stat.blocks / 2)).padStart(6)} ${modeText(stat.mode)} ${String(stat.nlink).padStart(3)} ${(users.userName(stat.uid) ?? String(stat.uid)).padEnd(8)} ${(users.groupName(stat.gid) ?? String(stat.gid)).padEnd(8)} ${size} ${listingTime(stat.mtime, now)} ${name}\n`);
      return true;
    };
  }

  remove(): FindTest {
    const io = this.#io;
    return function* ({ path, stat }) {
      if (path === '.') return true;
      try {
        if (isDirectory(stat.mode)) io.sys.rmdir(path);
        else io.sys.unlink(path);
        return true;
      } catch (error) {
        io.fail(`cannot delete ${quote(path)}: ${reason(error)}`);
        return false;
      }
    };
  }

  printf(format: string): FindTest {
    const io = this.#io;
    const parts = [...format.matchAll(/\\([0-7]{1,3}|.)|%([-+ #0]*)(\d*)(?:\.(\d+))?([ABCT].|.)|[^\\%]+/gs)];
    const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', a: '\u0007', b: '\b', f: '\f', v: '\v', '\\': '\\', c: '' };
    const value = (code: string, entry: FindEntry) => this.#value(code, entry);
    return function* (entry) {
      for (const [whole, escaped, flags, width, precision, code] of parts) {
        if (escaped !== undefined) {
          if (escaped === 'c') break;
          io.out(/^[0-7]/.test(escaped) ? String.fromCharCode(Number.parseInt(escaped, 8)) : (escapes[escaped] ?? whole));
        } else if (code !== undefined) {
          let text = value(code, entry);
          if (precision) text = text.slice(0, Number(precision));
          io.out(flags!.includes('-') ? text.padEnd(Number(width)) : text.padStart(Number(width), flags!.includes('0') ? '0' : ' '));
        } else io.out(whole);
      }
      return true;
    };
  }

  #value(code: string, entry: FindEntry): string {
    const { path, stat } = entry;
    if (code.length === 2) {
      const time = code[0] === 'A' ? stat.atime : code[0] === 'T' ? stat.mtime : code[0] === 'B' ? (stat.btime ?? stat.ctime) : stat.ctime;
      const format = code[1]!;
      if (format === '@') return `${Math.floor(time / 1000)}.${nanoseconds(time)}`;
      if (format === '+') return strftime(`%Y-%m-%d+%H:%M:%S.${nanoseconds(time)}`, time);
      if (format === 'S' || format === 'T') return `${strftime(`%${format}`, time)}.${nanoseconds(time)}`;
      return strftime(`%${format}`, time);
    }
    const date = (time: number): string => strftime(`%a %b %e %H:%M:%S.${nanoseconds(time)} %Y`, time);
    switch (code) {
      case '%': return '%';
      case 'p': return path;
      case 'f': return baseName(path);
      case 'h': return path.includes('/') ? dirName(path) : '.';
      case 'H': return entry.start;
      case 'P': return path === entry.start ? '' : path.slice(entry.start.length).replace(/^\//, '');
      case 's': return String(stat.size);
      case 'k': return String(Math.ceil(stat.blocks / 2));
      case 'b': return String(stat.blocks);
      case 'm': return (stat.mode & 0o7777).toString(8);
      case 'M': return modeText(stat.mode);
      case 'u': return this.#users.userName(stat.uid) ?? String(stat.uid);
      case 'g': return this.#users.groupName(stat.gid) ?? String(stat.gid);
      case 'U': return String(stat.uid);
      case 'G': return String(stat.gid);
      case 'd': return String(entry.depth);
      case 'D': return String(deviceNumber(stat.dev));
      case 'F': return this.#io.sys.statfs(path).type;
      case 'y': return letter(stat.mode);
      case 'Y': return isSymlink(stat.mode) && isSymlink(this.target(entry).mode) ? 'N' : letter(this.target(entry).mode);
      case 'l': return isSymlink(stat.mode) ? this.#io.sys.readlink(path) : '';
      case 'n': return String(stat.nlink);
      case 'i': return String(stat.ino);
      case 't': return date(stat.mtime);
      case 'a': return date(stat.atime);
      case 'c': return date(stat.ctime);
      case 'S': return stat.size ? String((stat.blocks * 512) / stat.size) : '1';
      default: return `%${code}`;
    }
  }

  execute(command: readonly string[], inDirectory: boolean, asks: boolean): FindTest {
    const run = (argv: readonly string[], directory: string | undefined) => this.#run(argv, directory);
    const io = this.#io;
    return function* ({ path }) {
      const shown = inDirectory ? `./${baseName(path)}` : path;
      const argv = command.map((word) => word.replaceAll('{}', () => shown));
      if (asks && !(yield* confirm(io, io.gnu ? `< ${argv[0]!} ... ${path} > ? ` : `${argv.join(' ')} ?`, false))) return false;
      return (yield* run(argv, inDirectory ? dirName(path) : undefined)) === 0;
    };
  }

  executeMany(command: readonly string[], inDirectory: boolean): FindTest {
    const flush = (index: number) => this.#flush(index);
    const batches = this.#batches;
    const base = command.reduce((sum, word) => sum + word.length + 9, 0);
    return function* ({ path }) {
      const directory = inDirectory ? dirName(path) : undefined;
      const shown = inDirectory ? `./${baseName(path)}` : path;
      let index = batches.findIndex((batch) => batch.command === command && batch.directory === directory);
      if (index < 0) index = batches.push({ command, directory, paths: [], size: base }) - 1;
      const batch = batches[index]!;
      if (batch.size + shown.length + 9 > MOST) yield* flush(index);
      batch.paths.push(shown);
      batch.size += shown.length + 9;
      return true;
    };
  }

  /** Run what `-exec … +` has collected. */
  *finish(): Task<void> {
    for (let i = 0; i < this.#batches.length; i++) yield* this.#flush(i);
  }

  *#flush(index: number): Task<void> {
    const batch = this.#batches[index]!;
    if (!batch.paths.length) return;
    const argv = [...batch.command, ...batch.paths];
    batch.paths = [];
    batch.size = batch.command.reduce((sum, word) => sum + word.length + 9, 0);
    if ((yield* this.#run(argv, batch.directory)) !== 0) this.#io.status = 1;
  }

  *#run(argv: readonly string[], directory: string | undefined): Task<number> {
    yield* this.#io.flush();
    try {
      return exitStatus(yield* run(this.#io.sys, argv, undefined, directory === undefined ? undefined : (child) => child.chdir(directory)));
    } catch (error) {
      const why = reason(error);
      // GNU's child says it and find goes on with its own status.
      this.#io.warn(this.#io.gnu ? `${quote(argv[0]!)}: ${why}` : `${argv[0]!}: ${why}`);
      return 1;
    }
  }
}

const letter = (mode: number): string => ((mode & S_IFMT) === 0o100000 ? 'f' : typeLetter(mode));
