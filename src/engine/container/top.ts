// The processes of a container as the host's `ps` lists them.

import type { ContainerTopResponse } from '../../api/container.ts';
import { ApiError } from '../../api/errors.ts';
import { decode } from '../../base/bytes.ts';
import type { ProcessInfo } from '../../kernel/syscalls.ts';
import { rfc3339 } from '../clock-text.ts';
import type { EngineContext } from '../engine-context.ts';
import type { Container } from './container.ts';
import { containerEvent } from './container-event.ts';
import { processesOf } from './freeze.ts';

type Column = (process: ProcessInfo, now: number, user: (uid: number) => string) => string;

const clock = (ms: number) => {
  const seconds = Math.floor(ms / 1000);
  return [seconds / 3600, (seconds / 60) % 60, seconds % 60].map((part) => String(Math.floor(part)).padStart(2, '0')).join(':');
};
const cpu = (process: ProcessInfo, now: number) => (now > process.startTime ? Math.min(99, (process.cpuTime / (now - process.startTime)) * 100) : 0);
const command = (process: ProcessInfo) => process.argv.join(' ') || `[${process.comm}]`;

const COLUMNS: Readonly<Record<string, readonly [title: string, value: Column]>> = {
  uid: ['UID', (process, _, user) => user(process.uid)],
  user: ['USER', (process, _, user) => user(process.uid)],
  pid: ['PID', (process) => String(process.pid)],
  ppid: ['PPID', (process) => String(process.ppid)],
  c: ['C', (process, now) => String(Math.floor(cpu(process, now)))],
  '%cpu': ['%CPU', (process, now) => cpu(process, now).toFixed(1)],
  stime: ['STIME', (process) => rfc3339(process.startTime).slice(11, 16)],
  start: ['START', (process) => rfc3339(process.startTime).slice(11, 16)],
  tty: ['TTY', (process) => process.tty],
  stat: ['STAT', (process) => process.state + (process.sid === process.pid ? 's' : '')],
  s: ['S', (process) => process.state],
  pgid: ['PGID', (process) => String(process.pgid)],
  sid: ['SID', (process) => String(process.sid)],
  tt: ['TT', (process) => process.tty],
  etime: ['ELAPSED', (process, now) => clock(now - process.startTime).replace(/^00:/, '')],
  ni: ['NI', () => '0'],
  '%mem': ['%MEM', () => '0.0'],
  // As `ps` has them.
  vsz: ['VSZ', () => '4332'],
  rss: ['RSS', () => '3264'],
  time: ['TIME', (process) => clock(process.cpuTime)],
  // BSD's minutes.
  btime: ['TIME', (process) => `${Math.floor(process.cpuTime / 60_000)}:${clock(process.cpuTime).slice(-2)}`],
  comm: ['COMMAND', (process) => process.comm],
  cmd: ['CMD', command],
  command: ['COMMAND', command],
  args: ['COMMAND', command],
};

/** @param args of ps: none or `-ef`, or `-o` with columns. @throws conflict (not running) */
export function topContainer(context: EngineContext, container: Container, args: readonly string[]): ContainerTopResponse {
  if (!container.running) throw new ApiError('conflict', `container ${container.id} is not running`);
  if (container.restarting) throw new ApiError('conflict', `Container ${container.id} is restarting, wait until the container is running`);
  const names = columnsFor(args.join(' ').trim());
  const columns = names.map((name) => {
    const column = COLUMNS[name];
    if (!column && !PS_COLUMNS.has(name)) throw new ApiError('system', `ps: error: unknown user-defined format specifier "${name}"`);
    if (!column) throw new ApiError('notSimulated', `docker top with the ps column ${name} is not simulated: ${Object.keys(COLUMNS).join(', ')} are`);
    return column;
  });
  if (!names.includes('pid')) throw new ApiError('system', "Couldn't find PID field in ps output");
  const users = new Map(decode(context.sys.readFile('/etc/passwd')).split('\n').map((line) => line.split(':')).map((row) => [Number(row[2]), row[0] ?? '']));
  const user = (uid: number) => users.get(uid) ?? String(uid);
  const now = context.sys.now();
  containerEvent(context, container, 'top');
  return {
    Titles: columns.map(([title]) => title),
    Processes: processesOf(context, container).map((process) => columns.map(([, value]) => value(process, now, user))),
  };
}

/** What `ps` knows and this does not. */
const PS_COLUMNS = new Set('sz wchan lstart bsdstart bsdtime blocked caught cgroup class cls egid egroup etimes euid fgid flag f fuid fuser gid group ignored ipcns label lwp maj_flt min_flt nlwp ns nwchan pending pri psr rgid rgroup rtprio ruid sess sig size spid stackp suid suser thcount tid tpgid vsize wchan'.split(' '));

/** The usual ways to ask `ps`, and the columns they show. */
const STYLES: Readonly<Record<string, string>> = {
  '': 'uid,pid,ppid,c,stime,tty,time,cmd', ef: 'uid,pid,ppid,c,stime,tty,time,cmd', f: 'uid,pid,ppid,c,stime,tty,time,cmd', e: 'pid,tty,time,comm', A: 'pid,tty,time,comm',
  aux: 'user,pid,%cpu,%mem,vsz,rss,tty,stat,start,btime,args', u: 'user,pid,%cpu,%mem,vsz,rss,tty,stat,start,btime,args', ax: 'pid,tty,stat,btime,args', x: 'pid,tty,stat,btime,args',
};
const ALIASES: Readonly<Record<string, string>> = { tty: 'tt', tname: 'tty', pcpu: '%cpu', pmem: '%mem', ucmd: 'comm', ruser: 'user', state: 's', nice: 'ni', cputime: 'time', start_time: 'stime', euser: 'user' };

function columnsFor(args: string): string[] {
  const style = STYLES[args.replace(/^-/, '')];
  if (style !== undefined) return style.split(',');
  const listed = /^-?[eA]*o ?(\S+)$/.exec(args.replace(/^-[eA] (?=-)/, ''));
  if (!listed) throw new ApiError('notSimulated', `docker top ${args} is not simulated: no option, -ef, -e, ax and -o COLUMNS are`);
  return listed[1]!.split(',').map((given) => {
    const name = given.replace(/[:=].*$/, '').toLowerCase();
    return ALIASES[name] ?? name;
  });
}
