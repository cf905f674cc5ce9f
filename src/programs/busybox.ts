// The multi-call program of images: `busybox NAME args`, or NAME as the name it is called by.

import type { Task } from '../base/task.ts';
import type { Program } from '../kernel/program.ts';
import { BUSYBOX_BANNER } from './lib/busybox-usage.ts';
import { Io } from './lib/messages.ts';

/** Every applet of the real binary, simulated or not. */
export const APPLETS: readonly string[] = `[ [[ acpid adjtimex ar arch arp arping ascii ash awk base64 basename bc blkdiscard blockdev brctl bunzip2 busybox bzcat
bzip2 cal cat chattr chgrp chmod chown chroot chvt clear cmp cp cpio crc32 crond crontab cttyhack cut date dc dd deallocvt depmod devmem df diff dirname
dmesg dnsdomainname dos2unix dpkg dpkg-deb du dumpkmap dumpleases echo ed egrep env expand expr factor fallocate false fatattr fdisk fgrep find findfs
fold free freeramdisk fsfreeze fstrim ftpget ftpput getfattr getopt getty grep groups gunzip gzip halt head hexdump hostid hostname httpd hwclock
i2cdetect i2cdump i2cget i2cset i2ctransfer id ifconfig ifdown ifup init insmod install ionice ip ipcalc kill killall klogd last less link linux32
linux64 linuxrc ln loadfont loadkmap logger login logname logread losetup ls lsattr lsblk lsmod lsscsi lzcat lzma lzop md5sum mdev microcom mim mkdir
mkdosfs mke2fs mkfifo mknod mkpasswd mkswap mktemp modinfo modprobe more mount mt mv nameif nbd-client nc netstat nl nologin nproc nsenter nslookup
nuke od openvt partprobe passwd paste patch pidof ping ping6 pivot_root poweroff printf ps pwd rdate readlink realpath reboot renice reset resize
resume rev rm rmdir rmmod route rpm rpm2cpio run-init run-parts sed seq setkeycodes setpriv setsid sh sha1sum sha256sum sha384sum sha3sum sha512sum
shred shuf sleep sort ssl_client ssl_server start-stop-daemon stat strings stty su sulogin svc svok swapoff swapon switch_root sync sysctl syslogd tac
tail tar taskset tc tee telnet telnetd test tftp time timeout top touch tr traceroute traceroute6 true truncate ts tty tunctl ubirename udhcpc udhcpc6
udhcpd uevent umount uname uncompress unexpand uniq unix2dos unlink unlzma unshare unxz unzip uptime usleep uudecode uuencode uuidgen vconfig vi vmstat
w watch watchdog wc wget which who whoami xargs xxd xz xzcat yes zcat`.split(/\s/);

const HELP = `${BUSYBOX_BANNER}BusyBox is copyrighted by many authors between 1998-2015.
Licensed under GPLv2. See source distribution for detailed
copyright notices.

Usage: busybox [function [arguments]...]
   or: busybox --list[-full]
   or: busybox --install [-s] [DIR]
   or: function [arguments]...

	BusyBox is a multi-call binary that combines many common Unix
	utilities into a single executable.  The shell in this build
	is configured to run built-in utilities without $PATH search.
	You don't need to install a link to busybox for each utility.
	To run external program, use full path (/sbin/ip instead of ip).

Currently defined functions:
`;

function functions(): string {
  let text = '';
  let line = '\t';
  APPLETS.forEach((name, i) => {
    const last = i === APPLETS.length - 1;
    // As the real one breaks lines: at 80 columns, counting the tab as 8 and the separator.
    if (line.length > 1 && line.length + 7 + name.length + 2 > 79) {
      text += `${line.trimEnd()}\n`;
      line = '\t';
    }
    line += last ? name : `${name}, `;
  });
  return `${text}${line}\n`;
}

/** @param applets what each name runs: tools, and the shell under `sh` and `ash` */
export function busybox(applets: Readonly<Record<string, Program>>): Program {
  return function* main(sys, argv): Task<number> {
    const name = (argv[0] ?? '').replace(/^-/, '').replace(/.*\//, '');
    const io = new Io(sys, name, 'busybox');
    if (name === 'busybox') {
      const [, first, second] = argv;
      if (first === undefined || first === '--help') io.out(HELP + functions());
      else if (first === '--list') io.out(APPLETS.join('\n') + '\n');
      else if (first.startsWith('--')) {
        if (first === '--list-full' || first === '--install') {
          io.err(`stowage: busybox: not simulated: ${first}\n`);
          yield* io.flush();
          return 69;
        }
        io.warn(`unrecognized option '${first}'`);
        yield* io.flush();
        return 1;
      } else if (second === '--help' && applets[first]) return yield* applets[first](sys, [first, '--help']);
      else return yield* main(sys, argv.slice(1));
      yield* io.flush();
      return 0;
    }
    const applet = Object.hasOwn(applets, name) ? applets[name] : undefined;
    if (applet) return yield* applet(sys, [name, ...argv.slice(1)]);
    io.err(APPLETS.includes(name) ? `stowage: busybox: not simulated: ${name}\n` : `${name}: applet not found\n`);
    yield* io.flush();
    return APPLETS.includes(name) ? 69 : 127;
  };
}
