// diff: what differs between files and between trees.

import { EMPTY, equal, type Bytes } from '../../base/bytes.ts';
import type { Task } from '../../base/task.ts';
import { KernelError } from '../../kernel/errno.ts';
import { isDirectory, isRegular, type Stat } from '../../kernel/stat.ts';
import { O_RDONLY } from '../../kernel/syscalls.ts';
import { diffLines, type Change } from '../lib/diff-lines.ts';
import { fnmatch } from '../lib/glob-match.ts';
import { readAll } from '../lib/lines.ts';
import { reason, type Io } from '../lib/messages.ts';
import { typeName } from '../lib/mode.ts';
import type { Options } from '../lib/options.ts';
import { baseName, compareNames, joinPath } from '../lib/path.ts';
import { quote } from '../lib/quote.ts';
import { fromLatin, toLatin } from '../lib/text.ts';
import { fullTime } from '../lib/time-format.ts';
import type { Tool } from '../lib/tool.ts';

const GNU = `# a,text b,ignore-space-change B,ignore-blank-lines c C:,context:: d,minimal e,ed E,ignore-tab-expansion i,ignore-case I:,ignore-matching-lines: L:,label:
  n,rcs N,new-file p,show-c-function P,unidirectional-new-file q,brief r,recursive s,report-identical-files S:,starting-file: t,expand-tabs T,initial-tab u
  U:,unified:: w,ignore-all-space W:,width: x:,exclude: X:,exclude-from: y,side-by-side Z,ignore-trailing-space normal no-dereference color:: palette: suppress-common-lines
  left-column strip-trailing-cr speed-large-files from-file: to-file: horizon-lines: ifdef: line-format: D: F:,show-function-line: l,paginate tabsize: ignore-file-name-case`;
const BUSYBOX = 'a,text b,ignore-space-change d,minimal i,ignore-case L:,label: N,new-file q,brief r,recursive s,report-identical-files S:,starting-file: t,expand-tabs T,initial-tab u U: w,ignore-all-space B,ignore-blank-lines E p n';

/** One side of a comparison; no stat: it is not there (`-N`). */
interface Side {
  readonly path: string;
  readonly stat: Stat | undefined;
}

class Differ {
  readonly #io: Io;
  readonly #o: Options;
  /** The options as typed, for the line above each file of a tree. */
  readonly #command: string;
  readonly #context: number | undefined;
  readonly #colour: boolean;
  status = 0;

  constructor(io: Io, o: Options, args: readonly string[]) {
    this.#io = io;
    this.#o = o;
    const operands = [...o.operands];
    // What is left of the command line without the two names.
    this.#command = ['diff', ...args.toReversed().filter((arg) => arg !== operands.at(-1) || operands.pop() === undefined).toReversed()].join(' ');
    const lines = o.value('U') ?? (o.last('u', '#') === '#' ? o.value('#') : undefined);
    this.#context = o.has('u', 'U') || !io.gnu ? Number(lines ?? 3) : undefined;
    const when = o.has('color') ? (o.value('color') ?? 'auto') : 'never';
    this.#colour = when === 'always' || (when === 'auto' && io.terminal);
  }

  look(path: string): Stat | undefined {
    try {
      return path === '-' ? this.#io.sys.fstat(0) : this.#io.sys.stat(path);
    } catch (error) {
      if (this.#o.has('N') && error instanceof KernelError && error.errno === 'ENOENT') return undefined;
      this.#io.warn(this.#io.gnu ? `${path}: ${reason(error)}` : `can't stat '${path}': ${reason(error)}`);
      this.status = 2;
      return undefined;
    }
  }

  #differs(): void {
    this.status = Math.max(1, this.status);
  }

