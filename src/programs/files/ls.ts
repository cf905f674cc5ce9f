// ls: list directory contents.

import type { Task } from '../../base/task.ts';
import { isBlockDevice, isCharDevice, isDirectory, isFifo, isRegular, isSocket, isSymlink, major, minor, type Stat } from '../../kernel/stat.ts';
import { busyboxColours, gnuColours, type Colourer } from '../lib/ls-colors.ts';
import { columns, commaList, screenWidth, type Cell } from '../lib/ls-columns.ts';
import { reason, type Io } from '../lib/messages.ts';
import { modeText } from '../lib/mode.ts';
import type { Options } from '../lib/options.ts';
import { compareNames, joinPath } from '../lib/path.ts';
import { escape, quote, quoteAlways, quoteIfNeeded } from '../lib/quote.ts';
import { busyboxSize, humanSize, parseSize } from '../lib/size-format.ts';
import { fullTime, listingTime, strftime } from '../lib/time-format.ts';
import type { Tool } from '../lib/tool.ts';
import { Users } from '../lib/users.ts';
import { compareVersions } from '../lib/version-sort.ts';

interface Entry {
  /** As it is printed. */
  readonly name: string;
  readonly path: string;
  readonly stat: Stat;
  /** Mode of what a link leads to; undefined when that is missing or unknown. */
  readonly targetMode: number | undefined;
  /** Nothing is known but its type and name: GNU shows `?` for the rest. */
  readonly unknown?: true;
}

const GNU = `a,all A,almost-all b,escape B,ignore-backups c C d,directory f F,classify:: file-type g G,no-group group-directories-first h,human-readable
  si H,dereference-command-line dereference-command-line-symlink-to-dir I:,ignore: hide: i,inode k,kibibytes l L,dereference m n,numeric-uid-gid
  N,literal o p q,hide-control-chars show-control-chars Q,quote-name quoting-style: r,reverse R,recursive s,size S sort: time: time-style: t T:,tabsize:
  u U v w:,width: x X Z,context 1 author full-time color::,colour:: indicator-style: block-size: zero hyperlink:: D,dired`;
const BUSYBOX = 'C a d i l 1 g n s x A k L H F p R r S X v t c u h w: Q q T: full-time group-directories-first color::';

/** The words that `--sort`, `--time` and `--color` take, each with the option it is short for. */
const WORDS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  color: [['always', 'yes', 'force'], ['never', 'no', 'none'], ['auto', 'tty', 'if-tty']],
  sort: [['none', 'U'], ['size', 'S'], ['time', 't'], ['version', 'v'], ['extension', 'X'], ['name'], ['width']],
  time: [['atime', 'access', 'use', 'u'], ['ctime', 'status', 'c'], ['mtime', 'modification'], ['birth', 'creation']],
};

class Listing {
  readonly #io: Io;
  readonly #o: Options;
  readonly #users: Users;
  readonly #now: number;
  readonly #long: boolean;
  readonly #colour: Colourer | undefined;
  readonly #time: 'mtime' | 'atime' | 'ctime';
  readonly #sort: string;
  readonly #width: number;
  /** Output is a terminal: names are quoted for it. */
  readonly #quoting: (name: string) => string;
  #headings: boolean;
  #first = true;

