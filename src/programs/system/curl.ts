// curl and wget: fetch over HTTP from addresses of the simulated network.

import { encode, type Bytes } from '../../base/bytes.ts';
import type { Task } from '../../base/task.ts';
import { KernelError, strerror } from '../../kernel/errno.ts';
import { O_APPEND, O_CREAT, O_TRUNC, O_WRONLY } from '../../kernel/syscalls.ts';
import { encodeBase64 } from '../lib/base64.ts';
import { resolveIPv4 } from '../lib/hosts.ts';
import { field, HttpReader, parseUrl, writeHead, type Head, type Url } from '../lib/http.ts';
import { reason, type Io } from '../lib/messages.ts';
import type { Options } from '../lib/options.ts';
import type { Tool } from '../lib/tool.ts';
import { readWhole } from '../lib/lines.ts';

const VERSION = '8.17.0';

class CurlError extends Error {
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

export const curl: Tool = {
  gnu: 's,silent S,show-error f,fail i,include,show-headers I,head o:,output: O,remote-name L,location X:,request: d:,data: data-raw: data-binary: data-urlencode: json: H:,header: v,verbose k,insecure A,user-agent: u:,user: w:,write-out: m:,max-time: connect-timeout: G,get retry: retry-delay: retry-connrefused retry-all-errors fail-with-body e:,referer: b:,cookie: c:,cookie-jar: F:,form: T:,upload-file: x:,proxy: N,no-buffer compressed create-dirs unix-socket: 4,ipv4 6,ipv6 g,globoff Z,parallel progress-bar url: resolve:',
  usageStatus: 2,
  *run(io, options) {
    for (const key of ['F', 'T', 'x', 'c', 'b', 'unix-socket', 'resolve', 'Z']) if (options.has(key)) io.notSimulated(`${key.length > 1 ? '--' : '-'}${key}`);
    const urls = [...options.values('url'), ...options.operands];
    if (!urls.length) {
      io.err("curl: (2) no URL specified\ncurl: try 'curl --help' or 'curl --manual' for more information\n");
      return 2;
    }
    let status = 0;
    const outputs = options.values('o');
    for (const [n, text] of urls.entries()) {
      let tries = Number(options.value('retry') ?? 0);
      for (;;) {
        try {
          yield* transfer(io, options, text, outputs[n]);
          break;
        } catch (error) {
          if (!(error instanceof CurlError)) throw error;
          const again = error.code === 28 || error.code === 7 && options.has('retry-connrefused') || options.has('retry-all-errors');
          if (tries-- > 0 && again) {
            if (!options.has('s')) io.err(`Warning: Problem: ${error.code === 7 ? 'connection refused' : 'timeout'}. Will retry in ${options.value('retry-delay') ?? 1} seconds. ${tries + 1} retries left.\n`);
            yield* io.flush();
            yield* io.sys.sleep(Number(options.value('retry-delay') ?? 1) * 1000);
            continue;
          }
          status = error.code;
          yield* io.flush();
          if (!options.has('s') || options.has('S')) io.err(`curl: (${error.code}) ${error.message}\n`);
          if (options.has('w')) io.out(writeOut(options.value('w')!, '000', text));
          break;
        }
      }
    }
    return status;
  },
};

const writeOut = (format: string, code: string, url: string): string => format.replace(/%\{(\w+)\}/g, (whole, name: string) => ({ http_code: code, response_code: code, url, url_effective: url, num_redirects: '0', time_total: '0.000000', size_download: '0' } as Record<string, string>)[name] ?? whole).replace(/\\n/g, '\n').replace(/\\t/g, '\t');

function* transfer(io: Io, options: Options, text: string, output: string | undefined): Task<void> {
  const { sys } = io;
  let url = parseUrl(text);
  if (!url) throw new CurlError(3, 'URL rejected: No host part in the URL');
  const data = yield* requestBody(io, options);
  const method = options.value('X') ?? (options.has('I') ? 'HEAD' : data !== undefined && !options.has('G') ? 'POST' : 'GET');
  if (data !== undefined && options.has('G')) url = { ...url, path: `${url.path}${url.path.includes('?') ? '&' : '?'}${new TextDecoder('utf-8').decode(data)}` };
  const verbose = (line: string): void => {
    if (options.has('v')) io.err(`${line}\n`);
  };
  const file = output ?? (options.has('O') ? url.path.replace(/\?.*/, '').split('/').pop() || undefined : undefined);
  if (options.has('O') && output === undefined && file === undefined) throw new CurlError(23, 'Failed to extract a filename to use for storage');
  for (let hops = 0; ; hops++) {
    const { reader, fd } = yield* connect(io, url, options, verbose);
    const fields: [string, string][] = [['Host', url.host + (url.port === 80 ? '' : `:${url.port}`)]];
    const user = options.value('u') ?? url.user;
    if (user) fields.push(['Authorization', `Basic ${encodeBase64(encode(user))}`]);
    fields.push(['User-Agent', options.value('A') ?? `curl/${VERSION}`], ['Accept', '*/*']);
    if (options.has('e')) fields.push(['Referer', options.value('e')!]);
    if (options.has('json')) fields.push(['Content-Type', 'application/json']);
    const body = options.has('G') || method === 'HEAD' ? undefined : data;
    if (body) fields.push(['Content-Length', String(body.length)], ...(options.has('json') ? [] : [['Content-Type', 'application/x-www-form-urlencoded'] as [string, string]]));
    for (const header of options.values('H')) {
      const at = header.indexOf(':');
      const name = header.slice(0, at);
      const known = fields.findIndex(([own]) => own.toLowerCase() === name.toLowerCase());
      if (known >= 0) fields.splice(known, 1);
      if (header.slice(at + 1).trim()) fields.push([name, header.slice(at + 1).trim()]);
    }
    const line = `${method} ${url.path} HTTP/1.1`;
    for (const sent of [line, ...fields.map(([name, value]) => `${name}: ${value}`), '']) verbose(`> ${sent}`);
    yield* writeHead(sys, fd, line, fields);
    if (body) yield* sys.write(fd, body);
    verbose('* Request completely sent off');
    const head = yield* reader.head();
    if (!head) throw new CurlError(52, 'Empty reply from server');
    if (!head.line.startsWith('HTTP/')) throw new CurlError(1, 'Received HTTP/0.9 when not allowed');
    const code = Number(head.line.split(' ')[1]);
    for (const got of [head.line, ...head.fields.map(([name, value]) => `${name}: ${value}`), '']) verbose(`< ${got}`);
    const location = field(head, 'location');
    if (options.has('L') && location && code >= 300 && code < 400 && hops < 50) {
      sys.close(fd);
      if (options.has('i', 'I')) io.out(headText(head));
      url = parseUrl(/^[a-z]+:\/\//i.test(location) ? location : `${url.scheme}://${url.host}:${url.port}${location.startsWith('/') ? '' : url.path.replace(/[^/]*$/, '')}${location}`) ?? url;
      verbose(`* Issue another request to this URL: '${location}'`);
      continue;
    }
    if (options.has('f') && code >= 400) {
      sys.close(fd);
      throw new CurlError(22, `The requested URL returned error: ${code}`);
    }
    let out: number | undefined;
    const write = function* (bytes: Bytes): Task<void> {
      if (file === undefined || file === '-') io.out(bytes);
      else {
        try {
          out ??= sys.open(file, O_WRONLY | O_CREAT | O_TRUNC, 0o644);
          yield* sys.write(out, bytes);
        } catch (error) {
          io.err(`Warning: Failed to open the file ${file}: ${reason(error)}\n`);
          throw new CurlError(23, `client returned ERROR on write, ${bytes.length} was passed, 0 was returned`);
        }
      }
      yield* io.relieve();
    };
    if (options.has('i', 'I')) yield* write(encode(headText(head)));
    let size = 0;
    if (method !== 'HEAD' && code !== 204 && code !== 304) {
      yield* reader.body(head, function* (part) {
        size += part.length;
        yield* write(part);
      });
    }
    if (file !== undefined && out === undefined && file !== '-') sys.writeFile(file, '');
    if (out !== undefined) sys.close(out);
    sys.close(fd);
    // The meter is shown when the body does not go to the terminal.
    if (!options.has('s', 'I') && (file !== undefined || !io.terminal) && !(file === undefined && size === 0)) meter(io, size);
    verbose(`* Connection #${hops} to host ${url.host}:${url.port} left intact`);
    if (options.has('w')) io.out(writeOut(options.value('w')!, String(code), text).replace('%{size_download}', String(size)));
    if (options.has('fail-with-body') && code >= 400) throw new CurlError(22, `The requested URL returned error: ${code}`);
    return;
  }
}

const headText = (head: Head): string => `${head.line}\r\n${head.fields.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;

function meter(io: Io, size: number): void {
  const shown = String(size).padStart(5);
  io.err(`  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current\n                                 Dload  Upload   Total   Spent    Left  Speed\n\r  0     0    0     0    0     0      0      0 --:--:-- --:--:-- --:--:--     0\r100 ${shown}  100 ${shown}    0     0      0      0 --:--:-- --:--:-- --:--:--     0\n`);
}

function* requestBody(io: Io, options: Options): Task<Bytes | undefined> {
  const parts: string[] = [];
  let whole: Bytes | undefined;
  for (const { key, value } of options.given) {
    if (!['d', 'data-raw', 'data-binary', 'data-urlencode', 'json'].includes(key)) continue;
    if (value!.startsWith('@') && key !== 'data-raw') {
      whole = yield* readWhole(io, value!.slice(1));
      parts.push(key === 'data-binary' || key === 'json' ? new TextDecoder('utf-8').decode(whole) : new TextDecoder('utf-8').decode(whole).replace(/[\r\n]/g, ''));
    } else if (key === 'data-urlencode') {
      const at = value!.indexOf('=');
      parts.push(at < 0 ? encodeURIComponent(value!) : `${value!.slice(0, at)}=${encodeURIComponent(value!.slice(at + 1))}`);
    } else parts.push(value!);
  }
  return parts.length ? encode(parts.join(options.has('json') ? '' : '&')) : undefined;
}

function* connect(io: Io, url: Url, options: Options, verbose: (line: string) => void): Task<{ reader: HttpReader; fd: number }> {
  if (url.scheme === 'https') throw new CurlError(7, `Failed to connect to ${url.host} port ${url.port} after 0 ms: Could not connect to server`);
  if (url.scheme !== 'http') throw new CurlError(1, `Protocol "${url.scheme}" not supported`);
  const address = resolveIPv4(io.sys, url.host);
  if (address === undefined) {
    verbose(`* Could not resolve host: ${url.host}`);
    throw new CurlError(6, `Could not resolve host: ${url.host}`);
  }
  if (address !== url.host) verbose(`* Host ${url.host}:${url.port} was resolved.\n* IPv6: (none)\n* IPv4: ${address}`);
  verbose(`*   Trying ${address}:${url.port}...`);
  try {
    const fd = yield* io.sys.connect(address, url.port);
    verbose(`* Established connection to ${url.host} (${address} port ${url.port})`);
    return { reader: new HttpReader(io.sys, fd), fd };
  } catch (error) {
    if (!(error instanceof KernelError)) throw error;
    verbose(`* connect to ${address} port ${url.port} failed: ${strerror(error.errno)}`);
    throw new CurlError(7, `Failed to connect to ${url.host} port ${url.port} after 0 ms: Could not connect to server`);
  }
}

export const wget: Tool = {
  busybox: 'c,continue q,quiet S,server-response O:,output-document: o:,output-file: T:,timeout: t:,tries: U:,user-agent: P:,directory-prefix: Y: spider header: post-data: no-check-certificate',
  *run(io, options) {
    const { sys } = io;
    const [text] = options.operands;
    if (text === undefined) return io.usage();
    let url = parseUrl(text);
    if (!url) return io.die(`bad address '${text}'`);
    const say = (line: string): void => {
      if (!options.has('q')) io.err(`${line}\n`);
    };
    const target = options.value('O') ?? `${options.has('P') ? `${options.value('P')}/` : ''}${url.path.replace(/\?.*/, '').split('/').pop() || 'index.html'}`;
    for (let hops = 0; hops < 10; hops++) {
      const address = resolveIPv4(sys, url.host);
      if (address === undefined) return io.die(`bad address '${url.host}'`);
      say(`Connecting to ${url.host}:${url.port} (${address}:${url.port})`);
      yield* io.relieve();
      let fd: number;
      try {
        if (url.scheme !== 'http') io.notSimulated(url.scheme);
        fd = yield* sys.connect(address, url.port);
      } catch (error) {
        return io.die(`can't connect to remote host (${address}): ${reason(error)}`);
      }
      const post = options.value('post-data');
      const headers = options.values('header').map((header): [string, string] => [header.slice(0, header.indexOf(':')), header.slice(header.indexOf(':') + 1).trim()]);
      yield* writeHead(sys, fd, `${options.has('spider') ? 'HEAD' : post === undefined ? 'GET' : 'POST'} ${url.path} HTTP/1.1`, [['Host', url.host + (url.port === 80 ? '' : `:${url.port}`)], ['User-Agent', options.value('U') ?? 'Wget'], ...headers, ...(post === undefined ? [] : [['Content-Type', 'application/x-www-form-urlencoded'] as [string, string], ['Content-Length', String(encode(post).length)] as [string, string]]), ['Connection', 'close']]);
      if (post !== undefined) yield* sys.write(fd, encode(post));
      const reader = new HttpReader(sys, fd);
      const head = yield* reader.head();
      if (!head) return io.die('error getting response');
      if (options.has('S')) for (const line of [head.line, ...head.fields.map(([name, value]) => `${name}: ${value}`)]) io.err(`  ${line}\n`);
      const code = Number(head.line.split(' ')[1]);
      const location = field(head, 'location');
      if (code >= 300 && code < 400 && location) {
        sys.close(fd);
        url = parseUrl(/^[a-z]+:\/\//i.test(location) ? location : `http://${url.host}:${url.port}${location}`) ?? url;
        continue;
      }
      if (code >= 400) return io.die(`server returned error: ${head.line}`);
      if (options.has('spider')) {
        say('remote file exists');
        return 0;
      }
      let out = 1;
      if (target !== '-') {
        try {
          if (sys.can(target, '') && options.value('O') === undefined && !options.has('c')) return io.die(`can't open '${target}': File exists`);
          out = sys.open(target, O_WRONLY | O_CREAT | (options.has('c') ? O_APPEND : O_TRUNC), 0o666);
        } catch (error) {
          return io.die(`can't open '${target}': ${reason(error)}`);
        }
        say(`saving to '${target}'`);
      } else say('writing to stdout');
      let size = 0;
      yield* io.flush();
      yield* reader.body(head, function* (part) {
        size += part.length;
        yield* sys.write(out, part);
      });
      sys.close(fd);
      if (out !== 1) sys.close(out);
      const amount = size < 1024 ? String(size) : `${Math.floor(size / 1024)}k`;
      say(`${(target === '-' ? '-' : target.split('/').pop()!).slice(0, 20).padEnd(20)} 100% |${'*'.repeat(32)}| ${amount.padStart(5)}  0:00:00 ETA`);
      say(target === '-' ? 'written to stdout' : `'${target}' saved`);
      return 0;
    }
    return io.die('too many redirections');
  },
};
