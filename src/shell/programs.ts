// The programs `bash` and `sh`: what their arguments mean, and where their commands come from.

import './dialect-bash.ts';
import type { Task } from '../base/task.ts';
import { KernelError } from '../kernel/errno.ts';
import type { Program } from '../kernel/program.ts';
import { isDirectory } from '../kernel/stat.ts';
import type { Syscalls } from '../kernel/syscalls.ts';
import { setOption } from './builtins/set.ts';
import { readWhole, sourceFile } from './builtins/source.ts';
import type { DialectName } from './dialect.ts';
import { startJobControl } from './job-control.ts';
import { converse } from './interactive.ts';
import { cookedReader, type LineReader } from './line-reader.ts';
import { endsInBackslash, LineSource } from './line-source.ts';
import { LETTERS, SHOPTS } from './options.ts';
import { parse } from './parse.ts';
import { searchPath } from './run/exec.ts';
import { subshellMain } from './run/pipeline.ts';
import { Shell } from './shell.ts';
import { toBytes } from './text.ts';
import { Failure, Unwind } from './unwind.ts';

const BASH_USAGE = `Usage:\tbash [GNU long option] [option] ...
\tbash [GNU long option] [option] script-file ...
GNU long options:
\t--debug
\t--debugger
\t--dump-po-strings
\t--dump-strings
\t--help
\t--init-file
\t--login
\t--noediting
\t--noprofile
\t--norc
\t--posix
\t--pretty-print
\t--rcfile
\t--restricted
\t--verbose
\t--version
Shell options:
\t-ilrsD or -c command or -O shopt_option\t\t(invocation only)
\t-abefhkmnptuvxBCEHPT or -o option
`;

const BASH_VERSION = `GNU bash, version 5.3.15(1)-release (x86_64-pc-linux-gnu)
Copyright (C) 2025 Free Software Foundation, Inc.
License GPLv3+: GNU GPL version 3 or later <http://gnu.org/licenses/gpl.html>

This is free software; you are free to change and redistribute it.
There is NO WARRANTY, to the extent permitted by law.
`;

interface Invocation {
  command: boolean;
  standardInput: boolean;
  interactive: boolean;
  login: boolean;
  rc: boolean;
  profile: boolean;
  rcFile: string | undefined;
  readonly settings: [name: string, on: boolean][];
  readonly shopts: [name: string, on: boolean][];
  words: readonly string[];
}

/** @returns a status when the arguments alone decide the outcome */
function* invocation(sys: Syscalls, dialect: DialectName, argv: readonly string[]): Task<Invocation | number> {
  const out: Invocation = { command: false, standardInput: false, interactive: false, login: argv[0]!.startsWith('-'), rc: true, profile: true, rcFile: undefined, settings: [], shopts: [], words: [] };
  const letters = LETTERS[dialect] as Record<string, string>;
  const refuse = function* (text: string, status: number): Task<number> {
    yield* sys.write(2, toBytes(text));
    return status;
  };
  let i = 1;
  for (; i < argv.length; i++) {
    const arg = argv[i]!;
    if (arg === '--' || arg === '-') {
      i++;
      break;
    }
    if (arg.startsWith('--') && dialect === 'bash') {
      switch (arg) {
        case '--login': out.login = true; continue;
        case '--norc': out.rc = false; continue;
        case '--noprofile': out.profile = false; continue;
        case '--rcfile':
        case '--init-file': out.rcFile = argv[++i]; continue;
        case '--posix': out.settings.push(['posix', true]); continue;
        case '--verbose': out.settings.push(['verbose', true]); continue;
        case '--noediting':
        case '--restricted':
        case '--debugger': continue;
        case '--version':
          yield* sys.write(1, toBytes(BASH_VERSION));
          return 0;
        case '--help':
          yield* sys.write(1, toBytes(`GNU bash, version 5.3.15(1)-release-(x86_64-pc-linux-gnu)\n${BASH_USAGE}`));
          return 0;
        default:
          return yield* refuse(`${argv[0]}: ${arg}: invalid option\n${BASH_USAGE}`, 2);
      }
    }
    if (!/^[-+]./.test(arg)) break;
    if (arg.startsWith('--')) return yield* refuse(`${argv[0]}: bad option '${arg}'\n`, 2);
    const on = arg[0] === '-';
    for (const c of arg.slice(1)) {
      if (c === 'c' && on) out.command = true;
      else if (c === 's' && on) out.standardInput = true;
      else if (c === 'i' && on) out.interactive = true;
      else if (c === 'l' && on) out.login = true;
      else if (c === 'o') out.settings.push([argv[++i] ?? '', on]);
      else if (c === 'O' && dialect === 'bash') out.shopts.push([argv[++i] ?? '', on]);
      else if (letters[c] !== undefined) out.settings.push([letters[c], on]);
      else if (dialect === 'ash') return yield* refuse(`${argv[0]}: illegal option ${arg[0]}${c}\n`, 2);
      else return yield* refuse(`${argv[0]}: ${arg[0]}${c}: invalid option\n${BASH_USAGE}`, 2);
    }
  }
  out.words = argv.slice(i);
  return out;
}

