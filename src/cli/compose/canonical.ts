// Short forms of a Compose file spelled out: what `docker compose config` shows.

import { CliError } from '../errors.ts';
import { parsePorts } from '../opts/ports.ts';
import { type Dict, isDict, type Value } from './yaml-document.ts';
import { cleanTarget, parseVolume } from './volume-spec.ts';

/** As Go writes a number, text or boolean. */
export function goText(value: Value): string {
  if (typeof value !== 'number' || (Number.isInteger(value) && Math.abs(value) < 2 ** 63)) return String(value);
  const [digits, power = 0] = value.toExponential().split('e');
  const exponent = Number(power);
  return exponent >= -4 && exponent < 6 ? String(value) : `${digits}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

/** `KEY=value` texts or a mapping as a mapping; a key alone is `alone`. */
export function toMapping(value: Value, path: string, alone: string | null = null): Dict {
  if (!Array.isArray(value)) return Object.fromEntries(Object.entries((value ?? {}) as Dict).map(([key, each]) => [key, each === null ? alone : goText(each)]));
  const out: Dict = {};
  value.forEach((each, i) => {
    if (typeof each !== 'string') throw new CliError(`${path}.[${i}]: unexpected type ${typeof each === 'number' ? (Number.isInteger(each) ? 'int' : 'float64') : typeof each === 'boolean' ? 'bool' : 'map[string]interface {}'}`);
    const at = each.indexOf('=');
    out[at < 0 ? each : each.slice(0, at)] = at < 0 ? alone : each.slice(at + 1);
  });
  return out;
}

const list = (value: Value): Value[] => (Array.isArray(value) ? value : value === undefined || value === null ? [] : [value]);
const hosts = (value: Value): string[] => (Array.isArray(value) ? value.map((each: string) => (each.includes('=') ? each : each.replace(':', '=')))
  : Object.entries(value as Dict).flatMap(([host, ips]) => list(ips).map((ip: string) => `${host}=${ip.replace(/^\[(.*)\]$/, '$1')}`)));
const texts = (value: Value): Value[] => list(value).map((each) => (typeof each === 'number' ? goText(each) : each));
const named = (value: Value, make: () => Value): Value => (Array.isArray(value) ? Object.fromEntries(value.map((name: string) => [name, make()])) : value);

function ports(value: Value[]): Dict[] {
  return value.flatMap((each): Dict[] => {
    if (isDict(each)) return [{ ...each, mode: each['mode'] ?? 'ingress', ...(each['published'] !== undefined && { published: goText(each['published']) }), ...(each['target'] !== undefined && { protocol: each['protocol'] ?? 'tcp' }) }];
    const { bindings } = parsePorts([String(each)], []);
    return Object.entries(bindings).flatMap(([key, bound]) => {
      const [target, protocol] = key.split('/');
      return bound.map(({ HostIp, HostPort }) => ({
        mode: 'ingress', ...(HostIp && { host_ip: HostIp }), target: Number(target), ...(HostPort && { published: HostPort }), protocol,
      }));
    });
  });
}

function devices(value: Value[]): Value[] {
  return value.map((each) => {
    if (typeof each !== 'string') return each;
    const [source, target = source, permissions = 'rwm'] = each.split(':');
    return { source, target, permissions };
  });
}

/** Fields of a service and how they are spelled out; the rest stay. */
const SERVICE: Readonly<Record<string, (value: Value, path: string) => Value>> = {
  build: (value, path) => build(typeof value === 'string' ? { context: value } : value, path),
  annotations: (value, path) => toMapping(value, path, ''),
  environment: toMapping,
  labels: (value, path) => toMapping(value, path, ''),
  sysctls: (value, path) => toMapping(value, path, ''),
  ports, devices,
  depends_on: (value) => Object.fromEntries(Object.entries(named(value, () => ({ condition: 'service_started' })) as Dict).map(([name, each]) => [name, { required: true, ...each }])),
  networks: (value) => named(value, () => null),
  models: (value) => named(value, () => null),
  env_file: (value) => list(value).map((each) => (typeof each === 'string' ? { path: each } : each)),
  label_file: list, dns: list, dns_search: list, tmpfs: list,
  expose: texts, group_add: texts,
  extra_hosts: hosts,
  configs: (value) => refs(value), secrets: (value) => refs(value),
  gpus: (value) => (value === 'all' ? [{ count: -1 }] : value),
  volumes: (value: Value[]) => value.map((each) => (typeof each === 'string' ? parseVolume(each) : { ...each, ...(each.target && { target: cleanTarget(each.target) }) })),
  healthcheck: (value) => (isDict(value) && value['test'] !== undefined ? { ...value, test: typeof value['test'] === 'string' ? ['CMD-SHELL', value['test']] : value['test'] } : value),
  deploy: (value, path) => (isDict(value) && value['labels'] ? { ...value, labels: toMapping(value['labels'], `${path}.labels`, '') } : value),
  logging: (value) => (isDict(value) && value['options'] ? { ...value, options: optionTexts(value['options']) } : value),
};

const refs = (value: Value[]): Value[] => value.map((each) => (typeof each === 'string' ? { source: each } : each));
const optionTexts = (value: Dict): Dict => Object.fromEntries(Object.entries(value).map(([key, each]) => [key, each === null ? '' : goText(each)]));

function build(value: Dict, path: string): Dict {
  const out: Dict = { ...value };
  for (const key of ['args', 'labels', 'additional_contexts']) if (out[key]) out[key] = toMapping(out[key], `${path}.${key}`, key === 'args' ? null : '');
  if (isDict(out['ssh'])) out['ssh'] = Object.entries(out['ssh']).map(([key, each]) => (each === null ? key : `${key}=${each}`));
  if (out['extra_hosts']) out['extra_hosts'] = hosts(out['extra_hosts']);
  if (out['secrets']) out['secrets'] = refs(out['secrets']);
  for (const key of ['provenance', 'sbom']) if (out[key] !== undefined) out[key] = goText(out[key]);
  return out;
}

/** What is spelled out only when values are read, not in the file as it is shown without interpolation. */
const READ = new Set(['annotations', 'environment', 'labels', 'sysctls', 'label_file', 'dns', 'dns_search', 'tmpfs', 'expose', 'group_add', 'extra_hosts', 'healthcheck', 'deploy', 'logging', 'gpus']);

/** @param raw leave what may still hold variables */
export function canonicalService(service: Dict, path: string, raw = false): Dict {
  return Object.fromEntries(Object.entries(service).map(([key, value]) => [key, Object.hasOwn(SERVICE, key) && !(raw && READ.has(key)) ? SERVICE[key]!(value, `${path}.${key}`) : value]));
}

/** A volume, network, config or secret of the project. */
function canonicalResource(value: Dict | null, path: string, warn: (message: string) => void): Dict {
  const out: Dict = { ...value };
  if (out['labels']) out['labels'] = toMapping(out['labels'], `${path}.labels`, '');
  if (out['driver_opts']) out['driver_opts'] = optionTexts(out['driver_opts']);
  if (isDict(out['external'])) {
    warn(`${path}: external.name is deprecated. Please set name and external: true`);
    const name = out['external']['name'] as string | undefined;
    if (name && out['name'] && out['name'] !== name) throw new CliError(`${path}: name and external.name conflict; only use name`);
    if (name) out['name'] = name;
    out['external'] = true;
  }
  return out;
}

/** @throws CliError */
export function canonical(config: Dict, warn: (message: string) => void, raw = false): Dict {
  const out: Dict = { ...config };
  const map = (key: string, make: (value: Value, path: string) => Dict) => {
    if (isDict(out[key])) out[key] = Object.fromEntries(Object.entries(out[key]).map(([name, each]) => [name, make(each, `${key}.${name}`)]));
  };
  map('services', (each, path) => canonicalService(each, path, raw));
  for (const key of ['volumes', 'networks', 'configs', 'secrets']) map(key, (each, path) => canonicalResource(each, path, warn));
  return out;
}
