// nginx: a web server of static files, configured as its image does it.

import { encode } from '../../base/bytes.ts';
import type { Task } from '../../base/task.ts';
import { KernelError, strerror } from '../../kernel/errno.ts';
import type { Program } from '../../kernel/program.ts';
import type { Syscalls } from '../../kernel/syscalls.ts';
import { decodePath, field, TYPES, type Head } from '../lib/http.ts';
import { fnmatch } from '../lib/glob-match.ts';
import { toText } from '../lib/text.ts';
import { strftime } from '../lib/time-format.ts';
import { fileAt, httpDate, openLog, serveHttp, type Answer } from './serve.ts';

interface Directive {
  readonly name: string;
  readonly args: readonly string[];
  readonly block?: readonly Directive[];
}

interface Location {
  readonly exact: boolean;
  readonly prefix: string;
  readonly root: string | undefined;
  readonly alias: string | undefined;
  readonly index: readonly string[];
  readonly autoindex: boolean;
  readonly answer: readonly [number, string] | undefined;
}

interface Server {
  readonly ports: readonly number[];
  readonly root: string;
  readonly locations: readonly Location[];
  readonly errorPages: ReadonlyMap<number, string>;
}

const CONFIG = '/etc/nginx/nginx.conf';
const VERSION = 'nginx/1.29.3';
const TITLES: Readonly<Record<number, string>> = { 301: 'Moved Permanently', 302: 'Found', 403: 'Forbidden', 404: 'Not Found', 405: 'Not Allowed', 400: 'Bad Request', 500: 'Internal Server Error', 204: 'No Content', 200: 'OK' };

class ConfigError extends Error {}

export const nginx: Program = function* (sys, argv) {
  const say = (level: string, text: string): Task<number> => sys.write(2, encode(`${strftime('%Y/%m/%d %H:%M:%S', sys.now())} [${level}] ${sys.pid}#${sys.pid}: ${text}\n`));
  const words = argv.slice(1);
  const value = (letter: string): string => words[words.findIndex((word) => word === `-${letter}`) + 1] ?? '';
  if (words.includes('-v') || words.includes('-V')) {
    yield* sys.write(2, encode(`nginx version: ${VERSION}\n`));
    return 0;
  }
  const file = words.includes('-c') ? value('c') : CONFIG;
  let servers: Server[];
  let http: readonly Directive[];
  try {
    const config = parse(sys, file);
    http = config.find(({ name }) => name === 'http')?.block ?? [];
    servers = http.filter(({ name }) => name === 'server').map((directive) => server(directive.block ?? [], http));
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    yield* sys.write(2, encode(`nginx: [emerg] ${error.message}\n${words.includes('-t') ? `nginx: configuration file ${file} test failed\n` : ''}`));
    return 1;
  }
  if (words.includes('-t')) {
    yield* sys.write(2, encode(`nginx: the configuration file ${file} syntax is ok\nnginx: configuration file ${file} test is successful\n`));
    return 0;
  }
  if (words.includes('-T')) {
    yield* sys.write(2, encode('stowage: nginx: not simulated: -T\n'));
    return 69;
  }
  if (words.includes('-s')) return yield* signal(sys, value('s'));
  const globals = words.includes('-g') ? value('g') : '';
  if (/daemon\s+off/.test(globals)) return yield* master(sys, servers, http, say);
  sys.newProcess().run(function* (own) {
    own.setsid();
    return yield* master(own, servers, http, say);
  });
  return 0;
};

function* signal(sys: Syscalls, name: string): Task<number> {
  const signals = { stop: 'SIGTERM', quit: 'SIGQUIT', reload: 'SIGHUP', reopen: 'SIGUSR1' } as const;
  const wanted = signals[name as 'stop'];
  if (!wanted) {
    yield* sys.write(2, encode(`nginx: invalid option: "-s ${name}"\n`));
    return 1;
  }
  try {
    sys.kill(Number(toText(sys.readFile('/run/nginx.pid')).trim()), wanted);
    return 0;
  } catch (error) {
    if (!(error instanceof KernelError)) throw error;
    yield* sys.write(2, encode(`nginx: [error] open() "/run/nginx.pid" failed (2: No such file or directory)\n`));
    return 1;
  }
}

