// The walk from a path to a place: components, mounts, symbolic links, search permission.

import { encode } from '../../base/bytes.ts';
import type { Clock } from '../../base/clock.ts';
import { KernelError } from '../errno.ts';
import { isDirectory, S_IFDIR, S_IFLNK, S_IFMT } from '../stat.ts';
import type { Dentry } from './dentry.ts';
import type { FsContext } from './fs-context.ts';
import type { Mount } from './mount.ts';
import { MAY_EXEC, require } from './permissions.ts';
import { pathBetween } from './place-path.ts';
import { touchAccess } from './times.ts';
import type { VirtualDentry } from './virtual-dentry.ts';

const SLASH = 47;
const MAX_LINKS = 40;

export interface NoFollow {
  readonly noFollow?: boolean | undefined;
}

/** The lowest layer of the Vfs. A walk leaves its result in `onMount` and `dentry`: the one hot path allocates nothing. */
export class PathWalk {
  readonly clock: Clock;
  /** Where the walk is. */
  protected onMount!: Mount;
  protected dentry!: Dentry;
  /** The last component was followed by a slash. */
  protected trailing = false;
  #links = 0;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  /** Where a path leads. */
  resolve(context: FsContext, path: string, options?: NoFollow): VirtualDentry {
    this.locate(context, path, !options?.noFollow);
    return { mount: this.onMount, dentry: this.dentry };
  }

  /** Walk all of the path. @throws ENOENT ENOTDIR EACCES ELOOP ENAMETOOLONG */
  protected locate(context: FsContext, path: string, follow: boolean): void {
    this.#finish(context, this.locateParent(context, path), follow);
  }

  protected locateDirectory(context: FsContext, path: string): VirtualDentry {
    this.locate(context, path, true);
    if (!isDirectory(this.dentry.inode.mode)) throw new KernelError('ENOTDIR');
    return { mount: this.onMount, dentry: this.dentry };
  }

  /** Walk all but the last component, which is returned: a name, `.`, `..`, or '' for the root directory itself. */
  protected locateParent(context: FsContext, path: string): string {
    if (path === '') throw new KernelError('ENOENT');
    if (path.length >= 4096) throw new KernelError('ENAMETOOLONG');
    this.#links = 0;
    const start = path.charCodeAt(0) === SLASH ? context.root : context.cwd;
    this.onMount = start.mount;
    this.dentry = start.dentry;
    return this.#descend(context, path);
  }

  /** What has this name in the directory where the walk is; the name is neither `.` nor `..`. */
  protected lookup(context: FsContext, name: string): Dentry | undefined {
    const child = this.onMount.superblock.lookup(this.dentry, name, context);
    if (!child && name.length > 85 && encode(name).length > 255) throw new KernelError('ENAMETOOLONG');
    return child;
  }

  /**
   * Follow a link that is the last component, for who would create what it points to. The walk moves to the parent of
   * the target; returns the target's name, undefined when the link was magic and the walk is there.
   */
  protected followToParent(context: FsContext, link: Dentry): string | undefined {
    const target = this.#enterLink(context, link);
    return target === undefined ? undefined : this.#descend(context, target);
  }

  /** Move onto a child: into whatever is mounted on it. */
  protected enter(child: Dentry): void {
    this.dentry = child;
    if (child.mounts) this.#cross();
  }

  #descend(context: FsContext, path: string): string {
    const { length } = path;
    let i = 0;
    this.trailing = false;
    while (path.charCodeAt(i) === SLASH) i++;
    while (i < length) {
      let end = path.indexOf('/', i);
      if (end < 0) end = length;
      const name = path.slice(i, end);
      i = end;
      while (path.charCodeAt(i) === SLASH) i++;
      const { inode } = this.dentry;
      if ((inode.mode & S_IFMT) !== S_IFDIR) throw new KernelError('ENOTDIR');
      require(context.credentials, inode, MAY_EXEC);
      if (i >= length) {
        this.trailing = end < length;
        return name;
      }
      this.#step(context, name, true);
    }
    return '';
  }

  #finish(context: FsContext, last: string, follow: boolean): void {
    if (last === '') return;
    const { trailing } = this;
    this.#step(context, last, follow || trailing);
    if (trailing && !isDirectory(this.dentry.inode.mode)) throw new KernelError('ENOTDIR');
  }

  #step(context: FsContext, name: string, follow: boolean): void {
    if (name === '.') return;
    if (name === '..') return this.#up(context);
    const child = this.lookup(context, name);
    if (!child) throw new KernelError('ENOENT');
    if (follow && (child.inode.mode & S_IFMT) === S_IFLNK) {
      const target = this.#enterLink(context, child);
      if (target !== undefined) this.#finish(context, this.#descend(context, target), true);
      return;
    }
    this.dentry = child;
    if (child.mounts) this.#cross();
  }

  /** The text to go on with, from where the walk is then; undefined when the link itself led to the place. */
  #enterLink(context: FsContext, link: Dentry): string | undefined {
    if (++this.#links > MAX_LINKS) throw new KernelError('ELOOP');
    const { superblock } = this.onMount;
    const there = superblock.jump(link, context, this.onMount);
    if (there) {
      this.onMount = there.mount;
      this.dentry = there.dentry;
      return undefined;
    }
    const target = superblock.readlink(link, context);
    touchAccess(this.onMount, link);
    if (target === '') throw new KernelError('ENOENT');
    if (target.charCodeAt(0) === SLASH) {
      this.onMount = context.root.mount;
      this.dentry = context.root.dentry;
    }
    return target;
  }

  #up(context: FsContext): void {
    const { root } = context;
    for (;;) {
      const { onMount: mount, dentry } = this;
      if (mount === root.mount && dentry === root.dentry) break;
      if (dentry !== mount.root) {
        this.dentry = dentry.parent;
        break;
      }
      if (!mount.parent) break;
      this.onMount = mount.parent;
      this.dentry = mount.mountpoint!;
    }
    if (this.dentry.mounts) this.#cross();
  }

  #cross(): void {
    for (let child; this.dentry.mounts && (child = this.onMount.children.get(this.dentry));) {
      this.onMount = child;
      this.dentry = child.root;
    }
  }

  /** The path of a place as seen from the context's root, ` (deleted)` as `/proc/<pid>/fd` has it. */
  pathOf(context: FsContext, place: VirtualDentry): string {
    return pathBetween(context.root, place).path + (place.dentry.deleted ? ' (deleted)' : '');
  }

  realpath(context: FsContext, path: string): string {
    return pathBetween(context.root, this.resolve(context, path)).path;
  }

  /** @throws ENOENT when it was removed */
  getcwd(context: FsContext): string {
    if (context.cwd.dentry.deleted) throw new KernelError('ENOENT');
    const { path, reachable } = pathBetween(context.root, context.cwd);
    return reachable ? path : `(unreachable)${path}`;
  }

  chdir(context: FsContext, path: string): void {
    const place = this.locateDirectory(context, path);
    require(context.credentials, place.dentry.inode, MAY_EXEC);
    context.cwd = place;
  }

  chroot(context: FsContext, path: string): void {
    const place = this.locateDirectory(context, path);
    require(context.credentials, place.dentry.inode, MAY_EXEC);
    if (context.credentials.uid !== 0) throw new KernelError('EPERM');
    context.root = place;
  }
}
