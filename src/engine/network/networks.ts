// The daemon's networks: the three predefined ones and user-made bridges; addresses handed out per bridge.

import type { NetworkSummary } from '../../api/system.ts';
import { ApiError } from '../../api/errors.ts';
import { rfc3339Nano } from '../clock-text.ts';
import type { EngineContext } from '../engine-context.ts';

/** A container's place in one network: EndpointSettings of the API, in its order. */
export interface Endpoint {
  IPAMConfig: null;
  Links: null;
  Aliases: string[] | null;
  MacAddress: string;
  DriverOpts: null;
  GwPriority: number;
  NetworkID: string;
  EndpointID: string;
  Gateway: string;
  IPAddress: string;
  IPPrefixLen: number;
  IPv6Gateway: string;
  GlobalIPv6Address: string;
  GlobalIPv6PrefixLen: number;
  DNSNames: string[] | null;
}

export interface Network {
  readonly name: string;
  readonly id: string;
  readonly created: number;
  readonly driver: 'bridge' | 'host' | 'null';
  readonly labels: Record<string, string>;
  /** First two bytes of the /16 (`172.17`); '' without addresses. */
  readonly prefix: string;
  /** The kernel's bridge: `docker0`, `br-<12 hex>`. */
  readonly bridge: string;
  readonly predefined: boolean;
  /** Endpoints in use, by container id. */
  readonly members: Map<string, { readonly name: string; readonly endpoint: Endpoint }>;
}

export class Networks {
  readonly #context: EngineContext;
  readonly #byName = new Map<string, Network>();

  constructor(context: EngineContext) {
    this.#context = context;
    for (const [name, driver] of [['none', 'null'], ['host', 'host'], ['bridge', 'bridge']] as const) this.#add(name, driver, {}, true);
  }

  #add(name: string, driver: Network['driver'], labels: Record<string, string>, predefined: boolean): Network {
    const { ids, sys } = this.#context;
    const id = ids.hex(64);
    const taken = new Set(this.all().map((network) => network.prefix));
    let second = 17;
    while (taken.has(`172.${second}`)) second++;
    const bridged = driver === 'bridge';
    const network: Network = {
      name, id, created: sys.now(), driver, labels, predefined, prefix: bridged ? `172.${second}` : '',
      bridge: bridged ? (predefined ? 'docker0' : `br-${id.slice(0, 12)}`) : '', members: new Map(),
    };
    if (bridged) sys.joinBridge(network.bridge, network.bridge, `${network.prefix}.0.1`);
    this.#byName.set(name, network);
    return network;
  }

  all(): Network[] {
    return [...this.#byName.values()];
  }

  /** By name, id, or prefix of an id. */
  find(reference: string): Network | undefined {
    return this.#byName.get(reference) ?? this.all().find((network) => reference && network.id.startsWith(reference));
  }

  /** @throws notFound */
  get(reference: string): Network {
    const network = this.find(reference);
    if (!network) throw new ApiError('notFound', `network ${reference} not found`);
    return network;
  }

  /** @throws forbidden (predefined), conflict (name), notFound (driver) */
  create(name: string, driver: string, labels: Record<string, string>): Network {
    if (['bridge', 'host', 'none', 'default'].includes(name)) throw new ApiError('forbidden', `operation is not permitted on predefined ${name} network`);
    if (this.#byName.has(name)) throw new ApiError('conflict', `network with name ${name} already exists`);
    if (['host', 'null'].includes(driver)) throw new ApiError('forbidden', `only one instance of "${driver}" network is allowed`);
    if (['macvlan', 'ipvlan', 'overlay'].includes(driver)) throw new ApiError('notSimulated', `the network driver ${driver} is not simulated: bridge is`);
    if (driver !== 'bridge') throw new ApiError('notFound', `plugin "${driver}" not found`);
    const network = this.#add(name, 'bridge', labels, false);
    this.#context.emit('network', 'create', network.id, { name, type: 'bridge' });
    return network;
  }

  /** @throws forbidden (predefined, in use) */
  remove(network: Network): void {
    if (network.predefined) throw new ApiError('forbidden', `${network.name} is a pre-defined network and cannot be removed`);
    if (network.members.size) {
      const users = [...network.members.values()].map(({ name, endpoint }) => `name:"${name}" id:"${endpoint.EndpointID.slice(0, 12)}"`);
      throw new ApiError('forbidden', `error while removing network: network ${network.name} has active endpoints (${users.join(', ')})`);
    }
    this.#byName.delete(network.name);
    if (network.bridge) this.#context.sys.leaveBridge(network.bridge);
    this.#context.emit('network', 'destroy', network.id, { name: network.name, type: network.driver });
  }

  /** The lowest free host address of the network. */
  freeAddress(network: Network): string {
    const taken = new Set([...network.members.values()].map(({ endpoint }) => endpoint.IPAddress));
    let host = 2;
    while (taken.has(`${network.prefix}.${host >> 8}.${host & 255}`)) host++;
    return `${network.prefix}.${host >> 8}.${host & 255}`;
  }

  describe(network: Network): NetworkSummary {
    const { prefix, predefined } = network;
    const containers = [...network.members].sort(([a], [b]) => (a < b ? -1 : 1)).map(([id, { name, endpoint }]) => [id, {
      Name: name, EndpointID: endpoint.EndpointID, MacAddress: endpoint.MacAddress,
      IPv4Address: endpoint.IPAddress && `${endpoint.IPAddress}/16`, IPv6Address: '',
    }] as const);
    return {
      Name: network.name,
      Id: network.id,
      Created: rfc3339Nano(network.created),
      Scope: 'local',
      Driver: network.driver,
      EnableIPv4: true,
      EnableIPv6: false,
      IPAM: { Driver: 'default', Options: predefined ? null : {}, Config: prefix ? [{ Subnet: `${prefix}.0.0/16`, Gateway: `${prefix}.0.1` }] : null },
      Internal: false,
      Attachable: false,
      Ingress: false,
      ConfigFrom: { Network: '' },
      ConfigOnly: false,
      Containers: Object.fromEntries(containers),
      Options: predefined && prefix ? {
        'com.docker.network.bridge.default_bridge': 'true', 'com.docker.network.bridge.enable_icc': 'true',
        'com.docker.network.bridge.enable_ip_masquerade': 'true', 'com.docker.network.bridge.host_binding_ipv4': '0.0.0.0',
        'com.docker.network.bridge.name': 'docker0', 'com.docker.network.driver.mtu': '1500',
      } : {},
      Labels: network.labels,
    };
  }
}
