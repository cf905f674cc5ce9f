// gosu, pg_isready, pg_ctl, createdb and dropdb.

import { encode } from '../../base/bytes.ts';
import type { Task } from '../../base/task.ts';
import { KernelError, strerror } from '../../kernel/errno.ts';
import type { Program } from '../../kernel/program.ts';
import type { Syscalls } from '../../kernel/syscalls.ts';
import { execvp, spawn } from '../lib/execute.ts';
import { toText } from '../lib/text.ts';
import { Users } from '../lib/users.ts';
import { connect, errorText, targetOf } from './connect.ts';
import { lockingPid, VERSION } from './lock-file.ts';
import { textMessage } from './wire.ts';

const out = (sys: Syscalls, text: string): Task<number> => sys.write(1, encode(text));
const err = (sys: Syscalls, text: string): Task<number> => sys.write(2, encode(text));

/** Values of `-x value`, `-xvalue`, `--name value` and `--name=value`; the rest are operands. */
export function readOptions(words: readonly string[], valued: Readonly<Record<string, string>>, flags: Readonly<Record<string, string>>): { values: Map<string, string>; operands: string[]; unknown?: string } {
  const values = new Map<string, string>();
  const operands: string[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    const long = /^--([\w-]+)(?:=([\s\S]*))?$/.exec(word);
    const name = long ? long[1]! : word[1] ?? '';
    if (!word.startsWith('-') || word === '-') operands.push(word);
    else if (valued[name]) values.set(valued[name], long ? long[2] ?? words[++i] ?? '' : word.slice(2) || (words[++i] ?? ''));
    else if (flags[name]) {
      values.set(flags[name], '');
      if (!long && word.length > 2) words = [...words.slice(0, i + 1), `-${word.slice(2)}`, ...words.slice(i + 1)];
    } else return { values, operands, unknown: word };
  }
  return { values, operands };
}

export const gosu: Program = function* (sys, argv) {
  const [, spec, ...command] = argv;
  if (!spec || !command.length) {
    yield* err(sys, 'Usage: gosu user-spec command [args]\n');
    return 1;
  }
  const users = new Users(sys);
  const [name, group] = spec.split(':');
  const user = users.user(name!) ?? users.users.find(({ uid }) => String(uid) === name);
  if (!user) {
    yield* err(sys, `error: failed switching to "${spec}": unable to find user ${name}: no matching entries in passwd file\n`);
    return 1;
  }
  const gid = group ? users.groups.find((one) => one.name === group || String(one.gid) === group)?.gid ?? user.gid : user.gid;
  sys.setCredentials({ uid: user.uid, gid, groups: [...new Set([gid, ...users.groups.filter(({ members }) => members.includes(user.name)).map((one) => one.gid)])], capable: true });
  try {
    return yield* execvp(sys, command, { ...sys.env, HOME: user.home });
  } catch (error) {
    if (!(error instanceof KernelError)) throw error;
    yield* err(sys, `error: exec: "${command[0]}": ${error.errno === 'ENOENT' ? 'executable file not found in $PATH' : strerror(error.errno).toLowerCase()}\n`);
    return 1;
  }
};

const CONNECTION = { h: 'host', host: 'host', p: 'port', port: 'port', U: 'user', username: 'user', d: 'database', dbname: 'database' };

export const pgIsReady: Program = function* (sys, argv) {
  const { values, unknown } = readOptions(argv.slice(1), { ...CONNECTION, t: 'timeout', timeout: 'timeout' }, { q: 'quiet', quiet: 'quiet', V: 'version', version: 'version' });
  if (unknown) {
    yield* err(sys, `pg_isready: not simulated: ${unknown}\n`);
    return 3;
  }
  if (values.has('version')) {
    yield* out(sys, `pg_isready (PostgreSQL) ${VERSION}\n`);
    return 0;
  }
  const target = targetOf(sys, { host: values.get('host'), port: values.get('port'), user: values.get('user') ?? 'postgres', database: values.get('database') ?? 'postgres' });
  const connection = yield* connect(sys, { ...target, password: undefined }, {}, function* () {
    return undefined;
  });
  // Whoever is refused was answered: the server is there.
  const ready = typeof connection !== 'string' || /FATAL: |no password/.test(connection);
  if (typeof connection !== 'string') sys.close(connection.fd);
  if (!values.has('quiet')) yield* out(sys, `${target.host}:${target.port} - ${ready ? 'accepting connections' : 'no response'}\n`);
  return ready ? 0 : 2;
};

const READY = 60_000;

