// ln: make links between files.

import { KernelError } from '../../kernel/errno.ts';
import { isDirectory, isSymlink, type Stat } from '../../kernel/stat.ts';
import { confirm } from '../lib/confirm.ts';
import { reason } from '../lib/messages.ts';
import { baseName, dirName, joinPath } from '../lib/path.ts';
import { quoteAlways } from '../lib/quote.ts';
import { relativePath, resolve } from '../lib/resolve.ts';
import type { Tool } from '../lib/tool.ts';

export const ln: Tool = {
  gnu: `b backup:: d,directory F f,force i,interactive L,logical n,no-dereference P,physical r,relative s,symbolic S:,suffix: t:,target-directory:
    T,no-target-directory v,verbose`,
  busybox: 's f n b S: v T',
  *run(io, o) {
    const { sys, gnu } = io;
    const symbolic = o.has('s');
    const directory = o.value('t');
    const targets = [...o.operands];
    const look = (path: string, follow: boolean): Stat | undefined => {
      try {
        return follow ? sys.stat(path) : sys.lstat(path);
      } catch (error) {
        if (error instanceof KernelError) return undefined;
        throw error;
      }
    };
    if (!targets.length) io.usage(gnu ? 'missing file operand' : undefined);
    if (o.has('T') && targets.length !== 2) {
      if (!gnu) io.usage();
      io.usage(targets.length < 2 ? `missing destination file operand after ${quoteAlways(targets[0]!)}` : `extra operand ${quoteAlways(targets[2]!)}`);
    }
    let last = directory;
    if (directory === undefined) last = targets.length === 1 ? (gnu ? '.' : undefined) : targets.pop()!;
    const lastStat = last === undefined ? undefined : look(last, !o.has('n') || last.endsWith('/'));
    const into = last !== undefined && !o.has('T') && lastStat !== undefined && isDirectory(lastStat.mode);
    if (gnu && !into && (directory !== undefined || targets.length > 1)) io.die(`${directory === undefined ? 'target' : 'target directory'} ${quoteAlways(last!)}: ${lastStat ? 'Not a directory' : 'No such file or directory'}`);
    for (const target of targets) {
      yield* io.relieve();
      const path = last === undefined ? baseName(target) : into && target ? joinPath(last, baseName(target)) : last;
      yield* link(target, path);
    }

    function* link(target: string, path: string) {
      const kind = symbolic ? 'symbolic' : 'hard';
      let source: Stat | undefined;
      if (!symbolic) {
        try {
          source = sys.lstat(target);
        } catch (error) {
          io.fail(gnu ? `failed to access ${quoteAlways(target)}: ${reason(error)}` : `${target}: ${reason(error)}`);
          return;
        }
        if (gnu && isDirectory(o.has('L') && isSymlink(source.mode) ? (look(target, true)?.mode ?? 0) : source.mode)) {
          io.fail(`${target}: hard link not allowed for directory`);
          return;
        }
      }
      if (gnu && o.has('f', 'i', 'b', 'backup')) {
        try {
          sys.lstat(path);
        } catch (error) {
          if (!(error instanceof KernelError) || error.errno !== 'ENOENT') return io.fail(`failed to access ${quoteAlways(path)}: ${reason(error)}`);
        }
      }
      const existing = look(path, false);
      let note = '';
      if (existing && (o.has('f', 'i', 'b', 'backup'))) {
        if (gnu && (isDirectory(existing.mode) || o.has('f')) && isDirectory(existing.mode)) {
          io.fail(`${quoteAlways(path)}: cannot overwrite directory`);
          return;
        }
        const own = symbolic ? look(target, false) : source;
        if (gnu && own && own.ino === existing.ino && own.dev === existing.dev && !o.has('b', 'backup') && (symbolic ? sameName(target, path) : own.nlink === 1 || sameName(target, path))) {
          io.fail(`${quoteAlways(target)} and ${quoteAlways(path)} are the same file`);
          return;
        }
        if (o.last('i', 'f') === 'i' && !(yield* confirm(io, `replace ${quoteAlways(path)}? `))) {
          io.status = 1;
          return;
        }
        if (o.has('b', 'backup')) {
          const kept = path + (o.value('S') ?? '~');
          sys.rename(path, kept);
          note = gnu ? ` ~ ${quoteAlways(kept)}` : '';
        } else {
          try {
            sys.unlink(path);
          } catch (error) {
            // BusyBox says what the link then says.
            const why = reason(error);
            if (gnu) {
              io.fail(`cannot remove ${quoteAlways(path)}: ${why}`);
              return;
            }
          }
        }
      }
      const text = symbolic && o.has('r') ? relativePath(resolve(sys, target, 'missing') ?? target, resolve(sys, dirName(path), 'missing') ?? '/') : target;
      if (!gnu && o.has('v')) io.out(`'${path}' -> '${target}'\n`);
      try {
        if (symbolic) sys.symlink(text, path);
        else sys.link(o.has('L') && isSymlink(source!.mode) ? sys.realpath(target) : target, path);
      } catch (error) {
        const why = reason(error);
        const gone = !symbolic && (error as KernelError).errno !== 'EEXIST' ? ` => ${quoteAlways(target)}` : symbolic && target === '' ? " -> ''" : '';
        io.fail(gnu ? `failed to create ${kind} link ${quoteAlways(path)}${gone}: ${why}` : `${path}: ${why}`);
        return;
      }
      if (gnu && o.has('v')) io.out(`${quoteAlways(path)}${note} ${symbolic ? '->' : '=>'} ${quoteAlways(text)}\n`);
    }

    function sameName(a: string, b: string): boolean {
      const directories = [dirName(a), dirName(b)].map((path) => look(path, true)?.ino);
      return baseName(a) === baseName(b) && directories[0] === directories[1];
    }
  },
};
