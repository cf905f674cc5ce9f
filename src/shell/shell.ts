// One shell: its state, and running texts in it. What a command does to the state is in run/, expand/ and builtins/.

import type { Task } from '../base/task.ts';
import { KernelError } from '../kernel/errno.ts';
import type { Signal } from '../kernel/signal.ts';
import type { Syscalls } from '../kernel/syscalls.ts';
import { dialectOf, type Dialect, type DialectName } from './dialect.ts';
import type { ArithmeticScope } from './expand/arithmetic.ts';
import { evaluate } from './expand/arithmetic.ts';
import { Jobs } from './jobs.ts';
import { LETTERS, newOptions, SHOPTS_ON, type Options } from './options.ts';
import { expandAliases, parse } from './parse.ts';
import { promptText } from './prompt.ts';
import { runList } from './run/list.ts';
import { installSpecialVariables } from './special-variables.ts';
import type { List, Node } from './syntax.ts';
import { SyntaxFailure } from './syntax-failure.ts';
import { toBytes } from './text.ts';
import { Traps } from './traps.ts';
import { Failure, Unwind } from './unwind.ts';
import { Variables } from './variables.ts';

export interface ShellOptions {
  readonly dialect: DialectName;
  /** `$0`. */
  readonly name?: string;
  readonly args?: readonly string[];
  readonly interactive?: boolean;
  readonly login?: boolean;
  /** Name the line in messages, as a script does. */
  readonly lineNumbers?: boolean;
}

/** Where a text that is being run comes from. */
export interface TextOrigin {
  readonly kind: 'command' | 'eval' | 'file' | 'trap' | 'line';
  /** Of the text's first line; default: the dialect's. */
  readonly line?: number;
  /** `-c` texts may end in the last program's place. */
  readonly tail?: boolean;
}

/** A completion by `complete`. */
export interface CompletionRule {
  readonly command?: string;
  readonly function?: string;
  readonly words?: string;
  readonly options: readonly string[];
}

export interface ShellFunction {
  readonly name: string;
  readonly body: Node;
  readonly source: string;
}

export class Shell {
  readonly sys: Syscalls;
  readonly dialect: Dialect;
  readonly interactive: boolean;
  readonly login: boolean;
  readonly lineNumbers: boolean;
  name: string;
  args: readonly string[];

  readonly vars: Variables;
  readonly functions: Map<string, ShellFunction>;
  readonly aliases: Map<string, string>;
  readonly options: Options;
  readonly shopt: Set<string>;
  readonly jobs: Jobs;
  readonly traps: Traps;
  /** Paths of programs that were found, and how often. */
  readonly hash: Map<string, { path: string; hits: number }>;
  readonly disabled: Set<string>;
  readonly completions: Map<string, CompletionRule>;
  readonly history: string[] = [];
  /** Directories below the current one (`pushd`). */
  directories: string[] = [];

  status = 0;
  /** Of the command being run. */
  line = 1;
  lastBackground: number | undefined;
  pipeStatus: string[] = ['0'];
  lastArgument: string;
  /** Of the last command substitution: what an assignment alone returns. */
  substitutionStatus = 0;
  /** Of `$( )` around this shell. */
  substitutionDepth = 0;
  command = '';
  ifs = ' \t\n';
  /** `$PWD`: where we are, by the way we came. */
  cwd: string;
  readonly shellPid: number;
  readonly parentPid: number;
  readonly startTime: number;
  /** Of `( )`, `$( )` and pipelines around this one. */
  readonly subshell: number;
  /** Loops around the command being run. */
  loops = 0;
  functionDepth = 0;
  /** Names of running functions, files being sourced, and the lines they were called on; the innermost first. */
  callers: { readonly name: string; readonly line: number; readonly source: string }[] = [];
  sourcing = 0;
  /** The file that is being sourced. */
  source: string | undefined;
  /** > 0 where a failure is looked at: conditions, the left of `&&`, `!`. */
  conditional = 0;
  /** What invoked it: for `$-`. */
  flags = '';
  interrupted = false;
  /** Not interactive, and yet it handles SIGINT: by ending. */
  catchesInterrupt = false;
  /** The last command was told that jobs are stopped. */
  exitWarned = false;
  /** Descriptors of process substitutions, closed when the command ends. */
  substitutionFds: number[] = [];
  /** The terminal, when the shell does job control. */
  terminal: number | undefined;
  commandString: string | undefined;
  commandNumber = 1;
  /** Where `getopts` is: the word and the letter in it. */
  getoptsIndex = 1;
  getoptsOffset = 1;
  /** What ash names between itself and the line: `eval`, or the file that it reads. */
  context: string | undefined;
  /** Told of each line that enters the history. */
  onHistory: ((line: string) => void) | undefined;

