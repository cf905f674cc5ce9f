import { describe, expect, it } from 'vitest';
import { decode, encode } from '../../../src/base/bytes.ts';
import { KernelError } from '../../../src/kernel/errno.ts';
import { S_IFIFO } from '../../../src/kernel/stat.ts';
import { O_NONBLOCK, O_RDONLY, O_RDWR, O_WRONLY, type Syscalls } from '../../../src/kernel/syscalls.ts';
import type { Task } from '../../../src/base/task.ts';
import { boot, forked, print } from './boot.ts';

function* errnoOf(task: Task<unknown>): Task<string> {
  try {
    yield* task;
  } catch (error) {
    if (error instanceof KernelError) return error.errno;
    throw error;
  }
  return 'ok';
}

describe('named pipes', () => {
  it('lets readers and writers meet', () => {
    const { run } = boot();
    expect(run(function* (sys) {
      sys.mknod('/tmp/fifo', S_IFIFO | 0o644);
      forked(sys, function* (child) {
        const fd = child.open('/tmp/fifo', O_WRONLY);
        yield* child.write(fd, encode('through'));
        return 0;
      });
      const fd = sys.open('/tmp/fifo', O_RDONLY);
      let text = '';
      for (;;) {
        const bytes = yield* sys.read(fd, 100);
        if (!bytes.length) break;
        text += decode(bytes);
      }
      sys.close(fd);
      let refused = '';
      try {
        sys.open('/tmp/fifo', O_WRONLY | O_NONBLOCK);
      } catch (error) {
        refused = (error as KernelError).errno;
      }
      yield* print(sys, `${text} ${refused} ${(sys.stat('/tmp/fifo').mode & 0o170000) === S_IFIFO}`);
      return 0;
    })).toBe('through ENXIO true');
  });

  it('waits for whoever comes later', () => {
    const { run } = boot();
    expect(run(function* (sys) {
      sys.mknod('/tmp/fifo', S_IFIFO | 0o644);
      const reader = forked(sys, function* (child) {
        const fd = child.open('/tmp/fifo', O_RDONLY);
        yield* print(child, decode(yield* child.read(fd, 100)));
        return 0;
      });
      yield* sys.sleep(100);
      const fd = sys.open('/tmp/fifo', O_WRONLY);
      yield* sys.write(fd, encode('late'));
      yield* sys.wait(reader);
      return 0;
    })).toBe('late');
  });
});

describe('devices', () => {
  it('null, zero, full, random', () => {
    const { run } = boot();
    expect(run(function* (sys) {
      const open = (name: string): number => sys.open(`/dev/${name}`, O_RDWR);
      const parts: unknown[] = [(yield* sys.read(open('null'), 5)).length, [...(yield* sys.read(open('zero'), 3))], yield* errnoOf(sys.write(open('full'), encode('x')))];
      parts.push((yield* sys.read(open('urandom'), 16)).length, yield* sys.write(open('null'), encode('abc')));
      sys.writeFile('/dev/null', 'gone');
      parts.push(sys.stat('/dev/null').rdev === 0x100003);
      yield* print(sys, JSON.stringify(parts));
      return 0;
    })).toBe('[0,[0,0,0],"ENOSPC",16,3,true]');
  });
});

describe('poll', () => {
  it('waits for the first that is ready, or the deadline', () => {
    const { run } = boot();
    expect(run(function* (sys) {
      const [a] = sys.pipe();
      const [b, toB] = sys.pipe();
      sys.thread(function* () {
        yield* sys.sleep(10);
        yield* sys.write(toB, encode('x'));
      });
      const begun = sys.now();
      const none = yield* sys.poll([{ fd: a, read: true }, { fd: b, read: true }], sys.now() + 5);
      const some = yield* sys.poll([{ fd: a, read: true }, { fd: b, read: true }]);
      yield* print(sys, `${none.length} ${some.join() === String(b)} ${Math.round(sys.now() - begun)}`);
      return 0;
    })).toBe('0 true 10');
  });

  it('does not wait with O_NONBLOCK', () => {
    const { run } = boot();
    expect(run(function* (sys) {
      const { master, slave, path } = sys.openpty({ columns: 80, rows: 24 });
      const fd = sys.open(path, O_RDONLY | O_NONBLOCK);
      yield* print(sys, `${yield* errnoOf(sys.read(fd, 10))} ${master !== slave}`);
      return 0;
    })).toBe('EAGAIN true');
  });
});

