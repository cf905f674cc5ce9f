// Calls on processes, their identity, time and the machine.

import type { Bytes } from '../../../base/bytes.ts';
import { RESCHEDULE, type Task } from '../../../base/task.ts';
import { KernelError } from '../../errno.ts';
import type { Credentials, Embryo, Limit, NewProcessOptions, ProcessInfo, Resource, Thread, WaitStatus } from '../../syscalls.ts';
import { isAdmin } from '../../vfs/permissions.ts';
import { fork, NewProcess, startThread } from '../fork.ts';
import { adoptImage, loadImage } from '../image.ts';
import { withLimit } from '../limits.ts';
import type { SystemInformation } from '../machine.ts';
import type { Process } from '../process.ts';
import { processInfo } from '../process-info.ts';
import { randomBytes } from '../random-bytes.ts';
import { STEP_COST } from '../scheduler.ts';
import { takeStatus } from '../wait.ts';
import { TerminalCalls } from './terminal-calls.ts';

/** Steps that a program may take in a row before others have their turn. */
const SLICE = 50;

/** A task that has been done: `yield*` comes back at once, and nothing is allocated. */
const DONE = { done: true, value: undefined } as const;
const NOTHING = { next: () => DONE, return: () => DONE, throw(error: unknown) { throw error; }, [Symbol.iterator]() { return this; } } as unknown as Task<void>;

function* reschedule(): Task<void> {
  yield RESCHEDULE;
}

export abstract class Lifecycle extends TerminalCalls {
  #steps = 0;

  get pid(): number {
    return this.process.pid;
  }

  get ppid(): number {
    return this.process.parent?.pidIn(this.process.pidNamespace) ?? 0;
  }

  get env(): Record<string, string> {
    return this.process.env;
  }

  get argv(): readonly string[] {
    return this.process.argv;
  }

  get executable(): string {
    return this.process.executable;
  }

  newProcess(options?: NewProcessOptions): Embryo {
    return new NewProcess(this.machine, this.process, fork(this.machine, this.process, options));
  }

  *exec(path: string, argv: readonly string[], env: Readonly<Record<string, string>>): Task<never> {
    const { process, machine } = this;
    const image = loadImage(machine, process, path, argv);
    const main = process.main!;
    for (const thread of [...process.threads]) if (thread !== main && thread !== machine.scheduler.current) thread.drop();
    adoptImage(process, image, env);
    main.replace(image.program(process.sys, image.argv));
    if (machine.scheduler.current !== main) {
      machine.scheduler.wake(main);
      machine.scheduler.current?.cancel();
    }
    for (;;) yield RESCHEDULE;
  }

  *exit(status: number): Task<never> {
    this.process.fate ??= { code: status & 255 };
    for (;;) yield RESCHEDULE;
  }

  thread(main: () => Task<void>): Thread {
    return startThread(this.machine, this.process, main());
  }

  wait(pid: number, options: { readonly nohang: true; readonly untraced?: boolean }): Task<WaitStatus | undefined>;
  wait(pid: number, options?: { readonly untraced?: boolean }): Task<WaitStatus>;
  *wait(pid: number, { nohang = false, untraced = false }: { readonly nohang?: boolean; readonly untraced?: boolean } = {}): Task<WaitStatus | undefined> {
    if (this.process.pending) yield* this.takeSignals();
    for (;;) {
      const status = takeStatus(this.process, pid, untraced);
      if (status || nohang) return status;
      yield* this.interruptible(this.process.childChanged.wait());
    }
  }

  getrlimit(resource: Resource): Limit {
    return this.process.limits[resource];
  }

  setrlimit(resource: Resource, limit: Limit): void {
    const { process } = this;
    process.limits = withLimit(process.limits, resource, limit, isAdmin(this.context.credentials));
    process.descriptors.limit = process.limits.nofile.soft;
  }

  #numbered(pid: number | undefined): Process {
    const process = pid ? this.process.pidNamespace.processes.get(pid) : this.process;
    if (!process?.isAlive) throw new KernelError('ESRCH');
    return process;
  }

  getpriority(pid?: number): number {
    return this.#numbered(pid).nice;
  }

  setpriority(nice: number, pid?: number): void {
    const process = this.#numbered(pid), wanted = Math.min(19, Math.max(-20, nice)), { credentials } = this.context;
    if (credentials.uid !== 0 && credentials.uid !== process.context.credentials.uid) throw new KernelError('EPERM');
    if (wanted < process.nice && !isAdmin(credentials)) throw new KernelError('EACCES');
    process.nice = wanted;
  }

  credentials(): Credentials {
    return this.context.credentials;
  }

  setCredentials(credentials: Credentials): void {
    const { uid, gid, groups, capable, sysAdmin, lacks, bounding, noNewPrivileges, seccomp } = this.context.credentials;
    const same = credentials.uid === uid && [credentials.gid, ...credentials.groups].every((each) => each === gid || groups.includes(each));
    if (uid !== 0 && !same) throw new KernelError('EPERM');
    // Capabilities once lost do not come back.
    const lost = { ...((sysAdmin ?? capable) ? {} : { sysAdmin: false }), ...(lacks && { lacks }), ...(bounding && { bounding }), ...(noNewPrivileges && { noNewPrivileges }), ...(seccomp && { seccomp }) };
    this.context.credentials = { ...credentials, capable: credentials.capable && capable, ...lost };
  }

  processes(): readonly ProcessInfo[] {
    const { pidNamespace } = this.process;
    return [...pidNamespace.processes.values()].filter((process) => process.phase !== 'embryo').map((process) => processInfo(process, pidNamespace));
  }

  now(): number {
    return this.machine.clock.now;
  }

  uptime(): number {
    return this.machine.clock.now - this.machine.bootTime;
  }

  *sleep(ms: number): Task<void> {
    if (this.process.pending) yield* this.takeSignals();
    yield* this.interruptible(this.#sleepUntil(this.machine.clock.now + ms), false);
  }

  *#sleepUntil(deadline: number): Task<void> {
    do yield { queues: [], deadline };
    while (this.machine.clock.now < deadline);
  }

  step(): Task<void> {
    const { caller } = this;
    this.machine.clock.advance(STEP_COST);
    this.process.cpuTime += STEP_COST;
    if (++this.#steps < SLICE && !(this.process.pending && caller)) return NOTHING;
    this.#steps = 0;
    return reschedule();
  }

  random(): number {
    return this.machine.random.uint32() / 0x1_0000_0000;
  }

  randomBytes(length: number): Bytes {
    return randomBytes(this.machine.random, length);
  }

  hostname(): string {
    return this.process.uts.hostname;
  }

  setHostname(name: string): void {
    if (!isAdmin(this.context.credentials)) throw new KernelError('EPERM');
    if (name.length > 64) throw new KernelError('EINVAL');
    this.process.uts.hostname = name;
  }

  system(): SystemInformation {
    return this.machine.system;
  }
}