  constructor(io: Io, o: Options) {
    this.#io = io;
    this.#o = o;
    this.#users = new Users(io.sys);
    this.#now = io.sys.now();
    this.#long = o.has('l', 'n', 'g', 'o', 'full-time') && !o.given.slice(o.given.findLastIndex((option) => /^(l|n|g|o|full-time)$/.test(option.key))).some((option) => /^[Cxm]$/.test(option.key));
    const colour = o.has('color') ? this.#word('color', o.value('color') ?? 'always') : 'never';
    this.#colour = colour === 'always' || (colour === 'auto' && io.terminal) ? (io.gnu ? gnuColours(io.sys.env['LS_COLORS']) : busyboxColours) : undefined;
    const time = o.has('time') ? this.#word('time', o.value('time')!) : o.last('u', 'c');
    this.#time = time === 'u' || time === 'atime' ? 'atime' : time === 'c' || time === 'ctime' ? 'ctime' : 'mtime';
    const sort = o.last('U', 'f', 'S', 't', 'v', 'X', 'sort');
    const word = sort === 'sort' ? this.#word('sort', o.value('sort')!) : undefined;
    this.#sort = word ? ({ none: 'U', size: 'S', time: 't', version: 'v', extension: 'X', name: '', width: 'W' }[word] ?? '') : sort === 'f' ? 'U' : (sort ?? (!this.#long && o.has('c', 'u', 'time') ? 't' : ''));
    const given = o.value('w');
    const width = given === undefined ? undefined : Number(given);
    if (given !== undefined && !/^\d+$/.test(given)) io.die(io.gnu ? `invalid line width: ${quote(given)}` : `invalid number '${given}'`, io.gnu ? 2 : 1);
    this.#width = width ?? (Number(io.sys.env['COLUMNS']) || (io.terminal ? io.sys.windowSize(1).columns : 80));
    const style = o.has('quoting-style') ? o.value('quoting-style') : ({ N: 'literal', b: 'escape', Q: 'c' }[o.last('N', 'b', 'Q') ?? ''] ?? (io.gnu && io.terminal ? 'shell-escape' : 'literal'));
    this.#quoting = style === 'shell-escape' || style === 'shell' ? quoteIfNeeded
      : style === 'shell-escape-always' || style === 'shell-always' ? quoteAlways
      : style === 'c' ? (name) => (io.gnu ? `"${escape(name).replace(/"/g, '\\"')}"` : `"${name}"`)
      : style === 'escape' ? (name) => escape(name).replace(/ /g, '\\ ')
      : o.has('q') || (io.terminal && !o.has('show-control-chars')) ? (name) => name.replace(/[\0-\x1f\x7f]/g, '?') : (name) => name;
    if (io.gnu && o.has('T') && !/^\d+$/.test(o.value('T')!)) io.die(`invalid tab size: ${quote(o.value('T')!)}`, 2);
    if (o.has('Z', 'hyperlink', 'D')) io.notSimulated('that option');
    this.#headings = o.operands.length > 1 || o.has('R');
  }

