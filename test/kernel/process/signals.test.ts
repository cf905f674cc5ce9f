import { describe, expect, it } from 'vitest';
import { KernelError } from '../../../src/kernel/errno.ts';
import type { Program } from '../../../src/kernel/program.ts';
import type { Signal } from '../../../src/kernel/signal.ts';
import { boot, forked, print, spawn } from './boot.ts';

const sleep: Program = function* (sys, words) {
  yield* sys.sleep(Number(words[1]) * 1000);
  return 0;
};
const programs = { sleep };

describe('signals', () => {
  it('ends, ignores, handles', () => {
    const { run } = boot(programs);
    expect(run(function* (sys) {
      const log: string[] = [];
      const terminated = spawn(sys, ['sleep', '100']);
      const ignoring = forked(sys, function* (child) {
        child.sigaction('SIGTERM', 'ignore');
        yield* child.sleep(50);
        return 4;
      });
      const handling = forked(sys, function* (child) {
        child.sigaction('SIGTERM', { handler: (signal) => void log.push(signal) });
        try {
          yield* child.sleep(1000);
        } catch (error) {
          log.push((error as KernelError).errno);
        }
        return 5;
      });
      yield* sys.sleep(1);
      for (const pid of [terminated, ignoring, handling]) sys.kill(pid, 'SIGTERM');
      for (const pid of [terminated, ignoring, handling]) {
        const { code, signal } = yield* sys.wait(pid);
        log.push(String(code ?? signal));
      }
      yield* print(sys, log.join(' '));
      return 0;
    })).toBe('SIGTERM EINTR SIGTERM 4 5');
  });

  it('restarts a read after a handler that asks for it, but not a sleep', () => {
    const { run } = boot(programs);
    expect(run(function* (sys) {
      const [read, write] = sys.pipe();
      const log: string[] = [];
      const pid = forked(sys, function* (child) {
        child.close(write);
        child.sigaction('SIGUSR1', { handler: () => void log.push('handled'), restart: true });
        log.push(`read ${(yield* child.read(read, 10)).length}`);
        try {
          yield* child.sleep(1000);
        } catch (error) {
          log.push((error as KernelError).errno);
        }
        return 0;
      });
      sys.close(read);
      yield* sys.sleep(1);
      sys.kill(pid, 'SIGUSR1');
      yield* sys.sleep(1);
      yield* sys.write(write, new Uint8Array(3));
      yield* sys.sleep(1);
      sys.kill(pid, 'SIGUSR1');
      yield* sys.wait(pid);
      yield* print(sys, log.join(' '));
      return 0;
    })).toBe('handled read 3 handled EINTR');
  });

  it('delivers to itself before going on', () => {
    const { run } = boot(programs);
    expect(run(function* (sys) {
      const status = yield* sys.wait(forked(sys, function* (child) {
        let caught = '';
        child.sigaction('SIGUSR2', { handler: (signal) => void (caught = signal) });
        child.kill(child.pid, 'SIGUSR2');
        yield* print(child, `${caught} `);
        child.kill(0, 'SIGTERM');
        yield* print(child, 'never');
        return 0;
      }, (child) => child.setpgid(0, 0)));
      yield* print(sys, String(status.signal));
      return 0;
    })).toBe('SIGUSR2 SIGTERM');
  });

  it('stops and continues, and tells the parent', () => {
    const { run } = boot(programs);
    expect(run(function* (sys) {
      const children: string[] = [];
      sys.sigaction('SIGCHLD', { handler: () => void children.push('chld'), restart: true });
      const pid = spawn(sys, ['sleep', '1']);
      yield* sys.step();
      sys.kill(pid, 'SIGSTOP');
      const stopped = yield* sys.wait(pid, { untraced: true });
      yield* sys.sleep(5).next().done ? sys.step() : sys.step();
      const state = sys.processes().find((each) => each.pid === pid)!.state;
      sys.kill(pid, 'SIGCONT');
      const continued = yield* sys.wait(pid, { untraced: true });
      const ended = yield* sys.wait(pid, { untraced: true });
      yield* print(sys, `${stopped.stopped} ${state} ${continued.continued} ${ended.code} ${children.length}`);
      return 0;
    })).toBe('SIGSTOP T true 0 3');
  });

  it('kills what is stopped', () => {
    const { run } = boot(programs);
    expect(run(function* (sys) {
      const pid = spawn(sys, ['sleep', '1']);
      sys.kill(pid, 'SIGSTOP');
      yield* sys.wait(pid, { untraced: true });
      sys.kill(pid, 'SIGTERM');
      yield* print(sys, `${String(yield* sys.wait(pid, { nohang: true }))} `);
      sys.kill(pid, 'SIGKILL');
      yield* print(sys, String((yield* sys.wait(pid)).signal));
      return 0;
    })).toBe('undefined SIGKILL');
  });

  it('asks for permission, and says who is not there', () => {
    const { run } = boot(programs);
    expect(run(function* (sys) {
      const errnos: string[] = [];
      const attempt = (pid: number, signal: Signal | 0): void => {
        try {
          sys.kill(pid, signal);
          errnos.push('ok');
        } catch (error) {
          errnos.push((error as KernelError).errno);
        }
      };
      const mine = spawn(sys, ['sleep', '1'], (child) => child.setCredentials({ uid: 1000, gid: 1000, groups: [1000], capable: true }));
      const roots = spawn(sys, ['sleep', '1']);
      sys.setCredentials({ uid: 1000, gid: 1000, groups: [1000], capable: true });
      attempt(mine, 'SIGTERM');
      attempt(roots, 'SIGTERM');
      attempt(roots, 'SIGCONT');
      attempt(99999, 0);
      yield* print(sys, errnos.join(' '));
      return 0;
    })).toBe('ok EPERM ok ESRCH');
  });

  it('handles a signal while it waits for something of our own, without an exception', () => {
    const { run } = boot(programs);
    expect(run(function* (sys) {
      const log: string[] = [];
      const pid = forked(sys, function* (child) {
        child.sigaction('SIGINT', { handler: () => void log.push('int') });
        const until = child.now() + 100;
        while (child.now() < until) yield { queues: [], deadline: until };
        return 0;
      });
      yield* sys.sleep(1);
      sys.kill(pid, 'SIGINT');
      log.push(String((yield* sys.wait(pid)).code));
      yield* print(sys, log.join(' '));
      return 0;
    })).toBe('int 0');
  });
});

