// What the `prune` commands share: the question, each kind's report, the total.

import type { Filters } from '../api/engine-client.ts';
import type { ImageDeleteItem } from '../api/image.ts';
import type { Task } from '../base/task.ts';
import type { Cli } from './cli.ts';
import { humanSize } from './formatter/units.ts';

export interface PruneReport {
  readonly text: string;
  readonly reclaimed: number;
}

const titled = (title: string, lines: readonly string[] | null | undefined): string => (lines?.length ? `${title}:\n${lines.map((line) => `${line}\n`).join('')}` : '');

export function* pruneVolumes(cli: Cli, filters: Filters): Task<PruneReport> {
  const report = yield* cli.engine.volumesPrune(filters);
  return { text: titled('Deleted Volumes', report.VolumesDeleted), reclaimed: report.SpaceReclaimed };
}

export function* pruneContainers(cli: Cli, filters: Filters): Task<PruneReport> {
  const report = yield* cli.engine.containersPrune(filters);
  return { text: titled('Deleted Containers', report.ContainersDeleted), reclaimed: report.SpaceReclaimed };
}

export function* pruneNetworks(cli: Cli, filters: Filters): Task<PruneReport> {
  const report = yield* cli.engine.networksPrune(filters);
  return { text: titled('Deleted Networks', report.NetworksDeleted), reclaimed: 0 };
}

export function* pruneImages(cli: Cli, filters: Filters, all: boolean): Task<PruneReport> {
  const report = yield* cli.engine.imagesPrune({ ...filters, dangling: [...new Set([...(filters['dangling'] ?? []), String(!all)])] });
  const line = (item: ImageDeleteItem) => (item.Untagged ? `untagged: ${item.Untagged}` : `deleted: ${item.Deleted}`);
  return { text: titled('Deleted Images', report.ImagesDeleted?.map(line)), reclaimed: report.SpaceReclaimed };
}

/** Ask unless forced, prune, and print the report; nothing is printed after a no. */
export function* prune(cli: Cli, force: boolean, warning: string, act: () => Task<PruneReport>, total = true): Task<void> {
  if (!force && !(yield* cli.confirm(`${warning}\nAre you sure you want to continue?`))) return;
  const { text, reclaimed } = yield* act();
  if (text) yield* cli.out(`${text}\n`);
  if (total) yield* cli.out(`Total reclaimed space: ${humanSize(reclaimed)}\n`);
}
