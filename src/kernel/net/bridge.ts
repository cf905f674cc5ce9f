// A bridge: the addresses that reach each other on it.

import type { NetworkNamespace } from './network-namespace.ts';

export class Bridge {
  readonly name: string;
  readonly members = new Map<string, NetworkNamespace>();

  constructor(name: string) {
    this.name = name;
  }

  /** Bridges here are /16 networks. */
  covers(address: string): boolean {
    const prefix = /^\d+\.\d+\./.exec(address)?.[0];
    if (!prefix) return false;
    for (const member of this.members.keys()) if (member.startsWith(prefix)) return true;
    return false;
  }
}