  *directories(a: string, b: string): Task<void> {
    const read = (path: string): string[] => {
      try {
        return this.#io.sys.readdir(path).map((entry) => entry.name);
      } catch (error) {
        if (error instanceof KernelError && error.errno === 'ENOENT') return [];
        this.#io.warn(`${path}: ${reason(error)}`);
        this.status = 2;
        return [];
      }
    };
    const [left, right] = [new Set(read(a)), new Set(read(b))];
    const patterns = this.#o.values('x');
    const names = [...new Set([...left, ...right])].filter((name) => !patterns.some((pattern) => fnmatch(pattern, name))).sort(compareNames);
    for (const name of names) {
      yield* this.#io.relieve();
      const [x, y] = [joinPath(a, name), joinPath(b, name)];
      const missing = !left.has(name) ? a : right.has(name) ? undefined : b;
      if (missing !== undefined) {
        const present = missing === a ? y : x;
        const stat = this.#io.sys.stat(present);
        if (!this.#o.has('N') || (isDirectory(stat.mode) && !this.#o.has('r'))) {
          this.#io.out(`Only in ${missing === a ? b : a}: ${name}\n`);
          this.#differs();
          continue;
        }
        if (isDirectory(stat.mode)) yield* this.directories(x, y);
        else yield* this.files({ path: x, stat: missing === a ? undefined : stat }, { path: y, stat: missing === b ? undefined : stat }, true);
        continue;
      }
      const [s, t] = [this.look(x), this.look(y)];
      if (!s || !t) continue;
      if (isDirectory(s.mode) && isDirectory(t.mode)) {
        if (this.#o.has('r')) yield* this.directories(x, y);
        else this.#io.out(`Common subdirectories: ${x} and ${y}\n`);
      } else if (isDirectory(s.mode) !== isDirectory(t.mode) || isRegular(s.mode) !== isRegular(t.mode)) {
        const kind = (stat: Stat) => typeName(stat.mode, stat.size);
        this.#io.out(this.#io.gnu ? `File ${x} is a ${kind(s)} while file ${y} is a ${kind(t)}\n` : `File ${x} is a ${kind(s)} while file ${y} is a ${kind(t)}\n`);
        this.#differs();
      } else yield* this.files({ path: x, stat: s }, { path: y, stat: t }, true);
    }
  }

  *files(a: Side, b: Side, inTree: boolean): Task<void> {
    if (a.stat && b.stat && a.stat.ino === b.stat.ino && a.stat.dev === b.stat.dev) {
      if (this.#o.has('s')) this.#io.out(`Files ${a.path} and ${b.path} are identical\n`);
      return;
    }
    const [x, y] = [yield* this.#read(a), yield* this.#read(b)];
    if (!x || !y) return;
    const o = this.#o;
    if (equal(x, y)) {
      if (o.has('s')) this.#io.out(`Files ${a.path} and ${b.path} are identical\n`);
      return;
    }
    const binary = !o.has('a') && (x.subarray(0, 4096).includes(0) || y.subarray(0, 4096).includes(0));
    const left = toLatin(x).match(/[^\n]*\n|[^\n]+$/g) ?? [];
    const right = toLatin(y).match(/[^\n]*\n|[^\n]+$/g) ?? [];
    const changes = binary ? [] : this.#changes(left, right);
    if (!binary && !changes.length) return;
    this.#differs();
    if (binary && this.#io.gnu && !o.has('q')) {
      this.#io.out(`Binary files ${a.path} and ${b.path} differ\n`);
      return;
    }
    if (binary || o.has('q')) {
      this.#io.out(`Files ${a.path} and ${b.path} differ\n`);
      return;
    }
    if (inTree && this.#io.gnu) this.#io.out(this.#paint('1', `${this.#command} ${a.path} ${b.path}`));
    if (this.#context === undefined) this.#normal(changes, left, right);
    else this.#unified(changes, left, right, a, b, inTree);
  }

  *#read(side: Side): Task<Bytes | undefined> {
    if (!side.stat) return EMPTY;
    const { sys } = this.#io;
    try {
      const fd = side.path === '-' ? 0 : sys.open(side.path, O_RDONLY);
      const bytes = yield* readAll(sys, fd);
      if (fd) sys.close(fd);
      return bytes;
    } catch (error) {
      this.#io.warn(this.#io.gnu ? `${side.path}: ${reason(error)}` : `can't open '${side.path}': ${reason(error)}`);
      this.status = 2;
      return undefined;
    }
  }

  /** Lines are compared by number, after what the options ignore is taken away. */
  #changes(left: readonly string[], right: readonly string[]): Change[] {
    const o = this.#o;
    const numbers = new Map<string, number>();
    const number = (line: string): number => {
      let key = line;
      if (o.has('w')) key = key.replace(/\s+/g, '');
      else if (o.has('b')) key = key.replace(/\s+$/, '').replace(/[ \t\r\f\v]+/g, ' ');
      else if (o.has('Z')) key = key.replace(/\s+$/, '');
      if (o.has('strip-trailing-cr')) key = key.replace(/\r$/, '');
      if (o.has('E')) key = key.replace(/\t/g, '        ');
      if (o.has('i')) key = key.toLowerCase();
      const known = numbers.get(key);
      if (known !== undefined) return known;
      numbers.set(key, numbers.size);
      return numbers.size - 1;
    };
    const changes = diffLines(left.map(number), right.map(number));
    if (!o.has('B', 'I')) return changes;
    const pattern = o.value('I') === undefined ? undefined : new RegExp(o.value('I')!);
    const ignored = (line: string): boolean => (o.has('B') && !line.trim()) || (pattern?.test(line) ?? false);
    return changes.filter(({ from, removed, to, added }) => ![...left.slice(from, from + removed), ...right.slice(to, to + added)].every(ignored));
  }

  #paint(code: string, line: string): string {
    return this.#colour ? `\u001b[${code}m${line}\u001b[0m\n` : `${line}\n`;
  }

  #line(mark: string, line: string, code = ''): void {
    const ended = line.endsWith('\n');
    const text = mark + (ended ? line.slice(0, -1) : line);
    const shown = this.#o.has('t') ? text.replace(/\t/g, '        ') : text;
    this.#io.out(fromLatin(code ? this.#paint(code, shown) : `${shown}\n`));
    if (!ended) this.#io.out('\\ No newline at end of file\n');
  }

  #normal(changes: readonly Change[], left: readonly string[], right: readonly string[]): void {
    for (const { from, removed, to, added } of changes) {
      const range = (start: number, count: number) => (count === 0 ? String(start) : count === 1 ? String(start + 1) : `${start + 1},${start + count}`);
      const kind = removed && added ? 'c' : removed ? 'd' : 'a';
      this.#io.out(this.#paint('36', `${range(from, removed)}${kind}${range(to, added)}`));
      for (const line of left.slice(from, from + removed)) this.#line('< ', line, '31');
      if (kind === 'c') this.#io.out('---\n');
      for (const line of right.slice(to, to + added)) this.#line('> ', line, '32');
    }
  }

