// Running sed scripts: the pattern space, the hold space, and where lines come from and go.

import type { Bytes } from '../../base/bytes.ts';
import { concat } from '../../base/bytes.ts';
import type { Task } from '../../base/task.ts';
import { KernelError, strerror } from '../../kernel/errno.ts';
import { isRegular } from '../../kernel/stat.ts';
import { O_CREAT, O_EXCL, O_TRUNC, O_WRONLY } from '../../kernel/syscalls.ts';
import { LineReader, openInput } from './lines.ts';
import { reason, type Io } from './messages.ts';
import type { Options } from './options.ts';
import type { Regex } from './regex.ts';
import type { Address, Command } from './sed-script.ts';
import { replacement, visibly } from './sed-text.ts';
import { toBytes, toText } from './text.ts';

/** Where output goes, and whether its last line still lacks its newline. */
interface Output {
  readonly write: (bytes: Bytes) => Task<void>;
  missing: boolean;
}

/** One run of a script over its inputs. */
export class Editor {
  readonly #io: Io;
  readonly #options: Options;
  readonly #commands: readonly Command[];
  readonly #quiet: boolean;
  readonly #names: string[];
  readonly #end: string;
  readonly #inPlace: boolean;
  readonly #separate: boolean;
  readonly #files = new Map<string, Output>();
  readonly #readers = new Map<string, LineReader>();
  readonly #standard: Output;
  #output: Output;
  #reader: LineReader | undefined;
  #name = '-';
  #edited: { readonly name: string; readonly parts: Bytes[] } | undefined;
  #ahead: { readonly line: string; readonly terminated: boolean } | undefined;
  #line = 0;
  #pattern = '';
  #terminated = true;
  #hold = '';
  #last: Regex | undefined;
  #queue: ((output: Output) => Task<void>)[] = [];

  constructor(io: Io, options: Options, commands: readonly Command[], quiet: boolean, names: string[]) {
    this.#io = io;
    this.#options = options;
    this.#commands = commands;
    this.#quiet = quiet;
    this.#names = names;
    this.#end = options.has('z') ? '\0' : '\n';
    this.#inPlace = options.has('i');
    this.#separate = this.#inPlace || options.has('s');
    this.#standard = this.#output = { *write(bytes) { io.out(bytes); }, missing: false };
    for (const command of commands) if ('wWs'.includes(command.name) && command.text) this.#open(command.text);
  }

