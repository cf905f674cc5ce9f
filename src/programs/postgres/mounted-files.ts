// A file system for an Emscripten module that is the simulation's own: each of its operations is a system call.

import { type Errno, KernelError } from '../../kernel/errno.ts';
import { isDirectory, isRegular, S_IFMT, type Stat } from '../../kernel/stat.ts';
import { O_CREAT, O_EXCL, O_RDWR, O_WRONLY, type Syscalls } from '../../kernel/syscalls.ts';
import type { EmscriptenFs, FsNode, FsStream } from './emscripten.ts';

/** The numbers of WASI, which Emscripten uses. */
const WASI: Partial<Record<Errno, number>> = {
  EACCES: 2, EBADF: 8, EBUSY: 10, EEXIST: 20, EFBIG: 22, EINVAL: 28, EIO: 29, EISDIR: 31, ELOOP: 32, EMFILE: 33, EMLINK: 34, ENAMETOOLONG: 37, ENFILE: 41, ENODEV: 43,
  ENOENT: 44, ENOSPC: 51, ENOTDIR: 54, ENOTEMPTY: 55, ENXIO: 60, EPERM: 63, EROFS: 69, ESPIPE: 70, ETXTBSY: 74, EXDEV: 75, EDQUOT: 19, ESTALE: 72,
};

const pathOf = (node: FsNode): string => {
  const parts: string[] = [];
  for (; node.parent !== node; node = node.parent) parts.push(node.name);
  parts.push(node.mount.opts.root);
  return parts.reverse().join('/');
};

/** The module's own user, as `geteuid` of it answers. */
const MODULE_UID = 123;

/** @param uid whose files are the module's own: they show the owner that it takes itself for */
export function mountedFiles(FS: EmscriptenFs, sys: Syscalls, uid: number): object {
  const attempt = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof KernelError)) throw error;
      throw new FS.ErrnoError(WASI[error.errno] ?? 29);
    }
  };
  const create = (parent: FsNode | null, name: string, mode: number): FsNode => {
    const node = FS.createNode(parent, name, mode, 0);
    node.node_ops = nodeOps;
    node.stream_ops = streamOps;
    return node;
  };
  const child = (parent: FsNode, name: string): string => `${pathOf(parent)}/${name}`;
  const attributes = (node: FsNode, stat: Stat): object => ({
    dev: stat.dev, ino: stat.ino, mode: stat.mode, nlink: stat.nlink, uid: stat.uid === uid ? MODULE_UID : stat.uid, gid: stat.gid, rdev: node.rdev, size: stat.size,
    atime: new Date(stat.atime), mtime: new Date(stat.mtime), ctime: new Date(stat.ctime), blksize: 4096, blocks: stat.blocks,
  });
  const nodeOps = {
    getattr: (node: FsNode) => attempt(() => attributes(node, sys.lstat(pathOf(node)))),
    setattr: (node: FsNode, { mode, size, timestamp, atime, mtime }: { mode?: number; size?: number; timestamp?: number; atime?: number; mtime?: number }) => attempt(() => {
      const path = pathOf(node);
      if (mode !== undefined) {
        sys.chmod(path, mode & 0o7777);
        node.mode = mode;
      }
      if (size !== undefined) sys.truncate(path, size);
      if (timestamp !== undefined) sys.utimes(path, timestamp, timestamp);
      else if (atime !== undefined || mtime !== undefined) sys.utimes(path, atime ?? mtime, mtime ?? atime);
    }),
    lookup: (parent: FsNode, name: string) => attempt(() => create(parent, name, sys.lstat(child(parent, name)).mode)),
    mknod: (parent: FsNode, name: string, mode: number) => attempt(() => {
      const path = child(parent, name);
      if (isDirectory(mode)) sys.mkdir(path, mode & 0o7777);
      else if (isRegular(mode)) sys.close(sys.open(path, O_WRONLY | O_CREAT | O_EXCL, mode & 0o7777));
      else sys.mknod(path, mode);
      return create(parent, name, mode);
    }),
    rename: (node: FsNode, directory: FsNode, name: string) => attempt(() => {
      sys.rename(pathOf(node), child(directory, name));
      node.name = name;
    }),
    unlink: (parent: FsNode, name: string) => attempt(() => sys.unlink(child(parent, name))),
    rmdir: (parent: FsNode, name: string) => attempt(() => sys.rmdir(child(parent, name))),
    readdir: (node: FsNode) => attempt(() => ['.', '..', ...sys.readdir(pathOf(node)).map(({ name }) => name)]),
    symlink: (parent: FsNode, name: string, target: string) => attempt(() => {
      sys.symlink(target, child(parent, name));
      return create(parent, name, 0o120777);
    }),
    readlink: (node: FsNode) => attempt(() => sys.readlink(pathOf(node))),
  };
  const streamOps = {
    open: (stream: FsStream) => attempt(() => {
      if (!isRegular(stream.node.mode)) return;
      const access = stream.flags & 3;
      // What is in the data directory may be read after it was opened for writing.
      stream.handle = sys.open(pathOf(stream.node), access === O_WRONLY ? O_RDWR : access);
      sys.setCloseOnExec(stream.handle, true);
      stream.shared.refcount = 1;
    }),
    close: (stream: FsStream) => attempt(() => {
      if (stream.handle !== undefined && --stream.shared.refcount! === 0) sys.close(stream.handle);
    }),
    dup: (stream: FsStream) => {
      stream.shared.refcount!++;
    },
    read: (stream: FsStream, buffer: Uint8Array, offset: number, length: number, position: number) => attempt(() => {
      const bytes = sys.pread(stream.handle!, length, position);
      buffer.set(bytes, offset);
      return bytes.length;
    }),
    // The kernel keeps what it is given: the module's memory changes, so it gets a copy.
    write: (stream: FsStream, buffer: Uint8Array, offset: number, length: number, position: number) =>
      attempt(() => sys.pwrite(stream.handle!, new Uint8Array(buffer.subarray(offset, offset + length)), position)),
    llseek: (stream: FsStream, offset: number, whence: number) => attempt(() => {
      const position = offset + (whence === 1 ? stream.position : whence === 2 ? sys.fstat(stream.handle!).size : 0);
      if (position < 0) throw new FS.ErrnoError(28);
      return position;
    }),
  };
  return { mount: () => create(null, '/', 0o40755), syncfs: () => undefined, node_ops: nodeOps, stream_ops: streamOps };
}

/** Directories of the simulation that the module keeps its own of. */
const OWN = new Set(['dev', 'proc', 'home', 'pglite']);

/** Put the simulation's tree where the module looks for it. */
export function mountTree(FS: EmscriptenFs, sys: Syscalls): void {
  const files = mountedFiles(FS, sys, sys.credentials().uid);
  for (const { name, type } of sys.readdir('/')) {
    if (OWN.has(name) || (type & S_IFMT) !== 0o40000) continue;
    FS.mkdirTree(`/${name}`);
    FS.mount(files, { root: `/${name}` }, `/${name}`);
  }
}
