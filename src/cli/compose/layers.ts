// Compose files read one over the other: interpolated, extended, merged, checked, spelled out.

import type { Task } from '../../base/task.ts';
import type { Cli } from '../cli.ts';
import { CliError, notSimulated } from '../errors.ts';
import { dirName, joinPath } from '../go.ts';
import { canonical, canonicalService } from './canonical.ts';
import { interpolate, type Variable } from './interpolate.ts';
import { merge, unique } from './merge.ts';
import { validate } from './schema.ts';
import { type Dict, isDict, type Marks, parseYaml, type Value, type YamlDocument } from './yaml-document.ts';

export interface LoadContext {
  readonly cli: Cli;
  /** Absolute; where relative paths start. */
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
  warn(message: string): void;
  found?(variable: Variable): void;
  readonly interpolate: boolean;
  readonly resolvePaths: boolean;
}

export interface ComposeFile {
  /** Absolute, or `-`. */
  readonly name: string;
  readonly text: string;
}

/** The place in a value that a path names, changed. */
function at(value: Value, path: readonly string[], change: (parent: Value, key: string) => void): void {
  let parent = value;
  for (const part of path.slice(0, -1)) {
    parent = parent?.[part];
    if (parent === null || typeof parent !== 'object') return;
  }
  change(parent, path.at(-1)!);
}

const remove = (value: Value, path: readonly string[]): void => at(value, path, (parent, key) => {
  if (Array.isArray(parent)) parent.splice(Number(key), 1);
  else if (parent) delete parent[key];
});

/** Absolute, `~` being the home. */
export function absolutePath(context: LoadContext, path: string, directory = context.directory): string {
  if (path === '~' || path.startsWith('~/')) return joinPath(context.environment['HOME'] ?? '/root', path.slice(1));
  return path.startsWith('/') || /^[a-zA-Z]:[\\/]/.test(path) ? path : joinPath(directory, path);
}

/** One document's value with variables replaced and services extended. */
function* prepared(context: LoadContext, document: YamlDocument, file: string): Task<Dict> {
  if (!isDict(document.value)) throw new CliError('top-level object must be a mapping');
  const config = context.interpolate ? interpolate(document.value, { lookup: (name) => context.environment[name], warn: context.warn, ...(context.found && { found: context.found }) }) : document.value;
  if (config['services'] !== undefined && config['services'] !== null) {
    if (!isDict(config['services'])) throw new CliError('services must be a mapping');
    for (const name of Object.keys(config['services'])) yield* extend(context, config['services'], name, file, []);
  }
  // As the real one does, before the file is laid over others: in it, and in what it is laid on.
  for (const path of document.marks.reset) remove(config, path);
  return config;
}

interface Link {
  readonly service: string;
  readonly file: string;
}

/** Follow `extends`. @throws CliError */
function* extend(context: LoadContext, services: Dict, name: string, file: string, chain: readonly Link[]): Task<Dict> {
  const service = services[name];
  if (service === null) return {};
  if (!isDict(service)) throw new CliError(`services.${name} must be a mapping`);
  const { extends: base, ...own } = service;
  if (base === undefined) return service;
  const links = [...chain, { service: name, file }];
  if (chain.some((each) => each.service === name && each.file === file)) {
    throw new CliError(`Circular reference:\n${links.map((each, i) => `  ${i ? 'extends ' : ''}${each.service} in ${each.file}`).join('\n')}`);
  }
  const from = typeof base === 'string' ? base : String(base['service']);
  let pool = services;
  let baseFile = file;
  let inherited: Dict;
  if (isDict(base) && typeof base['file'] === 'string') {
    baseFile = joinPath(context.directory, base['file']);
    if (base['file'].startsWith('/')) baseFile = base['file'];
    const [document] = parseYaml(yield* context.cli.readText(baseFile), baseFile);
    const other = isDict(document?.value) ? document.value : {};
    const values = context.interpolate ? interpolate(other, { lookup: (each) => context.environment[each], warn: context.warn }) : other;
    pool = isDict(values['services']) ? values['services'] : {};
  }
  if (!isDict(pool[from])) throw new CliError(`cannot extend service ${JSON.stringify(name)} in ${baseFile}: service ${JSON.stringify(from)} not found`);
  inherited = yield* extend(context, pool, from, baseFile, links);
  if (baseFile !== file) inherited = resolveService({ ...context, directory: dirName(baseFile) }, canonicalService(inherited, `services.${from}`));
  const merged = (merge({ services: { x: inherited } }, { services: { x: own } }) as Dict)['services'].x as Dict;
  services[name] = merged;
  return merged;
}

