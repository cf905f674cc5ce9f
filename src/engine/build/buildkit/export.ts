// What a BuildKit build leaves: an image, or the files of its last stage as an archive for the client.

import type { JsonMessage } from '../../../api/image.ts';
import type { Task } from '../../../base/task.ts';
import { tarTree } from '../../archive/tar-tree.ts';
import { sortedKeys } from '../../container/merge-config.ts';
import type { EngineContext } from '../../engine-context.ts';
import type { ImageFile } from '../../image/image-file.ts';
import { layersOf } from '../../image/layer-store.ts';
import type { BuildJob } from '../build-image.ts';
import { transferSize } from '../sources.ts';
import type { Progress } from './progress.ts';
import { withoutEmpty, type Stage } from './stage.ts';

/** @returns its id */
export function exportImage({ images }: EngineContext, job: BuildJob, stage: Stage, progress: Progress): string {
  const vertex = progress.begin('exporting to image');
  vertex.line('exporting layers done');
  const file: ImageFile = {
    architecture: 'amd64', os: 'linux', created: stage.created, ...(stage.author && { author: stage.author }),
    config: withoutEmpty({ ...stage.config, Image: '', Labels: sortedKeys({ ...stage.config.Labels, ...job.options.labels }) ?? null }),
    history: stage.history,
    rootfs: { type: 'layers', diff_ids: layersOf(stage.layer).map(({ diffId }) => diffId) },
  };
  const image = images.create(file, stage.layer);
  image.hidden = false;
  vertex.line(`writing image ${image.Id} done`);
  for (const [at, tag] of job.tags.entries()) {
    images.tag(tag, image.Id, job.options.tags[at]!);
    vertex.line(`naming to ${tag.domain}/${tag.path}${tag.tag ? `:${tag.tag}` : ''} done`);
  }
  images.onEvent('create', image, image.Id);
  vertex.done();
  return image.Id;
}

/** The files, in pieces of a tar as `aux.Archive`. @returns no id */
export function* exportFiles({ sys, driver }: EngineContext, kind: 'local' | 'tar', { layer }: Stage, progress: Progress, emit: (message: JsonMessage) => void): Task<string> {
  const vertex = progress.begin(`exporting to client ${kind === 'local' ? 'directory' : 'tarball'}`);
  const root = layer ? driver.get(layer.cacheId) : '';
  try {
    if (root) {
      for (const Archive of tarTree(sys, root)) {
        emit({ aux: { Archive } });
        yield* sys.step();
      }
    }
    vertex.line(kind === 'local' ? `copying files ${root ? transferSize(sys, root, '') : 0}B done` : 'sending tarball done');
  } finally {
    if (layer) driver.put(layer.cacheId);
  }
  vertex.done();
  return '';
}
