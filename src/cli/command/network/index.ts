// `docker network`.

import { command, exactArgs, type GroupCommand } from '../../command.ts';
import { notSimulated } from '../../errors.ts';
import { bool, int, list, string, strings } from '../../flags/values.ts';
import { create } from './create.ts';
import { inspect } from './inspect.ts';
import { ls } from './ls.ts';
import { prune } from './prune.ts';
import { rm } from './rm.ts';

const connect = command({
  name: 'connect', usage: '[OPTIONS] NETWORK CONTAINER', short: 'Connect a container to a network', args: exactArgs(2), completes: 'network', completesFirst: 1,
  flags: {
    alias: strings('', 'Add network-scoped alias for the container'),
    'driver-opt': strings('', 'driver options for the network'),
    'gw-priority': int('', 'Highest gw-priority provides the default gateway. Accepts positive and negative values.'),
    ip: string('', 'IPv4 address (e.g., "172.30.100.104")'),
    ip6: string('', 'IPv6 address (e.g., "2001:db8::33")'),
    link: list('', 'Add link to another container'),
    'link-local-ip': strings('', 'Add a link-local address for the container'),
  },
  *run() {
    throw notSimulated("'docker network connect'");
  },
});

const disconnect = command({
  name: 'disconnect', usage: '[OPTIONS] NETWORK CONTAINER', short: 'Disconnect a container from a network', args: exactArgs(2), completes: 'network', completesFirst: 1,
  flags: { force: bool('f', 'Force the container to disconnect from a network') },
  *run() {
    throw notSimulated("'docker network disconnect'");
  },
});

export const network: GroupCommand = { name: 'network', short: 'Manage networks', commands: [connect, create, disconnect, inspect, ls, prune, rm] };
