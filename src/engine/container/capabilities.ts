// What root may do in a container: which capabilities it keeps.

import type { HostConfig } from '../../api/container.ts';
import type { Credentials } from '../../kernel/syscalls.ts';
import type { ProcessUser } from '../runtime/lookup-user.ts';

/** By number, as in linux/capability.h. */
export const CAPABILITIES: readonly string[] = `CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID KILL SETGID SETUID SETPCAP LINUX_IMMUTABLE NET_BIND_SERVICE NET_BROADCAST NET_ADMIN NET_RAW IPC_LOCK
IPC_OWNER SYS_MODULE SYS_RAWIO SYS_CHROOT SYS_PTRACE SYS_PACCT SYS_ADMIN SYS_BOOT SYS_NICE SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG MKNOD LEASE AUDIT_WRITE AUDIT_CONTROL
SETFCAP MAC_OVERRIDE MAC_ADMIN SYSLOG WAKE_ALARM BLOCK_SUSPEND AUDIT_READ PERFMON BPF CHECKPOINT_RESTORE`.split(/\s+/).map((name) => `CAP_${name}`);
const DEFAULT = 0xa80425fbn;

export function credentialsFor({ Privileged, CapAdd, CapDrop, SecurityOpt }: HostConfig, user: ProcessUser, privileged = Privileged): Credentials {
  let mask = 0n;
  CAPABILITIES.forEach((name, bit) => {
    const usual = !CapDrop?.includes('ALL') && (DEFAULT >> BigInt(bit)) & 1n;
    const kept = privileged || CapAdd?.includes(name) || (!CapDrop?.includes(name) && (CapAdd?.includes('ALL') || usual));
    if (kept) mask |= 1n << BigInt(bit);
  });
  const lacks = CAPABILITIES.filter((_, bit) => !((mask >> BigInt(bit)) & 1n));
  return {
    uid: user.uid, gid: user.gid, groups: user.groups, capable: mask !== 0n, sysAdmin: !lacks.includes('CAP_SYS_ADMIN'),
    bounding: mask.toString(16).padStart(16, '0'), ...(lacks.length && { lacks }),
    ...(SecurityOpt?.some((option) => /^no-new-privileges(?:[:=]true)?$/.test(option)) && { noNewPrivileges: true }),
    ...(!Privileged && !SecurityOpt?.includes('seccomp=unconfined') && { seccomp: true }),
  };
}
