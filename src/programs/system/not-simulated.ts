// Programs that people try and that are not here: each says so, and why.

import type { Tool, ToolTable } from '../lib/tool.ts';

const because = (why: string, status: number): Tool => ({
  gnu: null,
  *run(io) {
    io.err(`stowage: ${io.name}: not simulated: ${why}\n`);
    return status;
  },
});

export const packages = because('packages; the machine has what it has', 1);
export const language = because('programming languages', 127);
export const remote = because('other machines', 1);
export const kernelLog = because("the kernel's log", 1);

export const systemctl: Tool = {
  gnu: null,
  *run(io, { operands }) {
    const words = operands.filter((word) => !word.startsWith('-'));
    const docker = /^docker(\.service)?$/;
    if (words[0] === 'is-active' && docker.test(words[1] ?? '')) return void io.out('active\n');
    if (words[0] === 'status' && docker.test(words[1] ?? '')) return void io.out(`● docker.service - Docker Application Container Engine\n     Loaded: loaded\n     Active: active (running)\n`);
    return io.notSimulated('services other than whether docker runs');
  },
};

/** What a Debian with Docker has besides. */
const NAMES = `add-shell agetty apt-cache apt-cdrom apt-config apt-mark arptables arptables-nft arptables-nft-restore arptables-nft-save arptables-restore arptables-save
arptables-translate basenc bashbug blkdiscard blkid blockdev busctl captoinfo chage chcon chfn chgpasswd choom chpasswd chrt chsh clear_console containerd
containerd-shim-runc-v2 ctr dash deb-systemd-helper deb-systemd-invoke debconf debconf-apt-progress debconf-communicate debconf-copydb debconf-escape
debconf-set-selections debconf-show diff3 dir dircolors dnsdomainname docker-compose docker-proxy dockerd domainname dpkg-deb dpkg-divert dpkg-maintscript-helper
dpkg-preconfigure dpkg-query dpkg-realpath dpkg-reconfigure dpkg-split dpkg-statoverride dpkg-trigger ebtables ebtables-nft ebtables-nft-restore ebtables-nft-save
ebtables-restore ebtables-save ebtables-translate faillock findfs fs-idmap fsck fsfreeze fstab-decode fstrim getconf getopt getty gpasswd groupmod grpck grpconv
grpunconv gzexe hardlink hostid hostnamectl hugetop i386 iconvconfig infocmp infotocap installkernel invoke-rc.d ip6tables ip6tables-apply ip6tables-legacy
ip6tables-legacy-restore ip6tables-legacy-save ip6tables-nft ip6tables-nft-restore ip6tables-nft-save ip6tables-restore ip6tables-restore-translate ip6tables-save
ip6tables-translate ipcmk ipcrm ipcs iptables iptables-apply iptables-legacy iptables-legacy-restore iptables-legacy-save iptables-nft iptables-nft-restore
iptables-nft-save iptables-restore iptables-restore-translate iptables-save iptables-translate iptables-xml ischroot journalctl kernel-install killall5 ld.so ldconfig
ldd linux32 linux64 locale localectl localedef logger login loginctl lscpu lsipc lslocks lsns mawk mcookie mkfs mkhomedir_helper mkswap namei nawk networkctl newusers
nfnl_osf nisdomainname openssl pager pam-auth-update pam_getenv pam_namespace_helper pam_timestamp_check partx perl perl5.42.3 pidfd-kill pidwait pinky pldd
pmap pr prlimit ptx pwck pwconv pwdx pwhistory_helper pwunconv rbash readprofile recvtty remap-rootfs remove-shell rgrep rmt rmt-tar rtcwake run-parts run0 runc
runcon runuser savelog script scriptlive scriptreplay sd-helper sdiff seccompagent setarch setpriv setterm shadowconfig skill slabtop snice sqv start-stop-daemon
stdbuf sulogin swaplabel swapoff swapon systemd-ac-power systemd-analyze systemd-ask-password systemd-cat systemd-cgls systemd-cgtop systemd-confext systemd-creds
systemd-delta systemd-detect-virt systemd-escape systemd-firstboot systemd-id128 systemd-inhibit systemd-machine-id-setup systemd-mount systemd-mute-console
systemd-notify systemd-path systemd-pty-forward systemd-run systemd-socket-activate systemd-stdio-bridge systemd-sysext systemd-sysinstall systemd-sysusers
systemd-tmpfiles systemd-tty-ask-password-agent systemd-umount systemd-vpick tabs tarcat taskset tempfile tic timedatectl tini tini-static tload toe tset tzselect
uclampset uncompress unix_chkpwd unix_update update-alternatives update-ca-certificates update-passwd update-rc.d update-shells users varlinkctl vdir vigr vipw vmstat
wall which.debianutils who wipefs x86_64 xtables-legacy-multi xtables-monitor xtables-nft-multi ypdomainname zcmp zdiff zdump zegrep zfgrep zforce zgrep zic zless
zmore znew zramctl`.split(/\s+/);

const absent: Tool = {
  gnu: null,
  *run(io) {
    io.err(`stowage: ${io.name}: not simulated; not-simulated lists what is not\n`);
    return 69;
  },
};

/** Tools of the real machine that only say that they are not simulated, and the one that lists them. */
export const absentTools: ToolTable = {
  ...Object.fromEntries(NAMES.map((name) => [name, absent])),
  'not-simulated': {
    gnu: null,
    *run(io) {
      io.out(`${[...NAMES, 'apt', 'apt-get', 'dmesg', 'dpkg', 'gcc', 'git', 'losetup', 'make', 'node', 'npm', 'pip', 'python3', 'ssh'].toSorted().join('\n')}\n`);
    },
  },
};
