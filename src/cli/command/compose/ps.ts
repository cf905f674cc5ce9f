// `docker compose ps`, `ls`, `images`, `volumes`, `top`, `port`: what there is.

import type { ContainerSummary } from '../../../api/container.ts';
import type { Task } from '../../../base/task.ts';
import { CliError } from '../../errors.ts';
import { bool, filter, int, string, tableFormat } from '../../flags/values.ts';
import { CONTAINER_HEADERS, containerRow } from '../../formatter/container.ts';
import { printRows, shortId } from '../../formatter/table.ts';
import { tabwriter } from '../../formatter/tabwriter.ts';
import { humanDuration, humanSize } from '../../formatter/units.ts';
import { VOLUME_HEADERS, VOLUME_TABLE, volumeRow } from '../../formatter/volume.ts';
import { parseTime } from '../../go.ts';
import { splitTag } from '../../opts/reference.ts';
import { Struct } from '../../template/value.ts';
import { goJson } from '../../compose/field-order.ts';
import { byProject, compare, isOneOff, label, nameOf, numberOf, projectContainers, serviceOf } from '../../compose/labels.ts';
import { noSuchService } from '../../compose/load.ts';
import type { Session } from '../../compose/session.ts';
import { actualProject } from './lifecycle.ts';
import { array, verb } from './verb.ts';

const TABLE = 'table {{.Name}}\t{{.Image}}\t{{.Command}}\t{{.Service}}\t{{.RunningFor}}\t{{.Status}}\t{{.Ports}}';
const HEADERS = { ...CONTAINER_HEADERS, Name: 'NAME', Service: 'SERVICE', Project: 'PROJECT' };
const tableFlag = { ...tableFormat(), initial: 'table', shown: '"table"' };
const jsonFlag = string('', 'Format the output. Values: [table | json]', 'table');

/** @throws CliError */
function checkFormat(format: string): void {
  if (format !== 'table' && format !== 'json') throw new CliError(`format value ${JSON.stringify(format)} could not be parsed: parsing failed`);
}

function* row(session: Session, container: ContainerSummary, truncate: boolean): Task<Struct> {
  const { State } = yield* session.cli.engine.containerInspect(container.Id);
  const now = session.cli.sys.now();
  const { fields } = containerRow(container, now, truncate);
  const publishers = container.Ports.map((port) => ({ URL: port.IP ?? '', TargetPort: port.PrivatePort, PublishedPort: port.PublicPort ?? 0, Protocol: port.Type }))
    .sort((a, b) => compare(a.URL, b.URL) || a.TargetPort - b.TargetPort);
  const { Platform: _, ...rest } = fields;
  return new Struct('*formatter.ContainerContext', {
    ...rest, Name: nameOf(container), Project: container.Labels[label('project')], Service: serviceOf(container), ExitCode: State.ExitCode, Health: State.Health?.Status ?? '',
    Publishers: publishers.map((each) => new Struct('api.PortPublisher', each, each)),
  });
}

export const ps = verb({
  name: 'ps', usage: '[OPTIONS] [SERVICE...]', short: 'List containers',
  flags: {
    all: bool('a', 'Show all stopped containers (including those created by the run command)'),
    filter: string('', 'Filter services by a property (supported filters: status)'),
    format: tableFlag,
    'no-trunc': bool('', "Don't truncate output"),
    orphans: bool('', 'Include orphaned services (not declared by project)', true),
    quiet: bool('q', 'Only display IDs'),
    services: bool('', 'Display services'),
    status: array('', 'Filter services by status. Values: [paused | restarting | removing | running | dead | created | exited]'),
  },
  *run(session, f, args) {
    const status = [...f.status];
    if (f.filter) {
      const [name = '', value, ...more] = f.filter.split('=');
      if (value === undefined || more.length) throw new CliError('arguments to --filter should be in form KEY=VAL');
      if (name === 'source') throw new CliError('source filter is not supported');
      if (name !== 'status') throw new CliError(`unknown filter ${name}`);
      status.push(value);
    }
    const { name, project } = yield* session.named();
    for (const each of args) if (project && !project.services[each] && !project.disabled[each]) throw noSuchService(each);
    const all = f.all || status.length > 0;
    const containers = (yield* projectContainers(session.cli, name, { all, oneOff: all ? 'include' : 'exclude', services: args }))
      .filter((each) => (!status.length || status.includes(each.State)) && (f.orphans || !project || project.services[serviceOf(each)]));
    if (f.quiet) return yield* session.cli.out(containers.map((each) => `${each.Id}\n`).join(''));
    if (f.services) return yield* session.cli.out(`${[...new Set(containers.map(serviceOf))].join('\n')}\n`);
    const rows: Struct[] = [];
    for (const each of containers) rows.push(yield* row(session, each, !f['no-trunc']));
    yield* printRows(session.cli, f.format === 'table' ? TABLE : f.format, HEADERS, rows);
  },
});

