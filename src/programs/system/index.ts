// The tools that ask or change the system, by name.

import type { ToolTable } from '../lib/tool.ts';
import { date } from './date.ts';
import { env, printenv } from './env.ts';
import { expr } from './expr.ts';
import { groups, id, logname, whoami } from './id.ts';
import { kill, killall, pgrep, pidof, pkill } from './kill.ts';
import { ionice, nice, nohup, setsid, time } from './run-with.ts';
import { sleep, usleep } from './sleep.ts';
import { bracket, test } from './test.ts';
import { timeout } from './timeout.ts';
import { falseTool, trueTool, yes } from './true.ts';
import { clear, reset, stty, tput, tty } from './tty.ts';
import { arch, hostname, nproc, uname } from './uname.ts';
import { whereis, which } from './which.ts';

export const systemTools: ToolTable = {
  '[': bracket, arch, clear, date, env, expr, false: falseTool, groups, hostname, id, ionice, kill, killall, logname, nice, nohup, nproc, pgrep, pidof, pkill,
  printenv, reset, setsid, sleep, stty, test, time, timeout, tput, true: trueTool, tty, uname, usleep, whereis, which, whoami, yes,
};
