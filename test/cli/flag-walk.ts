// Gives a command of the tree each of its flags on a booted host, and tells what came of it.

import { isGroup, type Command, type LeafCommand } from '../../src/cli/command.ts';
import type { Flag } from '../../src/cli/flags/flag.ts';
import { SIM_OPTIONS } from '../../src/headless/sim-options.ts';
import { createHost } from '../../src/host/create-host.ts';
import { mask } from '../transcripts/transcript.ts';
import { type Call, CALLS, valueOf } from './flag-walk-calls.ts';

export interface Leaf {
  /** `docker volume ls`. */
  readonly path: string;
  readonly command: LeafCommand;
}

/** Each command once, under the first of its names. */
export function leaves(command: Command, path: string, seen = new Set<LeafCommand['run']>()): Leaf[] {
  if (isGroup(command)) return command.commands.flatMap((inner) => leaves(inner, `${path} ${inner.name}`, seen));
  // oxlint-disable-next-line typescript/unbound-method -- only compared
  const { run, opaque } = command;
  if (opaque || seen.has(run)) return [];
  seen.add(run);
  return [{ path, command }];
}

/** `printed`: output or status differ; `kept`: only what can be looked up afterwards does. */
export type Kind = 'printed' | 'kept' | 'refused' | 'not simulated' | 'nothing';

export interface Walked {
  readonly flag: string;
  readonly kind: Kind;
  /** The first line of what was printed. */
  readonly words: string;
  readonly line: string;
  readonly faults: readonly string[];
  readonly unsimulated: boolean;
}

export function* walk({ path, command }: Leaf): Generator<Walked> {
  const call = CALLS[path.slice('docker '.length)]!;
  const plain = new Map<string, Outcome>();
  for (const [flag, spec] of Object.entries(command.flags)) {
    if (flag === 'help' || spec.aliasOf) continue;
    const more: Call = { ...call, ...call.flags?.[flag] };
    const line = (given: string): string => `${more.command ?? path}${given} ${more.args}`;
    const without = JSON.stringify([more.before, line(''), more.after]);
    if (!plain.has(without)) plain.set(without, play(more, line('')));
    const flagged = play(more, line(` ${more.given ?? given(flag, spec)}`));
    yield {
      flag, kind: kindOf(plain.get(without)!, flagged), words: flagged.printed.trim().split('\n')[0]!, line: line(` ${more.given ?? given(flag, spec)}`),
      faults: [...plain.get(without)!.faults, ...flagged.faults], unsimulated: spec.notSimulated ?? false,
    };
  }
}

const given = (name: string, flag: Flag<unknown>): string => {
  if (flag.type !== '') return `--${name}=${valueOf(name)}`;
  return flag.initial === true ? `--${name}=false` : `--${name}`;
};

/** All that a learner could look at. */
const LOOK = `docker ps -aq | sort | xargs -r docker inspect -s; docker volume ls -q | xargs -r docker volume inspect
docker images -aq | sort -u | xargs -r docker image inspect; docker network ls -q | xargs docker network inspect; docker system df -v; cd; find . -type f | sort | xargs -r cksum`;

interface Outcome {
  readonly printed: string;
  readonly left: string;
  readonly exit: number;
  readonly faults: readonly string[];
}

function play(call: Call, line: string): Outcome {
  const host = createHost(SIM_OPTIONS);
  const faults: string[] = [];
  host.onFault((error) => faults.push(error.stack ?? error.message));
  for (const command of call.before ?? []) host.run(command);
  const answer = host.run(line);
  const after = call.after ? host.run(call.after) : undefined;
  const [done, look] = mask([{ cmd: '', ...answer, stdout: `${answer.stdout}${after ? `---\n${after.stdout}${after.stderr}` : ''}` }, { cmd: '', ...host.run(LOOK) }]);
  return { printed: `${done!.stderr}${done!.stdout}`, left: `${look!.stdout}${look!.stderr}`, exit: answer.exit, faults };
}

function kindOf(plain: Outcome, flagged: Outcome): Kind {
  if (/not simulated/.test(flagged.printed)) return 'not simulated';
  if (flagged.exit !== plain.exit && flagged.exit !== 0) return 'refused';
  if (flagged.printed !== plain.printed || flagged.exit !== plain.exit) return 'printed';
  return flagged.left === plain.left ? 'nothing' : 'kept';
}
