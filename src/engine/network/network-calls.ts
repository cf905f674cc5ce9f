// The network calls of the Engine API.

import type { EngineClient } from '../../api/engine-client.ts';
import { ApiError } from '../../api/errors.ts';
import type { EngineContext } from '../engine-context.ts';
import { untilTime } from '../container/container-calls.ts';
import { FilterArgs } from '../filters.ts';

type NetworkCalls = Pick<EngineClient, 'networkList' | 'networkCreate' | 'networkInspect' | 'networkRemove' | 'networksPrune'>;

export function networkCalls(context: EngineContext): NetworkCalls {
  const { networks } = context;
  return {
    *networkList(filters) {
      const args = new FilterArgs(filters, ['dangling', 'driver', 'id', 'label', 'name', 'scope', 'type']);
      const odd = args.values('type').find((type) => type !== 'builtin' && type !== 'custom');
      if (odd !== undefined) throw new ApiError('invalidParameter', `invalid filter: 'type'='${odd}'`);
      const dangling = args.bool('dangling');
      return networks.all().filter((network) =>
        args.exact('driver', network.driver) && args.match('name', network.name) && args.match('id', network.id) && args.labels(network.labels)
        && args.exact('scope', 'local') && args.exact('type', network.predefined ? 'builtin' : 'custom')
        && (dangling === undefined || dangling === (!network.predefined && network.members.size === 0)),
      ).map((network) => networks.describe(network));
    },
    *networkCreate({ Name, Driver, Labels }) {
      return { Id: networks.create(Name, Driver || 'bridge', Labels ?? {}).id };
    },
    *networkInspect(name) {
      return networks.describe(networks.get(name));
    },
    *networkRemove(name) {
      networks.remove(networks.get(name));
    },
    *networksPrune(filters) {
      const args = new FilterArgs(filters, ['label', 'label!', 'until']);
      const until = args.has('until') ? untilTime(args.values('until'), context.sys.now()) : Infinity;
      const deleted: string[] = [];
      for (const network of networks.all()) {
        const used = context.containers.all().some((container) => container.endpoints.has(network.name));
        if (network.predefined || used || network.created >= until || !args.prunable(network.labels)) continue;
        networks.remove(network);
        deleted.push(network.name);
      }
      context.emit('network', 'prune', '', { reclaimed: '0' });
      return { NetworksDeleted: deleted.length ? deleted : null };
    },
  };
}
