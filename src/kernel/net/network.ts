// The simulated network: namespaces joined by bridges, and the way from one to an address.

import { KernelError } from '../errno.ts';
import { Bridge } from './bridge.ts';
import { isLoopback, NetworkNamespace } from './network-namespace.ts';

const ADDRESS = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/;

export class Network {
  /** The host's own. */
  readonly root = new NetworkNamespace(1024);
  readonly #bridges = new Map<string, Bridge>();

  /** A namespace with a loopback interface only. */
  newNamespace(): NetworkNamespace {
    return new NetworkNamespace(0);
  }

  join(namespace: NetworkNamespace, bridgeName: string, name: string, address: string, mac?: string): void {
    let bridge = this.#bridges.get(bridgeName);
    if (!bridge) this.#bridges.set(bridgeName, bridge = new Bridge(bridgeName));
    namespace.join(bridge, { name, address, mac: mac ?? macOf(address) });
  }

  leave(namespace: NetworkNamespace, bridgeName: string): void {
    const bridge = this.#bridges.get(bridgeName);
    if (!bridge) return;
    namespace.leave(bridge);
    if (!bridge.members.size) this.#bridges.delete(bridgeName);
  }

  /** Who has an address, and the address that the other end sees. 'silent' when nobody answers there. @throws EINVAL ENETUNREACH */
  route(from: NetworkNamespace, address: string): { readonly to: NetworkNamespace; readonly source: string } | 'silent' {
    if (!ADDRESS.test(address)) throw new KernelError('EINVAL');
    const target = address === '0.0.0.0' ? '127.0.0.1' : address;
    if (from.owns(target)) return { to: from, source: isLoopback(target) ? '127.0.0.1' : target };
    for (const [bridge, { address: source }] of from.bridges) {
      const to = bridge.members.get(target);
      if (to) return { to, source };
    }
    let gateway = false;
    for (const [bridge, { address: source }] of from.bridges) {
      if (bridge.covers(target)) return 'silent';
      // The host is every bridge's gateway; what it owns is reached through it, other bridges are not.
      if (from !== this.root && this.root.bridges.has(bridge)) {
        gateway = true;
        if (this.root.owns(target)) return { to: this.root, source };
      }
    }
    if (gateway) for (const bridge of this.#bridges.values()) if (bridge.covers(target)) return 'silent';
    throw new KernelError('ENETUNREACH');
  }
}

/** As an interface without a given one had it for years: the address behind 02:42. */
function macOf(address: string): string {
  return ['02', '42', ...address.split('.').map((part) => Number(part).toString(16).padStart(2, '0'))].join(':');
}
