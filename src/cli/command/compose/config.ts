// `docker compose config`, and `version`.

import { CliError } from '../../errors.ts';
import { bool, string } from '../../flags/values.ts';
import { dirName, pathError } from '../../go.ts';
import { tabwriter } from '../../formatter/tabwriter.ts';
import { arrangeProject, goJson, serviceJson } from '../../compose/field-order.ts';
import { serviceHash } from '../../compose/hash.ts';
import type { Variable } from '../../compose/interpolate.ts';
import { compare } from '../../compose/labels.ts';
import { loadProject, selectServices, withoutUnused } from '../../compose/load.ts';
import { imageName, type Project } from '../../compose/project.ts';
import type { Session } from '../../compose/session.ts';
import { type Dict, isDict, type Value } from '../../compose/yaml-document.ts';
import { yamlText } from '../../compose/yaml-text.ts';
import type { Task } from '../../../base/task.ts';
import { verb } from './verb.ts';

const MAPS = new Set(['annotations', 'args', 'labels', 'environment', 'driver_opts', 'options', 'sysctls', 'storage_opt', 'additional_contexts', 'aux_addresses', 'depends_on', 'networks', 'models', 'ulimits']);

/** Structs keep the order of their fields; maps are sorted. */
function ordered(_: Dict, path: readonly string[]): boolean {
  if (path.some((part) => part.startsWith('x-'))) return false;
  if (path.length < 3) return path.length !== 1;
  return !MAPS.has(path.at(-1)!) || MAPS.has(path.at(-2)!);
}

const escaped = (value: Value): Value => {
  if (typeof value === 'string') return value.replaceAll('$', '$$$$');
  if (Array.isArray(value)) return value.map(escaped);
  return isDict(value) ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, escaped(each)])) : value;
};

/** What one of the listing flags asks for, a line each. */
function* listing(session: Session, f: Record<string, unknown>, project: Project): Task<string | undefined> {
  const lines = (texts: readonly string[]): string => texts.map((each) => `${each}\n`).join('');
  const services = Object.values(project.services);
  const list: Record<string, () => readonly string[]> = {
    services: () => services.map((each) => each.name),
    volumes: () => Object.keys(project.volumes).sort(compare),
    networks: () => Object.keys(project.networks).sort(compare),
    models: () => Object.keys((project.extensions['models'] ?? {}) as Dict).sort(compare),
    images: () => services.map((each) => imageName(project, each)),
    profiles: () => [...new Set([...services, ...Object.values(project.disabled)].flatMap((each) => each.profiles ?? []))].sort(compare),
    environment: () => Object.entries(project.environment).map(([name, value]) => `${name}=${value}`).sort(compare),
  };
  for (const [flag, make] of Object.entries(list)) if (f[flag]) return lines(make());
  const hash = f['hash'] as string;
  if (!hash) return undefined;
  const names = hash === '*' ? Object.keys(project.services) : hash.split(',');
  for (const name of names) if (!project.services[name]) throw new CliError(`no such service: ${name}: not found`);
  return lines(names.map((name) => `${name} ${serviceHash(project.services[name]!)}`));
}

