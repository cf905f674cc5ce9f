// Putting the sources of COPY and ADD into an image's root: where they go, whose they are, archives unpacked.

import type { Stream } from '../../api/engine-client.ts';
import type { Bytes } from '../../base/bytes.ts';
import { isGzip } from '../../base/archive/gzip.ts';
import { TarReader } from '../../base/archive/tar-reader.ts';
import { Gunzip } from '../../base/archive/gunzip.ts';
import type { ModeChange } from '../../base/mode-change.ts';
import type { Task } from '../../base/task.ts';
import { isDirectory, isRegular, isSymlink } from '../../kernel/stat.ts';
import { O_RDONLY, type Syscalls } from '../../kernel/syscalls.ts';
import { openRoot } from '../archive/container-view.ts';
import { copyContent } from '../archive/copy-tree.ts';
import { sortedNames } from '../archive/tar-tree.ts';
import { untar } from '../archive/untar.ts';
import { makeDirectories, removeTree, statOf } from '../files.ts';
import { dirname, joinPath } from '../path.ts';
import { scopedPath } from '../scoped-path.ts';
import type { Source } from './sources.ts';

export interface CopyOptions {
  readonly owner: { readonly uid: number; readonly gid: number };
  /** What becomes of the permission bits of everything that is copied. */
  readonly mode?: ModeChange;
  /** Permission bits of directories that are made on the way. Default: 0755. */
  readonly made?: number;
  /** ADD: archives are unpacked. */
  readonly unpack: boolean;
}

export interface Destination {
  /** Absolute, inside the image. */
  readonly path: string;
  /** It must be a directory: it ended in `/`, or there are several sources. */
  readonly directory: boolean;
}

/** `word` as seen from the working directory. */
export function destinationOf(word: string, workingDir: string | undefined): Destination {
  return { path: joinPath('/', word.startsWith('/') ? '' : (workingDir ?? ''), word), directory: /(^|\/)\.?$/.test(word) };
}

export function* copyFiles(sys: Syscalls, root: string, sources: readonly Source[], destination: Destination, options: CopyOptions): Task<void> {
  for (const source of sources) {
    const stat = sys.lstat(source.path);
    const target = scopedPath(sys, root, destination.path);
    if (isDirectory(stat.mode)) {
      const fresh = !statOf(sys, target);
      ownedDirectories(sys, target, options);
      for (const name of sortedNames(sys, source.path)) copyInto(sys, root, `${source.path}/${name}`, `${target}/${name}`, options);
      // What is in it is copied, not the directory.
      if (fresh) sys.utimes(target, stat.mtime, stat.mtime);
      continue;
    }
    if (options.unpack && isRegular(stat.mode) && isArchive(sys, source.path)) {
      ownedDirectories(sys, target, options);
      const view = openRoot(sys, root);
      try {
        yield* untar(view.sys, target.slice(root.length) || '/', fileContent(sys, source.path));
      } finally {
        view.close();
      }
      continue;
    }
    const there = statOf(sys, target);
    const into = destination.directory || (there !== undefined && isDirectory(there.mode));
    const path = into ? scopedPath(sys, target, source.name) : target;
    ownedDirectories(sys, dirname(path), options);
    copyInto(sys, root, source.path, path, options);
  }
}

/** Directories that are missing are made for the owner of the copy. */
function ownedDirectories(sys: Syscalls, path: string, options: CopyOptions): void {
  if (statOf(sys, path)) return;
  ownedDirectories(sys, dirname(path), options);
  makeDirectories(sys, path, 0o755);
  if (options.made !== undefined) sys.chmod(path, options.made);
  sys.chown(path, options.owner.uid, options.owner.gid);
}

function copyInto(sys: Syscalls, root: string, from: string, to: string, options: CopyOptions): void {
  const stat = sys.lstat(from);
  if (isDirectory(stat.mode)) {
    // A link to a directory that is in the way is followed, inside the root.
    const target = isDirectory(statOf(sys, to)?.mode ?? 0) ? scopedPath(sys, root, to.slice(root.length)) : to;
    if (!statOf(sys, target)) {
      removeTree(sys, target);
      sys.mkdir(target, 0o755);
    }
    for (const name of sortedNames(sys, from)) copyInto(sys, root, `${from}/${name}`, `${target}/${name}`, options);
    attributes(sys, from, target, options);
    return;
  }
  removeTree(sys, to);
  if (isSymlink(stat.mode)) sys.symlink(sys.readlink(from), to);
  else if (isRegular(stat.mode)) copyContent(sys, from, to);
  else sys.mknod(to, stat.mode, stat.rdev);
  attributes(sys, from, to, options);
}

function attributes(sys: Syscalls, from: string, to: string, { owner, mode }: CopyOptions): void {
  const stat = sys.lstat(from);
  sys.lchown(to, owner.uid, owner.gid);
  if (!isSymlink(stat.mode)) sys.chmod(to, mode ? mode(stat.mode) : stat.mode & 0o7777);
  sys.utimes(to, stat.mtime, stat.mtime, { noFollow: true });
}

/** Whether ADD unpacks it: a tar, plain or compressed by gzip. */
function isArchive(sys: Syscalls, path: string): boolean {
  const fd = sys.open(path, O_RDONLY);
  let head = sys.pread(fd, 4096, 0);
  sys.close(fd);
  if (isGzip(head)) head = new Gunzip().push(head).next().value ?? head;
  return head.length >= 512 && [...new TarReader().push(head.subarray(0, 512))].length > 0;
}

function fileContent(sys: Syscalls, path: string): Stream<Bytes> {
  const fd = sys.open(path, O_RDONLY);
  let at = 0;
  return {
    close() {},
    *next() {
      yield* sys.step();
      const part = sys.pread(fd, 1 << 16, at);
      at += part.length;
      if (part.length) return part;
      sys.close(fd);
      return undefined;
    },
  };
}