/** The first process: listens, starts the workers' work as threads, and ends on its signals. */
function* master(sys: Syscalls, servers: readonly Server[], http: readonly Directive[], say: (level: string, text: string) => Task<number>): Task<number> {
  const path = http.find(({ name }) => name === 'access_log')?.args[0] ?? '/var/log/nginx/access.log';
  let log: number | undefined;
  try {
    if (path !== 'off') log = openLog(sys, path);
  } catch (error) {
    if (!(error instanceof KernelError)) throw error;
    yield* sys.write(2, encode(`nginx: [emerg] open() "${path}" failed (${error.errno === 'ENOENT' ? 2 : 13}: ${strerror(error.errno)})\n`));
    return 1;
  }
  const state: { ended: string | undefined } = { ended: undefined };
  for (const name of ['SIGTERM', 'SIGINT', 'SIGQUIT', 'SIGHUP', 'SIGUSR1'] as const) {
    sys.sigaction(name, { handler: () => {
      if (name !== 'SIGHUP' && name !== 'SIGUSR1') state.ended = name;
    } });
  }
  for (const one of servers) {
    for (const port of one.ports) {
      let listener: number;
      try {
        listener = sys.listen('0.0.0.0', port);
      } catch (error) {
        if (!(error instanceof KernelError)) throw error;
        yield* sys.write(2, encode(`nginx: [emerg] bind() to 0.0.0.0:${port} failed (${error.errno === 'EACCES' ? 13 : 98}: ${strerror(error.errno)})\n`));
        return 1;
      }
      sys.thread(() => serveHttp(sys, listener, (request, method, target) => respond(sys, one, log, request, method, target)));
    }
  }
  try {
    sys.writeFile('/run/nginx.pid', `${sys.pid}\n`);
  } catch (error) {
    if (!(error instanceof KernelError)) throw error;
    yield* sys.write(2, encode(`nginx: [emerg] open() "/run/nginx.pid" failed (30: ${strerror(error.errno)})\n`));
    return 1;
  }
  const { release } = sys.system();
  for (const text of ['using the "epoll" event method', VERSION, `OS: Linux ${release}`, 'start worker processes', `start worker process ${sys.pid + 1}`]) yield* say('notice', text);
  while (!state.ended) {
    try {
      yield* sys.pause();
    } catch (error) {
      if (!(error instanceof KernelError) || error.errno !== 'EINTR') throw error;
    }
  }
  const { ended } = state;
  const number = { SIGTERM: 15, SIGINT: 2, SIGQUIT: 3 }[ended as 'SIGTERM'];
  yield* say('notice', `signal ${number} (${ended}) received, ${ended === 'SIGQUIT' ? 'shutting down' : 'exiting'}`);
  yield* say('notice', 'exit');
  try {
    sys.unlink('/run/nginx.pid');
  } catch { /* it was there before, or not */ }
  return 0;
}

function* respond(sys: Syscalls, config: Server, log: number | undefined, request: Head, method: string, target: string): Task<Answer> {
  const path = decodePath(target);
  let answer = path === undefined ? error(sys, 400) : method !== 'GET' && method !== 'HEAD' ? error(sys, 405) : yield* find(sys, config, path, target, field(request, 'host'));
  const page = config.errorPages.get(Number(answer.status.slice(0, 3)));
  if (page?.startsWith('/') && path !== undefined) {
    const replaced = yield* find(sys, config, page, page, undefined);
    if (replaced.status.startsWith('200')) answer = { ...replaced, status: answer.status };
  }
  if (log !== undefined) {
    const size = method === 'HEAD' ? 0 : answer.body.length;
    yield* sys.write(log, encode(`127.0.0.1 - - [${strftime('%d/%b/%Y:%H:%M:%S +0000', sys.now())}] "${request.line}" ${answer.status.slice(0, 3)} ${size} "${field(request, 'referer') ?? '-'}" "${field(request, 'user-agent') ?? '-'}" "${field(request, 'x-forwarded-for') ?? '-'}"\n`));
  }
  return answer;
}

const heading = (sys: Syscalls, type: string, size: number): [string, string][] => [['Server', VERSION], ['Date', httpDate(sys.now())], ['Content-Type', type], ['Content-Length', String(size)]];

function error(sys: Syscalls, code: number, location?: string): Answer {
  const title = `${code} ${TITLES[code] ?? ''}`;
  const body = encode(`<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>${VERSION}</center>\r\n</body>\r\n</html>\r\n`);
  return { status: title, fields: [...heading(sys, 'text/html', body.length), ...(location === undefined ? [] : [['Location', location] as const])], body };
}

