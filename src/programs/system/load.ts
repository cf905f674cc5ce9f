// free, uptime, w and top: how busy the machine is.

import type { Task } from '../../base/task.ts';
import { toText } from '../lib/text.ts';
import { humanSize } from '../lib/size-format.ts';
import type { Io } from '../lib/messages.ts';
import { strftime } from '../lib/time-format.ts';
import type { Tool } from '../lib/tool.ts';
import { Users } from '../lib/users.ts';
import { command } from './ps.ts';

/** Memory in KiB, from /proc/meminfo. */
function memory(io: Io): { total: number; used: number; free: number; cached: number; available: number } {
  const text = toText(io.sys.readFile('/proc/meminfo'));
  const value = (name: string): number => Number(new RegExp(`^${name}:\\s*(\\d+)`, 'm').exec(text)?.[1] ?? 0);
  const [total, free, available, cached] = [value('MemTotal'), value('MemFree'), value('MemAvailable'), value('Cached') + value('Buffers')];
  return { total, free, available, cached, used: total - available };
}

export const free: Tool = {
  gnu: 'b,bytes k,kibi m,mebi g,gibi h,human si t,total w,wide s:,seconds: c:,count: kilo mega giga L,line v,committed', busybox: 'b k m g h t',
  *run(io, options) {
    if (options.has('s', 'c', 'L', 'v', 'w')) io.notSimulated(`-${options.last('s', 'c', 'L', 'v', 'w')}`);
    const { total, used, free: unused, cached, available } = memory(io);
    const divisor = { b: 1 / 1024, k: 1, m: 1024, g: 1048576 }[options.last('b', 'k', 'm', 'g') ?? 'k']!;
    const human = (kib: number): string => (kib === 0 ? (io.gnu ? '0B' : '0') : io.gnu ? humanSize(kib * 1024).replace(/([KMGT])$/, '$1i') : `${(kib / 1024 ** (kib >= 1048576 ? 2 : 1)).toFixed(1)}${kib >= 1048576 ? 'G' : 'M'}`);
    const show = (kib: number): string => (options.has('h') ? human(kib) : String(Math.floor(kib / divisor)));
    const row = (title: string, values: readonly number[]): string => `${title}${values.map((value, i) => show(value).padStart(i ? 12 : 20 - title.length - (io.gnu ? 0 : 1))).join('')}\n`;
    io.out(io.gnu ? '               total        used        free      shared  buff/cache   available\n' : '              total        used        free      shared  buff/cache   available\n');
    io.out(row('Mem:', [total, used, unused, 0, cached, available]));
    io.out(row('Swap:', [0, 0, 0]));
    if (options.has('t')) io.out(row('Total:', [total, used, unused]));
  },
};

function upText(io: Io): string {
  const minutes = Math.floor(io.sys.uptime() / 60_000);
  const days = Math.floor(minutes / 1440);
  const hours = Math.floor(minutes / 60) % 24;
  const clock = hours ? `${String(hours).padStart(2)}:${String(minutes % 60).padStart(2, '0')}` : `${minutes % 60} min`;
  return ` ${strftime('%H:%M:%S', io.sys.now())} up ${days ? `${days} day${days > 1 ? 's' : ''}, ` : ''}${clock},  0 users,  load average: 0.00, 0.00, 0.00`;
}

export const uptime: Tool = {
  gnu: 'p,pretty s,since r,raw c,container', busybox: null,
  *run(io, options) {
    if (options.has('s')) return io.out(`${strftime('%F %T', io.sys.now() - io.sys.uptime())}\n`);
    if (options.has('p')) {
      const minutes = Math.floor(io.sys.uptime() / 60_000);
      const parts = ([['day', Math.floor(minutes / 1440)], ['hour', Math.floor(minutes / 60) % 24], ['minute', minutes % 60]] as const).filter(([name, n]) => n > 0 || name === 'minute' && minutes === 0);
      return io.out(`up ${parts.map(([name, n]) => `${n} ${name}${n === 1 ? '' : 's'}`).join(', ')}\n`);
    }
    io.out(`${upText(io)}\n`);
  },
};

export const w: Tool = {
  gnu: 'h,no-header s,short f,from i u o', busybox: '',
  *run(io) {
    io.out(io.gnu ? `${upText(io)}\nUSER     TTY      FROM             LOGIN@   IDLE   JCPU   PCPU  WHAT\n` : 'USER\t\tTTY\t\tIDLE\tTIME\t\t HOST\n');
  },
};

