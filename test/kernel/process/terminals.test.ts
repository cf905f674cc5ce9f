import { describe, expect, it } from 'vitest';
import { decode, encode } from '../../../src/base/bytes.ts';
import type { Task } from '../../../src/base/task.ts';
import { KernelError } from '../../../src/kernel/errno.ts';
import type { Program } from '../../../src/kernel/program.ts';
import { O_NOCTTY, O_RDWR, type Syscalls } from '../../../src/kernel/syscalls.ts';
import { boot, forked, print, spawn } from './boot.ts';

const cat: Program = function* (sys) {
  for (;;) {
    const bytes = yield* sys.read(0, 65536);
    if (!bytes.length) return 0;
    yield* sys.write(1, encode(`<${decode(bytes)}>`));
  }
};
const sleep: Program = function* (sys, words) {
  yield* sys.sleep(Number(words[1]) * 1000);
  return 0;
};
const programs = { cat, sleep };

function terminal(main: (sys: Syscalls) => Task<number>) {
  const booted = boot(programs);
  const { kernel, init } = booted;
  const tty = kernel.openTerminal({ columns: 80, rows: 24 });
  let screen = '';
  tty.onOutput((bytes) => void (screen += decode(bytes)));
  const embryo = init.newProcess({ descriptors: 'none' });
  const { sys } = embryo;
  sys.setsid();
  sys.open(tty.path, O_RDWR | O_NOCTTY);
  sys.dup(0);
  sys.dup(0);
  sys.setControllingTerminal(0);
  embryo.run(main);
  const settle = (): string => {
    kernel.advanceTo(kernel.clock.now + 50, 100_000);
    const shown = screen;
    screen = '';
    return shown;
  };
  return { ...booted, tty, settle, type: (text: string): string => (tty.input(encode(text)), settle()) };
}

function* runCat(sys: Syscalls): Task<number> {
  yield* sys.wait(spawn(sys, ['cat']));
  yield* print(sys, 'done\n');
  return 0;
}

/** A line at a time, in canonical mode. */
describe('the line discipline', () => {
  it('gives lines, echoes them, edits them', () => {
    const { settle, type } = terminal(runCat);
    settle();
    expect(type('ab')).toBe('ab');
    expect(type('\x7f')).toBe('\b \b');
    expect(type('c\r')).toBe('c\r\n<ac\r\n>');
    expect(type('one two\x17')).toBe('one two\b \b\b \b\b \b');
    expect(type('\x15')).toBe('\b \b'.repeat(4));
    expect(type('é\x7fx\n')).toBe('é\b \bx\r\n<x\r\n>');
    expect(type('a\x01\x7f\x16\x03\n')).toBe('a^A\b \b\b \b^\b^C\r\n<a\x03\r\n>');
    expect(type('a\tb\x7f\x7f\x15')).toBe('a\tb\b \b\b\b\b\b\b\b\b\b \b');
    expect(type('foo.bar  \x17')).toBe('foo.bar  \b \b\b \b\b \b\b \b\b \b');
    expect(type('\x15')).toBe('\b \b'.repeat(4));
    expect(type('x\x12\n')).toBe('x^R\r\nx\r\n<x\r\n>');
    expect(type('\x16\x7f\x16\x04z\n')).toBe('^\b^?^\b^Dz\r\n<\x7f\x04z\r\n>');
    expect(type('part\x04')).toBe('part<part>');
    expect(type('\x04')).toBe('done\r\n');
  });

  it('has a raw mode', () => {
    const { settle, type } = terminal(function* (sys) {
      const termios = sys.tcgetattr(0);
      sys.tcsetattr(0, { ...termios, canonical: false, echo: false, signals: false, outputNewline: false, inputNewline: false });
      for (;;) {
        const bytes = yield* sys.read(0, 10);
        yield* print(sys, `${JSON.stringify(decode(bytes))}\n`);
      }
    });
    settle();
    expect(type('\x03')).toBe('"\\u0003"\n');
    expect(type('x\r')).toBe('"x\\r"\n');
  });
});

