// The shell of BusyBox 1.38: its builtins and its words.

import { strerror } from '../kernel/errno.ts';
import { APPLETS } from './applets.ts';
import { addDialect, type Builtin, type Dialect } from './dialect.ts';
import { Failure } from './unwind.ts';
import { alias, unalias } from './builtins/alias.ts';
import { eval_, exec, exit, fail, let_, loopControl, return_, shift, succeed } from './builtins/control.ts';
import { ashMark, unset } from './builtins/declare.ts';
import { cd, pwd } from './builtins/directory.ts';
import { echo } from './builtins/echo.ts';
import { getopts } from './builtins/getopts.ts';
import { help, history } from './builtins/history.ts';
import { bg, fg, jobs, kill, wait } from './builtins/jobs.ts';
import { printf } from './builtins/printf.ts';
import { read } from './builtins/read.ts';
import { set } from './builtins/set.ts';
import { source } from './builtins/source.ts';
import { test } from './builtins/test.ts';
import { times } from './builtins/times.ts';
import { trap } from './builtins/trap.ts';
import { command, hash, type } from './builtins/type.ts';
import { ulimit } from './builtins/ulimit.ts';
import { umask } from './builtins/umask.ts';

export const ash: Dialect = {
  name: 'ash',
  version: '1.38.0',
  builtins: new Map<string, Builtin>(Object.entries({
    '.': source, ':': succeed, '[': test, '[[': test, alias, bg, break: loopControl, cd, command, continue: loopControl, echo, eval: eval_, exec, exit, export: ashMark, false: fail, fg, getopts, hash, help, history, jobs,
    kill, let: let_, local: ashMark, printf, pwd, read, readonly: ashMark, return: return_, set, shift, source, test, times, trap, true: succeed, type, ulimit, umask, unalias, unset, wait,
  })),
  special: new Set(['.', ':', 'break', 'continue', 'eval', 'exec', 'exit', 'export', 'local', 'readonly', 'return', 'set', 'shift', 'source', 'times', 'trap', 'unset']),
  declarations: new Set(['export', 'readonly', 'local']),
  applets: APPLETS,
  firstLine: 0,
  prefix(sh, name) {
    const context = name ?? sh.context;
    return `${sh.name}: ${context === undefined ? '' : `${context}: `}${sh.lineNumbers || sh.source !== undefined ? `line ${sh.line}: ` : ''}`;
  },
  badSubstitution: () => new Failure('syntax error: bad substitution', 2, 'shell'),
  unset: (_sh, name) => new Failure(`${name}: parameter not set`, 2, 'shell'),
  required: (_sh, name, message, colon) => new Failure(`${name}: ${message || (colon ? 'parameter not set or null' : 'parameter not set')}`, 2, 'shell'),
  redirection(target, errno, creating) {
    if (creating) return `can't create ${target}: ${errno === 'ENOENT' || errno === 'ENOTDIR' ? 'nonexistent directory' : strerror(errno)}`;
    return `can't open ${target}: ${errno === 'ENOENT' || errno === 'ENOTDIR' ? 'no such file' : strerror(errno)}`;
  },
  unexecutable(_sh, name, errno) {
    if (errno === 'ENOENT' || errno === 'ENOTDIR') return { message: `${name}: not found`, status: 127 };
    return { message: `${name}: ${strerror(errno === 'EISDIR' ? 'EACCES' : errno)}`, status: 126 };
  },
};

addDialect(ash);
