// All mounts of all namespaces: how they are attached, copied, detached and listed.

import { Opening } from './opening.ts';
import type { Dentry } from './dentry.ts';
import type { FsContext } from './fs-context.ts';
import { IdAllocator } from './id-allocator.ts';
import { Mount, type PerMountFlags } from './mount.ts';
import { MountNamespace } from './mount-namespace.ts';
import { type CopyKind, followMaster, joinGroup, listeners, makePrivate, makeShared, propagate } from './propagation.ts';
import type { Superblock } from './superblock.ts';
import type { VirtualDentry } from './virtual-dentry.ts';

export abstract class MountTable extends Opening {
  /** Contexts of all living processes: their root and working directories keep mounts busy. */
  contexts: () => Iterable<FsContext> = () => [];
  readonly #mountpoints = new Map<Dentry, Set<Mount>>();
  readonly #mountIds = new IdAllocator(22);
  protected readonly groupIds = new IdAllocator(1);
  #namespaces = 0;

  protected newNamespace(): MountNamespace {
    return new MountNamespace(++this.#namespaces);
  }

  protected newMount(superblock: Superblock, root: Dentry, source: string, flags: PerMountFlags): Mount {
    return new Mount(this.#mountIds.take(), superblock, root, source, flags);
  }

  /** A namespace whose `/` is this file system. */
  newRootNamespace(superblock: Superblock, source: string, flags: PerMountFlags): MountNamespace {
    const namespace = this.newNamespace();
    namespace.root = this.newMount(superblock, superblock.root, source, flags);
    namespace.root.namespace = namespace;
    namespace.mounts.add(namespace.root);
    return namespace;
  }

  /** As CLONE_NEWNS: gives the context, in place, a copy of its namespace; shared mounts and their copies stay peers. */
  copyNamespace(context: FsContext): void {
    const namespace = this.newNamespace();
    const copies = new Map<Mount, Mount>();
    const { root } = context.namespace;
    namespace.root = this.copyTree(root, root.root, 'peer', { unbindable: true, copies });
    this.adopt(namespace.root, namespace);
    const move = ({ mount, dentry }: VirtualDentry): VirtualDentry => ({ mount: copies.get(mount) ?? mount, dentry });
    context.namespace = namespace;
    context.root = move(context.root);
    context.cwd = move(context.cwd);
  }

  /** The last process of a namespace is gone. */
  releaseNamespace(namespace: MountNamespace): void {
    for (const mount of [...namespace.mounts]) this.detach(mount);
  }

  /** Of the tree below a directory of a mount, or `alone`; unbindable mounts are left out unless asked for. */
  protected copyTree(mount: Mount, root: Dentry, kind: CopyKind,
    options?: { readonly alone?: boolean; readonly unbindable?: boolean; readonly copies?: Map<Mount, Mount> }): Mount {
    const copy = this.newMount(mount.superblock, root, mount.source, mount.flags);
    options?.copies?.set(mount, copy);
    if (kind === 'peer') {
      joinGroup(copy, mount.group);
      followMaster(copy, mount.master);
      copy.unbindable = mount.unbindable;
    } else {
      followMaster(copy, mount.group);
      if (kind === 'shared-slave') makeShared(copy, this.groupIds);
    }
    if (options?.alone) return copy;
    for (const [mountpoint, child] of mount.children) {
      if ((child.unbindable && !options?.unbindable) || !mountpoint.isWithin(root)) continue;
      this.#link(this.copyTree(child, child.root, kind, options), copy, mountpoint);
    }
    return copy;
  }

  /** Mount a detached tree, and copies of it wherever the parent's peers and slaves are. */
  protected attachTree(tree: Mount, parent: Mount, mountpoint: Dentry): void {
    // Listed before its copies, as it was made before them.
    this.adopt(tree, parent.namespace);
    if (parent.group) {
      for (const mount of treeOf(tree)) makeShared(mount, this.groupIds);
      for (const copy of propagate(parent, mountpoint, tree, (from, kind) => this.copyTree(from, from.root, kind))) {
        this.adopt(copy.tree, copy.parent.namespace);
        this.#mountBeneath(copy.tree, copy.parent, mountpoint);
      }
    }
    this.#mountBeneath(tree, parent, mountpoint);
  }

  /** What is mounted there already comes to lie on top. */
  #mountBeneath(tree: Mount, parent: Mount, mountpoint: Dentry): void {
    const covered = parent.children.get(mountpoint);
    if (covered) {
      this.#unlink(covered);
      this.#link(covered, tree, tree.root);
    }
    this.#link(tree, parent, mountpoint);
  }

  protected adopt(tree: Mount, namespace: MountNamespace | undefined): void {
    for (const mount of treeOf(tree)) {
      if (mount.namespace === namespace) continue;
      mount.namespace?.mounts.delete(mount);
      mount.namespace = namespace;
      namespace?.mounts.add(mount);
    }
  }

  #link(mount: Mount, parent: Mount, mountpoint: Dentry): void {
    mount.parent = parent;
    mount.mountpoint = mountpoint;
    parent.children.set(mountpoint, mount);
    mountpoint.mounts++;
    let mounts = this.#mountpoints.get(mountpoint);
    if (!mounts) this.#mountpoints.set(mountpoint, mounts = new Set());
    mounts.add(mount);
  }

