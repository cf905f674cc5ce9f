// The labels by which Compose knows its own.

import type { ContainerSummary } from '../../api/container.ts';
import type { Filters } from '../../api/engine-client.ts';
import type { Task } from '../../base/task.ts';
import type { Cli } from '../cli.ts';

export const VERSION = '2.40.3';
const PREFIX = 'com.docker.compose.';
export const label = (name: string): string => PREFIX + name;

export const byProject = (project: string, ...more: string[]): Filters => ({ label: [`${PREFIX}project=${project}`, ...more] });

export const serviceOf = (container: ContainerSummary): string => container.Labels[label('service')] ?? '';
export const isOneOff = (container: ContainerSummary): boolean => container.Labels[label('oneoff')] === 'True';
export const numberOf = (container: ContainerSummary): number => Number(container.Labels[label('container-number')] ?? 0);
/** `shop-web-1`. */
export const nameOf = (container: ContainerSummary): string => (container.Names[0] ?? '').replace(/^\//, '');
/** `web-1`: without the project, as logs name it. */
export const shortName = (container: ContainerSummary): string => {
  const prefix = `${container.Labels[label('project')]}-`;
  const name = nameOf(container);
  return name.startsWith(prefix) ? name.slice(prefix.length) : name;
};

export interface Selection {
  /** Stopped ones, too. */
  readonly all?: boolean;
  readonly oneOff?: 'exclude' | 'include' | 'only';
  readonly services?: readonly string[];
  /** In the engine's order instead of by name. */
  readonly newestFirst?: boolean;
}

/** Containers of a project, by name. */
export function* projectContainers(cli: Cli, project: string, { all = true, oneOff = 'exclude', services = [], newestFirst = false }: Selection = {}): Task<ContainerSummary[]> {
  const extra = oneOff === 'include' ? [] : [`${label('oneoff')}=${oneOff === 'only' ? 'True' : 'False'}`];
  const found = yield* cli.engine.containerList({ ...(all && { all }), filters: byProject(project, label('config-hash'), ...extra) });
  const chosen = found.filter((each) => !services.length || services.includes(serviceOf(each)));
  return newestFirst ? chosen : chosen.sort((a, b) => compare(nameOf(a), nameOf(b)));
}

export const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
