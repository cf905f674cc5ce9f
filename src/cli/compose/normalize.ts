// From merged files to a project: implicit networks, names and dependencies, values with their types, and what does not fit together.

import type { Task } from '../../base/task.ts';
import { CliError } from '../errors.ts';
import { FlagValueError } from '../flags/flag.ts';
import { parseBytes, parseDuration } from '../flags/values.ts';
import { parseDotenv } from './dotenv.ts';
import type { LoadContext } from './layers.ts';
import type { Project, Service } from './project.ts';
import { shellWords } from './shell-words.ts';
import { type Dict, isDict, type Value } from './yaml-document.ts';

const invalid = (message: string): never => {
  throw new CliError(`${message}: invalid compose project`);
};

/** `1m30s`, as `time.Duration.String`. @param ms */
export function durationText(ms: number): string {
  if (!ms) return '0s';
  if (Math.abs(ms) < 1000) return ms >= 1 ? `${ms}ms` : `${ms * 1000}µs`;
  const hours = Math.floor(ms / 3_600_000);
  const minutes = Math.floor(ms / 60_000) % 60;
  return `${hours ? `${hours}h` : ''}${hours || minutes ? `${minutes}m` : ''}${(ms % 60_000) / 1000}s`;
}

const octal = (value: Value): string => `0${(typeof value === 'number' ? value : Number(`0o${String(value).replace(/^0o?/, '') || 0}`)).toString(8)}`;
const bytes = (value: Value): string => (typeof value === 'number' || /^-\d+$/.test(value) ? String(value) : String(parseBytes(value)));
const duration = (value: Value): string => durationText(parseDuration(value));
const words = (value: Value): Value => (typeof value === 'string' ? shellWords(value) : value);
const cpus = (value: Value): number => Number(value);

/** Values that are read when the file is decoded, by their place in a service. */
const DECODED: readonly [(value: Value) => Value, string][] = [
  [words, 'command entrypoint post_start.[].command pre_stop.[].command'],
  [duration, 'stop_grace_period healthcheck.interval healthcheck.timeout healthcheck.start_period healthcheck.start_interval deploy.restart_policy.delay deploy.restart_policy.window deploy.update_config.delay deploy.update_config.monitor deploy.rollback_config.delay deploy.rollback_config.monitor'],
  [bytes, 'mem_limit mem_reservation memswap_limit mem_swappiness shm_size build.shm_size volumes.[].tmpfs.size deploy.resources.limits.memory deploy.resources.reservations.memory blkio_config.device_read_bps.[].rate blkio_config.device_write_bps.[].rate'],
  [octal, 'configs.[].mode secrets.[].mode'],
  [cpus, 'deploy.resources.limits.cpus deploy.resources.reservations.cpus'],
];

function decodeAt(value: Value, path: readonly string[], read: (value: Value) => Value, place: string): Value {
  const [head, ...rest] = path;
  if (value === undefined || value === null) return value;
  if (head === undefined) {
    try {
      return read(value);
    } catch (error) {
      if (!(error instanceof FlagValueError)) throw error;
      throw new CliError(`decoding failed due to the following error(s):\n\n'${place}' ${error.message}`);
    }
  }
  if (head === '[]') return Array.isArray(value) ? value.map((each, i) => decodeAt(each, rest, read, `${place}[${i}]`)) : value;
  return isDict(value) && head in value ? { ...value, [head]: decodeAt(value[head], rest, read, `${place}.${head}`) } : value;
}

function decodeService(name: string, service: Dict): Service {
  let out: Value = { ...service };
  for (const [read, paths] of DECODED) for (const path of paths.split(' ')) out = decodeAt(out, path.split('.'), read, `services[${name}]`);
  for (const host of (out['extra_hosts'] ?? []) as string[]) {
    if (!/[=:]/.test(host)) throw new CliError(`decoding failed due to the following error(s):\n\n'services[${name}].extra_hosts' invalid additional host, missing IP: ${host}`);
  }
  return { ...out, name };
}