const columns = (rows: readonly (readonly string[])[]): string => tabwriter(rows.map((each) => `${each.join('\t')}\n`).join(''), 20, 3);

export const ls = verb({
  name: 'ls', usage: '[OPTIONS]', short: 'List running compose projects', args: [0, 0],
  flags: { all: bool('a', 'Show all stopped Compose projects'), filter: filter('', 'Filter output based on conditions provided'), format: jsonFlag, quiet: bool('q', 'Only display project names') },
  *run(session, f) {
    const unknown = Object.keys(f.filter).find((name) => name !== 'name');
    if (unknown) throw new CliError(`invalid filter '${unknown}'`);
    const containers = (yield* session.cli.engine.containerList({ ...(f.all && { all: true }), filters: { label: [label('project'), label('config-hash')] } }));
    const projects = new Map<string, ContainerSummary[]>();
    for (const each of containers) {
      const name = each.Labels[label('project')]!;
      projects.set(name, [...(projects.get(name) ?? []), each]);
    }
    const wanted = f.filter['name'] ?? [];
    const list = [...projects].filter(([name]) => !wanted.length || wanted.some((each) => new RegExp(each).test(name))).sort(([a], [b]) => compare(a, b)).map(([Name, own]) => {
      const states = new Map<string, number>();
      for (const each of own) states.set(each.State, (states.get(each.State) ?? 0) + 1);
      const files = [...new Set(own.flatMap((each) => (each.Labels[label('project.config_files')] ?? 'N/A').split(',')))];
      return { Name, Status: [...states].sort(([a], [b]) => compare(a, b)).map(([state, count]) => `${state}(${count})`).join(', '), ConfigFiles: files.join(',') };
    });
    if (f.quiet) return yield* session.cli.out(list.map((each) => `${each.Name}\n`).join(''));
    checkFormat(f.format);
    yield* session.cli.out(f.format === 'json' ? `${goJson(list)}\n` : columns([['NAME', 'STATUS', 'CONFIG FILES'], ...list.map((each) => [each.Name, each.Status, each.ConfigFiles])]));
  },
});

export const images = verb({
  name: 'images', usage: '[OPTIONS] [SERVICE...]', short: 'List images used by the created containers', flags: { format: jsonFlag, quiet: bool('q', 'Only display IDs') },
  *run(session, f, args) {
    const { containers } = yield* actualProject(session, args, { oneOff: 'include' });
    const list: { ID: string; ContainerName: string; Repository: string; Tag: string; Platform: string; Size: number; LastTagTime: string }[] = [];
    for (const each of containers) {
      const image = yield* session.cli.engine.imageInspect(each.ImageID);
      const named = image.RepoTags.includes(each.Image) ? each.Image : image.RepoTags[0];
      const [Repository, Tag] = named ? splitTag(named) : ['<none>', '<none>'];
      list.push({ ID: image.Id, ContainerName: nameOf(each), Repository, Tag: Tag === '<none>' && named ? 'latest' : Tag, Platform: `${image.Os}/${image.Architecture}`, Size: image.Size, LastTagTime: image.Metadata.LastTagTime });
    }
    if (f.quiet) return yield* session.cli.out([...new Set(list.map((each) => `${each.ID.replace('sha256:', '')}\n`))].join(''));
    checkFormat(f.format);
    if (f.format === 'json') return yield* session.cli.out(`${goJson(list)}\n\n`);
    const now = session.cli.sys.now();
    yield* session.cli.out(columns([
      ['CONTAINER', 'REPOSITORY', 'TAG', 'PLATFORM', 'IMAGE ID', 'SIZE', 'CREATED'],
      ...list.map((each) => [each.ContainerName, each.Repository, each.Tag, each.Platform, shortId(each.ID), humanSize(each.Size, 3), parseTime(each.LastTagTime) > 0 ? `${humanDuration(now - parseTime(each.LastTagTime))} ago` : 'N/A']),
    ]));
  },
});

