// postgres: the server. One process with threads for its connections; the module does the work of the backends.

import { encode } from '../../base/bytes.ts';
import { type Task, WaitQueue } from '../../base/task.ts';
import { KernelError, strerror } from '../../kernel/errno.ts';
import type { Program } from '../../kernel/program.ts';
import { isDirectory, S_IFSOCK } from '../../kernel/stat.ts';
import type { Syscalls } from '../../kernel/syscalls.ts';
import { strftime } from '../lib/time-format.ts';
import { toText } from '../lib/text.ts';
import { Cluster } from './cluster.ts';
import type { ModuleFactory } from './emscripten.ts';
import { heldBy, removeLock, removeQuietly, type Serving, VERSION } from './lock-file.ts';
import { serveSession } from './serve-session.ts';
import { ServerLog } from './server-log.ts';
import { localAddress } from './wire.ts';

const ROOT = `"root" execution of the PostgreSQL server is not permitted.
The server must be started under an unprivileged user ID to prevent
possible system security compromise.  See the documentation for
more information on how to properly start the server.
`;
const BUILT = `PostgreSQL ${VERSION} on x86_64-pc-linux-gnu, compiled by gcc (Debian 14.2.0-19) 14.2.0, 64-bit`;

interface Settings {
  dataDirectory: string;
  readonly given: Map<string, string>;
}

function parseArguments(words: readonly string[], env: Readonly<Record<string, string | undefined>>): Settings | string {
  const settings: Settings = { dataDirectory: env['PGDATA'] ?? '', given: new Map() };
  const short: Readonly<Record<string, string>> = { p: 'port', h: 'listen_addresses', k: 'unix_socket_directories', B: 'shared_buffers', N: 'max_connections' };
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    const long = /^--([\w.-]+)=(.*)$/s.exec(word);
    if (long) settings.given.set(long[1]!.replaceAll('-', '_'), long[2]!);
    else if (/^-[Dcphk BN]/.test(word)) {
      const value = word.slice(2) || words[++i] || '';
      if (word[1] === 'D') settings.dataDirectory = value;
      else if (word[1] === 'c') {
        const [name, ...rest] = value.split('=');
        settings.given.set(name!, rest.join('='));
      } else settings.given.set(short[word[1]!]!, value);
    } else if (word === '-F') settings.given.set('fsync', 'off');
    else if (word.startsWith('-')) return `postgres: not simulated: ${word}`;
    else return `postgres: invalid argument: "${word}"\nTry "postgres --help" for more information.`;
  }
  return settings;
}

/** A line `name = value` of postgresql.conf; the last one counts. */
function configured(sys: Syscalls, { dataDirectory, given }: Settings, name: string, standard: string): string {
  if (given.has(name)) return given.get(name)!;
  let value = standard;
  for (const file of ['postgresql.conf', 'postgresql.auto.conf']) {
    try {
      for (const line of toText(sys.readFile(`${dataDirectory}/${file}`)).split('\n')) {
        const set = /^\s*(\w+)\s*(?:=\s*|\s)('(?:[^']|'')*'|[^\s#]*)/.exec(line);
        if (set?.[1] === name) value = set[2]!.replace(/^'|'$/g, '');
      }
    } catch (error) {
      if (!(error instanceof KernelError)) throw error;
    }
  }
  return value;
}

/** Whose the data directory is and who may look into it: anything but the server's own and private is refused. */
function directoryProblem(sys: Syscalls, directory: string): string[] | undefined {
  try {
    const { uid, mode } = sys.stat(directory);
    if (!isDirectory(mode)) return [`FATAL:  specified data directory "${directory}" is not a directory`];
    if (uid !== sys.credentials().uid) return [`FATAL:  data directory "${directory}" has wrong ownership`, 'HINT:  The server must be started by the user that owns the data directory.'];
    if (mode & 0o027) return [`FATAL:  data directory "${directory}" has invalid permissions`, 'DETAIL:  Permissions should be u=rwx (0700) or u=rwx,g=rx (0750).'];
  } catch (error) {
    // The module tells.
    if (!(error instanceof KernelError)) throw error;
  }
  return undefined;
}

