// A booted kernel with toy programs, for the tests of processes.

import { overlayType } from '../../../src/kernel/fs/overlay/overlay-type.ts';
import { Clock } from '../../../src/base/clock.ts';
import { decode, encode } from '../../../src/base/bytes.ts';
import { Random } from '../../../src/base/random.ts';
import type { Task } from '../../../src/base/task.ts';
import { Kernel } from '../../../src/kernel/kernel.ts';
import { executableContent, ProgramRegistry, type Program } from '../../../src/kernel/program.ts';
import { O_CREAT, O_RDWR, O_TRUNC, O_WRONLY, type Syscalls } from '../../../src/kernel/syscalls.ts';

export const START = Date.UTC(2025, 10, 24, 12);

export interface Booted {
  readonly kernel: Kernel;
  readonly init: Syscalls;
  readonly faults: Error[];
  /** Start `main` as a process of its own with /dev/null as input and /out as output; run until nothing happens any more. */
  run(main: (sys: Syscalls) => Task<number>): string;
  start(main: (sys: Syscalls) => Task<number>): number;
  output(): string;
}

export function boot(programs: Readonly<Record<string, Program>> = {}, seed = 1): Booted {
  const registry = new ProgramRegistry();
  for (const [name, program] of Object.entries(programs)) registry.register(name, program);
  const kernel = new Kernel({ clock: new Clock(START), random: new Random(seed), programs: registry, hostname: 'host' });
  kernel.vfs.registerFilesystem(overlayType);
  const { init } = kernel;
  for (const path of ['/proc', '/dev', '/sys', '/tmp', '/bin', '/run']) init.mkdir(path);
  init.chmod('/tmp', 0o1777);
  init.mount('proc', '/proc', 'proc', {});
  init.mount('devtmpfs', '/dev', 'devtmpfs', {});
  init.mount('devpts', '/dev/pts', 'devpts', {}, 'gid=5,mode=620,ptmxmode=000');
  for (const name of Object.keys(programs)) init.writeFile(`/bin/${name}`, executableContent(name), 0o755);
  for (const name of Object.keys(programs)) init.chmod(`/bin/${name}`, 0o755);
  const faults: Error[] = [];
  kernel.onFault((error) => faults.push(error));
  const output = (): string => (init.can('/out', '') ? decode(init.readFile('/out')) : '');
  const start = (main: (sys: Syscalls) => Task<number>): number => {
    const embryo = init.newProcess({ descriptors: 'none' });
    embryo.sys.open('/dev/null', O_RDWR);
    embryo.sys.open('/out', O_WRONLY | O_CREAT | O_TRUNC);
    embryo.sys.dup(1);
    embryo.sys.setsid();
    embryo.run(main);
    return embryo.pid;
  };
  return {
    kernel, init, faults, output, start,
    run(main) {
      start(main);
      kernel.advanceTo(Infinity, 1_000_000);
      return output();
    },
  };
}

export function* print(sys: Syscalls, text: string, fd = 1): Task<void> {
  yield* sys.write(fd, encode(text));
}

/** Start a program. @returns its pid */
export function spawn(sys: Syscalls, argv: readonly string[], prepare?: (child: Syscalls) => void): number {
  const embryo = sys.newProcess();
  prepare?.(embryo.sys);
  embryo.exec(argv[0]!.includes('/') ? argv[0]! : `/bin/${argv[0]}`, argv, sys.env);
  return embryo.pid;
}

/** A child that goes on in our own code. @returns its pid */
export function forked(sys: Syscalls, main: (sys: Syscalls) => Task<number>, prepare?: (child: Syscalls) => void): number {
  const embryo = sys.newProcess();
  prepare?.(embryo.sys);
  embryo.run(main);
  return embryo.pid;
}
