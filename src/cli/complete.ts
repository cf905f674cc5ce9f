// Shell completion: cobra's `__complete`, and bash's `complete -C` protocol on top of it.

import { ApiError } from '../api/errors.ts';
import type { Task } from '../base/task.ts';
import type { Cli } from './cli.ts';
import { type Command, type Completion, isGroup, type LeafCommand } from './command.ts';
import { rootCommand } from './command/root.ts';
import type { Flag, Flags } from './flags/flag.ts';
import { globalFlags } from './global-flags.ts';

interface Candidate {
  readonly text: string;
  readonly about?: string;
}

interface Answer {
  readonly candidates: readonly Candidate[];
  /** 0 lets the shell complete file names, 4 does not. */
  readonly directive: 0 | 4;
}

const NONE: Answer = { candidates: [], directive: 4 };
const FILES: Answer = { candidates: [], directive: 0 };
const plain = (texts: readonly string[]): Answer => ({ candidates: texts.map((text) => ({ text })), directive: 4 });

/** `docker __complete ARGS…`: the last argument is the word to complete. */
export function* complete(cli: Cli, args: readonly string[], described: boolean): Task<number> {
  const { candidates, directive } = yield* answer(cli, args.slice(0, -1), args.at(-1) ?? '');
  yield* cli.out(candidates.map(({ text, about }) => `${text}${described && about ? `\t${about.split('\n')[0]}` : ''}\n`).join('') + `:${directive}\n`);
  yield* cli.err(`Completion ended with directive: ${directive ? 'ShellCompDirectiveNoFileComp' : 'ShellCompDirectiveDefault'}\n`);
  return 0;
}

/** Bash's `complete -C`: the line and the cursor come in the environment, candidates go out a line each. */
export function* completeForBash(cli: Cli): Task<number> {
  const { env } = cli.sys;
  const line = (env['COMP_LINE'] ?? '').slice(0, Number(env['COMP_POINT'] ?? Infinity));
  const words = line.split(/\s+/).slice(1);
  const { candidates } = yield* answer(cli, words.slice(0, -1), words.at(-1) ?? '');
  yield* cli.out(candidates.map(({ text }) => text + '\n').join(''));
  return 0;
}

const names = (command: Command): readonly string[] => [command.name, ...(isGroup(command) ? [] : command.aliases ?? [])];

function* answer(cli: Cli, words: readonly string[], word: string): Task<Answer> {
  const globals = globalFlags(cli.sys.env['HOME'] ?? '/root');
  let command: Command = rootCommand;
  let flags: Flags = globals;
  const args: string[] = [];
  let waiting: Flag<unknown> | undefined;
  let stopped = false;
  for (const given of words) {
    if (waiting) waiting = undefined;
    else if (!stopped && given === '--') stopped = true;
    else if (!stopped && given.length > 1 && given.startsWith('-')) waiting = expects(flags, given);
    else if (isGroup(command)) {
      const next: Command | undefined = command.commands.find((each) => names(each).includes(given));
      if (!next) return command === rootCommand ? FILES : NONE;
      command = next;
      flags = command.flags ?? {};
    } else {
      args.push(given);
      stopped ||= command.stopAtArgument === true;
    }
  }
  if (waiting) return yield* forFlag(cli, waiting, word);
  if (!stopped && word.startsWith('-')) {
    const at = word.indexOf('=');
    const flag = at > 0 ? flags[word.slice(2, at)] : undefined;
    return flag ? yield* forFlag(cli, flag, word.slice(at + 1)) : listFlags(flags, word);
  }
  if (isGroup(command)) {
    const all = command.commands.filter((each) => each.name.startsWith(word) && (!each.hidden || command === rootCommand)).map((each) => ({ text: each.name, about: each.short }));
    if (command === rootCommand && 'help'.startsWith(word)) all.push({ text: 'help', about: 'Help about the command' });
    return { candidates: all.toSorted((a, b) => (a.text < b.text ? -1 : 1)), directive: 4 };
  }
  return yield* forArgument(cli, command, args, word);
}

/** The flag that waits for the next word, if any. */
function expects(flags: Flags, given: string): Flag<unknown> | undefined {
  if (given.includes('=')) return undefined;
  const flag: Flag<unknown> | undefined = given.startsWith('--') ? flags[given.slice(2)] : Object.values(flags).find((each) => each.shorthand === given.at(-1));
  return flag && flag.noValue === undefined ? flag : undefined;
}

function listFlags(flags: Flags, word: string): Answer {
  const candidates: Candidate[] = [];
  for (const [name, flag] of Object.entries(flags).toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    if (flag.hidden) continue;
    if (`--${name}`.startsWith(word)) candidates.push({ text: `--${name}`, about: flag.usage });
    if (flag.shorthand && `-${flag.shorthand}`.startsWith(word)) candidates.push({ text: `-${flag.shorthand}`, about: flag.usage });
  }
  return { candidates, directive: 4 };
}

function* forFlag(cli: Cli, flag: Flag<unknown>, word: string): Task<Answer> {
  if (flag.choices) return plain(flag.choices.filter((each) => each.startsWith(word)));
  if (flag.completes === 'file') return FILES;
  if (flag.completes === 'env') return plain(Object.entries(cli.sys.env).map(([key, value]) => `${key}=${value}`).filter((each) => each.startsWith(word)));
  return flag.completes ? plain(yield* named(cli, flag.completes, word)) : NONE;
}

function* forArgument(cli: Cli, command: LeafCommand, args: readonly string[], word: string): Task<Answer> {
  if (command.completes === 'file') return FILES;
  if (!command.completes || args.length >= Math.min(command.completesFirst ?? Infinity, command.args.most)) return NONE;
  return plain((yield* named(cli, command.completes, word)).filter((each) => !args.includes(each)));
}

/** Names of what the engine has, of one kind. */
function* named(cli: Cli, kind: Completion, word: string): Task<string[]> {
  const { engine } = cli;
  const all: string[] = [];
  try {
    if (kind === 'container' || kind === 'running' || kind === 'stopped' || kind === 'object') {
      for (const { Names, State } of yield* engine.containerList({ all: kind !== 'running' })) {
        if (kind !== 'stopped' || State === 'exited' || State === 'created') all.push(...Names.map((name) => name.slice(1)));
      }
    }
    if (kind === 'image' || kind === 'object') for (const { RepoTags } of yield* engine.imageList()) all.push(...(RepoTags ?? []).filter((tag) => !tag.startsWith('<')));
    if (kind === 'network' || kind === 'object') all.push(...(yield* engine.networkList()).map((each) => each.Name));
    if (kind === 'volume' || kind === 'object') all.push(...((yield* engine.volumeList()).Volumes ?? []).map((each) => each.Name));
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
  }
  return all.filter((name) => name.startsWith(word));
}
