// bash 5.3: its builtins and its words.

import { strerror } from '../kernel/errno.ts';
import type { Builtin, Dialect } from './dialect.ts';
import type { Shell } from './shell.ts';
import { Failure } from './unwind.ts';
import { alias, unalias } from './builtins/alias.ts';
import { compgen, complete, compopt } from './builtins/complete.ts';
import { eval_, exec, exit, fail, let_, logout, loopControl, return_, shift, succeed } from './builtins/control.ts';
import { declare, mark, unset } from './builtins/declare.ts';
import { cd, dirs, popd, pushd, pwd } from './builtins/directory.ts';
import { echo } from './builtins/echo.ts';
import { getopts } from './builtins/getopts.ts';
import { caller, fc, help, history } from './builtins/history.ts';
import { bg, disown, fg, jobs, kill, suspend, wait } from './builtins/jobs.ts';
import { printf } from './builtins/printf.ts';
import { mapfile, read } from './builtins/read.ts';
import { set, shopt } from './builtins/set.ts';
import { source } from './builtins/source.ts';
import { test } from './builtins/test.ts';
import { times } from './builtins/times.ts';
import { trap } from './builtins/trap.ts';
import { builtin, command, enable, hash, type } from './builtins/type.ts';
import { ulimit } from './builtins/ulimit.ts';
import { umask } from './builtins/umask.ts';

const bind: Builtin = (sh) => {
  throw new Failure(sh.interactive ? 'not simulated: the keys are those of emacs mode' : 'warning: line editing not enabled', sh.interactive ? 1 : 0);
};

/** What an expansion error ends a shell with. */
const fatal = (sh: Shell): number => (sh.commandString !== undefined && !sh.subshell && !sh.options.errexit ? 127 : 1);

export const bash: Dialect = {
  name: 'bash',
  version: '5.3.15(1)-release',
  builtins: new Map<string, Builtin>(Object.entries({
    ':': succeed, '.': source, '[': test, alias, bg, bind, break: loopControl, builtin, caller, cd, command, compgen, complete, compopt, continue: loopControl, declare, dirs, disown, echo, enable, eval: eval_, exec, exit,
    export: mark, false: fail, fc, fg, getopts, hash, help, history, jobs, kill, let: let_, local: declare, logout, mapfile, popd, printf, pushd, pwd, read, readarray: mapfile, readonly: mark, return: return_, set, shift,
    shopt, source, suspend, test, times, trap, true: succeed, type, typeset: declare, ulimit, umask, unalias, unset, wait,
  })),
  special: new Set([':', '.', 'source', 'break', 'continue', 'eval', 'exec', 'exit', 'export', 'readonly', 'return', 'set', 'shift', 'times', 'trap', 'unset']),
  declarations: new Set(['declare', 'typeset', 'local', 'export', 'readonly']),
  applets: new Set(),
  firstLine: 1,
  prefix(sh, name) {
    const line = sh.lineNumbers ? `line ${Math.max(1, sh.line)}: ` : '';
    return `${sh.source ?? sh.name}: ${line}${name === undefined ? '' : `${name}: `}`;
  },
  badSubstitution: (text) => new Failure(`${text}: bad substitution`, 1, 'line'),
  unset: (sh, name) => new Failure(`${/^\d/.test(name) ? `$${name}` : name}: unbound variable`, fatal(sh), 'shell'),
  required: (sh, name, message, colon) => new Failure(`${name}: ${message || (colon ? 'parameter null or not set' : 'parameter not set')}`, fatal(sh), 'shell'),
  redirection: (target, errno) => `${target}: ${strerror(errno)}`,
  unexecutable(sh, name, errno, interpreter) {
    if (errno === 'ENOENT' && interpreter) return { message: `${name}: ${interpreter}: bad interpreter: ${strerror(errno)}`, status: 127, short: true };
    if (errno === 'ENOENT') return { message: name.includes('/') || !sh.vars.get('PATH') ? `${name}: ${strerror(errno)}` : `${name}: command not found`, status: 127 };
    if (errno === 'ENOEXEC') return { message: `${name}: cannot execute binary file: ${strerror(errno)}`, status: 126 };
    return { message: `${name}: ${strerror(errno)}`, status: 126 };
  },
};
