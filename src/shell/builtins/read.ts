// `read` and `mapfile`.

import type { Task } from '../../base/task.ts';
import { KernelError } from '../../kernel/errno.ts';
import type { Termios } from '../../kernel/syscalls.ts';
import type { Builtin } from '../dialect.ts';
import type { Shell } from '../shell.ts';
import { toText } from '../text.ts';
import { Failure, Unwind } from '../unwind.ts';

const USAGE = 'read: usage: read [-Eers] [-a array] [-d delim] [-i text] [-n nchars] [-N nchars] [-p prompt] [-t timeout] [-u fd] [name ...]';
const TIMED_OUT = 142;

interface Result {
  /** Characters; one that a backslash protects has it still in front. */
  readonly text: string;
  readonly status: number;
}

/** Byte by byte, since what follows belongs to others. */
function* readBytes(sh: Shell, fd: number, delimiter: number, count: number, exact: boolean, raw: boolean, deadline: number | undefined): Task<Result> {
  const bytes: number[] = [];
  let characters = 0;
  let escaped = false;
  const done = (status: number): Result => ({ text: toText(Uint8Array.from(bytes)), status });
  for (;;) {
    if (count >= 0 && characters >= count) break;
    if (deadline !== undefined) {
      const ready = yield* sh.sys.poll([{ fd, read: true }], deadline);
      if (!ready.length) return done(TIMED_OUT);
    }
    let chunk: Uint8Array;
    try {
      chunk = yield* sh.sys.read(fd, 1);
    } catch (error) {
      if (!(error instanceof KernelError)) throw error;
      if (error.errno !== 'EINTR' && sh.dialect.name === 'ash') return done(1);
      if (error.errno !== 'EINTR') throw new Failure(error.errno === 'EBADF' ? `${fd}: invalid file descriptor: ${error.message}` : `read error: ${fd}: ${error.message}`);
      if (sh.interrupted) throw new Unwind('interrupt', 130);
      if (sh.traps.pending) yield* sh.traps.run();
      continue;
    }
    if (!chunk.length) return done(1);
    const c = chunk[0]!;
    if (c === 0 && delimiter !== 0) continue;
    if (escaped) {
      escaped = false;
      if (c === 10) bytes.pop();
      else {
        bytes.push(c);
        characters++;
      }
      continue;
    }
    if (c === delimiter && !exact) return done(0);
    bytes.push(c);
    if (c === 92 && !raw) escaped = true;
    else if ((c & 0xc0) !== 0x80) characters++;
    // A character of several bytes is read whole.
    if (characters === count && c >= 0xc0) {
      for (let more = c >= 0xf0 ? 3 : c >= 0xe0 ? 2 : 1; more > 0; more--) {
        const rest = yield* sh.sys.read(fd, 1);
        if (rest.length) bytes.push(rest[0]!);
      }
    }
  }
  return done(0);
}

/** Split by IFS into at most `limit` pieces, the last taking the rest; `\x` protects x when not raw. */
export function splitRead(text: string, ifs: string, limit: number, raw: boolean): string[] {
  const chars: { c: string; quoted: boolean }[] = [];
  for (let i = 0; i < text.length; i++) {
    if (!raw && text[i] === '\\' && i + 1 < text.length) chars.push({ c: text[++i]!, quoted: true });
    else if (raw || text[i] !== '\\') chars.push({ c: text[i]!, quoted: false });
  }
  const isIfs = (i: number) => !chars[i]!.quoted && ifs.includes(chars[i]!.c);
  const isSpace = (i: number) => isIfs(i) && ' \t\n'.includes(chars[i]!.c);
  let i = 0;
  let end = chars.length;
  while (i < end && isSpace(i)) i++;
  while (end > i && isSpace(end - 1)) end--;
  const fields: string[] = [];
  const join = (from: number, to: number) => chars.slice(from, to).map(({ c }) => c).join('');
  while (i < end) {
    if (fields.length === limit - 1) {
      // The rest; one delimiter at its very end goes when it is the only one.
      let rest = end;
      let marks = 0;
      for (let k = i; k < end; k++) if (isIfs(k) && !isSpace(k)) marks++;
      if (marks === 1 && isIfs(end - 1) && !isSpace(end - 1)) rest--;
      fields.push(join(i, rest));
      return fields;
    }
    const start = i;
    while (i < end && !isIfs(i)) i++;
    fields.push(join(start, i));
    let seen = false;
    while (i < end && (isSpace(i) || (!seen && isIfs(i)))) {
      if (!isSpace(i)) seen = true;
      i++;
    }
  }
  return fields;
}

