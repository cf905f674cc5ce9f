// A command of the tree as data: its usage, flags and arguments, and what it does.

import type { Task } from '../base/task.ts';
import type { Cli } from './cli.ts';
import { CliError, errorText, notSimulated } from './errors.ts';
import type { Flags, FlagValues } from './flags/flag.ts';

/** How many arguments: between `least` and `most`; the texts differ by which rule the real command names. */
export interface ArgumentRule {
  readonly least: number;
  readonly most: number;
  readonly rule: 'none' | 'exact' | 'min' | 'max' | 'range';
}

export const noArgs: ArgumentRule = { least: 0, most: 0, rule: 'none' };
export const exactArgs = (count: number): ArgumentRule => ({ least: count, most: count, rule: 'exact' });
export const minArgs = (count: number): ArgumentRule => ({ least: count, most: Infinity, rule: 'min' });
export const maxArgs = (count: number): ArgumentRule => ({ least: 0, most: count, rule: 'max' });
export const rangeArgs = (least: number, most: number): ArgumentRule => ({ least, most, rule: 'range' });

/** What the shell completes an argument with. */
export type Completion = 'container' | 'running' | 'stopped' | 'volume' | 'image' | 'network' | 'file' | 'object';

interface CommandBase {
  readonly name: string;
  readonly short: string;
  readonly long?: string;
  readonly hidden?: boolean;
  /** Listed among the management commands though it has no commands of its own; `*` marks a plugin. */
  readonly listed?: 'management' | '*';
  /** Rank among `Common Commands`, from 1. */
  readonly top?: number;
  /** The path it calls itself by, when that is not where it was found. */
  readonly path?: string;
}

export interface LeafCommand extends CommandBase {
  /** The usage line behind the name. */
  readonly usage: string;
  /** Full names, as the help lists them. */
  readonly fullNames?: string;
  readonly aliases?: readonly string[];
  readonly args: ArgumentRule;
  readonly flags: Flags;
  /** Flags end at the first argument (`run`, `exec`, `create`). */
  readonly stopAtArgument?: boolean;
  readonly completes?: Completion;
  /** Only so many arguments are completed. */
  readonly completesFirst?: number;
  /** Its arguments are not read at all: it only refuses. */
  readonly opaque?: boolean;
  /** Part of buildx: its errors read `ERROR: …`. */
  readonly plugin?: boolean;
  /** Which command it turns out to be, asked before the flags are read. */
  choose?(cli: Cli): Task<LeafCommand>;
  run(cli: Cli, flags: Record<string, unknown>, args: readonly string[], changed: ReadonlySet<string>): Task<number | void>;
}

export interface GroupCommand extends CommandBase {
  readonly commands: readonly Command[];
  /** Shown among `Swarm Commands`. */
  readonly swarm?: boolean;
  /** Part of a plugin: its unknown commands come with the help. */
  readonly plugin?: boolean;
  /** How its usage line ends in `unknown command` errors. */
  readonly usage?: string;
  readonly flags?: Flags;
  readonly experimental?: boolean;
  /** Below all else in its help. */
  readonly footer?: string;
  /** It reads the rest of the command line itself. */
  run?(cli: Cli, argv: readonly string[]): Task<number>;
}

export type Command = LeafCommand | GroupCommand;

export const isGroup = (command: Command): command is GroupCommand => 'commands' in command;

/** A command with the types of its flags' values known to `run`. */
export function command<F extends Flags>(
  spec: Omit<LeafCommand, 'run' | 'flags'> & {
    flags: F;
    run(cli: Cli, flags: FlagValues<F>, args: readonly string[], changed: ReadonlySet<string>): Task<number | void>;
  },
): LeafCommand {
  return spec as unknown as LeafCommand;
}

/** The same command under a top-level name. */
export const renamed = (of: LeafCommand, name: string, more: Partial<LeafCommand> = {}): LeafCommand => ({ ...of, name, ...more });

/** Commands that the real one has and this one refuses: `name|short` a line. */
export function refused(group: string, table: string): LeafCommand[] {
  return table.trim().split('\n').map((row) => {
    const [name = '', short = ''] = row.trim().split('|');
    return {
      name, short, usage: '', args: minArgs(0), flags: {}, opaque: true,
      *run(): Task<number> {
        throw notSimulated(`'docker ${group}${name}'`);
      },
    };
  });
}

const plural = (count: number): string => `${count} argument${count === 1 ? '' : 's'}`;

/** @throws CliError as cli.NoArgs, ExactArgs, RequiresMinArgs … */
export function checkArguments(command: LeafCommand, path: string, usageLine: string, count: number): void {
  const { least, most, rule } = command.args;
  if (count >= least && count <= most) return;
  const what = {
    none: 'accepts no arguments', exact: `requires ${plural(least)}`, min: `requires at least ${plural(least)}`,
    max: `requires at most ${plural(most)}`, range: `requires at least ${least} and at most ${plural(most)}`,
  }[rule];
  const hint = { none: 'Run', exact: 'Run', min: 'See', max: 'SRun', range: 'Run' }[rule];
  throw new CliError(`docker: '${path}' ${what}\n\nUsage:  ${usageLine}\n\n${hint} '${path} --help' for more information`);
}

/** Do something for each argument: what fails is told at the end, each on its line, and the status is 1. */
export function* each(args: readonly string[], act: (arg: string) => Task<void>): Task<number> {
  const errors: string[] = [];
  for (const arg of args) {
    try {
      yield* act(arg);
    } catch (error) {
      errors.push(errorText(error));
    }
  }
  if (errors.length) throw new CliError(errors.join('\n'));
  return 0;
}
