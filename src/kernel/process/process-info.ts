// What can be told of a process: to `ps`, and to the files under /proc.

import type { ProcProcess, ProcSource } from '../fs/proc/proc-source.ts';
import type { ProcessInfo } from '../syscalls.ts';
import type { FsContext } from '../vfs/fs-context.ts';
import type { Machine } from './machine.ts';
import { numberIn, type PidNamespace } from './pid-namespace.ts';
import type { Process } from './process.ts';
import { randomBytes } from './random-bytes.ts';

export function processInfo(process: Process, namespace: object): ProcessInfo {
  const { group, context: { credentials }, argv, comm, startTime, cpuTime, nice, parent } = process;
  const { terminal } = group.session;
  return {
    pid: process.pidIn(namespace),
    ppid: parent?.pidIn(namespace) ?? 0,
    pgid: numberIn(group.numbers, namespace),
    sid: numberIn(group.session.numbers, namespace),
    uid: credentials.uid, gid: credentials.gid, comm, argv,
    state: stateOf(process),
    tty: terminal ? `pts/${terminal.index}` : '?',
    startTime, cpuTime, nice,
  };
}

function stateOf({ phase, stopped, threads }: Process): ProcessInfo['state'] {
  if (phase !== 'running' && phase !== 'embryo') return 'Z';
  if (stopped) return 'T';
  for (const { state } of threads) if (state === 'ready' || state === 'running') return 'R';
  return 'S';
}

export class ProcessTable implements ProcSource {
  readonly #machine: Machine;

  constructor(machine: Machine) {
    this.#machine = machine;
  }

  pids(namespace: object): readonly number[] {
    return [...(namespace as PidNamespace).processes.keys()];
  }

  process(namespace: object, pid: number): ProcProcess | undefined {
    const process = (namespace as PidNamespace).processes.get(pid);
    return process && {
      get info() {
        return processInfo(process, namespace);
      },
      get limits() {
        return process.limits;
      },
      context: process.context, descriptors: process.descriptors.files,
      // These change with exec: a directory of /proc that was looked at before must tell the new ones.
      get executable() {
        return process.executable;
      },
      get environ() {
        return process.env;
      },
      get hostname() {
        return process.uts.hostname;
      },
    };
  }

  pidOf(namespace: object, context: FsContext): number | undefined {
    return this.#machine.processOf(context)?.pidIn(namespace) || undefined;
  }

  uptime(): number {
    return this.#machine.clock.now - this.bootTime;
  }

  get bootTime(): number {
    return this.#machine.bootTime;
  }

  /** A little is always in use, so that it looks like a machine at rest. */
  get memory(): ProcSource['memory'] {
    const total = this.#machine.system.memory;
    return { total, free: Math.floor(total * 0.82), available: Math.floor(total * 0.91) };
  }

  get processors(): number {
    return this.#machine.system.processors;
  }

  get release(): string {
    return this.#machine.system.release;
  }

  get version(): string {
    return this.#machine.system.version;
  }

  hostname(context: FsContext): string {
    return this.#machine.processOf(context)?.uts.hostname ?? '';
  }

  randomBytes(length: number): Uint8Array {
    return randomBytes(this.#machine.random, length);
  }
}
