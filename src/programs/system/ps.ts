// ps: the processes, as procps and as BusyBox list them.

import type { ProcessInfo } from '../../kernel/syscalls.ts';
import type { Io } from '../lib/messages.ts';
import { parseOptions, type Options } from '../lib/options.ts';
import { strftime } from '../lib/time-format.ts';
import type { Tool } from '../lib/tool.ts';
import { Users } from '../lib/users.ts';

interface Column {
  readonly title: string;
  readonly width: number;
  readonly right?: boolean;
  readonly text: (process: ProcessInfo, view: View) => string;
}

interface View {
  readonly io: Io;
  readonly users: Users;
  /** The foreground group of our terminal, and its name. */
  readonly foreground: number | undefined;
  readonly tty: string;
}

const two = (value: number): string => String(value).padStart(2, '0');
const user = (view: View, uid: number): string => {
  const name = view.users.userName(uid) ?? String(uid);
  return name.length > 8 ? `${name.slice(0, 7)}+` : name;
};
const group = (view: View, gid: number): string => view.users.groupName(gid) ?? String(gid);
export const command = ({ argv, comm, state }: ProcessInfo): string => (argv.length && state !== 'Z' ? argv.join(' ') : `[${comm}]${state === 'Z' ? ' <defunct>' : ''}`);

