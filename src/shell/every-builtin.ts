// The whole of both shells: their parser, ash, and what bash has beyond its start-up files. Loaded behind the first prompt.

import { bash } from './dialect-bash.ts';
import './dialect-ash.ts';
import './parse/parser.ts';
import type { Builtin } from './dialect.ts';
import { Failure } from './unwind.ts';
import { compgen, compopt } from './builtins/complete.ts';
import { eval_, exec, let_, logout } from './builtins/control.ts';
import { declare } from './builtins/declare.ts';
import { cd, dirs, popd, pushd, pwd } from './builtins/directory.ts';
import { echo } from './builtins/echo.ts';
import { getopts } from './builtins/getopts.ts';
import { caller, fc, help, history } from './builtins/history.ts';
import { bg, disown, fg, jobs, kill, suspend, wait } from './builtins/jobs.ts';
import { printf } from './builtins/printf.ts';
import { mapfile, read } from './builtins/read.ts';
import { times } from './builtins/times.ts';
import { trap } from './builtins/trap.ts';
import { builtin, command, enable, hash, type } from './builtins/type.ts';
import { ulimit } from './builtins/ulimit.ts';
import { umask } from './builtins/umask.ts';

const bind: Builtin = (sh) => {
  throw new Failure(sh.interactive ? 'not simulated: the keys are those of emacs mode' : 'warning: line editing not enabled', sh.interactive ? 1 : 0);
};

const REST: Readonly<Record<string, Builtin>> = {
  bg, bind, builtin, caller, cd, command, compgen, compopt, declare, dirs, disown, echo, enable, eval: eval_, exec, fc, fg, getopts, hash, help, history, jobs, kill, let: let_, local: declare, logout, mapfile, popd,
  printf, pushd, pwd, read, readarray: mapfile, suspend, times, trap, type, typeset: declare, ulimit, umask, wait,
};

for (const [name, run] of Object.entries(REST)) bash.builtins.set(name, run);
