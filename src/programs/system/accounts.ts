// useradd, adduser, groupadd, passwd and their kin: accounts in /etc/passwd, /etc/group and /etc/shadow.

import { KernelError } from '../../kernel/errno.ts';
import { reason, type Io } from '../lib/messages.ts';
import { toText } from '../lib/text.ts';
import type { Tool } from '../lib/tool.ts';
import { Users } from '../lib/users.ts';

/** Change the lines of a file; missing files stay missing. */
function edit(io: Io, file: string, change: (lines: string[]) => string[]): void {
  const { sys } = io;
  let text: string;
  try {
    text = toText(sys.readFile(file));
  } catch (error) {
    if (!(error instanceof KernelError) || error.errno !== 'ENOENT') throw error;
    return;
  }
  const { mode } = sys.stat(file);
  sys.writeFile(`${file}+`, change(text.split('\n').filter(Boolean)).map((line) => `${line}\n`).join(''), mode & 0o7777);
  const { uid, gid } = sys.stat(file);
  sys.chown(`${file}+`, uid, gid);
  sys.rename(`${file}+`, file);
}

function locked(io: Io, work: () => void): number | undefined {
  if (io.sys.credentials().uid === 0) {
    work();
    return undefined;
  }
  io.err(io.gnu ? `${io.name}: Permission denied.\n${io.name}: cannot lock /etc/passwd; try again later.\n` : `${io.name}: permission denied (are you root?)\n`);
  return 1;
}

const free = (taken: readonly number[], least: number, most: number): number => {
  let id = Math.max(least - 1, ...taken.filter((n) => n >= least && n <= most)) + 1;
  while (taken.includes(id)) id++;
  return id;
};

interface Account {
  readonly name: string;
  readonly uid: number | undefined;
  readonly gid: number | undefined;
  readonly home: string;
  readonly shell: string;
  readonly comment: string;
  readonly createHome: boolean;
  readonly system: boolean;
  readonly groups: readonly string[];
  readonly homeMode: number;
}

function join(io: Io, name: string, groups: readonly string[]): void {
  edit(io, '/etc/group', (lines) => lines.map((line) => {
    const [group = '', password, gid, members = ''] = line.split(':');
    const list = members.split(',').filter(Boolean);
    return groups.includes(group) && !list.includes(name) ? [group, password, gid, [...list, name].join(',')].join(':') : line;
  }));
}

function addGroup(io: Io, name: string, gid: number): void {
  edit(io, '/etc/group', (lines) => [...lines, `${name}:x:${gid}:`]);
  edit(io, '/etc/gshadow', (lines) => [...lines, `${name}:!::`]);
}

function addUser(io: Io, account: Account): void {
  const { sys } = io;
  const users = new Users(sys);
  const [least, most] = account.system ? [100, 999] : [1000, 59999];
  const uid = account.uid ?? free(users.users.map((user) => user.uid), least!, most!);
  let { gid } = account;
  if (gid === undefined) {
    gid = users.groups.some((group) => group.gid === uid) ? free(users.groups.map((group) => group.gid), least!, most!) : uid;
    addGroup(io, account.name, gid);
  }
  edit(io, '/etc/passwd', (lines) => [...lines, `${account.name}:x:${uid}:${gid}:${account.comment}:${account.home}:${account.shell}`]);
  edit(io, '/etc/shadow', (lines) => [...lines, `${account.name}:!:${Math.floor(sys.now() / 86_400_000)}:0:99999:7:::`]);
  join(io, account.name, account.groups);
  if (!account.createHome || sys.can(account.home, '')) return;
  sys.mkdir(account.home, account.homeMode);
  sys.chmod(account.home, account.homeMode);
  sys.chown(account.home, uid, gid);
  if (!sys.can('/etc/skel', 'r')) return;
  for (const { name } of sys.readdir('/etc/skel')) {
    const copy = `${account.home}/${name}`;
    try {
      sys.writeFile(copy, sys.readFile(`/etc/skel/${name}`));
      sys.chown(copy, uid, gid);
    } catch (error) {
      reason(error);
    }
  }
}

