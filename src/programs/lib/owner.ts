// The operand of chown and chgrp: `user`, `user:group`, `:group`, `user:`.

import type { Io } from './messages.ts';
import { quote } from './quote.ts';
import type { Users } from './users.ts';

export interface Owner {
  /** -1 leaves it. */
  readonly uid: number;
  readonly gid: number;
}

/** Ends the program with its own words when a name is unknown. */
export function parseOwner(io: Io, users: Users, text: string, groupOnly = false): Owner {
  const invalid = (kind: 'user' | 'group' | 'spec', name: string): never => {
    if (!io.gnu) return io.die(`unknown ${kind === 'spec' ? 'user' : kind} ${name}`);
    return io.die(`invalid ${kind}: ${quote(kind === 'group' && !groupOnly ? text : name)}`);
  };
  if (groupOnly) return { uid: -1, gid: users.gid(text) ?? invalid('group', text) };
  let separator = text.indexOf(':');
  // The old form with a dot, unless the whole is a name.
  if (separator < 0 && text.includes('.') && users.uid(text) === undefined) separator = text.indexOf('.');
  const user = separator < 0 ? text : text.slice(0, separator);
  const group = separator < 0 ? undefined : text.slice(separator + 1);
  const uid = user ? (users.uid(user) ?? invalid('user', io.gnu ? text : user)) : -1;
  if (!group) {
    // `user:` takes the user's login group.
    if (group === undefined || !user) return { uid, gid: -1 };
    const login = users.user(user)?.gid ?? (io.gnu ? undefined : users.users.find((known) => known.uid === uid)?.gid);
    return { uid, gid: login ?? invalid('spec', text) };
  }
  return { uid, gid: users.gid(group) ?? invalid('group', group) };
}
