// Trees of files as lines of text, equal where two engines have left the same.

import { createHash } from 'node:crypto';

export interface TreeEntry {
  /** Relative to the tree's root; '' for the root. */
  readonly path: string;
  /** All of `st_mode`. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly nlink: number;
  readonly size: number;
  /** Seconds. */
  readonly mtime: number;
  readonly rdev: readonly [major: number, minor: number];
  /** Content of a regular file. */
  readonly content: Uint8Array;
  /** Of a symbolic link. */
  readonly target: string;
  /** `name=value` of each extended attribute; of overlay's own only the mark of an opaque directory. */
  readonly xattrs: string;
}

/** Trees by what they are: `container c1 layer`, `volume v1`, `host`; `undefined` for one that is not there. */
export type Trees = ReadonlyMap<string, readonly TreeEntry[]>;

const LETTERS: Readonly<Record<number, string>> = { 0o10: 'f', 0o4: 'd', 0o12: 'l', 0o2: 'c', 0o6: 'b', 0o1: 'p', 0o14: 's' };

/** Times since 2020 are those of the run: they only say that the file was changed. */
const OLD = 1_577_836_800;

/** Of larger files the content is not compared. */
const LARGEST = 65_536;

export function treeLine({ path, mode, uid, gid, nlink, size, mtime, rdev, content, target, xattrs }: TreeEntry): string {
  const letter = LETTERS[(mode >> 12) & 0o17] ?? '?';
  const fields = [path || '.', letter, (mode & 0o7777).toString(8), `${uid}:${gid}`, nlink, mtime < OLD ? mtime : 'new'];
  if (letter === 'f') fields.push(size, path.endsWith('.tar') ? 'tar' : size > LARGEST ? 'large' : createHash('md5').update(content).digest('hex').slice(0, 8));
  else if (letter === 'l') fields.push('->', target);
  else if (letter === 'c' || letter === 'b') fields.push(rdev.join(','));
  if (xattrs) fields.push(xattrs);
  return fields.join(' ');
}

export function treeLines(trees: Trees): string[] {
  return [...trees].toSorted(([a], [b]) => (a < b ? -1 : 1)).flatMap(([name, entries]) => [`[${name}]`, ...entries.map(treeLine).toSorted().map((line) => `${name}: ${line}`)]);
}

/** What of a container's merged view is the image's own, of many files, or another file system. */
export const UNSEEN = new Set(['bin', 'usr', 'var', 'proc', 'sys', 'dev']);
