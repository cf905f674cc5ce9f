// A kernel with a daemon and one toy image, and the few ways in which tests use them.
import { overlayType } from '../../src/kernel/fs/overlay/overlay-type.ts';
import { encode, type Bytes } from '../../src/base/bytes.ts';
import { Clock } from '../../src/base/clock.ts';
import { Random } from '../../src/base/random.ts';
import type { Task } from '../../src/base/task.ts';
import { encodeHeader, TAR_END, tarPadding } from '../../src/base/archive/tar-header.ts';
import type { ContainerConfig, HostConfig } from '../../src/api/container.ts';
import type { EngineClient, LogChunk, Stream } from '../../src/api/engine-client.ts';
import type { EventMessage } from '../../src/api/system.ts';
import { createEngine, DOCKER_INIT } from '../../src/engine/engine.ts';
import { dockerInit } from '../../src/engine/runtime/docker-init.ts';
import { Kernel } from '../../src/kernel/kernel.ts';
import { executableContent, ProgramRegistry } from '../../src/kernel/program.ts';
import type { Syscalls } from '../../src/kernel/syscalls.ts';
import { text, TOYS } from './toy-programs.ts';

export interface Lab {
  readonly engine: EngineClient;
  /** Root on the host. */
  readonly sys: Syscalls;
  readonly clock: Clock;
  /** Run a task in a process of the host to its end, time jumping. Throws what it throws. */
  run<T>(task: Task<T>): T;
  /** Let `ms` of virtual time pass. */
  pass(ms: number): void;
  /** Create, attach, start, read, wait: `docker run`. */
  docker(command: readonly string[], options?: RunOptions): { id: string; code: number; stdout: string; stderr: string };
  exec(container: string, command: readonly string[], options?: { user?: string; cwd?: string; env?: string[]; tty?: boolean; input?: string }): { code: number; stdout: string };
  /** `Action` of each event so far, with its type. */
  events(): EventMessage[];
}

export interface RunOptions {
  readonly name?: string;
  readonly config?: Partial<ContainerConfig>;
  readonly host?: Partial<HostConfig>;
  readonly input?: string;
  /** Do not wait for its end. */
  readonly detach?: boolean;
  readonly remove?: boolean;
}

const FILES: Record<string, string> = {
  'etc/passwd': 'root:x:0:0:root:/root:/bin/sh\ndaemon:x:1:1:daemon:/usr/sbin:/bin/false\nwww-data:x:33:33:www-data:/var/www:/bin/false\n',
  'etc/group': 'root:x:0:\ndaemon:x:1:\nadm:x:4:\nwheel:x:10:root\nwww-data:x:33:\n',
  'app/data/README': 'shipped with the image\n',
  'script': '#!/bin/bash\necho x\n',
};

function imageTar(): Bytes[] {
  const parts: Bytes[] = [];
  const header = { uname: '', gname: '', mtime: 1_700_000_000, linkname: '', major: 0, minor: 0 };
  const directory = (name: string, mode = 0o755, uid = 0) => parts.push(encodeHeader({ ...header, name: `${name}/`, type: 'directory', mode, uid, gid: uid, size: 0 }));
  const file = (name: string, content: string, mode: number) => {
    const data = encode(content);
    parts.push(encodeHeader({ ...header, name, type: 'file', mode, uid: 0, gid: 0, size: data.length }), data, tarPadding(data.length));
  };
  for (const name of ['bin', 'etc', 'root', 'app', 'app/data', 'usr', 'usr/bin']) directory(name);
  directory('tmp', 0o1777);
  directory('owned', 0o750, 33);
  for (const name of TOYS.keys()) file(`bin/${name}`, executableContent(name), 0o755);
  for (const [name, content] of Object.entries(FILES)) file(name, content, name === 'script' ? 0o755 : 0o644);
  parts.push(TAR_END);
  return parts;
}

