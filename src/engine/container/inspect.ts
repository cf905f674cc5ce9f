// A container as `docker inspect` shows it.

import type { ContainerInspectResponse } from '../../api/container.ts';
import { rfc3339Nano } from '../clock-text.ts';
import type { EngineContext } from '../engine-context.ts';
import { logPath } from '../log/read-logs.ts';
import type { Container } from './container.ts';

export function inspectContainer(context: EngineContext, container: Container, size: boolean): ContainerInspectResponse {
  const directory = `${context.root}/containers/${container.id}`;
  const file = (name: string) => (container.startedBefore ? `${directory}/${name}` : '');
  const { config, hostConfig } = container;
  return {
    Id: container.id,
    Created: rfc3339Nano(container.created),
    Path: container.path,
    Args: container.args,
    State: container.describeState(),
    Image: container.imageId,
    ResolvConfPath: file('resolv.conf'),
    HostnamePath: file('hostname'),
    HostsPath: file('hosts'),
    LogPath: container.startedBefore && hostConfig.LogConfig.Type === 'json-file' ? logPath(context, container) : '',
    Name: container.name,
    RestartCount: container.restartCount,
    Driver: 'overlay2',
    Platform: 'linux',
    MountLabel: '',
    ProcessLabel: '',
    AppArmorProfile: '',
    ExecIDs: container.execs.size ? [...container.execs] : null,
    HostConfig: hostConfig,
    GraphDriver: { Data: { ID: container.id, ...context.driver.metadata(container.layer) }, Name: 'overlay2' },
    ...(size && sizes(context, container)),
    Mounts: container.describeMounts(),
    Config: config,
    NetworkSettings: networkSettings(container),
  };
}

/** SizeRw: bytes of the writable layer; SizeRootFs: with the image below. */
export function sizes(context: EngineContext, container: Container): { SizeRw: number; SizeRootFs: number } {
  const SizeRw = context.driver.diffSize(container.layer);
  return { SizeRw, SizeRootFs: SizeRw + (context.images.byId(container.imageId)?.size ?? 0) };
}

function networkSettings(container: Container): Record<string, unknown> {
  // The top-level address fields repeat the default bridge's, for old clients.
  const bridge = container.endpoints.get('bridge');
  return {
    Bridge: '',
    SandboxID: container.sandboxId,
    SandboxKey: container.sandboxKey,
    Ports: container.ports,
    HairpinMode: false,
    LinkLocalIPv6Address: '',
    LinkLocalIPv6PrefixLen: 0,
    SecondaryIPAddresses: null,
    SecondaryIPv6Addresses: null,
    EndpointID: bridge?.EndpointID ?? '',
    Gateway: bridge?.Gateway ?? '',
    GlobalIPv6Address: '',
    GlobalIPv6PrefixLen: 0,
    IPAddress: bridge?.IPAddress ?? '',
    IPPrefixLen: bridge?.IPPrefixLen ?? 0,
    IPv6Gateway: '',
    MacAddress: bridge?.MacAddress ?? '',
    Networks: Object.fromEntries(container.endpoints),
  };
}