export const pgCtl: Program = function* (sys, argv) {
  const { values, operands, unknown } = readOptions(argv.slice(1), { D: 'data', pgdata: 'data', o: 'options', options: 'options', m: 'mode', mode: 'mode', l: 'log', log: 'log', t: 'timeout', timeout: 'timeout' }, { w: 'wait', wait: 'wait', W: 'no-wait', 'no-wait': 'no-wait', s: 'silent', silent: 'silent' });
  const action = operands[0] ?? '';
  const directory = values.get('data') ?? sys.env['PGDATA'] ?? '';
  const say = (text: string): Task<unknown> => (values.has('silent') ? (function* () { /* said nothing */ })() : out(sys, text));
  const pid = lockingPid(sys, directory);
  if (unknown || !['start', 'stop', 'status', 'reload', 'restart'].includes(action)) {
    yield* err(sys, unknown ? `pg_ctl: not simulated: ${unknown}\n` : action ? `pg_ctl: unrecognized operation mode "${action}"\nTry "pg_ctl --help" for more information.\n` : 'pg_ctl: no operation specified\nTry "pg_ctl --help" for more information.\n');
    return 1;
  }
  if (sys.credentials().uid === 0) {
    yield* err(sys, 'pg_ctl: cannot be run as root\nPlease log in (using, e.g., "su") as the (unprivileged) user that will\nown the server process.\n');
    return 1;
  }
  if (action === 'status') {
    yield* out(sys, pid === undefined ? 'pg_ctl: no server running\n' : `pg_ctl: server is running (PID: ${pid})\n/usr/lib/postgresql/18/bin/postgres\n`);
    return pid === undefined ? 3 : 0;
  }
  if (action !== 'start') {
    if (pid === undefined) {
      yield* err(sys, `pg_ctl: PID file "${directory}/postmaster.pid" does not exist\nIs server running?\n`);
      return 1;
    }
    if (action === 'reload') {
      sys.kill(pid, 'SIGHUP');
      yield* say('server signaled\n');
      return 0;
    }
    const mode = values.get('mode') ?? 'fast';
    sys.kill(pid, mode.startsWith('s') ? 'SIGTERM' : mode.startsWith('i') ? 'SIGQUIT' : 'SIGINT');
    yield* say('waiting for server to shut down....');
    for (let waited = 0; waited < READY && lockingPid(sys, directory) !== undefined; waited += 100) yield* sys.sleep(100);
    yield* say(' done\nserver stopped\n');
    if (action === 'stop') return 0;
  }
  const words = [...(values.get('options') ?? '').matchAll(/'([^']*)'|"([^"]*)"|((?:\\.|\S)+)/g)].map(([, a, b, c]) => a ?? b ?? c!.replace(/\\(.)/g, '$1'));
  const log = values.get('log');
  yield* say('waiting for server to start....');
  const child = yield* spawn(sys, ['postgres', '-D', directory, ...words.map((word) => (word === "''" ? '' : word))], sys.env, (own) => {
    own.setsid();
    if (log) {
      const fd = own.open(log, 0o2101, 0o600);
      own.dup2(fd, 1);
      own.dup2(fd, 2);
    }
  });
  for (let waited = 0; waited < READY; waited += 100) {
    yield* sys.sleep(100);
    const ended = yield* sys.wait(child, { nohang: true });
    if (ended) {
      yield* say(' stopped waiting\n');
      yield* err(sys, `pg_ctl: could not start server\nExamine the log output.\n`);
      return 1;
    }
    if (isReady(sys, directory)) break;
  }
  yield* say(' done\nserver started\n');
  return 0;
};

function isReady(sys: Syscalls, directory: string): boolean {
  try {
    return toText(sys.readFile(`${directory}/postmaster.pid`)).trimEnd().endsWith('ready');
  } catch (error) {
    if (error instanceof KernelError) return false;
    throw error;
  }
}

/** createdb and dropdb: one statement each. */
const statement = (name: string, sql: (database: string) => string): Program => function* (sys, argv) {
  const { values, operands, unknown } = readOptions(argv.slice(1), { ...CONNECTION, O: 'owner', owner: 'owner' }, { e: 'echo', echo: 'echo', w: 'no-password' });
  if (unknown) {
    yield* err(sys, `${name}: not simulated: ${unknown}\n`);
    return 1;
  }
  const target = targetOf(sys, { host: values.get('host'), port: values.get('port'), user: values.get('user') });
  const connection = yield* connect(sys, { ...target, database: 'postgres' }, {}, function* () {
    return undefined;
  });
  if (typeof connection === 'string') {
    yield* err(sys, `${name}: error: ${connection}\n`);
    return 1;
  }
  const query = `${sql((operands[0] ?? target.user).replaceAll('"', '""'))};`;
  if (values.has('echo')) yield* out(sys, `${query}\n`);
  yield* sys.write(connection.fd, textMessage('Q', query));
  let status = 0;
  for (let next = yield* connection.incoming.next(); next && next.type !== 'Z'; next = yield* connection.incoming.next()) {
    if (next.type !== 'E') continue;
    yield* err(sys, `${name}: error: database ${name === 'createdb' ? 'creation' : 'removal'} failed: ${errorText(next.body)}\n`);
    status = 1;
  }
  return status;
};

const quoted = (name: string): string => (/^[a-z_][a-z0-9_$]*$/.test(name) ? name : `"${name}"`);
export const createDb = statement('createdb', (name) => `CREATE DATABASE ${quoted(name)}`);
export const dropDb = statement('dropdb', (name) => `DROP DATABASE ${quoted(name)}`);