function* start(sys: Syscalls, dialect: DialectName, argv: readonly string[], createReader: (sh: Shell) => LineReader): Task<number> {
  const asked = yield* invocation(sys, dialect, argv);
  if (typeof asked === 'number') return asked;
  let { words } = asked;
  let name = argv[0]!;
  let command: string | undefined;
  let script: string | undefined;
  if (asked.command) {
    [command] = words;
    if (command === undefined) {
      yield* sys.write(2, toBytes(dialect === 'bash' ? `${name}: -c: option requires an argument\n` : `${name}: -c requires an argument\n`));
      return 2;
    }
    name = words[1] ?? name;
    words = words.slice(2);
  } else if (words.length && !asked.standardInput) {
    script = words[0]!;
    name = script;
    words = words.slice(1);
  }
  const fromTerminal = command === undefined && script === undefined && isTerminal(sys, 0) && isTerminal(sys, dialect === 'bash' ? 2 : 1);
  const interactive = asked.interactive || fromTerminal;
  const sh = new Shell(sys, { dialect, name, args: words, interactive, login: asked.login, lineNumbers: !interactive });
  if (command !== undefined) {
    sh.flags = 'c';
    sh.commandString = command;
  } else if (script === undefined) sh.flags = 's';
  if (sh.interactive) {
    if (dialect === 'bash') for (const option of ['emacs', 'histexpand', 'history', 'monitor'] as const) sh.options[option] = true;
    else sh.options.monitor = true;
    startJobControl(sh);
  } else if (dialect === 'ash' && sh.flags !== 's' && sys.getDisposition('SIGINT') === 'default') {
    // ash catches Ctrl-C in scripts and dies of it by itself: so it does as PID 1 too.
    sh.catchesInterrupt = true;
    sh.defaultSignal('SIGINT');
  }
  for (const [option, on] of asked.settings) {
    if (setOption(sh, option, on)) continue;
    yield* sys.write(2, toBytes(dialect === 'bash' ? `${argv[0]}: line 0: ${argv[0]}: ${option}: invalid option name\n` : `${argv[0]}: illegal option ${on ? '-' : '+'}o ${option}\n`));
    if (dialect === 'bash') return 2;
  }
  for (const [option, on] of asked.shopts) {
    if (!SHOPTS.includes(option)) {
      yield* sys.write(2, toBytes(`${argv[0]}: line 0: ${option}: invalid shell option name\n`));
      return 2;
    }
    if (on) sh.shopt.add(option);
    else sh.shopt.delete(option);
  }
  yield* startUp(sh, asked);
  if (sh.exited !== undefined) return sh.exited;
  if (command !== undefined) {
    yield* sh.runText(command, { kind: 'command', tail: true });
    return sh.exited ?? (yield* sh.traps.exit(sh.status));
  }
  if (script !== undefined) return yield* runFile(sh, script);
  if (sh.interactive) return yield* converse(sh, createReader(sh));
  return yield* runInput(sh);
}

function isTerminal(sys: Syscalls, fd: number): boolean {
  try {
    return sys.isatty(fd);
  } catch {
    return false;
  }
}

