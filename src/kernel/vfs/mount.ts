// A mount: a file system, or a part of one, attached to a place in a namespace; and the peer groups it propagates in.

import type { Dentry } from './dentry.ts';
import type { MountNamespace } from './mount-namespace.ts';
import type { Superblock } from './superblock.ts';

export interface PerMountFlags {
  readonly readonly: boolean;
  readonly nosuid: boolean;
  readonly nodev: boolean;
  readonly noexec: boolean;
  readonly noatime: boolean;
  readonly nodiratime: boolean;
  /** Neither this nor `noatime`: every read counts. */
  readonly relatime: boolean;
}

/** Mounts that tell each other of mounts and umounts below them; `slaves` hear of them and tell nothing. */
export class PeerGroup {
  readonly id: number;
  readonly members = new Set<Mount>();
  readonly slaves = new Set<Mount>();

  constructor(id: number) {
    this.id = id;
  }
}

export class Mount {
  readonly id: number;
  readonly superblock: Superblock;
  /** What of the file system is shown: its root, or for a bind mount any directory or file of it. */
  readonly root: Dentry;
  /** As the first column of `/proc/mounts`. */
  readonly source: string;
  flags: PerMountFlags;
  namespace: MountNamespace | undefined = undefined;
  /** Undefined for the root of a namespace and for what is detached. */
  parent: Mount | undefined = undefined;
  mountpoint: Dentry | undefined = undefined;
  /** By mountpoint; a second mount on the same place is attached to the root of the first. */
  readonly children = new Map<Dentry, Mount>();
  /** When shared. */
  group: PeerGroup | undefined = undefined;
  /** When a slave. */
  master: PeerGroup | undefined = undefined;
  unbindable = false;
  /** Open files reached through it, and those of them open for writing. */
  users = 0;
  writers = 0;

  constructor(id: number, superblock: Superblock, root: Dentry, source: string, flags: PerMountFlags) {
    this.id = id;
    this.superblock = superblock;
    this.root = root;
    this.source = source;
    this.flags = flags;
  }
}
