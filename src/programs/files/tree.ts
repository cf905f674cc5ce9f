// tree: draw a directory tree.

import type { Task } from '../../base/task.ts';
import { KernelError } from '../../kernel/errno.ts';
import { isDirectory, isFifo, isRegular, isSocket, isSymlink, type Stat } from '../../kernel/stat.ts';
import { fnmatch } from '../lib/glob-match.ts';
import { modeText } from '../lib/mode.ts';
import { compareNames, joinPath } from '../lib/path.ts';
import { listingTime, strftime } from '../lib/time-format.ts';
import type { Tool } from '../lib/tool.ts';
import { Users } from '../lib/users.ts';
import { compareVersions } from '../lib/version-sort.ts';

const USAGE = `usage: tree [-acdfghilnpqrstuvxACDFJQNSUX] [-L level [-R]] [-H [-]baseHREF]
	[-T title] [-o filename] [-P pattern] [-I pattern] [--gitignore]
	[--gitfile[=]file] [--matchdirs] [--metafirst] [--ignore-case]
	[--nolinks] [--hintro[=]file] [--houtro[=]file] [--inodes] [--device]
	[--sort[=]name] [--dirsfirst] [--filesfirst] [--filelimit[=]#] [--si]
	[--du] [--prune] [--charset[=]X] [--timefmt[=]format] [--fromfile]
	[--fromtabfile] [--fflinks] [--info] [--infofile[=]file] [--noreport]
	[--hyperlink] [--scheme[=]schema] [--authority[=]host] [--opt-toggle]
	[--compress[=]#] [--condense] [--version] [--help] [--acl] [--selinux]
	[--] [directory ...]
`;
const VERSION = 'tree v2.3.2 © 1996 - 2026 by Steve Baker, Thomas Moore, Francesc Rocher, Florian Sesser, Kyosuke Tokoro\n';
const LETTERS = 'acdfghilnpqrstuvxCDFQNSUA';
const VALUES = ['filelimit', 'timefmt', 'charset', 'sort'];
const FLAGS = ['dirsfirst', 'filesfirst', 'noreport', 'inodes', 'device', 'du', 'prune', 'si', 'matchdirs', 'ignore-case', 'nolinks', 'version', 'help', 'metafirst'];

interface Node {
  readonly name: string;
  readonly path: string;
  readonly stat: Stat;
  readonly target: string | undefined;
  readonly targetMode: number | undefined;
  children: Node[] | undefined;
  note: string;
  size: number;
}

