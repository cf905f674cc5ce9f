// initdb: the real one, whose calls of `postgres` run in the server module.

import { encode } from '../../base/bytes.ts';
import { Random } from '../../base/random.ts';
import type { Task } from '../../base/task.ts';
import { KernelError, strerror } from '../../kernel/errno.ts';
import type { Program } from '../../kernel/program.ts';
import type { Syscalls } from '../../kernel/syscalls.ts';
import { toText } from '../lib/text.ts';
import type { EmscriptenFs, Module, PostgresModules } from './emscripten.ts';
import { freshCluster, readTree, writeTree } from './fresh-cluster.ts';
import { createServer, ModuleClock, SMALL, type World } from './instance.ts';
import { mountTree } from './mounted-files.ts';

const PROGRAM = '/pglite/bin/initdb', PASSWORD = '/pglite/password';
const INPUT = '/pglite/pgstdin', OUTPUT = '/pglite/pgstdout';

/** The words of a command line up to its redirections. */
const wordsOf = (command: string): string[] => {
  const words = (command.match(/"(?:\\.|[^"])*"|\S+/g) ?? []).map((word) => word.replace(/^"|"$/g, '').replace(/\\(.)/g, '$1'));
  const end = words.findIndex((word) => /^\d?[<>]/.test(word));
  return end < 0 ? words : words.slice(0, end);
};

/** Bytes of a memory up to the end of what was ever taken of it. */
const usedOf = (module: Module): number => new DataView(module.HEAPU8.buffer).getUint32(module._emscripten_get_sbrk_ptr(), true);

interface Surroundings {
  readonly world: World;
  readonly environment: Readonly<Record<string, string>>;
  readonly say: (fd: number, line: string) => void;
  /** Whose files there are; without them, `directory` is all there is and lies in the server's memory. */
  readonly sys?: Syscalls;
  readonly directory?: string;
}

