// A kernel: everything below the system calls, driven from outside by the steps and the time that it is given.

import type { Bytes } from '../base/bytes.ts';
import type { Clock } from '../base/clock.ts';
import { Emitter, type Event } from '../base/emitter.ts';
import type { Random } from '../base/random.ts';
import { KernelError } from './errno.ts';
import { DevPts } from './fs/dev/devpts.ts';
import { Disk } from './fs/disk/disk.ts';
import type { ProcProcess } from './fs/proc/proc-source.ts';
import { registerFilesystems } from './fs/register.ts';
import { Network } from './net/network.ts';
import { DescriptorTable } from './process/descriptor-table.ts';
import { SystemCalls } from './process/calls/system-calls.ts';
import { Devices } from './process/device/special-files.ts';
import { joinGroup, ProcessGroup, Session } from './process/job-control.ts';
import type { Machine, SystemInformation } from './process/machine.ts';
import { PidNamespace } from './process/pid-namespace.ts';
import { Process } from './process/process.ts';
import { ProcessTable } from './process/process-info.ts';
import { Scheduler } from './process/scheduler.ts';
import { sendSignal } from './process/signals.ts';
import { makeTerminal, removeTerminal } from './process/tty/pty-table.ts';
import { takeTurn } from './process/turn.ts';
import type { ProgramRegistry } from './program.ts';
import type { ProcessInfo, Syscalls, Termios, WindowSize } from './syscalls.ts';
import type { FsContext } from './vfs/fs-context.ts';
import { Vfs } from './vfs/vfs.ts';

export interface KernelOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly programs: ProgramRegistry;
  readonly hostname: string;
  /** Bytes of the disk that is mounted as the root; default 60 GiB. */
  readonly diskSize?: number;
  /** Bytes; default 4 GiB. */
  readonly memory?: number;
}

/** A shell shows a prompt for a new command, or has been given one. */
export interface LineMark {
  /** The same object for the same terminal, of those inside other namespaces too. */
  readonly terminal: object;
  /** Undefined: it waits for one. */
  readonly command: string | undefined;
}

/** A terminal whose screen and keyboard are outside: a shell opens `path`. */
export interface KernelTerminal {
  /** `/dev/pts/0`. */
  readonly path: string;
  readonly size: WindowSize;
  /** How its programs have set it. */
  readonly termios: Termios;
  /** The process group in its foreground, in the root pid namespace; 0 for none. */
  readonly foregroundGroup: number;
  readonly onOutput: Event<Bytes>;
  /** What `LineMark.terminal` is for this one. */
  readonly identity: object;
  /** Typed bytes. */
  input(bytes: Bytes): void;
  resize(size: WindowSize): void;
  /** As when the connection is lost. */
  hangup(): void;
}

export class Kernel {
  readonly clock: Clock;
  readonly vfs: Vfs;
  readonly disk: Disk;
  readonly bootTime: number;
  /** The first process, root in the root namespaces, which runs nothing: whoever boots the kernel acts through it. */
  readonly init: Syscalls;
  readonly #init: Process;
  readonly #machine: Machine;
  readonly #scheduler: Scheduler;
  readonly #processes: ProcessTable;
  readonly #faults = new Emitter<Error>();
  /** A bug of ours: an exception that escaped from a program, which then ends with status 70. */
  readonly onFault: Event<Error> = this.#faults.event;
  readonly #lines = new Emitter<LineMark>();
  readonly onLine: Event<LineMark> = this.#lines.event;

