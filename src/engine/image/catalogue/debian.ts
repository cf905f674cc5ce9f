// The debian and ubuntu images: bash and the GNU programs in Debian's layout; packages are not simulated.

import type { TreeWriter } from './tree-writer.ts';
import { PATH, type CatalogueImage } from './catalogue-image.ts';

/** What Debian's minimal system has of coreutils, findutils, diffutils, grep, sed, tar, gzip, mawk and util-linux. */
export const GNU_PROGRAMS: readonly string[] = (
  '[ arch awk b2sum base32 base64 basename basenc bash cat chgrp chmod chown cksum cmp comm cp csplit cut date dd df diff dir dircolors dirname dmesg du echo ' +
  'env expand expr factor false find findmnt flock fmt fold getent getopt grep egrep fgrep groups gunzip gzip head hostid hostname id install join kill link ln ' +
  'logger logname ls lsblk md5sum mkdir mkfifo mknod mktemp more mount mountpoint mv nice nl nohup nproc numfmt od paste pathchk pinky pr printenv printf ptx pwd ' +
  'readlink realpath rm rmdir sed seq setpriv setsid sha1sum sha224sum sha256sum sha384sum sha512sum shred shuf sleep sort split stat stdbuf stty su sum sync tac ' +
  'tail tar tee test timeout touch tr true truncate tsort tty umount uname unexpand uniq unlink unshare users vdir wc whereis which who whoami xargs yes zcat'
).split(' ');

const ACCOUNTS: readonly [name: string, uid: number, gid: number, home: string, shell?: string][] = [
  ['root', 0, 0, '/root', '/bin/bash'], ['daemon', 1, 1, '/usr/sbin'], ['bin', 2, 2, '/bin'], ['sys', 3, 3, '/dev'], ['sync', 4, 65534, '/bin', '/bin/sync'],
  ['games', 5, 60, '/usr/games'], ['man', 6, 12, '/var/cache/man'], ['lp', 7, 7, '/var/spool/lpd'], ['mail', 8, 8, '/var/mail'], ['news', 9, 9, '/var/spool/news'],
  ['proxy', 13, 13, '/bin'], ['www-data', 33, 33, '/var/www'], ['backup', 34, 34, '/var/backups'], ['_apt', 42, 65534, '/nonexistent'],
  ['nobody', 65534, 65534, '/nonexistent'],
];

const GROUPS = 'root:0 daemon:1 bin:2 sys:3 adm:4 tty:5 disk:6 lp:7 mail:8 news:9 uucp:10 man:12 proxy:13 kmem:15 dialout:20 cdrom:24 floppy:25 tape:26 sudo:27 audio:29 www-data:33 backup:34 operator:37 src:40 shadow:42 utmp:43 video:44 plugdev:46 staff:50 games:60 users:100 nogroup:65534';

export const DEBIAN_PASSWD = ACCOUNTS.map(([name, uid, gid, home, shell]) => `${name}:x:${uid}:${gid}:${name}:${home}:${shell ?? '/usr/sbin/nologin'}\n`).join('');
export const DEBIAN_GROUP = GROUPS.split(' ').map((line) => `${line.replace(':', ':x:')}:\n`).join('');

const notSimulated = (name: string) => `#!/bin/sh\necho "${name}: packages are not simulated here: none can be installed, and the image has what it has" >&2\nexit 100\n`;

