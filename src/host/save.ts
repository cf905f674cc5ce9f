// Saves of a host: their shape, checked when one comes from outside.

import type { HostInput, HostSave } from './host-api.ts';

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const FIELDS: Readonly<Record<HostInput['kind'], Readonly<Record<string, 'number' | 'string'>>>> = {
  open: { columns: 'number', rows: 'number' },
  keys: { terminal: 'number', text: 'string' },
  resize: { terminal: 'number', columns: 'number', rows: 'number' },
  close: { terminal: 'number' },
  run: { command: 'string' },
  upload: { path: 'string', content: 'string' },
  equip: {},
  wait: {},
};

/** @throws RangeError saying what is wrong with it */
export function parseSave(value: unknown): HostSave {
  if (!isObject(value)) throw new RangeError('a save is an object');
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
