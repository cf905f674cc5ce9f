// Unpacking a tar stream into a directory, as moby's archive.Unpack does: owners and modes kept, whiteouts on demand.

import { ApiError } from '../../api/errors.ts';
import type { Stream } from '../../api/engine-client.ts';
import { encode, type Bytes } from '../../base/bytes.ts';
import { Gunzip } from '../../base/archive/gunzip.ts';
import { isGzip } from '../../base/archive/gzip.ts';
import type { TarHeader } from '../../base/archive/tar-entry.ts';
import { TarReader, type TarItem } from '../../base/archive/tar-reader.ts';
import type { Task } from '../../base/task.ts';
import { isDirectory, isSymlink, makedev, S_IFBLK, S_IFCHR, S_IFIFO, type Stat } from '../../kernel/stat.ts';
import { O_CREAT, O_TRUNC, O_WRONLY, type Syscalls } from '../../kernel/syscalls.ts';
import { makeDirectories, removeTree } from '../files.ts';
import { cleanPath, dirname, joinPath } from '../path.ts';
import { calling } from './go-error.ts';
import { OPAQUE, OPAQUE_XATTR, WHITEOUT } from './tar-tree.ts';

export interface UntarOptions {
  /** `.wh.` members become whiteouts and opaque directories. */
  readonly layer?: boolean;
  readonly noOverwriteDirNonDir?: boolean;
  /** Everything belongs to this owner instead of the one in the archive. */
  readonly owner?: { readonly uid: number; readonly gid: number };
}

/** Members in, files out. `sys` should see the target as (part of) its root, so that no link leads out. */
export class Untar {
  readonly #sys: Syscalls;
  readonly #target: string;
  readonly #options: UntarOptions;
  /** Their times are set at the end: what is made in them would change them. */
  readonly #directories: TarHeader[] = [];
  #file: { readonly header: TarHeader; readonly path: string; readonly fd: number; at: number } | undefined;

  constructor(sys: Syscalls, target: string, options: UntarOptions = {}) {
    this.#sys = sys;
    this.#target = target;
    this.#options = options;
  }