function remove(io: Io, name: string, home: boolean): void {
  const { sys } = io;
  const user = new Users(sys).user(name)!;
  const without = (lines: string[]): string[] => lines.filter((line) => !line.startsWith(`${name}:`));
  edit(io, '/etc/passwd', without);
  edit(io, '/etc/shadow', without);
  edit(io, '/etc/group', (lines) => lines.flatMap((line) => {
    const [group, password, gid, members = ''] = line.split(':');
    if (group === name && Number(gid) === user.gid) return [];
    return [[group, password, gid, members.split(',').filter((member) => member !== name).join(',')].join(':')];
  }));
  if (home && sys.can(user.home, '')) removeTree(io, user.home);
}

function removeTree(io: Io, path: string): void {
  const { sys } = io;
  for (const { name } of sys.readdir(path)) {
    const child = `${path}/${name}`;
    if ((sys.lstat(child).mode & 0o170000) === 0o040000) removeTree(io, child);
    else sys.unlink(child);
  }
  sys.rmdir(path);
}

export const useradd: Tool = {
  gnu: 'b:,base-dir: c:,comment: d:,home-dir: D,defaults e:,expiredate: f:,inactive: g:,gid: G:,groups: k:,skel: K:,key: l,no-log-init m,create-home M,no-create-home N,no-user-group o,non-unique p:,password: r,system s:,shell: u:,uid: U,user-group', usageStatus: 2,
  *run(io, options) {
    if (options.has('D', 'e', 'f', 'p')) io.notSimulated(`-${options.last('D', 'e', 'f', 'p')}`);
    const [name] = options.operands;
    if (name === undefined) return io.usage();
    const users = new Users(io.sys);
    if (!/^[a-z_][a-z0-9_.-]*\$?$/i.test(name)) return io.die(`invalid user name '${name}'`, 19);
    if (users.user(name)) return io.die(`user '${name}' already exists`, 9);
    const uid = options.has('u') ? Number(options.value('u')) : undefined;
    if (uid !== undefined && users.userName(uid) !== undefined && !options.has('o')) return io.die(`UID ${uid} is not unique`, 4);
    const gid = options.has('g') ? users.groups.find((group) => group.name === options.value('g') || String(group.gid) === options.value('g'))?.gid ?? io.die(`group '${options.value('g')}' does not exist`, 6) : options.has('N') ? 100 : undefined;
    if (gid === undefined && users.groups.some((group) => group.name === name)) return io.die(`group ${name} exists - if you want to add this user to that group, use -g.`, 9);
    const groups = options.values('G').flatMap((text) => text.split(','));
    for (const group of groups) if (!users.groups.some((known) => known.name === group)) io.die(`group '${group}' does not exist`, 6);
    return locked(io, () => addUser(io, {
      name, uid, gid, groups, home: options.value('d') ?? `${options.value('b') ?? '/home'}/${name}`, shell: options.value('s') ?? '/bin/sh', comment: options.value('c') ?? '', createHome: options.has('m') && !options.has('M'), system: options.has('r'), homeMode: 0o700,
    }));
  },
};

