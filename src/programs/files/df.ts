// df: how full file systems are.

import { KernelError } from '../../kernel/errno.ts';
import type { StatFs } from '../../kernel/stat.ts';
import { reason, type Io } from '../lib/messages.ts';
import type { Options } from '../lib/options.ts';
import { quote, quoteFile } from '../lib/quote.ts';
import { busyboxSize, humanSize, parseSize } from '../lib/size-format.ts';
import { screenWidth } from '../lib/ls-columns.ts';
import type { Tool } from '../lib/tool.ts';

interface Row {
  readonly source: string;
  readonly type: string;
  readonly target: string;
  readonly file: string;
  readonly fs: StatFs;
}

type Mount = ReturnType<Io['sys']['mounts']>[number];

function statfs(io: Io, path: string): StatFs | undefined {
  try {
    return io.sys.statfs(path);
  } catch (error) {
    if (error instanceof KernelError) return undefined;
    throw error;
  }
}

function device(io: Io, path: string): number | undefined {
  try {
    return io.sys.stat(path).dev;
  } catch (error) {
    if (error instanceof KernelError) return undefined;
    throw error;
  }
}

/** The mount that shows a file: the deepest above it (GNU), the first of its device (BusyBox). */
function mountOf(io: Io, mounts: readonly Mount[], path: string): Mount | undefined {
  const dev = io.sys.stat(path).dev;
  if (!io.gnu) return mounts.find((mount) => mount.target === path || mount.source === path || device(io, mount.target) === dev);
  const real = io.sys.realpath(path);
  const bySource = mounts.findLast((mount) => mount.source === real);
  if (bySource) return bySource;
  const above = mounts.filter(({ target }) => real === target || target === '/' || real.startsWith(`${target}/`));
  return above.toSorted((a, b) => a.target.length - b.target.length).at(-1);
}

/** Without operands GNU shows each file system once, by its shortest mount point, and none without blocks. */
function listed(io: Io, o: Options, mounts: readonly Mount[]): Mount[] {
  if (!io.gnu || o.has('a')) return [...mounts];
  const byDevice = new Map<number, Mount>();
  for (const mount of mounts) {
    const dev = device(io, mount.target);
    if (dev === undefined) continue;
    const known = byDevice.get(dev);
    if (!known || mount.target.length < known.target.length) byDevice.set(dev, mount);
  }
  const kept = new Set(byDevice.values());
  return mounts.filter((mount) => kept.has(mount));
}

const unescape = (text: string): string => text.replace(/\\(\d{3})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 8)));

export const df: Tool = {
  gnu: `a,all B:,block-size: h,human-readable H,si i,inodes k l,local m no-sync output:: P,portability sync total t:,type: T,print-type x:,exclude-type: v`,
  busybox: 'k P T t: a i B: h m',
  *run(io, o) {
    const { sys, gnu } = io;
    const mounts = sys.mounts().map((mount) => ({ ...mount, target: unescape(mount.target), source: unescape(mount.source) })).filter((mount) => mount.target.startsWith('/'));
    const rows: Row[] = [];
    const types = o.values('t');
    const excluded = o.values('x');
    const add = (mount: Mount, file: string, named: boolean): void => {
      if ((types.length && !types.includes(mount.type)) || excluded.includes(mount.type)) return;
      const fs = statfs(io, mount.target);
      if (!fs || (fs.blocks === 0 && !o.has('a') && !named)) return;
      rows.push({ source: mount.source, type: mount.type, target: mount.target, file, fs });
    };
    const table = gnu ? gnuTable(io, o) : undefined;
    if (!gnu) io.out(busyboxHeading(o));
    if (o.operands.length) {
      for (const path of o.operands) {
        try {
          sys.stat(path);
        } catch (error) {
          if (gnu) io.fail(`${quoteFile(path)}: ${reason(error)}`);
          else {
            reason(error);
            io.fail(`${path}: can't find mount point`);
          }
          continue;
        }
        const mount = mountOf(io, mounts, path);
        if (mount) add(mount, path, true);
        else if (!gnu) io.fail(`${path}: can't find mount point`);
      }
    } else for (const mount of listed(io, o, mounts)) add(mount, '-', false);
    if (table) {
      if (rows.length) io.out(table(rows));
      else if (!io.status) io.die('no file systems processed');
    } else io.out(busyboxRows(o, rows));
  },
};

const percent = (used: number, total: number): string => (total <= 0 ? '-' : `${Math.ceil((used * 100) / total)}%`);

const FIELDS = ['source', 'fstype', 'itotal', 'iused', 'iavail', 'ipcent', 'size', 'used', 'avail', 'pcent', 'file', 'target'] as const;
type Field = (typeof FIELDS)[number];

