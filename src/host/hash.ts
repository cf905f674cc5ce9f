// A digest of a host's whole state: every file of every mounted file system, every process, and the clock.

import { dataSize, readData, type FileData } from '../kernel/vfs/file-data.ts';
import type { Superblock } from '../kernel/vfs/superblock.ts';
import { encode, type Bytes } from '../base/bytes.ts';
import type { Machine } from './boot/machine.ts';

/** Two interleaved FNV-1a sums of 32 bits: enough to tell states apart, and quick. */
class Digest {
  #a = 0x811c9dc5;
  #b = 0x01000193;

  bytes(bytes: Bytes): void {
    let a = this.#a, b = this.#b;
    for (let i = 0; i < bytes.length; i++) {
      a = Math.imul(a ^ bytes[i]!, 0x01000193);
      b = Math.imul(b + bytes[i]!, 0x85ebca6b) ^ (b >>> 13);
    }
    this.#a = a;
    this.#b = b;
  }

  text(text: string): void {
    this.bytes(encode(text));
  }

  toString(): string {
    return [this.#a, this.#b].map((part) => (part >>> 0).toString(16).padStart(8, '0')).join('');
  }
}

/** Contents of more than this are sampled: their size and first bytes. */
const MOST = 1 << 20;

export function hashMachine(machine: Machine): string {
  const { kernel, clock, init } = machine;
  const digest = new Digest();
  digest.text(`${clock.now}`);
  const superblocks = new Set<Superblock>([...machine.context.namespace.mounts].map((mount) => mount.superblock));
  for (const superblock of superblocks) {
    if (!['ext4', 'tmpfs'].includes(superblock.type)) continue;
    const seen = new Set<number>();
    kernel.vfs.walk(machine.context, superblock, (path, { inode }) => {
      const { ino, mode, uid, gid, nlink, mtime, ctime, atime, data } = inode;
      digest.text(`${path} ${ino} ${mode} ${uid} ${gid} ${nlink} ${mtime} ${ctime} ${atime}`);
      // Of a file with many names, the names alone differ.
      if (seen.has(ino)) return;
      if (nlink > 1) seen.add(ino);
      if (typeof data === 'string') digest.text(data);
      else digest.bytes(readData(data as FileData, 0, Math.min(dataSize(data as FileData), MOST)));
      for (const [name, value] of inode.xattrs ?? []) {
        digest.text(name);
        digest.bytes(value);
      }
    });
  }
  for (const process of init.processes()) digest.text(JSON.stringify(process));
  return digest.toString();
}
