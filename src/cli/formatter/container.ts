// The columns of `docker ps`.

import type { ContainerSummary } from '../../api/container.ts';
import { dateTime, quote } from '../go.ts';
import { familiar } from '../opts/reference.ts';
import { Nil, Struct } from '../template/value.ts';
import { ellipsis, type Headers, labelsText, shortId } from './table.ts';
import { humanDuration, humanSize } from './units.ts';

export const CONTAINER_TABLE = 'table {{.ID}}\t{{.Image}}\t{{.Command}}\t{{.RunningFor}}\t{{.Status}}\t{{.Ports}}\t{{.Names}}';

export const CONTAINER_RAW = `container_id: {{.ID}}
image: {{.Image}}
command: {{.Command}}
created_at: {{.CreatedAt}}
state: {{- pad .State 1 0}}
status: {{- pad .Status 1 0}}
names: {{.Names}}
labels: {{- pad .Labels 1 0}}
ports: {{- pad .Ports 1 0}}
`;

export const CONTAINER_HEADERS: Headers = {
  ID: 'CONTAINER ID', Names: 'NAMES', Image: 'IMAGE', Command: 'COMMAND', CreatedAt: 'CREATED AT', RunningFor: 'CREATED', Ports: 'PORTS', State: 'STATE',
  Status: 'STATUS', Size: 'SIZE', Labels: 'LABELS', Mounts: 'MOUNTS', LocalVolumes: 'LOCAL VOLUMES', Networks: 'NETWORKS', Platform: 'PLATFORM',
};

/** @param now ms since the epoch; `onSize` is told when the template asks for Size */
export function containerRow(container: ContainerSummary, now: number, truncate: boolean, onSize = () => {}): Struct {
  const mounts = container.Mounts ?? [];
  const image = () => {
    if (!container.Image) return '<no image>';
    if (!truncate) return container.Image;
    const short = shortId(container.ImageID);
    return short === shortId(container.Image) ? short : familiar(container.Image);
  };
  return new Struct('*formatter.ContainerContext', {
    ID: truncate ? shortId(container.Id) : container.Id,
    Names: () => {
      const names = container.Names.map((name) => name.replace(/^\//, ''));
      return truncate ? names.find((name) => !name.includes('/')) ?? '' : names.join(',');
    },
    Image: image,
    Command: () => quote(truncate ? ellipsis(container.Command, 20) : container.Command),
    CreatedAt: `${dateTime(container.Created * 1000, ' ')} +0000 UTC`,
    RunningFor: `${humanDuration(now - container.Created * 1000)} ago`,
    Platform: new Nil('pointer'),
    Ports: () => ports(container.Ports ?? []),
    State: container.State,
    Status: container.Status,
    Size: () => {
      onSize();
      const size = humanSize(container.SizeRw ?? 0, 3);
      return (container.SizeRootFs ?? 0) > 0 ? `${size} (virtual ${humanSize(container.SizeRootFs!, 3)})` : size;
    },
    Labels: labelsText(container.Labels),
    Label: (name: string) => container.Labels?.[name] ?? '',
    Mounts: mounts.map((mount) => mount.Name || mount.Source).map((name) => (truncate ? ellipsis(name, 15) : name)).join(','),
    LocalVolumes: String(mounts.filter((mount) => mount.Driver === 'local').length),
    Networks: Object.keys(container.NetworkSettings?.Networks ?? {}).join(','),
  });
}

const hostPort = (ip: string, port: string): string => (ip.includes(':') ? `[${ip}]:${port}` : `${ip}:${port}`);

/** `0.0.0.0:80->80/tcp, 81-83/tcp`, as formatter.DisplayablePorts. */
export function ports(list: ContainerSummary['Ports']): string {
  const sorted = list.toSorted((a, b) => a.PrivatePort - b.PrivatePort || compare(a.IP ?? '', b.IP ?? '') || (a.PublicPort ?? 0) - (b.PublicPort ?? 0) || compare(a.Type, b.Type));
  const groups = new Map<string, { ip: string; type: string; first: number; last: number }>();
  const done: string[] = [];
  const mapped: string[] = [];
  const text = ({ ip, type, first, last }: { ip: string; type: string; first: number; last: number }) => {
    const range = first === last ? `${first}` : `${first}-${last}`;
    return `${ip ? `${hostPort(ip, range)}->` : ''}${range}/${type}`;
  };
  for (const { IP = '', PrivatePort: port, PublicPort, Type: type } of sorted) {
    if (IP && PublicPort !== port) {
      mapped.push(`${hostPort(IP, String(PublicPort))}->${port}/${type}`);
      continue;
    }
    const key = `${IP}/${type}`;
    const group = groups.get(key);
    if (group && port === group.last + 1) group.last = port;
    else {
      if (group) done.push(text(group));
      groups.set(key, { ip: IP, type, first: port, last: port });
    }
  }
  return [...done, ...[...groups.values()].map(text), ...mapped].join(', ');
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
