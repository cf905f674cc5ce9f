// Every program by its key: `gnu/<name>` for the host's, `busybox` for the one of images.

import type { Program } from '../kernel/program.ts';
import { busybox } from './busybox.ts';
import { fileTools } from './files/index.ts';
import { toolProgram, type ToolTable } from './lib/tool.ts';
import { serverPrograms, systemTools } from './system/index.ts';
import { absentTools } from './system/not-simulated.ts';
import { textTools } from './text/index.ts';

const tools: ToolTable = { ...absentTools, ...fileTools, ...textTools, ...systemTools };

/** @param applets more applets of BusyBox, by name: the shell as `sh` and `ash` */
export function programs(applets: Readonly<Record<string, Program>> = {}): Record<string, Program> {
  const all: Record<string, Program> = { ...serverPrograms };
  const boxed: Record<string, Program> = {};
  for (const [name, tool] of Object.entries(tools)) {
    if (tool.gnu !== undefined) all[`gnu/${name}`] = toolProgram(name, tool, 'gnu');
    if (tool.busybox !== undefined) boxed[name] = toolProgram(name, tool, 'busybox');
  }
  all['busybox'] = busybox({ ...boxed, ...applets });
  return all;
}