  *all(): Task<number> {
    let restart = false;
    for (;;) {
      if (!restart && !(yield* this.#next())) break;
      const result = yield* this.#cycle();
      restart = result === 'restart';
      if (typeof result === 'number') {
        yield* this.#dumpRest();
        return result;
      }
    }
    return 0;
  }

  /** @returns an exit status, or how to go on */
  *#cycle(): Task<number | 'next' | 'restart'> {
    const commands = this.#commands;
    let replaced = false;
    for (let at = 0; at < commands.length; at++) {
      const command = commands[at]!;
      if ((yield* this.#applies(command)) === command.negated) {
        if (command.name === '{') at = command.target - 1;
        continue;
      }
      switch (command.name) {
        case '=': yield* this.#put(this.#output, String(this.#line), '\n'); break;
        case 'F': yield* this.#put(this.#output, this.#name, '\n'); break;
        case 'a': this.#queue.push((output) => this.#raw(output, command.text + (command.text || !this.#io.gnu ? '\n' : ''))); break;
        case 'i': yield* this.#raw(this.#output, command.text + (command.text || !this.#io.gnu ? '\n' : '')); break;
        case 'c':
          if (!command.to || command.negated || !command.active) yield* this.#raw(this.#output, `${command.text}\n`);
          yield* this.#flushQueue();
          return 'next';
        case 'd': yield* this.#flushQueue(); return 'next';
        case 'D': {
          const newline = this.#pattern.indexOf('\n');
          yield* this.#flushQueue();
          if (newline < 0) return 'next';
          this.#pattern = this.#pattern.slice(newline + 1);
          return 'restart';
        }
        case 'g': this.#pattern = this.#hold; break;
        case 'G': this.#pattern += `\n${this.#hold}`; break;
        case 'h': this.#hold = this.#pattern; break;
        case 'H': this.#hold += `\n${this.#pattern}`; break;
        case 'x': [this.#pattern, this.#hold] = [this.#hold, this.#pattern]; break;
        // BusyBox reads the command and does nothing.
        case 'l': if (this.#io.gnu) yield* this.#put(this.#output, visibly(this.#pattern, Number(command.text || (this.#options.value('l') ?? 70))), '\n'); break;
        case 'n':
          if (yield* this.#isLast(true)) return yield* this.#finish(0);
          if (!this.#quiet) yield* this.#print(this.#pattern);
          yield* this.#flushQueue();
          yield* this.#next();
          break;
        case 'N': {
          if (yield* this.#isLast(true)) return yield* this.#finish(0);
          yield* this.#flushQueue();
          const before = this.#pattern;
          yield* this.#next();
          this.#pattern = `${before}\n${this.#pattern}`;
          break;
        }
        case 'p': yield* this.#print(this.#pattern); break;
        case 'P': yield* this.#put(this.#output, this.#pattern.split('\n', 1)[0]!, this.#end); break;
        case 'q': return yield* this.#finish(Number(command.text || 0));
        case 'Q': return Number(command.text || 0);
        case 'r': this.#queue.push((output) => this.#insert(output, command.text)); break;
        case 'R': this.#queue.push((output) => this.#insertLine(output, command.text)); break;
        case 'w': yield* this.#put(this.#open(command.text), this.#pattern, this.#end); break;
        case 'W': yield* this.#put(this.#open(command.text), this.#pattern.split('\n', 1)[0]!, this.#end); break;
        case 'y': this.#pattern = [...this.#pattern].map((character) => command.map!.get(character) ?? character).join(''); break;
        case 'z': this.#pattern = ''; break;
        case 's':
          if (this.#substitute(command)) {
            replaced = true;
            if (command.print) yield* this.#print(this.#pattern);
            if (command.text) yield* this.#put(this.#open(command.text), this.#pattern, this.#end);
          }
          break;
        case 'b': at = command.target - 1; yield* this.#io.sys.step(); break;
        case 't': if (replaced) at = command.target - 1; replaced = false; break;
        case 'T': if (!replaced) at = command.target - 1; replaced = false; break;
      }
    }
    yield* this.#finish(0);
    return 'next';
  }

  *#finish(status: number): Task<number> {
    if (!this.#quiet) yield* this.#print(this.#pattern);
    yield* this.#flushQueue();
    return status;
  }

  *#applies(command: Command): Task<boolean> {
    const { from, to } = command;
    if (!from) return true;
    if (!to) return yield* this.#matches(from);
    if (!command.active) {
      if (!(yield* this.#matches(from))) return false;
      command.end = to.kind === 'line' ? to.line : to.kind === 'plus' ? this.#line + to.amount : to.kind === 'multiple' ? (to.amount ? Math.ceil(this.#line / to.amount) * to.amount : this.#line) : Infinity;
      command.active = command.end > this.#line && !(to.kind === 'last' && (yield* this.#isLast(!this.#separate)));
      return true;
    }
    if (command.end !== Infinity) {
      command.active = this.#line < command.end;
      return this.#line <= command.end;
    }
    if (yield* this.#matches(to)) command.active = false;
    return true;
  }

  *#matches(address: Address): Task<boolean> {
    switch (address.kind) {
      case 'line': return this.#line === address.line;
      case 'last': return yield* this.#isLast(!this.#separate);
      case 'step': return address.step > 0 ? this.#line >= address.first && (this.#line - address.first) % address.step === 0 : this.#line === address.first;
      case 'regex': return this.#regex(address.regex).test(this.#pattern);
      default: return false;
    }
  }

  #regex(regex: Regex | undefined): Regex {
    this.#last = regex ?? this.#last;
    return this.#last ?? this.#io.die(this.#io.gnu ? 'no previous regular expression' : 'no previous regexp');
  }

  #substitute(command: Command): boolean {
    const regex = this.#regex(command.regex);
    const text = this.#pattern;
    const wanted = command.which || 1;
    let result = '';
    let at = 0;
    let seen = 0;
    let done = false;
    let previous = -1;
    for (let from = 0; from <= text.length;) {
      const match = regex.exec(text, from);
      if (!match) break;
      const end = match.index + match[0].length;
      // An empty match right after another one is none.
      const counts = match[0] !== '' || match.index !== previous;
      if (counts && ++seen >= wanted) {
        result += text.slice(at, match.index) + replacement(command.pieces!, match);
        at = end;
        done = true;
        if (!command.global) break;
      }
      previous = end;
      from = match[0] === '' ? end + 1 : end;
    }
    if (done) this.#pattern = result + text.slice(at);
    return done;
  }

  /** The next line into the pattern space. */
  *#next(): Task<boolean> {
    if (!(yield* this.#fill(true))) return false;
    this.#pattern = this.#ahead!.line;
    this.#terminated = this.#ahead!.terminated;
    this.#ahead = undefined;
    this.#line++;
    return true;
  }

  *#isLast(acrossFiles: boolean): Task<boolean> {
    return !(yield* this.#fill(acrossFiles && !this.#separate));
  }

  /** Look at the next line; only `advance` goes on to the next file. */
  *#fill(advance: boolean): Task<boolean> {
    while (!this.#ahead) {
      if (this.#reader) {
        let line: string | undefined;
        try {
          line = yield* this.#reader.text();
        } catch (error) {
          if (this.#io.writeFailed) throw error;
          if (this.#io.gnu) this.#io.fail(`read error on ${this.#name === '-' ? 'stdin' : this.#name}: ${reason(error)}`, 4);
        }
        if (line !== undefined) {
          this.#ahead = { line, terminated: this.#reader.terminated };
          break;
        }
        if (!advance && (this.#inPlace || this.#separate)) return false;
        this.#reader = undefined;
        yield* this.#closeEdited();
      }
      const name = this.#names.shift();
      if (name === undefined) return false;
      this.#start(name);
    }
    return true;
  }

  #start(name: string): void {
    const io = this.#io;
    this.#name = name;
    const inPlace = this.#inPlace && name !== '-';
    if (inPlace && io.gnu && io.sys.can(name, '') && !isRegular(io.sys.stat(name).mode)) return io.fail(`couldn't edit ${name}: not a regular file`, 4);
    const fd = openInput(io, name, io.gnu ? { open: (file, text) => `can't read ${file}: ${text}`, status: 2 } : {});
    if (fd === undefined) return;
    if (this.#separate) {
      this.#line = 0;
      for (const command of this.#commands) command.active = command.from?.kind === 'line' && command.from.line === 0;
    }
    this.#reader = new LineReader(io, fd, this.#end.charCodeAt(0));
    if (!inPlace) return;
    const parts: Bytes[] = [];
    this.#edited = { name, parts };
    this.#output = { *write(bytes) { parts.push(bytes); }, missing: false };
  }

  /** Put the edited text in the file's place: a new file, renamed over the old one. */
  *#closeEdited(): Task<void> {
    const edited = this.#edited;
    if (!edited) return;
    this.#edited = undefined;
    this.#output = this.#standard;
    const { sys, gnu } = this.#io;
    let { name } = edited;
    if (this.#options.has('follow-symlinks')) name = sys.realpath(name);
    const slash = name.lastIndexOf('/') + 1;
    const directory = name.slice(0, slash) || (gnu ? './' : '');
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
    const random = Array.from({ length: 6 }, () => letters[Math.floor(sys.random() * letters.length)]).join('');
    const temporary = gnu ? `${directory}sed${random}` : `${name}${random}`;
    const stat = sys.stat(name);
    try {
      const fd = sys.open(temporary, O_WRONLY | O_CREAT | O_EXCL, 0o600);
      yield* sys.write(fd, concat(edited.parts));
      sys.close(fd);
    } catch (error) {
      this.#io.die(gnu ? `couldn't open temporary file ${temporary}: ${reason(error)}` : `can't create temp file '${name}XXXXXX': ${reason(error)}`, gnu ? 4 : 1);
    }
    // BusyBox first gives the mode, which the change of owner cuts.
    if (!gnu) sys.chmod(temporary, stat.mode & 0o7777);
    try {
      sys.chown(temporary, stat.uid, stat.gid);
    } catch { /* as the real one, it tries */ }
    if (gnu) sys.chmod(temporary, stat.mode & 0o7777);
    const suffix = this.#options.value('i');
    try {
      if (suffix) sys.rename(name, suffix.includes('*') ? (suffix.includes('/') ? '' : name.slice(0, slash)) + suffix.replaceAll('*', name.slice(slash)) : name + suffix);
      sys.rename(temporary, name);
    } catch (error) {
      if (!(error instanceof KernelError)) throw error;
      sys.unlink(temporary);
      this.#io.die(gnu ? `cannot rename ${temporary}: ${strerror(error.errno)}` : `can't move '${temporary}' to '${name}': ${strerror(error.errno)}`, gnu ? 4 : 1);
    }
  }

  /** After `q`: in place, the rest of the file stays as it is. */
  *#dumpRest(): Task<void> {
    if (!this.#edited) return;
    if (this.#ahead) yield* this.#put(this.#output, this.#ahead.line, this.#ahead.terminated ? this.#end : '');
    for (let line = yield* this.#reader!.text(); line !== undefined; line = yield* this.#reader!.text()) yield* this.#put(this.#output, line, this.#reader!.terminated ? this.#end : '');
    yield* this.#closeEdited();
  }

  *#flushQueue(): Task<void> {
    const queue = this.#queue;
    this.#queue = [];
    for (const write of queue) yield* write(this.#output);
  }

  *#print(text: string): Task<void> {
    yield* this.#put(this.#output, text, this.#terminated ? this.#end : '');
  }

  *#put(output: Output, text: string, end: string): Task<void> {
    yield* this.#raw(output, text + end);
    output.missing = !end;
  }

  *#raw(output: Output, text: string): Task<void> {
    if (output.missing) yield* output.write(toBytes(this.#end));
    output.missing = false;
    yield* output.write(toBytes(text));
  }

  *#insert(output: Output, name: string): Task<void> {
    try {
      const text = name === '/dev/stdin' ? '' : toText(this.#io.sys.readFile(name));
      if (text) yield* this.#raw(output, text);
    } catch (error) {
      if (!(error instanceof KernelError)) throw error;
    }
  }

  *#insertLine(output: Output, name: string): Task<void> {
    let reader = this.#readers.get(name);
    if (!reader) {
      if (!this.#io.sys.can(name, 'r')) return;
      reader = new LineReader(this.#io, this.#io.sys.open(name, 0));
      this.#readers.set(name, reader);
    }
    const line = yield* reader.text();
    if (line !== undefined) yield* this.#put(output, line, '\n');
  }

  #open(name: string): Output {
    const { sys } = this.#io;
    if (name === '/dev/stdout') return this.#output;
    let output = this.#files.get(name);
    if (!output) {
      let fd = 2;
      try {
        if (name !== '/dev/stderr') fd = sys.open(name, O_WRONLY | O_CREAT | O_TRUNC, 0o666);
      } catch (error) {
        this.#io.die(this.#io.gnu ? `couldn't open file ${name}: ${reason(error)}` : `can't open '${name}': ${reason(error)}`, this.#io.gnu ? 4 : 1);
      }
      output = { *write(bytes) { yield* sys.write(fd, bytes); }, missing: false };
      this.#files.set(name, output);
    }
    return output;
  }
}
