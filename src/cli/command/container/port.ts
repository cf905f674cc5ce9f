// `docker container port`.

import type { PortBinding } from '../../../api/container.ts';
import { command, rangeArgs } from '../../command.ts';
import { CliError } from '../../errors.ts';

const address = ({ HostIp, HostPort }: PortBinding): string => (HostIp.includes(':') ? `[${HostIp}]:${HostPort}` : `${HostIp}:${HostPort}`);

export const port = command({
  name: 'port', usage: 'CONTAINER [PRIVATE_PORT[/PROTO]]', short: 'List port mappings or a specific mapping for the container',
  fullNames: 'docker container port, docker port', args: rangeArgs(1, 2), completes: 'container', completesFirst: 1, flags: {},
  *run(cli, _, [name, wanted]) {
    const { NetworkSettings } = yield* cli.engine.containerInspect(name!);
    const ports = (NetworkSettings['Ports'] ?? {}) as Record<string, PortBinding[] | null>;
    if (wanted) {
      const [number, proto = 'tcp'] = wanted.split('/');
      if (!/^\d+$/.test(number!)) throw new CliError(`Error: invalid port (${number})`);
      const bound = ports[`${number}/${proto.toLowerCase()}`];
      if (!bound?.length) throw new CliError(`Error: No public port '${wanted}' published for ${name}`);
      yield* cli.out(bound.map((each) => address(each) + '\n').join(''));
      return;
    }
    const lines = Object.entries(ports).flatMap(([key, bound]) => (bound ?? []).map((each) => `${key} -> ${address(each)}\n`));
    yield* cli.out(lines.toSorted((a, b) => parseInt(a, 10) - parseInt(b, 10)).join(''));
  },
});