export const adduser: Tool = {
  gnu: 'system home: shell: no-create-home uid: gid: ingroup: group disabled-password disabled-login gecos: comment: q,quiet firstuid: lastuid:', busybox: 'h: g: s: G: S D H u: k:',
  *run(io, options) {
    const [name, group] = options.operands;
    if (name === undefined) return io.usage(io.gnu ? 'Only one or two names allowed.' : undefined);
    const users = new Users(io.sys);
    if (group !== undefined) {
      if (!users.groups.some((known) => known.name === group)) return io.die(io.gnu ? `The group \`${group}' does not exist.` : `unknown group ${group}`);
      if (io.gnu) io.out(`info: Adding user \`${name}' to group \`${group}' ...\n`);
      return locked(io, () => join(io, name, [group]));
    }
    if (users.user(name)) return io.die(io.gnu ? `The user \`${name}' already exists.` : `user '${name}' in use`);
    const system = options.has('system', 'S');
    const wanted = options.value('ingroup') ?? options.value('G') ?? options.value('gid');
    const gid = wanted === undefined ? (io.gnu && system && !options.has('group') ? 65534 : undefined) : users.gid(wanted) ?? io.die(`unknown group ${wanted}`);
    const uid = options.value('uid') ?? options.value('u');
    const home = options.value('home') ?? options.value('h') ?? (io.gnu && system ? '/nonexistent' : `/home/${name}`);
    const status = locked(io, () => addUser(io, {
      name, gid, uid: uid === undefined ? undefined : Number(uid), groups: [], home, shell: options.value('shell') ?? options.value('s') ?? (system && io.gnu ? '/usr/sbin/nologin' : io.gnu ? '/bin/bash' : '/bin/sh'),
      comment: options.value('gecos') ?? options.value('comment') ?? options.value('g') ?? (io.gnu ? ',,,' : 'Linux User,,,'), createHome: !options.has('no-create-home', 'H') && home !== '/nonexistent', system, homeMode: io.gnu ? 0o700 : 0o2755,
    }));
    if (!status && io.gnu && !options.has('q')) io.out(`info: Adding user \`${name}' ...\n`);
    return status;
  },
};

export const groupadd: Tool = {
  gnu: 'f,force g:,gid: K: o,non-unique p: r,system', usageStatus: 2,
  *run(io, options) {
    const [name] = options.operands;
    if (name === undefined) return io.usage();
    const users = new Users(io.sys);
    if (users.groups.some((group) => group.name === name)) return options.has('f') ? 0 : io.die(`group '${name}' already exists`, 9);
    const gid = options.has('g') ? Number(options.value('g')) : free(users.groups.map((group) => group.gid), options.has('r') ? 100 : 1000, options.has('r') ? 999 : 59999);
    if (users.groupName(gid) !== undefined && !options.has('o')) return io.die(`GID '${gid}' already exists`, 4);
    return locked(io, () => addGroup(io, name, gid));
  },
};

export const addgroup: Tool = {
  gnu: 'gid: system q,quiet', busybox: 'g: S',
  *run(io, options) {
    const [first, second] = options.operands;
    if (first === undefined) return io.usage();
    const users = new Users(io.sys);
    if (second !== undefined) return locked(io, () => join(io, first, [second]));
    if (users.groups.some((group) => group.name === first)) return io.die(io.gnu ? `The group \`${first}' already exists.` : `group '${first}' in use`);
    const wanted = options.value('gid') ?? options.value('g');
    const system = options.has('system', 'S');
    return locked(io, () => addGroup(io, first, wanted === undefined ? free(users.groups.map(({ gid }) => gid), system ? 100 : 1000, system ? 999 : 59999) : Number(wanted)));
  },
};

