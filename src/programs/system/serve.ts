// httpd and nginx: web servers of directories.

import { encode, type Bytes } from '../../base/bytes.ts';
import type { Task } from '../../base/task.ts';
import { KernelError, strerror } from '../../kernel/errno.ts';
import { isDirectory, isRegular } from '../../kernel/stat.ts';
import { O_APPEND, O_CREAT, O_RDONLY, O_WRONLY, type Syscalls } from '../../kernel/syscalls.ts';
import { spawn } from '../lib/execute.ts';
import { decodePath, field, HttpReader, TYPES, writeHead, type Head } from '../lib/http.ts';
import { resolveIPv4 } from '../lib/hosts.ts';
import { readAll } from '../lib/lines.ts';
import { reason, type Io } from '../lib/messages.ts';
import { strftime } from '../lib/time-format.ts';
import type { Tool } from '../lib/tool.ts';

export interface Answer {
  readonly status: string;
  readonly fields: readonly (readonly [string, string])[];
  readonly body: Bytes;
}

export const httpDate = (time: number): string => strftime('%a, %d %b %Y %H:%M:%S GMT', time);

/** Accept connections for ever; each is served by a thread of its own. `answer` decides what it gets. */
export function* serveHttp(sys: Syscalls, listener: number, answer: (request: Head, method: string, path: string) => Task<Answer>): Task<never> {
  for (;;) {
    let fd: number;
    try {
      fd = yield* sys.accept(listener);
    } catch (error) {
      if (error instanceof KernelError && error.errno === 'EINTR') continue;
      throw error;
    }
    sys.thread(function* () {
      try {
        yield* connection(sys, fd, answer);
      } catch (error) {
        if (!(error instanceof KernelError)) throw error;
      }
      sys.close(fd);
    });
  }
}

function* connection(sys: Syscalls, fd: number, answer: (request: Head, method: string, path: string) => Task<Answer>): Task<void> {
  const reader = new HttpReader(sys, fd);
  for (let request = yield* reader.head(); request; request = yield* reader.head()) {
    const [method = '', path = '/', version = ''] = request.line.split(' ');
    yield* reader.body(request, function* () { /* nobody reads it */ });
    const { status, fields, body } = yield* answer(request, method, path);
    const close = /close/i.test(field(request, 'connection') ?? '') || version === 'HTTP/1.0';
    yield* writeHead(sys, fd, `HTTP/1.1 ${status}`, [...fields, ['Connection', close ? 'close' : 'keep-alive']]);
    if (method !== 'HEAD' && body.length) yield* sys.write(fd, body);
    if (close) return;
  }
}

/** The file below a root that a path names, with its content; an errno name when there is none. */
export function* fileAt(sys: Syscalls, path: string): Task<{ content: Bytes; mtime: number } | 'directory' | string> {
  try {
    const stat = sys.stat(path);
    if (isDirectory(stat.mode)) return 'directory';
    if (!isRegular(stat.mode)) return 'EACCES';
    const fd = sys.open(path, O_RDONLY);
    const content = yield* readAll(sys, fd);
    sys.close(fd);
    return { content, mtime: stat.mtime };
  } catch (error) {
    if (!(error instanceof KernelError)) throw error;
    return error.errno;
  }
}

const BUSYBOX_PAGES: Readonly<Record<string, readonly [string, string]>> = {
  404: ['Not Found', 'The requested URL was not found'], 403: ['Forbidden', ''], 400: ['Bad Request', 'Unsupported method'], 501: ['Not Implemented', 'The requested method is not recognized'],
};

export const httpd: Tool = {
  busybox: 'i f v h: p: c: u: r: d: e: m: M: K:',
  *run(io, options) {
    const { sys } = io;
    for (const key of ['i', 'd', 'e', 'm', 'r', 'c']) if (options.has(key)) io.notSimulated(`-${key}`);
    const [, host, port] = /^(?:(.*):)?(\d+)$/.exec(options.value('p') ?? '80') ?? [];
    const home = options.value('h') ?? '.';
    try {
      sys.chdir(home);
    } catch (error) {
      return io.die(`can't change directory to '${home}': ${reason(error)}`);
    }
    let listener: number;
    try {
      listener = sys.listen(host || '0.0.0.0', Number(port));
    } catch (error) {
      return io.die(`bind: ${reason(error)}`);
    }
    if (options.has('f')) return yield* serveHttp(sys, listener, (_, method, path) => page(sys, method, path));
    sys.newProcess().run(function* (own) {
      own.setsid();
      return yield* serveHttp(own, listener, (_, method, path) => page(own, method, path));
    });
    return 0;
  },
};