  /** Set once the shell has ended. */
  exited: number | undefined;

  constructor(sys: Syscalls, options: ShellOptions, parent?: Shell) {
    this.sys = sys;
    this.dialect = dialectOf(options.dialect);
    this.interactive = options.interactive ?? false;
    this.login = options.login ?? false;
    this.lineNumbers = options.lineNumbers ?? false;
    this.name = options.name ?? (options.dialect === 'bash' ? 'bash' : 'sh');
    this.args = options.args ?? [];
    this.vars = new Variables(options.dialect, parent?.vars);
    this.functions = new Map(parent?.functions);
    this.aliases = new Map(parent?.aliases);
    this.options = parent ? { ...parent.options } : newOptions(options.dialect);
    this.shopt = new Set(parent ? parent.shopt : SHOPTS_ON);
    this.hash = new Map(parent?.hash);
    this.disabled = new Set(parent?.disabled);
    this.completions = new Map(parent?.completions);
    this.shellPid = parent?.shellPid ?? sys.pid;
    this.parentPid = parent?.parentPid ?? sys.ppid;
    this.startTime = parent?.startTime ?? sys.now();
    this.subshell = parent ? parent.subshell + 1 : 0;
    this.substitutionDepth = parent?.substitutionDepth ?? 0;
    this.context = parent?.context;
    this.cwd = parent?.cwd ?? sys.getcwd();
    this.lastArgument = parent?.lastArgument ?? '';
    this.jobs = new Jobs(this);
    this.traps = new Traps(this);
    if (parent) this.#takeAfter(parent);
    installSpecialVariables(this, parent === undefined);
    this.line = this.dialect.firstLine;
    this.vars.evaluate = (text) => String(evaluate(text, this.arithmeticScope, options.dialect));
    if (!parent && this.interactive) this.shopt.add('expand_aliases');
    if (!parent && this.login && options.dialect === 'bash') this.shopt.add('login_shell');
  }

