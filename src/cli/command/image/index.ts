// `docker image`.

import type { GroupCommand, LeafCommand } from '../../command.ts';
import { history } from './history.ts';
import { importCommand } from './import.ts';
import { inspect } from './inspect.ts';
import { load } from './load.ts';
import { ls } from './ls.ts';
import { prune } from './prune.ts';
import { pull } from './pull.ts';
import { push } from './push.ts';
import { rm } from './rm.ts';
import { save } from './save.ts';
import { tag } from './tag.ts';

/** @param build the build command, which belongs to the builder */
export const image = (build: LeafCommand): GroupCommand => ({
  name: 'image', short: 'Manage images', commands: [build, history, importCommand, inspect, load, ls, prune, pull, push, rm, save, tag],
});

export { history, importCommand, load, ls, pull, push, rm, save, tag };
