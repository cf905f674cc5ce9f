// The machine: clock, chance, kernel and daemon, put together and booted.

import type { EngineClient } from '../../api/engine-client.ts';
import { ApiError } from '../../api/errors.ts';
import { Clock } from '../../base/clock.ts';
import { Random } from '../../base/random.ts';
import { createDockerCommand } from '../../cli/docker.ts';
import { createEngine, DOCKER_INIT } from '../../engine/engine.ts';
import { dockerInit } from '../../engine/runtime/docker-init.ts';
import { Kernel } from '../../kernel/kernel.ts';
import { ProgramRegistry } from '../../kernel/program.ts';
import type { FsContext } from '../../kernel/vfs/fs-context.ts';
import type { Syscalls } from '../../kernel/syscalls.ts';
import { programs } from '../../programs/index.ts';
import { interactiveAsh, interactiveBash } from '../../shell/readline/reader.ts';
import type { HostOptions } from '../host-api.ts';
import { DOCKER_GROUP } from './accounts.ts';
import { ROOT_ENVIRONMENT } from './environment.ts';
import { populateRootFilesystem } from './root-filesystem.ts';

export interface Machine {
  readonly clock: Clock;
  readonly kernel: Kernel;
  readonly registry: ProgramRegistry;
  /** Pid 1 of the host: root, with no program of its own. */
  readonly init: Syscalls;
  /** Whose eyes the outside looks through: init's. */
  readonly context: FsContext;
  readonly engine: EngineClient;
}

const SOCKET = '/var/run/docker.sock';

export function bootMachine({ seed, startTime }: HostOptions): Machine {
  const clock = new Clock(startTime), random = new Random(seed), registry = new ProgramRegistry();
  const kernel = new Kernel({ clock, random, programs: registry, hostname: 'docker-host' });
  const { init } = kernel;
  let engine: EngineClient | undefined;
  for (const [key, program] of Object.entries(programs({ sh: interactiveAsh, ash: interactiveAsh }))) registry.register(key, program);
  registry.register('bash', interactiveBash);
  registry.register(DOCKER_INIT, dockerInit);
  registry.register('docker', createDockerCommand({ connect: (sys) => connect(sys, engine) }));
  populateRootFilesystem(init, registry.keys());
  mountAll(init);
  const dockerd = init.newProcess({ env: ROOT_ENVIRONMENT, descriptors: 'none' });
  dockerd.sys.setsid();
  dockerd.sys.chdir('/');
  const daemon = (engine = createEngine(dockerd.sys));
  dockerd.run(function* (sys) {
    for (;;) yield* sys.pause();
  });
  init.mknod(SOCKET, 0o140660);
  init.chown(SOCKET, 0, DOCKER_GROUP);
  kernel.run(100_000);
  return { clock, kernel, registry, init, engine: daemon, context: kernel.process(1)!.context };
}

function mountAll(init: Syscalls): void {
  init.mount('proc', '/proc', 'proc', {});
  init.mount('sysfs', '/sys', 'sysfs', {});
  init.mount('udev', '/dev', 'devtmpfs', {}, 'mode=755');
  init.mount('devpts', '/dev/pts', 'devpts', {});
  init.mount('tmpfs', '/dev/shm', 'tmpfs', { nosuid: true, nodev: true });
  init.mount('tmpfs', '/run', 'tmpfs', { nosuid: true, nodev: true }, 'mode=755');
  init.mkdir('/run/lock', 0o1777);
  init.chmod('/run/lock', 0o1777);
}

/** As dialling the daemon's socket: only who may write it gets through. */
function connect(sys: Syscalls, engine: EngineClient | undefined): EngineClient {
  if (!sys.can(SOCKET, '')) throw new ApiError('connection', `Cannot connect to the Docker daemon at unix://${SOCKET}. Is the docker daemon running?`);
  if (!sys.can(SOCKET, 'w')) throw new ApiError('connection', `permission denied while trying to connect to the Docker daemon socket at unix://${SOCKET}`);
  return engine!;
}
