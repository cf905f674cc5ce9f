// id, whoami, groups and logname: who the process, or a user, is.

import type { Io } from '../lib/messages.ts';
import { quote } from '../lib/quote.ts';
import type { Tool } from '../lib/tool.ts';
import { Users } from '../lib/users.ts';

interface Person {
  readonly uid: number;
  readonly gid: number;
  readonly groups: readonly number[];
}

function person(io: Io, users: Users, name: string | undefined): Person {
  if (name === undefined) {
    const { uid, gid, groups } = io.sys.credentials();
    return { uid, gid, groups: [...new Set([gid, ...groups])] };
  }
  const user = users.user(name) ?? (/^\d+$/.test(name) && io.gnu ? users.users.find(({ uid }) => uid === Number(name)) : undefined);
  if (!user) return io.die(io.gnu ? `${quote(name)}: no such user` : `unknown user ${name}`);
  return { uid: user.uid, gid: user.gid, groups: [...new Set([user.gid, ...users.groups.filter(({ members }) => members.includes(user.name)).map(({ gid }) => gid)])] };
}

export const id: Tool = {
  gnu: 'a Z,context g,group G,groups n,name r,real u,user z,zero', busybox: 'u g G n r',
  *run(io, options) {
    const users = new Users(io.sys);
    const kinds = ['u', 'g', 'G'].filter((letter) => options.has(letter));
    if (kinds.length > 1) {
      if (io.gnu) io.die('cannot print "only" of more than one choice');
      io.usage();
    }
    if (options.has('n') && !kinds.length) io.die(io.gnu ? 'printing only names or real IDs requires -u, -g, or -G' : '', 1);
    const names = options.operands.length ? options.operands : [undefined];
    for (const name of names) {
      if (io.gnu && name !== undefined && !users.user(name) && !/^\d+$/.test(name)) {
        io.fail(`${quote(name)}: no such user`);
        continue;
      }
      const who = person(io, users, name);
      const userName = (uid: number): string => users.userName(uid) ?? missing(io, `cannot find name for user ID ${uid}`, uid);
      const groupName = (gid: number): string => users.groupName(gid) ?? missing(io, `cannot find name for group ID ${gid}`, gid);
      const end = options.has('z') ? '\0' : '\n';
      if (kinds[0] === 'u') io.out((options.has('n') ? userName(who.uid) : who.uid) + end);
      else if (kinds[0] === 'g') io.out((options.has('n') ? groupName(who.gid) : who.gid) + end);
      else if (kinds[0] === 'G') io.out(who.groups.map((gid) => (options.has('n') ? groupName(gid) : gid)).join(options.has('z') ? '\0' : ' ') + end);
      else {
        const named = (number: number, text: string | undefined): string => (text === undefined ? String(number) : `${number}(${text})`);
        // GNU puts the group itself first; BusyBox tells the kernel's list as it is.
        const all = !io.gnu && name === undefined && io.sys.credentials().groups.includes(who.gid) ? io.sys.credentials().groups : who.groups;
        const groups = `groups=${all.map((gid) => named(gid, users.groupName(gid))).join(',')}`;
        io.out(`uid=${named(who.uid, users.userName(who.uid))} gid=${named(who.gid, users.groupName(who.gid))} ${groups}\n`);
      }
    }
  },
};

function missing(io: Io, gnu: string, number: number): string {
  io.fail(io.gnu ? gnu : `unknown ID ${number}`);
  return String(number);
}

export const whoami: Tool = {
  gnu: '', busybox: null,
  *run(io, { operands }) {
    if (operands.length) io.usage(io.gnu ? `extra operand ${quote(operands[0]!)}` : undefined);
    const { uid } = io.sys.credentials();
    const name = new Users(io.sys).userName(uid);
    if (name === undefined) io.die(io.gnu ? `cannot find name for user ID ${uid}: No such file or directory` : `unknown uid ${uid}`);
    io.out(`${name}\n`);
  },
};

export const groups: Tool = {
  gnu: '', busybox: null,
  *run(io, { operands }) {
    const users = new Users(io.sys);
    for (const name of operands.length ? operands : [undefined]) {
      if (io.gnu && name !== undefined && !users.user(name)) {
        io.fail(`${quote(name)}: no such user`);
        continue;
      }
      const list = person(io, users, name).groups.map((gid) => users.groupName(gid) ?? missing(io, `cannot find name for group ID ${gid}`, gid)).join(' ');
      io.out(`${name !== undefined && io.gnu ? `${name} : ` : ''}${list}\n`);
    }
  },
};

export const logname: Tool = {
  gnu: '', busybox: null,
  *run(io) {
    if (!io.sys.isatty(0)) io.die(io.gnu ? 'no login name' : 'getlogin: Inappropriate ioctl for device');
    io.out(`${new Users(io.sys).userName(io.sys.credentials().uid) ?? ''}\n`);
  },
};
