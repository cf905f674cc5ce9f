// What a container's processes use at this moment.

import type { ContainerStats } from '../../api/container.ts';
import type { EngineContext } from '../engine-context.ts';
import type { Container } from './container.ts';
import { processesOf } from './freeze.ts';

/** About what a small program keeps in memory; the kernel does not count it. */
const RESIDENT = 412 * 1024;

/** All is nothing for one that does not run. Traffic is not counted. */
export function containerStats(context: EngineContext, container: Container): ContainerStats {
  const processes = container.running ? processesOf(context, container) : [];
  const machine = context.sys.system();
  return {
    name: container.name, id: container.id, read: context.sys.now(),
    cpu: processes.reduce((sum, { cpuTime }) => sum + cpuTime, 0),
    pids: processes.length,
    memory: processes.length * RESIDENT,
    limit: container.running ? container.hostConfig.Memory || machine.memory : 0,
  };
}