export const read: Builtin = function* (sh, args): Task<number> {
  const bash = sh.dialect.name === 'bash';
  let raw = false;
  let silent = false;
  let prompt: string | undefined;
  let delimiter = 10;
  let count = -1;
  let exact = false;
  let timeout: number | undefined;
  let fd = 0;
  let array: string | undefined;
  let i = 0;
  for (; i < args.length && /^-./.test(args[i]!); i++) {
    const arg = args[i]!;
    if (arg === '--') {
      i++;
      break;
    }
    for (let k = 1; k < arg.length; k++) {
      const c = arg[k]!;
      if (c === 'r') raw = true;
      else if (c === 's') silent = true;
      else if (bash && (c === 'e' || c === 'E')) continue;
      else if ((bash ? 'adinNptu' : 'dnptu').includes(c)) {
        const value = arg.slice(k + 1) || args[++i];
        if (value === undefined && arg.slice(k + 1) === '') throw bash ? new Failure(`-${c}: option requires an argument\n${USAGE}`, 2) : new Failure(`no arg for -${c} option`, 2);
        if (c === 'a') array = value!;
        else if (c === 'd') delimiter = value === '' ? 0 : value!.charCodeAt(0);
        else if (c === 'n' || c === 'N') {
          if (!/^\d+$/.test(value!)) throw new Failure(`${value}: invalid number`);
          count = Number(value);
          exact = c === 'N';
        } else if (c === 'p') prompt = value!;
        else if (c === 't') {
          timeout = Number(value);
          if (!(timeout >= 0)) throw new Failure(`${value}: invalid timeout specification`);
        } else if (c === 'u') fd = Number(value);
        break;
      } else throw bash ? new Failure(`-${c}: invalid option\n${USAGE}`, 2) : new Failure(`illegal option -${c}`, 2);
    }
  }
  const names = args.slice(i);
  for (const name of names) {
    if (/^[A-Za-z_]\w*(\[.*\])?$/.test(name)) continue;
    throw bash ? new Failure(`\`${name}': not a valid identifier`) : new Failure(`read: '${name}': bad variable name`, 1, 'command', 'short');
  }
  const isTerminal = terminal(sh, fd);
  if (prompt !== undefined && isTerminal) yield* sh.complain(prompt);
  if (timeout === 0) {
    const ready = yield* sh.sys.poll([{ fd, read: true }], sh.sys.now());
    return ready.length ? 0 : 1;
  }
  let saved: Termios | undefined;
  if (isTerminal && (silent || count >= 0 || delimiter !== 10)) {
    saved = sh.sys.tcgetattr(fd);
    sh.sys.tcsetattr(fd, { ...saved, echo: silent ? false : saved.echo, canonical: count < 0 && delimiter === 10 ? saved.canonical : false });
  }
  let result: Result;
  try {
    result = yield* readBytes(sh, fd, delimiter, count, exact, raw, timeout === undefined ? undefined : sh.sys.now() + timeout * 1000);
  } finally {
    if (saved) sh.sys.tcsetattr(fd, saved);
  }
  if (!bash && result.status === TIMED_OUT) return 1;
  const { text, status } = result;
  const plain = () => (raw ? text : text.replace(/\\([^])?/g, (_, c: string | undefined) => c ?? ''));
  if (array !== undefined) sh.vars.setArray(array, splitRead(text, sh.ifs, Infinity, raw));
  else if (!names.length) sh.vars.set('REPLY', plain());
  else if (exact) for (const [k, name] of names.entries()) sh.vars.set(name, k ? '' : plain());
  else {
    const fields = splitRead(text, sh.ifs, names.length, raw);
    for (const [k, name] of names.entries()) {
      const element = /^(\w+)\[(.*)\]$/.exec(name);
      if (element) sh.vars.setElement(element[1]!, element[2]!, fields[k] ?? '', false);
      else sh.vars.set(name, fields[k] ?? '');
    }
  }
  return status;
};

function terminal(sh: Shell, fd: number): boolean {
  try {
    return sh.sys.isatty(fd);
  } catch (error) {
    if (error instanceof KernelError) return false;
    throw error;
  }
}

export const mapfile: Builtin = function* (sh, args, { name }): Task<number> {
  let delimiter = '\n';
  let trim = false;
  let count = 0;
  let skip = 0;
  let origin: number | undefined;
  let fd = 0;
  let i = 0;
  for (; i < args.length && /^-./.test(args[i]!); i++) {
    const letter = args[i]![1]!;
    if (letter === 't') {
      trim = true;
      continue;
    }
    if (!'dnOsucC'.includes(letter)) throw new Failure(`-${letter}: invalid option\n${name}: usage: ${name} [-d delim] [-n count] [-O origin] [-s count] [-t] [-u fd] [-C callback] [-c quantum] [array]`, 2);
    const value = args[i]!.slice(2) || (args[++i] ?? '');
    if (letter === 'd') delimiter = value === '' ? '\0' : value[0]!;
    else if (letter === 'n') count = Number(value);
    else if (letter === 'O') origin = Number(value);
    else if (letter === 's') skip = Number(value);
    else if (letter === 'u') fd = Number(value);
  }
  const array = args[i] ?? 'MAPFILE';
  let text = '';
  for (;;) {
    const chunk = yield* sh.sys.read(fd, 65536);
    if (!chunk.length) break;
    text += toText(chunk);
  }
  let lines = text.split(delimiter);
  const open = lines.pop()!;
  lines = lines.map((line) => (trim ? line : line + delimiter));
  if (open) lines.push(open);
  lines = lines.slice(skip, count ? skip + count : undefined);
  if (origin === undefined) sh.vars.setArray(array, lines);
  else for (const [k, line] of lines.entries()) sh.vars.setElement(array, String(origin + k), line, false);
  return 0;
};
