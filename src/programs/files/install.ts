// install: copy files and set their attributes, or make directories.

import { parseMode } from '../../base/mode-change.ts';
import { KernelError } from '../../kernel/errno.ts';
import { isDirectory, type Stat } from '../../kernel/stat.ts';
import { TreeCopier } from '../lib/copy-tree.ts';
import { reason } from '../lib/messages.ts';
import { baseName, dirName, joinPath } from '../lib/path.ts';
import { quote, quoteAlways } from '../lib/quote.ts';
import type { Tool } from '../lib/tool.ts';
import { Users } from '../lib/users.ts';

export const install: Tool = {
  gnu: `b backup:: c C,compare d,directory D debug g:,group: m:,mode: o:,owner: p,preserve-timestamps s,strip strip-program: S:,suffix: t:,target-directory:
    T,no-target-directory v,verbose Z context:: preserve-context`,
  busybox: 'c v d D p s m:,mode: o:,owner: g:,group: t:',
  *run(io, o) {
    const { sys, gnu } = io;
    const users = new Users(sys);
    const q = (path: string): string => (gnu ? quoteAlways(path) : `'${path}'`);
    const modeText = o.value('m');
    const change = modeText === undefined ? () => 0o755 : parseMode(modeText, 0, gnu);
    if (!change) return io.die(gnu ? `invalid mode ${quote(modeText!)}` : `invalid mode '${modeText!}'`);
    const id = (text: string | undefined, kind: 'user' | 'group'): number => {
      if (text === undefined) return -1;
      return (kind === 'user' ? users.uid(text) : users.gid(text)) ?? io.die(gnu ? `invalid ${kind} ${quoteAlways(text)}` : `unknown ${kind} ${text}`);
    };
    const uid = id(o.value('o'), 'user');
    const gid = id(o.value('g'), 'group');
    const look = (path: string): Stat | undefined => {
      try {
        return sys.stat(path);
      } catch (error) {
        if (error instanceof KernelError) return undefined;
        throw error;
      }
    };
    const dress = (path: string, base: number): void => {
      try {
        if (uid >= 0 || gid >= 0) sys.chown(path, uid, gid);
      } catch (error) {
        io.fail(gnu ? `cannot change ownership of ${q(path)}: ${reason(error)}` : `can't change ownership of ${path}: ${reason(error)}`);
      }
      sys.chmod(path, change(base));
    };
    const makeParents = (path: string, announce: boolean, last = true): boolean => {
      if (look(path) || path === '.' || path === '/') return true;
      if (!makeParents(dirName(path), announce, false)) return false;
      try {
        sys.mkdir(path, 0o755);
        if (announce) io.out(gnu ? `install: creating directory ${q(path)}\n` : `created directory: '${path}${last ? '' : '/'}'\n`);
        return true;
      } catch (error) {
        io.fail(gnu ? `cannot create directory ${quoteAlways(path)}: ${reason(error)}` : `can't create directory '${path}': ${reason(error)}`);
        return false;
      }
    };
    const sources = [...o.operands];
    if (o.has('d')) {
      if (!sources.length) io.usage(gnu ? 'missing file operand' : undefined);
      for (const path of sources) {
        if (makeParents(path.replace(/(?<=.)\/+$/, ''), o.has('v'))) dress(path, 0o40000);
        yield* io.relieve();
      }
      return undefined;
    }
    const directory = o.value('t');
    if (!sources.length) io.usage(gnu ? 'missing file operand' : undefined);
    if (directory === undefined && sources.length === 1) io.usage(gnu ? `missing destination file operand after ${q(sources[0]!)}` : undefined);
    const target = directory ?? sources.pop()!;
    if (o.has('D')) makeParents(directory ?? dirName(target), o.has('v'));
    const at = look(target);
    const into = at !== undefined && isDirectory(at.mode) && !o.has('T');
    if (gnu && !into && (directory !== undefined || sources.length > 1)) io.die(`target ${q(target)}: ${at ? 'Not a directory' : 'No such file or directory'}`);
    const copier = new TreeCopier(io, { follow: 'all', force: true, removeDestination: true, backup: o.has('b', 'backup') ? (o.value('S') ?? '~') : undefined, preserve: { timestamps: o.has('p') }, ignoreMode: true });
    for (const source of sources) {
      const destination = into ? joinPath(target, baseName(source)) : target;
      const from = look(source);
      if (from && isDirectory(from.mode)) {
        io.fail(`omitting directory ${q(source)}`);
        continue;
      }
      if (!gnu && from && !look(dirName(destination))) {
        io.fail(`can't create '${destination}': Path does not exist`);
        continue;
      }
      if (!(yield* copier.copy(source, destination))) continue;
      dress(destination, 0o100000);
      if (o.has('v')) io.out(`${q(source)} -> ${q(destination)}\n`);
    }
    return undefined;
  },
};
