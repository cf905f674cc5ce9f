// `docker compose attach`: docker's own, of a service's container.

import { bool, int, string } from '../../flags/values.ts';
import { oneContainer } from './ps.ts';
import { verb } from './verb.ts';

export const attach = verb({
  name: 'attach', usage: '[OPTIONS] SERVICE', short: "Attach local standard input, output, and error streams to a service's running container", args: [1, Infinity],
  flags: {
    'detach-keys': string('', 'Override the key sequence for detaching from a container.'),
    index: int('', 'index of the container if service has multiple replicas.'),
    'no-stdin': bool('', 'Do not attach STDIN'),
    'sig-proxy': bool('', 'Proxy all received signals to the process', true),
  },
  *run(session, { index, ...rest }, [service = ''], changed) {
    const container = yield* oneContainer(session, service, index);
    return yield* session.borrowed.attach.run(session.cli, rest, [container.Id], changed);
  },
});
