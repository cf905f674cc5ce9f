// What all system calls of a process start from.

import { RESCHEDULE, type Task } from '../../../base/task.ts';
import type { FileDescription } from '../../vfs/file-description.ts';
import type { FsContext } from '../../vfs/fs-context.ts';
import type { Vfs } from '../../vfs/vfs.ts';
import type { Machine } from '../machine.ts';
import type { Process } from '../process.ts';
import type { Thread } from '../thread.ts';

export abstract class CallBase {
  protected readonly machine: Machine;
  protected readonly process: Process;
  protected readonly vfs: Vfs;
  protected readonly context: FsContext;

  constructor(machine: Machine, process: Process) {
    this.machine = machine;
    this.process = process;
    this.vfs = machine.vfs;
    this.context = process.context;
  }

  /** @throws EBADF */
  protected file(fd: number): FileDescription {
    return this.process.descriptors.get(fd);
  }

  /** The thread that makes this call; undefined when another process's does, as a client inside a server's code. */
  protected get caller(): Thread | undefined {
    const { current } = this.machine.scheduler;
    return current?.process === this.process ? current : undefined;
  }

  /** Signals that have come take effect before a call that may wait. */
  protected *takeSignals(): Task<void> {
    while (this.process.pending && this.caller === this.process.main) yield RESCHEDULE;
  }

  /** A call that a handled signal interrupts with EINTR. @param restarts whether it goes on after a handler that asks for that */
  protected *interruptible<T>(task: Task<T>, restarts = true): Task<T> {
    const { caller } = this;
    if (!caller) return yield* task;
    caller.interruptible = restarts ? 'restarts' : 'always';
    try {
      return yield* task;
    } finally {
      caller.interruptible = 'no';
    }
  }
}
