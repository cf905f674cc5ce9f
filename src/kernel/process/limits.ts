// What a process may have of each resource: inherited, lowered by itself, raised by an administrator only.

import { KernelError } from '../errno.ts';
import type { Limit, Resource } from '../syscalls.ts';

export type Limits = Readonly<Record<Resource, Limit>>;

const both = (value: number): Limit => ({ soft: value, hard: value });
const NONE = both(Infinity);

/** What Linux begins with, and a Debian's descriptors. */
export const DEFAULT_LIMITS: Limits = {
  cpu: NONE, fsize: NONE, data: NONE, stack: { soft: 8_388_608, hard: Infinity }, core: { soft: 0, hard: Infinity }, rss: NONE, nproc: both(96_364), nofile: both(20_000),
  memlock: both(8_388_608), as: NONE, locks: NONE, sigpending: both(96_364), msgqueue: both(819_200), nice: both(0), rtprio: both(0), rttime: NONE,
};

/** @throws EINVAL (soft above hard), EPERM (hard raised without being an administrator) */
export function withLimit(limits: Limits, resource: Resource, limit: Limit, admin: boolean): Limits {
  if (limit.soft > limit.hard) throw new KernelError('EINVAL');
  if (limit.hard > limits[resource].hard && !admin) throw new KernelError('EPERM');
  return { ...limits, [resource]: limit };
}
