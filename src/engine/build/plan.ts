// The stages of a Dockerfile, which of them a target needs, and the build arguments that each may use.

import type { BuildOptions } from '../../api/engine-client.ts';
import { ApiError } from '../../api/errors.ts';
import { envName } from '../container/environment.ts';
import type { Config } from './apply-instruction.ts';
import { DockerfileError } from './dockerfile/dockerfile-error.ts';
import type { Dockerfile, Instruction } from './dockerfile/instruction.ts';
import { expandWord, type Lookup } from './shell-lex.ts';

export const DEFAULT_PATH = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

export interface StagePlan {
  /** Lower case; '' without AS. */
  readonly name: string;
  readonly index: number;
  readonly from: Instruction;
  /** What follows FROM. */
  readonly instructions: readonly Instruction[];
}

export interface Plan {
  /** ARG before the first FROM. */
  readonly metaArgs: readonly Instruction[];
  readonly stages: readonly StagePlan[];
  readonly target: StagePlan;
}

/** @throws DockerfileError, invalidParameter (no such target) */
export function planStages({ instructions }: Dockerfile, target: string): Plan {
  const metaArgs: Instruction[] = [];
  const stages: (StagePlan & { instructions: Instruction[] })[] = [];
  for (const instruction of instructions) {
    if (instruction.command === 'FROM') {
      stages.push({ name: instruction.args[2]?.toLowerCase() ?? '', index: stages.length, from: instruction, instructions: [] });
    } else if (stages.length) stages.at(-1)!.instructions.push(instruction);
    else if (instruction.command === 'ARG') metaArgs.push(instruction);
    else throw new DockerfileError('no build stage in current context', instruction.first, instruction.last);
  }
  if (!stages.length) throw new DockerfileError('no build stage in current context', instructions.at(-1)!.first, instructions.at(-1)!.last);
  const wanted = target ? stages.findLast(({ name }) => name === target.toLowerCase()) : stages.at(-1)!;
  if (!wanted) throw new ApiError('invalidParameter', `target stage "${target}" could not be found`);
  return { metaArgs, stages, target: wanted };
}

/** By name or by number. */
export function findStage<T extends { readonly name: string }>(stages: readonly T[], text: string): T | undefined {
  const name = text.toLowerCase();
  return stages.findLast((stage) => stage.name && stage.name === name) ?? (/^\d+$/.test(text) ? stages[Number(text)] : undefined);
}

/** Arguments of a stage, in the order they were declared. */
export class BuildArgs {
  readonly #given: BuildOptions['buildArgs'];
  readonly #meta: ReadonlyMap<string, string | undefined>;
  readonly #declared: Map<string, string | undefined>;
  /** Names that some ARG asked for, shared by all stages. */
  readonly consumed: Set<string>;

  constructor(given: BuildOptions['buildArgs'], meta: ReadonlyMap<string, string | undefined> = new Map(), consumed = new Set<string>(), inherited: ReadonlyMap<string, string | undefined> = new Map()) {
    this.#given = given;
    this.#declared = new Map(inherited);
    this.#meta = meta;
    this.consumed = consumed;
  }

  /** @returns the value it has now */
  declare(name: string, byDefault: string | undefined): string | undefined {
    this.consumed.add(name);
    const value = this.#given[name] ?? byDefault ?? (this.#declared.get(name) ?? this.#meta.get(name));
    this.#declared.set(name, value);
    return value;
  }

  get declared(): ReadonlyMap<string, string | undefined> {
    return this.#declared;
  }

  /** Environment first, then arguments. */
  lookup(config: Config): Lookup {
    const env = config.Env ?? [];
    return (name) => env.find((entry) => envName(entry) === name)?.slice(name.length + 1) ?? this.#declared.get(name);
  }
}

/** The arguments before the first FROM. */
export function metaArgs(plan: Plan, given: BuildOptions['buildArgs'], escape: string, consumed: Set<string>): BuildArgs {
  const args = new BuildArgs(given, undefined, consumed);
  for (const { pairs } of plan.metaArgs) for (const [name, value] of pairs) args.declare(name, value === undefined ? undefined : expandWord(value, args.lookup({}), escape));
  return args;
}

/** What FROM names. @throws DockerfileError `base name ($X) should not be blank` */
export function baseName({ from }: StagePlan, meta: BuildArgs, escape: string): string {
  const name = expandWord(from.args[0]!, meta.lookup({}), escape);
  if (!name) throw new DockerfileError(`base name (${from.args[0]}) should not be blank`, from.first, from.last);
  return name;
}

/** With PATH, as both builders add it. */
export function withPath(config: Config): Config {
  return config.Env?.some((entry) => envName(entry) === 'PATH') ? config : { ...config, Env: [...(config.Env ?? []), DEFAULT_PATH] };
}
