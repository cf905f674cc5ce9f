// The rows of `docker ps`: filters, order, limit.

import type { ContainerStatus, ContainerSummary } from '../../api/container.ts';
import type { Filters } from '../../api/engine-client.ts';
import { ApiError } from '../../api/errors.ts';
import type { EngineContext } from '../engine-context.ts';
import { FilterArgs } from '../filters.ts';
import type { Container } from './container.ts';
import { sizes } from './inspect.ts';

const KEYS = ['ancestor', 'before', 'exited', 'id', 'isolation', 'label', 'name', 'status', 'health', 'since', 'volume', 'network', 'is-task', 'publish', 'expose'];
const STATES: readonly ContainerStatus[] = ['created', 'running', 'paused', 'restarting', 'removing', 'exited', 'dead'];
const HEALTH = ['none', 'starting', 'healthy', 'unhealthy'];

const invalid = (message: string) => new ApiError('invalidParameter', message);

/** Newest first. @throws invalidParameter, notFound (`before` and `since`) */
export function listContainers(context: EngineContext, { all = false, limit = 0, size = false, filters }: { all?: boolean; limit?: number; size?: boolean; filters?: Filters }): ContainerSummary[] {
  const keep = selector(context, filters);
  const args = new FilterArgs(filters, KEYS);
  const everything = all || limit > 0 || args.has('status') || args.has('exited') || args.has('before') || args.has('since');
  const found = context.containers.all().filter((container) => !container.hidden).reverse().filter((container) => (everything || container.running) && keep(container));
  return (limit > 0 ? found.slice(0, limit) : found).map((container) => summarize(context, container, size));
}

function selector(context: EngineContext, filters: Filters | undefined): (container: Container) => boolean {
  const args = new FilterArgs(filters, KEYS);
  for (const state of args.values('status')) {
    if (!STATES.includes(state as ContainerStatus)) throw invalid(`invalid filter 'status=${state}': invalid value for state (${state}): must be one of ${STATES.join(', ')}`);
  }
  for (const health of args.values('health')) {
    if (!HEALTH.includes(health)) throw invalid(`invalid filter 'health=${health}': invalid value for health (${health}): must be one of none, starting, healthy, unhealthy`);
  }
  const exited = args.values('exited').map((code) => {
    if (!/^[+-]?\d+$/.test(code)) throw invalid(`invalid filter 'exited=${code}': strconv.Atoi: parsing ${JSON.stringify(code)}: invalid syntax`);
    return Number(code);
  });
  if (args.has('is-task')) args.bool('is-task');
  const reference = (key: string) => args.values(key).map((value) => context.containers.get(value)).at(-1);
  const order = new Map(context.containers.all().map((container, index) => [container.id, index]));
  const before = reference('before');
  const since = reference('since');
  const ancestors = ancestorIds(context, args.values('ancestor'));
  const volumes = args.values('volume');
  return (container) => {
    const at = order.get(container.id)!;
    if (before && at >= order.get(before.id)!) return false;
    if (since && at <= order.get(since.id)!) return false;
    if (!args.match('name', container.name) && !args.match('name', container.name.slice(1))) return false;
    if (args.has('id') && !args.values('id').some((id) => container.id.startsWith(id) || args.match('id', container.id))) return false;
    if (!args.labels(container.config.Labels) || !args.exact('status', container.status)) return false;
    if (exited.length && (container.running || !container.startedAt || !exited.includes(container.exitCode))) return false;
    if (args.has('health') && !args.values('health').includes(container.health?.status ?? 'none')) return false;
    if (ancestors && !isDescendant(context, container.imageId, ancestors)) return false;
    if (volumes.length && ![...container.mounts.values()].some((mount) => volumes.some((value) => value === mount.name || value === mount.destination || (mount.type === 'bind' && value === mount.source)))) return false;
    if (args.has('network') && ![...container.endpoints].some(([name, endpoint]) => args.values('network').some((value) => value === name || (endpoint.NetworkID && endpoint.NetworkID.startsWith(value))))) return false;
    if (args.has('is-task') && args.bool('is-task')) return false;
    return portsMatch(container, args);
  };
}

function portsMatch(container: Container, args: FilterArgs): boolean {
  const meets = (key: string, ports: readonly string[]) => !args.has(key) || args.values(key).some((value) => {
    const [range = '', protocol = 'tcp'] = value.split('/');
    const [low = 0, high = low] = range.split('-').map(Number);
    if (Number.isNaN(low) || Number.isNaN(high)) throw invalid(`error while looking up for ${key} ${value}: strconv.ParseUint: parsing ${JSON.stringify(range)}: invalid syntax`);
    return ports.some((port) => {
      const [number, kind] = port.split('/');
      return kind === protocol && Number(number) >= low && Number(number) <= high;
    });
  });
  const ports = portsOf(container);
  return meets('publish', ports.map(({ PublicPort, Type }) => `${PublicPort ?? 0}/${Type}`)) && meets('expose', ports.map(({ PrivatePort, Type }) => `${PrivatePort}/${Type}`));
}

/** Images that count as ancestors; undefined without the filter. */
function ancestorIds(context: EngineContext, names: readonly string[]): Set<string> | undefined {
  if (!names.length) return undefined;
  const ids = new Set<string>();
  for (const name of names) {
    try {
      ids.add(context.images.resolve(name).Id);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
    }
  }
  return ids;
}

function isDescendant(context: EngineContext, imageId: string, ancestors: ReadonlySet<string>): boolean {
  for (let id: string | undefined = imageId; id; id = context.images.byId(id)?.parent) if (ancestors.has(id)) return true;
  return false;
}

/** One row, as `docker ps` and `docker system df` get it. */
export function summarize(context: EngineContext, container: Container, size: boolean): ContainerSummary {
  const { config } = container;
  const command = [container.path, ...container.args].map((word) => (word.includes(' ') ? `'${word}'` : word)).join(' ');
  const { SizeRw, SizeRootFs } = size ? sizes(context, container) : { SizeRw: 0, SizeRootFs: 0 };
  return {
    Id: container.id,
    Names: [container.name],
    Image: imageShown(context, container),
    ImageID: container.imageId,
    Command: command,
    Created: Math.floor(container.created / 1000),
    Ports: portsOf(container),
    ...(SizeRw && { SizeRw }),
    ...(SizeRootFs && { SizeRootFs }),
    Labels: config.Labels ?? {},
    State: container.status,
    Status: container.statusText(context.sys.now()),
    HostConfig: { NetworkMode: container.hostConfig.NetworkMode },
    NetworkSettings: { Networks: Object.fromEntries(container.endpoints) },
    Mounts: container.describeMounts(),
  };
}

/** The name it was made from, while that still means the same image. */
function imageShown(context: EngineContext, container: Container): string {
  try {
    if (context.images.resolve(container.config.Image).Id === container.imageId) return container.config.Image;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
  }
  return container.imageId;
}

function portsOf(container: Container): ContainerSummary['Ports'] {
  if (!container.running) return [];
  return Object.entries(container.ports).flatMap(([port, bindings]): ContainerSummary['Ports'] => {
    const [number, Type = 'tcp'] = port.split('/');
    const PrivatePort = Number(number);
    if (!bindings?.length) return [{ PrivatePort, Type }];
    return bindings.map(({ HostIp, HostPort }) => ({ IP: HostIp, PrivatePort, PublicPort: Number(HostPort), Type }));
  });
}
