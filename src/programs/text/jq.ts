// jq: filters JSON by a program.

import type { Task } from '../../base/task.ts';
import { O_RDONLY } from '../../kernel/syscalls.ts';
import { Break, Evaluator, type Env } from '../lib/jq/evaluate.ts';
import { Halt, natives } from '../lib/jq/natives.ts';
import { JqSyntaxError } from '../lib/jq/cursor.ts';
import { parseDefinitions, parseProgram } from '../lib/jq/parse.ts';
import { JsonParser, JsonSyntaxError, parseJson } from '../lib/jq/parse-json.ts';
import { PRELUDE } from '../lib/jq/prelude.ts';
import type { Definition, Node } from '../lib/jq/syntax.ts';
import { isTrue, JqError, text, type Format, type Value } from '../lib/jq/value.ts';
import { LineReader } from '../lib/lines.ts';
import { reason, type Io } from '../lib/messages.ts';
import { toText } from '../lib/text.ts';
import type { Tool } from '../lib/tool.ts';

const LONG: Readonly<Record<string, string>> = {
  '--slurp': 's', '--raw-input': 'R', '--null-input': 'n', '--compact-output': 'c', '--raw-output': 'r', '--join-output': 'j', '--ascii-output': 'a', '--sort-keys': 'S',
  '--color-output': 'C', '--monochrome-output': 'M', '--exit-status': 'e', '--from-file': 'f', '--help': 'h', '--version': 'V', '--tab': 'tab', '--raw-output0': '0', '--unbuffered': 'u',
};
const HINT = 'Use jq --help for help with command-line options,\nor see the jq manpage, or online docs at https://jqlang.org\n';
const COLORS = ['0;90', '0;39', '0;39', '0;39', '0;32', '1;39', '1;39', '1;34'];
let prelude: ReadonlyMap<string, Definition> | undefined;

export const jq: Tool = {
  gnu: null,
  *run(io, { operands }) {
    const flags = new Set<string>();
    const named = new Map<string, Value>();
    const positional: Value[] = [];
    const words: string[] = [];
    let indent = 2;
    let rest: 'files' | 'args' | 'jsonargs' = 'files';
    let onlyOperands = false;
    const wrong = (message: string): never => {
      io.err(`jq: ${message}\n${HINT}`);
      return io.exit(2);
    };
    const json = (source: string, option: string): Value => {
      try {
        return parseJson(source);
      } catch (error) {
        if (!(error instanceof JsonSyntaxError)) throw error;
        return wrong(`invalid JSON text passed to --${option}`);
      }
    };
    for (let at = 0; at < operands.length; at++) {
      const word = operands[at]!;
      const value = (count: number, example: string): string[] => {
        const values = operands.slice(at + 1, at + 1 + count);
        if (values.length < count) wrong(`${word} takes ${count === 1 ? 'one parameter' : 'two parameters'} (e.g. ${word} ${example})`);
        at += count;
        return values;
      };
      if (onlyOperands || !/^-[A-Za-z-]/.test(word)) {
        if (!words.length || rest === 'files') words.push(word);
        else positional.push(rest === 'args' ? word : json(word, 'jsonargs'));
      } else if (word === '--') onlyOperands = true;
      else if (word === '--args' || word === '--jsonargs') rest = word.slice(2) as 'args';
      else if (word === '--arg' || word === '--argjson') {
        const [name, source] = value(2, word === '--arg' ? 'varname value' : 'varname text') as [string, string];
        if (!named.has(name)) named.set(name, word === '--arg' ? source : json(source, 'argjson'));
      } else if (word === '--slurpfile' || word === '--rawfile') {
        const [name, file] = value(2, 'varname filename') as [string, string];
        try {
          const content = toText(io.sys.readFile(file));
          const parser = new JsonParser();
          named.set(name, word === '--rawfile' ? content : [...parser.feed(content), ...parser.end()]);
        } catch (error) {
          if (error instanceof JsonSyntaxError) wrong(`Bad JSON in --${word.slice(2)} ${name} ${file}: ${error.message}`);
          wrong(`Bad JSON in --${word.slice(2)} ${name} ${file}: Could not open ${file}: ${reason(error)}`);
        }
      } else if (word === '--indent') {
        indent = Number(value(1, 'n')[0]);
        if (!(indent >= -1 && indent <= 7)) wrong('--indent takes a number between -1 and 7');
        flags.delete('tab');
      } else if (word === '--stream' || word === '--seq' || word === '--stream-errors') io.notSimulated(word);
      else if (word.startsWith('--')) flags.add(LONG[word] ?? wrong(`Unknown option ${word}`));
      else for (const letter of word.slice(1)) {
        if (!'sRncrjaSCMefhVL'.includes(letter)) wrong(`Unknown option ${word}`);
        flags.add(letter);
      }
    }
    if (flags.has('V')) return io.out('jq-1.8.2\n');
    if (flags.has('h')) io.notSimulated('--help');
    let [source, ...files] = words;
    if (source === undefined) {
      if (io.terminal && io.sys.isatty(0)) return wrong('no filter was given');
      source = '.';
    } else if (flags.has('f')) {
      const file = source;
      try {
        source = toText(io.sys.readFile(file));
      } catch (error) {
        io.err(`jq: Could not open ${file}: ${reason(error)}\n`);
        return 2;
      }
    }
    const colored = flags.has('C') || !flags.has('M') && io.terminal && io.sys.env['NO_COLOR'] === undefined;
    const format: Format = { indent: flags.has('c') ? '' : flags.has('tab') ? '\t' : ' '.repeat(indent === -1 ? 2 : indent), sort: flags.has('S'), ascii: flags.has('a'), colors: colored ? COLORS : undefined };
    return yield* new Run(io, flags, format, files).all(source, named, positional);
  },
};

