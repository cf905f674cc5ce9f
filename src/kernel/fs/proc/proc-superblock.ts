// proc: what the kernel knows, as files; one instance shows one pid namespace.

import { KernelError } from '../../errno.ts';
import { S_IFDIR, S_IFLNK, S_IFREG, type Stat, type StatFs } from '../../stat.ts';
import { Dentry } from '../../vfs/dentry.ts';
import type { FileDescription } from '../../vfs/file-description.ts';
import type { FilesystemType } from '../../vfs/filesystem-type.ts';
import type { FsContext } from '../../vfs/fs-context.ts';
import { Inode } from '../../vfs/inode.ts';
import type { Mount } from '../../vfs/mount.ts';
import { isCapable } from '../../vfs/permissions.ts';
import { type DirectoryItem, Superblock } from '../../vfs/superblock.ts';
import type { VirtualDentry } from '../../vfs/virtual-dentry.ts';
import type { Vfs } from '../../vfs/vfs.ts';
import type { Disk } from '../disk/disk.ts';
import { PROCESS_FILES } from './process-files.ts';
import type { PidScope, ProcEntry, ProcScope } from './proc-entry.ts';
import { ProcFile } from './proc-file.ts';
import type { ProcProcess, ProcSource } from './proc-source.ts';
import { SYSTEM_FILES } from './system-files.ts';

/** Entries that need no process take a scope whose process is never looked at. */
type Entry = ProcEntry<PidScope>;

class ProcDentry extends Dentry {
  declare parent: ProcDentry;
  declare children: Map<string, ProcDentry> | undefined;
  readonly entry: Entry;
  /** Whose it is, below `/proc/<pid>`. */
  readonly process: ProcProcess | undefined;

  constructor(name: string, parent: ProcDentry | undefined, inode: Inode, entry: Entry, process: ProcProcess | undefined) {
    super(name, parent, inode);
    this.entry = entry;
    this.process = process;
  }
}

const isPid = (name: string): boolean => /^[1-9]\d{0,8}$/.test(name);

export class ProcSuperblock extends Superblock {
  readonly type = 'proc';
  override readonly root: ProcDentry;
  override readonly opensItself = true;
  readonly #vfs: Vfs;
  readonly #source: ProcSource;
  readonly #disks: readonly Disk[];
  readonly #pidNamespace: object;
  #nextIno = 1;

