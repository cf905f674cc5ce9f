// Which files a project is made of, its name and environment, and loading it.

import { decode } from '../../base/bytes.ts';
import type { Task } from '../../base/task.ts';
import { isDirectory } from '../../kernel/stat.ts';
import type { Cli } from '../cli.ts';
import { CliError, notSimulated } from '../errors.ts';
import { baseName, dateTime, dirName, joinPath, quote } from '../go.ts';
import { parseDotenv } from './dotenv.ts';
import { interpolate, type Variable } from './interpolate.ts';
import { type ComposeFile, loadLayers, type LoadContext } from './layers.ts';
import { toProject } from './normalize.ts';
import { type Project, type Service, sorted } from './project.ts';
import { type Dict, isDict, parseYaml, type Value } from './yaml-document.ts';

const NAMES = ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'];
const OVERRIDES = ['compose.override.yml', 'compose.override.yaml', 'docker-compose.override.yml', 'docker-compose.override.yaml'];

/** The options of `docker compose` itself. */
export interface ComposeOptions {
  readonly file: readonly string[];
  readonly 'project-name': string;
  readonly 'project-directory': string;
  readonly profile: readonly string[];
  readonly 'env-file': readonly string[];
  readonly 'all-resources': boolean;
  readonly ansi: string;
  readonly progress: string;
}

export interface LoadOptions {
  readonly interpolate?: boolean;
  readonly normalize?: boolean;
  readonly consistency?: boolean;
  readonly resolvePaths?: boolean;
  found?(variable: Variable): void;
}

export const notFound = (): CliError => new CliError('no configuration file provided: not found');
const normalized = (name: string): string => name.toLowerCase().replace(/[^-_a-z0-9]/g, '').replace(/^[_-]+/, '');

/** As logrus prints it on standard error. */
export function* logWarning(cli: Cli, message: string): Task<void> {
  yield* cli.err(`time="${dateTime(cli.sys.now())}Z" level=warning msg=${quote(message)}\n`);
}

const isFile = (cli: Cli, path: string): boolean => cli.sys.can(path, '') && !isDirectory(cli.sys.stat(path).mode);

/** Names in a directory, several of which are told of. */
function* choose(cli: Cli, directory: string, names: readonly string[], kind: string): Task<string | undefined> {
  const found = names.map((name) => joinPath(directory, name)).filter((path) => isFile(cli, path));
  if (found.length > 1) {
    yield* logWarning(cli, `Found multiple ${kind} files with supported names: ${found.join(', ')}`);
    yield* logWarning(cli, `Using ${found[0]}`);
  }
  return found[0];
}

interface Sources {
  readonly files: readonly ComposeFile[];
  readonly directory: string;
  readonly environment: Record<string, string>;
}

function* readEnvironment(cli: Cli, environment: Record<string, string>, given: readonly string[], directory: string): Task<void> {
  const files = given.length ? given.map((file) => cli.absolute(file)) : [joinPath(directory, '.env')].filter((path) => isFile(cli, path));
  const read: Record<string, string> = {};
  for (const file of files) {
    if (!cli.sys.can(file, '')) throw new CliError(`couldn't find env file: ${file}`);
    const text = yield* cli.readText(file);
    try {
      Object.assign(read, parseDotenv(text, (name) => environment[name] ?? read[name]));
    } catch (error) {
      if (error instanceof CliError) throw new CliError(`failed to read ${file}: ${error.message}`);
      throw error;
    }
  }
  for (const [name, value] of Object.entries(read)) environment[name] ??= value;
}

