// A client's connection to a server: where it is, who asks, and the first messages.

import { decode, encode, type Bytes } from '../../base/bytes.ts';
import type { Task } from '../../base/task.ts';
import { KernelError, strerror } from '../../kernel/errno.ts';
import type { Syscalls } from '../../kernel/syscalls.ts';
import { resolveIPv4 } from '../lib/hosts.ts';
import { Users } from '../lib/users.ts';
import { Incoming, localAddress, message, parseReport, startupMessage, textMessage, type Message } from './wire.ts';

export const SOCKETS = '/var/run/postgresql';

export interface Target {
  readonly host: string;
  readonly port: string;
  readonly user: string;
  readonly database: string;
  readonly password: string | undefined;
}

/** What options do not say, the environment does; then who calls. */
export function targetOf(sys: Syscalls, given: { host?: string | undefined; port?: string | undefined; user?: string | undefined; database?: string | undefined }): Target {
  const { env } = sys;
  const uri = /^postgres(?:ql)?:\/\/(?:([^:@/]+)(?::([^@]*))?@)?([^:/?]*)(?::(\d+))?(?:\/([^?]*))?/.exec(given.database ?? '');
  const words = uri ? undefined : given.database?.includes('=') ? new Map([...given.database.matchAll(/(\w+)\s*=\s*('[^']*'|\S+)/g)].map(([, name, value]) => [name, value!.replace(/^'|'$/g, '')])) : undefined;
  const user = uri?.[1] ?? words?.get('user') ?? given.user ?? env['PGUSER'] ?? new Users(sys).users.find(({ uid }) => uid === sys.credentials().uid)?.name ?? '';
  const database = (uri ? uri[5] : words ? words.get('dbname') : given.database) || env['PGDATABASE'] || user;
  return {
    host: uri?.[3] || words?.get('host') || given.host || env['PGHOST'] || SOCKETS, port: uri?.[4] ?? words?.get('port') ?? given.port ?? env['PGPORT'] ?? '5432',
    user, database, password: uri?.[2] ?? words?.get('password') ?? env['PGPASSWORD'],
  };
}

export interface Connection {
  readonly fd: number;
  readonly incoming: Incoming;
  readonly target: Target;
  /** What the server said of itself: `server_version`, … */
  readonly parameters: Map<string, string>;
  readonly pid: number;
  /** Everything the server said before it was ready, the last message of it included. */
  readonly greeting: readonly Message[];
  /** Before `psql: error: ` and such: where it connected to. */
  readonly place: string;
}

/** The bytes of a message. */
export const bytesOf = ({ type, body }: Message): Bytes => message(type, body);

/** @returns what the client says after `error: `, when it cannot */
export function* connect(sys: Syscalls, target: Target, extra: Readonly<Record<string, string>>, askPassword: () => Task<string | undefined>): Task<Connection | string> {
  const { host, port, user, database } = target;
  const local = host.startsWith('/');
  const socket = `${host}/.s.PGSQL.${port}`;
  let place = `connection to server on socket "${socket}" failed: `;
  let fd: number;
  try {
    if (local) {
      sys.stat(socket);
      if (!sys.can(socket, 'w')) throw new KernelError('EACCES');
      fd = yield* sys.connect(localAddress(socket), Number(port));
    } else {
      const address = resolveIPv4(sys, host);
      if (!address) return `could not translate host name "${host}" to address: ${/^[\w-]+$/.test(host) ? 'Temporary failure in name resolution' : 'Name or service not known'}`;
      place = `connection to server at "${host}"${address === host ? '' : ` (${address})`}, port ${port} failed: `;
      fd = yield* sys.connect(address, Number(port));
    }
  } catch (error) {
    if (!(error instanceof KernelError)) throw error;
    return `${place}${strerror(error.errno)}\n\tIs the server running ${local ? 'locally' : 'on that host'} and accepting ${local ? 'connections on that socket' : 'TCP/IP connections'}?`;
  }
  sys.setCloseOnExec(fd, true);
  yield* sys.write(fd, startupMessage({ user, database, ...extra, client_encoding: 'UTF8' }));
  const incoming = new Incoming(sys, fd);
  const parameters = new Map<string, string>();
  const greeting: Message[] = [];
  let pid = 0;
  for (let next = yield* incoming.next(); next; next = yield* incoming.next()) {
    const view = new DataView(next.body.buffer, next.body.byteOffset, next.body.byteLength);
    if (next.type === 'R' && view.getInt32(0) === 3) {
      const password = target.password ?? (yield* askPassword());
      if (password === undefined) return `${place}fe_sendauth: no password supplied`;
      yield* sys.write(fd, textMessage('p', password));
      continue;
    }
    greeting.push(next);
    if (next.type === 'E') return `${place}${errorText(next.body)}`;
    if (next.type === 'K') pid = view.getInt32(0);
    if (next.type === 'S') {
      const [name, value] = decode(next.body).split('\0');
      parameters.set(name!, value!);
    }
    if (next.type === 'Z') return { fd, incoming, target, parameters, pid, greeting, place };
  }
  return `${place}server closed the connection unexpectedly\n\tThis probably means the server terminated abnormally\n\tbefore or while processing the request.`;
}

/** `FATAL:  …` with its detail and hint. */
export function errorText(body: Bytes): string {
  const report = parseReport(body);
  const more = [['D', 'DETAIL'], ['H', 'HINT']].map(([letter, name]) => (report.has(letter!) ? `\n${name}:  ${report.get(letter!)}` : ''));
  return `${report.get('S')}:  ${report.get('M')}${more.join('')}`;
}

/** Read a line from the terminal without showing it. */
export function* readSecret(sys: Syscalls, prompt: string): Task<string | undefined> {
  let fd: number;
  try {
    fd = sys.open('/dev/tty', 2);
  } catch (error) {
    if (error instanceof KernelError) return undefined;
    throw error;
  }
  const saved = sys.tcgetattr(fd);
  yield* sys.write(fd, encode(prompt));
  sys.tcsetattr(fd, { ...saved, echo: false });
  const line = decode(yield* sys.read(fd, 1024)).replace(/\n$/, '');
  sys.tcsetattr(fd, saved);
  yield* sys.write(fd, encode('\n'));
  sys.close(fd);
  return line;
}