describe('sockets', () => {
  const serve = (sys: Syscalls, address: string, port: number): void => {
    const listener = sys.listen(address, port);
    sys.thread(function* () {
      for (;;) {
        const fd = yield* sys.accept(listener);
        sys.thread(function* () {
          let text = '';
          for (;;) {
            const bytes = yield* sys.read(fd, 100);
            if (!bytes.length) break;
            text += decode(bytes);
          }
          yield* sys.write(fd, encode(`echo ${text}`));
          sys.close(fd);
        });
      }
    });
  };
  function* ask(sys: Syscalls, address: string, port: number, text: string): Task<string> {
    const fd = yield* sys.connect(address, port);
    yield* sys.write(fd, encode(text));
    sys.shutdown(fd);
    let reply = '';
    for (;;) {
      const bytes = yield* sys.read(fd, 100);
      if (!bytes.length) break;
      reply += decode(bytes);
    }
    sys.close(fd);
    return reply;
  }

  it('talks over the loopback', () => {
    const { run } = boot();
    expect(run(function* (sys) {
      serve(sys, '127.0.0.1', 8080);
      const parts = [yield* ask(sys, '127.0.0.1', 8080, 'hello'), yield* errnoOf(sys.connect('127.0.0.1', 81)), yield* errnoOf(sys.connect('8.8.8.8', 53))];
      try {
        sys.listen('0.0.0.0', 8080);
      } catch (error) {
        parts.push((error as KernelError).errno);
      }
      yield* print(sys, parts.join(', '));
      return 0;
    })).toBe('echo hello, ECONNREFUSED, ENETUNREACH, EADDRINUSE');
  });

  it('joins namespaces by a bridge, with the host as their gateway', () => {
    const { run } = boot();
    expect(run(function* (sys) {
      sys.joinBridge('docker0', 'docker0', '172.17.0.1');
      sys.joinBridge('br-1', 'br-1', '172.18.0.1');
      serve(sys, '0.0.0.0', 80);
      const inside = (bridge: string, address: string, main: (inner: Syscalls) => Task<number>): number => {
        const embryo = sys.newProcess({ newNamespaces: ['net'] });
        embryo.sys.joinBridge(bridge, 'eth0', address);
        embryo.run(main);
        return embryo.pid;
      };
      const server = inside('docker0', '172.17.0.2', function* (inner) {
        serve(inner, '0.0.0.0', 8000);
        yield* inner.sleep(1e9);
        return 0;
      });
      inside('br-1', '172.18.0.2', function* (inner) {
        yield* inner.sleep(1e9);
        return 0;
      });
      yield* sys.sleep(1);
      const parts = [yield* ask(sys, '172.17.0.2', 8000, 'from host')];
      const client = inside('docker0', '172.17.0.3', function* (inner) {
        parts.push(yield* ask(inner, '172.17.0.2', 8000, 'from peer'), yield* ask(inner, '172.17.0.1', 80, 'to gateway'), yield* ask(inner, '172.18.0.1', 80, 'to the host'));
        parts.push(yield* errnoOf(inner.connect('127.0.0.1', 80)), yield* errnoOf(inner.connect('172.17.0.9', 80)), yield* errnoOf(inner.connect('172.18.0.2', 80)));
        parts.push(inner.interfaces().map(({ name, address, mac }) => `${name} ${address} ${mac}`).join(' '));
        return 0;
      });
      yield* sys.wait(client);
      const shared = sys.newProcess({ joinNetworkOf: server });
      shared.run(function* (inner) {
        parts.push(yield* ask(inner, '127.0.0.1', 8000, 'beside'));
        return 0;
      });
      yield* sys.wait(shared.pid);
      sys.kill(server, 'SIGKILL');
      yield* sys.wait(server);
      parts.push(yield* errnoOf(sys.connect('172.17.0.2', 8000)));
      sys.leaveBridge('docker0');
      parts.push(yield* errnoOf(sys.connect('172.17.0.2', 8000)), sys.interfaces().map(({ name }) => name).join());
      sys.writeFile('/tmp/parts', parts.join('\n'));
      sys.kill(-1, 'SIGKILL');
      yield* print(sys, parts.join('\n'));
      return 0;
    })).toBe(`echo from host
echo from peer
echo to gateway
echo to the host
ECONNREFUSED
EHOSTUNREACH
EHOSTUNREACH
lo 127.0.0.1 00:00:00:00:00:00 eth0 172.17.0.3 02:42:ac:11:00:03
echo beside
EHOSTUNREACH
ENETUNREACH
lo,br-1`);
  });

  it('breaks: writing to a closed connection is EPIPE', () => {
    const { run } = boot();
    expect(run(function* (sys) {
      sys.sigaction('SIGPIPE', 'ignore');
      const listener = sys.listen('127.0.0.1', 9);
      const fd = yield* sys.connect('127.0.0.1', 9);
      sys.close(yield* sys.accept(listener));
      yield* print(sys, `${yield* errnoOf(sys.write(fd, encode('x')))} ${yield* errnoOf(sys.accept(fd))} ${yield* errnoOf(sys.accept(1))}`);
      return 0;
    })).toBe('EPIPE EINVAL ENOTSOCK');
  });
});
