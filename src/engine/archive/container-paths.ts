// `docker cp`'s three calls on a container's files: stat a path, read a tree as tar, unpack a tar.

import type { ContainerPathStat } from '../../api/container.ts';
import type { Stream } from '../../api/engine-client.ts';
import { ApiError } from '../../api/errors.ts';
import type { Bytes } from '../../base/bytes.ts';
import type { Task } from '../../base/task.ts';
import { KernelError } from '../../kernel/errno.ts';
import { isDirectory, isSymlink, S_IFBLK, S_IFCHR, S_IFDIR, S_IFIFO, S_IFLNK, S_IFMT, S_IFSOCK, S_ISGID, S_ISUID, S_ISVTX } from '../../kernel/stat.ts';
import type { Syscalls } from '../../kernel/syscalls.ts';
import type { ArchiveTarget } from '../archive-target.ts';
import { rfc3339Nano } from '../clock-text.ts';
import { basename, joinPath } from '../path.ts';
import { scopedPath } from '../scoped-path.ts';
import { goErrno } from '../files.ts';
import { mountOf, openView, type View } from './container-view.ts';
import { byteStream } from './streams.ts';
import { tarTree } from './tar-tree.ts';
import { untar } from './untar.ts';

const GO_TYPES = new Map([[S_IFDIR, 2 ** 31], [S_IFLNK, 2 ** 27], [S_IFBLK, 2 ** 26], [S_IFCHR, 2 ** 26 + 2 ** 21], [S_IFIFO, 2 ** 25], [S_IFSOCK, 2 ** 24]]);

/** As Go's `os.FileMode`. */
export function goFileMode(mode: number): number {
  return (mode & 0o777) + (GO_TYPES.get(mode & S_IFMT) ?? 0) + (mode & S_ISUID ? 2 ** 23 : 0) + (mode & S_ISGID ? 2 ** 22 : 0) + (mode & S_ISVTX ? 2 ** 20 : 0);
}

/** A view; the source of a mount that is gone counts as the file asked for. @throws as `finding` */
const viewFor = (sys: Syscalls, target: ArchiveTarget, path: string): View => finding(target, path, 'stat', () => openView(sys, target));

/** `/path`, with the `/` or `/.` that it ended in: those mean what it must be. */
function absolutePath(path: string): string {
  const clean = joinPath('/', path);
  if (/(^|\/)\.$/.test(path)) return `${clean.replace(/\/$/, '')}/.`;
  return path.endsWith('/') && clean !== '/' ? `${clean}/` : clean;
}

const missing = (target: ArchiveTarget, path: string): ApiError => new ApiError('notFound', `Could not find the file ${path} in container ${target.name}`);

/** @throws notFound `Could not find the file /p in container c`, system for other failures */
function finding<T>(target: ArchiveTarget, path: string, call: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof KernelError)) throw error;
    if (error.errno === 'ENOENT') throw missing(target, path);
    throw new ApiError('system', `${call} ${absolutePath(path)}: ${goErrno(error)}`);
  }
}

function statIn(view: View, target: ArchiveTarget, path: string): ContainerPathStat {
  const absolute = absolutePath(path);
  const stat = finding(target, path, 'lstat', () => view.sys.lstat(absolute));
  return {
    name: goBase(absolute),
    size: stat.size,
    mode: goFileMode(stat.mode),
    mtime: rfc3339Nano(stat.mtime),
    linkTarget: isSymlink(stat.mode) ? scopedPath(view.sys, '', absolute) || '/' : '',
  };
}

/** As `filepath.Base`: trailing slashes do not count. */
const goBase = (path: string): string => basename(path.replace(/(?<=.)\/+$/, '')) || '/';

export function statPath(sys: Syscalls, target: ArchiveTarget, path: string): ContainerPathStat {
  const view = viewFor(sys, target, path);
  try {
    return statIn(view, target, path);
  } finally {
    view.close();
  }
}

/** @param end called when the stream is at its end or closed */
export function copyFrom(sys: Syscalls, target: ArchiveTarget, path: string, end?: () => void): { stat: ContainerPathStat; content: Stream<Bytes> } {
  const view = viewFor(sys, target, path);
  try {
    const stat = statIn(view, target, path);
    const absolute = absolutePath(path);
    // A directory that was named with a final slash may be a link to one.
    const root = isDirectory(view.sys.lstat(absolute).mode) ? view.sys.realpath(absolute) : absolute;
    const content = byteStream(sys, tarTree(view.sys, root, { rename: goBase(absolute) }), () => {
      view.close();
      end?.();
    });
    return { stat, content };
  } catch (error) {
    view.close();
    throw error;
  }
}

/** @param options.owner with copyUIDGID: the container's user, when it is not root */
export function* copyTo(
  sys: Syscalls,
  target: ArchiveTarget,
  path: string,
  content: Stream<Bytes>,
  options: { readonly noOverwriteDirNonDir: boolean; readonly owner?: { readonly uid: number; readonly gid: number } },
): Task<void> {
  const view = viewFor(sys, target, path);
  try {
    const absolute = absolutePath(path);
    try {
      view.sys.realpath(joinPath('/', path));
    } catch (error) {
      // Go's EvalSymlinks comes before the stat and names no path.
      if (error instanceof KernelError && error.errno === 'ENOTDIR') throw new ApiError('system', goErrno(error));
    }
    const stat = finding(target, path, 'stat', () => view.sys.stat(absolute));
    if (!isDirectory(stat.mode)) throw new ApiError('invalidParameter', 'extraction point is not a directory');
    const resolved = view.sys.realpath(absolute);
    const mount = mountOf(target, resolved);
    if (mount?.readonly) throw new ApiError('forbidden', 'mounted volume is marked read-only');
    if (!mount && target.readonlyRoot) throw new ApiError('forbidden', 'container rootfs is marked read-only');
    yield* untar(view.sys, resolved, content, options);
  } catch (error) {
    throw error instanceof ApiError && error.message.endsWith(': no such file or directory') ? missing(target, path) : error;
  } finally {
    view.close();
  }
}

/** The merged root as `docker export` writes it. What the container mounted is not in dockerd's namespace: mount points are empty. */
export function exportTree(sys: Syscalls, rootDirectory: string, end?: () => void): Stream<Bytes> {
  return byteStream(sys, tarTree(sys, rootDirectory), end);
}
