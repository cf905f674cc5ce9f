// Peer groups: what shared, slave, private and unbindable mounts tell each other (Linux's fs/pnode.c).

import type { Dentry } from './dentry.ts';
import { type Mount, PeerGroup } from './mount.ts';
import type { IdAllocator } from './id-allocator.ts';

export type Propagation = 'private' | 'shared' | 'slave' | 'unbindable';

export function makeShared(mount: Mount, ids: IdAllocator): void {
  mount.unbindable = false;
  if (mount.group) return;
  mount.group = new PeerGroup(ids.take());
  mount.group.members.add(mount);
}

export function joinGroup(mount: Mount, group: PeerGroup | undefined): void {
  mount.group = group;
  group?.members.add(mount);
}

export function followMaster(mount: Mount, master: PeerGroup | undefined): void {
  mount.master?.slaves.delete(mount);
  mount.master = master;
  master?.slaves.add(mount);
}

/** Out of its peer group, of which it becomes a slave; of its master, when it was the last of the group. */
export function makeSlave(mount: Mount, ids: IdAllocator): void {
  const { group } = mount;
  if (!group) return;
  mount.group = undefined;
  group.members.delete(mount);
  if (group.members.size) {
    followMaster(mount, group);
    return;
  }
  for (const slave of [...group.slaves]) followMaster(slave, mount.master);
  ids.give(group.id);
}

export function makePrivate(mount: Mount, ids: IdAllocator): void {
  makeSlave(mount, ids);
  followMaster(mount, undefined);
}

export function setPropagation(mount: Mount, kind: Propagation, ids: IdAllocator): void {
  if (kind === 'shared') return makeShared(mount, ids);
  if (kind === 'slave') makeSlave(mount, ids);
  else makePrivate(mount, ids);
  mount.unbindable = kind === 'unbindable';
}

/** Mounts that hear of what happens below this one, nearest first. */
export function* listeners(mount: Mount): Generator<Mount> {
  const { group } = mount;
  if (!group) return;
  for (const peer of group.members) if (peer !== mount) yield peer;
  yield* slavesOf(group);
}

function* slavesOf(group: PeerGroup): Generator<Mount> {
  const seen = new Set<PeerGroup>();
  for (const slave of group.slaves) {
    if (!slave.group) {
      yield slave;
    } else if (!seen.has(slave.group)) {
      seen.add(slave.group);
      yield* slave.group.members;
      yield* slavesOf(slave.group);
    }
  }
}

/** How a copy of a mount stands to its original: a peer (when that is shared), or a slave, shared with others or not. */
export type CopyKind = 'peer' | 'slave' | 'shared-slave';

/**
 * Copies of a tree that is about to be mounted at `mountpoint` of `parent`, for all who hear of it. `source`'s mounts
 * are shared already.
 */
export function propagate(parent: Mount, mountpoint: Dentry, source: Mount,
  copy: (tree: Mount, kind: CopyKind) => Mount): { readonly parent: Mount; readonly tree: Mount }[] {
  const copies: { parent: Mount; tree: Mount }[] = [];
  const give = (to: Mount, from: Mount, kind: CopyKind): Mount | undefined => {
    if (!mountpoint.isWithin(to.root)) return undefined;
    const tree = copy(from, kind);
    copies.push({ parent: to, tree });
    return tree;
  };
  const toSlaves = (group: PeerGroup, from: Mount): void => {
    const seen = new Set<PeerGroup>();
    for (const slave of [...group.slaves]) {
      if (!slave.group) {
        give(slave, from, 'slave');
      } else if (!seen.has(slave.group)) {
        seen.add(slave.group);
        let first: Mount | undefined;
        for (const peer of slave.group.members) {
          const tree = give(peer, first ?? from, first ? 'peer' : 'shared-slave');
          first ??= tree;
        }
        toSlaves(slave.group, first ?? from);
      }
    }
  };
  const { group } = parent;
  if (!group) return copies;
  for (const peer of group.members) if (peer !== parent) give(peer, source, 'peer');
  toSlaves(group, source);
  return copies;
}
