// What goals may look at: one moment of a host, asked by name.

import type { EventMessage } from '../../api/system.ts';
import type { HostApi, RunResult } from '../../host/host-api.ts';
import type { HostSnapshot } from '../../host/host-snapshot.ts';
import type { PathView } from '../../host/path-view.ts';

/** A datum that was remembered: the text of a file, and where it was. */
export interface RememberedCanary {
  readonly at: string;
  readonly content: string;
}

export interface World {
  readonly snapshot: HostSnapshot;
  readonly events: readonly EventMessage[];
  readonly canaries: ReadonlyMap<string, RememberedCanary>;
  readonly probe: RunResult | undefined;
  view(reference: string): PathView | undefined;
  /** Every place on the host's disk and in memory where a file holds this text: `volume:notes-data/notes.txt`. */
  search(text: string): readonly string[];
}

/** What goals ask of a host. */
export type GoalHost = Pick<HostApi, 'snapshot' | 'events' | 'view' | 'search' | 'log'>;
/** A copy of it, for probes. */
export type Clone = () => Pick<HostApi, 'run'>;

export function worldOf(host: GoalHost, canaries: ReadonlyMap<string, RememberedCanary>, probe?: RunResult): World {
  return {
    snapshot: host.snapshot(), events: host.events(), canaries, probe,
    view: (reference) => host.view(reference),
    search: (text) => host.search(text),
  };
}

/** Something that a goal asks for is not there: for the learner it is the reason why the goal does not hold yet. */
export class Absent extends Error {}
