// The files of /proc that tell about the whole system.

import { KernelError } from '../../errno.ts';
import { major, minor } from '../../stat.ts';
import type { ProcEntry, ProcScope, ProcTable } from './proc-entry.ts';

const text = (read: (scope: ProcScope) => string): ProcEntry<ProcScope> => ({ read });
const value = (content: string | number): ProcEntry<ProcScope> => ({ mode: 0o644, read: () => `${content}\n` });
const tree = (children: ProcTable<ProcScope>): ProcEntry<ProcScope> => ({ children });

const seconds = (ms: number): string => (Math.floor(ms / 10) / 100).toFixed(2);
/** Ticks of 10 ms. */
const ticks = (ms: number): number => Math.floor(ms / 10);

function meminfo({ source: { memory: { total, free, available } } }: ProcScope): string {
  const lines: readonly [string, number][] = [
    ['MemTotal', total], ['MemFree', free], ['MemAvailable', available], ['Buffers', 0], ['Cached', available - free],
    ['SwapCached', 0], ['SwapTotal', 0], ['SwapFree', 0], ['Dirty', 0], ['Writeback', 0],
  ];
  return lines.map(([name, bytes]) => `${`${name}:`.padEnd(16)}${String(Math.max(0, bytes >> 10 || Math.floor(bytes / 1024))).padStart(8)} kB\n`).join('');
}

function cpuinfo({ source: { processors } }: ProcScope): string {
  return Array.from({ length: processors }, (_, i) => `processor\t: ${i}\nvendor_id\t: GenuineIntel\ncpu family\t: 6\nmodel name\t: Virtual CPU\n`
    + `cpu MHz\t\t: 2400.000\nsiblings\t: ${processors}\ncore id\t\t: ${i}\ncpu cores\t: ${processors}\nbogomips\t: 4800.00\n\n`).join('');
}

function cpuTime({ source, pidNamespace }: ProcScope): number {
  let total = 0;
  for (const pid of source.pids(pidNamespace)) total += source.process(pidNamespace, pid)?.info.cpuTime ?? 0;
  return total;
}

function stat(scope: ProcScope): string {
  const { source } = scope;
  const user = ticks(cpuTime(scope));
  const idle = Math.max(0, ticks(source.uptime()) * source.processors - user);
  const cpu = `${user} 0 0 ${idle} 0 0 0 0 0 0\n`;
  return `cpu  ${cpu}cpu0 ${cpu}intr 0\nctxt 0\nbtime ${Math.floor(source.bootTime / 1000)}\nprocesses ${source.pids(scope.pidNamespace).length}\nprocs_running 1\nprocs_blocked 0\n`;
}

function loadavg({ source, pidNamespace }: ProcScope): string {
  const pids = source.pids(pidNamespace);
  return `0.00 0.00 0.00 1/${pids.length} ${pids.at(-1) ?? 0}\n`;
}

function partitions({ disks }: ProcScope): string {
  const lines = disks.map((disk) => {
    const blocks = disk.size / 1024;
    return `${String(major(disk.dev)).padStart(4)} ${String(minor(disk.dev)).padStart(8)} ${String(blocks).padStart(10)} vda${minor(disk.dev)}\n`;
  });
  return `major minor  #blocks  name\n\n${lines.join('')}`;
}

function filesystems({ vfs }: ProcScope): string {
  return Array.from(vfs.filesystems.values(), ({ name, requiresDevice }) => `${requiresDevice ? '' : 'nodev'}\t${name}\n`).join('');
}

function uuid({ source }: ProcScope): string {
  const bytes = source.randomBytes?.(16);
  if (!bytes) throw new KernelError('EIO');
  const hex = Array.from(bytes, (byte, i) => (i === 6 ? (byte & 15) | 64 : i === 8 ? (byte & 63) | 128 : byte).toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}\n`;
}

const SYS: ProcTable<ProcScope> = {
  fs: tree({
    'file-max': value('9223372036854775807'), 'file-nr': value('0\t0\t9223372036854775807'), 'mount-max': value(100000), nr_open: value(1048576),
    overflowgid: value(65534), overflowuid: value(65534), 'pipe-max-size': value(1048576),
    protected_hardlinks: value(1), protected_symlinks: value(0),
  }),
  kernel: tree({
    cap_last_cap: value(40),
    hostname: { mode: 0o644, read: ({ source, context }) => `${source.hostname(context)}\n` },
    ngroups_max: value(65536),
    osrelease: text(({ source }) => `${source.release}\n`),
    ostype: value('Linux'), overflowgid: value(65534), overflowuid: value(65534), pid_max: value(4194304),
    random: tree({ uuid: text(uuid), entropy_avail: value(256) }),
    'threads-max': value(192728),
    version: text(({ source }) => `${source.version}\n`),
  }),
  net: tree({ core: tree({ somaxconn: value(4096) }), ipv4: tree({ ip_forward: value(1) }) }),
  vm: tree({ max_map_count: value(65530), overcommit_memory: value(0), swappiness: value(60) }),
};

export const SYSTEM_FILES: ProcTable<ProcScope> = {
  acpi: tree({}), bus: tree({}),
  cmdline: value('root=/dev/vda1 ro'),
  cpuinfo: text(cpuinfo),
  filesystems: text(filesystems),
  fs: tree({}), interrupts: text(() => ''), irq: tree({}), keys: text(() => ''),
  loadavg: text(loadavg),
  meminfo: text(meminfo),
  mounts: { link: () => 'self/mounts' },
  net: { link: () => 'self/net' },
  partitions: text(partitions),
  self: { link: ({ self }) => selfName(self) },
  stat: text(stat),
  swaps: text(() => 'Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n'),
  sys: tree(SYS),
  'thread-self': { link: ({ self }) => `${selfName(self)}/task/${self}` },
  timer_list: text(() => ''),
  uptime: text((scope) => {
    const up = scope.source.uptime();
    return `${seconds(up)} ${seconds(Math.max(0, up * scope.source.processors - cpuTime(scope)))}\n`;
  }),
  version: text(({ source: { release, version } }) => `Linux version ${release} ${version}\n`),
};

function selfName(self: number | undefined): string {
  if (self === undefined) throw new KernelError('ENOENT');
  return String(self);
}
