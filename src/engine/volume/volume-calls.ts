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
      const all = pruneAll(args.values('all'));
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

/** Of `volume prune` alone: one value, of Go's ParseBool. @throws invalidParameter */
function pruneAll(values: readonly string[]): boolean {
  const [value = 'false'] = values;
  if (values.length > 1) throw new ApiError('invalidParameter', `invalid filter 'all=[${values.toSorted().join(' ')}]': only one value is expected`);
  if (!/^(?:1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/.test(value)) throw new ApiError('invalidParameter', `invalid filter 'all': strconv.ParseBool: parsing ${JSON.stringify(value)}: invalid syntax`);
  return /^[1tT]/.test(value);
}

function selectVolumes(context: EngineContext, filters: Filters | undefined): StoredVolume[] {
  const args = new FilterArgs(filters, ['dangling', 'name', 'driver', 'label']);
  const dangling = args.bool('dangling');
  return context.volumes.all().filter((volume) =>
    (dangling === undefined || dangling === (volume.references.size === 0))
    && args.match('name', volume.name) && args.exact('driver', 'local') && args.labels(volume.labels));
}
