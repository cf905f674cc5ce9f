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
  const { gnu } = io;
  const invalid = (kind: 'user' | 'group' | 'spec'): never => {
    if (gnu) return io.die(`invalid ${kind}: ${quote(text)}`);
    const both = /^[^:]+:[^:]+$/.test(text) && !groupOnly;
    return io.die(both ? `unknown user/group ${text}` : `unknown ${kind} ${groupOnly ? text : text.replace(/^:|:$/, '')}`);
  };
  if (gnu && text === '') return { uid: -1, gid: -1 };
  if (groupOnly) return { uid: -1, gid: users.gid(text) ?? invalid('group') };
  let separator = text.indexOf(':');
  // The old form with a dot, unless the whole is a name.
  if (gnu && separator < 0 && text.includes('.') && users.uid(text) === undefined) {
    separator = text.indexOf('.');
    io.warn(`warning: '.' should be ':': ${quote(text)}`);
  }
  const user = separator < 0 ? text : text.slice(0, separator);
  const group = separator < 0 ? undefined : text.slice(separator + 1);
  const uid = user || separator < 0 ? (users.uid(user) ?? invalid(group === '' ? 'spec' : 'user')) : -1;
  if (group) return { uid, gid: users.gid(group) ?? invalid('group') };
  if (group === undefined) return { uid, gid: -1 };
  if (!user) return gnu ? { uid, gid: -1 } : invalid('group');
  // `user:` takes the user's login group.
  return { uid, gid: users.user(user)?.gid ?? (gnu ? invalid('spec') : -1) };
}