  constructor(vfs: Vfs, source: ProcSource, disks: readonly Disk[], pidNamespace: object) {
    super(vfs.clock, vfs.anonymousDevice());
    this.#vfs = vfs;
    this.#source = source;
    this.#disks = disks;
    this.#pidNamespace = pidNamespace;
    this.root = this.#make('/', undefined, {
      children: SYSTEM_FILES as unknown as Entry['children'] & object,
      list: () => source.pids(pidNamespace).map(String),
      find: (_scope, name) => isPid(name) && source.process(pidNamespace, Number(name)) ? { children: PROCESS_FILES } : undefined,
    }, undefined);
  }

  override create(): never {
    throw new KernelError('ENOENT');
  }

  #make(name: string, parent: ProcDentry | undefined, entry: Entry, process: ProcProcess | undefined): ProcDentry {
    const kind = entry.link ? S_IFLNK | 0o777 : entry.read ? S_IFREG | 0o444 : S_IFDIR | 0o555;
    const { uid = 0, gid = 0 } = process?.info ?? {};
    const inode = new Inode(this, this.#nextIno++, entry.mode === undefined ? kind : (kind & ~0o7777) | entry.mode, uid, gid, 0, this.clock.now);
    if (!entry.link && !entry.read) inode.nlink = 2;
    return new ProcDentry(name, parent, inode, entry, process);
  }

  #scope({ process }: ProcDentry, context: FsContext): PidScope {
    const scope: ProcScope = {
      vfs: this.#vfs, source: this.#source, disks: this.#disks, context, pidNamespace: this.#pidNamespace,
      self: this.#source.pidOf(this.#pidNamespace, context),
    };
    return process ? { ...scope, process } : scope as PidScope;
  }

  /** What this stands in for may have ended, and its number been given to another. */
  #current(dentry: ProcDentry): ProcProcess | undefined {
    const { process } = dentry;
    if (!process) return undefined;
    const now = this.#source.process(this.#pidNamespace, process.info.pid);
    return now?.context === process.context ? now : undefined;
  }

  override lookup(directory: Dentry, name: string, context: FsContext): ProcDentry | undefined {
    const parent = directory as ProcDentry;
    const fixed = parent.entry.children;
    const known = parent.children?.get(name);
    if (parent.process && !this.#current(parent)) return undefined;
    if (fixed && Object.hasOwn(fixed, name)) {
      if (known) return known;
      const dentry = this.#make(name, parent, fixed[name]!, parent.process);
      (parent.children ??= new Map()).set(name, dentry);
      return dentry;
    }
    const entry = parent.entry.find?.(this.#scope(parent, context), name);
    if (!entry) return undefined;
    if (known && !known.entry.file && (parent !== this.root || this.#current(known))) return known;
    const dentry = this.#make(name, parent, entry, parent === this.root ? this.#source.process(this.#pidNamespace, Number(name)) : parent.process);
    (parent.children ??= new Map()).set(name, dentry);
    return dentry;
  }

  override *entries(directory: Dentry, context: FsContext): Iterable<DirectoryItem> {
    const parent = directory as ProcDentry;
    const { children, list } = parent.entry;
    const names = [...list?.(this.#scope(parent, context)) ?? [], ...Object.keys(children ?? {})];
    for (const name of names) {
      const found = this.lookup(parent, name, context);
      if (found) yield found;
    }
  }

  override getattr(dentry: Dentry): Stat {
    const { entry } = dentry as ProcDentry;
    if (entry.file && dentry.inode.mode !== (dentry.inode.mode & ~0o170000 | S_IFLNK)) return entry.file.stat();
    return { ...super.getattr(dentry), size: entry.file ? 64 : 0, blksize: 1024 };
  }

  override statfs(): StatFs {
    return { type: this.type, bsize: 4096, blocks: 0, bfree: 0, bavail: 0, files: 0, ffree: 0 };
  }

  override hidesXattr(): boolean {
    return true;
  }

  override recordsAccess(): boolean {
    return false;
  }

  override readlink(dentry: Dentry, context: FsContext): string {
    return this.#guarded(dentry, context).entry.link!(this.#scope(dentry as ProcDentry, context));
  }

  override jump(dentry: Dentry, context: FsContext, mount: Mount): VirtualDentry | undefined {
    const { entry } = this.#guarded(dentry, context);
    const there = entry.jump?.(this.#scope(dentry as ProcDentry, context));
    if (there || !entry.file) return there;
    // A nameless file: a dentry that stands for it, which opens as the file itself.
    const { mode, uid, gid, rdev } = entry.file.stat();
    const link = dentry as ProcDentry;
    return { mount, dentry: new ProcDentry(link.name, link.parent, new Inode(this, link.inode.ino, mode, uid, gid, rdev, this.clock.now), entry, link.process) };
  }

  override open(place: VirtualDentry, context: FsContext, flags: number): FileDescription {
    const dentry = place.dentry as ProcDentry;
    const { entry } = this.#guarded(dentry, context);
    if (entry.file) return entry.file.reopen(flags);
    if (!entry.read) throw new KernelError('EINVAL');
    return new ProcFile(place, flags, entry.read(this.#scope(dentry, context)));
  }

  #guarded(dentry: Dentry, { credentials }: FsContext): ProcDentry {
    const proc = dentry as ProcDentry;
    if (proc.process && !this.#current(proc)) throw new KernelError('ESRCH');
    if (proc.entry.guarded && proc.process && proc.process.info.uid !== credentials.uid && !isCapable(credentials)) throw new KernelError('EACCES');
    return proc;
  }
}

export function procType(source: ProcSource, disks: readonly Disk[]): FilesystemType {
  return { name: 'proc', mount: ({ vfs, context }) => new ProcSuperblock(vfs, source, disks, context.pidNamespace) };
}