function* page(sys: Syscalls, method: string, path: string): Task<Answer> {
  const failure = (code: number): Answer => {
    const [title, text] = BUSYBOX_PAGES[code]!;
    const body = encode(`<HTML><HEAD><TITLE>${code} ${title}</TITLE></HEAD>\n<BODY><H1>${code} ${title}</H1>\n${text}\n</BODY></HTML>\n`);
    return { status: `${code} ${title}`, fields: [['Date', httpDate(sys.now())], ['Content-type', 'text/html']], body };
  };
  if (method !== 'GET' && method !== 'HEAD') return failure(501);
  const plain = decodePath(path);
  if (plain === undefined) return failure(400);
  let file = yield* fileAt(sys, `.${plain}`);
  if (file === 'directory') {
    if (!plain.endsWith('/')) return { status: '302 Found', fields: [['Date', httpDate(sys.now())], ['Location', `${plain}/`], ['Content-type', 'text/html']], body: encode('') };
    file = yield* fileAt(sys, `.${plain}index.html`);
  }
  if (typeof file === 'string') return failure(file === 'EACCES' ? 403 : 404);
  const name = plain.endsWith('/') ? 'index.html' : plain;
  return {
    status: '200 OK',
    fields: [['Date', httpDate(sys.now())], ['Content-type', TYPES[/\.(\w+)$/.exec(name)?.[1] ?? ''] ?? 'application/octet-stream'], ['Last-Modified', httpDate(file.mtime)], ['Accept-Ranges', 'bytes'], ['Content-length', String(file.content.length)]],
    body: file.content,
  };
}

export const nc: Tool = {
  busybox: '+l p: w: n u v k z i: e: f:',
  *run(io, options) {
    const { sys } = io;
    if (options.has('u', 'f')) io.notSimulated(`-${options.last('u', 'f')}`);
    const [host, portText] = options.operands;
    const port = Number(options.value('p') ?? portText ?? (options.has('l') ? host : undefined));
    if (!Number.isInteger(port) || port < 1 || !options.has('l') && host === undefined) return io.usage();
    let fd: number;
    try {
      if (options.has('l')) fd = yield* sys.accept(sys.listen('0.0.0.0', port));
      else {
        const address = resolve(io, host!);
        fd = yield* sys.connect(address, Number(portText));
      }
    } catch (error) {
      if (!(error instanceof KernelError)) throw error;
      return io.die(options.has('l') ? `bind: ${strerror(error.errno)}` : `can't connect to remote host (${resolve(io, host!)}): ${strerror(error.errno)}`);
    }
    if (options.has('z')) return 0;
    const program = options.value('e');
    if (program !== undefined) {
      const pid = yield* spawn(sys, [program, ...options.operands.slice(2)], undefined, (child) => {
        child.dup2(fd, 0);
        child.dup2(fd, 1);
      });
      yield* sys.wait(pid);
      return 0;
    }
    const sender = sys.thread(function* () {
      try {
        for (let part = yield* sys.read(0, 8192); part.length; part = yield* sys.read(0, 8192)) yield* sys.write(fd, part);
        sys.shutdown(fd);
      } catch (error) {
        if (!(error instanceof KernelError)) throw error;
      }
    });
    for (let part = yield* sys.read(fd, 8192); part.length; part = yield* sys.read(fd, 8192)) yield* sys.write(1, part);
    sender.cancel();
    return 0;
  },
};

function resolve(io: Io, host: string): string {
  return resolveIPv4(io.sys, host) ?? io.die(`bad address '${host}'`);
}

/** Open for appending, following links such as the log of the nginx image that leads to /dev/stdout. */
export function openLog(sys: Syscalls, path: string): number {
  return sys.open(path, O_WRONLY | O_CREAT | O_APPEND, 0o644);
}
