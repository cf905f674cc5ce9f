// A container's endpoints: planned at create, given addresses at start, given back at exit.

import type { ContainerConfig, ContainerCreateRequest, HostConfig } from '../../api/container.ts';
import { ApiError } from '../../api/errors.ts';
import type { Container } from '../container/container.ts';
import type { EngineContext } from '../engine-context.ts';
import type { Endpoint, Network } from './networks.ts';

type EndpointsConfig = NonNullable<ContainerCreateRequest['NetworkingConfig']>['EndpointsConfig'];

const emptyEndpoint = (aliases: string[] | null): Endpoint => ({
  IPAMConfig: null, Links: null, Aliases: aliases, MacAddress: '', DriverOpts: null, GwPriority: 0, NetworkID: '', EndpointID: '', Gateway: '',
  IPAddress: '', IPPrefixLen: 0, IPv6Gateway: '', GlobalIPv6Address: '', GlobalIPv6PrefixLen: 0, DNSNames: null,
});

/** By network name, still without addresses. `container:x` is resolved to the id and has none. @throws notFound */
export function initialEndpoints(context: EngineContext, hostConfig: HostConfig, config: ContainerConfig, asked: EndpointsConfig = {}): Map<string, Endpoint> {
  const endpoints = new Map<string, Endpoint>();
  const mode = hostConfig.NetworkMode;
  if (mode.startsWith('container:')) {
    const name = mode.slice('container:'.length);
    const other = context.containers.find(name);
    if (!other) throw new ApiError('notFound', `joining network namespace of container: No such container: ${name}`);
    hostConfig.NetworkMode = `container:${other.id}`;
    config.Hostname = other.config.Hostname;
    return endpoints;
  }
  const names = Object.keys(asked);
  if (!names.includes(mode)) names.unshift(mode);
  for (const name of names) {
    if (!(asked[name]?.IPAMConfig as { IPv4Address?: string } | null | undefined)?.IPv4Address) continue;
    const why = 'user specified IP address is supported only when connecting to networks with user configured subnets';
    const faults = name === mode && ['bridge', 'default'].includes(name) ? `* user specified IP address is supported on user defined networks only\n* ${why}` : why;
    throw new ApiError('invalidParameter', `invalid config for network ${name}: invalid endpoint settings:\n${faults}`);
  }
  for (const name of names) endpoints.set(name, emptyEndpoint(asked[name]?.Aliases ?? null));
  return endpoints;
}

/** @throws invalidParameter */
export function checkPortBindings(hostConfig: HostConfig): void {
  for (const [port, bindings] of Object.entries(hostConfig.PortBindings ?? {})) {
    const [number = '', protocol = 'tcp'] = port.split('/');
    if (!/^\d+$/.test(number) || Number(number) > 65535) throw new ApiError('invalidParameter', `invalid port specification: "${port}"`);
    if (!['tcp', 'udp', 'sctp'].includes(protocol)) throw new ApiError('invalidParameter', `invalid port specification: "${port}"`);
    for (const { HostPort } of bindings ?? []) {
      if (HostPort && !/^\d+(-\d+)?$/.test(HostPort)) throw new ApiError('invalidParameter', `invalid port specification: "${HostPort}"`);
    }
  }
}

/** The networks of a container that is about to start. @throws system, with the daemon's words for a network that is gone */
export function networksOf(context: EngineContext, container: Container): Network[] {
  return [...container.endpoints.keys()].map((name) => {
    const network = context.networks.find(name);
    if (!network) throw new ApiError('notFound', `failed to set up container networking: network ${name} not found`);
    return network;
  });
}

/** Addresses for a starting container. */
export function connect(context: EngineContext, container: Container, network: Network): Endpoint {
  const { ids, networks } = context;
  const endpoint = container.endpoints.get(network.name) ?? [...container.endpoints].find(([name]) => network.id.startsWith(name))![1];
  endpoint.NetworkID = network.id;
  endpoint.EndpointID = ids.hex(64);
  if (network.prefix) {
    endpoint.IPAddress = networks.freeAddress(network);
    endpoint.IPPrefixLen = 16;
    endpoint.Gateway = `${network.prefix}.0.1`;
    // Locally administered and unicast, as libnetwork draws them.
    const octets = ids.hex(12).match(/../g)!;
    octets[0] = ((parseInt(octets[0]!, 16) & 0xfc) | 2).toString(16).padStart(2, '0');
    endpoint.MacAddress = octets.join(':');
  }
  if (!network.predefined) endpoint.DNSNames = [...new Set([container.name.slice(1), ...(endpoint.Aliases ?? []).filter((alias) => alias !== container.shortId), container.shortId])];
  network.members.set(container.id, { name: container.name.slice(1), endpoint });
  return endpoint;
}

/** Give every address back; the `disconnect` events are the caller's to place. @returns the networks it was in */
export function disconnect(context: EngineContext, container: Container): Network[] {
  const left: Network[] = [];
  for (const network of context.networks.all()) {
    const member = network.members.get(container.id);
    if (!member) continue;
    network.members.delete(container.id);
    Object.assign(member.endpoint, { ...emptyEndpoint(member.endpoint.Aliases), NetworkID: network.id, DNSNames: member.endpoint.DNSNames });
    left.push(network);
  }
  return left;
}

/** Addresses, ports and the sandbox are given back. @returns the networks to tell of: for a container that never came up, those it was to join */
export function leaveNetworks(context: EngineContext, container: Container): Network[] {
  const left = disconnect(context, container);
  context.ports.withdraw(container);
  container.sandboxId = container.sandboxKey = '';
  return left.length ? left : [...container.endpoints.keys()].flatMap((name) => context.networks.find(name) ?? []);
}

export function networkEvent(context: EngineContext, container: Container, network: Network, action: 'connect' | 'disconnect'): void {
  if (container.hidden) return;
  context.emit('network', action, network.id, { container: container.id, name: network.name, type: network.driver });
}
