// mv: rename files, and move them between file systems.

import type { Task } from '../../base/task.ts';
import { KernelError } from '../../kernel/errno.ts';
import { isDirectory, isSymlink, type Stat } from '../../kernel/stat.ts';
import { confirm } from '../lib/confirm.ts';
import { TreeCopier } from '../lib/copy-tree.ts';
import { leadsTo } from '../lib/leads-to.ts';
import { reason } from '../lib/messages.ts';
import { baseName, joinPath } from '../lib/path.ts';
import { quoteAlways } from '../lib/quote.ts';
import { promptMode, removeTree } from '../lib/remove-tree.ts';
import type { Tool } from '../lib/tool.ts';

export const mv: Tool = {
  gnu: `b backup:: f,force i,interactive n,no-clobber strip-trailing-slashes S:,suffix: t:,target-directory: T,no-target-directory u update:: v,verbose
    Z,context no-copy exchange debug`,
  busybox: 'f i n v T t:',
  *run(io, o) {
    const { sys, gnu } = io;
    const sources = [...o.operands];
    const directory = o.value('t');
    const q = (path: string): string => (gnu ? quoteAlways(path) : `'${path}'`);
    if (gnu) {
      if (o.has('exchange')) io.notSimulated('--exchange');
      if (!sources.length) io.usage('missing file operand');
      if (directory === undefined && sources.length === 1) io.usage(`missing destination file operand after ${q(sources[0]!)}`);
    } else if (sources.length < (directory === undefined ? 2 : 1)) io.usage();
    const target = directory ?? sources.pop()!;
    const look = (path: string, follow = false): Stat | undefined => {
      try {
        return follow ? sys.stat(path) : sys.lstat(path);
      } catch (error) {
        if (error instanceof KernelError) return undefined;
        throw error;
      }
    };
    /** What is at a target, links followed; null when BusyBox cannot know and has said so. */
    const lookAt = (path: string): Stat | undefined | null => {
      try {
        return sys.stat(path);
      } catch (error) {
        const { errno } = error as KernelError;
        if (gnu || errno === 'ENOENT') return (reason(error), undefined);
        io.fail(`can't stat '${path}': ${errno === 'ENOTDIR' ? 'Path has non-directory component' : reason(error)}`);
        return null;
      }
    };
    const several = sources.length > 1 || directory !== undefined;
    const at = !gnu && several ? undefined : lookAt(target);
    if (at === null) return 1;
    const into = at !== undefined && isDirectory(at.mode) && !o.has('T');
    if (gnu && !into && (directory !== undefined || sources.length > 1)) {
      if (o.has('T') && directory === undefined) io.usage(`extra operand ${q(sources[1]!)}`);
      io.die(`${directory === undefined ? 'target' : 'target directory'} ${q(target)}: ${at ? 'Not a directory' : 'No such file or directory'}`);
    }
    const below = into || (!gnu && several);
    /** Directories that could not go into themselves: a second try of theirs is only warned of. */
    const refused = new Set<string>();
    for (const source of sources) {
      yield* io.relieve();
      const destination = below ? joinPath(target, baseName(source)) : target;
      if (!(yield* move(source, destination))) io.status = 1;
    }

    function* move(source: string, destination: string): Task<boolean> {
      let from: Stat | undefined;
      try {
        from = sys.lstat(source);
      } catch (error) {
        const why = reason(error);
        if (gnu) {
          io.warn(`cannot stat ${q(source)}: ${why}`);
          return false;
        }
      }
      const to = gnu ? look(destination) : lookAt(destination);
      if (to === null) return false;
      const existing = o.last('n', 'i', 'f');
      const update = o.value('update');
      if (to) {
        if (existing === 'n' || update === 'none') return true;
        if (gnu && ((to.ino === from!.ino && to.dev === from!.dev && (!isSymlink(from!.mode) || source === destination)) || (isSymlink(from!.mode) && !isSymlink(to.mode) && leadsTo(sys, source, to)))) {
          io.warn(`${q(source)} and ${q(destination)} are the same file`);
          return false;
        }
        if ((o.has('u') || (o.has('update') && update !== 'all')) && to.mtime >= from!.mtime) return true;
        const denied = existing !== 'f' && sys.isatty(0) && !isSymlink(to.mode) && !sys.can(destination, 'w');
        if (existing === 'i' || denied) {
          const question = gnu && denied ? `replace ${q(destination)}, overriding mode ${promptMode(to.mode)}? ` : `overwrite ${q(destination)}? `;
          if (!(yield* confirm(io, question))) return !gnu;
        }
        if (gnu && isDirectory(from!.mode) !== isDirectory(to.mode) && !o.has('b', 'backup')) {
          io.warn(isDirectory(from!.mode) ? `cannot overwrite non-directory ${q(destination)} with directory ${q(source)}` : `cannot overwrite directory ${q(destination)} with non-directory ${q(source)}`);
          return false;
        }
      }
      if (from && refused.has(`${from.dev}:${from.ino}`)) {
        io.warn(`warning: source directory ${q(source)} specified more than once`);
        return true;
      }
      let note = '';
      if (to && o.has('b', 'backup')) {
        const kept = destination + (o.value('S') ?? '~');
        sys.rename(destination, kept);
        note = ` (backup: ${q(kept)})`;
      }
      try {
        sys.rename(source, destination);
        if (o.has('v')) io.out(`${gnu ? 'renamed ' : ''}${q(source)} -> ${q(destination)}${note}\n`);
        return true;
      } catch (error) {
        if (!(error instanceof KernelError)) throw error;
        if (error.errno === 'EXDEV' && from) return yield* across(source, destination, from, to);
        if (!gnu) io.warn(`can't rename ${q(source)}: ${error.errno === 'EXDEV' ? 'No such file or directory' : reason(error)}`);
        else if (error.errno === 'EINVAL' && isDirectory(from!.mode)) {
          io.warn(`cannot move ${q(source)} to a subdirectory of itself, ${q(destination)}`);
          refused.add(`${from!.dev}:${from!.ino}`);
        } else if (error.errno === 'ENOTEMPTY' || error.errno === 'EEXIST') io.warn(`cannot overwrite ${q(destination)}: ${reason(error)}`);
        else io.warn(`cannot move ${q(source)} to ${q(destination)}: ${reason(error)}`);
        return false;
      }
    }

    function* across(source: string, destination: string, from: Stat, to: Stat | undefined): Task<boolean> {
      if (to) {
        if (!gnu && isDirectory(from.mode) !== isDirectory(to.mode)) {
          io.warn(isDirectory(to.mode) ? "can't overwrite directory with non-directory" : "can't overwrite non-directory with directory");
          return false;
        }
        try {
          if (isDirectory(to.mode) && gnu) sys.rmdir(destination);
          else sys.unlink(destination);
        } catch (error) {
          io.warn(gnu ? `inter-device move failed: ${q(source)} to ${q(destination)}; unable to remove target: ${reason(error)}` : `can't remove ${q(destination)}: ${reason(error)}`);
          return false;
        }
      }
      const verbose = o.has('v') && gnu;
      const copier = new TreeCopier(io, {
        recursive: true, follow: 'none', verbose, verbosePrefix: 'copied ', force: true,
        preserve: { mode: true, ownership: true, timestamps: true, links: true, xattr: gnu },
      });
      if (!(yield* copier.copy(source, destination))) return false;
      const gone = yield* removeTree(io, source, { recursive: true, force: true, verbose, interactive: false });
      if (gone && o.has('v') && !gnu) io.out(`${q(source)} -> ${q(destination)}\n`);
      return gone;
    }
  },
};
