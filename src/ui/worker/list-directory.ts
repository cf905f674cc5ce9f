// The entries of a directory of the host, for choosing a file.

import type { HostApi } from '../../host/host-api.ts';
import { kindOf, placeOf } from '../../host/raw-tree.ts';

export interface DirectoryView {
  /** Absolute, without `..`. */
  readonly path: string;
  readonly entries: readonly { readonly name: string; readonly kind: string; readonly size: number }[];
}

/** Directories first. @throws Error in the kernel's words when it is none */
export function listDirectory(host: HostApi, path: string): DirectoryView {
  return host.look((machine) => {
    const { init } = machine;
    const real = init.realpath(path);
    const entries = init.readdir(real).map(({ name }) => {
      const place = placeOf(machine, `${real}/${name}`);
      const inode = place?.dentry.inode;
      return { name, kind: inode ? kindOf(inode.mode) : 'symlink', size: inode ? place.mount.superblock.getattr(place.dentry).size : 0 };
    }).filter(({ name }) => name !== '.' && name !== '..');
    const rank = ({ kind }: { kind: string }): number => (kind === 'directory' ? 0 : 1);
    return { path: real, entries: entries.toSorted((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1)) };
  });
}