/** Paths of a service made absolute. */
function resolveService(context: LoadContext, service: Dict): Dict {
  const out = { ...service };
  const path = (value: Value) => (typeof value === 'string' ? absolutePath(context, value) : value);
  const context_ = (value: string) => (/^(https?|git|ssh|github\.com)[:/]|^git@|^[a-z-]+:\/\//.test(value) || value.startsWith('service:') || value.startsWith('target:') ? value : absolutePath(context, value));
  if (isDict(out['build'])) {
    const build: Dict = { ...out['build'] };
    if (typeof build['context'] === 'string') build['context'] = context_(build['context']);
    if (isDict(build['additional_contexts'])) build['additional_contexts'] = Object.fromEntries(Object.entries(build['additional_contexts']).map(([name, value]) => [name, context_(String(value))]));
    out['build'] = build;
  }
  if (Array.isArray(out['env_file'])) out['env_file'] = out['env_file'].map((each) => ({ ...each, path: path(each.path) }));
  if (Array.isArray(out['label_file'])) out['label_file'] = out['label_file'].map(path);
  if (Array.isArray(out['volumes'])) out['volumes'] = out['volumes'].map((each) => (isDict(each) && each['type'] === 'bind' && each['source'] !== undefined ? { ...each, source: path(each['source']) } : each));
  if (isDict(out['develop']) && Array.isArray(out['develop']['watch'])) out['develop'] = { ...out['develop'], watch: out['develop']['watch'].map((each: Dict) => ({ ...each, path: path(each['path']) })) };
  return out;
}

function resolvePaths(context: LoadContext, config: Dict): Dict {
  const out = { ...config };
  const each = (key: string, make: (value: Dict) => Dict) => {
    if (isDict(out[key])) out[key] = Object.fromEntries(Object.entries(out[key]).map(([name, value]) => [name, make(value)]));
  };
  each('services', (service) => resolveService(context, service));
  for (const key of ['configs', 'secrets']) each(key, (value) => (typeof value['file'] === 'string' ? { ...value, file: absolutePath(context, value['file']) } : value));
  each('volumes', (volume) => {
    const options = volume['driver_opts'];
    if (volume['driver'] !== 'local' || !isDict(options) || options['o'] !== 'bind' || typeof options['device'] !== 'string') return volume;
    return { ...volume, driver_opts: { ...options, device: absolutePath(context, options['device']) } };
  });
  return out;
}

/** @throws CliError */
function checkValues(config: Dict): void {
  for (const [name, service] of Object.entries((config['services'] ?? {}) as Record<string, Dict>)) {
    const path = `services.${name}`;
    (service['volumes'] as Dict[] | undefined)?.forEach((volume, i) => {
      if (!volume['target']) throw new CliError(`service volume ${path}.volumes.[${i}] is missing a mount target`);
      if (volume['type'] === 'bind' && volume['source'] === undefined) throw new CliError('invalid mount config for type "bind": field Source must not be empty');
    });
    (service['ports'] as Dict[] | undefined)?.forEach((port, i) => {
      if (port['target'] === undefined) throw new CliError(`service ports ${path}.ports.[${i}] is missing a target port`);
    });
    for (const [key, value] of [['scale', service['scale']], ['deploy.replicas', service['deploy']?.replicas]] as const) if (typeof value === 'number' && value < 0) throw new CliError(`${path}.${key}: must be greater than or equal to 0`);
  }
  for (const key of ['volumes', 'networks']) {
    for (const [name, value] of Object.entries((config[key] ?? {}) as Record<string, Dict>)) {
      if (key !== 'volumes' || !value['external']) continue;
      const other = Object.keys(value).find((each) => !['name', 'external'].includes(each) && !each.startsWith('x-'));
      if (other) throw new CliError(`${key}.${name}: conflicting parameters "external" and ${JSON.stringify(other)} specified`);
    }
  }
  for (const [key, choices] of [['configs', ['file', 'environment', 'content']], ['secrets', ['file', 'environment']]] as const) {
    for (const [name, value] of Object.entries((config[key] ?? {}) as Record<string, Dict>)) {
      const given = choices.filter((each) => each in value).length;
      const all = key === 'secrets' && value['driver'] ? 1 : given;
      if (all > 1) throw new CliError(`${key}.${name}: ${choices.join('|')} attributes are mutually exclusive`);
      if (!all && !value['external']) throw new CliError(`${key}.${name}: one of ${choices.join('|')} must be set`);
    }
  }
}

/** @param included files on the way here. @throws CliError */
export function* loadLayers(context: LoadContext, files: readonly ComposeFile[], included: readonly string[] = []): Task<Dict> {
  let config: Dict = {};
  for (const { name, text } of files) {
    for (const document of parseYaml(text, name)) {
      const layer = yield* prepared(context, document, name);
      applyMarks(config, document.marks);
      if (layer['include'] !== undefined) yield* include(context, layer, name, included);
      config = unique(merge(config, layer) as Dict);
      validate(config, name);
      if ('version' in config) {
        context.warn(`${name}: the attribute \`version\` is obsolete, it will be ignored, please remove it to avoid potential confusion`);
        delete config['version'];
      }
      config = unique(canonical(config, context.warn, !context.interpolate));
    }
  }
  if (!Object.keys(config).length) throw new CliError('empty compose file');
  checkValues(config);
  return context.resolvePaths ? resolvePaths(context, config) : config;
}

function applyMarks(config: Dict, { reset, override }: Marks): void {
  for (const path of [...reset, ...override]) remove(config, path);
}

function* include(context: LoadContext, config: Dict, file: string, included: readonly string[]): Task<void> {
  const entries = config['include'] as Value;
  delete config['include'];
  if (!Array.isArray(entries)) throw new CliError(`validating ${file}: include must be a array`);
  const chain = [...included, file];
  for (const entry of entries) {
    if (isDict(entry) && entry['env_file']) throw notSimulated('env_file of an include');
    const paths: string[] = [typeof entry === 'string' ? entry : entry.path].flat();
    const files: ComposeFile[] = [];
    for (const path of paths) {
      const name = absolutePath(context, path);
      if (chain.includes(name)) throw new CliError(`include cycle detected:\n${chain[0]}\n include ${[...chain.slice(1), name].join('\n include ')}`);
      files.push({ name, text: yield* context.cli.readText(name) });
    }
    const directory = isDict(entry) && typeof entry['project_directory'] === 'string' ? absolutePath(context, entry['project_directory']) : dirName(files[0]!.name);
    const other = yield* loadLayers({ ...context, directory, resolvePaths: true }, files, chain);
    for (const kind of ['services', 'volumes', 'networks', 'configs', 'secrets']) {
      if (!isDict(other[kind])) continue;
      const target = (config[kind] ??= {}) as Dict;
      for (const [name, value] of Object.entries(other[kind] as Dict)) {
        if (name in target && JSON.stringify(target[name] ?? {}) !== JSON.stringify(value)) throw new CliError(`${kind}.${name} conflicts with imported resource`);
        target[name] = value;
      }
    }
  }
}