/** Directories, accounts, bash and the programs. */
export function writeDebian(tree: TreeWriter, files: Readonly<Record<string, string>>): void {
  tree.dirs('boot dev etc etc/apt etc/default etc/profile.d home media mnt opt run srv usr usr/bin usr/games usr/include usr/lib usr/lib64 usr/local usr/local/bin usr/local/etc usr/local/lib usr/local/sbin usr/local/share usr/sbin usr/share usr/src var var/backups var/cache var/lib var/local var/log var/opt var/spool');
  tree.dirs('proc sys', 0o555);
  tree.dirs('root', 0o700);
  tree.dirs('tmp var/tmp run/lock', 0o1777);
  tree.dirs('var/mail', 0o2775);
  for (const name of ['bin', 'lib', 'lib64', 'sbin']) tree.symlink(`usr/${name}`, name);
  tree.symlink('/run', 'var/run');
  tree.symlink('/run/lock', 'var/lock');
  for (const name of GNU_PROGRAMS) tree.executable(`usr/bin/${name}`, name === 'bash' ? name : `gnu/${name}`, name === 'bash' ? 1298416 : 0);
  tree.symlink('bash', 'usr/bin/sh');
  tree.executable('usr/sbin/chroot', 'gnu/chroot');
  tree.executable('usr/sbin/nologin', 'gnu/nologin');
  for (const name of ['apt', 'apt-get', 'dpkg']) tree.file(`usr/bin/${name}`, notSimulated(name), 0o755);
  tree.file('etc/passwd', DEBIAN_PASSWD);
  tree.file('etc/group', DEBIAN_GROUP);
  tree.file('etc/shadow', ACCOUNTS.map(([name]) => `${name}:*:20381:0:99999:7:::\n`).join(''), 0o640);
  tree.own('etc/shadow', 0, 42);
  tree.file('etc/host.conf', 'multi on\n');
  tree.file('etc/shells', '# /etc/shells: valid login shells\n/bin/sh\n/usr/bin/sh\n/bin/bash\n/usr/bin/bash\n');
  tree.file('root/.profile', '# ~/.profile: executed by Bourne-compatible login shells.\n\nmesg n 2> /dev/null || true\n');
  for (const [path, content] of Object.entries(files)) tree.file(path, content);
  tree.symlink('../usr/lib/os-release', 'etc/os-release');
}

export const debian: CatalogueImage = {
  name: 'debian',
  tags: ['latest', '13', 'trixie', 'stable', 'stable-slim', 'trixie-slim'],
  created: '2025-11-17T00:00:00Z',
  buildkit: true,
  steps: [
    {
      createdBy: '# debian.sh --arch \'amd64\' out/ \'trixie\' \'@1763337600\'',
      comment: 'debuerreotype 0.16',
      config: { Env: [PATH], Cmd: ['bash'] },
      write: (tree) =>
        writeDebian(tree, {
          'etc/debian_version': '13.2\n',
          'usr/lib/os-release': 'PRETTY_NAME="Debian GNU/Linux 13 (trixie)"\nNAME="Debian GNU/Linux"\nVERSION_ID="13"\nVERSION="13 (trixie)"\nVERSION_CODENAME=trixie\nDEBIAN_VERSION_FULL=13.2\nID=debian\nHOME_URL="https://www.debian.org/"\nSUPPORT_URL="https://www.debian.org/support"\nBUG_REPORT_URL="https://bugs.debian.org/"\n',
        }),
    },
  ],
};

export const ubuntu: CatalogueImage = {
  name: 'ubuntu',
  tags: ['latest', '24.04', 'noble'],
  created: '2025-10-13T16:05:00Z',
  steps: [
    {
      createdBy: '/bin/sh -c #(nop) ADD file:d9d5b0f1e6d3a1b6f3d0a8f0c9f3b7d0c4f1d6f2e4c5a6b7980f1e2d3c4b5a69 in / ',
      config: { Env: [PATH], Labels: { 'org.opencontainers.image.ref.name': 'ubuntu', 'org.opencontainers.image.version': '24.04' } },
      write: (tree) =>
        writeDebian(tree, {
          'etc/debian_version': 'trixie/sid\n',
          'usr/lib/os-release': 'PRETTY_NAME="Ubuntu 24.04.3 LTS"\nNAME="Ubuntu"\nVERSION_ID="24.04"\nVERSION="24.04.3 LTS (Noble Numbat)"\nVERSION_CODENAME=noble\nID=ubuntu\nID_LIKE=debian\nHOME_URL="https://www.ubuntu.com/"\nSUPPORT_URL="https://help.ubuntu.com/"\nBUG_REPORT_URL="https://bugs.launchpad.net/ubuntu/"\nUBUNTU_CODENAME=noble\nLOGO=ubuntu-logo\n',
        }),
    },
    { createdBy: '/bin/sh -c #(nop)  CMD ["/bin/bash"]', config: { Cmd: ['/bin/bash'] } },
  ],
};
