import { describe, expect, it } from 'vitest';
import { decode, encode } from '../../../src/base/bytes.ts';
import { KernelError } from '../../../src/kernel/errno.ts';
import type { Program } from '../../../src/kernel/program.ts';
import { boot, forked, print, spawn, START } from './boot.ts';

const yes: Program = function* (sys) {
  for (;;) yield* sys.write(1, encode('y\n'.repeat(4096)));
};
const head: Program = function* (sys) {
  const bytes = yield* sys.read(0, 65536);
  yield* sys.write(1, bytes.subarray(0, bytes.indexOf(10) + 1));
  return 0;
};
const echo: Program = function* (sys, argv) {
  yield* sys.write(1, encode(`${argv.slice(1).join(' ')}\n`));
  return 0;
};
const argv: Program = function* (sys, words) {
  yield* sys.write(1, encode(`${JSON.stringify(words)} ${sys.executable}\n`));
  return 7;
};
const sleep: Program = function* (sys, words) {
  yield* sys.sleep(Number(words[1]) * 1000);
  return 0;
};
const spin: Program = function* (sys) {
  for (;;) yield* sys.step();
};
const programs = { yes, head, echo, argv, sleep, spin };

const errnoOf = (call: () => unknown): string => {
  try {
    call();
  } catch (error) {
    if (error instanceof KernelError) return error.errno;
    throw error;
  }
  return 'none';
};

