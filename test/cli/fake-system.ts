// A process without a kernel, enough for the docker command: streams, a few files, threads and a clock that jumps.

import { decode, encode, type Bytes } from '../../src/base/bytes.ts';
import type { Task, Wait } from '../../src/base/task.ts';
import type { EngineClient } from '../../src/api/engine-client.ts';
import { ApiError } from '../../src/api/errors.ts';
import { createDockerCommand } from '../../src/cli/docker.ts';
import { KernelError } from '../../src/kernel/errno.ts';
import type { Signal, SignalDisposition } from '../../src/kernel/signal.ts';
import { S_IFDIR, S_IFREG } from '../../src/kernel/stat.ts';
import { O_WRONLY, type Syscalls, type Thread } from '../../src/kernel/syscalls.ts';

export interface Ran {
  readonly stdout: string;
  readonly stderr: string;
  readonly exit: number;
}

export interface RunOptions {
  readonly stdin?: string | Bytes;
  readonly files?: Record<string, string>;
  readonly env?: Record<string, string>;
  readonly now?: number;
  readonly cwd?: string;
  /** Descriptors that are terminals, 80 columns wide. */
  readonly terminals?: readonly number[];
  /** Called when nothing can go on, with how to send a signal; false gives up. */
  readonly onIdle?: (signal: (signal: Signal) => void) => boolean;
}

interface Coroutine {
  readonly task: Task<unknown>;
  ready: boolean;
  stop: (() => void)[];
}