  #takeAfter(parent: Shell): void {
    this.status = parent.status;
    this.lastBackground = parent.lastBackground;
    this.pipeStatus = parent.pipeStatus;
    this.directories = [...parent.directories];
    this.ifs = parent.ifs;
    this.functionDepth = parent.functionDepth;
    this.callers = [...parent.callers];
    this.sourcing = parent.sourcing;
    this.source = parent.source;
    this.conditional = parent.conditional;
    this.loops = parent.loops;
    this.flags = parent.flags;
    this.commandString = parent.commandString;
    this.history.push(...parent.history);
    this.options.monitor = false;
    this.traps.inherit(parent.traps);
  }

  /** The same shell in a new process, as after fork: for subshells, pipelines, substitutions. */
  fork(sys: Syscalls): Shell {
    const child = new Shell(sys, { dialect: this.dialect.name, name: this.name, args: this.args, interactive: false, lineNumbers: this.lineNumbers }, this);
    child.line = this.line;
    return child;
  }

  /** What is left after an untrapped signal: an interactive shell lives through some of them. */
  defaultSignal(signal: Signal): void {
    if (signal === 'SIGINT' && this.catchesInterrupt) this.sys.sigaction(signal, { handler: () => void (this.interrupted = true) });
    else if (!this.interactive || this.subshell) this.sys.sigaction(signal, 'default');
    else if (signal === 'SIGINT') this.sys.sigaction(signal, { handler: () => void (this.interrupted = true) });
    else if (['SIGTERM', 'SIGQUIT', 'SIGTSTP', 'SIGTTIN', 'SIGTTOU'].includes(signal)) this.sys.sigaction(signal, 'ignore');
    else this.sys.sigaction(signal, 'default');
  }

  get extendedPatterns(): boolean {
    return this.shopt.has('extglob');
  }

  get expandsAliases(): boolean {
    return this.aliases.size > 0 && (this.dialect.name === 'ash' || this.shopt.has('expand_aliases'));
  }

  readonly arithmeticScope: ArithmeticScope = {
    get: (name, index) => {
      const value = index === undefined ? this.vars.get(name) : this.vars.element(name, index);
      if (value === undefined && this.options.nounset) throw this.dialect.unset(this, name);
      return value;
    },
    set: (name, index, value) => (index === undefined ? this.vars.set(name, value) : this.vars.setElement(name, index, value, false)),
  };

  /** `$?`, `$1`, `$#` …; undefined when unset. */
  special(name: string): string | undefined {
    switch (name) {
      case '?': return String(this.status);
      case '#': return String(this.args.length);
      case '$': return String(this.shellPid);
      case '!': return this.lastBackground === undefined ? undefined : String(this.lastBackground);
      case '-': return this.dashFlags;
      case '0': return this.name;
      default: return this.args[Number(name) - 1];
    }
  }

  get dashFlags(): string {
    const letters = LETTERS[this.dialect.name] as Record<string, keyof Options>;
    const order = this.dialect.name === 'bash' ? 'abefhikmnptuvxBCEHPT' : 'VEubaCvxcsnmiIfe';
    const on = [...order].filter((c) => (c === 'i' ? this.interactive : c in letters ? this.options[letters[c]!] : this.flags.includes(c)));
    return on.join('') + (this.dialect.name === 'bash' ? this.flags : '');
  }

  promptEscapes(text: string): string {
    return promptText(this, text);
  }

  // Output

  *out(text: string): Task<void> {
    if (text) yield* this.sys.write(1, toBytes(text));
  }

  /** A line on standard error; never fails. */
  *complain(text: string): Task<void> {
    try {
      yield* this.sys.write(2, toBytes(text));
    } catch (error) {
      if (!(error instanceof KernelError)) throw error;
    }
  }

  /** Print a failure as the dialect does. */
  *report(failure: Failure, command?: string): Task<void> {
    const { style, message } = failure;
    const prefix = style === 'raw' ? '' : style === 'short' ? `${this.name}: ` : this.dialect.prefix(this, style === 'command' && failure.scope !== 'line' ? command : undefined);
    yield* this.complain(`${prefix}${message}\n`);
  }

  // Running texts

  /**
   * Run a command text to its end, as if typed: the state stays for the next. Never ends the process; `exit` sets
   * `exited`. @returns the exit status
   */
  *runText(text: string, origin: TextOrigin = { kind: 'line' }): Task<number> {
    try {
      this.status = yield* this.evalText(text, origin);
    } catch (thrown) {
      this.loops = 0;
      this.conditional = 0;
      if (thrown instanceof Failure) {
        yield* this.report(thrown);
        this.status = thrown.status === 127 ? 127 : Math.max(1, thrown.status);
        if (thrown.scope === 'shell' && !this.interactive && origin.kind !== 'line') this.exited = this.status;
      } else if (thrown instanceof Unwind) {
        this.status = thrown.status;
        if (thrown.kind === 'exit') this.exited = thrown.status;
        if (thrown.kind === 'interrupt') {
          this.interrupted = false;
          if (this.interactive) yield* this.complain('\n');
          if (this.catchesInterrupt) {
            this.sys.sigaction('SIGINT', 'default');
            this.sys.kill(this.sys.pid, 'SIGINT');
            yield* this.sys.step();
            this.exited = 130;
          }
        }
      } else throw thrown;
    }
    if (this.exited !== undefined) this.exited = this.status = yield* this.traps.exit(this.exited);
    return this.status;
  }

  /** Parse and run; jumps and failures pass through. */
  *evalText(text: string, origin: TextOrigin): Task<number> {
    const line = origin.line ?? (origin.kind === 'file' || origin.kind === 'line' ? 1 : this.dialect.firstLine);
    const source = origin.kind === 'line' && this.expandsAliases ? expandAliases(text, this.aliases) : text;
    const parsed = parse(source, this.dialect.name, line, this.extendedPatterns);
    const { list, failure, openHereDocument } = parsed;
    if (openHereDocument && this.dialect.name === 'bash') {
      const last = line + text.replace(/\n$/, '').split('\n').length;
      yield* this.complain(`${this.name}: ${this.lineNumbers ? `line ${last}: ` : ''}warning: here-document at line ${openHereDocument.line} delimited by end-of-file (wanted \`${openHereDocument.delimiter}')\n`);
    }
    let { status } = this;
    const byLine = (origin.kind === 'file' && !this.sourcing) || (origin.kind !== 'line' && this.mayAlias(source));
    if (list.items.length) status = byLine ? yield* this.#runByLine(list, source, line, origin) : yield* runList(this, list, origin.tail ?? false);
    else if (!failure && origin.kind !== 'line') status = 0;
    if (failure) {
      this.status = failure.status;
      yield* this.reportSyntax(failure, source, line, origin);
      // A script, an eval or a sourced file ends here.
      if (this.dialect.name === 'ash' && !this.interactive) throw new Unwind('exit', failure.status);
      if (origin.kind === 'command' || (origin.kind === 'file' && !this.sourcing)) throw new Unwind('exit', failure.status);
      return failure.status;
    }
    return status;
  }

  /** Whether aliases may come into play while a longer text runs. */
  mayAlias(text: string): boolean {
    return this.expandsAliases || (/\balias\b/.test(text) && (this.dialect.name === 'ash' || this.interactive || /expand_aliases/.test(text) || this.shopt.has('expand_aliases')));
  }

  *#runByLine(list: List, source: string, firstLine: number, origin: TextOrigin): Task<number> {
    let { status } = this;
    const run = function* (sh: Shell, part: List): Task<number> {
      try {
        return yield* runList(sh, part, false);
      } catch (thrown) {
        // A script goes on with its next line.
        if (origin.kind !== 'file' || sh.sourcing || !(thrown instanceof Unwind) || thrown.kind !== 'line') throw thrown;
        return (sh.status = thrown.status);
      }
    };
    for (let i = 0; i < list.items.length; ) {
      let next = i + 1;
      while (next < list.items.length && !source.slice(list.items[next - 1]!.end, list.items[next]!.pos).includes('\n')) next++;
      if (this.options.verbose && origin.kind === 'file') yield* this.complain(`${source.slice(list.items[i]!.pos, list.items[next]?.pos ?? source.length).trimEnd()}\n`);
      if (this.expandsAliases) {
        const start = list.items[i]!.pos;
        const text = source.slice(start, list.items[next]?.pos ?? source.length);
        const line = firstLine + source.slice(0, start).split('\n').length - 1;
        const parsed = parse(expandAliases(text, this.aliases), this.dialect.name, line, this.extendedPatterns);
        if (parsed.failure) yield* this.reportSyntax(parsed.failure, text, line, { kind: 'eval' });
        status = yield* run(this, parsed.list);
      } else status = yield* run(this, { items: list.items.slice(i, next) });
      i = next;
    }
    return status;
  }

  *reportSyntax(failure: SyntaxFailure, text: string, firstLine: number, origin: TextOrigin): Task<void> {
    const before = text.slice(0, failure.position);
    const line = firstLine + (failure.atEnd ? text.replace(/\n$/, '').split('\n').length : before.split('\n').length - 1);
    if (this.dialect.name === 'ash') {
      this.line = line;
      yield* this.complain(`${this.dialect.prefix(this, origin.kind === 'eval' ? 'eval' : undefined)}syntax error: ${failure.message}\n`);
      return;
    }
    const where = this.lineNumbers || this.source !== undefined ? `${origin.kind === 'command' ? '-c: ' : origin.kind === 'eval' ? 'eval: ' : ''}line ${line}: ` : '';
    const name = this.interactive && this.source !== undefined ? `${this.name}: ${this.source}` : this.source ?? this.name;
    yield* this.complain(failure.message.split('\n').map((each) => `${name}: ${where}${each}\n`).join(''));
    if (!failure.echo || (this.interactive && origin.kind === 'line')) return;
    const start = before.lastIndexOf('\n') + 1;
    const end = text.indexOf('\n', start);
    yield* this.complain(`${name}: ${where}\`${text.slice(start, end < 0 ? undefined : end)}'\n`);
  }
}
