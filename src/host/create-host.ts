// A whole host in one go, where nothing is gained by loading it in parts: tests, the headless door, copies.

import { equipment } from './equipment.ts';
import { Host } from './host.ts';
import type { HostApi, HostOptions, HostSave, HostTerminal } from './host-api.ts';

/** A fresh host with everything on it. */
export function createHost(options: HostOptions): HostApi {
  const host = new Host(options);
  host.equip(equipment);
  return host;
}

/**
 * The host that a save describes: booted alike, and its log taken in again. Subscribe to a terminal's output in
 * `onTerminal`, and its screen comes back too. @throws RangeError when the log names a terminal that was never opened
 */
export function restoreHost(save: HostSave, hooks: { readonly onTerminal?: (host: HostApi, terminal: HostTerminal) => void } = {}): HostApi {
  const host = new Host(save.options);
  host.replay(save.log, equipment, (terminal) => hooks.onTerminal?.(host, terminal));
  return host;
}
