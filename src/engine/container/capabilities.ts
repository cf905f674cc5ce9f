// What root may do in a container, as far as the kernel here tells the difference.

import type { HostConfig } from '../../api/container.ts';
import type { Credentials } from '../../kernel/syscalls.ts';
import type { ProcessUser } from '../runtime/lookup-user.ts';

export function credentialsFor({ Privileged, CapAdd, CapDrop }: HostConfig, user: ProcessUser, privileged = Privileged): Credentials {
  const has = (name: string, byDefault: boolean) => {
    if (privileged || CapAdd?.includes(name)) return true;
    if (CapDrop?.includes(name)) return false;
    if (CapAdd?.includes('ALL')) return true;
    return byDefault && !CapDrop?.includes('ALL');
  };
  const lacks = ['CAP_CHOWN', 'CAP_MKNOD'].filter((name) => !has(name, true));
  return {
    uid: user.uid, gid: user.gid, groups: user.groups, capable: has('CAP_DAC_OVERRIDE', true), sysAdmin: has('CAP_SYS_ADMIN', false),
    ...(lacks.length && { lacks }),
  };
}
