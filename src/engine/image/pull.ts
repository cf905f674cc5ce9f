// `docker pull` from the catalogue: the registry's progress, told in virtual time; no packet is sent.

import type { Stream } from '../../api/engine-client.ts';
import { ApiError } from '../../api/errors.ts';
import type { JsonMessage } from '../../api/image.ts';
import { familiarName, familiarReference, parseReference, withDefaultTag } from '../../api/reference.ts';
import { encode } from '../../base/bytes.ts';
import { sha256Digest } from '../../base/sha256.ts';
import type { Task } from '../../base/task.ts';
import { taskStream } from '../archive/streams.ts';
import type { EngineContext } from '../engine-context.ts';
import { CATALOGUE } from './catalogue/index.ts';
import type { CatalogueImage } from './catalogue/catalogue-image.ts';
import { installImage, repoDigest } from './catalogue/install.ts';
import { STORED } from './depot.ts';
import { layersOf, type Layer } from './layer-store.ts';

/** ms for an answer of the registry, and for each step of progress of a layer. */
const ROUND_TRIP = 250;
const TICK = 120;
const STEPS = 4;
/** A known layer below this is there at once. */
const SMALL = 1_000_000;

/** @throws invalidParameter, notFound */
export function* pullImage(context: EngineContext, text: string): Task<Stream<JsonMessage>> {
  const { sys, images: store } = context;
  const parsed = parseReference(text);
  if (typeof parsed === 'string') throw new ApiError('invalidParameter', parsed);
  const reference = withDefaultTag(parsed);
  const name = familiarName(reference);
  yield* sys.sleep(ROUND_TRIP);
  if (reference.domain !== 'docker.io') throw new ApiError('system', `Get "https://${reference.domain}/v2/": dial tcp: lookup ${reference.domain.replace(/:\d+$/, '')} on 192.168.65.7:53: no such host`);
  const image = CATALOGUE.get(name) ?? (yield* fromDepot(context, name));
  if (!image) throw new ApiError('notFound', `pull access denied for ${name}, repository does not exist or may require 'docker login': denied: requested access to the resource is denied`);
  const digest = repoDigest(image);
  if (reference.digest ? reference.digest !== digest : !image.tags.includes(reference.tag!)) {
    throw new ApiError('notFound', `manifest for ${familiarReference(reference)} not found: manifest unknown: manifest unknown`);
  }
  return taskStream(function* (emit) {
    emit({ status: `Pulling from ${reference.path}`, id: reference.tag ?? reference.digest! });
    const before = store.byReference(reference);
    const held = new Set(store.layers.all());
    const record = installImage(sys, store, image);
    let whole = before === record;
    try {
      if (!whole) yield* transfer(context, layersOf(record.layer), held, transfersOf(image), emit);
      whole = true;
    } finally {
      // Interrupted: what came is dropped.
      if (!whole && !store.referencesOf(record.Id).length) store.delete(record.Id);
    }
    emit({ status: `Digest: ${digest}` });
    const { domain, path } = reference;
    store.tag({ domain, path, digest }, record.Id);
    if (!reference.digest && before !== record) store.tag(reference, record.Id);
    emit({ status: `Status: ${before === record ? 'Image is up to date' : 'Downloaded newer image'} for ${familiarReference(reference)}` });
    store.onEvent('pull', record, familiarReference(reference));
  });
}

/** An image that does not come with the app. @throws system when the network does not bring it */
function* fromDepot({ depot }: EngineContext, name: string): Task<CatalogueImage | undefined> {
  const goods = STORED.get(name);
  if (!goods) return undefined;
  const problem = yield* depot.obtain(goods);
  if (problem !== undefined) throw new ApiError('system', problem || 'Get "https://registry-1.docker.io/v2/": dial tcp: lookup registry-1.docker.io on 192.168.65.7:53: no such host');
  return depot.get(goods)!.images.find((image) => image.name === name);
}

/** The compressed sizes of an image's layers, lowest first; undefined where they are not known. */
const transfersOf = ({ base, steps }: CatalogueImage): (number | undefined)[] => [...(base ? transfersOf(base) : []), ...steps.filter(({ write }) => write).map((step) => step.transfer)];

/** What a terminal shows of layers that come in: `held` ones were here before. */
function* transfer({ sys }: EngineContext, layers: readonly Layer[], held: ReadonlySet<Layer>, transfers: readonly (number | undefined)[], emit: (message: JsonMessage) => void): Task<void> {
  const fresh = layers.filter((layer) => !held.has(layer));
  const total = (layer: Layer) => transfers[layers.indexOf(layer)] ?? Math.max(32, Math.round(layer.size * 0.46));
  const steps = (layer: Layer) => (transfers[layers.indexOf(layer)] ?? SMALL) < SMALL ? 1 : STEPS;
  const tell = (layer: Layer, status: string, progressDetail: { current?: number; total?: number } = {}) =>
    emit({ status, progressDetail, id: sha256Digest(encode(`gzip ${layer.diffId}`)).slice(7, 19) });
  const advance = function* (layer: Layer, status: string, count: number): Task<void> {
    for (let step = 1; step <= count; step++) {
      yield* sys.sleep(TICK);
      tell(layer, status, { current: Math.round((total(layer) * step) / count), total: total(layer) });
    }
  };
  for (const layer of layers) tell(layer, held.has(layer) ? 'Already exists' : 'Pulling fs layer');
  for (const layer of fresh) {
    yield* advance(layer, 'Downloading', steps(layer));
    tell(layer, 'Verifying Checksum');
    tell(layer, 'Download complete');
  }
  for (const layer of fresh) {
    yield* advance(layer, 'Extracting', Math.ceil(steps(layer) / 2));
    tell(layer, 'Pull complete');
  }
}