/** @throws CliError; `no configuration file provided` when there is none */
function* findSources(cli: Cli, options: ComposeOptions): Task<Sources> {
  const cwd = cli.sys.getcwd();
  const environment: Record<string, string> = { ...cli.sys.env };
  const fixed = options['project-directory'] && cli.absolute(options['project-directory']);
  yield* readEnvironment(cli, environment, options['env-file'], fixed || cwd);
  let paths = [...options.file];
  if (!paths.length && environment['COMPOSE_FILE']) {
    paths = environment['COMPOSE_FILE'].split(environment['COMPOSE_PATH_SEPARATOR'] || ':');
    for (const path of paths) if (path !== '-' && !cli.sys.can(path, '')) throw new CliError(`stat ${cli.absolute(path)}: no such file or directory`);
  }
  if (!paths.length) {
    for (let directory = fixed || cwd; ; directory = dirName(directory)) {
      const found = yield* choose(cli, directory, NAMES, 'config');
      if (found) {
        const override = yield* choose(cli, directory, OVERRIDES, 'override');
        paths = override ? [found, override] : [found];
        break;
      }
      if (directory === '/') throw notFound();
    }
  }
  const files: ComposeFile[] = [];
  for (const path of paths) {
    if (/^(https?|git|oci|ssh):\/\//.test(path)) throw notSimulated('a Compose file from elsewhere');
    const name = path === '-' ? path : cli.absolute(path);
    files.push({ name, text: path === '-' ? decode(yield* cli.readAll(0)) : yield* cli.readText(name) });
  }
  const directory = fixed || (files[0]!.name === '-' ? cwd : dirName(files[0]!.name));
  if (directory !== cwd && !options['env-file'].length) yield* readEnvironment(cli, environment, [], directory);
  return { files, directory, environment };
}

/** Checked as one that was given. @throws CliError */
function checkName(name: string): string {
  if (name !== normalized(name)) throw new CliError(`invalid project name ${quote(name)}: must consist only of lowercase alphanumeric characters, hyphens, and underscores as well as start with a letter or number`);
  return name;
}

const givenName = (cli: Cli, options: ComposeOptions, environment: Readonly<Record<string, string>> = cli.sys.env): string =>
  options['project-name'] ? checkName(options['project-name']) : checkName(environment['COMPOSE_PROJECT_NAME'] ?? '');

function yamlName(value: Value): string {
  const kind = Array.isArray(value) ? '!!seq' : typeof value === 'string' ? `!!str \`${value}\`` : typeof value === 'number' ? `!!int \`${value}\`` : `!!bool \`${value}\``;
  return `yaml: unmarshal errors:\n  line 1: cannot unmarshal ${kind} into cli.named`;
}

function projectName(cli: Cli, options: ComposeOptions, { files, directory, environment }: Sources): string {
  const given = givenName(cli, options, environment);
  if (given) return given;
  let name = '';
  for (const file of files) {
    for (const { value } of parseYaml(file.text, file.name)) {
      if (!isDict(value)) throw new CliError(yamlName(value));
      if (typeof value['name'] === 'string') name = interpolate({ name: value['name'] }, { lookup: (each) => environment[each], warn: () => {} })['name'] as string || name;
    }
  }
  return normalized(name || baseName(directory));
}

const profilesOf = (options: ComposeOptions, environment: Readonly<Record<string, string>>): string[] =>
  options.profile.length ? [...options.profile] : (environment['COMPOSE_PROFILES'] ?? '').split(',').filter(Boolean);

export interface Loaded {
  readonly project: Project;
  /** The files merged, before names and types: what `config --no-interpolate` shows. */
  readonly config: Dict;
}

/** @throws CliError */
export function* loadProject(cli: Cli, options: ComposeOptions, load: LoadOptions = {}): Task<Loaded> {
  const sources = yield* findSources(cli, options);
  const name = projectName(cli, options, sources);
  const warnings: string[] = [];
  const environment: Record<string, string> = { ...sources.environment, COMPOSE_PROJECT_NAME: name };
  const context: LoadContext = {
    cli, directory: sources.directory, environment, interpolate: load.interpolate ?? true, resolvePaths: load.resolvePaths ?? true,
    warn: (message) => void warnings.push(message), ...(load.found && { found: (variable: Variable) => load.found!(variable) }),
  };
  try {
    const config = yield* loadLayers(context, sources.files);
    if (!name) throw new CliError('project name must not be empty');
    const project = yield* toProject(context, config, {
      name, files: sources.files.map((file) => file.name), profiles: profilesOf(options, environment), normalize: load.normalize ?? true, consistency: load.consistency ?? true,
    });
    return { project, config };
  } finally {
    for (const message of warnings) yield* logWarning(cli, message);
  }
}

/** The project, without what no enabled service uses. */
export function withoutUnused(project: Project): Project {
  const services = Object.values(project.services);
  const keep = <T>(record: Record<string, T>, used: (service: Service) => readonly string[]) => {
    const names = new Set(services.flatMap(used));
    return Object.fromEntries(Object.entries(record).filter(([name]) => names.has(name)));
  };
  return {
    ...project,
    networks: keep(project.networks, (each) => Object.keys(each.networks ?? {})),
    volumes: keep(project.volumes, (each) => (each.volumes ?? []).map((volume) => volume.source ?? '')),
    configs: keep(project.configs, (each) => (each.configs ?? []).map((config) => config.source)),
    secrets: keep(project.secrets, (each) => [...(each.secrets ?? []), ...(each.build?.secrets ?? [])].map((secret) => secret.source)),
  };
}

export const noSuchService = (name: string): CliError => new CliError(`no such service: ${name}`);

/** Only the services named (all when none is), with those they depend on. @throws CliError */
export function selectServices(project: Project, names: readonly string[], dependencies = true): Project {
  if (!names.length) return project;
  const known = { ...project.services, ...project.disabled };
  const services: Record<string, Service> = {};
  const add = (name: string): void => {
    const service = known[name];
    if (!service) throw noSuchService(name);
    if (services[name]) return;
    services[name] = service;
    if (dependencies) for (const [next, { required }] of sorted(service.depends_on ?? {})) if (known[next] || required) add(next);
  };
  for (const name of names) add(name);
  const enabled = Object.fromEntries(sorted(services).map(([name, service]) => [name, dependencies ? service : { ...service, depends_on: Object.fromEntries(Object.entries(service.depends_on ?? {}).filter(([next]) => services[next])) }]));
  return { ...project, services: enabled, disabled: Object.fromEntries(Object.entries(known).filter(([name]) => !services[name])) };
}

/** The project of the files, or the name alone: when only that was given, or no files are found for one in the environment. @throws CliError */
export function* projectOrName(cli: Cli, options: ComposeOptions): Task<{ name: string; project?: Project }> {
  // Nobody checks it then.
  const unchecked = options['project-name'] || cli.sys.env['COMPOSE_PROJECT_NAME'];
  if (unchecked && !options.file.length) return { name: unchecked };
  try {
    const { project } = yield* loadProject(cli, options);
    return { name: project.name, project };
  } catch (error) {
    const name = givenName(cli, options);
    if (!(error instanceof CliError) || !name) throw error;
    return { name };
  }
}
