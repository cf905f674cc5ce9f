// initdb: the real one, whose calls of `postgres` run in the server module.

import { encode } from '../../base/bytes.ts';
import type { Task } from '../../base/task.ts';
import { KernelError, strerror } from '../../kernel/errno.ts';
import type { Program } from '../../kernel/program.ts';
import type { Syscalls } from '../../kernel/syscalls.ts';
import { toText } from '../lib/text.ts';
import type { Module, PostgresModules } from './emscripten.ts';
import { createServer, ModuleClock, SMALL } from './instance.ts';
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

/** @returns an initdb that has not run yet, with the server that does its work */
function createInitdb(modules: PostgresModules, sys: Syscalls, environment: Readonly<Record<string, string>>, say: (fd: number, line: string) => void): Module {
  const server = createServer(modules.postgres, sys, { dataDirectory: environment['PGDATA']!, environment: {}, onLine: (line) => {
    if (!/skipping missing configuration file|^pglitec: |^$|^backend> |stand-alone backend/.test(line)) say(2, line);
  } });
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
  return modules.initdb({
    platform: new ModuleClock(sys), thisProgram: PROGRAM, noExitRuntime: false, stdin: () => null, print: (line) => say(1, line), printErr: (line) => say(2, line),
    preRun: [(module) => {
      Object.assign(module.ENV, { HOME: '/home/postgres', USER: 'postgres', LOGNAME: 'postgres', ICU_DATA: '/pglite/icu', TZ: 'Etc/UTC' }, environment);
      module.FS.mkdirTree('/pglite');
      module.FS.mount(module.PROXYFS, { root: '/pglite', fs: server.FS }, '/pglite');
      mountTree(module.FS, sys);
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
  let status: number;
  try {
    const directory = directoryOf(words) ?? sys.env['PGDATA'];
    const module = createInitdb(modules, sys, directory ? { PGDATA: directory } : {}, (fd, line) => lines.push([fd, line]));
    if (password >= 0) {
      const path = words[password]!.slice('--pwfile='.length);
      try {
        module.FS.writeFile(PASSWORD, yield* slurp(sys, path));
      } catch (error) {
        if (!(error instanceof KernelError)) throw error;
        yield* sys.write(2, encode(`initdb: error: could not open file "${path}" for reading: ${strerror(error.errno)}\n`));
        return 1;
      }
    }
    status = module.callMain(given);
  } catch (error) {
    if ((error as { status?: number }).status === undefined) throw error;
    status = (error as { status: number }).status;
  }
  yield* flush();
  return status;
};
