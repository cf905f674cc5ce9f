// tail: the last lines or bytes of files, and what is added to them.

import type { Bytes } from '../../base/bytes.ts';
import type { Task } from '../../base/task.ts';
import { KernelError, strerror } from '../../kernel/errno.ts';
import { isRegular } from '../../kernel/stat.ts';
import { count, parseDuration } from '../lib/count.ts';
import { LineReader, openInput } from '../lib/lines.ts';
import type { Io } from '../lib/messages.ts';
import { reason } from '../lib/messages.ts';
import { quoteAlways, quoteFile } from '../lib/quote.ts';
import type { Tool } from '../lib/tool.ts';

interface Followed {
  readonly name: string;
  fd: number | undefined;
  ino: number;
  size: number;
}

export const tail: Tool = {
  gnu: 'n:,lines: c:,bytes: q,quiet,silent v,verbose z,zero-terminated f follow:: F retry pid: s:,sleep-interval: #',
  busybox: 'n: c: q v f F s: #',
  *run(io, options) {
    const last = options.last('n', 'c', '#');
    let text = last === undefined ? '10' : options.value(last)!;
    const names = [...options.operands];
    if (last === undefined && /^\+\d/.test(names[0] ?? '')) text = names.shift()!;
    const fromStart = text.startsWith('+');
    const bytes = last === 'c';
    const amount = count(io, text.replace(/^[-+]/, ''), `invalid number of ${bytes ? 'bytes' : 'lines'}`);
    const byName = options.has('F') || options.value('follow') === 'name';
    const follow = options.has('f', 'F', 'follow');
    const retry = options.has('F', 'retry');
    const interval = options.value('s') === undefined ? undefined : parseDuration(options.value('s')!) ?? io.die(`invalid number of seconds: ${options.value('s')}`);
    const titles = options.last('q', 'v') === 'v' || options.last('q', 'v') === undefined && names.length > 1;
    const followed: Followed[] = [];
    let shown = '';
    let opened = 0;
    const title = (name: string): void => {
      if (titles && shown !== name) io.out(`${shown ? '\n' : ''}==> ${name === '-' ? 'standard input' : name} <==\n`);
      shown = name;
    };
    for (const name of names.length ? names : ['-']) {
      const fd = openInput(io, name, { open: (file, text) => io.gnu ? `cannot open ${quoteAlways(file)} for reading: ${text}` : `can't open '${file}': ${text}` });
      if (fd === undefined) {
        if (retry) followed.push({ name, fd, ino: 0, size: 0 });
        continue;
      }
      opened++;
      shown = titles ? shown : name;
      title(name);
      try {
        yield* showEnd(io, fd, amount, fromStart, bytes, options.has('z') ? 0 : 10);
      } catch (error) {
        if (io.writeFailed) throw error;
        io.fail(io.gnu ? `error reading ${quoteAlways(name)}: ${reason(error)}` : `read error: ${reason(error)}`);
        continue;
      }
      const stat = io.sys.fstat(fd);
      followed.push({ name, fd, ino: stat.ino, size: io.gnu && isRegular(stat.mode) ? io.sys.seek(fd, 0, 'current') : stat.size });
    }
    if (!opened && !io.gnu) io.warn('no files');
    if (!follow || !followed.length) {
      if (follow && io.gnu && io.status) io.warn('no files remaining');
      return;
    }
    const pid = options.value('pid');
    for (;;) {
      for (const file of followed) yield* more(io, file, byName, title);
      yield* io.flush();
      if (pid && !io.sys.processes().some((process) => process.pid === Number(pid))) return;
      // The real one is woken by inotify; looking often comes to the same.
      yield* io.sys.sleep((interval ?? (io.gnu ? 0.1 : 1)) * 1000);
    }
  },
};

function* showEnd(io: Io, fd: number, amount: number, fromStart: boolean, bytes: boolean, delimiter: number): Task<void> {
  if (bytes) {
    let skip = fromStart ? Math.max(amount - 1, 0) : 0;
    const held: Bytes[] = [];
    let size = 0;
    for (let part = yield* io.sys.read(fd, 8192); part.length; part = yield* io.sys.read(fd, 8192)) {
      if (fromStart) {
        if (skip < part.length) io.out(part.subarray(skip));
        skip = Math.max(0, skip - part.length);
      } else {
        held.push(part);
        size += part.length;
        while (size - held[0]!.length >= amount && held.length > 1) size -= held.shift()!.length;
      }
      yield* io.relieve();
    }
    for (const part of held) {
      const over = Math.max(0, size - amount);
      size -= part.length;
      if (over < part.length) io.out(part.subarray(over));
    }
    return;
  }
  const reader = new LineReader(io, fd, delimiter);
  const held: Bytes[] = [];
  let number = 0;
  for (let line = yield* reader.bytes(); line; line = yield* reader.bytes()) {
    const whole = reader.terminated ? Uint8Array.of(...line, delimiter) : line;
    if (fromStart) {
      if (++number >= amount) io.out(whole);
    } else {
      held.push(whole);
      if (held.length > amount) held.shift();
    }
  }
  for (const line of held) io.out(line);
}

function* more(io: Io, file: Followed, byName: boolean, title: (name: string) => void): Task<void> {
  const { sys } = io;
  if (byName && file.name !== '-') {
    try {
      const stat = sys.stat(file.name);
      if (file.fd === undefined || stat.ino !== file.ino) {
        const fresh = openInput(io, file.name);
        if (fresh === undefined) return;
        if (io.gnu) io.warn(file.fd === undefined ? `${quoteAlways(file.name)} has appeared;  following new file` : `${quoteAlways(file.name)} has been replaced;  following new file`);
        else io.warn(`${file.name} has ${file.fd === undefined ? 'become accessible' : 'been replaced; following end of new file'}`);
        if (file.fd !== undefined) sys.close(file.fd);
        file.fd = fresh;
        file.ino = stat.ino;
        file.size = 0;
      }
    } catch (error) {
      if (!(error instanceof KernelError)) throw error;
      if (file.fd !== undefined) {
        io.warn(io.gnu ? `${quoteAlways(file.name)} has become inaccessible: ${strerror(error.errno)}` : `${file.name} has been removed`);
        sys.close(file.fd);
        file.fd = undefined;
      }
      return;
    }
  }
  if (file.fd === undefined) return;
  const stat = sys.fstat(file.fd);
  if (!isRegular(stat.mode)) return;
  if (stat.size < file.size) {
    io.warn(io.gnu ? `${quoteFile(file.name)}: file truncated` : `${file.name}: file truncated`);
    sys.seek(file.fd, io.gnu ? 0 : stat.size, 'set');
    file.size = io.gnu ? 0 : stat.size;
  }
  for (let part = yield* sys.read(file.fd, 8192); part.length; part = yield* sys.read(file.fd, 8192)) {
    title(file.name);
    io.out(part);
    file.size += part.length;
    yield* io.relieve();
  }
}
