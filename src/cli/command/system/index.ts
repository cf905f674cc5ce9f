// `docker system`.

import { type GroupCommand, refused } from '../../command.ts';
import { df } from './df.ts';
import { events } from './events.ts';
import { info } from './info.ts';
import { prune } from './prune.ts';
import { version } from './version.ts';

export const system: GroupCommand = {
  name: 'system', short: 'Manage Docker',
  commands: [df, events, info, prune, ...refused('system ', 'dial-stdio|Proxy the stdio stream to the daemon connection. Should not be invoked manually.').map((each) => ({ ...each, hidden: true }))],
};

export { events, info, version };
