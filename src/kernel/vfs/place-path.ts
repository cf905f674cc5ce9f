// The path from one place of a mount tree to another below it (Linux's prepend_path).

import type { VirtualDentry } from './virtual-dentry.ts';

/** `reachable` is false when `root` is not above: the path then begins at the top of the place's own mount tree. */
export function pathBetween(root: VirtualDentry | undefined, place: VirtualDentry): { readonly path: string; readonly reachable: boolean } {
  let { mount, dentry } = place;
  let path = '';
  for (;;) {
    if (mount === root?.mount && dentry === root.dentry) return { path: path || '/', reachable: true };
    if (dentry === mount.root) {
      if (!mount.parent) return { path: path || '/', reachable: !root };
      dentry = mount.mountpoint!;
      mount = mount.parent;
    } else if (dentry.parent === dentry) {
      return { path: path || '/', reachable: false };
    } else {
      path = `/${dentry.name}${path}`;
      dentry = dentry.parent;
    }
  }
}
