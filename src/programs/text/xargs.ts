// xargs: runs a program with what it reads as arguments.

import type { Task } from '../../base/task.ts';
import { KernelError, strerror } from '../../kernel/errno.ts';
import { signalNumber } from '../../kernel/signal.ts';
import { O_RDONLY, type WaitStatus } from '../../kernel/syscalls.ts';
import { spawn } from '../lib/execute.ts';
import { LineReader, openInput, readAll } from '../lib/lines.ts';
import { reason, type Io } from '../lib/messages.ts';
import type { Options } from '../lib/options.ts';
import { quote } from '../lib/quote.ts';
import { toText } from '../lib/text.ts';
import type { Tool } from '../lib/tool.ts';

export const xargs: Tool = {
  gnu: '+0,null a:,arg-file: d:,delimiter: E:,e::,eof:: I:,i::,replace:: L:,l::,max-lines:: n:,max-args: o,open-tty P:,max-procs: p,interactive r,no-run-if-empty s:,max-chars: t,verbose x,exit show-limits process-slot-var:',
  busybox: '+0 a: E: e:: I: n: o P: p r s: t x',
  *run(io, options) {
    const number = (key: string): number | undefined => {
      const text = options.value(key);
      if (text === undefined) return undefined;
      if (!/^\d+$/.test(text)) return io.gnu ? io.usage(`invalid number "${text}" for -${key} option`) : io.die(`invalid number '${text}'`);
      if (Number(text) < 1 && key !== 'P') return io.gnu ? io.usage(`value ${text} for -${key} option should be >= 1`) : io.die(`number ${text} is not in 1..2147483647 range`);
      return Number(text);
    };
    const mode = options.last('I', 'L', 'n');
    const limits = { items: mode === 'n' ? number('n') : undefined, lines: mode === 'L' ? number('L') ?? 1 : undefined, size: number('s') ?? 131072 };
    if (mode === 'I' && options.has('n')) number('n');
    return yield* new Runner(io, options, mode === 'I' || options.has('I') && mode === 'n' && limits.items === 1 ? options.value('I') || '{}' : undefined, limits).all();
  },
};

interface Limits {
  readonly items: number | undefined;
  readonly lines: number | undefined;
  readonly size: number;
}

class Runner {
  readonly #io: Io;
  readonly #options: Options;
  readonly #placeholder: string | undefined;
  readonly #limits: Limits;
  readonly #command: readonly string[];
  readonly #running = new Set<number>();
  #status = 0;
  #stop = false;
  #ran = false;

  constructor(io: Io, options: Options, placeholder: string | undefined, limits: Limits) {
    this.#io = io;
    this.#options = options;
    this.#placeholder = placeholder;
    this.#limits = limits;
    this.#command = options.operands.length ? options.operands : ['echo'];
  }

