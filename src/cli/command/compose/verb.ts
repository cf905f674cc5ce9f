// A command of `docker compose` as data, and the errors of cobra that are its own.

import type { Task } from '../../../base/task.ts';
import { CliError, notSimulated } from '../../errors.ts';
import type { Flag, Flags, FlagValues } from '../../flags/flag.ts';
import { bool, list, string } from '../../flags/values.ts';
import type { Session } from '../../compose/session.ts';

export interface Verb {
  readonly name: string;
  readonly usage: string;
  readonly short: string;
  readonly long?: string;
  readonly aliases?: readonly string[];
  readonly flags: Flags;
  /** Fewest and most arguments. */
  readonly args?: readonly [least: number, most: number];
  /** Its errors of counting are those of docker's own commands. */
  readonly dockerArgs?: boolean;
  readonly stopAtArgument?: boolean;
  readonly listed?: 'management';
  /** Its arguments are not read. */
  readonly refused?: boolean;
  run(session: Session, flags: Record<string, unknown>, args: readonly string[], changed: ReadonlySet<string>): Task<number | void>;
}

const dryRun = { 'dry-run': bool('', 'Execute command in dry run mode', false, { notSimulated: true }) };

/** A verb with the types of its flags' values known to `run`. */
export function verb<F extends Flags>(spec: Omit<Verb, 'run' | 'flags'> & {
  flags: F;
  run(session: Session, flags: FlagValues<F>, args: readonly string[], changed: ReadonlySet<string>): Task<number | void>;
}): Verb {
  return { ...spec, flags: { ...spec.flags, ...dryRun } } as unknown as Verb;
}

/** Known and refused: `name|usage|short` a line, its flags as `-s --name type=usage` on lines of their own behind it. */
export function refusedVerbs(table: string): Verb[] {
  const verbs: (Pick<Verb, 'name' | 'usage' | 'short'> & { flags: Record<string, Flag<unknown>> })[] = [];
  for (const row of table.trim().split('\n').map((each) => each.trim())) {
    if (row.startsWith('-')) {
      const [, shorthand = '', name = '', type = '', usage = '', shown] = /^(?:-(\w) )?--(\S+?)(?: (\w+))?=(.*?)(?: \(default (.*)\))?$/.exec(row) ?? [];
      verbs.at(-1)!.flags[name] = { ...string(shorthand, usage.replaceAll('\\n', '\n'), '', shown ? { shown } : {}), type };
    } else {
      const [name = '', usage = '', short = ''] = row.split('|');
      verbs.push({ name, usage, short, flags: {} });
    }
  }
  return verbs.map((each) => verb({
    ...each, refused: true,
    // oxlint-disable-next-line require-yield -- it only refuses
    *run(): Task<void> {
      throw notSimulated(`'docker compose ${each.name}'`);
    },
  }));
}

/** Given several times, as a whole each time. */
export const array = (shorthand: string, usage: string) => list(shorthand, usage, undefined, { type: 'stringArray' });

export const timeoutOf = (flags: { readonly timeout: number }, changed: ReadonlySet<string>): { timeout?: number } => (changed.has('timeout') ? { timeout: flags.timeout } : {});

/** `web=3`, by service. @throws CliError */
export function parseScale(texts: readonly string[]): Map<string, number> {
  return new Map(texts.map((text) => {
    const [name = '', count = ''] = text.split('=');
    if (text.split('=').length !== 2) throw new CliError(`invalid --scale option ${JSON.stringify(text)}. Should be SERVICE=NUM`);
    if (!/^[-+]?\d+$/.test(count)) throw new CliError(`strconv.Atoi: parsing ${JSON.stringify(count)}: invalid syntax`);
    return [name, Number(count)];
  }));
}