/** The files that a shell reads before its commands. */
function* startUp(sh: Shell, asked: Invocation): Task<void> {
  const home = sh.vars.get('HOME') ?? '';
  const read = function* (...paths: readonly string[]): Task<void> {
    const path = paths.find((each) => each && sh.sys.can(each, 'r'));
    if (path === undefined || sh.exited !== undefined) return;
    const saved = sh.status;
    try {
      yield* sourceFile(sh, path);
    } catch (thrown) {
      if (thrown instanceof Unwind && thrown.kind === 'exit') sh.exited = thrown.status;
      else if (thrown instanceof Failure) yield* sh.report(thrown);
      else if (!(thrown instanceof Unwind || thrown instanceof KernelError)) throw thrown;
    }
    sh.status = saved;
  };
  if (sh.dialect.name === 'ash') {
    if (sh.login) {
      yield* read('/etc/profile');
      yield* read(`${home}/.profile`);
    }
    if (sh.interactive) yield* read(sh.vars.get('ENV') ?? '');
    return;
  }
  if (sh.login) {
    if (!asked.profile) return;
    yield* read('/etc/profile');
    yield* read(`${home}/.bash_profile`, `${home}/.bash_login`, `${home}/.profile`);
  } else if (sh.interactive) {
    if (!asked.rc) return;
    if (asked.rcFile === undefined) yield* read('/etc/bash.bashrc');
    yield* read(asked.rcFile ?? `${home}/.bashrc`);
  } else yield* read(sh.vars.get('BASH_ENV') ?? '');
}

/** Run a script file in a shell made for it. @returns the exit status */
export function* runFile(sh: Shell, script: string): Task<number> {
  const bash = sh.dialect.name === 'bash';
  const refuse = function* (text: string, status: number): Task<number> {
    yield* sh.complain(`${text}\n`);
    return status;
  };
  let path = script;
  let text: string;
  try {
    if (bash && !script.includes('/') && !sh.sys.can(script, '')) path = searchPath(sh, script).found ?? script;
    if (isDirectory(sh.sys.stat(path).mode)) return bash ? yield* refuse(`${script}: ${script}: Is a directory`, 126) : 0;
    text = yield* readWhole(sh, path);
  } catch (error) {
    if (!(error instanceof KernelError)) throw error;
    if (bash) return yield* refuse(`bash: ${script}: ${error.message}`, error.errno === 'ENOENT' ? 127 : 126);
    return yield* refuse(`sh: line 0: can't open ${script}: ${error.errno === 'ENOENT' ? 'no such file' : error.message}`, error.errno === 'ENOENT' ? 2 : 2);
  }
  if (bash && text.slice(0, 80).split('\n')[0]!.includes('\0')) return yield* refuse(`${script}: ${script}: cannot execute binary file`, 126);
  yield* sh.runText(text.replaceAll('\0', ''), { kind: 'file' });
  return sh.exited ?? (yield* sh.traps.exit(sh.status));
}

/** Commands from standard input, line by line. @returns the exit status */
function* runInput(sh: Shell): Task<number> {
  const lines = new LineSource(sh, 0);
  let text = '';
  let first = 1;
  let count = 0;
  for (;;) {
    const line = yield* lines.next();
    if (line !== undefined) {
      text += line;
      count++;
      if (sh.options.verbose) yield* sh.complain(line);
      if (endsInBackslash(text)) continue;
      const { failure, openHereDocument } = parse(text, sh.dialect.name, first, sh.extendedPatterns);
      if (failure?.incomplete || openHereDocument) continue;
    }
    if (text.trim()) yield* sh.runText(text, { kind: 'file', line: first });
    if (line === undefined || sh.exited !== undefined) break;
    text = '';
    first = count + 1;
  }
  return sh.exited ?? (yield* sh.traps.exit(sh.status));
}

/** A shell as a program; `createReader` says how an interactive one reads its lines. */
export function shellProgram(dialect: DialectName, createReader: (sh: Shell) => LineReader = cookedReader): Program {
  return (sys, argv) => start(sys, dialect, argv, createReader);
}


/** A file that is a script without saying so: run by a shell of the caller's dialect in the calling process. */
export function* runPlainScript(parent: Shell, sys: Syscalls, path: string, args: readonly string[], env: Readonly<Record<string, string>>): Task<number> {
  for (const name of Object.keys(sys.env)) delete sys.env[name];
  Object.assign(sys.env, env);
  const sh = new Shell(sys, { dialect: parent.dialect.name, name: path, args, lineNumbers: true });
  return yield* subshellMain(sh, () => runFile(sh, path));
}
