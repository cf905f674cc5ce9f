// bash 5.3: its builtins and its words.

import { strerror } from '../kernel/errno.ts';
import { addDialect, type Builtin, type Dialect } from './dialect.ts';
import type { Shell } from './shell.ts';
import { Failure } from './unwind.ts';
import { alias, unalias } from './builtins/alias.ts';
import { complete } from './builtins/complete.ts';
import { exit, fail, loopControl, return_, shift, succeed } from './builtins/control.ts';
import { mark, unset } from './builtins/declare.ts';
import { set, shopt } from './builtins/set.ts';
import { source } from './builtins/source.ts';
import { test } from './builtins/test.ts';

/** What an expansion error ends a shell with. */
const fatal = (sh: Shell): number => (sh.commandString !== undefined && !sh.subshell && !sh.options.errexit ? 127 : 1);

export const bash: Dialect = {
  name: 'bash',
  version: '5.3.15(1)-release',
  builtins: new Map<string, Builtin>(Object.entries({
    ':': succeed, '.': source, '[': test, alias, break: loopControl, complete, continue: loopControl, exit, export: mark, false: fail, readonly: mark, return: return_, set, shift, shopt, source, test,
    true: succeed, unalias, unset,
  })),
  special: new Set([':', '.', 'source', 'break', 'continue', 'eval', 'exec', 'exit', 'export', 'readonly', 'return', 'set', 'shift', 'times', 'trap', 'unset']),
  declarations: new Set(['declare', 'typeset', 'local', 'export', 'readonly']),
  applets: new Set(),
  firstLine: 1,
  prefix(sh, name) {
    // At a terminal it is always the shell itself that complains.
    const file = sh.interactive ? undefined : sh.source;
    const line = sh.lineNumbers || file !== undefined ? `line ${Math.max(1, sh.line)}: ` : '';
    return `${file ?? sh.name}: ${line}${name === undefined ? '' : `${name}: `}`;
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

addDialect(bash);