function* readEnvironment(context: LoadContext, service: Service): Task<void> {
  const environment = service.environment;
  const resolved: Record<string, string | null> = {};
  for (const { path, required = true, format } of (service['env_file'] ?? []) as { path: string; required?: boolean; format?: string }[]) {
    if (!context.cli.sys.can(path, '')) {
      if (required) throw new CliError(`env file ${path} not found: stat ${path}: no such file or directory`);
      continue;
    }
    Object.assign(resolved, yield* readEnvFile(context, path, format));
  }
  for (const [name, value] of Object.entries(environment ?? {})) resolved[name] = value ?? context.environment[name] ?? null;
  if (environment || service['env_file']) service.environment = resolved;
  delete service['env_file'];
  const labels: Record<string, string> = {};
  for (const path of (service['label_file'] ?? []) as string[]) {
    if (!context.cli.sys.can(path, '')) throw new CliError(`label file ${path} not found: stat ${path}: no such file or directory`);
    Object.assign(labels, yield* readEnvFile(context, path));
  }
  if (service['label_file']) service.labels = { ...labels, ...service.labels };
  delete service['label_file'];
}

function* readEnvFile(context: LoadContext, path: string, format?: string): Task<Record<string, string>> {
  const text = yield* context.cli.readText(path);
  try {
    if (format !== 'raw') return parseDotenv(text, (name) => context.environment[name]);
    return Object.fromEntries(text.split('\n').filter((line) => line.trim() && !line.trim().startsWith('#')).map((line) => {
      const [name = '', ...rest] = line.trimStart().split('=');
      if (/\s/.test(name)) throw new CliError(`failed to parse env_file ${path}: variable '${name}' contains whitespaces`);
      return [name, rest.join('=')];
    }));
  } catch (error) {
    if (!(error instanceof CliError) || format === 'raw') throw error;
    throw new CliError(`failed to read ${path}: ${error.message}`);
  }
}

/** Dependencies that other fields imply. */
function implied(service: Service): void {
  const add = (name: string, restart: boolean) => {
    service.depends_on ??= {};
    service.depends_on[name] ??= { condition: 'service_started', ...(restart && { restart }), required: true };
  };
  for (const link of service.links ?? []) add(link.split(':')[0]!, true);
  for (const key of ['network_mode', 'ipc', 'pid', 'uts', 'cgroup']) {
    const value = service[key];
    if (typeof value === 'string' && value.startsWith('service:')) add(value.slice(8), true);
  }
  for (const from of service.volumes_from ?? []) if (!from.startsWith('container:')) add(from.split(':')[0]!, false);
}

export interface NormalizeOptions {
  readonly name: string;
  readonly files: readonly string[];
  readonly profiles: readonly string[];
  readonly normalize: boolean;
  readonly consistency: boolean;
}

/** @throws CliError */
export function* toProject(context: LoadContext, config: Dict, options: NormalizeOptions): Task<Project> {
  const { name, normalize } = options;
  const all: Record<string, Service> = {};
  const byName = ([a]: [string, unknown], [b]: [string, unknown]) => (a < b ? -1 : 1);
  for (const [key, value] of Object.entries((config['services'] ?? {}) as Record<string, Dict>).sort(byName)) {
    const service = decodeService(key, value);
    if (normalize) {
      if (service.build && !service.build.dockerfile && !service.build.dockerfile_inline) service.build = { ...service.build, dockerfile: 'Dockerfile' };
      if (service.build?.args) service.build = { ...service.build, args: Object.fromEntries(Object.entries(service.build.args).map(([arg, each]) => [arg, each ?? context.environment[arg] ?? null])) };
      if (!service['provider'] && !service.network_mode && !Object.keys(service.networks ?? {}).length) service.networks = { default: null };
      if (service.pull_policy === 'if_not_present') service.pull_policy = 'missing';
      if (service.secrets) service.secrets = service.secrets.map((each) => (each.target ? each : { ...each, target: `/run/secrets/${each.source}` }));
      implied(service);
    }
    all[key] = service;
  }
  const resources = (key: string) => Object.fromEntries(Object.entries((config[key] ?? {}) as Record<string, Dict>).map(([each, value]) =>
    [each, normalize ? { ...value, name: value['name'] || (value['external'] ? each : `${name}_${each}`) } : value]));
  const wanted = (service: Service) => !service.profiles?.length || options.profiles.includes('*') || service.profiles.some((each) => options.profiles.includes(each));
  const networks = resources('networks');
  if (normalize && !networks['default'] && Object.values(all).some((each) => each.networks && 'default' in each.networks)) networks['default'] = { name: `${name}_default` };
  const pick = (keep: boolean) => Object.fromEntries(Object.entries(all).filter(([, each]) => wanted(each) === keep));
  const project: Project = {
    name, directory: context.directory, files: options.files, environment: context.environment,
    services: pick(true), disabled: pick(false),
    volumes: resources('volumes'), networks, configs: resources('configs'), secrets: resources('secrets'),
    extensions: Object.fromEntries(Object.entries(config).filter(([key]) => key.startsWith('x-') || key === 'models')),
  } as Project;
  if (options.consistency) checkConsistency(project);
  for (const service of Object.values(project.services)) yield* readEnvironment(context, service);
  return project;
}