  *run(): Task<void> {
    const { operands } = this.#o;
    const files: Entry[] = [];
    const directories: Entry[] = [];
    const gnu = this.#io.gnu;
    const indicators = this.#o.has('F') && this.#o.value('F') === undefined;
    const follow = this.#o.has('L', 'H') || !(this.#o.has('d') || indicators || this.#long || (!gnu && this.#o.has('i', 's')));
    for (const path of operands.length ? operands : ['.']) {
      let entry: Entry;
      try {
        entry = this.#entry(path, path, follow);
      } catch (error) {
        this.#io.fail(gnu ? `cannot access ${quoteAlways(path)}: ${reason(error)}` : `${path}: ${reason(error)}`, gnu ? 2 : 1);
        continue;
      }
      if (isDirectory(entry.stat.mode) && !this.#o.has('d')) directories.push(entry);
      else files.push(entry);
    }
    if (files.length) {
      this.#show(this.#sorted(files));
      this.#first = false;
    }
    for (const directory of this.#sorted(directories)) yield* this.#directory(directory.path, true);
  }

  *#directory(path: string, asked: boolean): Task<void> {
    const { sys, gnu } = this.#io;
    yield* this.#io.relieve();
    const serious = gnu && asked ? 2 : 1;
    let names: string[] = [];
    let opened = true;
    try {
      names = sys.readdir(path).map((found) => found.name);
    } catch (error) {
      this.#io.fail(gnu ? `cannot open directory ${quoteAlways(path)}: ${reason(error)}` : `can't open '${path}': ${reason(error)}`, serious);
      if (gnu) return;
      opened = false;
    }
    const o = this.#o;
    const all = o.last('a', 'A', 'f');
    // A removed directory has not even these.
    if (opened && (all === 'a' || all === 'f')) names.unshift(...(sys.stat(path).nlink ? ['.', '..'] : []));
    else if (all !== 'A') names = names.filter((name) => !name.startsWith('.'));
    if (o.has('B')) names = names.filter((name) => !name.endsWith('~'));
    for (const pattern of [...o.values('I'), ...(all ? [] : o.values('hide'))]) names = names.filter((name) => !matches(pattern, name));
    if (this.#headings) {
      if (!this.#first) this.#io.out('\n');
      this.#io.out(`${gnu && !/[:\n]/.test(path) ? this.#quoting(path) : path}:\n`);
    }
    this.#first = false;
    const entries: Entry[] = [];
    let blocks = 0;
    for (const name of names) {
      const full = joinPath(path, name);
      try {
        const entry = this.#entry(name, full, o.has('L'));
        entries.push(entry);
        blocks += entry.stat.blocks;
      } catch (error) {
        this.#io.fail(gnu ? `cannot access ${quoteAlways(full)}: ${reason(error)}` : `${full}: ${reason(error)}`);
        if (gnu && o.has('L')) entries.push({ name, path: full, stat: { ...sys.lstat(full), size: 0, blocks: 0, mtime: 0, atime: 0, ctime: 0 }, targetMode: undefined, unknown: true });
      }
    }
    if (this.#long || o.has('s')) this.#io.out(`total ${gnu || !o.has('h') ? this.#blockText(blocks) : busyboxSize(blocks * 512, true).padEnd(7)}\n`);
    const sorted = this.#sorted(entries);
    this.#show(sorted);
    if (!o.has('R')) return;
    for (const entry of sorted) if (isDirectory(entry.stat.mode) && entry.name !== '.' && entry.name !== '..') yield* this.#directory(entry.path, false);
  }

  #entry(name: string, path: string, follow: boolean): Entry {
    const { sys } = this.#io;
    const own = sys.lstat(path);
    if (!isSymlink(own.mode)) return { name, path, stat: own, targetMode: own.mode };
    let target: Stat | undefined;
    try {
      target = sys.stat(path);
    } catch (error) {
      // Without need for it GNU does not look at the target.
      if (follow && (this.#o.has('L') || !this.#io.gnu) && (name === path || !this.#io.gnu || this.#long || this.#o.has('s'))) throw error;
    }
    // Named on the command line a link is followed to a directory only, unless told otherwise.
    const through = follow && target && (this.#o.has('L', 'H') || isDirectory(target.mode) || !this.#io.gnu);
    return { name, path, stat: through ? target! : own, targetMode: target?.mode };
  }

  #sorted(entries: Entry[]): Entry[] {
    if (this.#sort === 'U') return entries;
    const key = this.#time;
    const extension = (name: string) => (name.lastIndexOf('.') < 0 ? '' : name.slice(name.lastIndexOf('.')));
    const sorted = entries.sort((a, b) => {
      let order = 0;
      if (this.#sort === 't') order = b.stat[key] - a.stat[key];
      else if (this.#sort === 'S') order = b.stat.size - a.stat.size;
      else if (this.#sort === 'v') order = compareVersions(a.name, b.name);
      else if (this.#sort === 'X') order = compareNames(extension(a.name), extension(b.name));
      else if (this.#sort === 'W') order = screenWidth(a.name) - screenWidth(b.name);
      return order || compareNames(a.name, b.name);
    });
    if (this.#o.has('r')) sorted.reverse();
    if (this.#o.has('group-directories-first')) {
      const isDir = (entry: Entry) => isDirectory(entry.stat.mode) || (this.#io.gnu && isDirectory(entry.targetMode ?? 0));
      return [...sorted.filter(isDir), ...sorted.filter((entry) => !isDir(entry))];
    }
    return sorted;
  }

  #show(entries: readonly Entry[]): void {
    const { gnu } = this.#io;
    const o = this.#o;
    const end = o.has('zero') ? '\0' : '\n';
    const pads = this.#io.terminal && gnu && entries.some((entry) => /^['"]/.test(this.#quoting(entry.name)) && this.#quoting(entry.name) !== entry.name);
    const inodes = entries.map((entry) => (entry.unknown ? '?' : String(entry.stat.ino)));
    const sizes = entries.map((entry) => (entry.unknown ? '?' : this.#blockText(entry.stat.blocks)));
    const inodeWidth = gnu ? Math.max(0, ...inodes.map((text) => text.length)) : 7;
    const sizeWidth = gnu ? Math.max(0, ...sizes.map((text) => text.length)) : o.has('h') ? 7 : 6;
    const prefix = (i: number) => (o.has('i') ? `${inodes[i]!.padStart(inodeWidth)} ` : '') + (o.has('s') ? `${sizes[i]!.padStart(sizeWidth)} ` : '');
    if (this.#long) {
      const long = gnu ? this.#gnuLong(entries) : this.#busyboxLong(entries);
      entries.forEach((entry, i) => {
        let line = prefix(i) + long[i]! + this.#name(entry, pads);
        if (entry.unknown) line += this.#indicator(entry.stat.mode);
        else if (isSymlink(entry.stat.mode)) line += ` -> ${this.#target(entry)}`;
        else line += this.#indicator(entry.stat.mode);
        this.#io.out(line + end);
      });
      return;
    }
    const format = o.last('1', 'C', 'x', 'm', 'zero') ?? (this.#io.terminal ? 'C' : '1');
    const cells = entries.map((entry, i): Cell => {
      const indicator = this.#indicator(entry.stat.mode);
      const quoted = this.#quoting(entry.name);
      return { text: prefix(i) + this.#name(entry, pads) + indicator, width: screenWidth(prefix(i) + quoted + indicator) + (pads && quoted === entry.name ? 1 : 0) };
    });
    if (format === '1' || format === 'zero') for (const cell of cells) this.#io.out(cell.text + end);
    else if (format === 'm') this.#io.out(commaList(cells, this.#width));
    else if (gnu) this.#io.out(columns(cells, this.#width, format === 'x'));
    else this.#io.out(this.#busyboxColumns(entries, cells, format === 'x'));
  }

  #busyboxColumns(entries: readonly Entry[], cells: readonly Cell[], across: boolean): string {
    const width = Math.max(0, ...entries.map((entry) => screenWidth(entry.name))) + 2 + (this.#o.has('i') ? 8 : 0) + (this.#o.has('s') ? 5 : 0);
    const number = Math.max(1, Math.floor(this.#width / width));
    const rows = Math.ceil(cells.length / number);
    let text = '';
    for (let row = 0; row < rows; row++) {
      let at = 0;
      for (let column = 0; column < number; column++) {
        const cell = cells[across ? row * number + column : column * rows + row];
        if (!cell || (across && row * number + column >= cells.length)) continue;
        if (column) {
          const next = column * width;
          text += ' '.repeat(Math.max(0, next - at));
          at = Math.max(at, next);
        }
        text += cell.text;
        at += cell.width;
      }
      text += '\n';
    }
    return text;
  }

  #name(entry: Entry, pads: boolean): string {
    const quoted = this.#quoting(entry.name);
    const text = this.#colour ? this.#colour(quoted, isSymlink(entry.stat.mode) && entry.targetMode === undefined && this.#io.gnu ? undefined : entry.stat.mode) : quoted;
    return pads && quoted === entry.name ? ` ${text}` : text;
  }

  #target(entry: Entry): string {
    let target = '';
    try {
      target = this.#io.sys.readlink(entry.path);
    } catch (error) {
      this.#io.fail(`cannot read symbolic link ${quoteAlways(entry.path)}: ${reason(error)}`);
    }
    const quoted = this.#quoting(target);
    const indicator = entry.targetMode === undefined ? '' : this.#indicator(entry.targetMode);
    // GNU colours targets only with an LS_COLORS that says how missing ones look.
    const coloured = this.#colour && (!this.#io.gnu || /(^|:)(or|ln=target)/.test(this.#io.sys.env['LS_COLORS'] ?? ''));
    return (coloured ? this.#colour!(quoted, entry.targetMode) : quoted) + indicator;
  }

  #indicator(mode: number): string {
    const style = this.#o.value('indicator-style');
    const kind = style ?? this.#o.last('F', 'p', 'file-type');
    const when = this.#o.value('F');
    if (!kind || kind === 'none' || (kind === 'F' && (when === 'never' || (when === 'auto' && !this.#io.terminal)))) return '';
    if (isDirectory(mode)) return '/';
    if (kind === 'p' || kind === 'slash') return '';
    if (isSymlink(mode)) return '@';
    if (isFifo(mode)) return '|';
    if (isSocket(mode)) return '=';
    return isRegular(mode) && mode & 0o111 && kind !== 'file-type' ? '*' : '';
  }

  #timeText(stat: Stat): string {
    const time = stat[this.#time];
    const o = this.#o;
    if (!this.#io.gnu) return o.has('full-time') ? strftime('%Y-%m-%d %H:%M:%S %z', time) : listingTime(time, this.#now + 900_000);
    const style = o.value('time-style') ?? (o.has('full-time') ? 'full-iso' : (this.#io.sys.env['TIME_STYLE'] ?? 'locale'));
    if (style.startsWith('+')) {
      const [recent, older] = style.slice(1).split('\n').toReversed() as [string, string?];
      return strftime(older !== undefined && !/:/.test(listingTime(time, this.#now)) ? older : recent, time);
    }
    const name = style.replace(/^posix-/, '');
    if (name === 'full-iso') return fullTime(time);
    if (name === 'long-iso') return strftime('%Y-%m-%d %H:%M', time);
    if (name === 'iso') return strftime(/:/.test(listingTime(time, this.#now)) ? '%m-%d %H:%M' : '%Y-%m-%d ', time);
    if (name !== 'locale') {
      this.#io.warn(`invalid argument ${quote(style)} for ${quote('time style')}`);
      this.#io.err("Valid arguments are:\n  - [posix-]full-iso\n  - [posix-]long-iso\n  - [posix-]iso\n  - [posix-]locale\n  - +FORMAT (e.g., +%H:%M) for a 'date'-style format\n");
      this.#io.usage(undefined, 2);
    }
    return listingTime(time, this.#now);
  }

  #gnuLong(entries: readonly Entry[]): string[] {
    const o = this.#o;
    const isDevice = ({ stat }: Entry) => isCharDevice(stat.mode) || isBlockDevice(stat.mode);
    const widest = (texts: readonly string[]) => Math.max(0, ...texts.map((text) => screenWidth(text)));
    const column = (name: (entry: Entry) => string | undefined, id: (stat: Stat) => number) => {
      const texts = entries.map((entry) => (entry.unknown ? '?' : o.has('n') ? undefined : name(entry)));
      const width = widest(texts.map((text, i) => text ?? String(id(entries[i]!.stat))));
      return texts.map((text, i) => ` ${text === undefined ? String(id(entries[i]!.stat)).padStart(width) : text + ' '.repeat(width - screenWidth(text))}`);
    };
    const links = entries.map((entry) => (entry.unknown ? '?' : String(entry.stat.nlink)));
    const owners = o.has('g') ? undefined : column((entry) => this.#users.userName(entry.stat.uid), (stat) => stat.uid);
    const groups = o.has('o', 'G') ? undefined : column((entry) => this.#users.groupName(entry.stat.gid), (stat) => stat.gid);
    const authors = o.has('author') ? column((entry) => this.#users.userName(entry.stat.uid), (stat) => stat.uid) : undefined;
    const majors = widest(entries.filter(isDevice).map(({ stat }) => String(major(stat.rdev))));
    const minors = widest(entries.filter(isDevice).map(({ stat }) => String(minor(stat.rdev))));
    const sizes = entries.map((entry) => (isDevice(entry) ? '' : entry.unknown ? '?' : this.#sizeText(entry.stat.size)));
    const sizeWidth = Math.max(widest(sizes), majors ? majors + 2 + minors : 0);
    const times = entries.map((entry) => (entry.unknown ? '?'.padStart(this.#timeText(entry.stat).length) : this.#timeText(entry.stat)));
    const linkWidth = widest(links);
    return entries.map((entry, i) => {
      const size = isDevice(entry)
        ? `${String(major(entry.stat.rdev)).padStart(sizeWidth - 2 - minors)}, ${String(minor(entry.stat.rdev)).padStart(minors)}`
        : sizes[i]!.padStart(sizeWidth);
      const mode = modeText(entry.stat.mode);
      return `${entry.unknown ? mode.charAt(0).padEnd(10, '?') : mode} ${links[i]!.padStart(linkWidth)}${owners?.[i] ?? ''}${groups?.[i] ?? ''}${authors?.[i] ?? ''} ${size} ${times[i]!} `;
    });
  }

  #busyboxLong(entries: readonly Entry[]): string[] {
    const o = this.#o;
    const named = (name: string | undefined, id: number) => ((o.has('n') ? undefined : name) ?? String(id)).slice(0, o.has('n') ? undefined : 8).padEnd(8);
    return entries.map(({ stat }) => {
      const owner = o.has('g') ? '' : `${named(this.#users.userName(stat.uid), stat.uid)} `;
      const size = isCharDevice(stat.mode) || isBlockDevice(stat.mode)
        ? `${String(major(stat.rdev)).padStart(4)}, ${String(minor(stat.rdev)).padStart(3)}`
        : o.has('h') ? busyboxSize(stat.size).padStart(7) : String(stat.size).padStart(9);
      return `${modeText(stat.mode)} ${String(stat.nlink).padStart(4)} ${owner}${named(this.#users.groupName(stat.gid), stat.gid)} ${size} ${this.#timeText(stat)} `;
    });
  }

  #blockText(blocks: number): string {
    if (this.#o.has('h')) return this.#io.gnu ? humanSize(blocks * 512) : busyboxSize(blocks * 512);
    if (this.#o.has('si')) return humanSize(blocks * 512, 1000);
    return String(Math.ceil((blocks * 512) / (this.#blockSize() ?? 1024)));
  }

  #sizeText(size: number): string {
    if (this.#o.has('h')) return humanSize(size);
    if (this.#o.has('si')) return humanSize(size, 1000);
    const block = this.#blockSize();
    return String(block ? Math.ceil(size / block) : size);
  }

  #blockSize(): number | undefined {
    const text = this.#o.value('block-size');
    if (text === undefined) return undefined;
    return parseSize(text) || this.#io.die(`invalid --block-size argument '${text}'`, 2);
  }

  #word(option: string, given: string): string {
    const words = WORDS[option]!;
    const row = words.find((known) => known.some((word) => word.length > 1 && word.startsWith(given)));
    if (row) return row[0]!;
    this.#io.warn(`invalid argument ${quote(given)} for ${quote(`--${option}`)}`);
    if (this.#io.gnu) this.#io.err(`Valid arguments are:\n${words.map((known) => `  - ${known.filter((word) => word.length > 1).map(quote).join(', ')}\n`).join('')}`);
    return this.#io.usage(undefined, 1);
  }
}

/** A shell pattern for `-I`. */
function matches(pattern: string, name: string): boolean {
  const source = pattern.replace(/[.+^${}()|\\]/g, '\\$&').replace(/\*/g, '.*').replace(/\?/g, '.').replace(/\[!/g, '[^');
  return new RegExp(`^(?:${source})$`, 's').test(name) && !(name.startsWith('.') && /^[*?]/.test(pattern));
}

export const ls: Tool = {
  gnu: GNU,
  busybox: BUSYBOX,
  usageStatus: 2,
  *run(io, options) {
    yield* new Listing(io, options).run();
  },
};
