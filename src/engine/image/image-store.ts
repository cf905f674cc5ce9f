// The images of the daemon and the references to them, with moby's imagedb and repositories.json on disk beside them.

import type { ContainerConfig } from '../../api/container.ts';
import { ApiError } from '../../api/errors.ts';
import { familiarName, familiarReference, parseReference, withDefaultTag, type Reference } from '../../api/reference.ts';
import { decode, encode } from '../../base/bytes.ts';
import { sha256Digest } from '../../base/sha256.ts';
import type { Syscalls } from '../../kernel/syscalls.ts';
import { rfc3339Nano, ZERO_TIME } from '../clock-text.ts';
import { makeDirectories, removeTree, statOf } from '../files.ts';
import { encodeImageFile, type ImageFile } from './image-file.ts';
import { createImage, layerFromDiff } from './create-image.ts';
import type { Images, StoredImage } from './images.ts';
import { layersOf, type Layer, type LayerStore } from './layer-store.ts';

export class ImageRecord implements StoredImage {
  readonly Id: string;
  /** The JSON that the id is the digest of. */
  readonly json: string;
  readonly file: ImageFile;
  readonly layer: Layer | undefined;
  /** The image it was built or committed from; ''. */
  parent = '';
  /** A step of a build in progress: in no list. */
  hidden = false;
  /** What made it, for the legacy builder's cache; '' when it was not that. */
  cacheKey = '';
  /** RFC 3339 time of the last tag. */
  lastTagTime: string = ZERO_TIME;

  constructor(json: string, layer: Layer | undefined) {
    this.Id = sha256Digest(encode(json));
    this.json = json;
    this.file = JSON.parse(json) as ImageFile;
    this.layer = layer;
  }

  get Config(): Partial<ContainerConfig> {
    return this.file.config;
  }

  get topLayer(): string {
    return this.layer?.cacheId ?? '';
  }

  get chainId(): string {
    return this.layer?.chainId ?? '';
  }

  get size(): number {
    return layersOf(this.layer).reduce((sum, layer) => sum + layer.size, 0);
  }
}

export class ImageStore implements Images {
  /** Told of what is worth an event: the image and the name that goes with it (the id when there is none). */
  onEvent: (action: string, image: ImageRecord, name: string) => void = () => {};
  readonly layers: LayerStore;
  readonly #sys: Syscalls;
  readonly #home: string;
  readonly #images = new Map<string, ImageRecord>();
  /** Image ids by reference (`docker.io/library/busybox:latest`, `…@sha256:…`). */
  readonly #references = new Map<string, { readonly reference: Reference; readonly id: string }>();

  constructor(sys: Syscalls, layers: LayerStore, root: string) {
    this.#sys = sys;
    this.layers = layers;
    this.#home = `${root}/image/overlay2`;
    if (statOf(sys, `${this.#home}/imagedb`)) {
      this.#restore();
      return;
    }
    for (const path of ['imagedb/content/sha256', 'imagedb/metadata/sha256', 'distribution']) makeDirectories(sys, `${this.#home}/${path}`, 0o700);
    this.#writeReferences();
  }

