// findmnt and lsblk: mounts as a tree or a list, and the disk.

import { decode } from '../../base/bytes.ts';
import { KernelError } from '../../kernel/errno.ts';
import { major, minor } from '../../kernel/stat.ts';
import { humanSize } from '../lib/size-format.ts';
import type { Io } from '../lib/messages.ts';
import type { Tool } from '../lib/tool.ts';

interface Row {
  readonly source: string;
  readonly target: string;
  readonly type: string;
  readonly options: string;
  readonly root: string;
}

const COLUMNS = 'TARGET SOURCE FSTYPE OPTIONS VFS-OPTIONS FS-OPTIONS FSROOT SIZE AVAIL USED USE% MAJ:MIN PROPAGATION'.split(' ');
const RIGHT = new Set(['SIZE', 'AVAIL', 'USED', 'USE%']);
const VFS = new Set('rw ro nosuid nodev noexec noatime nodiratime relatime'.split(' '));
const KNOWN = new Set('ACTION FREQ FS-UUID ID LABEL OLD-OPTIONS OLD-TARGET OPT-FIELDS PARENT PARTLABEL PARTUUID PASSNO SOURCES TID UNIQ-ID UUID INO.TOTAL INO.USED INO.AVAIL INO.USE%'.split(' '));

function cell(io: Io, column: string, row: Row): string {
  const words = row.options.split(',');
  switch (column) {
    case 'TARGET': return row.target;
    case 'SOURCE': return row.root === '/' || row.root === '' ? row.source : `${row.source}[${row.root}]`;
    case 'FSTYPE': return row.type;
    case 'OPTIONS': return row.options;
    case 'VFS-OPTIONS': return words.filter((word) => VFS.has(word)).join(',');
    case 'FS-OPTIONS': return words.filter((word) => !VFS.has(word) || word === 'rw').join(',');
    case 'FSROOT': return row.root || '/';
  }
  try {
    if (column === 'PROPAGATION') {
      const fields = decode(io.sys.readFile('/proc/self/mountinfo')).split('\n').map((line) => line.split(' ')).findLast((each) => each[4] === row.target)?.slice(6) ?? [];
      const tagged = (tag: string): boolean => fields.slice(0, fields.indexOf('-')).some((field) => field.startsWith(tag));
      return (tagged('shared:') ? 'shared' : 'private') + (tagged('master:') ? ',slave' : '') + (tagged('unbindable') ? ',unbindable' : '');
    }
    if (column === 'MAJ:MIN') {
      const { dev } = io.sys.stat(row.target);
      return `${major(dev)}:${minor(dev)}`;
    }
    const { bsize, blocks, bfree, bavail } = io.sys.statfs(row.target);
    if (column === 'USE%') return blocks ? `${Math.ceil((blocks - bfree) / (blocks - bfree + bavail || 1) * 100)}%` : '-';
    return humanSize({ SIZE: blocks, AVAIL: bavail, USED: blocks - bfree }[column]! * bsize).replace(/^(\d+)$/, '$1');
  } catch (error) {
    if (!(error instanceof KernelError)) throw error;
    return '';
  }
}

