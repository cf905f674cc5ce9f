// What the parts of the engine share: the daemon's system calls, ids, time as text, events, and the stores.

import type { EventMessage } from '../api/system.ts';
import type { Syscalls } from '../kernel/syscalls.ts';
import type { Containers } from './container/containers.ts';
import type { Exec } from './container/exec.ts';
import type { Events } from './events.ts';
import type { GraphDriver } from './graphdriver/graph-driver.ts';
import type { Depot } from './image/depot.ts';
import type { ImageStore } from './image/image-store.ts';
import type { Networks } from './network/networks.ts';
import type { PublishedPorts } from './network/publish-ports.ts';
import type { Volumes } from './volume/volumes.ts';

/** Random identifiers from the daemon's seeded source. */
export interface Ids {
  /** `n` lower-case hexadecimal digits. */
  hex(n: number): string;
  /** An integer in [0, below). */
  below(below: number): number;
}

/** One daemon. Filled once by `createEngine`; the parts keep the context and look the others up in it when they need them. */
export interface EngineContext {
  /** Of dockerd: root on the host. */
  readonly sys: Syscalls;
  /** `/var/lib/docker`. */
  readonly root: string;
  /** The engine's own id, a UUID kept in `<root>/engine-id`. */
  readonly id: string;
  readonly ids: Ids;
  readonly events: Events;
  readonly driver: GraphDriver;
  readonly images: ImageStore;
  readonly depot: Depot;
  readonly containers: Containers;
  readonly volumes: Volumes;
  readonly networks: Networks;
  readonly ports: PublishedPorts;
  /** By exec id, until their container is removed. */
  readonly execs: Map<string, Exec>;
  /** Fire an event now. Attributes come out in the order of their keys. */
  emit(type: EventMessage['Type'], action: string, id: string, attributes: Record<string, string>): void;
}

/** From `sys.random()`: dockerd's share of the seeded source. */
export function createIds(sys: Syscalls): Ids {
  const below = (limit: number) => Math.floor(sys.random() * limit);
  return {
    below,
    hex(n) {
      let text = '';
      while (text.length < n) text += below(0x1_0000_0000).toString(16).padStart(8, '0');
      return text.slice(0, n);
    },
  };
}

