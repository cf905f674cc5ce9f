// The rows of `docker system df`, short and verbose.

import type { BuildCacheRecord, DiskUsage } from '../../api/system.ts';
import { dateTime, parseTime } from '../go.ts';
import { Struct } from '../template/value.ts';
import { CONTAINER_HEADERS, CONTAINER_RAW, containerRow } from './container.ts';
import { IMAGE_HEADERS, imageRow } from './image.ts';
import { splitTag } from '../opts/reference.ts';
import { type Headers, render } from './table.ts';
import { humanDuration, humanSize } from './units.ts';
import { VOLUME_HEADERS, VOLUME_RAW, volumeRow } from './volume.ts';

export const USAGE_TABLE = 'table {{.Type}}\t{{.TotalCount}}\t{{.Active}}\t{{.Size}}\t{{.Reclaimable}}';
export const USAGE_HEADERS: Headers = { Type: 'TYPE', TotalCount: 'TOTAL', Active: 'ACTIVE', Size: 'SIZE', Reclaimable: 'RECLAIMABLE' };

export const USAGE_RAW = 'type: {{.Type}}\ntotal: {{.TotalCount}}\nactive: {{.Active}}\nsize: {{.Size}}\nreclaimable: {{.Reclaimable}}\n';

const raw = (list: string, type: string, template: string): string => `{{range .${list}}}type: ${type}\n${template}\n{{end -}}\n`;

/** `--format raw` of all there is. */
export const VERBOSE_RAW = raw('Images', 'Image', 'repository: {{ .Repository }}\ntag: {{.Tag}}\ndigest: {{.Digest}}\nimage_id: {{.ID}}\ncreated_at: {{.CreatedAt}}\nvirtual_size: {{.Size}}\n')
  + raw('Containers', 'Container', `${CONTAINER_RAW}size: {{.Size}}\n`) + raw('Volumes', 'Volume', VOLUME_RAW) + raw('BuildCache', 'Build Cache', 'build_cache_id: {{.ID}}\n');

const CACHE_HEADERS: Headers = {
  ID: 'CACHE ID', Parent: 'PARENT', CacheType: 'CACHE TYPE', Size: 'SIZE', CreatedSince: 'CREATED', LastUsedSince: 'LAST USED', UsageCount: 'USAGE', Shared: 'SHARED',
  InUse: 'IN USE', Description: 'DESCRIPTION',
};

const sum = (sizes: readonly number[]): number => sizes.reduce((total, size) => total + Math.max(0, size), 0);

function row(kind: string, name: string, total: number, active: number, size: number, reclaimable: number, percent = true): Struct {
  const share = percent && size > 0 ? ` (${Math.trunc((reclaimable * 100) / size)}%)` : '';
  return new Struct(`*formatter.diskUsage${kind}Context`, { Type: name, TotalCount: String(total), Active: String(active), Size: humanSize(size), Reclaimable: humanSize(reclaimable) + share });
}

export function usageRows(usage: DiskUsage): Struct[] {
  const images = usage.Images ?? [];
  const used = images.filter((image) => image.Containers > 0);
  const usedSize = sum(used.filter((image) => image.Size !== -1 && image.SharedSize !== -1).map((image) => image.Size - image.SharedSize));
  const containers = usage.Containers ?? [];
  const running = (state: string) => ['running', 'paused', 'restarting'].includes(state);
  const volumes = usage.Volumes ?? [];
  const cache = usage.BuildCache ?? [];
  const sizes = (list: readonly { SizeRw?: number }[]) => sum(list.map((each) => each.SizeRw ?? 0));
  const volumeSizes = (list: typeof volumes) => sum(list.map((volume) => volume.UsageData?.Size ?? 0));
  return [
    row('Images', 'Images', images.length, used.length, usage.LayersSize, usage.LayersSize - usedSize),
    row('Containers', 'Containers', containers.length, containers.filter((each) => running(each.State)).length, sizes(containers), sizes(containers.filter((each) => !running(each.State)))),
    row('Volumes', 'Local Volumes', volumes.length, volumes.filter((volume) => (volume.UsageData?.RefCount ?? 0) > 0).length, volumeSizes(volumes),
      volumeSizes(volumes.filter((volume) => volume.UsageData?.RefCount === 0))),
    row('Builder', 'Build Cache', cache.length, cache.filter((record) => record.InUse).length, sum(cache.map((record) => (record.Shared ? 0 : record.Size))),
      sum(cache.map((record) => (record.Shared || record.InUse ? 0 : record.Size))), false),
  ];
}

function cacheRow(record: BuildCacheRecord, now: number, truncate: boolean): Struct {
  const ago = (time: string | null) => (time ? `${humanDuration(now - parseTime(time))} ago` : '');
  const created = parseTime(record.CreatedAt);
  return new Struct('*formatter.buildCacheContext', {
    ID: (truncate ? record.ID.slice(0, 12) : record.ID) + (record.InUse ? '*' : ''),
    Parent: (record.Parents ?? []).map((each) => (truncate ? each.slice(0, 12) : each)).join(', '),
    CacheType: record.Type, Description: record.Description, Size: humanSize(record.Size), CreatedAt: `${dateTime(created, ' ')} +0000 UTC`,
    CreatedSince: ago(record.CreatedAt), LastUsedAt: record.LastUsedAt ? `${dateTime(parseTime(record.LastUsedAt), ' ')} +0000 UTC` : '', LastUsedSince: ago(record.LastUsedAt),
    UsageCount: String(record.UsageCount), InUse: String(record.InUse), Shared: String(record.Shared),
  });
}

/** All there is, for a template of one's own and for the verbose tables. */
export function verboseUsage(usage: DiskUsage, now: number, truncate: boolean): Record<'Images' | 'Containers' | 'Volumes' | 'BuildCache', Struct[]> {
  return {
    Images: (usage.Images ?? []).filter((image) => image.RepoTags?.[0] !== '<none>:<none>' || image.RepoDigests?.length).map((image) => {
      const [repository, tag] = image.RepoTags?.[0] ? splitTag(image.RepoTags[0]) : ['<none>', '<none>'];
      return imageRow(image, { repository, tag, digest: '' }, now, truncate);
    }),
    Containers: (usage.Containers ?? []).map((container) => containerRow({ ...container, SizeRootFs: 0 }, now, truncate)),
    Volumes: (usage.Volumes ?? []).map(volumeRow),
    BuildCache: (usage.BuildCache ?? []).map((record) => cacheRow(record, now, truncate)),
  };
}

export function verboseTables(usage: DiskUsage, now: number): string {
  const all = verboseUsage(usage, now, true);
  const cacheSize = humanSize(sum((usage.BuildCache ?? []).map((record) => (record.Shared ? 0 : record.Size))));
  const table = (fields: string) => 'table ' + fields.split(' ').map((field) => `{{.${field}}}`).join('\t');
  return [
    `Images space usage:\n\n${render(table('Repository Tag ID CreatedSince Size SharedSize UniqueSize Containers'), IMAGE_HEADERS, all.Images)}`,
    `Containers space usage:\n\n${render(table('ID Image Command LocalVolumes Size RunningFor Status Names'), CONTAINER_HEADERS, all.Containers)}`,
    `Local Volumes space usage:\n\n${render(table('Name Links Size'), VOLUME_HEADERS, all.Volumes)}`,
    `Build cache usage: ${cacheSize}\n\n${render(table('ID CacheType Size CreatedSince LastUsedSince UsageCount Shared'), CACHE_HEADERS, all.BuildCache)}`,
  ].join('\n');
}