export const findmnt: Tool = {
  gnu: 'A,all a,ascii b,bytes D,df d:,direction: e,evaluate f,first-only i,invert J,json k,kernel l,list M:,mountpoint: m,mtab n,noheadings N:,task: O:,options: o:,output: P,pairs R,submounts r,raw s,fstab S:,source: T:,target: t:,types: U,uniq u,notruncate v,nofsroot x,verify p,poll real pseudo tree',
  busybox: 'n l o: T: t:',
  *run(io, options) {
    const { sys } = io;
    for (const key of ['s', 'x', 'p', 'N', 'e', 'b']) if (options.has(key)) io.notSimulated(`-${key}`);
    let columns = options.has('D') ? ['SOURCE', 'FSTYPE', 'SIZE', 'USED', 'AVAIL', 'USE%', 'TARGET'] : COLUMNS.slice(0, 4);
    const output = options.value('o');
    if (output !== undefined) columns = (output.startsWith('+') ? [...columns, ...output.slice(1).split(',')] : output.split(',')).map((name) => name.toUpperCase());
    for (const column of columns) {
      if (KNOWN.has(column)) io.notSimulated(`the column ${column}`);
      if (!COLUMNS.includes(column)) io.die(`unknown column: ${column.toLowerCase() === output?.toLowerCase() ? output : column.toLowerCase()}`);
    }
    const rows: Row[] = sys.mounts().map((row) => (options.has('v') ? { ...row, root: '/' } : row));
    const parents = rows.map((row, i) => {
      let best: number | undefined;
      rows.forEach((other, j) => {
        const inside = other.target === '/' || row.target === other.target || row.target.startsWith(`${other.target}/`);
        if (j !== i && inside && (row.target !== other.target || j < i) && (best === undefined || other.target.length >= rows[best]!.target.length)) best = j;
      });
      return best;
    });
    const real = (path: string): string => {
      try {
        return sys.realpath(path);
      } catch {
        return path;
      }
    };
    const [first, second] = options.operands;
    const types = options.value('t')?.split(',');
    const wantedOptions = options.value('O')?.split(',');
    let only: string | undefined = options.value('M');
    if (options.has('T')) {
      const path = real(options.value('T')!);
      only = rows.filter(({ target }) => target === '/' || path === target || path.startsWith(`${target}/`)).sort((a, b) => a.target.length - b.target.length).at(-1)?.target;
      if (!sys.can(options.value('T')!, '')) return 1;
    }
    const matches = (row: Row): boolean => (only === undefined || row.target === real(only))
      && (types === undefined || types[0]!.startsWith('no') !== types.map((type) => type.replace(/^no/, '')).includes(row.type))
      && (wantedOptions === undefined || wantedOptions.every((option) => row.options.split(',').includes(option)))
      && (!options.has('S') || row.source === options.value('S'))
      && (second !== undefined ? row.source === first && row.target === real(second) : first === undefined || row.target === real(first) || row.source === first)
      && (!options.has('real') || row.source.startsWith('/')) && (!options.has('pseudo') || !row.source.startsWith('/'));
    let chosen = rows.map((row, i) => i).filter((i) => matches(rows[i]!) !== options.has('i'));
    if (options.has('R')) {
      const below = (i: number | undefined): boolean => i !== undefined && (chosen.includes(i) || below(parents[i]));
      const wanted = rows.map((_, i) => i).filter((i) => below(i));
      chosen = wanted;
    }
    if (options.has('T') || options.has('f')) chosen = chosen.slice(options.has('f') ? 0 : -1).slice(0, 1);
    if (!chosen.length) return 1;
    const filtered = first !== undefined || only !== undefined || types !== undefined || options.has('S', 'O', 'i');
    const flat = options.has('l', 'r', 'P', 'D') && !options.has('tree') || filtered && !options.has('R') && types === undefined;
    const marks = options.has('a') ? ['|-', '`-', '| '] : ['├─', '└─', '│ '];
    const lines: { row: Row; prefix: string }[] = [];
    const walk = (parent: number | undefined, prefix: string): void => {
      const children = chosen.filter((i) => (parents[i] !== undefined && chosen.includes(parents[i]) ? parents[i] : undefined) === parent);
      children.forEach((i, n) => {
        const last = n === children.length - 1;
        lines.push({ row: rows[i]!, prefix: parent === undefined ? '' : prefix + marks[last ? 1 : 0] });
        walk(i, parent === undefined ? '' : `${prefix}${last ? '  ' : marks[2]}`);
      });
    };
    if (flat) for (const i of chosen) lines.push({ row: rows[i]!, prefix: '' });
    else walk(undefined, '');
    if (options.has('J')) {
      const text = (row: Row): string => columns.map((column) => `${' '.repeat(9)}"${column.toLowerCase()}": ${JSON.stringify(cell(io, column, row))}`).join(',\n');
      io.out(`{\n   "filesystems": [\n${lines.map(({ row }) => `      {\n${text(row)}\n      }`).join(',')}\n   ]\n}\n`);
      return 0;
    }
    const table = lines.map(({ row, prefix }) => columns.map((column) => (column === 'TARGET' ? prefix : '') + cell(io, column, row)));
    if (options.has('P')) {
      for (const cells of table) io.out(`${cells.map((text, i) => `${columns[i]}="${text}"`).join(' ')}\n`);
      return 0;
    }
    printTable(io, columns, table, options.has('n'), options.has('r'));
    return 0;
  },
};

function printTable(io: Io, columns: readonly string[], table: readonly (readonly string[])[], bare: boolean, raw: boolean): void {
  const all = bare ? table : [columns, ...table];
  const widths = columns.map((_, i) => (raw ? 0 : Math.max(...all.map((row) => row[i]!.length))));
  for (const row of all) io.out(`${row.map((text, i) => (RIGHT.has(columns[i]!) ? text.padStart(widths[i]!) : i === columns.length - 1 ? text : text.padEnd(widths[i]!))).join(' ')}\n`);
}

export const lsblk: Tool = {
  gnu: 'a,all b,bytes d,nodeps f,fs i,ascii J,json l,list n,noheadings o:,output: p,paths r,raw t,topology S,scsi', busybox: '',
  *run(io, options) {
    for (const key of ['f', 'J', 'o', 't', 'S', 'r']) if (options.has(key)) io.notSimulated(`-${key}`);
    const disks = new Map<string, { dev: number; size: number; targets: string[] }>();
    for (const { source, target } of io.sys.mounts()) {
      if (!source.startsWith('/dev/')) continue;
      const { bsize, blocks } = io.sys.statfs(target);
      const disk = disks.get(source) ?? { dev: io.sys.stat(target).dev, size: bsize * blocks, targets: [] };
      if (!disk.targets.includes(target)) disk.targets.push(target);
      disks.set(source, disk);
    }
    if (!options.has('n')) io.out('NAME   MAJ:MIN RM  SIZE RO TYPE MOUNTPOINTS\n');
    for (const [name, { dev, size, targets }] of disks) {
      const number = `${major(dev)}:${minor(dev)}`;
      const shown = options.has('b') ? String(size) : humanSize(size);
      targets.forEach((target, i) => io.out(i ? `${' '.repeat(33)} ${target}\n` : `${name.replace('/dev/', options.has('p') ? '/dev/' : '').padEnd(6)} ${number.padStart(7)}  0 ${shown.padStart(5)}  0 disk ${target}\n`));
    }
  },
};

export const losetup: Tool = {
  gnu: null, busybox: null,
  *run(io, { operands }) {
    if (!operands.length || operands[0] === '-a') return;
    io.notSimulated('loop devices');
  },
};