export function bootLab(seed = 1): Lab {
  const clock = new Clock(1_795_546_261_000);
  const programs = new ProgramRegistry();
  for (const [name, program] of TOYS) programs.register(name, program);
  programs.register(DOCKER_INIT, dockerInit);
  const kernel = new Kernel({ clock, random: new Random(seed), programs, hostname: 'docker-host' });
  kernel.vfs.registerFilesystem(overlayType);
  const sys = kernel.init;
  for (const path of ['/proc', '/sys', '/dev', '/etc', '/root', '/srv', '/tmp', '/usr', '/usr/bin', '/var', '/var/lib', '/run']) sys.mkdir(path, 0o755);
  sys.mount('proc', '/proc', 'proc', {});
  sys.mount('udev', '/dev', 'devtmpfs', {}, 'mode=755');
  sys.writeFile('/etc/passwd', 'root:x:0:0:root:/root:/bin/bash\n');
  sys.writeFile('/etc/resolv.conf', 'nameserver 10.0.0.53\n');
  const daemon = sys.newProcess({ descriptors: 'none' });
  const engine = createEngine(daemon.sys);
  daemon.run(function* (own) {
    for (;;) yield* own.pause();
  });

  const settle = () => kernel.run(1_000_000);
  const run = <T>(task: Task<T>): T => {
    let outcome: { value: T } | { error: unknown } | undefined;
    const process = sys.newProcess({ descriptors: 'none' });
    process.run(function* () {
      try {
        outcome = { value: yield* task };
      } catch (error) {
        outcome = { error };
      }
      return 0;
    });
    for (let turns = 0; turns < 10_000; turns++) {
      settle();
      if (outcome) break;
      const next = kernel.nextDeadline;
      if (next === undefined) throw new Error('everything waits for ever');
      clock.advanceTo(next);
    }
    settle();
    if (!outcome) throw new Error('no end');
    if ('error' in outcome) throw outcome.error;
    return outcome.value;
  };

  const collect = function* (stream: Stream<LogChunk>): Task<{ stdout: string; stderr: string }> {
    const chunks: LogChunk[] = [];
    for (let chunk = yield* stream.next(); chunk; chunk = yield* stream.next()) chunks.push(chunk);
    const of = (name: LogChunk['stream']) => text(chunks.filter((chunk) => chunk.stream === name).map((chunk) => chunk.data));
    return { stdout: of('stdout'), stderr: of('stderr') };
  };

  const lab: Lab = {
    engine, sys, clock, run,
    pass(ms) {
      run(sys.newProcess({ descriptors: 'none' }).sys.sleep(ms));
    },
    docker(command, { name, config, host, input, detach, remove } = {}) {
      return run((function* () {
        const stdin = input !== undefined;
        const { Id: id } = yield* engine.containerCreate({
          ...(name && { name }),
          Config: { Image: 'toy', Cmd: [...command], ...(stdin && { OpenStdin: true, StdinOnce: true, AttachStdin: true }), ...config },
          HostConfig: { ...(remove && { AutoRemove: true }), ...host },
        });
        if (detach) {
          yield* engine.containerStart(id);
          return { id, code: 0, stdout: '', stderr: '' };
        }
        const stream = yield* engine.containerAttach(id, { stdin, stdout: true, stderr: true, stream: true });
        const exit = yield* engine.containerWait(id, remove ? 'removed' : 'next-exit');
        yield* engine.containerStart(id);
        if (stdin) {
          yield* stream.write(encode(input));
          stream.closeWrite();
        }
        const output = yield* collect(stream);
        return { id, code: (yield* exit.wait()).StatusCode, ...output };
      })());
    },
    exec(container, command, { user, cwd, env, tty, input } = {}) {
      return run((function* () {
        const { Id } = yield* engine.execCreate(container, {
          Cmd: [...command], AttachStdout: true, AttachStderr: true, ...(user && { User: user }), ...(cwd && { WorkingDir: cwd }), ...(env && { Env: env }),
          ...(tty && { Tty: true }), ...(input !== undefined && { AttachStdin: true }),
        });
        const stream = (yield* engine.execStart(Id, {}))!;
        if (input !== undefined) {
          yield* stream.write(encode(input));
          stream.closeWrite();
        }
        const { stdout, stderr } = yield* collect(stream);
        return { code: (yield* engine.execInspect(Id)).ExitCode ?? -1, stdout: stdout + stderr };
      })());
    },
    events() {
      return run((function* () {
        const stream = yield* engine.events({ since: '1', until: String(clock.now / 1000) });
        const all: EventMessage[] = [];
        for (let event = yield* stream.next(); event; event = yield* stream.next()) all.push(event);
        return all;
      })());
    },
  };
  run((function* () {
    const parts = imageTar();
    const source: Stream<Bytes> = { *next() { return parts.shift(); }, close() {} };
    const messages = yield* engine.imageImport(source, { reference: 'toy' });
    while (yield* messages.next());
  })());
  return lab;
}
