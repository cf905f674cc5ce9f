// A mount namespace: the mounts that a group of processes sees.

import type { Mount } from './mount.ts';

export class MountNamespace {
  readonly id: number;
  root!: Mount;
  /** In the order they came, as `/proc/mounts` lists them. */
  readonly mounts = new Set<Mount>();

  constructor(id: number) {
    this.id = id;
  }
}