describe('pid namespaces', () => {
  it('numbers from 1, shows only its own, and protects its PID 1', () => {
    const { run } = boot(programs);
    expect(run(function* (sys) {
      const embryo = sys.newProcess({ newNamespaces: ['pid', 'mnt', 'uts', 'net'] });
      embryo.sys.setHostname('inside');
      embryo.sys.mount('proc', '/proc', 'proc', {});
      embryo.run(function* (inner) {
        inner.kill(1, 'SIGTERM');
        inner.kill(1, 'SIGKILL');
        const child = spawn(inner, ['sleep', '1']);
        yield* print(inner, `${inner.pid} ${inner.ppid} ${child} ${inner.hostname()} ${inner.processes().map(({ pid, ppid }) => `${pid}/${ppid}`).join(',')} `);
        yield* print(inner, `${inner.readlink('/proc/self')} ${inner.readdir('/proc').filter(({ name }) => /^\d/.test(name)).map(({ name }) => name).join(',')} `);
        yield* inner.sleep(1e9);
        return 0;
      });
      yield* sys.sleep(10);
      sys.kill(embryo.pid, 'SIGTERM');
      yield* sys.sleep(10);
      yield* print(sys, `${String(yield* sys.wait(embryo.pid, { nohang: true }))} ${sys.hostname()} `);
      sys.kill(embryo.pid, 'SIGKILL');
      const status = yield* sys.wait(embryo.pid);
      yield* print(sys, `${status.signal} ${sys.processes().filter(({ comm }) => comm === 'sleep').length}`);
      return 0;
    })).toBe('1 0 2 inside 1/0,2/1 1 1,2 undefined host SIGKILL 0');
  });

  it('takes all with it when its PID 1 ends, also those that came by joining', () => {
    const { run } = boot(programs);
    expect(run(function* (sys) {
      const log: string[] = [];
      const one = sys.newProcess({ newNamespaces: ['pid'] });
      one.run(function* (inner) {
        spawn(inner, ['sleep', '1000']);
        yield* inner.sleep(100);
        return 3;
      });
      const guest = sys.newProcess({ joinNamespacesOf: one.pid });
      guest.run(function* (inner) {
        log.push(`guest is ${inner.pid}`);
        try {
          yield* inner.sleep(1e9);
        } finally {
          log.push('guest dropped');
        }
        return 0;
      });
      const first = yield* sys.wait(-1);
      const second = yield* sys.wait(-1);
      log.push(...[first, second].map((status) => `${status.pid === one.pid ? 'one' : 'guest'} ${status.code ?? status.signal}`).sort());
      try {
        sys.newProcess({ joinNamespacesOf: one.pid });
      } catch (error) {
        log.push((error as KernelError).errno);
      }
      yield* print(sys, log.join(', '));
      return 0;
    })).toBe('guest is 2, guest dropped, guest SIGKILL, one 3, ESRCH');
  });

  it('needs root', () => {
    const { run } = boot(programs);
    expect(run(function* (sys) {
      sys.setCredentials({ uid: 1000, gid: 1000, groups: [], capable: true });
      try {
        sys.newProcess({ newNamespaces: ['pid'] });
      } catch (error) {
        yield* print(sys, (error as KernelError).errno);
      }
      return 0;
    })).toBe('EPERM');
  });
});
