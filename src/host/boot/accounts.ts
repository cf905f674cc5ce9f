// The accounts of the host: Debian's own, `dev` (uid 1000, may use docker) and the groups docker and sudo.

const SYSTEM_USERS: readonly [name: string, uid: number, gid: number, home: string, shell?: string][] = [
  ['root', 0, 0, '/root', '/bin/bash'],
  ['daemon', 1, 1, '/usr/sbin'],
  ['bin', 2, 2, '/bin'],
  ['sys', 3, 3, '/dev'],
  ['sync', 4, 65534, '/bin', '/bin/sync'],
  ['games', 5, 60, '/usr/games'],
  ['man', 6, 12, '/var/cache/man'],
  ['lp', 7, 7, '/var/spool/lpd'],
  ['mail', 8, 8, '/var/mail'],
  ['news', 9, 9, '/var/spool/news'],
  ['proxy', 13, 13, '/bin'],
  ['www-data', 33, 33, '/var/www'],
  ['backup', 34, 34, '/var/backups'],
  ['_apt', 42, 65534, '/nonexistent'],
  ['nobody', 65534, 65534, '/nonexistent'],
  ['dev', 1000, 1000, '/home/dev', '/bin/bash'],
];

const GROUPS: readonly [name: string, gid: number, members?: string][] = [
  ['root', 0], ['daemon', 1], ['bin', 2], ['sys', 3], ['adm', 4], ['tty', 5], ['disk', 6], ['lp', 7], ['mail', 8], ['news', 9],
  ['uucp', 10], ['man', 12], ['proxy', 13], ['kmem', 15], ['dialout', 20], ['cdrom', 24], ['floppy', 25], ['tape', 26],
  ['sudo', 27, 'dev'], ['audio', 29], ['www-data', 33], ['backup', 34], ['operator', 37], ['list', 38], ['src', 40], ['shadow', 42],
  ['utmp', 43], ['video', 44], ['plugdev', 46], ['staff', 50], ['games', 60], ['users', 100], ['nogroup', 65534],
  ['docker', 996, 'dev'], ['dev', 1000],
];

export const DOCKER_GROUP = 996;
export const DEV = { uid: 1000, gid: 1000, groups: [1000, 27, DOCKER_GROUP], home: '/home/dev' } as const;

export function passwd(): string {
  return SYSTEM_USERS.map(([name, uid, gid, home, shell]) => `${name}:x:${uid}:${gid}:${name}:${home}:${shell ?? '/usr/sbin/nologin'}\n`).join('');
}

export function group(): string {
  return GROUPS.map(([name, gid, members]) => `${name}:x:${gid}:${members ?? ''}\n`).join('');
}

export function shadow(): string {
  return SYSTEM_USERS.map(([name]) => `${name}:*:20000:0:99999:7:::\n`).join('');
}