  all(): ImageRecord[] {
    return [...this.#images.values()].filter((image) => !image.hidden);
  }

  byId(id: string): ImageRecord | undefined {
    return this.#images.get(id);
  }

  has(reference: string): boolean {
    return this.find(reference) !== undefined;
  }

  createFromDiff(options: Parameters<Images['createFromDiff']>[0]): string {
    const reference = options.reference ? parseReference(options.reference) : undefined;
    if (typeof reference === 'string') throw new ApiError('invalidParameter', reference);
    const base = options.parent ? this.byId(options.parent) : undefined;
    const layer = layerFromDiff(this.#sys, this, base?.layer, options.diffPath);
    const { config, comment, author, createdBy } = options;
    const image = createImage(this.#sys, this, { base, layer, config, comment, author, createdBy, child: true });
    this.onEvent('create', image, image.Id);
    if (reference) this.tag(reference, image.Id);
    return image.Id;
  }

  children(id: string): ImageRecord[] {
    return this.all().filter((image) => image.parent === id);
  }

  /** By id or unique prefix of one, with or without `sha256:`. */
  search(prefix: string): ImageRecord | undefined {
    const wanted = prefix.startsWith('sha256:') ? prefix : `sha256:${prefix}`;
    if (!/^sha256:[0-9a-f]+$/.test(wanted)) return undefined;
    const found = this.all().filter((image) => image.Id.startsWith(wanted));
    return found.length === 1 ? found[0] : undefined;
  }

  /** The image that the daemon means by what was typed. @throws invalidParameter, notFound `No such image: nope:latest` */
  resolve(text: string): ImageRecord {
    const image = this.find(text);
    if (image) return image;
    const reference = parseReference(text);
    throw new ApiError('notFound', `No such image: ${typeof reference === 'string' ? text : familiarReference(withDefaultTag(reference))}`);
  }

  /** The same, or undefined. @throws invalidParameter for what is no reference */
  find(text: string): ImageRecord | undefined {
    if (/^(sha256:)?[0-9a-f]{64}$/.test(text)) return this.#images.get(text.startsWith('sha256:') ? text : `sha256:${text}`);
    const reference = parseReference(text);
    if (typeof reference === 'string') throw new ApiError('invalidParameter', reference);
    return this.byReference(reference) ?? this.search(text);
  }

  byReference(reference: Reference): ImageRecord | undefined {
    return this.#images.get(this.#references.get(key(withDefaultTag(reference)))?.id ?? '');
  }

  /** Every reference to an image, sorted. */
  referencesOf(id: string): Reference[] {
    const keys = [...this.#references].filter(([, to]) => to.id === id);
    return keys.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, to]) => to.reference);
  }

  /** Add an image on a layer that it holds from now on. One that is there already stays as it is. */
  create(file: ImageFile | string, layer: Layer | undefined, parent = ''): ImageRecord {
    const image = new ImageRecord(typeof file === 'string' ? file : encodeImageFile(file), layer);
    const known = this.#images.get(image.Id);
    if (known) return known;
    image.parent = parent;
    this.layers.hold(layer);
    this.#images.set(image.Id, image);
    this.#sys.writeFile(`${this.#home}/imagedb/content/sha256/${image.Id.slice(7)}`, encode(image.json), 0o600);
    if (parent) this.#metadata(image.Id, 'parent', parent);
    return image;
  }

  /** @returns the layers that went with it, topmost first */
  delete(id: string): Layer[] {
    const image = this.#images.get(id);
    if (!image) return [];
    this.#images.delete(id);
    for (const child of this.children(id)) child.parent = '';
    this.#sys.unlink(`${this.#home}/imagedb/content/sha256/${id.slice(7)}`);
    removeTree(this.#sys, `${this.#home}/imagedb/metadata/sha256/${id.slice(7)}`);
    return this.layers.release(image.layer);
  }

  /** Point a reference at an image, away from any other. @param shown the name in the event, when it is another */
  tag(reference: Reference, id: string, shown?: string): void {
    const full = withDefaultTag(reference);
    if (familiarName(full) === 'sha256') throw new ApiError('invalidParameter', 'refusing to create an ambiguous tag using digest algorithm as name');
    this.#references.set(key(full), { reference: full, id });
    const image = this.#images.get(id);
    if (image) {
      image.lastTagTime = rfc3339Nano(this.#sys.now());
      this.#metadata(id, 'lastUpdated', image.lastTagTime);
      if (!full.digest) this.onEvent('tag', image, shown ?? familiarReference(full));
    }
    this.#writeReferences();
  }

  untag(reference: Reference): void {
    if (this.#references.delete(key(withDefaultTag(reference)))) this.#writeReferences();
  }

  #metadata(id: string, name: string, text: string): void {
    const path = `${this.#home}/imagedb/metadata/sha256/${id.slice(7)}`;
    makeDirectories(this.#sys, path, 0o755);
    this.#sys.writeFile(`${path}/${name}`, encode(text), 0o600);
  }

  #writeReferences(): void {
    const repositories: Record<string, Record<string, string>> = {};
    for (const { reference, id } of [...this.#references.values()].sort((a, b) => (key(a.reference) < key(b.reference) ? -1 : 1))) {
      (repositories[familiarName(reference)] ??= {})[familiarReference(reference)] = id;
    }
    this.#sys.writeFile(`${this.#home}/repositories.json`, encode(JSON.stringify({ Repositories: repositories })), 0o600);
  }

  #restore(): void {
    const read = (path: string) => (this.#sys.can(`${this.#home}/${path}`, '') ? decode(this.#sys.readFile(`${this.#home}/${path}`)) : '');
    const byDiffs = new Map(this.layers.all().map((layer) => [layersOf(layer).map((each) => each.diffId).join(), layer]));
    for (const { name } of this.#sys.readdir(`${this.#home}/imagedb/content/sha256`)) {
      const json = read(`imagedb/content/sha256/${name}`);
      const image = new ImageRecord(json, byDiffs.get((JSON.parse(json) as ImageFile).rootfs.diff_ids.join()));
      image.parent = read(`imagedb/metadata/sha256/${name}/parent`);
      image.lastTagTime = read(`imagedb/metadata/sha256/${name}/lastUpdated`) || ZERO_TIME;
      this.layers.hold(image.layer);
      this.#images.set(image.Id, image);
    }
    const { Repositories } = JSON.parse(read('repositories.json')) as { Repositories: Record<string, Record<string, string>> };
    for (const references of Object.values(Repositories)) {
      for (const [text, id] of Object.entries(references)) {
        const reference = parseReference(text);
        if (typeof reference !== 'string') this.#references.set(key(reference), { reference, id });
      }
    }
  }
}

const key = ({ domain, path, tag, digest }: Reference): string => `${domain}/${path}${digest ? `@${digest}` : `:${tag}`}`;
