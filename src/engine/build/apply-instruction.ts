// The instructions that only change an image's config: what they change, and how history tells of them.

import type { ContainerConfig, HealthConfig } from '../../api/container.ts';
import { ApiError } from '../../api/errors.ts';
import { envName } from '../container/environment.ts';
import { sortedKeys } from '../container/merge-config.ts';
import { joinPath } from '../path.ts';
import type { Instruction } from './dockerfile/instruction.ts';
import { expandWord, type Lookup } from './shell-lex.ts';

export type Config = Partial<ContainerConfig>;

export const DEFAULT_SHELL: readonly string[] = ['/bin/sh', '-c'];
const SIGNALS = 'HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT STOP TSTP TTIN TTOU URG XCPU XFSZ VTALRM PROF WINCH IO PWR SYS'.split(' ');

/** As Go's `%q` of a list of strings. */
const quoted = (words: readonly string[]): string => `[${words.map((word) => JSON.stringify(word)).join(' ')}]`;

/** The command of RUN, CMD or ENTRYPOINT with the shell in front of the shell form. */
export function withShell(config: Config, instruction: Instruction, script?: string): string[] {
  if (instruction.json) return [...instruction.args];
  return [...(config.Shell ?? DEFAULT_SHELL), script ?? instruction.args[0] ?? ''];
}

export interface Applied {
  /** The text of the history entry, without the builder's own frame. */
  readonly comment: string;
  readonly config: Config;
}

/** Ports of a config in the daemon's form. @throws invalidParameter */
function ports(words: readonly string[], buildkit: boolean): string[] {
  return words.flatMap((word) => {
    const [, range = '', protocol = 'tcp'] = /^([^/]*)(?:\/(\w+))?$/.exec(word) ?? [];
    const port = range.split(':').at(-1)!;
    const match = /^(\d+)(?:-(\d+))?$/.exec(port);
    if (!match) throw new ApiError('invalidParameter', `${buildkit ? 'invalid' : 'Invalid'} containerPort: ${port}`);
    const [from, to] = [Number(match[1]), Number(match[2] ?? match[1])];
    if (from > 65535 || to > 65535 || to < from) throw new ApiError('invalidParameter', `${buildkit ? 'invalid' : 'Invalid'} containerPort: ${port}`);
    return Array.from({ length: to - from + 1 }, (_, i) => `${from + i}/${protocol.toLowerCase()}`);
  });
}

const flags = (words: readonly string[]): Record<string, Record<string, never>> => Object.fromEntries(words.map((word) => [word, {}]));

export function setEnv(env: readonly string[] | null | undefined, name: string, value: string): string[] {
  const entry = `${name}=${value}`;
  const list = [...(env ?? [])];
  const at = list.findIndex((each) => envName(each) === name);
  if (at < 0) list.push(entry);
  else list[at] = entry;
  return list;
}