export const volumes = verb({
  name: 'volumes', usage: '[OPTIONS] [SERVICE...]', short: 'List volumes', flags: { format: tableFlag, quiet: bool('q', 'Only display volume names') },
  *run(session, f, args) {
    const { name, project } = yield* session.named();
    for (const each of args) if (project && !project.services[each] && !project.disabled[each]) throw noSuchService(each);
    let { Volumes } = yield* session.cli.engine.volumeList(byProject(name));
    if (args.length) {
      const used = new Set((yield* projectContainers(session.cli, name, { services: args })).flatMap((each) => each.Mounts.map((mount) => mount.Name ?? '')));
      Volumes = Volumes.filter((each) => used.has(each.Name));
    }
    yield* printRows(session.cli, f.quiet ? '{{.Name}}' : f.format === 'table' ? VOLUME_TABLE : f.format, VOLUME_HEADERS, Volumes.map(volumeRow));
  },
});

export const top = verb({
  name: 'top', usage: '[SERVICES...]', short: 'Display the running processes', flags: {},
  *run(session, _, args) {
    const { containers } = yield* actualProject(session, args, { all: false });
    const rows: string[][] = [];
    for (const each of containers) {
      const { Titles, Processes } = yield* session.cli.engine.containerTop(each.Id, []);
      if (!rows.length) rows.push(['SERVICE', '#', ...Titles]);
      for (const process of Processes) rows.push([serviceOf(each), isOneOff(each) ? '-' : String(numberOf(each)), ...process]);
    }
    yield* session.cli.out(tabwriter(rows.map((each) => `${each.join('\t')}\n`).join(''), 4, 2));
  },
});

/** The container of a service with a number (the first without one), running unless `all` will do. @throws CliError */
export function* oneContainer(session: Session, service: string, index: number, all = false): Task<ContainerSummary> {
  const { name } = yield* session.named();
  const found = (yield* projectContainers(session.cli, name, { all, services: [service] })).filter((each) => !index || numberOf(each) === index).sort((a, b) => numberOf(a) - numberOf(b));
  if (!found.length) throw new CliError(index ? `service ${JSON.stringify(service)} is not running container #${index}` : `service ${JSON.stringify(service)} is not running`);
  return found[0]!;
}

export const port = verb({
  name: 'port', usage: '[OPTIONS] SERVICE PRIVATE_PORT', short: 'Print the public port for a port binding', args: [2, Infinity],
  flags: { index: int('', 'Index of the container if service has multiple replicas'), protocol: string('', 'tcp or udp', 'tcp') },
  *run(session, f, [service = '', text = '']) {
    if (!/^\d+$/.test(text)) throw new CliError(`strconv.ParseUint: parsing ${JSON.stringify(text)}: invalid syntax`);
    const container = yield* oneContainer(session, service, f.index);
    const protocol = f.protocol.toLowerCase();
    const found = container.Ports.find((each) => each.PrivatePort === Number(text) && each.Type === protocol && each.PublicPort);
    if (!found) throw new CliError(`no port ${text}/${protocol} for container ${nameOf(container)}: ${container.Ports.filter((each) => each.PublicPort).map((each) => `${each.PublicPort}/${each.Type}`).join(', ')}`);
    yield* session.cli.out(`${found.IP}:${found.PublicPort}\n`);
  },
});
