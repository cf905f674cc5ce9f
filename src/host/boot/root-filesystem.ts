// The host's disk as Debian lays it out: directories, a few files of /etc, and an executable for each program.

import { executableContent } from '../../kernel/program.ts';
import type { Syscalls } from '../../kernel/syscalls.ts';
import { DEV, group, passwd, shadow } from './accounts.ts';
import { BASHRC, PROFILE } from './login-scripts.ts';

const DIRECTORIES: readonly [path: string, mode?: number][] = [
  ['/boot'], ['/dev'], ['/etc'], ['/etc/default'], ['/etc/docker'], ['/etc/profile.d'], ['/etc/skel'], ['/home'], ['/media'], ['/mnt'],
  ['/opt'], ['/proc', 0o555], ['/root', 0o700], ['/run'], ['/run/lock', 0o1777], ['/srv'], ['/sys', 0o555], ['/tmp', 0o1777],
  ['/usr'], ['/usr/bin'], ['/usr/sbin'], ['/usr/games'], ['/usr/include'], ['/usr/lib'], ['/usr/lib64'], ['/usr/local'],
  ['/usr/local/bin'], ['/usr/local/sbin'], ['/usr/local/share'], ['/usr/share'], ['/usr/src'],
  ['/var'], ['/var/backups'], ['/var/cache'], ['/var/lib'], ['/var/local'], ['/var/log'], ['/var/mail', 0o2775], ['/var/opt'],
  ['/var/spool'], ['/var/tmp', 0o1777],
];

const LINKS: readonly [path: string, target: string][] = [
  ['/bin', 'usr/bin'], ['/sbin', 'usr/sbin'], ['/lib', 'usr/lib'], ['/lib64', 'usr/lib64'], ['/var/run', '/run'], ['/var/lock', '/run/lock'],
  ['/etc/mtab', '../proc/self/mounts'], ['/etc/os-release', '../usr/lib/os-release'],
];

/** Administrators' programs, which Debian keeps in /usr/sbin. */
const SBIN = new Set('adduser addgroup chroot deluser delgroup groupadd groupdel losetup nologin sysctl useradd userdel usermod ip ifconfig fsck mkfs blkid'.split(' '));

const OS_RELEASE = `PRETTY_NAME="Debian GNU/Linux forky/sid"
NAME="Debian GNU/Linux"
VERSION_CODENAME=forky
ID=debian
HOME_URL="https://www.debian.org/"
SUPPORT_URL="https://www.debian.org/support"
BUG_REPORT_URL="https://bugs.debian.org/"
`;

const FILES: readonly [path: string, content: string, mode?: number][] = [
  ['/etc/hosts', '127.0.0.1\tlocalhost\n::1\t\tlocalhost ip6-localhost ip6-loopback\nff02::1\t\tip6-allnodes\nff02::2\t\tip6-allrouters\n\n'],
  ['/etc/hostname', 'docker-host\n'],
  ['/etc/debian_version', 'forky/sid\n'],
  ['/etc/resolv.conf', 'nameserver 192.168.65.7\n'],
  ['/etc/fstab', '/dev/vda1 / ext4 rw,relatime 0 1\n'],
  ['/etc/shells', '/bin/sh\n/usr/bin/sh\n/bin/bash\n/usr/bin/bash\n/bin/dash\n/usr/bin/dash\n'],
  ['/etc/profile', PROFILE],
  ['/etc/bash.bashrc', BASHRC],
  ['/usr/lib/os-release', OS_RELEASE],
  ['/etc/passwd', passwd()],
  ['/etc/group', group()],
  ['/etc/shadow', shadow(), 0o640],
];

/** Put it on an empty root disk, but for the programs. */
export function populateRootFilesystem(sys: Syscalls): void {
  sys.setUmask(0);
  for (const [path, mode] of DIRECTORIES) sys.mkdir(path, mode ?? 0o755);
  for (const [path, target] of LINKS) sys.symlink(target, path);
  for (const [path, content, mode] of FILES) sys.writeFile(path, content, mode ?? 0o644);
  sys.chown('/etc/shadow', 0, 42);
  sys.mkdir(DEV.home, 0o755);
  sys.chown(DEV.home, DEV.uid, DEV.gid);
  sys.symlink('bash', '/usr/bin/sh');
  sys.setUmask(0o022);
}

/** An executable file for each key of the registry that is a program of the host: `gnu/ls` becomes /usr/bin/ls. */
export function installPrograms(sys: Syscalls, keys: readonly string[]): void {
  for (const key of keys) {
    const name = /^gnu\/(.+)$/.exec(key)?.[1] ?? (key === 'docker' || key === 'bash' || key === 'busybox' ? key : undefined);
    if (name) sys.writeFile(`${SBIN.has(name) ? '/usr/sbin' : '/usr/bin'}/${name}`, executableContent(key), 0o755);
  }
}