export const config = verb({
  name: 'config', usage: '[OPTIONS] [SERVICE...]', short: 'Parse, resolve and render compose file in canonical format',
  flags: {
    environment: bool('', 'Print environment used for interpolation.'),
    format: string('', 'Format the output. Values: [yaml | json]'),
    hash: string('', 'Print the service config hash, one per line.'),
    images: bool('', 'Print the image names, one per line.'),
    'lock-image-digests': bool('', 'Produces an override file with image digests', false, { notSimulated: true }),
    models: bool('', 'Print the model names, one per line.'),
    networks: bool('', 'Print the network names, one per line.'),
    'no-consistency': bool('', "Don't check model consistency - warning: may produce invalid Compose output"),
    'no-env-resolution': bool('', "Don't resolve service env files", false, { notSimulated: true }),
    'no-interpolate': bool('', "Don't interpolate environment variables"),
    'no-normalize': bool('', "Don't normalize compose model"),
    'no-path-resolution': bool('', "Don't resolve file paths"),
    output: string('o', 'Save to file (default to stdout)'),
    profiles: bool('', 'Print the profile names, one per line.'),
    quiet: bool('q', "Only validate the configuration, don't print anything"),
    'resolve-image-digests': bool('', 'Pin image tags to digests', false, { notSimulated: true }),
    services: bool('', 'Print the service names, one per line.'),
    variables: bool('', 'Print model variables and default values.'),
    volumes: bool('', 'Print the volume names, one per line.'),
  },
  *run(session, f, args) {
    const { cli } = session;
    const variables = new Map<string, Variable>();
    const { project: whole, config: model } = yield* loadProject(cli, session.options, {
      interpolate: !f['no-interpolate'], normalize: !f['no-normalize'], consistency: !f['no-consistency'], resolvePaths: !f['no-path-resolution'],
      ...(f.variables && { found: (each: Variable) => void variables.set(each.name, each) }),
    });
    if (f.variables) {
      const rows = [...variables.values()].sort((a, b) => compare(a.name, b.name)).map((each) => [each.name, String(each.required), each.defaultValue, each.alternate]);
      return yield* cli.out(tabwriter([['NAME', 'REQUIRED', 'DEFAULT VALUE', 'ALTERNATE VALUE'], ...rows].map((row) => `${row.join('\t')}\n`).join(''), 20, 3).replace(/ +$/gm, (blanks) => blanks));
    }
    const selected = f.profiles ? whole : selectServices(whole, args);
    const project = session.options['all-resources'] || f['no-interpolate'] ? selected : withoutUnused(selected);
    const lines = yield* listing(session, f, project);
    if (lines !== undefined) return yield* cli.out(lines);
    if (f.format && !['yaml', 'json'].includes(f.format)) throw new CliError(`unsupported format ${JSON.stringify(f.format)}`);
    if (f.quiet) return;
    let text: string;
    if (f['no-interpolate']) {
      const services = Object.fromEntries(Object.entries((model['services'] ?? {}) as Record<string, Dict>).map(([name, each]) => [name, raw(each, project, name)]));
      const named = (key: 'volumes' | 'networks' | 'configs' | 'secrets') => (Object.keys(project[key]).length ? { [key]: project[key] } : {});
      const all: Dict = { ...model, name: project.name, services, ...named('networks'), ...named('volumes'), ...named('configs'), ...named('secrets') };
      text = f.format === 'json' ? goJson(all, 2) : yamlText(all, () => false);
    } else if (f.format === 'json') {
      const shape = arrangeProject(project, false);
      const { name, ...rest } = shape;
      const networks = Object.fromEntries(Object.entries((shape['networks'] ?? {}) as Record<string, Dict>).sort(([a], [b]) => compare(a, b)).map(([key, each]) => {
        const { name: own, driver, driver_opts, ipam = {}, ...others } = each;
        return [key, { name: own, ...(driver && { driver }), ...(driver_opts && { driver_opts }), ipam, ...others }];
      }));
      const services = Object.fromEntries(Object.entries(project.services).map(([key, each]) => [key, serviceJson(each)]));
      const whole: Dict = { ...rest, services: escaped(services), ...(Object.keys(networks).length && { networks }) };
      text = goJson({ name, ...Object.fromEntries(Object.entries(whole).sort(([a], [b]) => compare(a, b))) }, 2);
    } else text = yamlText(escaped(arrangeProject(project)) as Dict, ordered);
    if (!f.output) return yield* cli.out(text);
    try {
      cli.sys.stat(dirName(f.output));
      cli.sys.writeFile(f.output, text, 0o666);
    } catch (error) {
      throw new CliError(pathError('open', f.output, error));
    }
  },
});

/** A service as its files say, with what was implied. */
function raw(service: Dict, project: Project, name: string): Dict {
  const known = project.services[name] ?? project.disabled[name];
  return { ...service, ...(service['build'] && known?.build && { build: known.build }), ...(known?.networks && { networks: known.networks }) };
}

export const version = verb({
  name: 'version', usage: '[OPTIONS]', short: 'Show the Docker Compose version information', args: [0, 0],
  flags: { format: string('f', 'Format the output. Values: [pretty | json]. (Default: pretty)'), short: bool('', "Shows only Compose's version number") },
  *run(session, f) {
    yield* session.cli.out(f.short ? '2.40.3-3\n' : f.format === 'json' ? '{"version":"2.40.3-3"}\n' : 'Docker Compose version 2.40.3-3\n');
  },
});
