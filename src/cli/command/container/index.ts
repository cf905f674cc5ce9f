// `docker container`.

import type { GroupCommand } from '../../command.ts';
import { attach } from './attach.ts';
import { commit } from './commit.ts';
import { cp } from './cp.ts';
import { create } from './create.ts';
import { diff } from './diff.ts';
import { exec } from './exec.ts';
import { exportCommand } from './export.ts';
import { inspect } from './inspect.ts';
import { logs } from './logs.ts';
import { ls } from './ls.ts';
import { port } from './port.ts';
import { prune } from './prune.ts';
import { rename } from './rename.ts';
import { rm } from './rm.ts';
import { run } from './run.ts';
import { kill, pause, restart, stop, unpause, wait } from './simple.ts';
import { start } from './start.ts';
import { stats } from './stats.ts';
import { top } from './top.ts';
import { update } from './update.ts';

/** Those that `docker` has at its top level under the same name. */
export const shared = [attach, commit, cp, create, diff, exec, exportCommand, kill, logs, pause, port, rename, restart, rm, run, start, stats, stop, top, unpause, update, wait];

export const container: GroupCommand = { name: 'container', short: 'Manage containers', commands: [...shared, inspect, ls, prune] };

export { attach, cp, ls };