export const usermod: Tool = {
  gnu: 'a,append c:,comment: d:,home: g:,gid: G:,groups: l:,login: m,move-home s:,shell: u:,uid: L,lock U,unlock', usageStatus: 2,
  *run(io, options) {
    const [name] = options.operands;
    if (name === undefined) return io.usage();
    if (options.has('l', 'm', 'L', 'U')) io.notSimulated(`-${options.last('l', 'm', 'L', 'U')}`);
    const users = new Users(io.sys);
    if (!users.user(name)) return io.die(`user '${name}' does not exist`, 6);
    const groups = options.values('G').flatMap((text) => text.split(',')).filter(Boolean);
    for (const group of groups) if (!users.groups.some((known) => known.name === group)) io.die(`group '${group}' does not exist`, 6);
    const gid = options.has('g') ? users.gid(options.value('g')!) ?? io.die(`group '${options.value('g')}' does not exist`, 6) : undefined;
    return locked(io, () => {
      edit(io, '/etc/passwd', (lines) => lines.map((line) => {
        const fields = line.split(':');
        if (fields[0] !== name) return line;
        const changed: [number, string | undefined][] = [[2, options.value('u')], [3, gid === undefined ? undefined : String(gid)], [4, options.value('c')], [5, options.value('d')], [6, options.value('s')]];
        for (const [i, value] of changed) if (value !== undefined) fields[i] = value;
        return fields.join(':');
      }));
      if (!options.has('G')) return;
      if (!options.has('a')) {
        edit(io, '/etc/group', (lines) => lines.map((line) => {
          const [group, password, number, members = ''] = line.split(':');
          return [group, password, number, members.split(',').filter((member) => member !== name).join(',')].join(':');
        }));
      }
      join(io, name, groups);
    });
  },
};

const deletion = (kind: 'user' | 'group'): Tool => ({
  gnu: 'r,remove,remove-home f,force q,quiet Z system', busybox: 'remove-home', usageStatus: 2,
  *run(io, options) {
    const [name, group] = options.operands;
    if (name === undefined) return io.usage();
    const users = new Users(io.sys);
    const missing = (what: string, which: string): never => io.die(io.gnu ? `${what} '${which}' does not exist` : `unknown ${what} ${which}`, io.gnu ? 6 : 1);
    if (kind === 'group' && group === undefined) {
      const own = users.groups.find((known) => known.name === name) ?? missing('group', name);
      const primary = users.users.find(({ gid }) => gid === own.gid);
      if (primary) return io.die(io.gnu ? `cannot remove the primary group of user '${primary.name}'` : `'${primary.name}' still has '${name}' as their primary group!`, io.gnu ? 8 : 1);
      return locked(io, () => edit(io, '/etc/group', (lines) => lines.filter((line) => !line.startsWith(`${name}:`))));
    }
    if (!users.user(name)) missing('user', name);
    if (group !== undefined) {
      return locked(io, () => edit(io, '/etc/group', (lines) => lines.map((line) => {
        const fields = line.split(':');
        return fields[0] === group ? [...fields.slice(0, 3), (fields[3] ?? '').split(',').filter((member) => member !== name).join(',')].join(':') : line;
      })));
    }
    return locked(io, () => {
      remove(io, name, options.has('r'));
      if (options.has('r') && io.gnu && io.name === 'userdel') io.warn(`${name} mail spool (/var/mail/${name}) not found`);
    });
  },
});

export const userdel = deletion('user');
export const groupdel = deletion('group');

export const passwd: Tool = {
  gnu: 'a d,delete e,expire l,lock q,quiet S,status u,unlock', busybox: 'a: d l u',
  *run(io, options) {
    const name = options.operands[0] ?? new Users(io.sys).userName(io.sys.credentials().uid) ?? '';
    if (!new Users(io.sys).user(name)) return io.die(io.gnu ? `user '${name}' does not exist` : `unknown user ${name}`);
    const change = (hash: (old: string) => string): number | undefined => locked(io, () => edit(io, '/etc/shadow', (lines) => lines.map((line) => {
      const fields = line.split(':');
      return fields[0] === name ? [name, hash(fields[1] ?? ''), ...fields.slice(2)].join(':') : line;
    })));
    if (options.has('d')) return change(() => '');
    if (options.has('l')) return change((old) => `!${old}`);
    if (options.has('u')) return change((old) => old.replace(/^!/, ''));
    return io.notSimulated('passwords: no account here needs one');
  },
};

export const nologin: Tool = {
  gnu: null, busybox: null,
  *run(io) {
    io.out('This account is currently not available.\n');
    return 1;
  },
};
