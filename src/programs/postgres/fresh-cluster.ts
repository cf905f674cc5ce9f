// The files of a new cluster: made by initdb beside the simulation, kept for the hosts that live through the same again, and written into it by system calls.

import { EMPTY, type Bytes } from '../../base/bytes.ts';
import { KernelError } from '../../kernel/errno.ts';
import { isDirectory } from '../../kernel/stat.ts';
import { O_CREAT, O_EXCL, O_WRONLY, type Syscalls } from '../../kernel/syscalls.ts';
import type { EmscriptenFs } from './emscripten.ts';

/** What initdb has left and said. */
export interface FreshCluster {
  readonly lines: readonly (readonly [fd: number, line: string])[];
  /** Parents first. A file has pieces, all but the last of PIECE bytes: those that are equal are one, in all clusters and all hosts. */
  readonly entries: readonly { readonly path: string; readonly mode: number; readonly pieces?: readonly Bytes[] }[];
}

/** As the kernel keeps them, so that it keeps these. */
const PIECE = 65_536;
const MOST = 8;
const kept = new Map<string, FreshCluster>();
/** The last that was made: what the next one has in common with it is not kept twice. */
let last: FreshCluster | undefined;

/** @param key all that the files depend on @param make when nobody lived through this yet; undefined when it failed */
export function freshCluster(key: string, make: () => FreshCluster | undefined): FreshCluster | undefined {
  const cluster = kept.get(key) ?? make();
  kept.delete(key);
  if (!cluster) return undefined;
  kept.set(key, (last = cluster));
  if (kept.size > MOST) kept.delete(kept.keys().next().value!);
  return cluster;
}

function isEqual(a: Bytes, b: Bytes): boolean {
  if (a.length !== b.length) return false;
  const words = a.length >> 2, x = new Int32Array(a.buffer, a.byteOffset, words), y = new Int32Array(b.buffer, b.byteOffset, words);
  for (let i = 0; i < words; i++) if (x[i] !== y[i]) return false;
  for (let i = words << 2; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** Read a tree out of a module's file system. */
export function readTree(FS: EmscriptenFs, root: string): FreshCluster['entries'] {
  const before = new Map(last?.entries.map(({ path, pieces }) => [path.slice(last!.entries[0]!.path.length), pieces]));
  const files = new Map<string, readonly Bytes[]>();
  const entries: { path: string; mode: number; pieces?: readonly Bytes[] }[] = [];
  const visit = (name: string): void => {
    const path = root + name, { mode } = FS.stat(path);
    if (isDirectory(mode)) {
      entries.push({ path, mode });
      for (const child of FS.readdir(path)) if (child !== '.' && child !== '..') visit(`${name}/${child}`);
      return;
    }
    const bytes = FS.readFile(path);
    // The databases begin as copies of template1.
    const known = [files.get(name.replace(/^\/base\/\d+\//, '/base/1/')), before.get(name)];
    const pieces: Bytes[] = [];
    for (let at = 0; at < bytes.length; at += PIECE) {
      const piece = bytes.slice(at, at + PIECE);
      pieces.push(known.map((other) => other?.[at / PIECE]).find((other) => other && isEqual(other, piece)) ?? piece);
    }
    files.set(name, pieces);
    entries.push({ path, mode, pieces });
  };
  visit('');
  return entries;
}

/** @returns false when it could not be written, and then nothing of it is there */
export function writeTree(sys: Syscalls, entries: FreshCluster['entries']): boolean {
  const made: (() => void)[] = [];
  try {
    for (const { path, mode, pieces } of entries) {
      if (!pieces) {
        if (sys.can(path, '')) sys.chmod(path, mode & 0o7777);
        else {
          sys.mkdir(path, mode & 0o7777);
          made.push(() => sys.rmdir(path));
        }
        continue;
      }
      const fd = sys.open(path, O_WRONLY | O_CREAT | O_EXCL, mode & 0o7777);
      made.push(() => sys.unlink(path));
      try {
        // A small file's array is kept when it comes as one.
        pieces.forEach((piece, i) => sys.pwrite(fd, piece, i * PIECE));
        if (!pieces.length) sys.pwrite(fd, EMPTY, 0);
      } finally {
        sys.close(fd);
      }
    }
    return true;
  } catch (error) {
    if (!(error instanceof KernelError)) throw error;
    for (const undo of made.reverse()) undo();
    return false;
  }
}
