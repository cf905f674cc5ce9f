// New processes: a copy of the caller in the namespaces it asks for, not running yet.

import type { Task } from '../../base/task.ts';
import { KernelError } from '../errno.ts';
import type { Embryo, NewProcessOptions, Syscalls } from '../syscalls.ts';
import { isAdmin } from '../vfs/permissions.ts';
import { DescriptorTable } from './descriptor-table.ts';
import { abandon } from './exit.ts';
import { adoptImage, loadImage } from './image.ts';
import { joinGroup } from './job-control.ts';
import type { Machine } from './machine.ts';
import { PidNamespace } from './pid-namespace.ts';
import { Process } from './process.ts';
import { Thread } from './thread.ts';

/** @throws EPERM ESRCH ENOMEM */
export function fork(machine: Machine, parent: Process, options: NewProcessOptions = {}): Process {
  const { newNamespaces = [], joinNamespacesOf, joinNetworkOf, descriptors = 'all' } = options;
  const joins = joinNamespacesOf !== undefined || joinNetworkOf !== undefined;
  if ((newNamespaces.length || joins) && !isAdmin(parent.context.credentials)) throw new KernelError('EPERM');
  const find = (pid: number): Process => {
    const process = parent.pidNamespace.processes.get(pid);
    if (!process?.isAlive) throw new KernelError('ESRCH');
    return process;
  };
  const origin = joinNamespacesOf === undefined ? parent : find(joinNamespacesOf);
  const network = joinNetworkOf === undefined ? origin.network : find(joinNetworkOf).network;
  if (origin.pidNamespace.dying) throw new KernelError('ENOMEM');
  const isNew = (kind: 'mnt' | 'pid' | 'uts' | 'net'): boolean => newNamespaces.includes(kind);
  const pidNamespace = isNew('pid') ? new PidNamespace(origin.pidNamespace) : origin.pidNamespace;
  const process = new Process({
    parent,
    pidNamespace,
    uts: isNew('uts') ? { ...origin.uts } : origin.uts,
    network: isNew('net') ? machine.network.newNamespace() : network,
    descriptors: descriptors === 'all' ? parent.descriptors.copy() : new DescriptorTable(),
    env: { ...options.env ?? parent.env },
    startTime: machine.clock.now,
    context: (globalPid) => ({
      ...parent.context, globalPid, pidNamespace,
      ...(origin !== parent && { namespace: origin.context.namespace, root: origin.context.root, cwd: origin.context.root }),
    }),
  });
  if (isNew('mnt')) machine.vfs.copyNamespace(process.context);
  process.nice = parent.nice;
  process.limits = origin.limits;
  process.descriptors.limit = origin.limits.nofile.soft;
  process.argv = parent.argv;
  process.executable = parent.executable;
  process.comm = parent.comm;
  // A handler belongs to the memory of whoever set it.
  for (const [signal, disposition] of parent.dispositions) if (disposition === 'ignore') process.dispositions.set(signal, disposition);
  joinGroup(process, parent.group);
  process.sys = machine.syscallsOf(process);
  return process;
}

/** Let an embryo run. */
export function start(machine: Machine, process: Process, main: Task<number>): void {
  process.phase = 'running';
  process.main = startThread(machine, process, main);
}

export function startThread(machine: Machine, process: Process, task: Task<unknown>): Thread {
  const thread = new Thread(machine, process, task);
  process.threads.add(thread);
  machine.scheduler.enqueue(thread);
  return thread;
}

export class NewProcess implements Embryo {
  readonly #machine: Machine;
  readonly #parent: Process;
  readonly #process: Process;
  readonly pid: number;

  constructor(machine: Machine, parent: Process, process: Process) {
    this.#machine = machine;
    this.#parent = parent;
    this.#process = process;
    this.pid = process.pidIn(parent.pidNamespace);
  }

  get sys(): Syscalls {
    return this.#process.sys;
  }

  exec(path: string, argv: readonly string[], env: Readonly<Record<string, string>>): void {
    this.#requireEmbryo();
    const process = this.#process;
    const image = loadImage(this.#machine, process, path, argv);
    adoptImage(process, image, env);
    start(this.#machine, process, image.program(process.sys, image.argv));
  }

  run(main: (sys: Syscalls) => Task<number>): void {
    this.#requireEmbryo();
    start(this.#machine, this.#process, main(this.#process.sys));
  }

  abandon(): void {
    if (this.#process.phase === 'embryo') abandon(this.#machine, this.#process);
  }

  give(fd: number): number {
    const given = this.#parent.descriptors.add(this.#process.descriptors.get(fd));
    this.#parent.descriptors.setCloseOnExec(given, true);
    return given;
  }

  /** @throws ESRCH when it runs already or was abandoned */
  #requireEmbryo(): void {
    if (this.#process.phase !== 'embryo') throw new KernelError('ESRCH');
  }
}
