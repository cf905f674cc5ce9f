// All that happened on a host as somebody beside it would have seen it: what was printed when, and what was entered and changed.

import type { Bytes } from '../../base/bytes.ts';
import type { Equipment } from '../boot/machine.ts';
import { Host } from '../host.ts';
import type { HostSave } from '../host-api.ts';
import { History } from './history.ts';
import type { Step } from './step.ts';

export interface Recording {
  /** Virtual ms since the epoch. */
  readonly startTime: number;
  readonly steps: readonly (Omit<Step, 'start'> & { readonly at: number })[];
  readonly outputs: readonly { readonly at: number; readonly terminal: number; readonly bytes: Bytes }[];
  readonly sizes: readonly { readonly at: number; readonly terminal: number; readonly columns: number; readonly rows: number }[];
}

/** Bytes that are kept in all: what is printed beyond is not recorded. */
const MOST = 8 << 20;

/** Lives the log once more. @param steps what is known of its steps */
export function record({ options, log }: HostSave, equipment: Equipment, steps: readonly Step[]): Recording {
  const host = new Host(options), history = History.of(host);
  const outputs: Recording['outputs'][number][] = [], sizes: Recording['sizes'][number][] = [];
  let room = MOST;
  host.onTerminal(({ id, size, onOutput }) => {
    sizes.push({ at: host.now, terminal: id, ...size });
    onOutput((bytes) => {
      if ((room -= bytes.length) > 0) outputs.push({ at: host.now, terminal: id, bytes });
    });
  });
  host.onInput((input) => {
    if (input.kind === 'resize') sizes.push({ at: input.at, terminal: input.terminal, columns: input.columns, rows: input.rows });
  });
  host.replay(log, equipment);
  return {
    startTime: options.startTime, outputs, sizes,
    steps: history.steps.map(({ start, ...step }, index) => ({ ...step, at: start.at, change: steps[index]?.change })),
  };
}
