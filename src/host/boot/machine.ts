// The machine: clock, chance and kernel, a disk with a shell on it; and then its equipment: programs and the Docker daemon.

import type { EngineClient } from '../../api/engine-client.ts';
import { ApiError } from '../../api/errors.ts';
import { Clock } from '../../base/clock.ts';
import { Random } from '../../base/random.ts';
import { Kernel } from '../../kernel/kernel.ts';
import { ProgramRegistry } from '../../kernel/program.ts';
import type { Program } from '../../kernel/program.ts';
import type { FilesystemType } from '../../kernel/vfs/filesystem-type.ts';
import type { FsContext } from '../../kernel/vfs/fs-context.ts';
import type { Syscalls } from '../../kernel/syscalls.ts';
import type { DaemonLife } from '../../engine/daemon-life.ts';
import { interactiveBash } from '../../shell/readline/reader.ts';
import type { EventMessage } from '../../api/system.ts';
import type { HostApi, HostOptions, RunResult } from '../host-api.ts';
import type { HostSnapshot } from '../host-snapshot.ts';
import type { PathView } from '../path-view.ts';
import { DOCKER_GROUP } from './accounts.ts';
import { ROOT_ENVIRONMENT } from './environment.ts';
import { installPrograms, populateRootFilesystem } from './root-filesystem.ts';

/** What comes after the shell: it may be loaded later, so that a prompt need not wait for it. */
export interface Equipment {
  /** By registry key; `gnu/<name>` goes to /usr/bin. */
  programs(connect: (sys: Syscalls) => EngineClient, machine: Machine): Readonly<Record<string, Program>>;
  /** @param sys of dockerd */
  startDaemon(sys: Syscalls, machine: Machine): Daemon;
  /** Modules for the kernel: overlay. */
  readonly filesystems: readonly FilesystemType[];
  readonly instruments: Instruments;
}

/** How the outside looks at a machine that is equipped, and works on it. */
export interface Instruments {
  engine(machine: Machine): EngineClient;
  rootShell(machine: Machine): { run(command: string, bring: Bring): RunResult };
  snapshot(machine: Machine, cwd: string): HostSnapshot;
  view(machine: Machine, reference: string): PathView | undefined;
  search(machine: Machine, text: string): readonly string[];
  events(machine: Machine): readonly EventMessage[];
  hash(machine: Machine): string;
  /** What its images wait for from outside. */
  wanted(machine: Machine): readonly string[];
  isAtHand(name: string): boolean;
  deliver(machine: Machine, name: string, problem?: string): void;
}

/** Whether something from outside is at hand while a command runs that cannot wait for it. */
export type Bring = (name: string) => boolean;

export type Daemon = EngineClient & DaemonLife;

export interface Machine {
  readonly clock: Clock;
  readonly kernel: Kernel;
  readonly registry: ProgramRegistry;
  /** Pid 1 of the host: root, with no program of its own. */
  readonly init: Syscalls;
  /** Whose eyes the outside looks through: init's. */
  readonly context: FsContext;
  /** Undefined until the machine is equipped. */
  engine: Daemon | undefined;
  /** A program that asks for copies of its own host has been met on such a copy, and stands still there. */
  standsStill?: boolean;
  /** Who drives it, and can tell how it came to be; undefined until then. */
  host?: HostApi;
  /** Open a file of the host in an editor outside, if there is one. */
  edit?(path: string): void;
}

const SOCKET = '/var/run/docker.sock';

/** A kernel on which bash runs, and nothing else yet. */
export function bootMachine({ seed, startTime }: HostOptions): Machine {
  const clock = new Clock(startTime), random = new Random(seed), registry = new ProgramRegistry();
  const kernel = new Kernel({ clock, random, programs: registry, hostname: 'docker-host' });
  const { init } = kernel;
  registry.register('bash', interactiveBash);
  populateRootFilesystem(init);
  installPrograms(init, ['bash']);
  mountAll(init);
  return { clock, kernel, registry, init, engine: undefined, context: kernel.process(1)!.context };
}

/** Install the programs and start dockerd. */
export function equipMachine(machine: Machine, equipment: Equipment): void {
  const { init, registry, kernel } = machine;
  for (const filesystem of equipment.filesystems) kernel.vfs.registerFilesystem(filesystem);
  const programs = equipment.programs((sys) => connect(sys, machine.engine), machine);
  for (const [key, program] of Object.entries(programs)) registry.register(key, program);
  installPrograms(init, Object.keys(programs));
  const dockerd = init.newProcess({ env: ROOT_ENVIRONMENT, descriptors: 'none' });
  dockerd.sys.setsid();
  dockerd.sys.chdir('/');
  machine.engine = equipment.startDaemon(dockerd.sys, machine);
  dockerd.run(function* (sys) {
    for (;;) yield* sys.pause();
  });
  init.mknod(SOCKET, 0o140660);
  init.chown(SOCKET, 0, DOCKER_GROUP);
  kernel.run(100_000);
}

function mountAll(init: Syscalls): void {
  init.mount('proc', '/proc', 'proc', {});
  init.mount('sysfs', '/sys', 'sysfs', {});
  init.mount('udev', '/dev', 'devtmpfs', {}, 'mode=755');
  init.mount('devpts', '/dev/pts', 'devpts', { nosuid: true, noexec: true }, 'gid=5,mode=620,ptmxmode=000');
  init.mount('tmpfs', '/dev/shm', 'tmpfs', { nosuid: true, nodev: true });
  init.mount('tmpfs', '/run', 'tmpfs', { nosuid: true, nodev: true }, 'mode=755');
  init.mkdir('/run/lock', 0o1777);
  init.chmod('/run/lock', 0o1777);
}

/** As dialling the daemon's socket: only who may write it gets through. */
function connect(sys: Syscalls, engine: EngineClient | undefined): EngineClient {
  if (!engine || !sys.can(SOCKET, '')) throw new ApiError('connection', `Cannot connect to the Docker daemon at unix://${SOCKET}. Is the docker daemon running?`);
  if (!sys.can(SOCKET, 'w')) throw new ApiError('connection', `permission denied while trying to connect to the Docker daemon socket at unix://${SOCKET}`);
  return engine;
}
