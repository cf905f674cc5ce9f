// Who may do what to an inode: Linux's generic_permission and its relatives.

import { KernelError } from '../errno.ts';
import { isDirectory, S_ISVTX } from '../stat.ts';
import type { Credentials } from '../syscalls.ts';
import type { Inode } from './inode.ts';

export const MAY_EXEC = 1;
export const MAY_WRITE = 2;
export const MAY_READ = 4;

type Capability = 'CAP_CHOWN' | 'CAP_DAC_OVERRIDE' | 'CAP_FOWNER' | 'CAP_FSETID' | 'CAP_MKNOD';

/** A root with its capabilities, this one among them. */
export function isCapable(who: Credentials, capability: Capability = 'CAP_DAC_OVERRIDE'): boolean {
  return who.uid === 0 && who.capable && !who.lacks?.includes(capability);
}

export function isAdmin(who: Credentials): boolean {
  return who.uid === 0 && (who.sysAdmin ?? who.capable);
}

export function inGroup(who: Credentials, gid: number): boolean {
  return who.gid === gid || who.groups.includes(gid);
}

/** `wanted`: MAY_READ, MAY_WRITE, MAY_EXEC together. */
export function permitted(who: Credentials, inode: Inode, wanted: number): boolean {
  const { mode } = inode;
  const shift = who.uid === inode.uid ? 6 : inGroup(who, inode.gid) ? 3 : 0;
  if (((mode >> shift) & wanted) === wanted) return true;
  return isCapable(who) && (!(wanted & MAY_EXEC) || (mode & 0o111) !== 0 || isDirectory(mode));
}

/** @throws EACCES */
export function require(who: Credentials, inode: Inode, wanted: number): void {
  if (!permitted(who, inode, wanted)) throw new KernelError('EACCES');
}

/** Owner or capable root. @throws EPERM */
export function requireOwner(who: Credentials, inode: Inode): void {
  if (who.uid !== inode.uid && !isCapable(who, 'CAP_FOWNER')) throw new KernelError('EPERM');
}

/** To remove a name from a directory. @throws EACCES EPERM (sticky) */
export function requireRemoval(who: Credentials, directory: Inode, inode: Inode): void {
  require(who, directory, MAY_WRITE | MAY_EXEC);
  if (directory.mode & S_ISVTX && who.uid !== inode.uid && who.uid !== directory.uid && !isCapable(who, 'CAP_FOWNER')) throw new KernelError('EPERM');
}
