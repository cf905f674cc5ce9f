// What the parts of one kernel share.

import type { Clock } from '../../base/clock.ts';
import type { Random } from '../../base/random.ts';
import type { Network } from '../net/network.ts';
import type { ProgramRegistry } from '../program.ts';
import type { Signal } from '../signal.ts';
import type { Syscalls } from '../syscalls.ts';
import type { Vfs } from '../vfs/vfs.ts';
import type { ProcessGroup } from './job-control.ts';
import type { PidNamespace } from './pid-namespace.ts';
import type { Process } from './process.ts';
import type { Scheduler } from './scheduler.ts';

export interface SystemInformation {
  readonly kernel: string;
  readonly release: string;
  readonly version: string;
  readonly machine: string;
  readonly processors: number;
  /** Bytes. */
  readonly memory: number;
}

export interface Machine {
  readonly clock: Clock;
  readonly random: Random;
  readonly programs: ProgramRegistry;
  readonly vfs: Vfs;
  readonly scheduler: Scheduler;
  readonly network: Network;
  readonly system: SystemInformation;
  /** ms since the epoch. */
  readonly bootTime: number;
  /** The pid namespace of the whole kernel. */
  readonly pids: PidNamespace;
  /** Number of the next pipe or socket. */
  nextIno(): number;
  /** Of the process whose file system context this is. */
  processOf(context: { readonly globalPid: number }): Process | undefined;
  /** Signals from the kernel itself. */
  signalProcess(process: Process, ...signals: Signal[]): void;
  signalGroup(group: ProcessGroup | undefined, ...signals: Signal[]): void;
  /** The system calls of a new process. */
  syscallsOf(process: Process): Syscalls;
  /** A shell's prompt, or the command entered there. */
  lineMarked(mark: { readonly terminal: object; readonly command: string | undefined }): void;
  /** A bug of ours. */
  fault(error: unknown): void;
  /** The device number of what has no place: pipes and sockets. */
  readonly anonymousDevice: number;
}