function* find(sys: Syscalls, config: Server, path: string, target: string, host: string | undefined): Task<Answer> {
  const location = config.locations.find(({ exact, prefix }) => exact && path === prefix)
    ?? config.locations.filter(({ exact, prefix }) => !exact && path.startsWith(prefix)).sort((a, b) => b.prefix.length - a.prefix.length)[0];
  if (location?.answer) {
    const [code, text] = location.answer;
    if (code >= 300 && code < 400) return error(sys, code, text);
    const body = encode(text);
    return text || code < 400 ? { status: `${code} ${TITLES[code] ?? ''}`, fields: heading(sys, 'text/plain', body.length), body } : error(sys, code);
  }
  const file = location?.alias === undefined ? `${location?.root ?? config.root}${path}` : location.alias + path.slice(location.prefix.length);
  let found = yield* fileAt(sys, file);
  let name = file;
  if (found === 'directory') {
    if (!path.endsWith('/')) return error(sys, 301, `http://${host ?? 'localhost'}${target.replace(/\?.*/, '')}/`);
    for (const index of location?.index ?? ['index.html']) {
      name = `${file}${file.endsWith('/') ? '' : '/'}${index}`;
      found = yield* fileAt(sys, name);
      if (typeof found !== 'string') break;
    }
    if (typeof found === 'string') return location?.autoindex ? listing(sys, file, path) : error(sys, 403);
  }
  if (typeof found === 'string') return error(sys, found === 'EACCES' ? 403 : 404);
  const type = TYPES[/\.(\w+)$/.exec(name)?.[1] ?? ''] ?? 'application/octet-stream';
  const tag = `"${Math.floor(found.mtime / 1000).toString(16)}-${found.content.length.toString(16)}"`;
  return { status: '200 OK', fields: [...heading(sys, type, found.content.length), ['Last-Modified', httpDate(found.mtime)], ['ETag', tag], ['Accept-Ranges', 'bytes']], body: found.content };
}

function listing(sys: Syscalls, directory: string, path: string): Answer {
  const names = sys.readdir(directory).map(({ name, type }) => name + (type === 0o040000 ? '/' : '')).filter((name) => !name.startsWith('.')).sort((a, b) => Number(b.endsWith('/')) - Number(a.endsWith('/')) || (a < b ? -1 : 1));
  const rows = names.map((name) => {
    const stat = sys.stat(`${directory}/${name}`);
    return `<a href="${name}">${name}</a>${' '.repeat(Math.max(1, 51 - name.length))}${strftime('%d-%b-%Y %H:%M', stat.mtime)}${(name.endsWith('/') ? '-' : String(stat.size)).padStart(20)}\r\n`;
  });
  const body = encode(`<html>\r\n<head><title>Index of ${path}</title></head>\r\n<body>\r\n<h1>Index of ${path}</h1><hr><pre><a href="../">../</a>\r\n${rows.join('')}</pre><hr></body>\r\n</html>\r\n`);
  return { status: '200 OK', fields: heading(sys, 'text/html', body.length), body };
}

