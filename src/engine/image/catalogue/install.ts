// Installing an image of the catalogue: its layers and images come to be as if imported, built or pulled long ago.

import { sha256Digest } from '../../../base/sha256.ts';
import { encode } from '../../../base/bytes.ts';
import type { Syscalls } from '../../../kernel/syscalls.ts';
import { parseTime } from '../../clock-text.ts';
import { DOCKER_VERSION, fullConfig, type ImageFile } from '../image-file.ts';
import type { ImageRecord, ImageStore } from '../image-store.ts';
import type { Layer } from '../layer-store.ts';
import type { CatalogueImage } from './catalogue-image.ts';
import { DIFF_IDS } from './diff-ids.ts';
import { TreeWriter } from './tree-writer.ts';
import { layerDigest } from '../../archive/tar-tree.ts';

const knownIds = (image: CatalogueImage): readonly string[] => DIFF_IDS[image.name] ?? image.diffIds ?? [];

/** The digests of an image's layers, lowest first, without installing it. */
export function diffIdsOf(image: CatalogueImage): string[] {
  return [...(image.base ? diffIdsOf(image.base) : []), ...knownIds(image).map((hex) => `sha256:${hex}`)];
}

/** The digest that a registry would know the image by. */
export const repoDigest = (image: CatalogueImage): string => sha256Digest(encode(`${image.name} ${diffIdsOf(image).join(' ')}`));

/** Untagged. What is there already is used again. */
export function installImage(sys: Syscalls, store: ImageStore, image: CatalogueImage): ImageRecord {
  let layer: Layer | undefined;
  let record: ImageRecord | undefined;
  const file: ImageFile = {
    architecture: 'amd64', os: 'linux', config: {}, created: image.created, history: [], rootfs: { type: 'layers', diff_ids: [] },
    ...(image.buildkit ? {} : { docker_version: DOCKER_VERSION }),
  };
  const chain = [...(function* up(at: CatalogueImage): Generator<CatalogueImage> {
    if (at.base) yield* up(at.base);
    yield at;
  })(image)];
  const umask = sys.setUmask(0);
  for (const part of chain) {
    const own = part === image;
    let index = 0;
    for (const step of part.steps) {
      if (step.write) {
        layer = installLayer(sys, store, layer, part, step.write, index++);
        file.rootfs.diff_ids.push(layer.diffId);
      }
      file.config = { ...file.config, ...step.config };
      const { createdBy, comment } = step;
      file.history.push({ created: part.created, ...(createdBy ? { created_by: createdBy } : {}), ...(comment ? { comment } : {}), ...(step.write ? {} : { empty_layer: true }) });
      if (own && !image.base && comment && image.steps.length === 1) file.comment = comment;
      if (!own || !image.legacy) continue;
      const parent: string = record?.Id ?? (image.base ? imageOf(store, image.base) : '');
      record = store.create({ ...file, config: fullConfig({ ...file.config, Image: parent }) }, layer, parent);
    }
  }
  record ??= store.create({ ...file, config: fullConfig(file.config) }, layer);
  sys.setUmask(umask);
  return record;
}

/** The id of a catalogue image that is there under its name; ''. */
function imageOf(store: ImageStore, image: CatalogueImage): string {
  return store.find(`${image.name}:${image.tags[0]!}`)?.Id ?? '';
}

function installLayer(sys: Syscalls, store: ImageStore, parent: Layer | undefined, image: CatalogueImage, write: (tree: TreeWriter) => void, index: number): Layer {
  const known = knownIds(image)[index];
  const there = known && store.layers.find(parent, `sha256:${known}`);
  if (there) return there;
  const draft = store.layers.draft(parent);
  const tree = new TreeWriter(sys, draft.diffPath);
  write(tree);
  tree.finish(parseTime(image.created)!);
  return draft.commit(known ? `sha256:${known}` : layerDigest(sys, draft.diffPath));
}
