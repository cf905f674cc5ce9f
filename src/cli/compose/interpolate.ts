// Variables in a Compose file, `${X:-y}`, and texts that stand for numbers and booleans there.

import { CliError } from '../errors.ts';
import { parseInteger } from '../flags/values.ts';
import { FlagValueError } from '../flags/flag.ts';
import { quote } from '../go.ts';
import { type Dict, isDict, type Value } from './yaml-document.ts';

export interface Variable {
  readonly name: string;
  readonly required: boolean;
  readonly defaultValue: string;
  readonly alternate: string;
}

export interface Interpolation {
  lookup(name: string): string | undefined;
  warn(message: string): void;
  /** Told of each variable met. */
  found?(variable: Variable): void;
}

class InvalidTemplate extends Error {}
class Missing extends Error {}

const NAME = /^[_a-zA-Z][_a-zA-Z0-9]*/;

/** A text with its variables replaced. */
function substitute(text: string, context: Interpolation): string {
  let out = '';
  for (let at = 0; at < text.length; ) {
    const dollar = text.indexOf('$', at);
    if (dollar < 0) return out + text.slice(at);
    out += text.slice(at, dollar);
    const rest = text.slice(dollar + 1);
    const name = NAME.exec(rest)?.[0];
    if (rest.startsWith('$')) {
      out += '$';
      at = dollar + 2;
    } else if (name) {
      out += plain(name, context);
      at = dollar + 1 + name.length;
    } else if (rest.startsWith('{')) {
      const [value, length] = braced(rest.slice(1), context);
      out += value;
      at = dollar + 2 + length;
    } else {
      out += '$';
      at = dollar + 1;
    }
  }
  return out;
}

function plain(name: string, context: Interpolation): string {
  context.found?.({ name, required: false, defaultValue: '', alternate: '' });
  const value = context.lookup(name);
  if (value === undefined) context.warn(`The ${quote(name)} variable is not set. Defaulting to a blank string.`);
  return value ?? '';
}

/** What stands behind `${`: the value, and how much was read. */
function braced(text: string, context: Interpolation): [string, number] {
  const name = NAME.exec(text)?.[0];
  if (!name) throw new InvalidTemplate();
  const operator = /^(:?[-+?])?/.exec(text.slice(name.length))![0];
  const from = name.length + operator.length;
  if (!operator) {
    if (text[from] !== '}') throw new InvalidTemplate();
    return [plain(name, context), from + 1];
  }
  let depth = 0;
  let end = from;
  for (; end < text.length; end++) {
    if (text[end] === '{') depth++;
    if (text[end] === '}' && --depth < 0) break;
  }
  if (end === text.length) throw new InvalidTemplate();
  const word = text.slice(from, end);
  const value = context.lookup(name);
  const kind = operator.at(-1)!;
  context.found?.({ name, required: kind === '?', defaultValue: kind === '-' ? word : '', alternate: kind === '+' ? word : '' });
  const present = value !== undefined && !(operator[0] === ':' && value === '');
  if (kind === '+') return [present ? substitute(word, context) : '', end + 1];
  if (present) return [value, end + 1];
  if (kind === '-') return [substitute(word, context), end + 1];
  const message = substitute(word, context);
  throw new Missing(`required variable ${name} is missing a value${message && `: ${message}`}`);
}

type Cast = (text: string, context: Interpolation) => Value;

const refuse = (message: string): never => {
  throw new FlagValueError(message);
};
const integer: Cast = (text) => (/^[-+]?\d+$/.test(text) ? Number(text) : refuse(`strconv.Atoi: parsing ${quote(text)}: invalid syntax`));
const long: Cast = (text) => parseInteger(text);
const float: Cast = (text) => (text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : refuse(`strconv.ParseFloat: parsing ${quote(text)}: invalid syntax`));
const truth: Cast = (text, context) => {
  const lower = text.toLowerCase();
  if (lower === 'true' || lower === 'false') return lower === 'true';
  const yes = ['y', 'yes', 'on'].includes(lower);
  if (!yes && !['n', 'no', 'off'].includes(lower)) return refuse(`invalid boolean: ${text}`);
  context.warn(`${quote(text)} for boolean is not supported by YAML 1.2, please use \`${yes}\``);
  return yes;
};

/** Where texts are taken for something else; `*` any key, `[]` any item. */
const CASTS: readonly [Cast, string][] = [
  [integer, 'cpu_count deploy.replicas deploy.resources.limits.pids deploy.rollback_config.parallelism deploy.update_config.parallelism deploy.restart_policy.max_attempts deploy.placement.max_replicas_per_node healthcheck.retries oom_score_adj ports.[].target scale ulimits.* ulimits.*.hard ulimits.*.soft'],
  [long, 'cpu_period cpu_quota cpu_rt_period cpu_rt_runtime cpu_shares mem_swappiness pids_limit'],
  [float, 'cpu_percent cpus deploy.rollback_config.max_failure_ratio deploy.update_config.max_failure_ratio'],
  [truth, 'attach build.no_cache build.pull build.privileged depends_on.*.required depends_on.*.restart env_file.[].required healthcheck.disable init oom_kill_disable privileged read_only stdin_open tty volumes.[].read_only volumes.[].bind.create_host_path volumes.[].volume.nocopy'],
];
const RULES = new Map<string, Cast>([
  ...CASTS.flatMap(([cast, paths]) => paths.split(' ').map((path): [string, Cast] => [`services.*.${path}`, cast])),
  ...'networks.*.external networks.*.internal networks.*.attachable networks.*.enable_ipv4 networks.*.enable_ipv6 volumes.*.external secrets.*.external configs.*.external'.split(' ')
    .map((path): [string, Cast] => [path, truth]),
]);

function castFor(path: readonly string[]): Cast | undefined {
  // Only names of services, ulimits and dependencies vary: the second part, and the one behind these.
  const pattern = path.map((part, i) => (i === 1 || ['ulimits', 'depends_on'].includes(path[i - 1]!) ? '*' : part));
  return RULES.get(pattern.join('.'));
}

/** @throws CliError */
export function interpolate(config: Dict, context: Interpolation): Dict {
  const visit = (value: Value, path: readonly string[]): Value => {
    if (Array.isArray(value)) return value.map((each) => visit(each, [...path, '[]']));
    if (isDict(value)) return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, visit(each, [...path, key])]));
    if (typeof value !== 'string') return value;
    const where = path.join('.');
    try {
      const text = substitute(value, context);
      const cast = castFor(path);
      if (!cast) return text;
      try {
        return cast(text, context);
      } catch (error) {
        if (!(error instanceof FlagValueError)) throw error;
        throw new Missing(`failed to cast to expected type: ${error.message}`);
      }
    } catch (error) {
      if (error instanceof InvalidTemplate) throw new CliError(`invalid interpolation format for ${where}.\nYou may need to escape any $ with another $.\n${value}`);
      if (error instanceof Missing) throw new CliError(`error while interpolating ${where}: ${error.message}`);
      throw error;
    }
  };
  return visit(config, []) as Dict;
}

/** For env files: an unset variable is blank without a warning. */
export const expand = (text: string, lookup: (name: string) => string | undefined): string => substitute(text, { lookup, warn: () => {} });
