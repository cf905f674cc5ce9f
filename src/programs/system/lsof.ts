// lsof and fuser: who has a file open.

import { KernelError } from '../../kernel/errno.ts';
import { isCharDevice, isDirectory, isFifo, isSocket, major, minor } from '../../kernel/stat.ts';
import type { Io } from '../lib/messages.ts';
import type { Tool } from '../lib/tool.ts';
import { Users } from '../lib/users.ts';

interface Use {
  readonly pid: number;
  readonly fd: string;
  readonly path: string;
}

/** What the processes that we may look into have open, from /proc. */
function uses(io: Io): Use[] {
  const { sys } = io;
  const list: Use[] = [];
  const add = (pid: number, fd: string, link: string): void => {
    try {
      list.push({ pid, fd, path: sys.readlink(link) });
    } catch (error) {
      if (!(error instanceof KernelError)) throw error;
    }
  };
  for (const { pid } of sys.processes()) {
    add(pid, 'cwd', `/proc/${pid}/cwd`);
    add(pid, 'rtd', `/proc/${pid}/root`);
    add(pid, 'txt', `/proc/${pid}/exe`);
    try {
      for (const { name } of sys.readdir(`/proc/${pid}/fd`)) add(pid, name, `/proc/${pid}/fd/${name}`);
    } catch (error) {
      if (!(error instanceof KernelError)) throw error;
    }
  }
  return list;
}

const real = (io: Io, path: string): string => {
  try {
    return io.sys.realpath(path);
  } catch {
    return path;
  }
};

export const lsof: Tool = {
  gnu: 'p: u: c: t n P i:: a D: +D: l w',
  *run(io, options) {
    const { sys } = io;
    if (options.has('i', 'D')) io.notSimulated(`-${options.last('i', 'D')}`);
    const users = new Users(sys);
    const names = options.operands.map((name) => real(io, name));
    for (const name of options.operands) if (!sys.can(name, '')) io.fail(`status error on ${name}: No such file or directory`);
    const processes = new Map(sys.processes().map((process) => [process.pid, process]));
    const mounts = new Set(sys.mounts().map(({ target }) => target));
    const inside = (path: string): boolean => names.some((name) => path === name || mounts.has(name) && name !== '/' && path.startsWith(`${name}/`));
    const pids = options.value('p')?.split(',');
    const found = uses(io).filter(({ pid, path }) => {
      const process = processes.get(pid)!;
      return (!names.length || inside(path)) && (!pids || pids.includes(String(pid))) && (!options.has('u') || users.userName(process.uid) === options.value('u')) && (!options.has('c') || process.comm.startsWith(options.value('c')!));
    });
    if (!found.length) return 1;
    if (options.has('t')) {
      io.out(`${[...new Set(found.map(({ pid }) => pid))].join('\n')}\n`);
      return io.status;
    }
    const rows = found.map(({ pid, fd, path }) => {
      const process = processes.get(pid)!;
      let cells = ['unknown', '', '', ''];
      try {
        const stat = sys.stat(/^\d/.test(fd) ? `/proc/${pid}/fd/${fd}` : `/proc/${pid}/${{ cwd: 'cwd', rtd: 'root', txt: 'exe' }[fd]}`);
        const { mode } = stat;
        const type = isDirectory(mode) ? 'DIR' : isCharDevice(mode) ? 'CHR' : isFifo(mode) ? 'FIFO' : isSocket(mode) ? 'sock' : 'REG';
        const device = isCharDevice(mode) ? stat.rdev : stat.dev;
        cells = [type, `${major(device)},${minor(device)}`, type === 'CHR' || type === 'FIFO' ? '0t0' : String(stat.size), String(stat.ino)];
      } catch (error) {
        if (!(error instanceof KernelError)) throw error;
      }
      return [process.comm.slice(0, 9), String(pid), users.userName(process.uid) ?? String(process.uid), fd + (/^\d/.test(fd) ? 'u' : ''), ...cells, path];
    });
    const table = [['COMMAND', 'PID', 'USER', 'FD', 'TYPE', 'DEVICE', 'SIZE/OFF', 'NODE', 'NAME'], ...rows];
    const widths = table[0]!.map((_, i) => Math.max(...table.map((row) => row[i]!.length)));
    for (const row of table) io.out(`${row.map((cell, i) => (i === 8 ? cell : i === 1 || i === 3 || i > 4 ? cell.padStart(widths[i]! + (i === 3 ? 1 : 0)) : cell.padEnd(widths[i]!))).join(' ')}\n`);
    return io.status;
  },
};

export const fuser: Tool = {
  gnu: 'a k i m v s u M n: c', busybox: 'm k s 4 6',
  *run(io, options) {
    const { sys } = io;
    if (options.has('n')) io.notSimulated('-n');
    let any = false;
    const all = uses(io);
    const processes = new Map(sys.processes().map((process) => [process.pid, process]));
    for (const name of options.operands) {
      if (!sys.can(name, '')) {
        io.fail(`Specified filename ${name} does not exist.`);
        continue;
      }
      const path = real(io, name);
      const found = new Map<number, string>();
      for (const { pid, fd, path: used } of all) {
        if (pid === sys.pid || used !== path && !(options.has('m') && (used.startsWith(`${path}/`) || path === '/'))) continue;
        found.set(pid, (found.get(pid) ?? '') + ({ cwd: 'c', rtd: 'r', txt: 'e' }[fd] ?? ''));
      }
      if (found.size) any = true;
      if (options.has('s')) continue;
      if (options.has('v') && found.size) {
        const users = new Users(sys);
        io.err(`${' '.repeat(21)}USER        PID ACCESS COMMAND\n`);
        let first = true;
        for (const [pid, access] of found) {
          io.err(`${(first ? `${path}:` : '').padEnd(20)} ${(users.userName(processes.get(pid)!.uid) ?? '').padEnd(8)} ${String(pid).padStart(6)} ${(access ? `..${access}..`.slice(0, 5) : 'F....').padEnd(6)} ${processes.get(pid)!.comm}\n`);
          first = false;
        }
      } else if (found.size) {
        io.err(io.gnu ? `${path}:`.padEnd(21) : '');
        yield* io.flush();
        for (const [pid, access] of found) {
          io.out(io.gnu ? String(pid).padStart(6) : `${pid} `);
          yield* io.flush();
          if (io.gnu) io.err(access);
        }
        io.err('\n');
      }
      if (options.has('k')) for (const pid of found.keys()) sys.kill(pid, 'SIGKILL');
    }
    return any ? 0 : 1;
  },
};