export const tree: Tool = {
  gnu: null,
  *run(io, raw) {
    const { sys } = io;
    const set = new Set<string>();
    const values = new Map<string, string>();
    const include: string[] = [];
    const exclude: string[] = [];
    const roots: string[] = [];
    const args = [...raw.operands];
    while (args.length) {
      const arg = args.shift()!;
      if (arg === '--') roots.push(...args.splice(0));
      else if (arg.startsWith('--')) {
        const [name, value] = arg.slice(2).split(/=(.*)/s) as [string, string?];
        if (FLAGS.includes(name)) set.add(name);
        else if (VALUES.includes(name)) values.set(name, value ?? args.shift() ?? '');
        else if (new RegExp(`\\[--${name}[\\]\\[=]`).test(USAGE)) io.notSimulated(arg);
        else {
          io.err(`tree: Invalid argument \`${arg}'.\n${USAGE}`);
          return 1;
        }
      } else if (arg.startsWith('-') && arg.length > 1) {
        for (const letter of arg.slice(1)) {
          if ('LPIo'.includes(letter)) {
            const value = args.shift();
            if (value === undefined) io.die(letter === 'L' ? 'Missing argument to -L option.' : `missing argument to -${letter} option.`);
            if (letter === 'P') include.push(...value!.split('|'));
            else if (letter === 'I') exclude.push(...value!.split('|'));
            else if (letter === 'o') io.notSimulated('-o');
            else {
              if (!(Number(value) >= 1)) return io.die('Invalid level, must be greater than 0.');
              values.set('L', value!);
            }
          } else if (LETTERS.includes(letter)) set.add(letter);
          else if ('HTJXR'.includes(letter)) io.notSimulated(`-${letter}`);
          else {
            io.err(`tree: Invalid argument -\`${letter}'.\n${USAGE}`);
            return 1;
          }
        }
      } else roots.push(arg);
    }
    if (set.has('version')) {
      io.out(VERSION);
      return 0;
    }
    if (set.has('help')) io.notSimulated('--help');
    const users = new Users(sys);
    const now = sys.now();
    const level = Number(values.get('L') ?? Infinity);
    const limit = Number(values.get('filelimit') ?? 0);
    const ignoreCase = set.has('ignore-case');
    const ascii = values.has('charset') && !/^utf-?8$/i.test(values.get('charset')!);
    const [tee, corner, bar] = ascii ? ['|-- ', '`-- ', '|   '] : ['├── ', '└── ', '│\u00a0\u00a0 '];
    let directories = 0;
    let files = 0;
    let failed = false;
    let bytes = 0;

    for (const root of roots.length ? roots : ['.']) {
      yield* io.relieve();
      let stat: Stat | undefined;
      try {
        stat = sys.stat(root);
      } catch (error) {
        if (!(error instanceof KernelError)) throw error;
      }
      if (!stat || !isDirectory(stat.mode)) {
        io.out(`${stat ? details(stat, stat.size) : ''}${shown(root)}  [error opening dir]\n`);
        if (stat) files++;
        else failed = true;
        continue;
      }
      const node: Node = { name: root, path: root, stat, target: undefined, targetMode: undefined, children: undefined, note: '', size: stat.size };
      yield* read(node, 1, stat.dev, new Set([`${stat.dev}:${stat.ino}`]));
      if (node.children?.length || node.note) directories++;
      bytes += node.size;
      io.out(`${details(stat, node.size)}${coloured(shown(root), stat.mode)}${mark(stat.mode)}${node.note}\n`);
      yield* draw(node.children ?? [], '');
    }
    if (!set.has('noreport')) {
      const count = (number: number, word: string, plural: string) => `${number} ${number === 1 ? word : plural}`;
      const used = set.has('du') ? `${set.has('h') ? ` ${rounded(bytes).padStart(4)}` : String(bytes).padStart(12)} ${set.has('h') ? '' : 'bytes '}used in ` : '';
      io.out(`\n${used}${count(directories, 'directory', 'directories')}${set.has('d') ? '' : `, ${count(files, 'file', 'files')}`}\n`);
    }
    return failed ? 2 : 0;

    function shown(name: string): string {
      return set.has('Q') ? `"${name}"` : name;
    }

    function* read(node: Node, depth: number, device: number, above: ReadonlySet<string>): Task<void> {
      yield* sys.step();
      if (depth > level || (set.has('x') && node.stat.dev !== device)) return;
      let names: string[];
      try {
        names = sys.readdir(node.path).map((entry) => entry.name);
      } catch (error) {
        if (!(error instanceof KernelError)) throw error;
        node.note = '  [error opening dir]';
        failed = true;
        return;
      }
      const children: Node[] = [];
      for (const name of names) {
        if (!set.has('a') && name.startsWith('.')) continue;
        const path = joinPath(node.path, name);
        let own: Stat;
        try {
          own = sys.lstat(path);
        } catch (error) {
          if (error instanceof KernelError) continue;
          throw error;
        }
        const link = isSymlink(own.mode);
        let target: Stat | undefined = own;
        if (link) {
          try {
            target = sys.stat(path);
          } catch (error) {
            if (!(error instanceof KernelError)) throw error;
            target = undefined;
          }
        }
        const directory = target !== undefined && isDirectory(target.mode);
        if (set.has('d') && !directory) continue;
        if (include.length && !(directory && (!link || set.has('l')) && !set.has('matchdirs')) && !include.some((pattern) => fnmatch(pattern, name, { ignoreCase }))) continue;
        if (exclude.some((pattern) => fnmatch(pattern.replace(/\/$/, ''), name, { ignoreCase }))) continue;
        const child: Node = { name, path, stat: own, target: link ? sys.readlink(path) : undefined, targetMode: target?.mode, children: undefined, note: '', size: own.size };
        if (directory && (!link || set.has('l'))) {
          const key = `${target!.dev}:${target!.ino}`;
          if (link && (above.has(key) || sys.realpath(path).startsWith(`${sys.realpath(node.path)}/`))) child.note = '  [recursive, not followed]';
          else yield* read(child, depth + 1, device, new Set([...above, key]));
          if (set.has('prune') && !child.children?.length && !child.note) continue;
        }
        children.push(child);
        if (set.has('du')) node.size += child.size;
      }
      if (limit && children.length > limit) {
        node.note = `  [${children.length} entries exceeds filelimit, not opening dir]`;
        return;
      }
      node.children = sorted(children);
    }

    function sorted(nodes: Node[]): Node[] {
      const sort = values.get('sort');
      if (set.has('U')) return nodes;
      const direction = set.has('r') ? -1 : 1;
      const group = (node: Node): number => (set.has('dirsfirst') ? 1 : set.has('filesfirst') ? -1 : 0) * (isDirectory(node.targetMode ?? 0) ? -1 : 1);
      return nodes.sort((a, b) => group(a) - group(b) || direction * (
        (set.has('t') || sort === 'mtime' ? a.stat.mtime - b.stat.mtime : 0)
        || (set.has('c') || sort === 'ctime' ? a.stat.ctime - b.stat.ctime : 0)
        || (sort === 'size' ? b.stat.size - a.stat.size : 0)
        || (set.has('v') || sort === 'version' ? compareVersions(a.name, b.name) : 0)
        || compareNames(a.name, b.name)));
    }

    function* draw(nodes: readonly Node[], indent: string): Task<void> {
      for (const [i, node] of nodes.entries()) {
        yield* io.relieve();
        const last = i === nodes.length - 1;
        if (isDirectory(node.targetMode ?? 0)) directories++;
        else files++;
        let line = set.has('i') ? '' : indent + (last ? corner : tee);
        line += details(node.stat, node.size) + coloured(shown(set.has('f') ? node.path : node.name), node.target !== undefined && node.targetMode === undefined ? undefined : node.stat.mode);
        if (node.target !== undefined) line += ` -> ${coloured(shown(node.target), node.targetMode, true)}${node.targetMode === undefined ? '' : mark(node.targetMode)}`;
        else line += mark(node.stat.mode);
        io.out(`${line}${node.note}\n`);
        if (node.children) yield* draw(node.children, indent + (last ? '    ' : bar));
      }
    }

    function details(stat: Stat, size: number): string {
      const parts: string[] = [];
      if (set.has('inodes')) parts.push(String(stat.ino).padStart(7));
      if (set.has('device')) parts.push(String(stat.dev).padStart(3));
      if (set.has('p')) parts.push(modeText(stat.mode));
      if (set.has('u')) parts.push((users.userName(stat.uid) ?? String(stat.uid)).padEnd(8).slice(0, 32));
      if (set.has('g')) parts.push((users.groupName(stat.gid) ?? String(stat.gid)).padEnd(8).slice(0, 32));
      if (set.has('h') || set.has('si')) parts.push(rounded(size).padStart(4));
      else if (set.has('s') || set.has('du')) parts.push(String(size).padStart(11));
      if (set.has('D') || values.has('timefmt')) parts.push(values.has('timefmt') ? strftime(values.get('timefmt')!, stat.mtime) : listingTime(stat.mtime, now));
      return parts.length ? `[${parts.join(' ')}]  ` : '';
    }

    /** To the nearest, unlike ls and du. */
    function rounded(size: number): string {
      const base = set.has('si') ? 1000 : 1024;
      let power = -1;
      for (; size >= base && power < 6; power++) size /= base;
      return power < 0 ? String(size) : `${size >= 10 ? size.toFixed(0) : size.toFixed(1)}${'KMGTPEZ'[power]!}`;
    }

    function mark(mode: number): string {
      if (!set.has('F')) return '';
      return isDirectory(mode) ? '/' : isFifo(mode) ? '|' : isSocket(mode) ? '=' : isRegular(mode) && mode & 0o111 ? '*' : '';
    }

    function coloured(text: string, mode: number | undefined, isTarget = false): string {
      const on = set.has('C') || (io.terminal && !set.has('n') && Boolean(sys.env['LS_COLORS'] ?? sys.env['TREE_COLORS']));
      if (!on) return text;
      const code = mode === undefined ? (isTarget ? '00' : '40;31;01') : isDirectory(mode) ? '01;34' : isSymlink(mode) ? '01;36' : isFifo(mode) ? '40;33' : isSocket(mode) ? '01;35' : !isRegular(mode) ? '40;33;01' : mode & 0o111 ? '01;32' : '00';
      return `\u001b[${code}m${text}\u001b[0m`;
    }
  },
};
