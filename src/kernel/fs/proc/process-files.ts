// The files of /proc/<pid>.

import { type Credentials, O_RDWR, O_WRONLY, type Resource } from '../../syscalls.ts';
import { mountEntries, mountInfoText, mountsText } from '../../vfs/mount-text.ts';
import type { PidScope, ProcEntry, ProcTable } from './proc-entry.ts';

const text = (read: (scope: PidScope) => string, mode?: number): ProcEntry<PidScope> => mode === undefined ? { read } : { read, mode };
const zeroEnded = (words: readonly string[]): string => words.map((word) => `${word}\0`).join('');
const STATES = { R: 'R (running)', S: 'S (sleeping)', T: 'T (stopped)', Z: 'Z (zombie)' };

/** As a root of the host, of a usual sandbox, or of nobody has them. */
function capabilities({ uid, capable, sysAdmin, bounding }: Credentials): readonly [held: string, bounding: string] {
  const all = bounding ?? (!capable || sysAdmin === false ? '00000000a80425fb' : '000001ffffffffff');
  return [uid === 0 && capable ? all : '0000000000000000', all];
}

function status({ process: { info, context } }: PidScope): string {
  const { credentials, umask } = context;
  const [held, bounding] = capabilities(credentials);
  const four = (id: number): string => `${id}\t${id}\t${id}\t${id}`;
  const lines: readonly [string, string | number][] = [
    ['Name', info.comm], ['Umask', umask.toString(8).padStart(4, '0')], ['State', STATES[info.state]],
    ['Tgid', info.pid], ['Ngid', 0], ['Pid', info.pid], ['PPid', info.ppid], ['TracerPid', 0],
    ['Uid', four(info.uid)], ['Gid', four(info.gid)], ['FDSize', 64], ['Groups', credentials.groups.map((gid) => `${gid} `).join('')],
    ['NStgid', info.pid], ['NSpid', info.pid], ['NSpgid', info.pgid], ['NSsid', info.sid],
    ['Threads', 1], ['CapInh', '0000000000000000'], ['CapPrm', held], ['CapEff', held], ['CapBnd', bounding], ['CapAmb', '0000000000000000'],
    ['NoNewPrivs', credentials.noNewPrivileges ? 1 : 0], ['Seccomp', credentials.seccomp ? 2 : 0], ['Seccomp_filters', credentials.seccomp ? 1 : 0],
  ];
  return lines.map(([name, content]) => `${name}:\t${content}\n`).join('');
}

function stat({ process: { info }, source }: PidScope): string {
  const terminal = /^pts\/(\d+)$/.exec(info.tty);
  const ticks = (ms: number): number => Math.floor(ms / 10);
  const fields = [
    info.pid, `(${info.comm})`, info.state, info.ppid, info.pgid, info.sid, terminal ? 136 * 256 + Number(terminal[1]) : 0, -1,
    0, 0, 0, 0, 0, ticks(info.cpuTime), 0, 0, 0, 20 + info.nice, info.nice, 1, 0, ticks(info.startTime - source.bootTime),
  ];
  return `${[...fields, ...Array.from({ length: 52 - fields.length }, () => 0)].join(' ')}\n`;
}

const LIMITS: readonly [name: string, resource: Resource, unit: string][] = [
  ['cpu time', 'cpu', 'seconds'], ['file size', 'fsize', 'bytes'], ['data size', 'data', 'bytes'], ['stack size', 'stack', 'bytes'], ['core file size', 'core', 'bytes'],
  ['resident set', 'rss', 'bytes'], ['processes', 'nproc', 'processes'], ['open files', 'nofile', 'files'], ['locked memory', 'memlock', 'bytes'], ['address space', 'as', 'bytes'],
  ['file locks', 'locks', 'locks'], ['pending signals', 'sigpending', 'signals'], ['msgqueue size', 'msgqueue', 'bytes'], ['nice priority', 'nice', ''],
  ['realtime priority', 'rtprio', ''], ['realtime timeout', 'rttime', 'us'],
];