  constructor(options: KernelOptions) {
    const { clock, random, programs, hostname, diskSize, memory = 4 * 1024 ** 3 } = options;
    this.clock = clock;
    this.bootTime = clock.now;
    const devices = new Devices();
    const vfs = this.vfs = new Vfs({ clock, specialFiles: devices });
    this.disk = new Disk({ clock, ...(diskSize && { size: diskSize }) });
    const scheduler = this.#scheduler = new Scheduler(clock, (thread) => takeTurn(machine, thread));
    const system: SystemInformation = {
      kernel: 'Linux', release: '6.12.57+deb14-amd64', version: '#1 SMP PREEMPT_DYNAMIC Debian 6.12.57-1 (2025-11-05)', machine: 'x86_64',
      processors: 2, memory,
    };
    const pids = new PidNamespace();
    let inodes = 1;
    const machine: Machine = this.#machine = {
      clock, random, programs, vfs, scheduler, system, pids,
      network: new Network(),
      bootTime: clock.now,
      anonymousDevice: vfs.anonymousDevice(),
      nextIno: () => inodes++,
      processOf: ({ globalPid }) => pids.processes.get(globalPid),
      signalProcess: (process, ...signals) => {
        for (const signal of signals) sendSignal(machine, process, signal);
      },
      signalGroup: (group, ...signals) => {
        for (const process of [...group?.members ?? []]) machine.signalProcess(process, ...signals);
      },
      syscallsOf: (process) => new SystemCalls(machine, process),
      lineMarked: (mark) => this.#lines.fire(mark),
      fault: (error) => this.#faults.fire(error instanceof Error ? error : new Error(String(error))),
    };
    devices.machine = machine;
    this.#processes = new ProcessTable(machine);
    registerFilesystems(vfs, { proc: this.#processes, disks: [this.disk] });
    vfs.contexts = () => contextsOf(pids);
    const namespace = vfs.newRootNamespace(this.disk, '/dev/vda1');
    const root = vfs.rootOf(namespace);
    const init = this.#init = new Process({
      parent: undefined, pidNamespace: pids, uts: { hostname }, network: machine.network.root, descriptors: new DescriptorTable(),
      env: {}, startTime: clock.now,
      context: (globalPid) => ({
        credentials: { uid: 0, gid: 0, groups: [0], capable: true }, umask: 0o022, namespace, root, cwd: root, globalPid, pidNamespace: pids,
      }),
    });
    init.phase = 'running';
    init.comm = 'init';
    init.argv = ['/sbin/init'];
    init.executable = '/sbin/init';
    joinGroup(init, new ProcessGroup(init, new Session(init)));
    this.init = init.sys = machine.syscallsOf(init);
  }

  /** The first process's: root, at the root of the disk. */
  get initContext(): FsContext {
    return this.#init.context;
  }

  /** Run what is ready, at most so many steps; time goes on only as steps take it. */
  run(steps: number): 'idle' | 'busy' {
    return this.#scheduler.run(steps);
  }

  /** When idle: the next virtual time at which something happens by itself. */
  get nextDeadline(): number | undefined {
    return this.#scheduler.timers.next;
  }

  /**
   * Run what is ready, and let time go on to `time` at most (Infinity: until nothing happens by itself any more), doing
   * what becomes due on the way. 'busy' when steps ran out, or when `time` came while there was work. How a span of time
   * is cut into calls makes no difference.
   */
  advanceTo(time: number, steps: number): 'idle' | 'busy' {
    return this.#scheduler.advanceTo(time, steps);
  }

  /** A terminal in the first process's devpts, which is mounted on /dev/pts. @throws ENODEV when it is not */
  openTerminal(size: WindowSize): KernelTerminal {
    const { superblock } = this.vfs.mountOf(this.#init.context, '/dev/pts');
    if (!(superblock instanceof DevPts)) throw new KernelError('ENODEV');
    const terminal = makeTerminal(this.#machine, superblock, this.#init.context, size);
    const output = new Emitter<Bytes>();
    terminal.onOutput = (bytes) => output.fire(bytes);
    return {
      path: terminal.path,
      identity: terminal,
      get size() {
        return terminal.size;
      },
      get termios() {
        return terminal.termios;
      },
      get foregroundGroup() {
        return terminal.foregroundGroup;
      },
      onOutput: output.event,
      input: (bytes) => terminal.input(bytes),
      resize: (changed) => void (terminal.size = changed),
      hangup: () => removeTerminal(superblock, terminal),
    };
  }

  /** All processes, as the root pid namespace sees them. */
  get processes(): readonly ProcessInfo[] {
    return this.init.processes();
  }

  /** One of them with what it holds: its file system context (for `vfs`), descriptors, environment. */
  process(pid: number): ProcProcess | undefined {
    return this.#processes.process(this.#machine.pids, pid);
  }
}

function* contextsOf(pids: PidNamespace): Iterable<Process['context']> {
  for (const process of pids.processes.values()) if (process.isAlive || process.phase === 'dying') yield process.context;
}

