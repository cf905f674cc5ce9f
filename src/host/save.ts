// Saves of a host: their shape, checked when one comes from outside.

import type { Step } from './time/step.ts';
import type { HostInput, HostSave } from './host-api.ts';

/** A way that was left: it goes on from the first `shared` entries of the log. */
export interface SavedBranch {
  readonly shared: number;
  readonly log: readonly HostInput[];
  readonly at: number;
  /** Steps that it has in common with the log's own. */
  readonly from: number;
  /** Those behind. */
  readonly steps: readonly Step[];
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const FIELDS: Readonly<Record<HostInput['kind'], Readonly<Record<string, 'number' | 'string'>>>> = {
  open: { columns: 'number', rows: 'number' },
  keys: { terminal: 'number', text: 'string' },
  resize: { terminal: 'number', columns: 'number', rows: 'number' },
  close: { terminal: 'number' },
  run: { command: 'string' },
  upload: { path: 'string', content: 'string' },
  equip: {},
  goods: { name: 'string' },
  wait: {},
};

/** @throws RangeError saying what is wrong with it */
export function parseSave(value: unknown): HostSave {
  if (!isObject(value)) throw new RangeError('a save is an object');
  if (typeof value.version === 'number' && value.version > 1) throw new RangeError(`it was made by a newer Stowage (version ${value.version}; this one reads version 1)`);
  if (value.version !== 1) throw new RangeError(`this save has version ${String(value.version)}; this Stowage reads version 1`);
  const { options, log } = value;
  if (!isObject(options) || typeof options.seed !== 'number' || typeof options.startTime !== 'number') throw new RangeError('the save has no seed or start time');
  if (!Array.isArray(log)) throw new RangeError('the save has no log');
  let time = options.startTime;
  log.forEach((input: unknown, index) => {
    const fields = isObject(input) ? FIELDS[input.kind as HostInput['kind']] : undefined;
    if (!isObject(input) || !fields) throw new RangeError(`entry ${index} of the log is of no known kind`);
    for (const [name, type] of Object.entries({ at: 'number', ...fields })) {
      if (typeof input[name] !== type) throw new RangeError(`entry ${index} of the log has no ${name}`);
    }
    if ((input.at as number) < time) throw new RangeError(`entry ${index} of the log goes back in time`);
    time = input.at as number;
  });
  return value as unknown as HostSave;
}

/** The save of the same host just before entry `to` of its log came in: `to` entries, and the time that had passed by then. */
export function saveBefore(save: HostSave, to: number): HostSave {
  const next = save.log[to];
  return next ? { ...save, log: [...save.log.slice(0, to), { at: next.at, kind: 'wait' }] } : save;
}

/** What must be at hand before a save can be replayed. */
export const neededBy = ({ log }: HostSave): string[] => [...new Set(log.flatMap((input) => (input.kind === 'goods' && input.problem === undefined ? [input.name] : input.kind === 'run' ? input.goods ?? [] : [])))];

/** What commands that cannot wait may want: the goods of images that they name. */
export const goodsIn = (commands: string): string[] => [['postgres', /\bpostgres(:18\S*)?\b/], ['sqlite', /\bsqlite3\b/]].filter(([, pattern]) => (pattern as RegExp).test(commands)).map(([name]) => name as string);