function clock(ms: number, short: boolean): string {
  const seconds = Math.floor(ms / 1000);
  return short ? `${Math.floor(seconds / 60)}:${two(seconds % 60)}` : `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

function elapsed(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const days = Math.floor(seconds / 86400);
  const hours = Math.floor(seconds / 3600) % 24;
  return `${days ? `${days}-` : ''}${days || hours ? `${two(hours)}:` : ''}${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

function state({ state: letter, pid, sid, pgid, tty }: ProcessInfo, view: View): string {
  return letter + (pid === sid ? 's' : '') + (tty !== '?' && tty === view.tty && pgid === view.foreground ? '+' : '');
}

/** Sizes are not simulated: every process has those of a small program. */
const VSZ = '4332';
const RSS = '3264';
const right = (title: string, width: number, text: Column['text']): Column => ({ title, width, right: true, text });
const left = (title: string, width: number, text: Column['text']): Column => ({ title, width, text });
const start = ({ startTime }: ProcessInfo, { io }: View): string => strftime(io.sys.now() - startTime < 86_400_000 ? '%H:%M' : '%b%d', startTime);

const COLUMNS: Readonly<Record<string, Column>> = {
  pid: right('PID', 5, ({ pid }) => String(pid)), ppid: right('PPID', 5, ({ ppid }) => String(ppid)), pgid: right('PGID', 5, ({ pgid }) => String(pgid)), sid: right('SID', 5, ({ sid }) => String(sid)),
  user: left('USER', 8, ({ uid }, view) => user(view, uid)), uid: right('UID', 5, ({ uid }) => String(uid)), gid: right('GID', 5, ({ gid }) => String(gid)), group: left('GROUP', 8, ({ gid }, view) => group(view, gid)),
  comm: left('COMMAND', 15, ({ comm, state: letter }) => comm + (letter === 'Z' ? ' <defunct>' : '')), args: left('COMMAND', 27, command),
  tty: left('TT', 8, ({ tty }) => tty), stat: left('STAT', 4, state), s: left('S', 1, ({ state: letter }) => letter), time: right('TIME', 8, ({ cpuTime }) => clock(cpuTime, false)), bsdtime: right('TIME', 6, ({ cpuTime }) => clock(cpuTime, true)),
  etime: right('ELAPSED', 11, ({ startTime }, { io }) => elapsed(io.sys.now() - startTime)), etimes: right('ELAPSED', 7, ({ startTime }, { io }) => String(Math.floor((io.sys.now() - startTime) / 1000))),
  lstart: left('STARTED', 24, ({ startTime }) => strftime('%a %b %e %H:%M:%S %Y', startTime)), start: left('STARTED', 8, ({ startTime }) => strftime('%H:%M:%S', startTime)), stime: left('STIME', 5, start), bsdstart: left('START', 6, start),
  pcpu: right('%CPU', 4, ({ cpuTime, startTime }, { io }) => Math.min(99.9, cpuTime / Math.max(1, io.sys.now() - startTime) * 100).toFixed(1)), pmem: right('%MEM', 4, () => '0.0'),
  vsz: right('VSZ', 6, () => VSZ), rss: right('RSS', 5, () => RSS), ni: right('NI', 3, ({ nice }) => String(nice)), pri: right('PRI', 3, ({ nice }) => String(19 - nice)), c: right('C', 2, () => '0'), f: left('F', 1, () => '4'), nlwp: right('NLWP', 4, () => '1'),
};
const ALIASES: Readonly<Record<string, string>> = {
  cmd: 'args', command: 'args', ucmd: 'comm', ucomm: 'comm', euser: 'user', uname: 'user', ruser: 'user', euid: 'uid', egid: 'gid', egroup: 'group', rgroup: 'group', tt: 'tty', tname: 'tty', state: 's', stat: 'stat', cputime: 'time',
  '%cpu': 'pcpu', '%mem': 'pmem', nice: 'ni', pgrp: 'pgid', sess: 'sid', session: 'sid', start_time: 'stime', vsize: 'vsz', rssize: 'rss', rsz: 'rss', thcount: 'nlwp', flag: 'f',
};
const USAGE = `
Usage:
 ps [options]

 Try 'ps --help <simple|list|output|threads|misc|all>'
  or 'ps --help <s|l|o|t|m|a>'
 for additional help text.

For more details see ps(1).
`;

function view(io: Io): View {
  const tty = io.sys.processes().find(({ pid }) => pid === io.sys.pid)?.tty ?? '?';
  const fd = [0, 1, 2].find((n) => io.sys.isatty(n));
  return { io, users: new Users(io.sys), tty, foreground: fd === undefined ? undefined : io.sys.tcgetpgrp(fd) };
}

interface Shown extends Column {
  readonly forest?: boolean;
}

function formats(io: Io, texts: readonly string[]): Shown[] {
  return texts.flatMap((text) => {
    const list: Shown[] = [];
    for (let rest = text; rest;) {
      const found = /^[,\s]*([^,=\s]+)(=(.*))?/s.exec(rest)!;
      const name = found[1]!.toLowerCase();
      const column = COLUMNS[ALIASES[name] ?? name];
      if (!column) {
        io.err(`error: unknown user-defined format specifier "${found[1]}"\n`);
        return io.usage();
      }
      const title = found[2] === undefined ? (name === 'cmd' ? 'CMD' : name === 'tty' ? 'TT' : column.title) : found[3]!;
      list.push({ ...column, title, width: Math.max(column.width, title.length) });
      rest = found[2] === undefined ? rest.slice(found[0].length) : '';
    }
    return list;
  });
}

const named = (...names: string[]): Shown[] => names.map((name) => {
  const [key, title] = name.split('=') as [string, string?];
  return { ...COLUMNS[key]!, ...(title === undefined ? {} : { title }) };
});

export const ps: Tool = {
  gnu: null, busybox: 'o: T', synopsis: USAGE,
  *run(io, parsed) {
    if (!io.gnu) return busyboxPs(io, parsed);
    // BSD options stand without a dash.
    let bsd = '';
    const words = [...parsed.operands];
    const dashed: string[] = [];
    const pids: string[] = [];
    while (words.length) {
      const word = words.shift()!;
      if (word.startsWith('-')) {
        dashed.push(word);
        if (/^-[A-Za-z]*[opCuUtgs]$|^--(pid|ppid|user|sort|format)$/.test(word) && words.length) dashed.push(words.shift()!);
      } else if (/^\d/.test(word)) pids.push(...word.split(','));
      else {
        bsd += word;
        if (word.endsWith('o')) dashed.push('-o', words.shift() ?? '');
        else if (word.endsWith('p')) pids.push(...(words.shift() ?? '').split(','));
      }
    }
    const options = parseOptions(io, dashed, 'A e a d f F l j L H o:,format: O: p:,pid: ppid: C: u:,user: U:,User: t:,tty: g:,group: s:,sid: N,deselect x w M y Z forest sort: no-headers,no-heading headers cols: width: rows: k:');
    for (const key of ['Z', 'L', 'M']) if (options.has(key)) io.notSimulated(`-${key}`);
    const scene = view(io);
    const all = io.sys.processes();
    const self = all.find(({ pid }) => pid === io.sys.pid);
    const list = (key: string): string[] | undefined => (options.has(key) ? options.values(key).flatMap((text) => text.split(/[,\s]+/)) : undefined);
    const wanted = [...(list('p') ?? []), ...pids];
    const bsdAll = bsd.includes('a') && /[x]/.test(bsd + dashed.join(''));
    const selectors: ((process: ProcessInfo) => boolean)[] = [];
    if (wanted.length) selectors.push(({ pid }) => wanted.includes(String(pid)));
    if (list('ppid')) selectors.push(({ ppid }) => list('ppid')!.includes(String(ppid)));
    if (list('C')) selectors.push(({ comm }) => list('C')!.includes(comm));
    const owners = list('u') ?? list('U');
    if (owners) selectors.push(({ uid }) => owners.some((name) => scene.users.uid(name) === uid));
    if (list('t')) selectors.push(({ tty }) => list('t')!.some((name) => name === tty || name === `/dev/${tty}`));
    if (list('s') ?? list('g')) selectors.push(({ sid }) => (list('s') ?? list('g'))!.includes(String(sid)));
    let chosen: ProcessInfo[];
    if (options.has('A', 'e') || bsdAll) chosen = [...all];
    else if (selectors.length) chosen = all.filter((process) => selectors.some((select) => select(process)));
    else if (bsd.includes('a')) chosen = all.filter(({ tty }) => tty !== '?');
    else if (bsd.includes('x') || options.has('x')) chosen = all.filter(({ uid }) => uid === self?.uid);
    else if (options.has('a') || options.has('d')) chosen = all.filter(({ tty, pid, sid }) => (options.has('d') || tty !== '?') && pid !== sid);
    else chosen = all.filter(({ uid, tty }) => uid === self?.uid && tty === self?.tty);
    if (options.has('N')) chosen = all.filter((process) => !chosen.includes(process));
    const forest = options.has('H', 'forest') || /f/.test(bsd);
    let columns: Shown[];
    if (options.has('o')) columns = formats(io, options.values('o'));
    else if (/u/.test(bsd)) columns = named('user', 'pid', 'pcpu', 'pmem', 'vsz', 'rss', 'tty=TTY', 'stat', 'bsdstart', 'bsdtime', 'args');
    else if (options.has('f', 'F')) columns = named('user=UID', 'pid', 'ppid', 'c', 'stime', 'tty=TTY', 'time', 'args=CMD');
    else if (options.has('l')) columns = named('f', 's', 'uid', 'pid', 'ppid', 'c', 'pri', 'ni', 'tty=TTY', 'time', 'comm=CMD');
    else if (options.has('j')) columns = named('pid', 'pgid', 'sid', 'tty=TTY', 'time', 'comm=CMD');
    else if (bsd || options.has('x')) columns = named('pid', 'tty=TTY', 'stat', 'bsdtime', 'args');
    else columns = named('pid', 'tty=TTY', 'time', 'comm=CMD');
    if (/u/.test(bsd)) columns = columns.map((column) => (column.title === 'START' ? { ...column, width: 5 } : column));
    const sort = options.value('sort') ?? options.value('k');
    if (sort) chosen.sort((a, b) => sortBy(sort.split(','), a, b, scene));
    const depth = new Map<ProcessInfo, string>();
    if (forest) chosen = tree(chosen, depth, options.has('H') && !options.has('forest'));
    print(io, columns, chosen, scene, options.has('no-headers') || bsd.includes('h') || columns.every(({ title }) => title === ''), depth);
    return chosen.length ? 0 : 1;
  },
};

function sortBy(keys: readonly string[], a: ProcessInfo, b: ProcessInfo, scene: View): number {
  for (const key of keys) {
    const name = key.replace(/^[-+]/, '');
    const column = COLUMNS[ALIASES[name] ?? name] ?? COLUMNS['pid']!;
    const [x, y] = [column.text(a, scene), column.text(b, scene)];
    const order = column.right && !x.includes(':') ? Number(x) - Number(y) : x < y ? -1 : x > y ? 1 : 0;
    if (order) return key.startsWith('-') ? -order : order;
  }
  return 0;
}

function tree(processes: readonly ProcessInfo[], depth: Map<ProcessInfo, string>, plain: boolean): ProcessInfo[] {
  const order: ProcessInfo[] = [];
  const pids = new Set(processes.map(({ pid }) => pid));
  const walk = (parent: number | undefined, prefix: string): void => {
    const children = processes.filter(({ pid, ppid }) => (pids.has(ppid) && ppid !== pid ? ppid : undefined) === parent);
    children.forEach((child, i) => {
      const last = i === children.length - 1;
      order.push(child);
      depth.set(child, parent === undefined ? '' : plain ? prefix : `${prefix} \\_ `);
      walk(child.pid, parent === undefined ? '' : plain ? `${prefix}  ` : `${prefix} ${last ? ' ' : '|'}  `);
    });
  };
  walk(undefined, '');
  return order;
}

function print(io: Io, columns: readonly Shown[], processes: readonly ProcessInfo[], scene: View, bare: boolean, depth: ReadonlyMap<ProcessInfo, string>): void {
  const rows = processes.map((process) => columns.map(({ text, title }) => (/^(CMD|COMMAND)$/.test(title) ? depth.get(process) ?? '' : '') + text(process, scene)));
  const most = io.terminal ? io.sys.windowSize(1).columns : Infinity;
  for (const row of bare ? rows : [columns.map(({ title }) => title), ...rows]) {
    let line = '';
    row.forEach((text, i) => {
      const { width, right: atRight } = columns[i]!;
      const last = i === columns.length - 1;
      line += (i ? ' ' : '') + (atRight ? text.padStart(width) : last ? text : text.slice(0, Math.max(width, 8)).padEnd(width));
    });
    io.out(`${line.slice(0, most)}\n`);
  }
}

const BUSYBOX: Readonly<Record<string, readonly [string, number]>> = {
  user: ['USER', 8], group: ['GROUP', 8], comm: ['COMMAND', 16], args: ['COMMAND', 256], pid: ['PID', 5], ppid: ['PPID', 5], pgid: ['PGID', 5], nice: ['NI', 5], rgroup: ['RGROUP', 8], ruser: ['RUSER', 8],
  tty: ['TT', 6], vsz: ['VSZ', 4], sid: ['SID', 5], stat: ['STAT', 4], rss: ['RSS', 4],
};

function busyboxPs(io: Io, options: Options): void {
  const scene = view(io);
  const chosen = (options.has('o') ? options.values('o').join(',') : 'pid,user,args').split(',').map((word) => {
    const [name, title] = word.split('=') as [string, string?];
    const known = BUSYBOX[name] ?? io.die(`bad -o argument '${name}', supported arguments: ${Object.keys(BUSYBOX).join(',')}`);
    return { name, title: title ?? known[0], width: known[1] };
  });
  const line = (cells: readonly string[], header: boolean): void => {
    const parts = cells.map((text, i) => {
      const { name, width } = chosen[i]!;
      const numeric = /^(pid|ppid|pgid|nice|sid|vsz|rss)$/.test(name) && !header;
      return i === cells.length - 1 && !numeric ? text : numeric ? text.padStart(width) : text.slice(0, Math.max(width, header ? 99 : 0)).padEnd(width);
    });
    io.out(`${parts.join(' ').slice(0, io.terminal ? io.sys.windowSize(1).columns : Infinity)}\n`);
  };
  line(chosen.map(({ title }) => title), true);
  for (const process of io.sys.processes()) {
    line(chosen.map(({ name }) => {
      if (name === 'args') return command(process);
      if (name === 'tty') return process.tty === '?' ? '?' : process.tty.replace('pts/', '136,');
      if (name === 'vsz' || name === 'rss') return name === 'vsz' ? VSZ : RSS;
      return COLUMNS[ALIASES[name] ?? name]!.text(process, scene);
    }), false);
  }
}