function limits({ process }: PidScope): string {
  const amount = (value: number): string => (value === Infinity ? 'unlimited' : String(value));
  const rows = LIMITS.map(([name, resource, unit]) => [`Max ${name}`, amount(process.limits[resource].soft), amount(process.limits[resource].hard), unit] as const);
  return [['Limit', 'Soft Limit', 'Hard Limit', 'Units'] as const, ...rows].map(([name, soft, hard, unit]) => `${name.padEnd(26)}${soft.padEnd(21)}${hard.padEnd(21)}${unit.padEnd(10)}\n`).join('');
}

const numbers = new WeakMap<object, number>();
let namespaces = 0;
/** An id for a namespace that is only an object here. */
function numberOf(namespace: object): number {
  let number = numbers.get(namespace);
  if (number === undefined) numbers.set(namespace, number = namespaces++);
  return number;
}

/** Every open descriptor as a link to what it is open on. */
const FD: ProcEntry<PidScope> = {
  mode: 0o500,
  list: ({ process }) => [...process.descriptors.keys()].sort((a, b) => a - b).map(String),
  find: ({ process, vfs, context }, name) => {
    const file = /^(0|[1-9]\d*)$/.test(name) ? process.descriptors.get(Number(name)) : undefined;
    if (!file) return undefined;
    const access = file.flags & 3;
    const { place } = file;
    return {
      mode: access === O_RDWR ? 0o700 : access === O_WRONLY ? 0o300 : 0o500,
      guarded: true,
      link: () => place ? vfs.pathOf(context, place) : file.name,
      jump: () => place,
      file,
    };
  },
};

const SHARED: ProcTable<PidScope> = {
  cgroup: text(() => '0::/\n'),
  cmdline: text(({ process }) => process.info.state === 'Z' ? '' : zeroEnded(process.info.argv)),
  comm: text(({ process }) => `${process.info.comm}\n`, 0o644),
  cwd: { guarded: true, link: ({ vfs, context, process }) => vfs.pathOf(context, process.context.cwd), jump: ({ process }) => process.context.cwd },
  environ: { ...text(({ process }) => zeroEnded(Object.entries(process.environ).map(([name, content]) => `${name}=${content}`)), 0o400), guarded: true },
  exe: { guarded: true, link: ({ process }) => process.executable },
  fd: FD,
  gid_map: text(() => '         0          0 4294967295\n', 0o644),
  limits: text(limits),
  loginuid: text(() => '4294967295', 0o644),
  mountinfo: text(({ process }) => mountInfoText(process.context)),
  mounts: text(({ process }) => mountsText(process.context)),
  mountstats: text(({ process }) => mountEntries(process.context)
    .map(({ source, target, type }) => `device ${source} mounted on ${target} with fstype ${type}\n`).join(''), 0o400),
  net: { children: {} },
  ns: { mode: 0o511, children: {
    mnt: { guarded: true, link: ({ process }) => `mnt:[${4026531840 + process.context.namespace.id}]` },
    pid: { guarded: true, link: ({ process }) => `pid:[${4026532000 + numberOf(process.context.pidNamespace)}]` },
  } },
  oom_score: text(() => '666\n'),
  oom_score_adj: text(() => '0\n', 0o644),
  root: { guarded: true, link: ({ vfs, context, process }) => vfs.pathOf(context, process.context.root), jump: ({ process }) => process.context.root },
  stat: text(stat),
  status: text(status),
  uid_map: text(() => '         0          0 4294967295\n', 0o644),
  wchan: text(() => '0'),
};

export const PROCESS_FILES: ProcTable<PidScope> = {
  ...SHARED,
  task: {
    list: ({ process }) => [String(process.info.pid)],
    find: ({ process }, name) => name === String(process.info.pid) ? { children: SHARED } : undefined,
  },
};
