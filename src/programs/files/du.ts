// du: how much the files below take.

import type { Task } from '../../base/task.ts';
import { isDirectory, isSymlink, type Stat } from '../../kernel/stat.ts';
import { fnmatch } from '../lib/glob-match.ts';
import { reason } from '../lib/messages.ts';
import { joinPath } from '../lib/path.ts';
import { quote, quoteAlways } from '../lib/quote.ts';
import { busyboxSize, humanSize, parseSize } from '../lib/size-format.ts';
import { strftime } from '../lib/time-format.ts';
import type { Tool } from '../lib/tool.ts';

interface Sum {
  size: number;
  inodes: number;
  time: number;
}

export const du: Tool = {
  gnu: `0,null a,all apparent-size B:,block-size: b,bytes c,total D,dereference-args H d:,max-depth: files0-from: h,human-readable inodes k L,dereference
    l,count-links m P,no-dereference S,separate-dirs si s,summarize t:,threshold: time:: time-style: X:,exclude-from: exclude: x,one-file-system`,
  busybox: 'a H k L s x d: l c h m b',
  *run(io, o) {
    const { sys, gnu } = io;
    const depthText = o.value('d');
    if (depthText !== undefined && !/^\d+$/.test(depthText)) {
      if (gnu) io.usage(`invalid maximum depth ${quote(depthText)}`);
      io.die(`invalid number '${depthText}'`);
    }
    if (gnu && o.has('a') && o.has('s')) io.usage('cannot both summarize and show all entries');
    if (gnu && o.has('s') && depthText !== undefined && depthText !== '0') {
      io.warn(`warning: summarizing conflicts with --max-depth=${depthText}`);
      io.usage();
    }
    const maxDepth = o.has('s') ? 0 : depthText === undefined ? Infinity : Number(depthText);
    const apparent = o.has('apparent-size', 'b');
    const unitKey = o.last('B', 'b', 'h', 'k', 'm', 'si', 'inodes');
    const unit = unitKey === 'B' ? parseSize(o.value('B')!) : unitKey === 'b' ? 1 : unitKey === 'm' ? 1024 * 1024 : 1024;
    if (!unit) io.die(`invalid --block-size argument '${o.value('B')!}'`);
    const threshold = o.value('t') === undefined ? 0 : parseSize(o.value('t')!.replace(/^-/, ''))! * (o.value('t')!.startsWith('-') ? -1 : 1);
    const end = o.has('0') ? '\0' : '\n';
    const seen = new Set<string>();
    const total: Sum = { size: 0, inodes: 0, time: 0 };
    const text = ({ size, inodes }: Sum): string => {
      if (o.has('inodes')) return o.has('h') ? humanSize(inodes) : String(inodes);
      if (unitKey === 'h') return gnu ? humanSize(size) : busyboxSize(size);
      if (unitKey === 'si') return humanSize(size, 1000);
      return String(Math.ceil(size / unit!));
    };
    const show = (sum: Sum, name: string): void => {
      if (threshold && (threshold > 0 ? sum.size < threshold : sum.size > -threshold)) return;
      io.out(`${text(sum)}\t${o.has('time') ? `${strftime('%Y-%m-%d %H:%M', sum.time)}\t` : ''}${name}${end}`);
    };
    for (const path of o.operands.length ? o.operands : ['.']) {
      const sum = yield* walk(path, 0, undefined);
      if (!sum) continue;
      total.size += sum.size;
      total.inodes += sum.inodes;
      total.time = Math.max(total.time, sum.time);
    }
    if (o.has('c')) show(total, 'total');

    function* walk(path: string, depth: number, device: number | undefined): Task<Sum | undefined> {
      yield* io.flush();
      yield* sys.step();
      let stat: Stat;
      try {
        stat = o.has('L') || (depth === 0 && o.has('D', 'H')) ? sys.stat(path) : sys.lstat(path);
      } catch (error) {
        io.fail(gnu ? `cannot access ${quoteAlways(path)}: ${reason(error)}` : `${path}: ${reason(error)}`);
        return undefined;
      }
      if (device !== undefined && o.has('x') && stat.dev !== device) return undefined;
      if (o.values('exclude').some((pattern) => fnmatch(pattern, path) || fnmatch(pattern, path.slice(path.lastIndexOf('/') + 1)))) return undefined;
      const directory = isDirectory(stat.mode);
      const key = `${stat.dev}:${stat.ino}`;
      if ((directory ? gnu || depth > 0 || stat.nlink > 1 : stat.nlink > 1 && !o.has('l')) || (gnu && !o.has('l'))) {
        if (seen.has(key)) return undefined;
        seen.add(key);
      }
      // GNU's apparent size of a directory is nothing; that of BusyBox its st_size.
      const own = apparent ? (directory && gnu ? 0 : isSymlink(stat.mode) || !directory || !gnu ? stat.size : 0) : stat.blocks * 512;
      const sum: Sum = { size: own, inodes: 1, time: stat.mtime };
      let shown: Sum = sum;
      if (directory) {
        let names: string[] = [];
        try {
          names = sys.readdir(path).map((entry) => entry.name);
        } catch (error) {
          io.fail(gnu ? `cannot read directory ${quoteAlways(path)}: ${reason(error)}` : `can't open '${path}': ${reason(error)}`);
          if (!gnu) return undefined;
        }
        const separate: Sum = { ...sum };
        for (const name of names) {
          const child = joinPath(path, name);
          const below = yield* walk(child, depth + 1, device ?? stat.dev);
          if (!below) continue;
          sum.size += below.size;
          sum.inodes += below.inodes;
          sum.time = Math.max(sum.time, below.time);
          if (o.has('S') && !isDirectory(sys.lstat(child).mode)) {
            separate.size += below.size;
            separate.inodes += below.inodes;
          }
        }
        if (o.has('S')) shown = separate;
      }
      if (depth <= maxDepth && (directory || o.has('a') || depth === 0)) show(shown, path);
      return o.has('S') && directory ? { ...sum } : sum;
    }
  },
};