/** When the server was last stopped in order. */
function shutDownAt(sys: Syscalls, directory: string): number | undefined {
  try {
    const bytes = sys.readFile(`${directory}/global/pg_control`);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return view.getInt32(16, true) === 1 ? Number(view.getBigInt64(24, true)) * 1000 : undefined;
  } catch (error) {
    if (error instanceof KernelError || error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Whether those who come by the network need no password: what the last `host all all all` line says. */
const trustsAll = (sys: Syscalls, directory: string): boolean => {
  try {
    return /^host\s+all\s+all\s+all\s+(\S+)/m.exec(toText(sys.readFile(`${directory}/pg_hba.conf`)))?.[1] === 'trust';
  } catch (error) {
    if (error instanceof KernelError) return false;
    throw error;
  }
};

export const postgres = (create: ModuleFactory): Program => function* (sys, argv) {
  const words = argv.slice(1);
  const err = (text: string): Task<number> => sys.write(2, encode(text));
  if (words[0] === '--version' || words[0] === '-V') {
    yield* sys.write(1, encode(`postgres (PostgreSQL) ${VERSION}\n`));
    return 0;
  }
  if (sys.credentials().uid === 0) {
    yield* err(ROOT);
    return 1;
  }
  const settings = parseArguments(words, sys.env);
  if (typeof settings === 'string') {
    yield* err(`${settings}\n`);
    return 1;
  }
  const { dataDirectory } = settings;
  if (!dataDirectory) {
    yield* err('postgres does not know where to find the server configuration file.\nYou must specify the --config-file or -D invocation option or set the PGDATA environment variable.\n');
    return 2;
  }
  const log = new ServerLog(sys);
  const port = Number(configured(sys, settings, 'port', '5432'));
  const listen = configured(sys, settings, 'listen_addresses', 'localhost');
  const socketDirectory = configured(sys, settings, 'unix_socket_directories', '/var/run/postgresql');
  const serving: Serving = { dataDirectory, port, socketDirectory, listen };
  const holder = heldBy(sys, dataDirectory);
  if (holder !== undefined) {
    log.say('FATAL:  lock file "postmaster.pid" already exists');
    log.say(`HINT:  Is another postmaster (PID ${holder}) running in data directory "${dataDirectory}"?`);
    yield* log.flush();
    return 1;
  }
  const wrong = directoryProblem(sys, dataDirectory);
  if (wrong) {
    for (const line of wrong) log.say(line);
    yield* log.flush();
    return 1;
  }
  if (portTaken(sys, listen, port)) {
    log.say(`LOG:  starting ${BUILT}`);
    log.say(`LOG:  could not bind IPv4 address "${listen === '*' ? '0.0.0.0' : listen === 'localhost' ? '127.0.0.1' : listen}": Address already in use`);
    log.say(`HINT:  Is another postmaster already running on port ${port}? If not, wait a few seconds and retry.`);
    log.say(`WARNING:  could not create listen socket for "${listen}"`);
    log.say('FATAL:  could not create any TCP/IP sockets');
    log.say('LOG:  database system is shut down');
    yield* log.flush();
    return 1;
  }
  const stopped = shutDownAt(sys, dataDirectory);
  const locked = sys.can(`${dataDirectory}/postmaster.pid`, '');
  if (locked) removeLock(sys, dataDirectory);
  const given = [...settings.given].map(([name, value]) => `${name}=${value}`);
  const cluster = new Cluster(create, sys, log, serving, [...given, 'log_timezone=UTC']);
  log.pid = sys.pid + 28;
  const up = cluster.start('postgres');
  const lines = log.take();
  // What is wrong with its configuration or directory, it says before anything else.
  if (!up && (lines.some((line) => /configuration file|data directory|lock file/.test(line)) || lines.length < 2)) {
    log.put(lines.map((line) => line.replace(/\[\d+\] /, `[${sys.pid}] `)));
    yield* log.flush();
    return 1;
  }
  log.say(`LOG:  starting ${BUILT}`);
  const socket = `${socketDirectory}/.s.PGSQL.${port}`;
  const listeners = up ? openListeners(sys, log, { listen, port, socket }) : [];
  if (stopped !== undefined) log.say(`LOG:  database system was shut down at ${strftime('%Y-%m-%d %H:%M:%S', stopped)} UTC`, log.pid);
  log.put(lines);
  if (!up) {
    log.say(`LOG:  startup process (PID ${log.pid}) exited with exit code 1`);
    log.say('LOG:  aborting startup due to startup process failure');
    log.say('LOG:  database system is shut down');
    yield* log.flush();
    removeLock(sys, dataDirectory);
    return 1;
  }
  log.say('LOG:  database system is ready to accept connections');
  yield* log.flush();
  return yield* serve(sys, log, cluster, serving, listeners, socket);
};

interface Listening {
  readonly fd: number;
  readonly local: boolean;
}

const addressesOf = (sys: Syscalls, listen: string): Set<string> => new Set(listen.split(',').map((name) => name.trim()).filter(Boolean)
  .flatMap((name) => (name === '*' || name === '0.0.0.0' ? sys.interfaces().map(({ address }) => address) : name === 'localhost' ? ['127.0.0.1'] : [name])));

/** Somebody listens at all of its addresses. */
function portTaken(sys: Syscalls, listen: string, port: number): boolean {
  const addresses = [...addressesOf(sys, listen)];
  return addresses.length > 0 && addresses.every((address) => {
    try {
      sys.close(sys.listen(address, port));
      return false;
    } catch (error) {
      if (!(error instanceof KernelError)) throw error;
      return error.errno === 'EADDRINUSE';
    }
  });
}

function openListeners(sys: Syscalls, log: ServerLog, { listen, port, socket }: { listen: string; port: number; socket: string }): Listening[] {
  const listeners: Listening[] = [];
  const all = listen.split(',').map((name) => name.trim()).filter(Boolean);
  for (const name of all) {
    if (name === '*') {
      log.say(`LOG:  listening on IPv4 address "0.0.0.0", port ${port}`);
      log.say(`LOG:  listening on IPv6 address "::", port ${port}`);
    } else if (name !== 'localhost') log.say(`LOG:  listening on IPv4 address "${name}", port ${port}`);
    else log.say(`LOG:  listening on IPv4 address "127.0.0.1", port ${port}`);
  }
  for (const address of addressesOf(sys, listen)) {
    try {
      listeners.push({ fd: sys.listen(address, port), local: address.startsWith('127.') });
    } catch (error) {
      if (!(error instanceof KernelError)) throw error;
      log.say(`LOG:  could not bind IPv4 address "${address}": ${strerror(error.errno)}`);
    }
  }
  try {
    removeQuietly(sys, socket);
    sys.mknod(socket, S_IFSOCK | 0o777);
    sys.chmod(socket, 0o777);
    sys.writeFile(`${socket}.lock`, encode(`${sys.pid}\n`), 0o600);
    listeners.push({ fd: sys.listen(localAddress(socket), port), local: true });
    log.say(`LOG:  listening on Unix socket "${socket}"`);
  } catch (error) {
    if (!(error instanceof KernelError)) throw error;
    log.say(`FATAL:  could not create lock file "${socket}.lock": ${strerror(error.errno)}`);
  }
  return listeners;
}

/** Accept until a signal says to stop. */
function* serve(sys: Syscalls, log: ServerLog, cluster: Cluster, { dataDirectory }: Serving, listeners: readonly Listening[], socket: string): Task<number> {
  const asked = new WaitQueue();
  const told: { mode: 'smart' | 'fast' | 'immediate' | undefined } = { mode: undefined };
  let sessions = 0, sessionPid = sys.pid + 40;
  for (const [signal, mode] of [['SIGTERM', 'smart'], ['SIGINT', 'fast'], ['SIGQUIT', 'immediate']] as const) {
    sys.sigaction(signal, { handler: () => {
      told.mode = mode;
      asked.wakeAll();
    }, restart: true });
  }
  sys.sigaction('SIGHUP', { handler: () => log.say('LOG:  received SIGHUP, reloading configuration files'), restart: true });
  // The first process of a container is given the orphans of all.
  sys.sigaction('SIGCHLD', { handler: () => asked.wakeAll(), restart: true });
  const trusted = (): boolean => trustsAll(sys, dataDirectory);
  for (const { fd, local } of listeners) {
    sys.thread(function* () {
      for (;;) {
        const connection = yield* sys.accept(fd);
        const pid = (sessionPid += 7);
        sys.thread(function* () {
          sessions++;
          try {
            yield* serveSession(sys, connection, cluster, log, { trusted: local ? () => true : trusted }, pid);
          } finally {
            sessions--;
            asked.wakeAll();
          }
        });
      }
    });
  }
  const checkpointer = sys.pid + 26;
  while (!told.mode) {
    try {
      yield* asked.wait();
      while (yield* sys.wait(-1, { nohang: true }));
    } catch (error) {
      if (!(error instanceof KernelError)) throw error;
    }
  }
  log.say(`LOG:  received ${told.mode} shutdown request`);
  if (told.mode === 'smart') yield* asked.until(() => sessions === 0 || told.mode !== 'smart');
  if (told.mode === 'fast') log.say('LOG:  aborting any active transactions');
  if (told.mode === 'immediate') cluster.drop();
  else {
    log.say(`LOG:  background worker "logical replication launcher" (PID ${sys.pid + 32}) exited with exit code 1`);
    log.pid = checkpointer;
    cluster.stop();
    // The module says the last line for the checkpointer; it is the server's.
    log.put(log.take().filter((line) => !line.endsWith('LOG:  database system is shut down')));
  }
  log.say('LOG:  database system is shut down');
  yield* log.flush();
  removeQuietly(sys, socket);
  removeQuietly(sys, `${socket}.lock`);
  removeLock(sys, dataDirectory);
  return 0;
}
