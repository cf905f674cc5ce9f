// A network namespace: its interfaces, and who listens on which port.

import { KernelError } from '../errno.ts';
import type { Bridge } from './bridge.ts';
import type { Listener } from './listener.ts';

export interface Interface {
  readonly name: string;
  readonly address: string;
  readonly mac: string;
}

const FIRST_EPHEMERAL = 32768, LAST_EPHEMERAL = 60999;
const ANY = '0.0.0.0';

export const isLoopback = (address: string): boolean => address.startsWith('127.');

export class NetworkNamespace {
  readonly interfaces: Interface[] = [{ name: 'lo', address: '127.0.0.1', mac: '00:00:00:00:00:00' }];
  readonly bridges = new Map<Bridge, Interface>();
  readonly #listeners = new Set<Listener>();
  #ephemeral = FIRST_EPHEMERAL;
  /** Ports below this are root's. */
  readonly firstFreePort: number;

  constructor(firstFreePort: number) {
    this.firstFreePort = firstFreePort;
  }

  owns(address: string): boolean {
    return isLoopback(address) || this.interfaces.some((each) => each.address === address);
  }

  listener(address: string, port: number): Listener | undefined {
    let any: Listener | undefined;
    for (const listener of this.#listeners) {
      if (listener.port !== port) continue;
      if (listener.address === address) return listener;
      if (listener.address === ANY) any = listener;
    }
    return any;
  }

  /** @throws EADDRINUSE EADDRNOTAVAIL */
  bind(listener: Listener): void {
    const { address, port } = listener;
    if (address !== ANY && !this.owns(address)) throw new KernelError('EADDRNOTAVAIL');
    for (const other of this.#listeners) {
      if (other.port === port && (other.address === address || other.address === ANY || address === ANY)) throw new KernelError('EADDRINUSE');
    }
    this.#listeners.add(listener);
  }

  unbind(listener: Listener): void {
    this.#listeners.delete(listener);
  }

  ephemeralPort(): number {
    const port = this.#ephemeral;
    this.#ephemeral = port === LAST_EPHEMERAL ? FIRST_EPHEMERAL : port + 1;
    return port;
  }

  join(bridge: Bridge, { name, address, mac }: Interface): void {
    this.leave(bridge);
    const added = { name, address, mac };
    this.interfaces.push(added);
    this.bridges.set(bridge, added);
    bridge.members.set(address, this);
  }

  leave(bridge: Bridge): void {
    const before = this.bridges.get(bridge);
    if (!before) return;
    this.bridges.delete(bridge);
    this.interfaces.splice(this.interfaces.indexOf(before), 1);
    if (bridge.members.get(before.address) === this) bridge.members.delete(before.address);
  }

  /** The last process of it is gone. */
  release(): void {
    for (const bridge of [...this.bridges.keys()]) this.leave(bridge);
  }
}
