// One instruction of a Dockerfile, parsed and checked, before variables are expanded.

import { DockerfileError } from './dockerfile-error.ts';
import { nameValues, splitWords } from './words.ts';
import { logicalLines, type Heredoc, type LogicalLine } from './lines.ts';

export interface Instruction {
  /** Upper case. */
  readonly command: string;
  /** The whole logical line. */
  readonly text: string;
  /** `--from=x` and the like, by name. */
  readonly flags: Readonly<Record<string, string>>;
  /** As repeated flags come: `--mount`. */
  readonly mounts: readonly string[];
  /** Words, or for the shell form of RUN, CMD, ENTRYPOINT the one line; ENV, LABEL, ARG: `name`, `value` pairs in `pairs`. */
  readonly args: readonly string[];
  readonly pairs: readonly (readonly [name: string, value: string | undefined])[];
  /** The JSON form. */
  readonly json: boolean;
  readonly heredocs: readonly Heredoc[];
  readonly first: number;
  readonly last: number;
}

export interface Dockerfile {
  readonly instructions: readonly Instruction[];
  readonly escape: '\\' | '`';
  readonly source: readonly string[];
}

const COMMANDS: Readonly<Record<string, readonly string[]>> = {
  ADD: ['keep-git-dir', 'checksum', 'chmod', 'chown', 'link', 'unpack', 'exclude'],
  ARG: [], CMD: [],
  COPY: 'from chmod chown link exclude'.split(' '),
  ENTRYPOINT: [], ENV: [], EXPOSE: [],
  FROM: ['platform'],
  HEALTHCHECK: ['interval', 'timeout', 'start-period', 'start-interval', 'retries'],
  LABEL: [], MAINTAINER: [], ONBUILD: [],
  RUN: ['mount', 'network', 'security', 'device'],
  SHELL: [], STOPSIGNAL: [], USER: [], VOLUME: [], WORKDIR: [],
};

const FLAG = /^--(\S*)(?:\s+|$)/;
const BARE_FLAGS = new Set(['link', 'keep-git-dir', 'unpack']);

/** @throws DockerfileError */
export function parseDockerfile(text: string): Dockerfile {
  const { lines, escape, source } = logicalLines(text);
  if (!lines.length) throw new DockerfileError('file with no instructions', 1);
  return { instructions: lines.map((line) => parseInstruction(line, escape)), escape, source };
}

/** One line alone, as `--change` and ONBUILD triggers have it. */
export function parseLine(text: string, heredocs: readonly Heredoc[] = [], at = 1): Instruction {
  return parseInstruction({ text, first: at, last: at, heredocs }, '\\');
}