/** A file of directives, with what it includes in place. @throws ConfigError */
function parse(sys: Syscalls, file: string): Directive[] {
  let text: string;
  try {
    text = toText(sys.readFile(file));
  } catch (failure) {
    if (!(failure instanceof KernelError)) throw failure;
    const number = { ENOENT: 2, EACCES: 13, EISDIR: 21, ENOTDIR: 20 }[failure.errno as 'ENOENT'] ?? 5;
    throw new ConfigError(failure.errno === 'EISDIR' ? `read() "${file}" failed (21: Is a directory)` : `open() "${file}" failed (${number}: ${strerror(failure.errno)})`);
  }
  const tokens = [...text.matchAll(/#[^\n]*|"((?:\\.|[^"\\])*)"|'((?:\\.|[^'\\])*)'|([{};])|((?:\\.|[^\s{};"'])(?:\\.|[^\s{};])*)/g)].filter(([whole]) => !whole.startsWith('#'));
  let at = 0;
  const lineOf = (index: number): number => text.slice(0, index).split('\n').length;
  const block = (inner: boolean): Directive[] => {
    const list: Directive[] = [];
    for (;;) {
      const first = tokens[at++];
      if (!first) {
        if (inner) throw new ConfigError(`unexpected end of file, expecting "}" in ${file}:${lineOf(text.length)}`);
        return list;
      }
      if (first[3] === '}') {
        if (!inner) throw new ConfigError(`unexpected "}" in ${file}:${lineOf(first.index)}`);
        return list;
      }
      const words: string[] = [];
      let token: RegExpMatchArray | undefined = first;
      for (; token && !token[3]; token = tokens[at++]) words.push(token[1] ?? token[2] ?? token[4]!);
      const [name = '', ...args] = words;
      if (!token) throw new ConfigError(`unexpected end of file, expecting ";" or "}" in ${file}:${lineOf(text.length)}`);
      if (token[3] === '}') throw new ConfigError(`unexpected "}" in ${file}:${lineOf(token.index!)}`);
      if (token[3] === '{') list.push({ name, args, block: name === 'types' ? (skip(), []) : block(true) });
      else if (name === 'include') list.push(...include(sys, args[0]!));
      else {
        if (!KNOWN.test(name)) throw new ConfigError(`unknown directive "${name}" in ${file}:${lineOf(first.index)}`);
        list.push({ name, args });
      }
    }
  };
  const skip = (): void => {
    while (tokens[at] && tokens[at]![3] !== '}') at++;
    at++;
  };
  return block(false);
}

const KNOWN = /^(user|worker_\w+|error_log|pid|events|multi_accept|use|default_type|log_format|access_log|sendfile|tcp_\w+|keepalive_\w+|gzip\w*|listen|server_name|server_tokens|root|alias|index|autoindex\w*|error_page|try_files|return|rewrite|expires|add_header|charset|client_\w+|proxy_\w+|fastcgi_\w+|internal|deny|allow|etag|set|ssl_\w+|types_hash\w*|server_names_hash\w*|resolver|if_modified_since|send_timeout|open_file_cache\w*|limit_\w+|location|upstream|server|map|daemon|load_module|aio|directio|output_buffers|log_not_found|real_ip\w*|set_real_ip_from|auth_basic\w*|max_ranges|merge_slashes|port_in_redirect|absolute_redirect|satisfy|underscores_in_headers|ignore_invalid_headers|lingering\w*|large_client\w*|reset_timedout\w*|http2|zone|least_conn|ip_hash|keepalive)$/;

function include(sys: Syscalls, pattern: string): Directive[] {
  const path = pattern.startsWith('/') ? pattern : `/etc/nginx/${pattern}`;
  if (!/[*?[]/.test(path)) return parse(sys, path);
  const slash = path.lastIndexOf('/');
  const directory = path.slice(0, slash);
  if (!sys.can(directory, 'r')) return [];
  return sys.readdir(directory).map(({ name }) => name).filter((name) => fnmatch(path.slice(slash + 1), name)).sort().flatMap((name) => parse(sys, `${directory}/${name}`));
}

function server(block: readonly Directive[], http: readonly Directive[]): Server {
  const last = (list: readonly Directive[], name: string): readonly string[] | undefined => list.findLast((directive) => directive.name === name)?.args;
  const root = last(block, 'root')?.[0] ?? last(http, 'root')?.[0] ?? '/etc/nginx/html';
  const index = last(block, 'index') ?? last(http, 'index') ?? ['index.html'];
  const ports = block.filter(({ name }) => name === 'listen').map(({ args }) => args[0]!).filter((text) => !text.startsWith('[')).map((text) => Number(/(\d+)$/.exec(text)?.[1] ?? 80));
  const answerOf = (list: readonly Directive[]): readonly [number, string] | undefined => {
    const args = last(list, 'return');
    return args && (/^\d+$/.test(args[0]!) ? [Number(args[0]), args[1] ?? ''] : [302, args[0]!]);
  };
  const own = answerOf(block);
  const locations = block.filter(({ name, args }) => name === 'location' && !args[0]?.startsWith('~')).map(({ args, block: inner = [] }): Location => ({
    exact: args[0] === '=', prefix: args.at(-1)!, root: last(inner, 'root')?.[0], alias: last(inner, 'alias')?.[0], index: last(inner, 'index') ?? index,
    autoindex: (last(inner, 'autoindex') ?? last(block, 'autoindex'))?.[0] === 'on', answer: answerOf(inner) ?? own,
  }));
  const errorPages = new Map([...http, ...block].filter(({ name }) => name === 'error_page').flatMap(({ args }) => args.slice(0, -1).filter((code) => /^\d+$/.test(code)).map((code) => [Number(code), args.at(-1)!] as const)));
  return { ports: ports.length ? [...new Set(ports)] : [80], root, locations, errorPages };
}
