// `docker save`: images as a tar that is both Docker's own archive (manifest.json, repositories) and an OCI layout.

import type { Stream } from '../../api/engine-client.ts';
import { ApiError } from '../../api/errors.ts';
import { familiarName, familiarReference, parseReference, withDefaultTag, type Reference } from '../../api/reference.ts';
import { encode, type Bytes } from '../../base/bytes.ts';
import { sha256Digest } from '../../base/sha256.ts';
import { byteStream } from '../archive/streams.ts';
import { encodeHeader, TAR_END, tarPadding } from '../../base/archive/tar-header.ts';
import { tarFile, tarTree } from '../archive/tar-tree.ts';
import { parseTime } from '../clock-text.ts';
import type { EngineContext } from '../engine-context.ts';
import { fullConfig } from './image-file.ts';
import type { ImageRecord, ImageStore } from './image-store.ts';
import { layersOf, type Layer } from './layer-store.ts';

const LAYER_TYPE = 'application/vnd.oci.image.layer.v1.tar';

interface Blob {
  readonly mtime: number;
  readonly size: number;
  readonly parts: () => Iterable<Bytes>;
}

/** @throws notFound, invalidParameter, system `reference does not exist` */
export function saveImages(context: EngineContext, names: readonly string[]): Stream<Bytes> {
  const { sys, images: store, driver } = context;
  const wanted = collect(store, names);
  const blobs = new Map<string, Blob>();
  const sizes = new Map<string, number>();
  const addText = (text: string, mtime: number): { digest: string; size: number } => {
    const bytes = encode(text);
    const digest = sha256Digest(bytes);
    blobs.set(digest.slice(7), { mtime, size: bytes.length, parts: () => [bytes] });
    return { digest, size: bytes.length };
  };
  const addLayer = (layer: Layer, mtime: number) => {
    if (sizes.has(layer.diffId)) return;
    const parts = () => tarTree(sys, driver.diffPath(layer.cacheId), { layer: true });
    const size = measure(parts());
    sizes.set(layer.diffId, size);
    blobs.set(layer.diffId.slice(7), { mtime, size, parts });
  };
  const manifests: unknown[] = [];
  const index: unknown[] = [];
  const repositories: Record<string, Record<string, string>> = {};
  for (const [image, references] of wanted) {
    const layers = layersOf(image.layer);
    const mtime = Math.floor((parseTime(image.file.created) ?? 0) / 1000);
    for (const layer of layers) addLayer(layer, mtime);
    legacyConfigs(image, layers).forEach((text) => addText(text, mtime));
    addText(image.json, mtime);
    const described = (layer: Layer) => ({ mediaType: LAYER_TYPE, size: sizes.get(layer.diffId)!, digest: layer.diffId });
    manifests.push({
      Config: `blobs/sha256/${image.Id.slice(7)}`,
      RepoTags: references.length ? references.map(familiarReference) : null,
      Layers: layers.map((layer) => `blobs/sha256/${layer.diffId.slice(7)}`),
      LayerSources: Object.fromEntries(layers.map((layer) => [layer.diffId, described(layer)]).sort()),
    });
    const manifest = addText(JSON.stringify({
      schemaVersion: 2,
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      config: { mediaType: 'application/vnd.oci.image.config.v1+json', digest: image.Id, size: encode(image.json).length },
      layers: layers.map((layer) => ({ mediaType: LAYER_TYPE, digest: layer.diffId, size: sizes.get(layer.diffId)! })),
    }), 0);
    const descriptor = { mediaType: 'application/vnd.oci.image.manifest.v1+json', digest: manifest.digest, size: manifest.size };
    if (!references.length) index.push(descriptor);
    for (const reference of references) {
      index.push({ ...descriptor, annotations: { 'io.containerd.image.name': `${reference.domain}/${reference.path}:${reference.tag}`, 'org.opencontainers.image.ref.name': reference.tag } });
      const top = layers.at(-1);
      if (top) (repositories[familiarName(reference)] ??= {})[reference.tag!] = top.diffId.slice(7);
    }
    store.onEvent('save', image, image.Id);
  }
  const now = Math.floor(sys.now() / 1000);
  const documents: Record<string, string> = {
    'index.json': JSON.stringify({ schemaVersion: 2, mediaType: 'application/vnd.oci.image.index.v1+json', manifests: index }),
    'manifest.json': `${JSON.stringify(manifests)}\n`,
    'oci-layout': '{"imageLayoutVersion": "1.0.0"}',
    ...(Object.keys(repositories).length ? { repositories: `${JSON.stringify(repositories)}\n` } : {}),
  };
  return byteStream(sys, archive(blobs, documents, now));
}