class Run {
  readonly #io: Io;
  readonly #flags: ReadonlySet<string>;
  readonly #format: Format;
  readonly #files: string[];
  readonly #waiting: Value[] = [];
  readonly #parser = new JsonParser();
  readonly #slurped: Value[] = [];
  #rawText = '';
  #reader: LineReader | undefined;
  #done = false;
  #lines = 0;
  #name: Value = null;
  #any = false;
  #last = false;
  #place = '<unknown>';
  #failed: JsonSyntaxError | undefined;
  #status = 0;

  constructor(io: Io, flags: ReadonlySet<string>, format: Format, files: string[]) {
    this.#io = io;
    this.#flags = flags;
    this.#format = format;
    this.#files = files.length ? files : ['-'];
  }

  *all(source: string, named: ReadonlyMap<string, Value>, positional: readonly Value[]): Task<number> {
    const io = this.#io;
    prelude ??= new Map(parseDefinitions(PRELUDE).map((definition) => [`${definition.name}/${definition.parameters.length}`, definition]));
    const functions = natives({
      input: () => this.#waiting.shift(),
      message: (message) => io.err(message),
      now: () => io.sys.now() / 1000,
      lineNumber: () => this.#lines,
      fileName: () => this.#name,
    });
    const globals: [string, Value][] = [...named, ['ENV', new Map(Object.entries(io.sys.env))], ['ARGS', new Map<string, Value>([['positional', positional], ['named', new Map(named)]])], ['__prog_name', 'jq']];
    if (!source.trim()) {
      io.err('jq: error: Top-level program not given (try ".")\njq: 1 compile error\n');
      return 3;
    }
    let program: Node;
    try {
      program = parseProgram(source, new Set([...functions.keys(), ...prelude.keys(), ...globals.map(([name]) => `$${name}`)]));
    } catch (error) {
      if (!(error instanceof JqSyntaxError)) throw error;
      io.err(error.message);
      return 3;
    }
    let env: Env | undefined;
    for (const [variable, value] of globals) env = { variable, value, outer: env };
    const evaluator = new Evaluator(functions, prelude, env);
    const usesInput = /\binputs?\b/.test(source);
    try {
      if (this.#flags.has('n')) {
        if (usesInput) while (yield* this.#more()) { /* all of it is there before it is asked for */ }
        yield* this.#process(evaluator, program, env, null);
      } else {
        for (;;) {
          if (usesInput) while (yield* this.#more()) { /* as above */ }
          else while (!this.#waiting.length && (yield* this.#more())) { /* until there is one */ }
          const value = this.#waiting.shift();
          if (value === undefined) break;
          yield* this.#process(evaluator, program, env, value);
        }
      }
    } catch (error) {
      if (!(error instanceof Halt)) throw error;
      return error.status;
    }
    if (this.#failed) {
      yield* io.flush();
      io.err(`jq: parse error: ${this.#failed.message}\n`);
      return 5;
    }
    if (this.#status) return this.#status;
    if (io.status) return 2;
    return this.#flags.has('e') ? (this.#any ? this.#last ? 0 : 1 : 4) : 0;
  }

  *#process(evaluator: Evaluator, program: Node, env: Env | undefined, input: Value): Task<void> {
    const io = this.#io;
    const end = this.#flags.has('j') ? '' : this.#flags.has('0') ? '\0' : '\n';
    const raw = this.#flags.has('r') || this.#flags.has('j') || this.#flags.has('0');
    try {
      for (const { value } of evaluator.run(program, { value: input, path: undefined }, env)) {
        this.#any = true;
        this.#last = isTrue(value);
        io.out((raw && typeof value === 'string' ? value : text(value, this.#format)) + end);
        yield* io.relieve();
      }
    } catch (error) {
      if (error instanceof RangeError) io.notSimulated(/stack/.test(error.message) ? 'a recursion this deep' : error.message);
      if (error instanceof Break) {
        io.err(`jq: error (at ${this.#place}): break\n`);
        this.#status = 5;
        return;
      }
      if (!(error instanceof JqError)) throw error;
      yield* io.flush();
      io.err(`jq: error (at ${this.#place})${typeof error.value === 'string' ? `: ${error.value}` : ` (not a string): ${text(error.value)}`}\n`);
      this.#status = 5;
    }
  }

  /** More inputs into the queue, perhaps; false at the end. */
  *#more(): Task<boolean> {
    const io = this.#io;
    if (this.#failed || this.#done) return false;
    if (!this.#reader) {
      const name = this.#files.shift();
      if (name === undefined) {
        this.#done = true;
        if (!this.#flags.has('R')) this.#take(this.#parser.end());
        if (this.#flags.has('s') && !this.#failed) this.#waiting.push(this.#flags.has('R') ? this.#rawText : this.#slurped);
        return false;
      }
      let fd = 0;
      try {
        if (name !== '-') fd = io.sys.open(name, O_RDONLY);
      } catch (error) {
        io.err(`jq: error: Could not open file ${name}: ${reason(error)}\n`);
        io.status = 2;
        return true;
      }
      this.#name = name === '-' ? null : name;
      this.#lines = 0;
      this.#reader = new LineReader(io, fd);
    }
    let line: string | undefined;
    try {
      line = yield* this.#reader.text();
    } catch (error) {
      if (io.writeFailed) throw error;
      io.err(`jq: error: ${reason(error)}\n`);
      io.status = 2;
    }
    const end = this.#reader.terminated ? '\n' : '';
    if (end) this.#lines++;
    this.#place = `${this.#name ?? '<stdin>'}:${this.#lines}`;
    if (line === undefined) this.#reader = undefined;
    else if (!this.#flags.has('R')) this.#take(this.#parser.feed(line + end));
    else if (this.#flags.has('s')) this.#rawText += line + end;
    else this.#waiting.push(line);
    return true;
  }

  #take(values: Iterable<Value>): void {
    try {
      for (const value of values) (this.#flags.has('s') ? this.#slurped : this.#waiting).push(value);
    } catch (error) {
      if (!(error instanceof JsonSyntaxError)) throw error;
      this.#failed = error;
    }
  }
}
