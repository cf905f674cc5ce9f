// The alpine image: the busybox program in musl's layout; packages are not simulated.

import { APPLETS } from './busybox-applets.ts';
import type { TreeWriter } from './tree-writer.ts';
import { PATH, type CatalogueImage } from './catalogue-image.ts';

const VERSION = '3.22.2';

const ACCOUNTS: readonly [name: string, uid: number, gid: number, home: string, shell: string][] = [
  ['root', 0, 0, '/root', '/bin/sh'], ['bin', 1, 1, '/bin', '/sbin/nologin'], ['daemon', 2, 2, '/sbin', '/sbin/nologin'],
  ['lp', 4, 7, '/var/spool/lpd', '/sbin/nologin'], ['sync', 5, 0, '/sbin', '/bin/sync'], ['shutdown', 6, 0, '/sbin', '/sbin/shutdown'],
  ['halt', 7, 0, '/sbin', '/sbin/halt'], ['mail', 8, 12, '/var/mail', '/sbin/nologin'], ['news', 9, 13, '/usr/lib/news', '/sbin/nologin'],
  ['cron', 16, 16, '/var/spool/cron', '/sbin/nologin'], ['ftp', 21, 21, '/var/lib/ftp', '/sbin/nologin'], ['sshd', 22, 22, '/dev/null', '/sbin/nologin'],
  ['games', 35, 35, '/usr/games', '/sbin/nologin'], ['ntp', 123, 123, '/var/empty', '/sbin/nologin'], ['guest', 405, 100, '/dev/null', '/sbin/nologin'],
  ['nobody', 65534, 65534, '/', '/sbin/nologin'],
];

const GROUPS = 'root:0:root bin:1:root,bin,daemon daemon:2:root,bin,daemon sys:3:root,bin adm:4:root,daemon tty:5: disk:6:root lp:7:lp kmem:9: wheel:10:root floppy:11:root mail:12:mail news:13:news cron:16:cron audio:18: cdrom:19: dialout:20:root ftp:21: sshd:22: input:23: tape:26:root video:27:root netdev:28: kvm:34:kvm games:35: www-data:82: users:100:games ntp:123: nofiles:200: shadow:42: abuild:300: utmp:406: ping:999: nogroup:65533: nobody:65534:';

const OS_RELEASE = `NAME="Alpine Linux"
ID=alpine
VERSION_ID=${VERSION}
PRETTY_NAME="Alpine Linux v3.22"
HOME_URL="https://alpinelinux.org/"
BUG_REPORT_URL="https://gitlab.alpinelinux.org/alpine/aports/-/issues"
`;

/** Where Alpine puts an applet that is not in /bin. */
const USR_BIN = new Set('[ [[ awk basename bc bunzip2 bzcat bzip2 cal chvt clear cmp crontab cut dc diff dirname dos2unix du env expand expr factor find fold free groups head hexdump hostid id install killall last less logger md5sum microcom mkfifo nc nl nohup nproc nslookup od openvt passwd paste patch printf readlink realpath reset resize seq setkeycodes sha1sum sha256sum sha512sum shred shuf sort split strings sum tac tail tee test time timeout top tr traceroute truncate tty unexpand uniq unix2dos unlink unlzma unxz unzip uptime uudecode uuencode vi volname wc wget which who whoami xargs xxd xzcat yes'.split(' '));
const SBIN = new Set('arp blkid fdisk findfs getty halt hwclock ifconfig ifdown ifup init insmod ip klogd loadkmap losetup lsmod mdev mkswap modinfo modprobe nologin pivot_root poweroff raidautorun reboot rmmod route setconsole swapoff swapon switch_root sysctl syslogd udhcpc'.split(' '));
const NOT_SIMULATED = '#!/bin/sh\necho "apk: packages are not simulated here: no package can be added, and the image has what it has" >&2\nexit 1\n';

function write(tree: TreeWriter): void {
  tree.dirs('bin dev etc home lib lib/apk media media/cdrom media/floppy media/usb mnt opt run sbin srv usr usr/bin usr/lib usr/local usr/local/bin usr/local/lib usr/local/share usr/sbin usr/share var var/cache var/lib var/local var/log var/mail var/opt var/spool etc/apk');
  tree.dirs('root', 0o700);
  tree.dirs('proc sys var/empty', 0o555);
  tree.dirs('tmp var/tmp', 0o1777);
  tree.symlink('/run', 'var/run');
  tree.executable('bin/busybox', 'busybox', 808712);
  for (const name of APPLETS) tree.symlink('/bin/busybox', `${USR_BIN.has(name) ? 'usr/bin' : SBIN.has(name) ? 'sbin' : 'bin'}/${name}`);
  tree.executable('lib/ld-musl-x86_64.so.1', 'ld-musl', 662784);
  tree.symlink('ld-musl-x86_64.so.1', 'lib/libc.musl-x86_64.so.1');
  tree.file('sbin/apk', NOT_SIMULATED, 0o755);
  tree.file('etc/alpine-release', `${VERSION}\n`);
  tree.file('usr/lib/os-release', OS_RELEASE);
  tree.symlink('../usr/lib/os-release', 'etc/os-release');
  tree.file('etc/apk/repositories', 'https://dl-cdn.alpinelinux.org/alpine/v3.22/main\nhttps://dl-cdn.alpinelinux.org/alpine/v3.22/community\n');
  tree.file('etc/passwd', ACCOUNTS.map(([name, uid, gid, home, shell]) => `${name}:x:${uid}:${gid}:${name}:${home}:${shell}\n`).join(''));
  tree.file('etc/group', GROUPS.split(' ').map((line) => `${line.replace(':', ':x:')}\n`).join(''));
  tree.file('etc/shadow', ACCOUNTS.map(([name]) => `${name}:${name === 'root' ? '*' : '!'}::0:::::\n`).join(''), 0o640);
  tree.own('etc/shadow', 0, 42);
  tree.file('etc/hostname', 'localhost\n');
  tree.file('etc/hosts', '127.0.0.1\tlocalhost localhost.localdomain\n::1\t\tlocalhost localhost.localdomain\n');
  tree.file('etc/shells', '# valid login shells\n/bin/sh\n/bin/ash\n');
  tree.file('etc/profile', "export PATH='/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'\nexport PAGER=less\numask 022\n");
}

export const alpine: CatalogueImage = {
  name: 'alpine',
  tags: ['latest', '3', '3.22', VERSION],
  created: '2025-10-08T11:04:56Z',
  buildkit: true,
  steps: [
    { createdBy: 'ADD alpine-minirootfs-3.22.2-x86_64.tar.gz / # buildkit', comment: 'buildkit.dockerfile.v0', config: { Env: [PATH], WorkingDir: '/' }, write },
    { createdBy: 'CMD ["/bin/sh"]', comment: 'buildkit.dockerfile.v0', config: { Cmd: ['/bin/sh'] } },
  ],
};
