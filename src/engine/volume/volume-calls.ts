// The volume calls of the Engine API: create, inspect, list, remove, prune.

import type { EngineClient, Filters } from '../../api/engine-client.ts';
import { ApiError } from '../../api/errors.ts';
import type { EngineContext } from '../engine-context.ts';
import { FilterArgs } from '../filters.ts';
import { treeSize } from '../tree-size.ts';
import { ANONYMOUS_LABEL, type StoredVolume } from './volumes.ts';

type VolumeCalls = Pick<EngineClient, 'volumeCreate' | 'volumeInspect' | 'volumeList' | 'volumeRemove' | 'volumesPrune'>;

export function volumeCalls(context: EngineContext): VolumeCalls {
  const { volumes } = context;
  return {
    *volumeCreate({ Name = '', Driver, DriverOpts, Labels }) {
      return volumes.describe(volumes.create(Name, Driver, DriverOpts ?? null, Labels ?? null));
    },
    *volumeInspect(name) {
      return volumes.describe(volumes.get(name));
    },
    *volumeList(filters) {
      return { Volumes: selectVolumes(context, filters).map((volume) => volumes.describe(volume)), Warnings: null };
    },
    *volumeRemove(name, options) {
      if (options?.force && !volumes.find(name)) return;
      volumes.remove(name);
    },
    *volumesPrune(filters) {
      const args = new FilterArgs(filters, ['label', 'label!', 'all']);
      const all = args.bool('all') ?? false;
      const deleted: string[] = [];
      let reclaimed = 0;
      for (const volume of volumes.all()) {
        if (volume.references.size || volume.options || !args.prunable(volume.labels)) continue;
        if (!all && !(volume.labels && ANONYMOUS_LABEL in volume.labels)) continue;
        reclaimed += treeSize(context.sys, volume.mountpoint);
        volumes.remove(volume.name);
        deleted.push(volume.name);
      }
      context.emit('volume', 'prune', '', { reclaimed: String(reclaimed) });
      return { VolumesDeleted: deleted.length ? deleted : null, SpaceReclaimed: reclaimed };
    },
  };
}

function selectVolumes(context: EngineContext, filters: Filters | undefined): StoredVolume[] {
  const args = new FilterArgs(filters, ['dangling', 'name', 'driver', 'label']);
  const dangling = args.bool('dangling');
  for (const pattern of args.values('name')) {
    try {
      RegExp(pattern);
    } catch {
      throw new ApiError('invalidParameter', `invalid filter 'name=${pattern}'`);
    }
  }
  return context.volumes.all().filter((volume) =>
    (dangling === undefined || dangling === (volume.references.size === 0))
    && args.match('name', volume.name) && args.exact('driver', 'local') && args.labels(volume.labels));
}