  #unified(changes: readonly Change[], left: readonly string[], right: readonly string[], a: Side, b: Side, inTree: boolean): void {
    const { gnu } = this.#io;
    const context = this.#context!;
    const labels = this.#o.values('L');
    const label = (side: Side, i: number): string => {
      if (labels[i] !== undefined) return labels[i];
      if (gnu) return `${side.path}\t${fullTime(side.path === '-' ? this.#io.sys.now() : (side.stat?.mtime ?? 0))}`;
      return side.stat || !inTree ? side.path : '/dev/null';
    };
    this.#io.out(this.#paint('1', `--- ${label(a, 0)}`) + this.#paint('1', `+++ ${label(b, 1)}`));
    for (let i = 0; i < changes.length; ) {
      let last = i;
      while (last + 1 < changes.length && changes[last + 1]!.from - (changes[last]!.from + changes[last]!.removed) <= 2 * context) last++;
      const first = changes[i]!;
      const end = changes[last]!;
      const before = Math.min(context, first.from);
      const after = Math.min(context, left.length - end.from - end.removed);
      const range = (start: number, count: number) => (count === 1 ? String(start + 1) : `${count === 0 ? start : start + 1},${count}`);
      const fromCount = end.from + end.removed + after - (first.from - before);
      const toCount = end.to + end.added + after - (first.to - before);
      this.#io.out(this.#paint('36', `@@ -${range(first.from - before, fromCount)} +${range(first.to - before, toCount)} @@`));
      let at = first.from - before;
      for (; i <= last; i++) {
        const change = changes[i]!;
        while (at < change.from) this.#line(' ', left[at++]!);
        for (const line of left.slice(change.from, change.from + change.removed)) this.#line('-', line, '31');
        for (const line of right.slice(change.to, change.to + change.added)) this.#line('+', line, '32');
        at = change.from + change.removed;
      }
      for (let n = 0; n < after; n++) this.#line(' ', left[at++]!);
    }
  }
}

export const diff: Tool = {
  gnu: GNU,
  busybox: BUSYBOX,
  usageStatus: 2,
  hint: "diff: Try 'diff --help' for more information.",
  *run(io, o) {
    const { gnu } = io;
    const [a, b, extra] = o.operands;
    if (a === undefined || b === undefined) io.usage(gnu ? `missing operand after ${quote(a ?? 'diff')}` : undefined, gnu ? 2 : 1);
    if (extra !== undefined) io.usage(gnu ? `extra operand ${quote(extra)}` : undefined);
    if (gnu) for (const key of ['c', 'C', 'e', 'n', 'y', 'p', 'F', 'D', 'l', 'X', 'S', 'from-file', 'to-file', 'line-format', 'T', 'P']) if (o.has(key)) io.notSimulated(`-${key.length > 1 ? '-' : ''}${key}`);
    const differ = new Differ(io, o, io.sys.argv.slice(1));
    const [s, t] = [differ.look(a!), differ.look(b!)];
    if (differ.status) return 2;
    const [left, right] = [s && isDirectory(s.mode), t && isDirectory(t.mode)];
    if (left && right) yield* differ.directories(a!, b!);
    else {
      // A file against a directory is compared with what has its name there.
      const [x, y] = [left && !right ? joinPath(a!, baseName(b!)) : a!, right && !left ? joinPath(b!, baseName(a!)) : b!];
      const [u, v] = [x === a ? s : differ.look(x), y === b ? t : differ.look(y)];
      if (differ.status) return 2;
      if (!u && !v) {
        io.warn(`${a!}: No such file or directory`);
        return 2;
      }
      yield* differ.files({ path: x, stat: u }, { path: y, stat: v }, false);
    }
    try {
      yield* io.flush();
    } catch (error) {
      if (!(error instanceof KernelError)) throw error;
      io.discard();
      io.warn(`standard output: ${reason(error)}`);
      return 2;
    }
    return differ.status;
  },
};