/** @returns an initdb that has not run yet, and the server that does its work */
function createInitdb(modules: PostgresModules, { world, environment, say, sys, directory = '' }: Surroundings): { readonly module: Module; readonly server: Module } {
  const mount = (FS: EmscriptenFs): void => (sys ? mountTree(FS, sys) : FS.mkdirTree(directory));
  const server = createServer(modules.postgres, mount, { dataDirectory: environment['PGDATA']!, environment: {}, onLine: (line) => {
    if (!/skipping missing configuration file|^pglitec: |^$|^backend> |stand-alone backend/.test(line)) say(2, line);
  } }, new ModuleClock(world));
  // As the image's: it listens for others too.
  const sample = '/pglite/share/postgresql/postgresql.conf.sample';
  server.FS.writeFile(sample, toText(server.FS.readFile(sample)).replace(/^#?listen_addresses = '\w*'/m, "listen_addresses = '*'"));
  // Each run of the server begins with the memory of a new one.
  const used = usedOf(server);
  const fresh = server.HEAPU8.slice(0, used);
  const runServer = (command: string): number => {
    server.HEAPU8.fill(0, used, usedOf(server));
    server.HEAPU8.set(fresh);
    try {
      const [mode = '', ...rest] = wordsOf(command).slice(1).map((word) => (word.startsWith('shared_buffers=') ? SMALL : word));
      return server.callMain(mode.startsWith('--') ? [mode, '-c', SMALL, ...rest] : [mode]) << 8;
    } catch (error) {
      // As `wait` tells: an exit status, or the signal of abort.
      const { status } = error as { readonly status?: number };
      return status === undefined ? 6 : status << 8;
    }
  };
  let waiting: string | undefined, result = 0, reader = 0, writer = 0;
  const module = modules.initdb({
    platform: new ModuleClock(world), thisProgram: PROGRAM, noExitRuntime: false, stdin: () => null, print: (line) => say(1, line), printErr: (line) => say(2, line),
    preRun: [(module) => {
      const share = (path: string): void => {
        module.FS.mkdirTree(path);
        module.FS.mount(module.PROXYFS, { root: path, fs: server.FS }, path);
      };
      Object.assign(module.ENV, { HOME: '/home/postgres', USER: 'postgres', LOGNAME: 'postgres', ICU_DATA: '/pglite/icu', TZ: 'Etc/UTC' }, environment);
      share('/pglite');
      if (sys) mountTree(module.FS, sys);
      else share(`/${directory.split('/')[1]!}`);
      module.onRuntimeInitialized = () => {
        const serverText = (text: string): number => server.stringToUTF8OnStack(text), text = (word: string): number => module.stringToUTF8OnStack(word);
        module._pgl_set_system_fn(module.addFunction((command) => runServer(module.UTF8ToString(command!)), 'pi'));
        module._pgl_set_popen_fn(module.addFunction((command, mode) => {
          const line = module.UTF8ToString(command!);
          if (module.UTF8ToString(mode!) === 'r') {
            result = runServer(line);
            return reader;
          }
          waiting = line;
          return writer;
        }, 'ppi'));
        module._pgl_set_pclose_fn(module.addFunction((stream) => {
          if (stream !== reader && stream !== writer) return module._pclose!(stream!);
          if (waiting !== undefined) result = runServer(waiting);
          waiting = undefined;
          return result;
        }, 'pi'));
        server._pgl_freopen(serverText(INPUT), serverText('r'), 0);
        server._pgl_freopen(serverText(OUTPUT), serverText('w'), 1);
        reader = module._fopen(text(OUTPUT), text('r'));
        writer = module._fopen(text(INPUT), text('w'));
      };
    }],
  });
  return { module, server };
}

/** What the command line names: the servers that it runs are told by the environment. */
function directoryOf(words: readonly string[]): string | undefined {
  const index = words.findIndex((word) => /^(-D|--pgdata(=|$))/.test(word)), word = words[index];
  if (word === undefined) return words.findLast((each, i) => !each.startsWith('-') && !/^-[AEUWX]$/.test(words[i - 1] ?? ''));
  return /^(?:-D|--pgdata=)(.+)$/s.exec(word)?.[1] ?? words[index + 1];
}

/** Everything that a descriptor or path gives, read to its end. */
function* slurp(sys: Syscalls, path: string): Task<Uint8Array> {
  const own = /^\/dev\/(?:stdin|fd\/(\d+))$/.exec(path);
  const fd = own ? sys.dup(Number(own[1] ?? 0)) : sys.open(path, 0);
  const parts: number[] = [];
  for (let bytes = yield* sys.read(fd, 65_536); bytes.length; bytes = yield* sys.read(fd, 65_536)) parts.push(...bytes);
  sys.close(fd);
  return Uint8Array.from(parts);
}

export const initdb = (modules: PostgresModules): Program => function* (sys, argv) {
  const words = argv.slice(1);
  const { uid } = sys.credentials();
  if (uid === 0) {
    yield* sys.write(2, encode('initdb: error: cannot be run as root\ninitdb: hint: Please log in (using, e.g., "su") as the (unprivileged) user that will own the server process.\n'));
    return 1;
  }
  const lines: [number, string][] = [];
  const flush = function* (): Task<void> {
    for (const [fd, line] of lines.splice(0)) yield* sys.write(fd, encode(`${line.replaceAll('/pglite/bin/', '')}\n`));
  };
  const password = words.findIndex((word) => word.startsWith('--pwfile='));
  const locale = sys.env['LC_ALL'] || sys.env['LANG'] || 'C';
  const given = words.map((word, i) => (i === password ? `--pwfile=${PASSWORD}` : word));
  if (!words.some((word) => /^--(locale|no-locale)/.test(word))) given.push(`--locale=${locale}`, '--locale-provider=libc');
  const directory = directoryOf(words) ?? sys.env['PGDATA'];
  const environment = directory ? { PGDATA: directory } : {};
  let secret: Uint8Array | undefined;
  if (password >= 0) {
    const path = words[password]!.slice('--pwfile='.length);
    try {
      secret = yield* slurp(sys, path);
    } catch (error) {
      if (!(error instanceof KernelError)) throw error;
      yield* sys.write(2, encode(`initdb: error: could not open file "${path}" for reading: ${strerror(error.errno)}\n`));
      return 1;
    }
  }
  const seed = sys.randomBytes(4), begun = sys.now(), random = new Random(new DataView(seed.buffer, seed.byteOffset).getInt32(0));
  const world: World = { now: () => begun, randomBytes: (length) => Uint8Array.from({ length }, () => random.below(256)) };
  const run = ({ module }: { readonly module: Module }): number => {
    if (secret) module.FS.writeFile(PASSWORD, secret);
    try {
      return module.callMain([...given]);
    } catch (error) {
      const { status } = error as { readonly status?: number };
      if (status === undefined) throw error;
      return status;
    }
  };
  const state = directory && /^\/(?!(dev|proc|home|pglite)(\/|$))./.test(directory) ? emptiness(sys, directory) : undefined;
  if (directory && state && !words.some((word) => /^(-X|--waldir)/.test(word))) {
    const key = JSON.stringify([given, sys.env['PGDATA'], state, [...seed], begun, secret && [...secret]]);
    const cluster = freshCluster(key, () => {
      const said: [number, string][] = [];
      const made = createInitdb(modules, { world, environment, say: (fd, line) => said.push([fd, line]), directory: state === 'empty' ? directory : directory.replace(/\/[^/]*\/*$/, '') });
      return run(made) === 0 ? { lines: said, entries: made.server.FS.analyzePath(directory).exists ? readTree(made.server.FS, directory) : [] } : undefined;
    });
    if (cluster && writeTree(sys, cluster.entries)) {
      lines.push(...cluster.lines as [number, string][]);
      yield* flush();
      return 0;
    }
  }
  // What stands in its way, it says when it meets it.
  const status = run(createInitdb(modules, { world, environment, say: (fd, line) => lines.push([fd, line]), sys }));
  yield* flush();
  return status;
};

/** Whether a cluster can be made there as if nothing else were in the world. */
function emptiness(sys: Syscalls, directory: string): 'absent' | 'empty' | undefined {
  try {
    return sys.readdir(directory).length === 0 ? 'empty' : undefined;
  } catch (error) {
    if (error instanceof KernelError) return error.errno === 'ENOENT' && sys.can(directory.replace(/\/[^/]+\/*$/, '') || '/', 'w') ? 'absent' : undefined;
    throw error;
  }
}
