// The calls mount, umount and pivot_root.

import { KernelError } from '../errno.ts';
import { isDirectory } from '../stat.ts';
import type { MountFlags } from '../syscalls.ts';
import type { FilesystemType, MountRequest } from './filesystem-type.ts';
import type { FsContext } from './fs-context.ts';
import type { Mount, PerMountFlags } from './mount.ts';
import { MountTable, treeOf } from './mount-table.ts';
import { isAdmin } from './permissions.ts';
import { setPropagation } from './propagation.ts';
import type { Superblock } from './superblock.ts';
import type { VirtualDentry } from './virtual-dentry.ts';

function perMountFlags(flags: MountFlags, before?: PerMountFlags): PerMountFlags {
  const { readonly = false, nosuid = false, nodev = false, noexec = false, noatime = false, nodiratime = false, relatime, strictatime = false } = flags;
  const kept = noatime || relatime || strictatime ? undefined : before;
  return {
    readonly, nosuid, nodev, noexec,
    noatime: kept ? kept.noatime : noatime,
    nodiratime: nodiratime || (kept?.nodiratime ?? false),
    relatime: kept ? kept.relatime : !noatime && !strictatime,
  };
}

/** Of a whole file system: only shown, in this order. */
const WORDS = ['sync', 'dirsync', 'mand', 'lazytime'] as const;

function keepWords(superblock: Superblock, flags: MountFlags): void {
  superblock.words = WORDS.filter((word) => flags[word] ?? superblock.words.includes(word));
}

export const DEFAULT_FLAGS = perMountFlags({});

export abstract class Mounting extends MountTable {
  readonly #filesystems = new Map<string, FilesystemType>();

  registerFilesystem(type: FilesystemType): void {
    this.#filesystems.set(type.name, type);
  }

  get filesystems(): ReadonlyMap<string, FilesystemType> {
    return this.#filesystems;
  }

  protected abstract mountRequest(request: Omit<MountRequest, 'vfs'>): MountRequest;

  mount(context: FsContext, source: string, target: string, type: string, flags: MountFlags, data = ''): void {
    this.#requireAdmin(context);
    const place = this.resolve(context, target);
    if (flags.remount) return this.#remount(place, flags, data);
    if (flags.bind) return this.#bind(context, source, place, flags.recursive ?? false);
    if (flags.propagation) {
      const mount = mountAt(place);
      for (const each of flags.recursive ? treeOf(mount) : [mount]) setPropagation(each, flags.propagation, this.groupIds);
      return;
    }
    if (flags.move) return this.#move(context, source, place);
    this.#mountNew(context, source, place, type, flags, data);
  }

  #mountNew(context: FsContext, source: string, place: VirtualDentry, type: string, flags: MountFlags, data: string): void {
    const filesystem = this.#filesystems.get(type);
    if (!filesystem) throw new KernelError('ENODEV');
    const superblock = filesystem.mount(this.mountRequest({ context, source, data, readonly: flags.readonly ?? false }));
    keepWords(superblock, flags);
    if (superblock === place.mount.superblock && place.dentry === place.mount.root) throw new KernelError('EBUSY');
    this.#requireMountable(place, true);
    this.attachTree(this.newMount(superblock, superblock.root, source || 'none', perMountFlags(flags)), place.mount, place.dentry);
  }

  #bind(context: FsContext, source: string, place: VirtualDentry, recursive: boolean): void {
    const { mount, dentry } = this.resolve(context, source);
    if (mount.unbindable || mount.namespace !== context.namespace) throw new KernelError('EINVAL');
    this.#requireMountable(place, isDirectory(dentry.inode.mode));
    this.attachTree(this.copyTree(mount, dentry, 'peer', { alone: !recursive }), place.mount, place.dentry);
  }

  #move(context: FsContext, source: string, place: VirtualDentry): void {
    const mount = mountAt(this.resolve(context, source));
    if (!mount.parent || mount.parent.group || mount.namespace !== context.namespace) throw new KernelError('EINVAL');
    if (isDirectory(mount.root.inode.mode) !== isDirectory(place.dentry.inode.mode)) throw new KernelError('EINVAL');
    const tree = [...treeOf(mount)];
    if (place.mount.group && tree.some((each) => each.unbindable)) throw new KernelError('EINVAL');
    if (tree.includes(place.mount)) throw new KernelError('ELOOP');
    this.takeOff(mount);
    this.attachTree(mount, place.mount, place.dentry);
  }

  #remount(place: VirtualDentry, flags: MountFlags, data: string): void {
    const mount = mountAt(place);
    const { superblock } = mount;
    const readonly = flags.readonly ?? false;
    if (readonly && (flags.bind ? mount.writers : superblock.writers)) throw new KernelError('EBUSY');
    if (!flags.bind) {
      superblock.remount(data);
      superblock.readonly = readonly;
      keepWords(superblock, flags);
    }
    mount.flags = perMountFlags(flags, mount.flags);
  }

  umount(context: FsContext, target: string, options?: { readonly lazy?: boolean }): void {
    this.#requireAdmin(context);
    const mount = mountAt(this.resolve(context, target));
    if (mount.namespace !== context.namespace) throw new KernelError('EINVAL');
    if (!mount.parent) throw new KernelError(options?.lazy ? 'EINVAL' : 'EBUSY');
    if (!options?.lazy && this.isBusy(mount)) throw new KernelError('EBUSY');
    this.detachTree(mount, true);
  }

  /** As `pivot_root(2)` followed by a detached umount of the old root that nobody else hears of. */
  pivotRoot(context: FsContext, newRoot: string): void {
    this.#requireAdmin(context);
    const mount = mountAt(this.locateDirectory(context, newRoot));
    const { root } = context;
    if (mount === root.mount) throw new KernelError('EBUSY');
    if (mount.namespace !== context.namespace || !mount.parent || mount.parent.group || root.mount.group || root.mount.parent?.group) {
      throw new KernelError('EINVAL');
    }
    if (root.dentry !== root.mount.root) throw new KernelError('EINVAL');
    this.takeOff(mount);
    const above = root.mount.parent;
    const { mountpoint } = root.mount;
    this.detachTree(root.mount, false);
    if (above) this.attachTree(mount, above, mountpoint!);
    else context.namespace.root = mount;
    const place = { mount, dentry: mount.root };
    for (const each of new Set([context, ...this.contexts()])) {
      if (each.namespace !== context.namespace) continue;
      if (each.root.mount === root.mount) each.root = place;
      if (!each.cwd.mount.namespace) each.cwd = place;
    }
  }

  #requireAdmin(context: FsContext): void {
    if (!isAdmin(context.credentials)) throw new KernelError('EPERM');
  }

  /** @throws ENOENT ENOTDIR */
  #requireMountable({ dentry }: VirtualDentry, directory: boolean): void {
    if (dentry.deleted) throw new KernelError('ENOENT');
    if (isDirectory(dentry.inode.mode) !== directory) throw new KernelError('ENOTDIR');
  }
}

/** @throws EINVAL when the place is not where a mount begins */
function mountAt({ mount, dentry }: VirtualDentry): Mount {
  if (dentry !== mount.root) throw new KernelError('EINVAL');
  return mount;
}
