// One Compose file laid over another: which fields are added together, which replaced, which entries are the same thing.

import { toMapping } from './canonical.ts';
import { type Dict, isDict, type Value } from './yaml-document.ts';
import { parseVolume } from './volume-spec.ts';

/** Replaced whole. */
const REPLACED = new Set(['command', 'entrypoint', 'test']);
/** Mapping or `k=v` list: merged as mappings. */
const MAPPINGS = new Set(['annotations', 'environment', 'labels', 'sysctls', 'args', 'additional_contexts']);
/** Text or list: added together as lists. */
const LISTS = new Set(['dns', 'dns_search', 'env_file', 'label_file', 'tmpfs', 'ssh']);
/** List of names or mapping by name. */
const NAMED = new Set(['depends_on', 'networks', 'models']);

const list = (value: Value): Value[] => (Array.isArray(value) ? value : value === undefined || value === null ? [] : [value]);

function mapping(value: Value, key: string, path: string): Value {
  if (MAPPINGS.has(key)) return toMapping(value, path);
  if (!Array.isArray(value)) return value;
  return Object.fromEntries(value.map((name: string) => [name, key === 'depends_on' ? { condition: 'service_started' } : null]));
}

function hostList(value: Value): Value[] {
  return Array.isArray(value) ? value : Object.entries(value as Dict).flatMap(([host, ips]) => list(ips).map((ip) => `${host}=${ip}`));
}

/** `over` laid on `base`; `path` names the place. */
export function merge(base: Value, over: Value, path: readonly string[] = []): Value {
  if (base === undefined || base === null) return over;
  if (over === undefined || over === null) return base;
  const key = path.at(-1) ?? '';
  // Below a service or its build: elsewhere the names mean other things (`services.labels` is a service).
  const field = path[0] === 'services' && path.length >= 3;
  if (field && REPLACED.has(key)) return over;
  if (field && key === 'build') return deep(typeof base === 'string' ? { context: base } : base, typeof over === 'string' ? { context: over } : over, path);
  if ((field || path.length === 3) && (MAPPINGS.has(key) || (NAMED.has(key) && path.length === 3))) {
    return deep(mapping(base, key, path.join('.')), mapping(over, key, path.join('.')), path);
  }
  if (field && key === 'extra_hosts') return [...hostList(base), ...hostList(over)];
  if (field && LISTS.has(key)) return [...list(base), ...list(over)];
  if (field && key === 'logging' && isDict(base) && isDict(over) && base['driver'] && over['driver'] && base['driver'] !== over['driver']) return over;
  if (field && path.at(-2) === 'ulimits') return over;
  if (Array.isArray(base) && Array.isArray(over)) return [...base, ...over];
  return isDict(base) && isDict(over) ? deep(base, over, path) : over;
}

function deep(base: Dict, over: Dict, path: readonly string[]): Dict {
  const out = { ...base };
  for (const [key, value] of Object.entries(over)) out[key] = merge(base[key], value, [...path, key]);
  return out;
}

/** What makes an entry of a list the same as another: the later one takes its place. */
const IDENTITY: Readonly<Record<string, (entry: Value) => string>> = {
  volumes: (entry) => (typeof entry === 'string' ? parseVolume(entry)['target'] as string : String(entry?.target ?? '')),
  ports: (entry) => (isDict(entry) ? ['host_ip', 'target', 'published', 'protocol'].map((key) => entry[key] ?? (key === 'protocol' ? 'tcp' : '')).join(':') : JSON.stringify(entry)),
  configs: (entry) => (typeof entry === 'string' ? `/${entry}` : String(entry?.target ?? `/${entry?.source}`)),
  secrets: (entry) => (typeof entry === 'string' ? `/run/secrets/${entry}` : String(entry?.target ?? `/run/secrets/${entry?.source}`)),
  expose: String, env_file: (entry) => (typeof entry === 'string' ? entry : String(entry?.path)),
  devices: (entry) => (typeof entry === 'string' ? entry.split(':')[1] ?? entry : String(entry?.target ?? entry?.source)),
  ...Object.fromEntries(['cap_add', 'cap_drop', 'dns', 'dns_opt', 'dns_search', 'device_cgroup_rules', 'external_links', 'links', 'tmpfs', 'profiles', 'volumes_from', 'extra_hosts', 'group_add', 'label_file'].map((key) => [key, String])),
};

/** @throws CliError for a `k=v` list of other things, and for a volume that is none */
export function unique(config: Dict): Dict {
  if (!isDict(config['services'])) return config;
  const services = Object.fromEntries(Object.entries(config['services']).map(([name, service]) => [name, isDict(service) ? uniqueService(service, `services.${name}`) : service]));
  return { ...config, services };
}

function uniqueService(service: Dict, path: string): Dict {
  const out = { ...service };
  for (const key of ['environment', 'labels', 'annotations', 'sysctls']) if (Array.isArray(out[key])) toMapping(out[key], `${path}.${key}`);
  for (const [key, identity] of Object.entries(IDENTITY)) {
    if (!Array.isArray(out[key])) continue;
    const kept = new Map<string, Value>();
    for (const entry of out[key] as Value[]) kept.set(identity(entry), entry);
    out[key] = [...kept.values()];
  }
  return out;
}
