// How an overlay marks things in its upper layer: whiteouts, opaque directories, where a copied-up file comes from.

import { decode, encode } from '../../../base/bytes.ts';
import { isCharDevice, isDirectory } from '../../stat.ts';
import type { Dentry } from '../../vfs/dentry.ts';
import type { Inode } from '../../vfs/inode.ts';

export const OPAQUE = 'trusted.overlay.opaque';
export const ORIGIN = 'trusted.overlay.origin';
export const IMPURE = 'trusted.overlay.impure';
export const UUID = 'trusted.overlay.uuid';
export const PREFIX = 'trusted.overlay.';

export const isWhiteout = ({ mode, rdev }: Inode): boolean => isCharDevice(mode) && rdev === 0;

/** By the byte `y`. */
export function isOpaque({ xattrs }: Inode): boolean {
  const value = xattrs?.get(OPAQUE);
  return value?.length === 1 && value[0] === 121;
}

export function mark(inode: Inode, name: string, value = 'y'): void {
  (inode.xattrs ??= new Map()).set(name, encode(value));
}

/** The inode number that a file had before it was copied up. */
export function originOf({ xattrs }: Inode): number | undefined {
  const value = xattrs?.get(ORIGIN);
  return value && Number(decode(value));
}

export const isMerged = ({ inode: { mode } }: Dentry, upper: Dentry | undefined, lowers: readonly Dentry[]): boolean =>
  isDirectory(mode) && lowers.length + (upper ? 1 : 0) > 1;
