// pg_dump: the real one, talking to the server by a direct line, since it cannot wait on a stream.

import { concat, encode, EMPTY, type Bytes } from '../../base/bytes.ts';
import type { Program } from '../../kernel/program.ts';
import { bytesOf, connect, readSecret, targetOf } from './connect.ts';
import type { ModuleFactory } from './emscripten.ts';
import { ModuleClock } from './instance.ts';
import { mountTree } from './mounted-files.ts';
import { direct } from './serve-session.ts';
import { readOptions } from './small-programs.ts';
import { DIRECT } from './wire.ts';

/** In the module's own memory. */
const OUTPUT = '/home/postgres/dump';
const CONNECTION: Readonly<Record<string, string>> = { h: 'host', host: 'host', p: 'port', port: 'port', U: 'user', username: 'user', d: 'database', dbname: 'database' };
/** Options with a value that pg_dump itself reads. */
const VALUED = 'b:blobs a:a f:file file:file F:format format:format n:schema schema:schema N:N exclude-schema:exclude-schema t:table table:table T:T exclude-table:exclude-table Z:Z compress:compress j:j jobs:jobs E:E encoding:encoding S:S section:section';

/** The words that are not about the connection, and those that are. */
function divide(words: readonly string[]): { readonly own: string[]; readonly connection: string[]; readonly database: string | undefined; readonly file: boolean } {
  const valued = new Set(VALUED.split(' ').filter((pair) => !/^[ab]:/.test(pair)).map((pair) => pair.split(':')[0]!));
  const own: string[] = [], connection: string[] = [];
  let database: string | undefined, file = false;
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    const long = /^--([\w-]+)(=)?/.exec(word);
    const name = long ? long[1]! : word.startsWith('-') && word.length > 1 ? word[1]! : '';
    if (!name) database = word;
    else if (CONNECTION[name]) {
      connection.push(word);
      if (long ? !long[2] : word.length === 2) connection.push(words[++i] ?? '');
    } else if (!['w', 'W', 'no-password', 'password'].includes(name)) {
      own.push(word);
      file ||= name === 'f' || name === 'file';
      if (valued.has(name) && (long ? !long[2] : word.length === 2)) own.push(words[++i] ?? '');
    }
  }
  return { own, connection, database, file };
}

export const pgDump = (create: ModuleFactory): Program => function* (sys, argv) {
  const { own, connection: words, database, file } = divide(argv.slice(1));
  const asks = own.some((word) => ['-V', '--version', '-?', '--help'].includes(word));
  const { values } = readOptions(words, CONNECTION, {});
  const target = targetOf(sys, { host: values.get('host'), port: values.get('port'), user: values.get('user'), database: values.get('database') ?? database });
  let answer: (bytes: Bytes) => Bytes = () => EMPTY;
  let greeting: Bytes = EMPTY;
  let fd: number | undefined;
  if (!asks) {
    const connection = yield* connect(sys, target, { [DIRECT]: '1', application_name: 'pg_dump' }, () => readSecret(sys, 'Password: '));
    if (typeof connection === 'string') {
      yield* sys.write(2, encode(`pg_dump: error: ${connection}\n`));
      return 1;
    }
    fd = connection.fd;
    const token = yield* connection.incoming.next();
    answer = direct.get(new TextDecoder().decode(token?.body).split('\0')[1] ?? '') ?? answer;
    greeting = concat(connection.greeting.map(bytesOf));
  }
  const lines: [number, string][] = [];
  let arrived: Bytes = EMPTY;
  let status: number;
  const module = create({
    platform: new ModuleClock(sys), thisProgram: '/usr/lib/postgresql/18/bin/pg_dump', noExitRuntime: false, stdin: () => null, print: (line) => lines.push([1, line]), printErr: (line) => lines.push([2, line]),
    preRun: [(mod) => {
      Object.assign(mod.ENV, { HOME: '/home/postgres', USER: target.user, LOGNAME: target.user, PGUSER: target.user, PGDATABASE: target.database });
      mod.FS.mkdirTree('/home/postgres');
      mountTree(mod.FS, sys);
      mod.onRuntimeInitialized = () => {
        const write = mod.addFunction((pointer, length) => {
          const bytes = mod.HEAPU8.slice(pointer!, pointer! + length!);
          const more = bytes[0] === 0 ? greeting : bytes[0] === 0x58 ? EMPTY : answer(bytes);
          arrived = arrived.length ? concat([arrived, more]) : more;
          return length!;
        }, 'iii');
        const read = mod.addFunction((pointer, most) => {
          const part = arrived.subarray(0, most);
          mod.HEAPU8.set(part, pointer!);
          arrived = arrived.subarray(part.length);
          return part.length;
        }, 'iii');
        mod._pgl_set_rw_cbs(read, write);
      };
    }],
  });
  try {
    status = module.callMain([...own, ...(file || asks ? [] : ['-f', OUTPUT])]) ?? 0;
  } catch (error) {
    const exit = (error as { status?: number }).status;
    if (exit === undefined) throw error;
    status = exit;
  }
  if (fd !== undefined) sys.close(fd);
  for (const [to, line] of lines) yield* sys.write(to, encode(`${line}\n`));
  if (!file && !asks && module.FS.analyzePath(OUTPUT).exists) yield* sys.write(1, module.FS.readFile(OUTPUT));
  return status;
};
