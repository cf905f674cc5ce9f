// cp: copy files and trees.

import { KernelError } from '../../kernel/errno.ts';
import { isDirectory, type Stat } from '../../kernel/stat.ts';
import { TreeCopier, type CopyOptions } from '../lib/copy-tree.ts';
import { reason, type Io } from '../lib/messages.ts';
import type { Options } from '../lib/options.ts';
import { baseName, dirName, joinPath } from '../lib/path.ts';
import { quote, quoteAlways } from '../lib/quote.ts';
import type { Tool } from '../lib/tool.ts';

const ATTRIBUTES = ['mode', 'timestamps', 'ownership', 'links', 'context', 'xattr', 'all'];

function attributes(io: Io, option: string, list: string): string[] {
  return list.split(',').flatMap((given) => {
    const name = ATTRIBUTES.find((known) => known.startsWith(given));
    if (!name || !given) {
      io.warn(`invalid argument ${quote(given)} for ${quote(option)}`);
      io.err(`Valid arguments are:\n${ATTRIBUTES.map((known) => `  - ${quote(known)}\n`).join('')}`);
      return io.usage();
    }
    return name === 'all' ? ATTRIBUTES.slice(0, -1) : [name];
  });
}

function copyOptions(io: Io, o: Options): CopyOptions {
  const recursive = o.has('r', 'R', 'a');
  const kept = new Set<string>();
  let ignoreMode = false;
  let follow: CopyOptions['follow'] | undefined;
  for (const { key, value } of o.given) {
    if (key === 'a') {
      for (const name of io.gnu ? ATTRIBUTES : ['mode', 'timestamps', 'ownership', 'links']) kept.add(name);
      follow = 'none';
    } else if (key === 'd') {
      kept.add('links');
      follow = 'none';
    } else if (key === 'p' || (key === 'preserve' && value === undefined)) for (const name of ['mode', 'timestamps', 'ownership']) kept.add(name);
    else if (key === 'preserve') for (const name of attributes(io, '--preserve', value!)) kept.add(name);
    else if (key === 'no-preserve') {
      for (const name of attributes(io, '--no-preserve', value!)) {
        kept.delete(name);
        if (name === 'mode') ignoreMode = true;
      }
    } else if (key === 'P') follow = 'none';
    else if (key === 'L') follow = 'all';
    else if (key === 'H') follow = 'named';
  }
  const existing = o.last('n', 'i', 'f');
  const update = o.value('update');
  follow ??= (recursive && !(io.gnu && o.has('l'))) || (o.has('s') && !io.gnu) ? 'none' : 'all';
  return {
    recursive, ignoreMode, follow,
    preserve: { mode: kept.has('mode'), ownership: kept.has('ownership'), timestamps: kept.has('timestamps'), links: kept.has('links') || (!io.gnu && follow !== 'all'), xattr: kept.has('xattr') },
    force: o.has('f'), interactive: existing === 'i' || (existing === 'f' && o.has('i')),
    noClobber: existing === 'n' || update === 'none', update: o.has('u') || update === 'older' || (o.has('update') && update === undefined),
    verbose: o.has('v'), make: o.has('l') ? 'hard-links' : o.has('s') ? 'symbolic-links' : undefined,
    oneFileSystem: o.has('x'), removeDestination: o.has('remove-destination'), attributesOnly: o.has('attributes-only'),
    backup: o.has('b', 'backup') ? (o.value('S') ?? '~') : undefined, contents: o.has('copy-contents'),
  };
}

