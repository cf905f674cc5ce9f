// A new image from a directory of changed files: what commit, import and each step of a build do.

import type { ContainerConfig } from '../../api/container.ts';
import { copyTree } from '../archive/copy-tree.ts';
import { layerDigest } from '../archive/tar-tree.ts';
import { rfc3339Nano } from '../clock-text.ts';
import { DOCKER_VERSION, fullConfig, type HistoryEntry, type ImageFile } from './image-file.ts';
import type { ImageRecord, ImageStore } from './image-store.ts';
import type { Layer } from './layer-store.ts';
import type { Syscalls } from '../../kernel/syscalls.ts';

export interface NewImage {
  /** The image it grows from; undefined for one from scratch. */
  readonly base: ImageRecord | undefined;
  /** The layer on top of the base's; undefined when nothing changed. */
  readonly layer: Layer | undefined;
  readonly config: Partial<ContainerConfig>;
  readonly comment?: string;
  readonly author?: string;
  readonly createdBy?: string;
  readonly container?: string;
  /** Whether the base is recorded as the parent. */
  readonly child?: boolean;
  /** BuildKit's images do not name a docker_version. */
  readonly buildkit?: boolean;
}

/** A layer with a copy of the files under `diffPath`; undefined when there are none, unless `keepEmpty`. */
export function layerFromDiff(sys: Syscalls, store: ImageStore, parent: Layer | undefined, diffPath: string, keepEmpty = false): Layer | undefined {
  if (!keepEmpty && !sys.readdir(diffPath).length) return undefined;
  const draft = store.layers.draft(parent);
  copyTree(sys, diffPath, draft.diffPath);
  return draft.commit(layerDigest(sys, draft.diffPath));
}

export function createImage(sys: Syscalls, store: ImageStore, image: NewImage): ImageRecord {
  const { base, layer } = image;
  const created = rfc3339Nano(sys.now());
  const entry: HistoryEntry = {
    created,
    ...(image.createdBy ? { created_by: image.createdBy } : {}),
    ...(image.author ? { author: image.author } : {}),
    ...(image.comment ? { comment: image.comment } : {}),
    ...(layer ? {} : { empty_layer: true }),
  };
  const file: ImageFile = {
    architecture: 'amd64',
    os: 'linux',
    created,
    config: fullConfig(image.config),
    history: [...(base?.file.history ?? []), entry],
    rootfs: { type: 'layers', diff_ids: [...(base?.file.rootfs.diff_ids ?? []), ...(layer ? [layer.diffId] : [])] },
    ...(image.author ? { author: image.author } : {}),
    ...(image.comment ? { comment: image.comment } : {}),
    ...(image.container ? { container: image.container } : {}),
    ...(image.buildkit ? {} : { docker_version: DOCKER_VERSION }),
  };
  return store.create(file, layer ?? base?.layer, image.child && base ? base.Id : '');
}