describe('job control', () => {
  it('sends Ctrl-C to the foreground group only', () => {
    const { settle, type } = terminal(function* (sys) {
      sys.sigaction('SIGTTOU', 'ignore');
      const back = spawn(sys, ['sleep', '1000'], (child) => child.setpgid(0, 0));
      const fore = spawn(sys, ['sleep', '1000'], (child) => {
        child.setpgid(0, 0);
        child.sigaction('SIGTTOU', 'default');
      });
      sys.tcsetpgrp(0, fore);
      const { signal } = yield* sys.wait(fore);
      sys.tcsetpgrp(0, sys.getpgid());
      yield* print(sys, `${signal} ${sys.processes().find(({ pid }) => pid === back)!.state} ${sys.processes().find(({ pid }) => pid === back)!.tty}\n`);
      return 0;
    });
    settle();
    expect(type('typed ahead\x03')).toBe('typed ahead^CSIGINT S pts/0\r\n');
  });

  it('stops by Ctrl-Z, and what reads or sets the terminal in the background', () => {
    const { settle, type } = terminal(function* (sys) {
      sys.sigaction('SIGTTOU', 'ignore');
      const jobs = (main: (child: Syscalls) => Task<number>): number => forked(sys, main, (child) => {
        child.setpgid(0, 0);
        child.sigaction('SIGTTOU', 'default');
      });
      const sleeper = jobs(function* (child) {
        yield* child.sleep(1e9);
        return 0;
      });
      sys.tcsetpgrp(0, sleeper);
      yield* print(sys, `${(yield* sys.wait(sleeper, { untraced: true })).stopped} `);
      sys.tcsetpgrp(0, sys.getpgid());
      const reader = jobs(function* (child) {
        yield* print(child, `read ${decode(yield* child.read(0, 100))}`);
        return 0;
      });
      yield* print(sys, `${(yield* sys.wait(reader, { untraced: true })).stopped} `);
      const setter = jobs(function* (child) {
        child.tcsetattr(0, { ...child.tcgetattr(0), echo: false });
        yield* child.step();
        yield* print(child, `echo ${child.tcgetattr(0).echo}\n`);
        return 0;
      });
      yield* print(sys, `${(yield* sys.wait(setter, { untraced: true })).stopped} ${sys.tcgetattr(0).echo}\n`);
      for (const pid of [reader, setter]) {
        sys.tcsetpgrp(0, pid);
        sys.kill(-pid, 'SIGCONT');
        while ((yield* sys.wait(pid, { untraced: true })).code === undefined);
      }
      return 0;
    });
    settle();
    expect(type('\x1a')).toBe('^ZSIGTSTP SIGTTIN SIGTTOU true\r\n');
    expect(type('line\n')).toBe('line\r\nread line\r\necho false\r\n');
  });

  it('tells of a new size', () => {
    const { settle, tty } = terminal(function* (sys) {
      sys.sigaction('SIGWINCH', { handler: () => undefined });
      yield* sys.pause();
      yield* print(sys, JSON.stringify(sys.windowSize(1)));
      return 0;
    });
    settle();
    tty.resize({ columns: 100, rows: 30 });
    expect(settle()).toBe('{"columns":100,"rows":30}');
  });

  it('hangs up: the session leader hears it, reads end, writes fail', () => {
    const { settle, tty, kernel, init } = terminal(function* (sys) {
      const log: string[] = [];
      sys.sigaction('SIGHUP', { handler: (signal) => void log.push(signal) });
      yield* sys.pause();
      log.push(String((yield* sys.read(0, 10)).length));
      try {
        yield* sys.write(1, encode('x'));
      } catch (error) {
        log.push((error as KernelError).errno);
      }
      sys.writeFile('/tmp/log', log.join(' '));
      return 0;
    });
    settle();
    tty.hangup();
    settle();
    expect(decode(init.readFile('/tmp/log'))).toBe('SIGHUP 0 EIO');
    expect(init.can('/dev/pts/0', '')).toBe(false);
    expect(kernel.processes).toHaveLength(1);
  });

  it('hangs up the foreground when the session leader ends, and wakes stopped orphans to do so', () => {
    const { settle, kernel } = terminal(function* (sys) {
      sys.sigaction('SIGTTOU', 'ignore');
      const stopped = spawn(sys, ['sleep', '1000'], (child) => child.setpgid(0, 0));
      sys.kill(stopped, 'SIGSTOP');
      const fore = spawn(sys, ['sleep', '1000'], (child) => child.setpgid(0, 0));
      const back = spawn(sys, ['sleep', '7'], (child) => child.setpgid(0, 0));
      sys.tcsetpgrp(0, fore);
      yield* sys.wait(stopped, { untraced: true });
      return back;
    });
    settle();
    expect(kernel.processes.map(({ argv }) => argv.join(' '))).toEqual(['/sbin/init', 'sleep 7']);
  });

  it('drops unread output at Ctrl-C, and echoes it after that', () => {
    const { run } = boot(programs);
    expect(run(function* (sys) {
      const { master, slave } = sys.openpty({ columns: 80, rows: 24 });
      const pid = spawn(sys, ['sleep', '1000'], (child) => {
        child.setsid();
        child.setControllingTerminal(slave);
      });
      yield* sys.write(slave, encode('unread'));
      yield* sys.write(master, encode('typed\x03'));
      yield* print(sys, `${decode(yield* sys.read(master, 100))} ${(yield* sys.wait(pid)).signal}`);
      return 0;
    })).toBe('^C SIGINT');
  });

  it('makes terminals for programs, whose master ends when the last slave is closed', () => {
    const { run, init } = boot(programs);
    expect(run(function* (sys) {
      const { master, slave, path } = sys.openpty({ columns: 132, rows: 43 });
      const pid = forked(sys, function* (child) {
        child.close(master);
        child.setsid();
        child.setControllingTerminal(slave);
        const tty = child.open('/dev/tty', O_RDWR);
        const line = yield* child.read(tty, 100);
        yield* child.write(tty, encode(`got ${decode(line)}`));
        return 0;
      });
      sys.close(slave);
      yield* sys.write(master, encode('hi\r'));
      let text = '';
      try {
        for (;;) text += decode(yield* sys.read(master, 100));
      } catch (error) {
        text += (error as KernelError).errno;
      }
      yield* sys.wait(pid);
      const stat = sys.stat(path);
      yield* print(sys, JSON.stringify([path, text, stat.mode.toString(8), stat.gid, sys.isatty(master), sys.isatty(1)]));
      return 0;
    })).toBe(JSON.stringify(['/dev/pts/0', 'hi\r\ngot hi\r\nEIO', '20620', 5, true, false]));
    expect(init.readdir('/dev/pts').map(({ name }) => name)).toEqual(['ptmx']);
  });
});
