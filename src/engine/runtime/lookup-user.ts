// Who a container's process runs as: `name`, `uid`, `name:group`, `uid:gid`, looked up in the container's own /etc/passwd and /etc/group.

import { ApiError } from '../../api/errors.ts';
import { decode } from '../../base/bytes.ts';
import type { Syscalls } from '../../kernel/syscalls.ts';
import { scopedPath } from '../scoped-path.ts';

export interface ProcessUser {
  readonly uid: number;
  readonly gid: number;
  /** Ascending, the primary group included. */
  readonly groups: readonly number[];
  readonly home: string;
}

const invalid = (message: string) => new ApiError('invalidParameter', message);

/** @throws invalidParameter `unable to find user x: no matching entries in passwd file` */
export function lookupUser(sys: Syscalls, root: string, spec: string, groupAdd: readonly string[] = []): ProcessUser {
  const table = (path: string) => rows(sys, scopedPath(sys, root, path));
  const passwd = table('/etc/passwd');
  const group = table('/etc/group');
  const [, userPart = '', groupPart = ''] = /^([^:]*):?([^]*)$/.exec(spec)!;
  const number = numeric(userPart);
  const entry = passwd.find((row) => (userPart === '' ? row[2] === '0' : row[0] === userPart || (number !== undefined && Number(row[2]) === number)));
  if (!entry && userPart !== '' && number === undefined) throw invalid(`unable to find user ${userPart}: no matching entries in passwd file`);
  const uid = entry ? Number(entry[2]) : number ?? 0;
  checkRange(uid);
  const findGroup = (name: string): number => {
    const row = group.find((each) => each[0] === name || Number(each[2]) === numeric(name));
    const gid = row ? Number(row[2]) : numeric(name);
    if (gid === undefined) throw invalid(`unable to find group ${name}: no matching entries in group file`);
    checkRange(gid);
    return gid;
  };
  const gid = groupPart ? findGroup(groupPart) : entry ? Number(entry[3]) : 0;
  const groups = new Set([gid]);
  if (entry && !groupPart) for (const row of group) if (row[3]?.split(',').includes(entry[0]!)) groups.add(Number(row[2]));
  for (const name of groupAdd) groups.add(findGroup(name));
  return { uid, gid, groups: [...groups].sort((a, b) => a - b), home: entry?.[5] || (uid === 0 && !entry ? '/root' : '/') };
}

/** As Go's Atoi: with a sign too. */
const numeric = (text: string): number | undefined => (/^[-+]?\d+$/.test(text) ? Number(text) : undefined);

function checkRange(id: number): void {
  if (id < 0 || id > 2147483647) throw invalid('uids and gids must be in range 0-2147483647');
}

function rows(sys: Syscalls, path: string): string[][] {
  try {
    return decode(sys.readFile(path)).split('\n').filter((line) => line && !line.startsWith('#')).map((line) => line.split(':'));
  } catch {
    return [];
  }
}