export const top: Tool = {
  gnu: null, busybox: 'b n: d: m H',
  *run(io, parsed) {
    let count = Infinity;
    let batch = parsed.has('b');
    let delay = Number(parsed.value('d') ?? (io.gnu ? 3 : 5));
    if (parsed.has('n')) count = Number(parsed.value('n'));
    const words = io.gnu ? [...parsed.operands] : [];
    while (words.length) {
      const word = words.shift()!;
      for (let at = word.startsWith('-') ? 1 : 0; at < word.length; at++) {
        const letter = word[at]!;
        if (letter === 'b') batch = true;
        else if ('ndpuo'.includes(letter)) {
          const value = word.slice(at + 1) || (words.shift() ?? '');
          if (letter === 'n') count = Number(value);
          else if (letter === 'd') delay = Number(value);
          else io.notSimulated(`-${letter}`);
          break;
        } else if (!'cHiSs1E'.includes(letter)) io.die(`unknown option '${letter}'\nUsage:\n  top -hv | -bcEeHiOSs1 -d secs -n max -u|U user -p pid(s) -o field -w [cols]`);
      }
    }
    const live = !batch && io.terminal && io.sys.isatty(0);
    if (!live && !batch && io.gnu) io.die('failed tty get');
    if (!live) {
      for (let n = 0; n < count; n++) {
        if (n) yield* io.sys.sleep(delay * 1000);
        if (n) io.out('\n');
        frame(io, Infinity);
        yield* io.flush();
      }
      return;
    }
    const saved = io.sys.tcgetattr(0);
    io.sys.tcsetattr(0, { ...saved, canonical: false, echo: false, signals: false });
    try {
      for (let n = 0; n < count; n++) {
        io.out('\u001b[H\u001b[J');
        frame(io, io.sys.windowSize(1).rows - 1);
        yield* io.flush();
        if (yield* quit(io, delay)) break;
      }
    } finally {
      io.sys.tcsetattr(0, saved);
    }
    io.out('\n');
  },
};

function* quit(io: Io, delay: number): Task<boolean> {
  const deadline = io.sys.now() + delay * 1000;
  while ((yield* io.sys.poll([{ fd: 0, read: true }], deadline)).length) {
    const key = toText(yield* io.sys.read(0, 16));
    if (key === '' || key.includes('q') || key.includes('\u0003')) return true;
  }
  return false;
}

function frame(io: Io, rows: number): void {
  const { sys } = io;
  const users = new Users(sys);
  const processes = sys.processes();
  const { total, used, free: unused, cached, available } = memory(io);
  const count = (state: string): number => processes.filter((process) => process.state === state).length;
  const mib = (kib: number): string => (kib / 1024).toFixed(1).padStart(8);
  const lines: string[] = [];
  const percent = ({ cpuTime, startTime }: (typeof processes)[number]): number => Math.min(100, cpuTime / Math.max(1, sys.now() - startTime) * 100);
  const sorted = [...processes].sort((a, b) => percent(b) - percent(a) || a.pid - b.pid);
  const time = (ms: number): string => `${Math.floor(ms / 60_000)}:${(ms / 1000 % 60).toFixed(2).padStart(5, '0')}`;
  if (io.gnu) {
    lines.push(`top -${upText(io)}`, `Tasks: ${String(processes.length).padStart(3)} total,${String(Math.max(1, count('R'))).padStart(4)} running,${String(count('S')).padStart(4)} sleep,   0 d-sleep,${String(count('T')).padStart(4)} stopped,${String(count('Z')).padStart(4)} zombie`);
    lines.push('%Cpu(s):  0.0 us,  0.0 sy,  0.0 ni,100.0 id,  0.0 wa,  0.0 hi,  0.0 si,  0.0 st ', `MiB Mem :${mib(total)} total,${mib(unused)} free,${mib(used)} used,${mib(cached)} buff/cache     `, `MiB Swap:${mib(0)} total,${mib(0)} free,${mib(0)} used.${mib(available)} avail Mem `, '');
    lines.push('  PID USER      PR  NI    VIRT    RES    SHR S  %CPU  %MEM     TIME+ COMMAND');
    for (const process of sorted) lines.push(`${String(process.pid).padStart(5)} ${(users.userName(process.uid) ?? String(process.uid)).slice(0, 8).padEnd(8)}  20   0    4332   3264   2880 ${process.state} ${percent(process).toFixed(1).padStart(5)}   0.0 ${time(process.cpuTime).padStart(9)} ${process.comm}`);
  } else {
    lines.push(`Mem: ${used}K used, ${unused}K free, 0K shrd, 0K buff, ${cached}K cached`, 'CPU:   0% usr   0% sys   0% nic 100% idle   0% io   0% irq   0% sirq', `Load average: 0.00 0.00 0.00 1/${processes.length} ${processes.at(-1)?.pid ?? 0}`, '  PID  PPID USER     STAT   RSS %RSS %CPU COMMAND');
    for (const process of sorted) lines.push(`${String(process.pid).padStart(5)} ${String(process.ppid).padStart(5)} ${(users.userName(process.uid) ?? String(process.uid)).slice(0, 8).padEnd(8)} ${process.state.padEnd(4)}   3264   0%${String(Math.round(percent(process))).padStart(4)}% ${command(process)}`);
  }
  io.out(`${lines.slice(0, rows).join('\n')}\n`);
}