  item(item: TarItem): void {
    if (item.header) {
      this.#close();
      this.#member({ ...item.header, name: cleanPath(item.header.name) });
    } else if (this.#file) {
      const file = this.#file;
      calling('write', file.path, () => this.#sys.pwrite(file.fd, item.content, file.at));
      file.at += item.content.length;
    }
  }

  finish(): void {
    this.#close();
    for (const header of this.#directories) {
      const path = joinPath(this.#target, header.name);
      if (this.#lstat(path)) this.#sys.utimes(path, header.mtime * 1000, header.mtime * 1000, { noFollow: true });
    }
  }

  /** Close what is open; the rest stays as far as it came. */
  abandon(): void {
    if (this.#file) this.#sys.close(this.#file.fd);
    this.#file = undefined;
  }

  #close(): void {
    const file = this.#file;
    if (!file) return;
    this.#file = undefined;
    this.#sys.close(file.fd);
    this.#attributes(file.path, file.header);
  }

  #lstat(path: string): Stat | undefined {
    try {
      return this.#sys.lstat(path);
    } catch {
      return undefined;
    }
  }

  #member(header: TarHeader): void {
    const { name, type } = header;
    const path = joinPath(this.#target, name);
    if (name === '..' || name.startsWith('../')) throw new ApiError('invalidParameter', `"${path}" is outside of "${this.#target}"`);
    const parent = dirname(path);
    if (!this.#lstat(parent)) calling('mkdirat', dirname(name), () => makeDirectories(this.#sys, parent));
    const there = this.#lstat(path);
    if (there) {
      const wasDirectory = isDirectory(there.mode);
      const directory = type === 'directory';
      if (this.#options.noOverwriteDirNonDir && wasDirectory && !directory) throw new ApiError('invalidParameter', `cannot overwrite directory "${name}" with non-directory "${this.#target}"`);
      if (this.#options.noOverwriteDirNonDir && !wasDirectory && directory) throw new ApiError('invalidParameter', `cannot overwrite non-directory "${name}" with directory "${this.#target}"`);
      if (wasDirectory && name === '.') return;
      if (!(wasDirectory && directory)) calling('RemoveAll', name, () => removeTree(this.#sys, path));
    }
    if (this.#options.layer && this.#whiteout(header, path)) return;
    this.#make(header, path);
  }

  #whiteout(header: TarHeader, path: string): boolean {
    const slash = path.lastIndexOf('/') + 1;
    const base = path.slice(slash);
    if (!base.startsWith(WHITEOUT)) return false;
    if (base === OPAQUE) {
      this.#sys.setxattr(dirname(path), OPAQUE_XATTR, encode('y'));
      return true;
    }
    const original = path.slice(0, slash) + base.slice(WHITEOUT.length);
    if (this.#lstat(original)) removeTree(this.#sys, original);
    this.#sys.mknod(original, S_IFCHR, 0);
    this.#sys.lchown(original, header.uid, header.gid);
    return true;
  }

  #make(header: TarHeader, path: string): void {
    const sys = this.#sys;
    switch (header.type) {
      case 'file':
        this.#file = { header, path, fd: calling('openat', header.name, () => sys.open(path, O_WRONLY | O_CREAT | O_TRUNC, header.mode)), at: 0 };
        return;
      case 'directory':
        if (!this.#lstat(path)) calling('mkdirat', header.name, () => sys.mkdir(path, header.mode));
        this.#directories.push(header);
        break;
      case 'link': {
        const target = joinPath(this.#target, header.linkname);
        if (`/${joinPath(header.linkname)}`.startsWith('/..')) throw new ApiError('invalidParameter', `invalid hardlink "${target}" -> "${header.linkname}"`);
        calling('linkat', `${header.linkname} ${header.name}`, () => sys.link(target, path));
        if (isSymlink(sys.lstat(path).mode)) return;
        break;
      }
      case 'symlink':
        calling('symlinkat', `${header.linkname} ${header.name}`, () => sys.symlink(header.linkname, path));
        break;
      default:
        calling('', '', () => sys.mknod(path, (header.type === 'fifo' ? S_IFIFO : header.type === 'char' ? S_IFCHR : S_IFBLK) | header.mode, makedev(header.major, header.minor)));
    }
    this.#attributes(path, header);
  }

  #attributes(path: string, header: TarHeader): void {
    const sys = this.#sys;
    const { uid, gid } = this.#options.owner ?? header;
    const name = joinPath(header.name);
    calling(`failed to Lchown ${JSON.stringify(name)} for UID ${uid}, GID ${gid}: lchownat`, name, () => sys.lchown(path, uid, gid));
    for (const [name, value] of Object.entries(header.xattrs ?? {})) if (name !== OPAQUE_XATTR) sys.setxattr(path, name, value, { noFollow: true });
    if (header.type !== 'symlink') calling('chmod', path, () => sys.chmod(path, header.mode));
    sys.utimes(path, header.mtime * 1000, header.mtime * 1000, { noFollow: true });
  }
}

/** Every member of a stream that may be compressed. @throws invalidParameter `unexpected EOF`, `archive/tar: invalid tar header` */
export function* eachItem(content: Stream<Bytes>, visit: (item: TarItem) => void): Task<void> {
  const reader = new TarReader();
  let gunzip: Gunzip | undefined;
  let first = true;
  const push = (bytes: Bytes) => {
    for (const item of reader.push(bytes)) visit(item);
  };
  for (let chunk = yield* content.next(); chunk; chunk = yield* content.next()) {
    if (!chunk.length) continue;
    if (first && isGzip(chunk)) gunzip = new Gunzip();
    first = false;
    if (gunzip) for (const part of gunzip.push(chunk)) push(part);
    else push(chunk);
    if (reader.bad || gunzip?.problem) break;
  }
  gunzip?.end();
  if (reader.bad || gunzip?.problem === 'corrupt') throw new ApiError('invalidParameter', 'archive/tar: invalid tar header');
  if (reader.truncated || gunzip?.problem) throw new ApiError('invalidParameter', 'unexpected EOF');
}

/** Unpack a whole stream. */
export function* untar(sys: Syscalls, target: string, content: Stream<Bytes>, options: UntarOptions = {}): Task<void> {
  const unpack = new Untar(sys, target, options);
  try {
    yield* eachItem(content, (item) => unpack.item(item));
    unpack.finish();
  } finally {
    unpack.abandon();
  }
}
