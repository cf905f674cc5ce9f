// overlay: directories laid over each other, the topmost of them writable.

import { KernelError } from '../../errno.ts';
import { isDirectory, isRegular, isSymlink, S_IFCHR, type Stat, type StatFs } from '../../stat.ts';
import type { Dentry } from '../../vfs/dentry.ts';
import { type FileData, shareData } from '../../vfs/file-data.ts';
import type { FsContext } from '../../vfs/fs-context.ts';
import type { Inode } from '../../vfs/inode.ts';
import { replaceData } from '../../vfs/resize.ts';
import { type DirectoryItem, type NewInode, Superblock } from '../../vfs/superblock.ts';
import type { Vfs } from '../../vfs/vfs.ts';
import { IMPURE, isMerged, isOpaque, isWhiteout, mark, OPAQUE, ORIGIN, originOf, PREFIX } from './marks.ts';
import { OverlayDentry } from './overlay-dentry.ts';

const NONE: readonly Dentry[] = [];

export interface OverlayLayers {
  readonly upper: Dentry | undefined;
  /** `work/work`, where whiteouts are kept to be linked. */
  readonly work: Dentry | undefined;
  /** Topmost first. */
  readonly lowers: readonly Dentry[];
}

export class OverlaySuperblock extends Superblock {
  readonly type = 'overlay';
  override readonly root: OverlayDentry;
  readonly #options: string;
  readonly #vfs: Vfs;
  readonly #context: FsContext;
  readonly #layers: OverlayLayers;
  /** Stands in for the device of a layer on another file system than the first. */
  readonly #pseudoDevices = new Map<Superblock, number>();
  #whiteout: Dentry | undefined;
  #temporary = 0;

  constructor(vfs: Vfs, context: FsContext, layers: OverlayLayers, options: string) {
    super(vfs.clock, vfs.anonymousDevice());
    this.#vfs = vfs;
    this.#context = context;
    this.#layers = layers;
    this.#options = options;
    this.readonly = !layers.upper;
    this.root = new OverlayDentry(this, '/', undefined, layers.upper, layers.lowers);
  }

  override get options(): string {
    return this.#options;
  }

  override lookup(directory: Dentry, name: string): OverlayDentry | undefined {
    const parent = directory as OverlayDentry;
    const known = parent.children?.get(name);
    let upper = parent.upper && this.#inLayer(parent.upper, name);
    // A list of its own only where the known one does not fit: this is the hot path of every walk in a container.
    let lowers = known?.lowers ?? NONE, count = 0;
    if (upper && isWhiteout(upper.inode)) upper = undefined;
    else if (!upper || (isDirectory(upper.inode.mode) && !isOpaque(upper.inode))) {
      for (const layer of parent.lowers) {
        const found = this.#inLayer(layer, name);
        if (!found) continue;
        const { inode } = found;
        if (isWhiteout(inode)) break;
        const directory = isDirectory(inode.mode);
        if (directory || (!upper && !count)) {
          if (lowers[count] !== found) lowers = [...lowers.slice(0, count), found];
          count++;
        }
        if (!directory || isOpaque(inode)) break;
      }
    }
    const real = upper ?? (count ? lowers[0] : undefined);
    if (!real) {
      if (known) parent.children!.delete(name);
      return undefined;
    }
    // What was copied up through this dentry keeps it: open files and mounts go on with the copy.
    if (known && known.upper === upper && ((upper && !isDirectory(upper.inode.mode)) || (lowers === known.lowers && count === lowers.length))) {
      known.inode = real.inode;
      return known;
    }
    const dentry = new OverlayDentry(this, name, parent, upper, lowers.slice(0, count));
    (parent.children ??= new Map()).set(name, dentry);
    return dentry;
  }

  /** Layers are seen as they are on their own file systems; nothing that is mounted on them shows. */
  #inLayer(directory: Dentry, name: string): Dentry | undefined {
    return directory.superblock.lookup(directory, name, this.#context);
  }

