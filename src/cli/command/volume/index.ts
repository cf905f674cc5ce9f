// `docker volume`.

import { type GroupCommand, refused } from '../../command.ts';
import { create } from './create.ts';
import { inspect } from './inspect.ts';
import { ls } from './ls.ts';
import { prune } from './prune.ts';
import { rm } from './rm.ts';

export const volume: GroupCommand = {
  name: 'volume', short: 'Manage volumes', usage: ' COMMAND',
  commands: [create, inspect, ls, prune, rm, ...refused('volume ', 'update|Update a volume (cluster volumes only)').map((each) => ({ ...each, hidden: true }))],
};
