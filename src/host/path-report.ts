// Everything that can be told of a path: who serves it, what it hides, who else sees it, where a write would go. Plain data.

import type { ContainerStatus } from '../api/container.ts';
import type { PathSource, PathView } from './path-view.ts';

/** What is at the path. */
export interface FoundPath extends PathView {
  /** Names by the passwd and group files of that side; the number where they have none. */
  readonly owner: string;
  readonly group: string;
  /** Of what is no text: its first bytes, as `hexdump -C` shows them. */
  readonly hex?: string;
  /** Names in a directory, the first of them; directories end in `/`. */
  readonly entries?: readonly string[];
  readonly total?: number;
  /** Through a mount, or of a root, that is read-only. */
  readonly readonly: boolean;
}

/** Something at the same path that cannot be reached there. */
export interface HiddenPath {
  readonly from: PathSource;
  readonly kind: PathView['kind'];
  readonly size: number;
  readonly hostPath: string;
}

/** Another way to the same bytes. */
export interface Seer {
  readonly container: string;
  readonly path: string;
  readonly running: boolean;
  readonly readonly: boolean;
}

export interface PathReport {
  /** As asked, with its container's proper name. */
  readonly reference: string;
  readonly container?: { readonly name: string; readonly status: ContainerStatus };
  readonly path: string;
  /** Why nothing can be said at all. */
  readonly problem?: string;
  readonly found?: FoundPath;
  /** Why there is nothing, when that is not plain. */
  readonly absence?: string;
  /** Where in the container the mount that serves it (or would) is attached. */
  readonly destination?: string;
  readonly hidden: readonly HiddenPath[];
  readonly seenBy: readonly Seer[];
  /** The volume that it lies in. */
  readonly volume?: { readonly name: string; readonly anonymous: boolean };
  /** One sentence. */
  readonly write: string;
}
