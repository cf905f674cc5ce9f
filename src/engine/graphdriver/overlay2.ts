// The overlay2 graph driver: a directory for each layer, short links to them, and an overlay mount while one is in use.

import { encode, decode } from '../../base/bytes.ts';
import type { Syscalls } from '../../kernel/syscalls.ts';
import { makeDirectories, removeTree, statOf } from '../files.ts';
import { treeSize } from '../tree-size.ts';
import type { GraphDriver } from './graph-driver.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const LINK_LENGTH = 26;

export class Overlay2 implements GraphDriver {
  readonly name = 'overlay2';
  readonly #sys: Syscalls;
  readonly #random: { hex(n: number): string };
  readonly #home: string;
  /** How often each layer is mounted. */
  readonly #counts = new Map<string, number>();
  /** Of each layer that is there: the one it was made on. */
  readonly #parents = new Map<string, string>();
  /** What their files `link` and `lower` say. */
  readonly #texts = new Map<string, { readonly link?: string; readonly lower?: string }>();
  /** What inspect tells of each: it never changes while the layer is there. */
  readonly #metadata = new Map<string, Record<string, string>>();
  onIdle: ((id: string) => void) | undefined;

  /** @param root dockerd's data directory */
  constructor(sys: Syscalls, random: { hex(n: number): string }, root = '/var/lib/docker') {
    this.#sys = sys;
    this.#random = random;
    this.#home = `${root}/overlay2`;
    if (statOf(sys, `${this.#home}/l`)) {
      for (const { name: id } of sys.readdir(this.#home)) {
        const parent = id === 'l' ? '' : (this.#read(id, 'lower').split(':')[0] ?? '');
        if (parent) this.#parents.set(id, sys.readlink(`${this.#home}/${parent}`).split('/')[1]!);
        if (id !== 'l') this.metadata(id);
      }
      return;
    }
    makeDirectories(sys, root, 0o710);
    makeDirectories(sys, this.#home, 0o710);
    makeDirectories(sys, `${this.#home}/l`, 0o700);
  }

  create(id: string, parent: string): void {
    this.#create(id, parent);
  }

  createReadWrite(id: string, parent: string): void {
    this.#create(id, parent);
  }

  remove(id: string): void {
    const directory = this.#directory(id);
    if (!this.exists(id)) return;
    if (this.#counts.delete(id)) this.#unmount(id);
    this.#sys.unlink(`${this.#home}/l/${this.#read(id, 'link')}`);
    removeTree(this.#sys, directory);
    const parent = this.#parents.get(id);
    this.#metadata.delete(id);
    this.#texts.delete(id);
    this.#parents.delete(id);
    if (parent !== undefined && !this.hasChildren(parent)) this.onIdle?.(parent);
  }

  hasChildren(id: string): boolean {
    for (const parent of this.#parents.values()) if (parent === id) return true;
    return false;
  }

  exists(id: string): boolean {
    return statOf(this.#sys, this.#directory(id)) !== undefined;
  }

  get(id: string): string {
    const lower = this.#read(id, 'lower');
    const diff = this.diffPath(id);
    if (!lower) return diff;
    const merged = `${this.#directory(id)}/merged`;
    const count = this.#counts.get(id) ?? 0;
    if (count === 0) {
      const lowers = lower.split(':').map((link) => `${this.#home}/${link}`).join(':');
      const readonly = statOf(this.#sys, `${this.#directory(id)}/committed`) !== undefined;
      makeDirectories(this.#sys, merged, 0o700);
      try {
        this.#sys.mount('overlay', merged, 'overlay', {}, readonly ? `lowerdir=${diff}:${lowers}` : `lowerdir=${lowers},upperdir=${diff},workdir=${this.#directory(id)}/work`);
      } catch (error) {
        this.#sys.rmdir(merged);
        throw error;
      }
    }
    this.#counts.set(id, count + 1);
    return merged;
  }

  put(id: string): void {
    const count = this.#counts.get(id);
    if (count === undefined) return;
    if (count > 1) {
      this.#counts.set(id, count - 1);
      return;
    }
    this.#counts.delete(id);
    this.#unmount(id);
  }

  metadata(id: string): Record<string, string> {
    const known = this.#metadata.get(id);
    if (known) return known;
    const directory = this.#directory(id);
    const lower = this.#read(id, 'lower');
    const metadata = {
      ...(lower ? { LowerDir: lower.split(':').map((link) => `${this.#home}/${this.#sys.readlink(`${this.#home}/${link}`).slice(3)}`).join(':') } : {}),
      MergedDir: `${directory}/merged`,
      UpperDir: `${directory}/diff`,
      WorkDir: `${directory}/work`,
    };
    this.#metadata.set(id, metadata);
    return metadata;
  }

  diffPath(id: string): string {
    return `${this.#directory(id)}/diff`;
  }

  diffSize(id: string): number {
    return treeSize(this.#sys, this.diffPath(id));
  }

  #directory(id: string): string {
    return `${this.#home}/${id}`;
  }

  /** The text of one of a layer's files; '' when there is none. Nothing writes it again while the layer is there. */
  #read(id: string, file: 'link' | 'lower'): string {
    const known = this.#texts.get(id);
    const text = known?.[file];
    if (text !== undefined) return text;
    const path = `${this.#directory(id)}/${file}`;
    return this.#know(id, file, statOf(this.#sys, path) ? decode(this.#sys.readFile(path)) : '');
  }

  #know(id: string, file: 'link' | 'lower', text: string): string {
    this.#texts.set(id, { ...this.#texts.get(id), [file]: text });
    return text;
  }

  #create(id: string, parent: string): void {
    const sys = this.#sys;
    const directory = this.#directory(id);
    makeDirectories(sys, directory, 0o710);
    makeDirectories(sys, `${directory}/diff`);
    const link = this.#link();
    sys.symlink(`../${id}/diff`, `${this.#home}/l/${link}`);
    sys.writeFile(`${directory}/link`, encode(link), 0o644);
    if (!parent) return;
    this.#parents.set(id, parent);
    makeDirectories(sys, `${directory}/work`, 0o700);
    sys.writeFile(`${this.#directory(parent)}/committed`, encode(''), 0o600);
    const below = this.#read(parent, 'lower');
    sys.writeFile(`${directory}/lower`, encode(`l/${this.#read(parent, 'link')}${below ? `:${below}` : ''}`), 0o644);
    // Read now and never later, so that it makes no difference who asks for it first: a reading leaves its time.
    this.metadata(id);
  }

  #link(): string {
    const digits = this.#random.hex(LINK_LENGTH * 2);
    let link = '';
    const digit = (at: number): number => (digits.charCodeAt(at) & 15) + (digits.charCodeAt(at) > 57 ? 9 : 0);
    // Five bits of each two digits.
    for (let i = 0; i < LINK_LENGTH; i++) link += ALPHABET[((digit(2 * i) & 1) << 4) | digit(2 * i + 1)]!;
    return link;
  }

  #unmount(id: string): void {
    const merged = `${this.#directory(id)}/merged`;
    try {
      this.#sys.umount(merged, { lazy: true });
      this.#sys.rmdir(merged);
    } catch {
      // Someone unmounted or removed it behind the daemon's back: moby only logs that.
    }
  }
}
