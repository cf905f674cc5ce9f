// The one backend of a server, and the sessions that take turns at it: one at a time, a transaction to its end.

import { concat, decode, encode, type Bytes } from '../../base/bytes.ts';
import { type Task, WaitQueue } from '../../base/task.ts';
import type { Syscalls } from '../../kernel/syscalls.ts';
import { Backend } from './backend.ts';
import type { ModuleFactory } from './emscripten.ts';
import { type Serving, writeLock } from './lock-file.ts';
import type { ServerLog } from './server-log.ts';
import { message, messagesOf, reportMessage, startupMessage, textMessage } from './wire.ts';

export interface Session {
  readonly database: string;
  readonly user: string;
  readonly pid: number;
  readonly parameters: Readonly<Record<string, string>>;
}

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const identifier = (text: string): string => `"${text.replaceAll('"', '""')}"`;

export class Cluster {
  readonly #create: ModuleFactory;
  readonly #sys: Syscalls;
  readonly #log: ServerLog;
  readonly #serving: Serving;
  readonly #settings: readonly string[];
  readonly #turn = new WaitQueue();
  #backend: Backend | undefined;
  /** Whose transaction is open. */
  #holder: Session | undefined;
  #last: Session | undefined;
  /** No answer goes out before its time has come. */
  #busy = false;

  constructor(create: ModuleFactory, sys: Syscalls, log: ServerLog, serving: Serving, settings: readonly string[]) {
    this.#create = create;
    this.#sys = sys;
    this.#log = log;
    this.#serving = serving;
    this.#settings = settings;
  }

  get running(): boolean {
    return this.#backend !== undefined && !this.#backend.dead;
  }

  start(database: string): boolean {
    this.#backend = Backend.start(this.#create, this.#sys, {
      dataDirectory: this.#serving.dataDirectory, environment: {}, onLine: this.#log.fromModule, database, settings: this.#settings,
    });
    if (this.#backend) writeLock(this.#sys, this.#serving, 'ready');
    return this.#backend !== undefined;
  }

  /** @param quiet another backend takes its place */
  stop(quiet = false): void {
    const { muted } = this.#log;
    this.#log.muted ||= quiet;
    this.#backend?.stop();
    this.#backend = undefined;
    this.#log.muted = muted;
  }

  /** Undefined: as it is at the end of a killed process. */
  drop(): void {
    this.#backend = undefined;
  }

  /** The first column of each row of a query, asked by the server itself. */
  #ask(query: string): string[] {
    return messagesOf(this.#backend!.answer(textMessage('Q', query))).messages.filter(({ type }) => type === 'D').map(({ body }) => {
      const length = new DataView(body.buffer, body.byteOffset).getInt32(2);
      return length < 0 ? '' : decode(body.subarray(6, 6 + length));
    });
  }

  /** A role's stored password; undefined when there is no such role. */
  *passwordOf(user: string): Task<string | undefined> {
    yield* this.#wait(undefined);
    return this.#quietly(() => this.#ask(`RESET SESSION AUTHORIZATION; SELECT coalesce(rolpassword, '') FROM pg_authid WHERE rolname = ${literal(user)} AND rolcanlogin`)[0]);
  }

  #quietly<T>(work: () => T): T {
    this.#last = undefined;
    const { muted } = this.#log;
    this.#log.muted = true;
    try {
      return work();
    } finally {
      this.#log.muted = muted;
    }
  }

  *#wait(session: Session | undefined): Task<void> {
    yield* this.#turn.until(() => !this.#busy && (this.#holder === undefined || this.#holder === session));
  }

  /** Let the backend be this session's. @returns what the session is told instead when that cannot be */
  #take(session: Session): Bytes | undefined {
    if (this.#last === session && this.running) return undefined;
    if (!this.running && !this.start(session.database)) return reportMessage('FATAL', '57P03', 'the database system is shutting down');
    const role = this.#quietly(() => this.#ask(`RESET SESSION AUTHORIZATION; SELECT rolcanlogin FROM pg_catalog.pg_roles WHERE rolname = ${literal(session.user)}`));
    if (role[0] !== 't') return reportMessage('FATAL', '28000', `role "${session.user}" ${role.length ? 'is not permitted to log in' : 'does not exist'}`);
    if (this.#backend!.database !== session.database) {
      const known = this.#quietly(() => this.#ask(`SELECT 1 FROM pg_database WHERE datname = ${literal(session.database)}`).length > 0);
      if (!known) return reportMessage('FATAL', '3D000', `database "${session.database}" does not exist`);
      this.stop(true);
      const lines = this.#log.take();
      const up = this.#quietly(() => this.start(session.database));
      this.#log.put(lines);
      if (!up) return reportMessage('FATAL', '3D000', `database "${session.database}" does not exist`);
    }
    this.#quietly(() => {
      const settings = Object.entries(session.parameters).filter(([name]) => /^(application_name|client_encoding|datestyle)$/i.test(name));
      this.#ask(`RESET SESSION AUTHORIZATION; SET SESSION AUTHORIZATION ${identifier(session.user)}; ${settings.map(([name, value]) => `SET ${name} TO ${literal(value)};`).join(' ')}`);
    });
    this.#last = session;
    return undefined;
  }

  /** Begin a session. @returns what its client is told: an error, or all that a session begins with */
  *begin(session: Session): Task<{ readonly refused: boolean; readonly bytes: Bytes }> {
    yield* this.#wait(session);
    const refused = this.#take(session);
    if (refused) return { refused: true, bytes: refused };
    return { refused: false, bytes: this.#backend!.greet(startupMessage({ ...session.parameters, user: session.user, database: session.database })) };
  }

  /** Answer at once: for a client that cannot wait. */
  answerNow(session: Session, bytes: Bytes): Bytes {
    const refused = this.#take(session);
    if (refused) return refused;
    this.#log.pid = session.pid;
    const answer = this.#backend!.answer(bytes);
    this.#holder = this.#backend!.inTransaction ? session : undefined;
    return answer;
  }

  *answer(session: Session, bytes: Bytes): Task<Bytes> {
    yield* this.#wait(session);
    if (!this.running) return reportMessage('FATAL', '57P01', 'terminating connection due to administrator command');
    const answer = this.answerNow(session, bytes);
    const { clock } = this.#backend!;
    if (clock.owed > 0) {
      this.#busy = true;
      try {
        yield* this.#sys.sleep(clock.owed);
      } finally {
        clock.owed = 0;
        this.#busy = false;
      }
    }
    this.#turn.wakeAll();
    return answer;
  }

  /** The session is over: its transaction is rolled back, what was its own is dropped. */
  end(session: Session): void {
    if (this.#last === session && this.running) {
      this.#quietly(() => this.#backend!.answer(concat([textMessage('Q', 'ROLLBACK'), textMessage('Q', 'DISCARD ALL')])));
    }
    if (this.#holder === session) this.#holder = undefined;
    this.#turn.wakeAll();
  }
}

/** `COPY … FROM STDIN`: the client sends rows after the query. */
export const copiesIn = (query: string): boolean => /^\s*copy\s[\s\S]*\sfrom\s+stdin\b/i.test(query);
/** What asks the client for them: text, no columns named. */
export const COPY_IN = message('G', new Uint8Array(3));
export const GOODBYE = encode('X\0\0\0\u0004');