  /** From its parent only. */
  #unlink(mount: Mount): void {
    const { parent, mountpoint } = mount;
    if (!parent || !mountpoint) return;
    parent.children.delete(mountpoint);
    mountpoint.mounts--;
    const mounts = this.#mountpoints.get(mountpoint)!;
    mounts.delete(mount);
    if (!mounts.size) this.#mountpoints.delete(mountpoint);
    mount.parent = mount.mountpoint = undefined;
  }

  /** Take a tree off its place, still whole, to be mounted elsewhere. */
  protected takeOff(tree: Mount): void {
    this.#unlink(tree);
  }

  /** One mount goes: from its parent, its namespace and its peers. What is open on it lives on. */
  protected detach(mount: Mount): void {
    this.#unlink(mount);
    makePrivate(mount, this.groupIds);
    mount.namespace?.mounts.delete(mount);
    mount.namespace = undefined;
    this.#mountIds.give(mount.id);
  }

  /** Detach a mount and all below it; with propagation, as its parent's peers and slaves hear of it. */
  protected detachTree(tree: Mount, propagates: boolean): void {
    for (const mount of [...treeOf(tree)].reverse()) {
      const heard = propagates ? this.#echoes(mount) : [];
      this.detach(mount);
      for (const echo of heard) this.#detachEcho(echo);
    }
  }

  /** What was mounted together with a mount, under the peers and slaves of its parent. */
  #echoes(mount: Mount): Mount[] {
    const { parent, mountpoint } = mount;
    if (!parent?.group) return [];
    return [...listeners(parent)].flatMap((listener) => listener.children.get(mountpoint!) ?? []);
  }

  #detachEcho(echo: Mount): void {
    const { parent, mountpoint } = echo;
    const over = echo.children.get(echo.root);
    if (echo.children.size > (over ? 1 : 0) || !parent) return;
    if (over) this.#unlink(over);
    this.detach(echo);
    if (over) this.#link(over, parent, mountpoint!);
  }

  /** Whether an ordinary umount has to wait: files open, directories in use, mounts below. */
  protected isBusy(mount: Mount): boolean {
    if (mount.children.size || this.#isUsed(mount)) return true;
    return this.#echoes(mount).some((echo) => !echo.children.size && this.#isUsed(echo));
  }

  #isUsed(mount: Mount): boolean {
    if (mount.users) return true;
    for (const { root, cwd } of this.contexts()) if (root.mount === mount || cwd.mount === mount) return true;
    return false;
  }

  protected override mountsAt(dentry: Dentry): Iterable<Mount> {
    return this.#mountpoints.get(dentry) ?? [];
  }

  protected override detachMounts(dentry: Dentry): void {
    for (const mount of [...this.mountsAt(dentry)]) this.detachTree(mount, false);
  }
}

/** A mount and all mounted below it, parents first. */
export function* treeOf(mount: Mount): Generator<Mount> {
  yield mount;
  for (const child of mount.children.values()) yield* treeOf(child);
}