/** Run `docker ARGS` against an engine. */
export function runDocker(engine: Partial<EngineClient>, args: readonly string[], options: RunOptions = {}): Ran {
  const out: Record<number, Bytes[]> = { 1: [], 2: [] };
  const files = new Map(Object.entries(options.files ?? {}).map(([path, text]) => [path, encode(text)]));
  const directories = new Set(['/', '/root', '/tmp', options.cwd ?? '/root']);
  for (const path of files.keys()) for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) directories.add(path.slice(0, at));
  let stdin = typeof options.stdin === 'string' ? encode(options.stdin) : options.stdin ?? new Uint8Array(0);
  const open = new Map<number, { path: string; at: number }>();
  const dispositions = new Map<Signal, SignalDisposition>();
  const coroutines: Coroutine[] = [];
  let now = options.now ?? 1_760_000_000_000;
  const cwd = options.cwd ?? '/root';
  const resolve = (path: string) => {
    const parts: string[] = [];
    for (const part of (path.startsWith('/') ? path : `${cwd}/${path}`).split('/')) {
      if (part === '..') parts.pop();
      else if (part && part !== '.') parts.push(part);
    }
    return '/' + parts.join('/');
  };
  const fail = (errno: 'ENOENT' | 'EISDIR'): never => {
    throw new KernelError(errno);
  };
  const stat = (path: string) => {
    const full = resolve(path);
    const content = files.get(full);
    if (!content && !directories.has(full)) fail('ENOENT');
    return { dev: 1, ino: 1, mode: content ? S_IFREG | 0o644 : S_IFDIR | 0o755, nlink: 1, uid: 0, gid: 0, rdev: 0, size: content?.length ?? 4096, blksize: 4096, blocks: 8, atime: 0, mtime: 0, ctime: 0 };
  };
  const spawn = (task: Task<unknown>): Coroutine => {
    const coroutine = { task, ready: true, stop: [] };
    coroutines.push(coroutine);
    return coroutine;
  };
  const drop = (coroutine: Coroutine) => {
    const at = coroutines.indexOf(coroutine);
    if (at >= 0) coroutines.splice(at, 1);
    for (const stop of coroutine.stop) stop();
  };
  const calls: Partial<Syscalls> = {
    env: { HOME: '/root', PATH: '/usr/bin', ...options.env },
    isatty: (fd) => options.terminals?.includes(fd) ?? false,
    windowSize: () => ({ columns: 80, rows: 24 }),
    tcgetattr: () => ({ canonical: true, echo: true, signals: true, outputNewline: true, inputNewline: true }),
    tcsetattr: () => {},
    getcwd: () => cwd,
    realpath: (path) => (stat(path), resolve(path)),
    now: () => now,
    *write(fd, bytes) {
      if (out[fd]) out[fd].push(bytes.slice());
      else {
        const file = open.get(fd)!;
        files.set(file.path, Uint8Array.from([...files.get(file.path)!, ...bytes]));
      }
      return bytes.length;
    },
    *read(fd, max) {
      if (fd === 0) {
        const part = stdin.subarray(0, max);
        stdin = stdin.subarray(part.length);
        return part;
      }
      const file = open.get(fd)!;
      if (directories.has(file.path)) fail('EISDIR');
      const part = files.get(file.path)!.subarray(file.at, file.at + max);
      file.at += part.length;
      return part;
    },
    open(path, flags) {
      const full = resolve(path);
      if ((flags & O_WRONLY) !== 0) {
        if (!directories.has(full.slice(0, full.lastIndexOf('/')) || '/')) fail('ENOENT');
        files.set(full, new Uint8Array(0));
      } else stat(path);
      const fd = 3 + open.size;
      open.set(fd, { path: full, at: 0 });
      return fd;
    },
    close: () => {},
    can(path) {
      try {
        stat(path);
        return true;
      } catch {
        return false;
      }
    },
    stat, lstat: stat,
    readdir: (path) => {
      const base = resolve(path) === '/' ? '/' : `${resolve(path)}/`;
      const names = new Set([...files.keys(), ...directories].filter((each) => each.startsWith(base) && each.length > base.length).map((each) => each.slice(base.length).split('/')[0]!));
      return [...names].map((name) => ({ name, ino: 1, type: files.has(base + name) ? S_IFREG : S_IFDIR }));
    },
    unlink: (path) => void files.delete(resolve(path)),
    writeFile: (path, content) => void files.set(resolve(path), typeof content === 'string' ? encode(content) : content),
    *step() {},
    getDisposition: (signal) => dispositions.get(signal) ?? 'default',
    sigaction(signal, disposition) {
      const before = dispositions.get(signal) ?? 'default';
      dispositions.set(signal, disposition);
      return before;
    },
    thread(main) {
      let fault: unknown;
      let done = false;
      const coroutine = spawn((function* () {
        try {
          yield* main();
        } catch (error) {
          fault = error;
        } finally {
          done = true;
        }
      })());
      const thread: Thread = {
        get done() {
          return done;
        },
        *join() {
          if (fault) throw fault;
        },
        cancel() {
          drop(coroutine);
          coroutine.task.return(undefined);
          done = true;
        },
      };
      return thread;
    },
  };
  const sys = calls as Syscalls;
  const client = new Proxy(engine, {
    get: (target, name: string) => (target as Record<string, unknown>)[name] ?? (() => {
      throw new ApiError('system', `the fake engine has no ${name}`);
    }),
  }) as EngineClient;
  let exit: number | undefined;
  let fault: unknown;
  spawn((function* () {
    try {
      exit = yield* createDockerCommand({ connect: () => client })(sys, ['docker', ...args]);
    } catch (error) {
      fault = error;
    }
  })());
  const ended = () => exit !== undefined || fault !== undefined;
  for (let idle = 0; !ended(); ) {
    const next = coroutines.find((each) => each.ready);
    if (!next) {
      if (++idle > 100 || !options.onIdle?.((signal) => {
        const disposition = dispositions.get(signal);
        if (typeof disposition === 'object') disposition.handler(signal);
      })) throw new Error('nothing can go on');
      continue;
    }
    next.ready = false;
    const { value, done } = next.task.next() as IteratorResult<Wait, unknown>;
    if (done) drop(next);
    else if (value.deadline !== undefined) {
      now = Math.max(now, value.deadline);
      next.ready = true;
    } else next.stop = value.queues.map((queue) => queue.enqueue(() => void (next.ready = true)));
  }
  if (fault) throw fault;
  const text = (fd: number) => decode(Uint8Array.from(out[fd]!.flatMap((part) => [...part])));
  return { stdout: text(1), stderr: text(2), exit: exit! };
}