export const cp: Tool = {
  gnu: `a,archive attributes-only b backup:: copy-contents d f,force H i,interactive l,link L,dereference n,no-clobber P,no-dereference p preserve:: no-preserve:
    parents R r,recursive reflink:: remove-destination sparse: strip-trailing-slashes s,symbolic-link S:,suffix: t:,target-directory: T,no-target-directory u update:: v,verbose
    x,one-file-system Z context:: keep-directory-symlink debug`,
  busybox: 'p d R f i a r,recursive P L H s l v u n T t: remove-destination reflink:: parents',
  *run(io, o) {
    const { sys, gnu } = io;
    const sources = [...o.operands];
    const directory = o.value('t');
    if (gnu) {
      if (!sources.length) io.usage('missing file operand');
      if (directory === undefined && sources.length === 1) io.usage(`missing destination file operand after ${quoteAlways(sources[0]!)}`);
    } else if (sources.length < (directory === undefined ? 2 : 1)) io.usage();
    const target = directory ?? sources.pop()!;
    const statTarget = (): Stat | undefined => {
      try {
        return sys.stat(target);
      } catch (error) {
        if (!(error instanceof KernelError)) throw error;
        if (error.errno === 'ENOENT' || (!gnu && several)) return undefined;
        if (gnu && directory === undefined && sources.length === 1) return undefined;
        return gnu ? io.die(`target ${quoteAlways(target)}: ${reason(error)}`) : io.die(`can't stat '${target}': ${error.errno === 'ENOTDIR' ? 'Path has non-directory component' : reason(error)}`);
      }
    };
    const several = sources.length > 1 || directory !== undefined;
    const options = copyOptions(io, o);
    let ofDirectory = false;
    if (!gnu && !several) {
      try {
        ofDirectory = isDirectory((options.follow === 'none' ? sys.lstat(sources[0]!) : sys.stat(sources[0]!)).mode);
      } catch (error) {
        const why = reason(error), { errno } = error as KernelError;
        if (errno !== 'ENOENT') io.die(`can't stat '${sources[0]!}': ${errno === 'ENOTDIR' ? 'Path has non-directory component' : why}`);
      }
    }
    const at = statTarget();
    const into = at !== undefined && isDirectory(at.mode);
    const copier = new TreeCopier(io, options);
    if (gnu && !into && (directory !== undefined || sources.length > 1)) {
      if (o.has('T') && directory === undefined) io.usage(`extra operand ${quoteAlways(sources[1]!)}`);
      io.die(`${directory === undefined ? 'target' : 'target directory'} ${quoteAlways(target)}: ${at ? 'Not a directory' : 'No such file or directory'}`);
    }
    let whole = into && !o.has('T');
    // BusyBox puts it below the target when one of both is a directory, unless a tree gets a new name.
    if (!gnu) whole = several || ((into || ofDirectory) && !(options.recursive && ofDirectory && !at) && !o.has('T'));
    if (!gnu && o.has('T') && into && !(options.recursive && isDirectory(sys.stat(sources[0]!).mode))) io.die(`'${target}' is a directory`);
    if (o.has('parents') && !into) io.die(gnu ? `with --parents, the destination must be a directory` : `can't create '${target}': Not a directory`);
    const done = new Set<string>();
    for (const source of sources) {
      if (gnu && into && whole) {
        const trimmed = source.replace(/\/+$/, '') || '/';
        const kind = kindOf(source);
        if (done.has(trimmed) && options.backup === undefined) {
          io.warn(`warning: source ${kind} ${quoteAlways(source)} specified more than once`);
          continue;
        }
        if (kind === 'file' || (kind && options.recursive)) done.add(trimmed);
      }
      let destination = target;
      if (o.has('parents')) {
        destination = joinPath(target, source.replace(/^\/+/, '').replace(/\/+$/, ''));
        makeParents(source, target);
      } else if (whole) {
        const name = baseName(source);
        // `dir/.` copies the content of dir itself.
        destination = name === '/' ? target : joinPath(target, name);
      }
      if (!(yield* copier.copy(source, destination))) io.status = Math.max(io.status, 1);
    }

    /** As it is looked at; undefined when it is not there. */
    function kindOf(path: string): 'directory' | 'file' | undefined {
      try {
        return isDirectory((options.follow === 'none' ? sys.lstat(path) : sys.stat(path)).mode) ? 'directory' : 'file';
      } catch (error) {
        if (error instanceof KernelError) return undefined;
        throw error;
      }
    }

    function makeParents(source: string, base: string): void {
      const parts = dirName(source).split('/').filter((part) => part && part !== '.');
      let made = base;
      let from = source.startsWith('/') ? '' : '.';
      for (const part of parts) {
        made = joinPath(made, part);
        from = `${from}/${part}`;
        try {
          const like = sys.stat(from);
          sys.mkdir(made, like.mode & 0o7777);
          if (options.preserve?.ownership) sys.chown(made, like.uid, like.gid);
          if (o.has('v') && gnu) io.out(`${from.replace(/^\.\//, '')} -> ${made}\n`);
        } catch (error) {
          if (!(error instanceof KernelError)) throw error;
        }
      }
    }
  },
};
