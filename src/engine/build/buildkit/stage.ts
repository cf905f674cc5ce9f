// One stage of a BuildKit build while it is made, and the small texts about it.

import { parseReference, withDefaultTag } from '../../../api/reference.ts';
import type { HistoryEntry } from '../../image/image-file.ts';
import type { Layer } from '../../image/layer-store.ts';
import type { Config } from '../apply-instruction.ts';
import type { BuildArgs, StagePlan } from '../plan.ts';
import type { Lookup } from '../shell-lex.ts';
import { expandVariables } from '../step-layer.ts';

export const COMMENT = 'buildkit.dockerfile.v0';
/** Instructions that make files, and so a step and a layer. */
export const FILES: ReadonlySet<string> = new Set(['RUN', 'COPY', 'ADD', 'WORKDIR']);

export interface Stage {
  readonly plan: StagePlan;
  config: Config;
  layer: Layer | undefined;
  readonly history: HistoryEntry[];
  /** What the result depends on so far. */
  key: string;
  /** RFC 3339, of the last step that made files. */
  created: string;
  author: string;
  readonly args: BuildArgs;
  /** Steps shown as `[name 2/5]`. */
  total: number;
  at: number;
}

/** Bytes that one small file takes on the way, with its name and its lengths. */
export const transferred = (size: number, name: string): number => size + name.length + (size < 128 ? 27 : 29);

/** `docker.io/library/busybox:latest` for `busybox`. */
export const fullReference = (name: string): string => {
  const parsed = parseReference(name);
  if (typeof parsed === 'string') return name;
  const full = withDefaultTag(parsed);
  return `${full.domain}/${full.path}${full.digest ? `@${full.digest}` : `:${full.tag}`}`;
};

/** Stages and images that COPY and RUN --mount take files from. */
export function fromNames({ instructions }: Pick<StagePlan, 'instructions'>): string[] {
  return instructions.flatMap(({ flags, mounts }) => [
    ...(flags.from === undefined ? [] : [flags.from]),
    ...mounts.flatMap((mount) => /(?:^|,)from=([^,]+)/.exec(mount)?.[1] ?? []),
  ]);
}

/** An instruction as progress shows it: variables that are set are put in, quotes stay. */
export function raw(text: string, lookup: Lookup): string {
  return text.replace(/'[^']*'|\$(?:\{\w+\}|[a-zA-Z_]\w*)/g, (word) => (word.startsWith("'") ? word : expandVariables(word, (name) => lookup(name) ?? word)));
}

/** As Go leaves out what is empty. */
export function withoutEmpty(config: Config): Config {
  return Object.fromEntries(Object.entries(config).filter(([, value]) => value !== null && value !== '' && value !== false)) as Config;
}
