// `docker network create`.

import { command, exactArgs } from '../../command.ts';
import { unsimulated } from '../../flags/flag.ts';
import { bool, keyValues, label, list, map, string, strings } from '../../flags/values.ts';

export const create = command({
  name: 'create', usage: '[OPTIONS] NETWORK', short: 'Create a network', args: exactArgs(1),
  flags: {
    driver: string('d', 'Driver to manage the Network', 'bridge'),
    label: list('', 'Set metadata on a network', label),
    ...unsimulated({
      attachable: bool('', 'Enable manual container attachment'),
      'aux-address': map('', 'Auxiliary IPv4 or IPv6 addresses used by Network driver'),
      'config-from': string('', 'The network from which to copy the configuration'),
      'config-only': bool('', 'Create a configuration only network'),
      gateway: strings('', 'IPv4 or IPv6 Gateway for the master subnet'),
      ingress: bool('', 'Create swarm routing-mesh network'),
      internal: bool('', 'Restrict external access to the network'),
      'ip-range': strings('', 'Allocate container ip from a sub-range'),
      'ipam-driver': string('', 'IP Address Management Driver', 'default'),
      'ipam-opt': map('', 'Set IPAM driver specific options'),
      ipv4: bool('', 'Enable or disable IPv4 address assignment', true),
      ipv6: bool('', 'Enable or disable IPv6 address assignment'),
      opt: map('o', 'Set driver specific options'),
      scope: string('', "Control the network's scope"),
      subnet: strings('', 'Subnet in CIDR format that represents a network segment'),
    }),
  },
  *run(cli, f, [Name]) {
    const { Id } = yield* cli.engine.networkCreate({ Name: Name!, Driver: f.driver, Labels: keyValues(f.label) });
    yield* cli.out(Id + '\n');
  },
});