/** @throws CliError */
function checkConsistency(project: Project): void {
  for (const service of Object.values(project.services)) checkService(project, service);
  checkCycles(project);
  const names = new Map<string, string>();
  for (const { name, container_name: own } of Object.values(project.services)) {
    if (!own) continue;
    const other = names.get(own);
    if (other) invalid(`services.${other}: container name ${JSON.stringify(own)} is already in use by service ${JSON.stringify(name)}`);
    names.set(own, name);
  }
}

function checkService(project: Project, service: Service): void {
  const { name, build } = service;
  const known = { ...project.services, ...project.disabled };
  if (!build && !service.image && !service['provider']) invalid(`service ${JSON.stringify(name)} has neither an image nor a build context specified`);
  if (build?.dockerfile_inline && build.dockerfile) invalid(`service ${JSON.stringify(name)} declares mutualy exclusive dockerfile and dockerfile_inline`);
  for (const [dependency, { required }] of Object.entries(service.depends_on ?? {})) {
    if (!known[dependency] && required) invalid(`service ${JSON.stringify(name)} depends on undefined service ${JSON.stringify(dependency)}`);
    if (!project.services[dependency] && required) invalid(`service ${JSON.stringify(name)} depends on undefined service ${JSON.stringify(dependency)}`);
  }
  const refer = (kind: string, list: readonly { source: string }[] | undefined, declared: Record<string, unknown>) => {
    for (const { source } of list ?? []) if (!declared[source] && !source?.includes('$')) invalid(`service ${JSON.stringify(name)} refers to undefined ${kind} ${source}`);
  };
  refer('build secret', build?.secrets, project.secrets);
  if (service.network_mode && Object.keys(service.networks ?? {}).length) invalid(`service ${name} declares mutually exclusive \`network_mode\` and \`networks\``);
  refer('network', Object.keys(service.networks ?? {}).map((source) => ({ source })), project.networks);
  const test = service['healthcheck']?.test as string[] | undefined;
  if (test?.length && !['CMD', 'CMD-SHELL', 'NONE'].includes(test[0]!)) throw new CliError('healthcheck.test must start either by "CMD", "CMD-SHELL" or "NONE"');
  refer('volume', service.volumes?.filter((each) => each.type === 'volume' && each.source).map((each) => ({ source: each.source! })), project.volumes);
  refer('config', service.configs, project.configs);
  refer('secret', service.secrets, project.secrets);
  const { scale, deploy } = service;
  if (scale !== undefined && deploy?.replicas !== undefined && scale !== deploy.replicas) invalid(`services.${name}: can't set distinct values on 'scale' and 'deploy.replicas'`);
  const limits = deploy?.resources?.limits ?? {};
  for (const [key, other, place] of [['cpus', limits.cpus, 'limits.cpus'], ['mem_limit', limits.memory, 'limits.memory'], ['mem_reservation', deploy?.resources?.reservations?.memory, 'reservations.memory'], ['pids_limit', limits.pids, 'limits.pids']] as const) {
    if (service[key] && other && String(service[key]) !== String(other)) invalid(`services.${name}: can't set distinct values on '${key}' and 'deploy.resources.${place}'`);
  }
}

function checkCycles(project: Project): void {
  const done = new Set<string>();
  const visit = (name: string, path: readonly string[]): void => {
    const at = path.indexOf(name);
    if (at >= 0) throw new CliError(`dependency cycle detected: ${[...path.slice(at), name].join(' -> ')}`);
    if (done.has(name)) return;
    for (const next of Object.keys(project.services[name]?.depends_on ?? {}).sort()) visit(next, [...path, name]);
    done.add(name);
  };
  for (const name of Object.keys(project.services)) visit(name, []);
}
