// What a container changed: its merged root compared with the layer below, as moby's ChangesDirs does.

import type { FilesystemChange } from '../../api/container.ts';
import { isDirectory, type Stat } from '../../kernel/stat.ts';
import type { Syscalls } from '../../kernel/syscalls.ts';
import { isOpaque } from './tar-tree.ts';

/** The three views of one layer: its own files, those with all below, and all below alone. */
export interface LayerView {
  readonly upper: string;
  readonly merged: string;
  readonly lower: string;
}

/**
 * Parents before children, siblings by name. Only what is in `upper` can differ, so only that is compared; a file
 * that was copied up and left as it was is no change.
 */
export function changesOf(sys: Syscalls, view: LayerView): FilesystemChange[] {
  const changes: FilesystemChange[] = [];
  /** @returns whether something at or below `path` changed */
  const compare = (path: string, added: boolean): boolean => {
    const before = changes.length;
    for (const name of candidates(sys, view, path, added)) {
      const child = `${path}/${name}`;
      const now = lstat(sys, view.merged + child);
      const was = added ? undefined : lstat(sys, view.lower + child);
      if (!now) {
        if (was) changes.push({ Kind: 2, Path: child });
        continue;
      }
      if (!was) changes.push({ Kind: 1, Path: child });
      else if (differs(was, now)) changes.push({ Kind: 0, Path: child });
      else if (isDirectory(now.mode)) {
        const at = changes.length;
        if (compare(child, false)) changes.splice(at, 0, { Kind: 0, Path: child });
        continue;
      }
      if (isDirectory(now.mode)) compare(child, !was || !isDirectory(was.mode));
    }
    return changes.length > before;
  };
  compare('', false);
  return changes;
}

/** Names in a directory that can differ. In an opaque one everything below is gone unless it was made again. */
function candidates(sys: Syscalls, view: LayerView, path: string, added: boolean): string[] {
  const upper = view.upper + path;
  const stat = lstat(sys, upper);
  if (!stat || !isDirectory(stat.mode)) return [];
  const names = new Set(sys.readdir(upper).map((entry) => entry.name));
  if (!added && isOpaque(sys, upper)) {
    const below = lstat(sys, view.lower + path);
    if (below && isDirectory(below.mode)) for (const { name } of sys.readdir(view.lower + path)) names.add(name);
  }
  return [...names].sort((a, b) => (a < b ? -1 : 1));
}

function differs(was: Stat, now: Stat): boolean {
  if (was.mode !== now.mode || was.uid !== now.uid || was.gid !== now.gid || was.rdev !== now.rdev) return true;
  return !isDirectory(now.mode) && (was.mtime !== now.mtime || was.size !== now.size);
}

function lstat(sys: Syscalls, path: string): Stat | undefined {
  try {
    return sys.lstat(path);
  } catch {
    return undefined;
  }
}
