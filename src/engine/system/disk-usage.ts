// `docker system df`: what images, containers, volumes and the build cache take.

import type { DiskUsage } from '../../api/system.ts';
import { summarize } from '../container/list.ts';
import type { EngineContext } from '../engine-context.ts';
import { treeSize } from '../tree-size.ts';

export function containersUsage(context: EngineContext): DiskUsage['Containers'] {
  return context.containers.all().filter((container) => !container.hidden).reverse().map((container) => summarize(context, container, true));
}

/** Volumes with options of the driver are left out: their bytes lie elsewhere. */
export function volumesUsage(context: EngineContext): DiskUsage['Volumes'] {
  return context.volumes.all().filter((volume) => !volume.options).sort((a, b) => (a.name < b.name ? -1 : 1)).map((volume) => ({
    ...context.volumes.describe(volume),
    UsageData: { RefCount: volume.references.size, Size: treeSize(context.sys, volume.mountpoint) },
  }));
}
