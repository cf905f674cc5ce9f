// chown and chgrp: change who owns files.

import type { Task } from '../../base/task.ts';
import { KernelError } from '../../kernel/errno.ts';
import { isDirectory, isSymlink, type Stat } from '../../kernel/stat.ts';
import { reason, type Io } from '../lib/messages.ts';
import type { Options } from '../lib/options.ts';
import { parseOwner, type Owner } from '../lib/owner.ts';
import { joinPath } from '../lib/path.ts';
import { quote, quoteAlways } from '../lib/quote.ts';
import type { Tool } from '../lib/tool.ts';
import { Users } from '../lib/users.ts';

const GNU = 'R,recursive c,changes dereference f,silent,quiet from: H L P no-preserve-root preserve-root h,no-dereference reference: v,verbose';

function* change(io: Io, o: Options, groupOnly: boolean): Task<number | void> {
  const { sys, gnu } = io;
  const users = new Users(sys);
  const files = [...o.operands];
  const reference = o.value('reference');
  const spec = reference === undefined ? files.shift() : undefined;
  if (gnu) {
    if (reference === undefined && spec === undefined) io.usage('missing operand');
    if (!files.length) io.usage(spec === undefined ? 'missing operand' : `missing operand after ${quote(spec)}`);
  } else if (!files.length) io.usage();
  let owner: Owner;
  if (reference !== undefined) {
    try {
      const stat = sys.stat(reference);
      owner = { uid: groupOnly ? -1 : stat.uid, gid: stat.gid };
    } catch (error) {
      return io.die(`failed to get attributes of ${quoteAlways(reference)}: ${reason(error)}`);
    }
  } else owner = parseOwner(io, users, spec!, groupOnly);
  const from = o.value('from') === undefined ? undefined : parseOwner(io, users, o.value('from')!);
  const silent = gnu && o.has('f');
  // How the wanted and the present owner are shown: numbers stay numbers.
  const asked = describe(spec, owner, reference === undefined ? undefined : owner);
  for (const path of files) yield* apply(path, true);
  return undefined;

  function describe(text: string | undefined, wanted: Owner, ids: Owner | undefined): string {
    if (ids) return groupOnly ? (users.groupName(ids.gid) ?? String(ids.gid)) : `${users.userName(ids.uid) ?? ids.uid}:${users.groupName(ids.gid) ?? ids.gid}`;
    const [user = '', group] = groupOnly ? ['', text!] : text!.split(':');
    const groupText = group === '' && wanted.gid >= 0 ? (users.groupName(wanted.gid) ?? String(wanted.gid)) : group;
    return user && groupText !== undefined ? `${user}:${groupText}` : user || (groupText ?? '');
  }

  function fail(text: string): void {
    if (silent) io.status = 1;
    else io.fail(text);
  }

  function say(path: string, stat: Stat, changed: boolean): void {
    if (!gnu) {
      if (o.has('v') || (o.has('c') && changed)) io.out(`changed ownership of '${path}' to ${owner.uid < 0 ? stat.uid : owner.uid}:${owner.gid < 0 ? stat.gid : owner.gid}\n`);
      return;
    }
    if (!o.has('v') && !(o.has('c') && changed)) return;
    const user = users.userName(stat.uid) ?? String(stat.uid);
    const group = users.groupName(stat.gid) ?? String(stat.gid);
    const what = owner.uid < 0 && owner.gid >= 0 ? 'group' : 'ownership';
    const before = owner.uid >= 0 && owner.gid >= 0 ? `${user}:${group}` : owner.gid >= 0 ? group : user;
    if (changed) io.out(`changed ${what} of ${quoteAlways(path)} from ${before} to ${asked}\n`);
    else if (owner.uid < 0 && owner.gid < 0) io.out(`ownership of ${quoteAlways(path)} retained\n`);
    else io.out(`${what} of ${quoteAlways(path)} retained as ${before}\n`);
  }

  function* apply(path: string, named: boolean): Task<void> {
    yield* io.relieve();
    const own = look(path, false, 'access');
    if (!own) return;
    const link = isSymlink(own.mode);
    const onLink = o.has('h') || (link && o.has('R') && !(o.has('L') || (named && o.has('H'))));
    const stat = link && !onLink ? look(path, true, 'dereference') : own;
    if (!stat) return;
    if (o.has('R') && isDirectory(stat.mode) && !(link && onLink)) {
      try {
        for (const { name } of sys.readdir(path)) yield* apply(joinPath(path, name), false);
      } catch (error) {
        fail(gnu ? `cannot read directory ${quoteAlways(path)}: ${reason(error)}` : `${path}: ${reason(error)}`);
        if (!gnu) return;
      }
    }
    if (from && ((from.uid >= 0 && from.uid !== stat.uid) || (from.gid >= 0 && from.gid !== stat.gid))) return;
    const changed = (owner.uid >= 0 && owner.uid !== stat.uid) || (owner.gid >= 0 && owner.gid !== stat.gid);
    try {
      if (onLink || !link) sys.lchown(path, owner.uid, owner.gid);
      else if (gnu) sys.chown(path, owner.uid, owner.gid);
      // What BusyBox does not change it takes from the link, not from what it leads to.
      else sys.chown(path, owner.uid < 0 ? own.uid : owner.uid, owner.gid < 0 ? own.gid : owner.gid);
      say(path, stat, changed);
    } catch (error) {
      // BusyBox's walk says it again.
      if (!gnu) for (let times = o.has('R') && isDirectory(stat.mode) ? 2 : 1; times; times--) fail(`${path}: ${reason(error)}`);
      else fail(`changing ${owner.uid < 0 && owner.gid >= 0 ? 'group' : 'ownership'} of ${quoteAlways(path)}: ${reason(error)}`);
    }
  }

  function look(path: string, follow: boolean, what: string): Stat | undefined {
    try {
      return follow ? sys.stat(path) : sys.lstat(path);
    } catch (error) {
      if (!(error instanceof KernelError)) throw error;
      fail(gnu ? `cannot ${what} ${quoteAlways(path)}: ${reason(error)}` : `${path}: ${reason(error)}`);
      return undefined;
    }
  }
}

export const chown: Tool = { gnu: GNU, busybox: 'R h v c f L H P', run: (io, o) => change(io, o, false) };
export const chgrp: Tool = { gnu: GNU, busybox: 'R h v c f L H P', run: (io, o) => change(io, o, true) };