function gnuTable(io: Io, o: Options): (rows: Row[]) => string {
  const unitKey = o.last('B', 'h', 'H', 'k', 'm');
  const unitText = o.value('B') ?? '';
  const unit = unitKey === 'B' ? parseSize(unitText) : unitKey === 'm' ? 1024 * 1024 : 1024;
  if (!unit) io.die(`invalid --block-size argument '${unitText}'`);
  const human = unitKey === 'h' || unitKey === 'H';
  const letter = unitKey === 'B' && /^[A-Z]/i.test(unitText) ? unitText[0]!.toUpperCase() : '';
  const number = (value: number): string => (human ? humanSize(value, unitKey === 'H' ? 1000 : 1024) : String(Math.ceil(value / unit!)) + letter);
  const count = (value: number): string => (human ? humanSize(value, unitKey === 'H' ? 1000 : 1024) : String(value));
  let fields: Field[];
  const all = o.has('output');
  if (all) {
    const given = o.values('output').flatMap((list) => (list ? list.split(',') : FIELDS));
    fields = given.map((field) => (FIELDS.includes(field as Field) ? (field as Field) : io.usage(`option --output: field ${quote(field)} unknown`)));
  } else {
    fields = ['source', ...(o.has('T') ? ['fstype' as const] : []), ...(o.has('i') ? (['itotal', 'iused', 'iavail', 'ipcent'] as const) : (['size', 'used', 'avail', 'pcent'] as const)), 'target'];
  }
  const blocks = human ? 'Size' : o.has('P') ? `${unit!}-blocks` : unit === 1024 ? '1K-blocks' : unit === 1024 * 1024 ? '1M-blocks' : `${humanUnit(unit!)}-blocks`;
  const portable = o.has('P') && !o.has('i') && !human;
  const headings: Record<Field, string> = {
    source: 'Filesystem', fstype: 'Type', itotal: 'Inodes', iused: 'IUsed', iavail: 'IFree', ipcent: 'IUse%', size: blocks, used: 'Used',
    avail: human || all ? 'Avail' : 'Available', pcent: portable ? 'Capacity' : 'Use%', file: 'File', target: 'Mounted on',
  };
  const least: Partial<Record<Field, number>> = { source: 14, fstype: 4, itotal: 5, iused: 5, iavail: 5, ipcent: 4, size: 5, used: 5, avail: 5, pcent: 4 };
  return (rows) => {
    const lines = rows.map(({ source, type, target, file, fs }): Record<Field, string> => {
      const used = fs.blocks - fs.bfree;
      const iused = fs.files - fs.ffree;
      return {
        source, fstype: type, target, file, itotal: count(fs.files), iused: count(iused), iavail: count(fs.ffree), ipcent: percent(iused, fs.files),
        size: number(fs.blocks * fs.bsize), used: number(used * fs.bsize), avail: number(fs.bavail * fs.bsize), pcent: percent(used, used + fs.bavail),
      };
    });
    if (o.has('total')) {
      const sum = (of: (fs: StatFs) => number) => rows.reduce((total, { fs }) => total + of(fs), 0);
      const [size, used, avail] = [sum((fs) => fs.blocks * fs.bsize), sum((fs) => (fs.blocks - fs.bfree) * fs.bsize), sum((fs) => fs.bavail * fs.bsize)];
      const [files, free] = [sum((fs) => fs.files), sum((fs) => fs.ffree)];
      lines.push({
        source: 'total', fstype: '-', target: '-', file: '-', itotal: count(files), iused: count(files - free), iavail: count(free), ipcent: percent(files - free, files),
        size: number(size), used: number(used), avail: number(avail), pcent: percent(used, used + avail),
      });
    }
    const table = [headings, ...lines];
    const widths = fields.map((field) => Math.max(least[field] ?? 0, ...table.map((line) => screenWidth(line[field]))));
    const left = (field: Field) => field === 'source' || field === 'fstype' || field === 'target' || field === 'file';
    return table.map((line) => `${fields.map((field, i) => {
      const text = line[field];
      const fill = ' '.repeat(Math.max(0, widths[i]! - screenWidth(text)));
      if (left(field)) return i === fields.length - 1 ? text : text + fill;
      return fill + text;
    }).join(' ')}\n`).join('');
  };
}

function humanUnit(unit: number): string {
  for (const [i, letter] of [...'KMGTPE'].entries()) if (unit === 1024 ** (i + 1)) return `1${letter}`;
  return `${unit}B`;
}

const busyboxUnit = (o: Options): number => o.has('m') ? 1024 * 1024 : o.has('B') ? (parseSize(o.value('B')!, {}) ?? 1024) : 1024;

function busyboxHeading(o: Options): string {
  const unit = busyboxUnit(o);
  const human = o.last('h', 'm', 'k') === 'h';
  const blocks = o.has('i') ? '   Inodes' : human ? '     Size' : o.has('P') ? `${unit}-blocks` : unit === 1024 ? '1K-blocks' : unit === 1024 * 1024 ? '1M-blocks' : `${unit}-blocks`;
  return `Filesystem           ${o.has('T') ? 'Type       ' : ''}${blocks.padEnd(15)}Used Available ${o.has('P') ? 'Capacity' : 'Use%'} Mounted on\n`;
}

function busyboxRows(o: Options, rows: readonly Row[]): string {
  const unit = busyboxUnit(o);
  const human = o.last('h', 'm', 'k') === 'h';
  let text = '';
  for (const { source, type, target, fs } of rows) {
    const [total, free, avail, size] = o.has('i') ? [fs.files, fs.ffree, fs.ffree, 0] : [fs.blocks, fs.bfree, fs.bavail, fs.bsize];
    const used = total - free;
    const show = (value: number): string => (human ? busyboxSize(size ? value * size : value) : size ? String(Math.floor((value * size + unit / 2) / unit)) : String(value)).padStart(9);
    const share = used + avail ? Math.floor((used * 100 + (used + avail) / 2) / (used + avail)) : 0;
    text += source.length > 20 && !o.has('P') ? `${source}\n${' '.repeat(20)}` : source.padEnd(20);
    text += ` ${o.has('T') ? `${type.padEnd(10)} ` : ''}${show(total)} ${show(used)} ${show(avail)} ${String(share).padStart(3)}% ${target}\n`;
  }
  return text;
}
