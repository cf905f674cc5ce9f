// `docker compose`: the place where Compose registers; until then it says that it is not there.

import { command, type LeafCommand, minArgs } from '../../command.ts';
import { notSimulated } from '../../errors.ts';

export const compose: LeafCommand = command({
  name: 'compose', usage: '[OPTIONS] COMMAND', short: 'Docker Compose', listed: '*', args: minArgs(0), opaque: true, flags: {},
  *run() {
    throw notSimulated("'docker compose'");
  },
});