  /** Linux's order: the lowest layer's names first, then what each layer above adds, from the top. */
  override *entries(directory: Dentry): Iterable<DirectoryItem> {
    const { upper, lowers } = directory as OverlayDentry;
    const layers = upper ? [upper, ...lowers] : lowers;
    const seen = new Map<string, DirectoryItem>();
    for (const layer of layers) {
      for (const item of layer.superblock.entries(layer, this.#context)) if (!seen.has(item.name)) seen.set(item.name, item);
    }
    const lowest = layers.at(-1)!;
    const shown = function* (item: DirectoryItem | undefined): Iterable<DirectoryItem> {
      if (!item || isWhiteout(item.inode)) return;
      yield { name: item.name, inode: item.inode, ino: originOf(item.inode) ?? item.ino ?? item.inode.ino };
    };
    if (layers.length > 1) {
      for (const { name } of lowest.superblock.entries(lowest, this.#context)) {
        yield* shown(seen.get(name));
        seen.delete(name);
      }
    }
    for (const item of seen.values()) yield* shown(item);
  }

  override getattr(dentry: Dentry): Stat {
    const { upper, lowers, real } = dentry as OverlayDentry;
    const stat = real.superblock.getattr(real);
    const directory = isDirectory(stat.mode);
    const sameDevice = directory || real.superblock === this.root.real.superblock;
    return {
      ...stat,
      dev: sameDevice ? this.dev : this.#pseudoDevice(real.superblock),
      ino: directory ? (lowers[0] ?? real).inode.ino : upper && originOf(upper.inode) || stat.ino,
      nlink: isMerged(dentry, upper, lowers) ? 1 : stat.nlink,
    };
  }

  #pseudoDevice(superblock: Superblock): number {
    let dev = this.#pseudoDevices.get(superblock);
    if (dev === undefined) this.#pseudoDevices.set(superblock, dev = this.#vfs.anonymousDevice());
    return dev;
  }

  override statfs(): StatFs {
    const { real } = this.root;
    return { ...real.superblock.statfs(), type: this.type };
  }

  override readlink({ inode }: Dentry): string {
    return inode.data as string;
  }

  override hidesXattr(name: string): boolean {
    return name.startsWith(PREFIX);
  }

  override remount(data: string): void {
    if (data) throw new KernelError('EINVAL');
  }

  /** What is read of a lower layer stays as it is there. */
  override recordsAccess(dentry: Dentry): boolean {
    return (dentry as OverlayDentry).upper !== undefined;
  }

  override writable(dentry: Dentry, discard?: boolean): Inode {
    return this.copyUp(dentry as OverlayDentry, discard).inode;
  }

  /** Have it in the upper layer: with its parents, owner, mode, times and attributes; the content is shared, not copied. */
  copyUp(dentry: OverlayDentry, discard = false): Dentry {
    if (dentry.upper) return dentry.upper;
    if (dentry.deleted) throw new KernelError('ENOENT');
    const parent = this.copyUp(dentry.parent);
    const { superblock } = parent;
    const { inode } = dentry.real;
    const { mode, uid, gid, rdev, atime, mtime } = inode;
    const { inode: { mtime: parentTime } } = parent;
    const upper = superblock.create(parent, dentry.name, { mode, uid, gid, rdev, target: isSymlink(mode) ? inode.data as string : undefined });
    const copy = upper.inode;
    if (isRegular(mode) && !discard) {
      try {
        replaceData(copy, shareData(inode.data as FileData));
      } catch (error) {
        superblock.remove(upper, this.#context);
        throw error;
      }
    }
    for (const [name, value] of inode.xattrs ?? []) if (!name.startsWith(PREFIX)) (copy.xattrs ??= new Map()).set(name, value);
    copy.atime = atime;
    copy.mtime = mtime;
    // A copy-up is no change to the directory that it happens in.
    parent.inode.mtime = parentTime;
    // A file with other names loses them, and its number: the copy is a file of its own.
    if (isDirectory(mode) || inode.nlink === 1) mark(copy, ORIGIN, String(inode.ino));
    mark(parent.inode, IMPURE);
    dentry.upper = upper;
    dentry.inode = copy;
    return upper;
  }

  override create(directory: Dentry, name: string, what: NewInode): OverlayDentry {
    if (isWhiteout({ mode: what.mode, rdev: what.rdev ?? 0 } as Inode)) throw new KernelError('EPERM');
    const parent = directory as OverlayDentry;
    const { superblock } = this.copyUp(parent);
    const covers = this.#dropWhiteout(parent, name);
    const upper = superblock.create(parent.upper!, name, what);
    if (covers && isDirectory(what.mode)) mark(upper.inode, OPAQUE);
    return this.#remember(parent, name, upper);
  }

  #remember(parent: OverlayDentry, name: string, upper: Dentry): OverlayDentry {
    const dentry = new OverlayDentry(this, name, parent, upper, []);
    (parent.children ??= new Map()).set(name, dentry);
    return dentry;
  }

  override link(existing: Dentry, directory: Dentry, name: string): void {
    const parent = directory as OverlayDentry;
    const upper = this.copyUp(existing as OverlayDentry);
    const { superblock } = this.copyUp(parent);
    this.#dropWhiteout(parent, name);
    superblock.link(upper, parent.upper!, name);
    if (upper.inode.xattrs?.has(ORIGIN)) mark(parent.upper!.inode, IMPURE);
  }

  override remove(dentry: Dentry): void {
    const victim = dentry as OverlayDentry;
    if (isDirectory(victim.inode.mode)) this.#requireEmpty(victim);
    const { parent, name, upper } = victim;
    const covered = this.#isBelow(parent, name);
    this.copyUp(parent);
    if (upper) this.#removeUpper(upper);
    if (covered) this.#addWhiteout(parent, name);
    victim.deleted = true;
    parent.children?.delete(name);
  }

  #requireEmpty(directory: OverlayDentry): void {
    for (const _ of this.entries(directory)) throw new KernelError('ENOTEMPTY');
  }

  /** An upper directory that shows empty can hold whiteouts. */
  #removeUpper(upper: Dentry): void {
    const { superblock } = upper;
    if (isDirectory(upper.inode.mode)) {
      for (const { name } of [...superblock.entries(upper, this.#context)]) superblock.remove(superblock.lookup(upper, name, this.#context)!, this.#context);
    }
    superblock.remove(upper, this.#context);
  }

  /** Whether a lower layer would show something by this name. */
  #isBelow(directory: OverlayDentry, name: string): boolean {
    for (const layer of directory.lowers) {
      const found = this.#inLayer(layer, name);
      if (found) return !isWhiteout(found.inode);
    }
    return false;
  }

  /** All whiteouts are links to one that is kept in the work directory. */
  #addWhiteout({ upper }: OverlayDentry, name: string): void {
    const { work } = this.#layers;
    const { superblock } = upper!;
    if (this.#whiteout?.deleted || (this.#whiteout?.inode.nlink ?? 0) >= 32000) this.#whiteout = undefined;
    this.#whiteout ??= superblock.create(work!, this.#temporaryName(), { mode: S_IFCHR, uid: 0, gid: 0 });
    superblock.link(this.#whiteout, upper!, name);
  }

  #temporaryName(): string {
    return `#${(++this.#temporary).toString(16)}`;
  }

  /** @returns whether there was one */
  #dropWhiteout({ upper }: OverlayDentry, name: string): boolean {
    const found = this.#inLayer(upper!, name);
    if (found) upper!.superblock.remove(found, this.#context);
    return found !== undefined;
  }

  override rename(dentry: Dentry, directory: Dentry, name: string, replaced: Dentry | undefined, context: FsContext): void {
    const moved = dentry as OverlayDentry;
    const parent = directory as OverlayDentry;
    const isDir = isDirectory(moved.inode.mode);
    // Without redirects a directory that a lower layer has cannot be moved; callers copy it then.
    if (isDir && moved.lowers.length) throw new KernelError('EXDEV');
    const target = replaced as OverlayDentry | undefined;
    if (target && isDir) this.#requireEmpty(target);
    const from = moved.parent;
    const oldName = moved.name;
    const upper = this.copyUp(moved);
    const { superblock } = this.copyUp(parent);
    const covered = this.#isBelow(from, oldName);
    // A whiteout at the new name changes places with what is moved; else RENAME_WHITEOUT makes one of its own.
    const whiteout = target ? undefined : this.#inLayer(parent.upper!, name);
    if (target?.upper) this.#removeUpper(target.upper);
    if (whiteout && covered) superblock.rename(whiteout, this.#layers.work!, this.#temporaryName(), undefined, context);
    else if (whiteout) superblock.remove(whiteout, context);
    if (isDir && parent.lowers.length) mark(upper.inode, OPAQUE);
    superblock.rename(upper, parent.upper!, name, undefined, context);
    if (from !== parent && upper.inode.xattrs?.has(ORIGIN)) mark(parent.upper!.inode, IMPURE);
    if (covered && whiteout) superblock.rename(whiteout, from.upper!, oldName, undefined, context);
    else if (covered) superblock.create(from.upper!, oldName, { mode: S_IFCHR, uid: 0, gid: 0 });
    from.children?.delete(oldName);
    moved.name = name;
    moved.parent = parent;
    if (!isDir) moved.lowers = [];
    if (target) target.deleted = true;
    (parent.children ??= new Map()).set(name, moved);
  }
}