/** undefined for RUN, COPY, ADD, FROM, ARG: those are the builders' own. @throws invalidParameter */
export function applyInstruction(config: Config, instruction: Instruction, lookup: Lookup, escape: string, buildkit: boolean): Applied | undefined {
  const { command, args, pairs } = instruction;
  const expand = (word: string) => expandWord(word, lookup, escape);
  const done = (comment: string, changes: Config): Applied => ({ comment, config: { ...config, ...changes } });
  switch (command) {
    case 'ENV': {
      const values = pairs.map(([name, value]) => [expand(name), expand(value!)] as const);
      const Env = values.reduce((env, [name, value]) => setEnv(env, name, value), config.Env ?? []);
      return done(`ENV${values.map(([name, value]) => ` ${name}=${value}`).join('')}`, { Env });
    }
    case 'LABEL': {
      const values = pairs.map(([name, value]) => [expand(name), expand(value!)] as const);
      return done(`LABEL${values.map(([name, value]) => ` ${name}=${value}`).join('')}`, { Labels: sortedKeys({ ...config.Labels, ...Object.fromEntries(values) }) ?? null });
    }
    case 'MAINTAINER':
      return done(`MAINTAINER ${args[0]}`, {});
    case 'EXPOSE': {
      const words = args.flatMap((word) => expand(word).split(/\s+/).filter(Boolean)).sort();
      const list = ports(words, buildkit);
      return done(buildkit ? `EXPOSE [${list.sort().join(' ')}]` : `EXPOSE ${words.join(' ')}`, { ExposedPorts: sortedKeys({ ...config.ExposedPorts, ...flags(list) })! });
    }
    case 'VOLUME': {
      const paths = args.map(expand);
      if (paths.includes('')) throw new ApiError('invalidParameter', 'VOLUME specified can not be an empty string');
      return done(`VOLUME [${paths.join(' ')}]`, { Volumes: sortedKeys({ ...config.Volumes, ...flags(paths) }) ?? null });
    }
    case 'USER': {
      const User = expand(args[0]!);
      return done(`USER ${User}`, { User });
    }
    case 'WORKDIR': {
      const path = expand(args[0]!);
      const WorkingDir = joinPath(path.startsWith('/') ? '' : '/', path.startsWith('/') ? '' : (config.WorkingDir ?? ''), path);
      return done(`WORKDIR ${WorkingDir}`, { WorkingDir });
    }
    case 'CMD': {
      const Cmd = args.length ? withShell(config, instruction) : [];
      return done(`CMD ${quoted(Cmd)}`, { Cmd });
    }
    case 'ENTRYPOINT': {
      const Entrypoint = withShell(config, instruction);
      return done(`ENTRYPOINT ${quoted(Entrypoint)}`, { Entrypoint });
    }
    case 'SHELL':
      return done(`SHELL [${args.join(' ')}]`, { Shell: [...args] });
    case 'STOPSIGNAL': {
      const StopSignal = expand(args[0]!);
      if (!/^\d+$/.test(StopSignal) && !SIGNALS.includes(StopSignal.toUpperCase().replace(/^SIG/, '')) && !/^(SIG)?RTM(IN|AX)/i.test(StopSignal)) throw new ApiError('invalidParameter', `invalid signal: ${StopSignal}`);
      return done(`STOPSIGNAL ${StopSignal}`, { StopSignal });
    }
    case 'HEALTHCHECK':
      return health(config, instruction, buildkit);
    case 'ONBUILD': {
      const trigger = args[0]!;
      return done(`ONBUILD ${trigger}`, { OnBuild: [...(config.OnBuild ?? []), trigger] });
    }
    default:
      return undefined;
  }
}

const UNITS: Readonly<Record<string, number>> = { ns: 1, us: 1e3, ms: 1e6, s: 1e9, m: 6e10, h: 3.6e12 };

function health(config: Config, { args, flags: given }: Instruction, buildkit: boolean): Applied {
  const check: HealthConfig = { Test: [...args] };
  const time = (flag: string): number => {
    const text = given[flag] ?? '0s';
    if (text !== '0s' && !/^([\d.]+(ns|us|ms|s|m|h))+$/.test(text)) throw new ApiError('invalidParameter', `time: invalid duration "${text}"`);
    return [...text.matchAll(/([\d.]+)(ns|us|ms|s|m|h)/g)].reduce((sum, [, count, unit]) => sum + Number(count) * UNITS[unit!]!, 0);
  };
  const [interval, timeout, start] = [time('interval'), time('timeout'), time('start-period')];
  if (interval) check.Interval = interval;
  if (timeout) check.Timeout = timeout;
  if (start) check.StartPeriod = start;
  const retries = Number(given['retries'] ?? 0);
  if (retries) check.Retries = retries;
  const times = [interval, timeout, start, time('start-interval')].map((ns) => goDuration(ns));
  const comment = buildkit
    ? `HEALTHCHECK &{${quoted(args)} ${times.map((each) => `"${each}"`).join(' ')} '\\x${retries.toString(16).padStart(2, '0')}'}`
    : `HEALTHCHECK &{[${args.join(' ')}] ${times.join(' ')} ${retries}}`;
  return { comment, config: { ...config, Healthcheck: check } };
}

/** As `time.Duration.String`, for whole milliseconds: `1m30s`. */
function goDuration(ns: number): string {
  const ms = ns / 1e6;
  if (ms > 0 && ms < 1000) return `${ms}ms`;
  const [h, m, s] = [Math.floor(ms / 3.6e6), Math.floor(ms / 6e4) % 60, (ms % 6e4) / 1000];
  return `${h ? `${h}h` : ''}${h || m ? `${m}m` : ''}${s}s`;
}
