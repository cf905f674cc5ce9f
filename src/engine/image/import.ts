// `docker import`: a tar stream becomes an image of one layer.

import type { Stream } from '../../api/engine-client.ts';
import { ApiError } from '../../api/errors.ts';
import type { JsonMessage } from '../../api/image.ts';
import { parseReference } from '../../api/reference.ts';
import type { Bytes } from '../../base/bytes.ts';
import type { Task } from '../../base/task.ts';
import { openRoot } from '../archive/container-view.ts';
import { layerDigest } from '../archive/tar-tree.ts';
import { untar } from '../archive/untar.ts';
import { applyChanges } from '../build/changes.ts';
import type { EngineContext } from '../engine-context.ts';
import { createImage } from './create-image.ts';
import type { Layer } from './layer-store.ts';

/** @throws invalidParameter (reference, changes, a broken archive) */
export function* importImage(context: EngineContext, source: Stream<Bytes>, options: { reference?: string; message?: string; changes?: string[] }): Task<Stream<JsonMessage>> {
  const { sys, images: store } = context;
  const reference = options.reference ? parseReference(options.reference) : undefined;
  if (typeof reference === 'string') throw new ApiError('invalidParameter', reference);
  if (reference?.digest) throw new ApiError('invalidParameter', 'cannot import digest reference');
  const config = applyChanges({}, options.changes ?? []);
  const draft = store.layers.draft(undefined);
  const view = openRoot(sys, draft.diffPath);
  let layer: Layer | undefined;
  try {
    yield* untar(view.sys, '/', source, { layer: true });
    layer = draft.commit(layerDigest(sys, draft.diffPath));
  } finally {
    source.close();
    view.close();
    if (!layer) draft.abandon();
  }
  const image = createImage(sys, store, { base: undefined, layer, config, comment: options.message || 'Imported from -' });
  if (reference) store.tag(reference, image.Id);
  store.onEvent('import', image, image.Id);
  let told = false;
  return {
    close() {},
    *next() {
      if (told) return undefined;
      told = true;
      return { status: image.Id };
    },
  };
}