  *all(): Task<number> {
    const io = this.#io;
    const file = this.#options.value('a');
    const fd = file === undefined ? 0 : openInput(io, file, { open: (name, text) => io.gnu ? `Cannot open input file ${quote(name)}: ${text}` : `can't open '${name}': ${text}` });
    if (fd === undefined) return 1;
    const fixed = this.#command.reduce((size, word) => size + word.length + 1, 0);
    let batch: string[] = [];
    let size = fixed;
    let lines = 0;
    for (const item of yield* this.#items(fd)) {
      if (item === '\n') {
        if (batch.length) lines++;
        if (this.#limits.lines !== undefined && lines >= this.#limits.lines) {
          yield* this.#run(batch);
          batch = [];
          size = fixed;
          lines = 0;
        }
        if (this.#stop) break;
        continue;
      }
      const word = item.slice(1);
      if (batch.length && size + word.length + 1 > this.#limits.size) {
        yield* this.#run(batch);
        batch = [];
        size = fixed;
      }
      batch.push(word);
      size += word.length + 1;
      if (this.#placeholder !== undefined || batch.length === this.#limits.items) {
        yield* this.#run(batch);
        batch = [];
        size = fixed;
      }
      if (this.#stop) break;
    }
    if (!this.#stop && (batch.length || !this.#ran && !this.#options.has('r') && this.#placeholder === undefined)) yield* this.#run(batch);
    while (this.#running.size) yield* this.#reap();
    return this.#status;
  }

  /** The items, each after a mark `=`; `\n` alone is an end of line. */
  *#items(fd: number): Task<readonly string[]> {
    const io = this.#io;
    const delimiter = this.#options.has('0') ? '\0' : this.#options.has('d') ? unescape(this.#options.value('d')!) : undefined;
    const end = this.#options.has('0') || delimiter !== undefined ? undefined : this.#options.value('E');
    const items: string[] = [];
    if (delimiter !== undefined) {
      const reader = new LineReader(io, fd, delimiter.charCodeAt(0));
      for (let line = yield* reader.text(); line !== undefined; line = yield* reader.text()) items.push(`=${line}`, '\n');
      return items;
    }
    const text = toText(yield* readAll(io.sys, fd));
    if (this.#placeholder !== undefined) {
      for (const line of text.split('\n')) if (line.trim()) items.push(`=${unquote(io, line.replace(/^[ \t]+/, ''))}`);
      return items;
    }
    const word = /(?:\\[^]|'[^'\n]*'|"[^"\n]*"|[^\s'"\\])+|\n|[^\S\n]+|['"\\][^]*/gy;
    for (const [part] of text.matchAll(word)) {
      if (part === '\n') items.push(part);
      else if (part.trim()) {
        const plain = unquote(io, part);
        if (plain === end) break;
        items.push(`=${plain}`);
      }
    }
    return items;
  }

  *#run(words: readonly string[]): Task<void> {
    const io = this.#io;
    this.#ran = true;
    const argv = this.#placeholder === undefined ? [...this.#command, ...words] : this.#command.map((word, i) => (i === 0 && io.gnu ? word : word.replaceAll(this.#placeholder!, words[0]!)));
    if (this.#options.has('t', 'p')) io.err(argv.join(' ') + (this.#options.has('p') ? (io.gnu ? '?...' : ' ?...') : '\n'));
    yield* io.flush();
    if (this.#options.has('p') && !(yield* this.#confirm())) return;
    const most = Number(this.#options.value('P') ?? 1) || Infinity;
    while (this.#running.size >= most) yield* this.#reap();
    if (this.#stop) return;
    try {
      const tty = this.#options.has('o');
      this.#running.add(yield* spawn(io.sys, argv, undefined, (child) => {
        child.dup2(child.open(tty ? '/dev/tty' : '/dev/null', O_RDONLY), 0);
      }));
    } catch (error) {
      if (!(error instanceof KernelError)) throw error;
      io.warn(io.gnu ? `failed to run command ${quote(argv[0]!)}: ${strerror(error.errno)}` : `${argv[0]}: ${strerror(error.errno)}`);
      this.#end(error.errno === 'ENOENT' ? 127 : 126);
      return;
    }
    if (most === 1) yield* this.#reap();
  }

  *#confirm(): Task<boolean> {
    const { sys } = this.#io;
    try {
      const fd = sys.open('/dev/tty', O_RDONLY);
      const answer = toText(yield* sys.read(fd, 256));
      sys.close(fd);
      return /^y/i.test(answer);
    } catch (error) {
      return this.#io.die(this.#io.gnu ? `failed to open /dev/tty for reading: ${reason(error)}` : `can't open '/dev/tty': ${reason(error)}`);
    }
  }

  *#reap(): Task<void> {
    const status: WaitStatus = yield* this.#io.sys.wait(-1);
    this.#running.delete(status.pid);
    const name = this.#command[0]!;
    const said = this.#io.gnu ? name : `'${name}'`;
    if (status.signal) {
      this.#io.warn(`${said}${this.#io.gnu ? ':' : ''} terminated by signal ${signalNumber(status.signal)}`);
      this.#end(125);
    } else if (status.code === 255) {
      this.#io.warn(`${name}: exited with status 255; aborting`);
      this.#end(124);
    } else if (status.code) this.#status = Math.max(this.#status, 123);
  }

  #end(status: number): void {
    this.#status = status;
    this.#stop = true;
  }
}

const unescape = (text: string): string => ({ '\\n': '\n', '\\t': '\t', '\\0': '\0', '\\r': '\r' })[text] ?? text;

function unquote(io: Io, text: string): string {
  return text.replace(/\\([^])|'([^'\n]*)'|"([^"\n]*)"|(['"])|\\$/g, (_, escaped?: string, single?: string, double?: string, open?: string) => {
    if (open) io.die(`unmatched ${open === "'" ? 'single' : 'double'} quote${io.gnu ? '; by default quotes are special to xargs unless you use the -0 option' : ''}`);
    return escaped ?? single ?? double ?? '';
  });
}