describe('processes', () => {
  it('runs a program to its end, its status to its parent', () => {
    const { run, faults } = boot(programs);
    expect(run(function* (sys) {
      const pid = spawn(sys, ['echo', 'hello', 'world']);
      const status = yield* sys.wait(pid);
      yield* print(sys, JSON.stringify({ ...status, pid: status.pid === pid }));
      return 0;
    })).toBe('hello world\n{"pid":true,"code":0}');
    expect(faults).toEqual([]);
  });

  it('pipes with back-pressure: yes | head -1 ends with SIGPIPE', () => {
    const { run } = boot(programs);
    expect(run(function* (sys) {
      const [read, write] = sys.pipe();
      const first = spawn(sys, ['yes'], (child) => {
        child.dup2(write, 1);
        child.close(read);
        child.close(write);
      });
      const second = spawn(sys, ['head'], (child) => {
        child.dup2(read, 0);
        child.close(read);
        child.close(write);
      });
      sys.close(read);
      sys.close(write);
      const b = yield* sys.wait(second);
      const a = yield* sys.wait(first);
      yield* print(sys, `${b.code} ${a.signal}`);
      return 0;
    })).toBe('y\n0 SIGPIPE');
  });

  it('fills a pipe and no more', () => {
    const { run } = boot(programs);
    expect(run(function* (sys) {
      const [read, write] = sys.pipe();
      let sent = 0;
      const thread = sys.thread(function* () {
        for (;;) sent += yield* sys.write(write, new Uint8Array(10_000));
      });
      yield* sys.sleep(1);
      const before = sent;
      yield* sys.read(read, 1_000_000);
      yield* sys.sleep(1);
      thread.cancel();
      yield* print(sys, `${before} ${sent}`);
      return 0;
    })).toBe('60000 130000');
  });

  it('runs scripts by their interpreters, nested, with one argument', () => {
    const { run, init } = boot(programs);
    init.writeFile('/bin/script', '#!/bin/argv -x  y \nrest\n', 0o755);
    init.writeFile('/bin/outer', '#! /bin/script\n', 0o755);
    init.writeFile('/bin/plain', 'echo no magic\n', 0o755);
    init.writeFile('/bin/lost', '#!/bin/nothing\n', 0o755);
    init.writeFile('/bin/loop', '#!/bin/loop\n', 0o755);
    init.writeFile('/bin/locked', '#!/bin/argv\n', 0o644);
    for (const name of ['script', 'outer', 'plain', 'lost', 'loop']) init.chmod(`/bin/${name}`, 0o755);
    expect(run(function* (sys) {
      const status = yield* sys.wait(spawn(sys, ['/bin/outer', 'a', 'b']));
      yield* print(sys, `${status.code}\n`);
      for (const name of ['plain', 'lost', 'loop', 'locked', '', 'none']) yield* print(sys, `${errnoOf(() => spawn(sys, [`/bin/${name}`]))} `);
      return 0;
    })).toBe('["/bin/argv","-x  y","/bin/script","/bin/outer","a","b"] /bin/argv\n7\nENOEXEC ENOENT ELOOP EACCES EACCES ENOENT ');
  });

  it('replaces a program by exec, closing what is close-on-exec', () => {
    const { run } = boot({
      ...programs,
      fds: function* (sys) {
        yield* print(sys, sys.descriptors().join(','));
        return 3;
      },
    });
    expect(run(function* (sys) {
      let finals = 0;
      const pid = forked(sys, function* (child) {
        child.dup(1, 10);
        child.setCloseOnExec(child.dup(1, 11), true);
        try {
          yield* child.exec('/bin/fds', ['fds'], {});
        } finally {
          finals++;
        }
        return 0;
      });
      const status = yield* sys.wait(pid);
      yield* print(sys, ` ${status.code} ${finals}`);
      return 0;
    })).toBe('0,1,2,10 3 0');
  });

  it('hands orphans to PID 1 and never shows a zombie of it', () => {
    const { run, kernel } = boot(programs);
    run(function* (sys) {
      const middle = forked(sys, function* (child) {
        forked(child, function* (grandchild) {
          yield* grandchild.sleep(5000);
          yield* print(grandchild, `parent ${grandchild.ppid}`);
          return 0;
        });
        return 0;
      });
      yield* sys.wait(middle);
      return 0;
    });
    expect(kernel.processes.map(({ comm }) => comm)).toEqual(['init']);
    expect(decode(kernel.init.readFile('/out'))).toBe('parent 1');
  });

  it('waits: no child, nohang, groups', () => {
    const { run } = boot(programs);
    expect(run(function* (sys) {
      try {
        yield* sys.wait(-1);
      } catch (error) {
        yield* print(sys, (error as KernelError).errno);
      }
      const pid = spawn(sys, ['sleep', '1'], (child) => child.setpgid(0, 0));
      yield* print(sys, ` ${String(yield* sys.wait(-1, { nohang: true }))}`);
      const status = yield* sys.wait(-pid);
      yield* print(sys, ` ${status.pid === pid}`);
      return 0;
    })).toBe('ECHILD undefined true');
  });

  it('jumps over time', () => {
    const { run, kernel } = boot(programs);
    run(function* (sys) {
      yield* sys.wait(spawn(sys, ['sleep', '3600']));
      return 0;
    });
    expect(Math.round((kernel.clock.now - START) / 1000)).toBe(3600);
  });

  it('says plainly what is a bug of ours, and goes on', () => {
    const { run, faults, output, start, kernel } = boot({
      ...programs,
      // oxlint-disable-next-line require-yield
      broken: function* () {
        throw new TypeError('x is not a function');
      },
    });
    expect(run(function* (sys) {
      const status = yield* sys.wait(spawn(sys, ['broken']));
      yield* print(sys, String(status.code));
      return 0;
    })).toBe('broken: internal error: x is not a function\n70');
    expect(faults.map(String)).toEqual(['TypeError: x is not a function']);
    start(function* (sys) {
      yield* print(sys, 'still here');
      return 0;
    });
    kernel.advanceTo(Infinity, 1000);
    expect(output()).toBe('still here');
  });

  it('joins and cancels threads, with their finally blocks', () => {
    const { run } = boot(programs);
    expect(run(function* (sys) {
      const log: string[] = [];
      const worker = sys.thread(function* () {
        yield* sys.sleep(10);
        log.push('worked');
      });
      const failing = sys.thread(function* () {
        yield* sys.sleep(5);
        throw new KernelError('EIO');
      });
      const endless = sys.thread(function* () {
        try {
          yield* sys.sleep(1e9);
        } finally {
          log.push('dropped');
        }
      });
      yield* worker.join();
      try {
        yield* failing.join();
      } catch (error) {
        log.push((error as KernelError).errno);
      }
      endless.cancel();
      log.push(String(endless.done));
      yield* print(sys, log.join(' '));
      return 0;
    })).toBe('worked EIO dropped true');
  });

  it('drops a blocked task at SIGKILL, running its finally blocks and closing its descriptors', () => {
    const { run } = boot(programs);
    expect(run(function* (sys) {
      const log: string[] = [];
      const [read, write] = sys.pipe();
      const pid = forked(sys, function* (child) {
        child.close(read);
        try {
          yield* child.sleep(1e9);
        } finally {
          log.push('finally');
        }
        return 0;
      });
      sys.close(write);
      yield* sys.sleep(1);
      sys.kill(pid, 'SIGKILL');
      const end = yield* sys.read(read, 10);
      const status = yield* sys.wait(pid);
      yield* print(sys, `${log.join()} ${end.length} ${status.signal}`);
      return 0;
    })).toBe('finally 0 SIGKILL');
  });

  it('interrupts a busy loop', () => {
    const { kernel, init, start, output } = boot(programs);
    start(function* (sys) {
      const status = yield* sys.wait(spawn(sys, ['spin']));
      yield* print(sys, String(status.signal));
      return 0;
    });
    expect(kernel.advanceTo(Infinity, 1000)).toBe('busy');
    const spinning = kernel.processes.find(({ comm }) => comm === 'spin')!;
    expect(spinning.cpuTime).toBeGreaterThan(1);
    init.kill(spinning.pid, 'SIGTERM');
    expect(kernel.advanceTo(Infinity, 1000)).toBe('idle');
    expect(output()).toBe('SIGTERM');
  });

  it('is the same however time is cut', () => {
    const trace = (cut: (kernel: ReturnType<typeof boot>['kernel']) => void): string => {
      const { kernel, start, output } = boot(programs, 7);
      start(function* (sys) {
        for (const name of ['a', 'b', 'c']) {
          forked(sys, function* (child) {
            for (let i = 0; i < 20; i++) {
              for (let n = 0; n < 30; n++) yield* child.step();
              yield* child.sleep(child.random() * 3);
              yield* print(child, `${name}${child.now().toFixed(4)} `);
            }
            return 0;
          });
        }
        for (let i = 0; i < 3; i++) yield* sys.wait(-1);
        return 0;
      });
      cut(kernel);
      return `${output()}${kernel.clock.now}`;
    };
    const whole = trace((kernel) => kernel.advanceTo(START + 100, 1e6));
    const pieces = trace((kernel) => {
      for (let at = START; kernel.clock.now < START + 100; at += 0.37) while (kernel.advanceTo(Math.min(at, START + 100), 3) === 'busy' && kernel.clock.now < at);
      kernel.advanceTo(START + 100, 1e6);
    });
    expect(pieces).toBe(whole);
    expect(whole.split(' ')).toHaveLength(61);
  });
});
