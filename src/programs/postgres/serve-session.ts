// One connection to the server: who it is, and then its messages until it ends.

import { concat, decode, encode, type Bytes } from '../../base/bytes.ts';
import type { Task } from '../../base/task.ts';
import { KernelError } from '../../kernel/errno.ts';
import type { Syscalls } from '../../kernel/syscalls.ts';
import { COPY_IN, copiesIn, type Cluster, type Session } from './cluster.ts';
import { passwordMatches } from './scram.ts';
import type { ServerLog } from './server-log.ts';
import { DIRECT, Incoming, int32, message, messagesOf, reportMessage, startupParameters, textMessage } from './wire.ts';

const SSL_REQUEST = 80877103;

/** Servers' own functions, for clients that cannot wait on a stream, by the number they were told. */
export const direct = new Map<string, (bytes: Bytes) => Bytes>();
let lastDirect = 0;

export interface Door {
  /** Connections by the socket file are trusted, others show a password unless all are trusted. */
  readonly trusted: (sys: Syscalls) => boolean;
}

export function* serveSession(sys: Syscalls, fd: number, cluster: Cluster, log: ServerLog, door: Door, pid: number): Task<void> {
  let session: Session | undefined;
  let token: string | undefined;
  const send = (bytes: Bytes): Task<number> => sys.write(fd, bytes);
  try {
    const incoming = new Incoming(sys, fd);
    let parameters: Map<string, string> | undefined;
    while (!parameters) {
      const head = yield* incoming.bytes(4);
      if (!head) return;
      const body = yield* incoming.bytes(new DataView(head.buffer, head.byteOffset).getInt32(0) - 4);
      if (!body) return;
      if (new DataView(body.buffer, body.byteOffset).getInt32(0) === SSL_REQUEST) yield* send(encode('N'));
      else parameters = startupParameters(body);
    }
    const user = parameters.get('user') ?? '';
    const fatal = function* (code: string, text: string): Task<void> {
      log.say(`FATAL:  ${text}`, pid);
      yield* log.flush();
      yield* send(reportMessage('FATAL', code, text));
    };
    if (!door.trusted(sys)) {
      yield* send(message('R', int32(3)));
      const answer = yield* incoming.next();
      if (!answer || answer.type !== 'p') return;
      const stored = yield* cluster.passwordOf(user);
      if (!stored || !passwordMatches(decode(answer.body).replace(/\0$/, ''), stored)) return yield* fatal('28P01', `password authentication failed for user "${user}"`);
    }
    const asked = Object.fromEntries([...parameters].filter(([name]) => !['user', 'database', DIRECT].includes(name)));
    session = { database: parameters.get('database') || user, user, pid, parameters: asked };
    const { refused, bytes } = yield* cluster.begin(session);
    if (refused) {
      const report = decode(bytes).match(/\0M([^\0]*)/)?.[1];
      log.say(`FATAL:  ${report}`, pid);
      yield* log.flush();
      yield* send(bytes);
      return;
    }
    yield* send(bytes);
    if (parameters.has(DIRECT)) {
      const mine = session;
      token = String(++lastDirect);
      direct.set(token, (request) => cluster.answerNow(mine, request));
      yield* send(textMessage('S', `${DIRECT}\0${token}`));
    }
    for (let next = yield* incoming.next(); next && next.type !== 'X'; next = yield* incoming.next()) {
      const answer = next.type === 'Q' && copiesIn(decode(next.body))
        ? yield* copyIn(incoming, send, next.body, (request) => cluster.answer(session!, request))
        : yield* cluster.answer(session, message(next.type, next.body));
      yield* log.flush();
      yield* send(answer);
      if (!cluster.running) return;
    }
  } catch (error) {
    if (!(error instanceof KernelError)) throw error;
  } finally {
    if (token) direct.delete(token);
    if (session) cluster.end(session);
    sys.close(fd);
  }
}

/** The rows come first, then the server is asked: it cannot wait for them while it works. */
function* copyIn(incoming: Incoming, send: (bytes: Bytes) => Task<number>, query: Bytes, answer: (request: Bytes) => Task<Bytes>): Task<Bytes> {
  yield* send(COPY_IN);
  const parts = [message('Q', query)];
  for (let next = yield* incoming.next(); next; next = yield* incoming.next()) {
    parts.push(message(next.type, next.body));
    if (next.type === 'c' || next.type === 'f') break;
  }
  const bytes = yield* answer(concat(parts));
  return concat(messagesOf(bytes).messages.filter(({ type }) => type !== 'G').map(({ type, body }) => message(type, body)));
}
