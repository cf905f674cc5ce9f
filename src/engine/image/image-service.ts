// The image and build calls of the Engine API, each in its own file; here they meet the daemon's store.

import type { EngineClient } from '../../api/engine-client.ts';
import { ApiError } from '../../api/errors.ts';
import { parseReference } from '../../api/reference.ts';
import type { BuildCacheRecord } from '../../api/system.ts';
import { BuildCache } from '../build/buildkit/build-cache.ts';
import { buildImage } from '../build/build-image.ts';
import type { EngineContext } from '../engine-context.ts';
import { installFreshImages } from './catalogue/index.ts';
import { importImage } from './import.ts';
import { imageHistory, inspectImage } from './inspect.ts';
import { listImages } from './list.ts';
import { loadImages } from './load.ts';
import { pullImage } from './pull.ts';
import { pruneImages, removeImage } from './remove.ts';
import { saveImages } from './save.ts';

type ImageCalls = Pick<EngineClient, Extract<keyof EngineClient, `image${string}` | `build${string}`>>;

export interface ImageService extends ImageCalls {
  /** Bytes of all layers, each once. */
  layersSize(): number;
  /** For `system df`. */
  buildCache(): BuildCacheRecord[];
}

/** On a disk without images, those of a fresh host are put there first. */
export function createImageService(context: EngineContext): ImageService {
  const { sys, images: store, driver } = context;
  if (!store.all().length) installFreshImages(sys, store);
  store.onEvent = (action, image, name) => context.emit('image', action, image.Id, { ...image.Config.Labels, name });
  const cache = new BuildCache(context);
  return {
    *imageList(options) {
      return listImages(store, sys.now(), { ...options, containers: (image) => context.containers.using(image.Id).length });
    },
    *imageInspect(reference) {
      return inspectImage(store, driver, store.resolve(reference));
    },
    *imageHistory(reference) {
      return imageHistory(store, store.resolve(reference));
    },
    *imageTag(source, target) {
      const reference = parseReference(target);
      if (typeof reference === 'string') throw new ApiError('connection', `Error parsing reference: ${JSON.stringify(target)} is not a valid repository/tag: ${reference}`);
      if (reference.digest) throw new ApiError('connection', 'refusing to create a tag with a digest reference');
      store.tag(reference, store.resolve(source).Id);
    },
    *imageRemove(reference, options) {
      return removeImage(context, reference, options);
    },
    *imagesPrune(filters) {
      return pruneImages(context, filters);
    },
    *imagePull(reference) {
      return yield* pullImage(context, reference);
    },
    *imageImport(source, options) {
      return yield* importImage(context, source, options);
    },
    *imageLoad(source, options) {
      return loadImages(context, source, options?.quiet ?? false);
    },
    *imageSave(references) {
      return saveImages(context, references);
    },
    *imageBuild(content, options) {
      return yield* buildImage(context, cache, content, options);
    },
    *buildCachePrune(options) {
      return cache.prune(options);
    },
    layersSize: () => store.layers.all().reduce((sum, layer) => sum + layer.size, 0),
    buildCache: () => cache.records(),
  };
}
