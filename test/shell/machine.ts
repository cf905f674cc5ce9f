// A small machine for the shell's tests: a kernel, a root file system, both shells, the programs there are.

import { concat, decode, type Bytes } from '../../src/base/bytes.ts';
import { Clock } from '../../src/base/clock.ts';
import { Random } from '../../src/base/random.ts';
import { Kernel } from '../../src/kernel/kernel.ts';
import { executableContent, ProgramRegistry, type Program } from '../../src/kernel/program.ts';
import { signalNumber } from '../../src/kernel/signal.ts';
import { O_RDONLY, type Syscalls } from '../../src/kernel/syscalls.ts';
import * as all from '../../src/programs/index.ts';
import { ashProgram, bashProgram } from '../../src/shell/whole-shells.ts';

const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

export interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly exit: number;
}

/** Until there is a real one. */
const sleep: Program = function* (sys, argv) {
  yield* sys.sleep(Number(argv[1]) * 1000);
  return 0;
};

const given = all.programs as unknown as Record<string, Program> | ((applets: Record<string, Program>) => Record<string, Program>);

export class TestMachine {
  readonly kernel: Kernel;
  readonly sys: Syscalls;
  readonly faults: Error[] = [];

  /** 'bash': a host with GNU programs; 'ash': nothing but BusyBox. */
  constructor(kind: 'bash' | 'ash') {
    const registry = new ProgramRegistry();
    const programs = typeof given === 'function' ? given({ sh: ashProgram, ash: ashProgram, sleep }) : given;
    for (const [key, program] of Object.entries({ bash: bashProgram, ash: ashProgram, 'gnu/sleep': sleep, ...programs })) registry.register(key, program);
    this.kernel = new Kernel({ clock: new Clock(Date.UTC(2026, 0, 1)), random: new Random(1), programs: registry, hostname: 'docker-host' });
    this.kernel.onFault((error) => void this.faults.push(error));
    const sys = this.sys = this.kernel.init;
    if (kind === 'bash') sys.symlink('usr/bin', '/bin');
    else sys.mkdir('/bin');
    for (const path of ['/usr', '/usr/bin', '/usr/local', '/usr/local/bin', '/etc', '/root', '/proc', '/dev', '/tmp', '/tmp/cases', '/tmp/cases/w', '/home']) sys.mkdir(path);
    sys.chmod('/tmp', 0o1777);
    sys.writeFile('/etc/passwd', 'root:x:0:0:root:/root:/bin/bash\ndev:x:1000:1000::/home/dev:/bin/bash\n');
    sys.writeFile('/etc/hostname', 'docker-host\n');
    sys.mount('proc', '/proc', 'proc', {});
    sys.mount('udev', '/dev', 'devtmpfs', {});
    sys.mount('devpts', '/dev/pts', 'devpts', {});
    if (kind === 'ash') {
      sys.writeFile('/bin/busybox', executableContent('busybox'), 0o755);
      for (const name of ['sh', 'ash', 'ls', 'cat', 'sleep', 'env', 'sed', 'wc', 'head', 'touch', 'mkdir', 'chmod', 'rm', 'true', 'grep']) sys.link('/bin/busybox', `/bin/${name}`);
    } else {
      for (const key of registry.keys()) {
        const name = /^gnu\/(.+)$/.exec(key)?.[1] ?? (key === 'bash' ? key : undefined);
        if (name) sys.writeFile(`/usr/bin/${name}`, executableContent(key), 0o755);
      }
      sys.writeFile('/usr/bin/sh', executableContent('bash'), 0o755);
    }
  }

  /** Run a program to its end with empty standard input, time jumping. */
  run(path: string, argv: readonly string[], env: Record<string, string> = { HOME: '/root', PATH, LANG: 'C.UTF-8', TERM: 'xterm' }, cwd = '/tmp/cases/w'): Outcome {
    const supervisor = this.sys.newProcess({ descriptors: 'none', env });
    const parts: [Bytes[], Bytes[]] = [[], []];
    let exit: number | undefined;
    supervisor.run(function* (own) {
      own.setsid();
      own.chdir(cwd);
      own.open('/dev/null', O_RDONLY);
      const pipes = [own.pipe(), own.pipe()];
      const child = own.newProcess({ env });
      pipes.forEach(([, write], i) => child.sys.dup2(write, i + 1 + 10));
      for (const [i, [read, write]] of pipes.entries()) {
        child.sys.close(read);
        child.sys.close(write);
        own.close(write);
        void i;
      }
      for (const fd of [1, 2]) {
        child.sys.dup2(fd + 10, fd);
        child.sys.close(fd + 10);
      }
      child.exec(path, argv, env);
      const threads = pipes.map(([read], i) => own.thread(function* () {
        for (;;) {
          const bytes = yield* own.read(read, 65536);
          if (!bytes.length) return;
          parts[i]!.push(bytes);
        }
      }));
      const status = yield* own.wait(child.pid);
      exit = status.code ?? 128 + signalNumber(status.signal!);
      for (const thread of threads) yield* thread.join();
      return 0;
    });
    this.kernel.advanceTo(this.kernel.clock.now + 3_600_000, 3_000_000);
    return { stdout: decode(concat([...parts[0], new Uint8Array(0)])), stderr: decode(concat([...parts[1], new Uint8Array(0)])), exit: exit ?? -1 };
  }
}
