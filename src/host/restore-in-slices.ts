// A host from its log, piece by piece, so that whoever waits for it can do something else in between.

import type { Equipment } from './boot/machine.ts';
import { Host } from './host.ts';
import type { HostSave } from './host-api.ts';

/** Steps of work between two pieces. */
const SLICE = 2_000;

/** Yields between pieces of some milliseconds. @returns the host as it was when it was saved */
export function* restoreInSlices({ options, log }: HostSave, equipment: Equipment): Generator<void, Host> {
  const host = new Host(options);
  for (const input of log) {
    while (host.advanceTo(input.at, SLICE) === 'busy' && host.now < input.at) yield;
    host.replay([input], equipment, () => undefined);
    yield;
  }
  return host;
}
