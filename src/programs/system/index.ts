// The tools that ask or change the system, by name.

import type { Program } from '../../kernel/program.ts';
import { withPlainOutput, type ToolTable } from '../lib/tool.ts';
import { addgroup, adduser, groupadd, groupdel, nologin, passwd, useradd, userdel, usermod } from './accounts.ts';
import { curl, wget } from './curl.ts';
import { date } from './date.ts';
import { env, printenv } from './env.ts';
import { expr } from './expr.ts';
import { findmnt, losetup, lsblk } from './findmnt.ts';
import { flock, watch } from './flock.ts';
import { getent, sysctl } from './getent.ts';
import { groups, id, logname, whoami } from './id.ts';
import { kill, killall, pgrep, pidof, pkill } from './kill.ts';
import { free, top, uptime, w } from './load.ts';
import { fuser, lsof } from './lsof.ts';
import { mount, umount } from './mount.ts';
import { chroot, nsenter, unshare } from './namespaces.ts';
import { ifconfig, ip, netstat, ping, ss } from './network.ts';
import { nginx } from './nginx.ts';
import { kernelLog, language, packages, remote, systemctl } from './not-simulated.ts';
import { ps } from './ps.ts';
import { ionice, nice, nohup, renice, setsid, time } from './run-with.ts';
import { httpd, nc } from './serve.ts';
import { sleep, usleep } from './sleep.ts';
import { su, sudo } from './su.ts';
import { bracket, test } from './test.ts';
import { timeout } from './timeout.ts';
import { falseTool, trueTool, yes } from './true.ts';
import { clear, reset, stty, tput, tty } from './tty.ts';
import { arch, hostname, nproc, uname } from './uname.ts';
import { whereis, which } from './which.ts';

export const systemTools: ToolTable = withPlainOutput({
  '[': bracket, addgroup, adduser, apt: packages, 'apt-get': packages, arch, chroot, clear, curl, date, delgroup: groupdel, deluser: userdel, dmesg: kernelLog, dpkg: packages, env, expr, false: falseTool,
  findmnt, flock, free, fuser, gcc: language, getent, git: remote, groupadd, groupdel, groups, hostname, httpd, id, ifconfig, ionice, ip, kill, killall, logname, losetup, lsblk, lsof,
  make: language, mount, nc, netstat, nice, node: language, nohup, nologin, npm: language, nproc, nsenter, passwd, pgrep, pidof, ping, pip: language, pkill, printenv, ps, python3: language,
  renice, reset, setsid, sleep, ss, ssh: remote, stty, su, sudo, sysctl, systemctl, test, time, timeout, top, tput, true: trueTool, tty, umount, uname, unshare, uptime, useradd, userdel, usermod, usleep,
  w, watch, wget, whereis, which, whoami, yes,
});

/** Programs of images that are neither GNU's nor BusyBox's, by key. */
export const serverPrograms: Readonly<Record<string, Program>> = { nginx };
