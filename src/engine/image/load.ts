// `docker load`: unpacks a saved archive under dockerd's tmp, then registers what its manifest.json names.

import type { Stream } from '../../api/engine-client.ts';
import { ApiError } from '../../api/errors.ts';
import type { JsonMessage } from '../../api/image.ts';
import { familiarReference, parseReference } from '../../api/reference.ts';
import { decode, type Bytes } from '../../base/bytes.ts';
import { isGzip } from '../../base/archive/gzip.ts';
import { Gunzip } from '../../base/archive/gunzip.ts';
import { Sha256 } from '../../base/sha256.ts';
import type { Task } from '../../base/task.ts';
import { isDirectory } from '../../kernel/stat.ts';
import { O_RDONLY, type Syscalls } from '../../kernel/syscalls.ts';
import { openRoot } from '../archive/container-view.ts';
import { calling } from '../archive/go-error.ts';
import { taskStream } from '../archive/streams.ts';
import { untar } from '../archive/untar.ts';
import type { EngineContext } from '../engine-context.ts';
import { makeDirectories, removeTree } from '../files.ts';
import type { ImageFile } from './image-file.ts';
import type { Layer } from './layer-store.ts';

interface ManifestItem {
  Config: string;
  RepoTags: string[] | null;
  Layers: string[];
  Parent?: string;
}

const CHUNK = 1 << 18;

/** Failures come as an `error` message in the stream, as from the daemon. */
export function loadImages(context: EngineContext, source: Stream<Bytes>, quiet: boolean): Stream<JsonMessage> {
  return taskStream(function* (emit) {
    const { sys } = context;
    const directory = `${context.root}/tmp/docker-import-${1e9 + context.ids.below(9e9)}`;
    makeDirectories(sys, directory, 0o700);
    try {
      const view = openRoot(sys, directory);
      try {
        yield* untar(view.sys, '/', source);
      } finally {
        view.close();
      }
      yield* register(context, directory, quiet, emit);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      emit({ errorDetail: { message: error.message }, error: error.message });
    } finally {
      source.close();
      removeTree(sys, directory);
    }
  });
}

function* register(context: EngineContext, directory: string, quiet: boolean, emit: (message: JsonMessage) => void): Task<void> {
  const { sys, images: store } = context;
  const path = `${directory}/manifest.json`;
  if (!sys.can(path, '')) {
    // The format before manifests had a directory for each layer.
    const first = sys.readdir(directory).map(({ name }) => name).toSorted().find((name) => isDirectory(sys.lstat(`${directory}/${name}`).mode));
    const wanted = `${directory}/${first === undefined ? 'repositories' : `${first}/json`}`;
    calling('open', wanted, () => sys.readFile(wanted));
  }
  const manifest = parse<ManifestItem[]>(sys, path);
  let loaded = '';
  for (const item of manifest) {
    const json = decode(calling('open', `${directory}/${item.Config}`, () => sys.readFile(`${directory}/${item.Config}`)));
    const file = JSON.parse(json) as ImageFile;
    const { diff_ids: diffIds } = file.rootfs;
    if (diffIds.length !== item.Layers.length) throw new ApiError('invalidParameter', `invalid manifest, layers length mismatch: expected ${diffIds.length}, got ${item.Layers.length}`);
    let layer: Layer | undefined;
    for (const [at, diffId] of diffIds.entries()) {
      layer = store.layers.find(layer, diffId) ?? (yield* loadLayer(context, layer, `${directory}/${item.Layers[at]!}`, diffId, at, quiet, emit));
    }
    const image = store.create(json, layer);
    for (const text of item.RepoTags ?? []) {
      const reference = parseReference(text);
      if (typeof reference === 'string' || !reference.tag) throw new ApiError('invalidParameter', `invalid tag "${text}"`);
      const before = store.byReference(reference);
      if (before && before !== image) emit({ stream: `The image ${familiarReference(reference)} already exists, renaming the old one with ID ${before.Id} to empty string\n` });
      if (before !== image) store.tag(reference, image.Id);
      loaded += `Loaded image: ${familiarReference(reference)}\n`;
    }
    if (!item.RepoTags?.length) loaded += `Loaded image ID: ${image.Id}\n`;
    const parent = item.Parent && store.byId(item.Parent);
    if (parent) image.parent = parent.Id;
    store.onEvent('load', image, image.Id);
  }
  if (loaded) emit({ stream: loaded });
}

function* loadLayer(context: EngineContext, parent: Layer | undefined, path: string, diffId: string, at: number, quiet: boolean, emit: (message: JsonMessage) => void): Task<Layer> {
  const { sys, images: store } = context;
  const draft = store.layers.draft(parent);
  const view = openRoot(sys, draft.diffPath);
  const sha = new Sha256();
  const total = calling('open', path, () => sys.stat(path).size);
  let done = 0;
  const content = fileStream(sys, path, (bytes) => {
    sha.update(bytes);
    done += bytes.length;
    if (!quiet) emit({ status: 'Loading layer', progressDetail: { current: Math.min(done, total), total }, id: diffId.slice(7, 19) });
  });
  let layer: Layer | undefined;
  try {
    yield* untar(view.sys, '/', content, { layer: true });
    for (let rest = yield* content.next(); rest; rest = yield* content.next());
    const actual = `sha256:${sha.hex()}`;
    if (actual !== diffId) throw new ApiError('invalidParameter', `invalid diffID for layer ${at}: expected "${diffId}", got "${actual}"`);
    layer = draft.commit(diffId);
    return layer;
  } finally {
    content.close();
    view.close();
    if (!layer) draft.abandon();
  }
}

/** The uncompressed bytes of a file. */
function fileStream(sys: Syscalls, path: string, seen: (bytes: Bytes) => void): Stream<Bytes> {
  const file = { fd: sys.open(path, O_RDONLY), open: true };
  let at = 0;
  const gunzip = isGzip(sys.pread(file.fd, 2, 0)) ? new Gunzip() : undefined;
  const ready: Bytes[] = [];
  return {
    close() {
      if (file.open) sys.close(file.fd);
      file.open = false;
    },
    *next() {
      while (!ready.length && file.open) {
        yield* sys.step();
        const part = sys.pread(file.fd, CHUNK, at);
        if (!part.length) return undefined;
        at += part.length;
        if (gunzip) ready.push(...gunzip.push(part));
        else ready.push(part);
      }
      const bytes = ready.shift();
      if (bytes) seen(bytes);
      return bytes;
    },
  };
}

function parse<T>(sys: Syscalls, path: string): T {
  try {
    return JSON.parse(decode(sys.readFile(path))) as T;
  } catch {
    throw new ApiError('invalidParameter', 'invalid character in manifest.json');
  }
}