function* archive(blobs: ReadonlyMap<string, Blob>, documents: Record<string, string>, now: number): Generator<Bytes, void, void> {
  yield tarFile('blobs/', '', now, true);
  yield tarFile('blobs/sha256/', '', now, true);
  for (const [name, blob] of [...blobs].sort(([a], [b]) => (a < b ? -1 : 1))) {
    yield encodeHeader({ name: `blobs/sha256/${name}`, type: 'file', mode: 0o644, uid: 0, gid: 0, uname: '', gname: '', size: blob.size, mtime: blob.mtime, linkname: '', major: 0, minor: 0 });
    yield* blob.parts();
    yield tarPadding(blob.size);
  }
  for (const [name, text] of Object.entries(documents)) yield tarFile(name, text, 0);
  yield TAR_END;
}

function measure(parts: Iterable<Bytes>): number {
  let size = 0;
  for (const part of parts) size += part.length;
  return size;
}

/** The images and the tags they are saved under, in the order named. */
function collect(store: ImageStore, names: readonly string[]): Map<ImageRecord, Reference[]> {
  const wanted = new Map<ImageRecord, Reference[]>();
  const add = (image: ImageRecord, reference?: Reference) => {
    const references = wanted.get(image) ?? [];
    if (reference && !references.some((other) => familiarReference(other) === familiarReference(reference))) references.push(reference);
    wanted.set(image, references);
  };
  for (const name of names) {
    const digest = /^(?:sha256:)?([0-9a-f]{64})$/.exec(name)?.[1];
    if (digest) {
      const found = store.search(name);
      if (!found) throw new ApiError('system', `failed to get digest sha256:${digest}: open /var/lib/docker/image/overlay2/imagedb/content/sha256/${digest}: no such file or directory`);
      add(found);
      continue;
    }
    const reference = parseReference(name);
    if (typeof reference === 'string') throw new ApiError('invalidParameter', reference);
    const image = store.byReference(reference);
    if (reference.tag || reference.digest) {
      const found = image ?? store.search(name);
      if (!found) throw new ApiError('system', 'reference does not exist');
      add(found, image && reference.tag ? reference : undefined);
      continue;
    }
    const tagged = store.all().flatMap((each) => store.referencesOf(each.Id).filter((other) => other.tag && familiarName(other) === familiarName(reference)).map((other) => [each, other] as const));
    if (tagged.length) tagged.forEach(([each, other]) => add(each, withDefaultTag(other)));
    else {
      const found = store.search(name);
      if (!found) throw new ApiError('notFound', `No such image: ${name}`);
      add(found);
    }
  }
  return wanted;
}

/** One JSON a layer, as images had them before 1.10; kept for old readers. */
function legacyConfigs(image: ImageRecord, layers: readonly Layer[]): string[] {
  let parent = '';
  return layers.map((layer, at) => {
    const top = at === layers.length - 1;
    const rest = top
      ? { created: image.file.created, ...(image.file.docker_version ? { docker_version: image.file.docker_version } : {}), config: image.file.config, architecture: image.file.architecture, os: image.file.os }
      : { created: '1970-01-01T00:00:00Z', container_config: fullConfig({}), os: 'linux' };
    const id = sha256Digest(encode(`${layer.chainId} ${parent}${top ? image.Id : ''}`)).slice(7);
    const text = JSON.stringify({ id, ...(parent ? { parent } : {}), ...(top && image.file.comment ? { comment: image.file.comment } : {}), ...rest });
    parent = id;
    return text;
  });
}

