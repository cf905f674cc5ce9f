// Programs small enough to see through, for containers under test.
import { concat, decode, encode, type Bytes } from '../../src/base/bytes.ts';
import { KernelError } from '../../src/kernel/errno.ts';
import type { Program } from '../../src/kernel/program.ts';
import type { Syscalls } from '../../src/kernel/syscalls.ts';

const print = (sys: Syscalls, text: string, fd = 1) => sys.write(fd, encode(text));

/** Says what failed as the real tools do, exit 1. */
const guarded = (name: string, body: Program): Program => function* (sys, argv) {
  try {
    return yield* body(sys, argv);
  } catch (error) {
    if (!(error instanceof KernelError)) throw error;
    yield* print(sys, `${name}: ${argv[1] ?? ''}: ${error.message}\n`, 2);
    return 1;
  }
};

const commands: Record<string, Program> = {
  *true() {
    return 0;
  },
  *exit(_, argv) {
    return Number(argv[1]);
  },
  *echo(sys, argv) {
    yield* print(sys, `${argv.slice(1).join(' ')}\n`);
    return 0;
  },
  *warn(sys, argv) {
    yield* print(sys, `${argv.slice(1).join(' ')}\n`, 2);
    return 0;
  },
  *cat(sys, argv) {
    if (argv.length > 1) {
      for (const path of argv.slice(1)) yield* sys.write(1, sys.readFile(path));
      return 0;
    }
    for (let data = yield* sys.read(0, 4096); data.length; data = yield* sys.read(0, 4096)) yield* sys.write(1, data);
    return 0;
  },
  *ls(sys, argv) {
    yield* print(sys, sys.readdir(argv[1] ?? '.').map(({ name }) => `${name}\n`).sort().join(''));
    return 0;
  },
  *stat(sys, argv) {
    const { mode, uid, gid } = sys.stat(argv[1]!);
    yield* print(sys, `${(mode & 0o7777).toString(8)} ${uid}:${gid}\n`);
    return 0;
  },
  *put(sys, argv) {
    sys.writeFile(argv[1]!, `${argv.slice(2).join(' ')}\n`);
    return 0;
  },
  *rm(sys, argv) {
    sys.unlink(argv[1]!);
    return 0;
  },
  *sleep(sys, argv) {
    yield* sys.sleep(Number(argv[1]) * 1000);
    return 0;
  },
  /** Ends with 5 on SIGTERM. */
  *serve(sys) {
    let stopped = false;
    sys.sigaction('SIGTERM', { handler: () => void (stopped = true) });
    yield* print(sys, 'ready\n');
    for (;;) {
      if (stopped) break;
      try {
        yield* sys.pause();
      } catch (error) {
        if (!(error instanceof KernelError)) throw error;
      }
    }
    yield* print(sys, 'bye\n');
    return 5;
  },
  *env(sys) {
    yield* print(sys, Object.entries(sys.env).map(([name, value]) => `${name}=${value}\n`).join(''));
    return 0;
  },
  *id(sys) {
    const { uid, gid, groups } = sys.credentials();
    yield* print(sys, `${uid}:${gid} ${groups.join(',')} ${sys.pid} ${sys.getcwd()} ${sys.hostname()}\n`);
    return 0;
  },
  *tty(sys) {
    yield* print(sys, sys.isatty(0) ? `${sys.ttyname(0)}\n` : 'not a tty\n');
    return 0;
  },
  *mounts(sys) {
    yield* print(sys, sys.mounts().map(({ target, type, options }) => `${type} ${target} ${options}\n`).join(''));
    return 0;
  },
  *mount(sys, argv) {
    sys.mount('tmpfs', argv[1]!, 'tmpfs', {});
    return 0;
  },
  *listen(sys, argv) {
    const listener = sys.listen('0.0.0.0', Number(argv[1]));
    for (;;) {
      const client = yield* sys.accept(listener);
      yield* sys.write(client, encode('hello\n'));
      sys.close(client);
    }
  },
};

export const TOYS: ReadonlyMap<string, Program> = new Map(Object.entries(commands).map(([name, body]) => [name, guarded(name, body)]));

export const text = (parts: readonly Bytes[]): string => decode(concat(parts));
