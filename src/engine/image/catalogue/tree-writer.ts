// Writing the files of a catalogue image into a layer's directory, quickly and always with the same times.

import { encode, type Bytes } from '../../../base/bytes.ts';
import { executableContent } from '../../../kernel/program.ts';
import { O_WRONLY, type Syscalls } from '../../../kernel/syscalls.ts';

/** No-ops, written piece by piece: the kernel keeps one of them for all. */
const PIECE = new Uint8Array(1 << 20).fill(0x90);

/** Paths are relative to the layer's root; parents must have been made. Owner is root unless told. */
export class TreeWriter {
  readonly #sys: Syscalls;
  readonly #root: string;
  /** Everything made, hard links once. */
  readonly #made: string[] = [];

  constructor(sys: Syscalls, root: string) {
    this.#sys = sys;
    this.#root = root;
  }

  dirs(paths: string, mode = 0o755): void {
    for (const path of paths.split(' ')) {
      this.#sys.mkdir(this.#at(path), mode);
      this.#sys.chmod(this.#at(path), mode);
    }
  }

  file(path: string, content: string | Bytes, mode = 0o644): void {
    const at = this.#at(path);
    this.#sys.writeFile(at, typeof content === 'string' ? encode(content) : content, mode);
    this.#sys.chmod(at, mode);
  }

  /** @param size bytes that the real program has: what follows the header are no-ops, since zeros would make a sparse file */
  executable(path: string, program: string, size = 0): void {
    const header = encode(executableContent(program));
    const content = new Uint8Array(Math.max(Math.min(size, PIECE.length), header.length)).fill(0x90);
    content.set(header);
    this.file(path, content, 0o755);
    if (size <= PIECE.length) return;
    const fd = this.#sys.open(`${this.#root}/${path}`, O_WRONLY);
    for (let at = PIECE.length; at < size; at += PIECE.length) this.#sys.pwrite(fd, PIECE.subarray(0, size - at), at);
    this.#sys.close(fd);
  }

  /** More names, in one directory, of a file that is there. */
  links(of: string, directory: string, names: readonly string[]): void {
    const from = `${this.#root}/${of}`;
    for (const name of names) this.#sys.link(from, `${this.#root}/${directory}/${name}`);
  }

  symlink(target: string, path: string): void {
    this.#sys.symlink(target, this.#at(path));
  }

  own(path: string, uid: number, gid: number): void {
    this.#sys.lchown(`${this.#root}/${path}`, uid, gid);
  }

  finish(mtime: number): void {
    for (const path of this.#made.reverse()) this.#sys.utimes(path, mtime, mtime, { noFollow: true });
    this.#sys.utimes(this.#root, mtime, mtime);
  }

  #at(path: string): string {
    const at = `${this.#root}/${path}`;
    this.#made.push(at);
    return at;
  }
}