export function parseInstruction(line: LogicalLine, escape: string): Instruction {
  const { text, first, last, heredocs } = line;
  const fail = (message: string): never => {
    throw new DockerfileError(`dockerfile parse error on line ${first}: ${message}`, first, last);
  };
  const [, name, tail] = /^(\S+)\s*([^]*)$/.exec(text)!;
  const command = name!.toUpperCase();
  const known = COMMANDS[command];
  if (!known) return fail(`unknown instruction: ${command}${suggestion(command, Object.keys(COMMANDS))}`);
  let rest = tail!;
  const flags: Record<string, string> = {};
  const mounts: string[] = [];
  // An ONBUILD trigger keeps its own flags.
  for (let match = command === 'ONBUILD' ? null : FLAG.exec(rest); match; match = FLAG.exec(rest)) {
    rest = rest.slice(match[0].length);
    if (!match[1]) break;
    const equals = match[1].indexOf('=');
    const flag = equals < 0 ? match[1] : match[1].slice(0, equals);
    const value = equals < 0 ? 'true' : match[1].slice(equals + 1);
    if (!known.includes(flag)) fail(`unknown flag: --${flag}${suggestion(flag, known)}`);
    if (equals < 0 && !BARE_FLAGS.has(flag)) fail(`missing a value on flag: ${flag}`);
    if (flag === 'network' && !/^(?:default|none|host)$/.test(value)) fail(`invalid network mode ${JSON.stringify(value)}`);
    if (flag === 'mount') mounts.push(value);
    else flags[flag] = value;
  }
  const exactlyOne = (): string[] => (rest ? [rest] : fail(`${command} requires exactly one argument`));
  const some = (words: string[]): string[] => (words.length ? words : fail(`${command} requires at least one argument`));
  const array = jsonArray(rest, first, last);
  const list = array ?? (rest ? rest.split(/\s+/) : []);
  const base = { command, text, flags, mounts, heredocs, first, last, json: array !== undefined, pairs: [] as Instruction['pairs'], args: [] as readonly string[] };
  switch (command) {
    case 'ENV':
    case 'LABEL': {
      const pairs = nameValues(command, rest, escape, first, last);
      if (!pairs.length) fail(`${command} requires at least one argument`);
      if (pairs.some(([key]) => !key)) fail(`${command} names can not be blank`);
      return { ...base, pairs };
    }
    case 'ARG':
      return { ...base, pairs: some(splitWords(rest, escape)).map((word) => {
        const equals = word.indexOf('=');
        if (equals === 0) fail('ARG names can not be blank');
        return equals < 0 ? [word, undefined] : [word.slice(0, equals), word.slice(equals + 1)];
      }) };
    case 'FROM': {
      const words = rest.split(/\s+/).filter(Boolean);
      if (words.length !== 1 && !(words.length === 3 && words[1]!.toLowerCase() === 'as')) fail('FROM requires either one or three arguments');
      if (words[2] !== undefined && !/^[a-z][a-z0-9-_.]*$/.test(words[2].toLowerCase())) fail(`invalid name for build stage: "${words[2]}", name can't start with a number or contain symbols`);
      return { ...base, args: words };
    }
    case 'ADD':
    case 'COPY':
      if (list.length === 0) fail(`${command} requires at least one argument`);
      if (list.length < 2) fail(`${command} requires at least two arguments, but only one was provided. Destination could not be determined`);
      return { ...base, args: list };
    case 'RUN':
    case 'CMD':
    case 'ENTRYPOINT':
      return { ...base, args: array ?? (rest ? [rest] : command === 'CMD' ? [] : fail(`${command} requires at least one argument`)) };
    case 'SHELL':
      if (!array) fail('SHELL requires the arguments to be in JSON form');
      return { ...base, args: some(list) };
    case 'VOLUME':
      if (some(list).some((path) => !path.trim())) fail('VOLUME specified can not be an empty string');
      return { ...base, args: list };
    case 'EXPOSE':
      return { ...base, args: some(list) };
    case 'HEALTHCHECK':
      return { ...base, ...healthcheck(rest, fail) };
    case 'ONBUILD': {
      const trigger = some(list)[0]!.toUpperCase();
      if (trigger === 'ONBUILD') fail('Chaining ONBUILD via `ONBUILD ONBUILD` isn\'t allowed');
      if (trigger === 'MAINTAINER' || trigger === 'FROM') fail(`${trigger} isn't allowed as an ONBUILD trigger`);
      return { ...base, args: [rest] };
    }
    default:
      return { ...base, args: exactlyOne() };
  }
}

function healthcheck(rest: string, fail: (message: string) => never): { args: string[]; json: boolean } {
  const [, type = '', tail = ''] = /^(\S*)\s*([^]*)$/.exec(rest) ?? [];
  const kind = type.toUpperCase();
  if (!kind) fail('HEALTHCHECK requires at least one argument');
  if (kind === 'NONE') return tail ? fail('HEALTHCHECK NONE takes no arguments') : { args: ['NONE'], json: false };
  if (kind !== 'CMD') fail(`Unknown type "${kind}" in HEALTHCHECK (try CMD)`);
  if (!tail) fail('Missing command after HEALTHCHECK CMD');
  const array = jsonArray(tail, 0, 0);
  return { args: array ? ['CMD', ...array] : ['CMD-SHELL', tail], json: array !== undefined };
}

/** The JSON form of arguments; undefined for the other. @throws DockerfileError for arrays of other things than strings */
function jsonArray(text: string, first: number, last: number): string[] | undefined {
  if (!text.startsWith('[')) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!Array.isArray(value)) return undefined;
  if (value.some((each) => typeof each !== 'string')) throw new DockerfileError('when using JSON array syntax, arrays must be comprised of strings only', first, last);
  return value as string[];
}

/** ` (did you mean RUN?)`, when something known is at most two edits away. */
function suggestion(word: string, known: readonly string[]): string {
  let best = 3;
  let match = '';
  for (const option of known) {
    const distance = editDistance(word.toLowerCase(), option.toLowerCase());
    if (distance < best) [best, match] = [distance, option];
  }
  return match && ` (did you mean ${match}?)`;
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length]!;
}
