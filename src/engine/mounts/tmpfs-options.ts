// Options of a tmpfs mount, merged as moby's MergeTmpfsOptions: later words win over earlier ones of the same kind.

import { ApiError } from '../../api/errors.ts';
import type { MountFlags } from '../../kernel/syscalls.ts';

/** Word → what it is about; words about the same thing replace each other. */
const FLAGS: Readonly<Record<string, string>> = {
  defaults: '', ro: 'ro', rw: 'ro', suid: 'suid', nosuid: 'suid', dev: 'dev', nodev: 'dev', exec: 'exec', noexec: 'exec',
  sync: 'sync', async: 'sync', dirsync: 'dirsync', remount: 'remount', mand: 'mand', nomand: 'mand', atime: 'atime', noatime: 'atime',
  diratime: 'diratime', nodiratime: 'diratime', bind: 'bind', rbind: 'bind', unbindable: 'propagation', runbindable: 'propagation',
  private: 'propagation', rprivate: 'propagation', shared: 'propagation', rshared: 'propagation', slave: 'propagation', rslave: 'propagation',
  relatime: 'relatime', norelatime: 'relatime', strictatime: 'strictatime', nostrictatime: 'strictatime',
};
const DATA = ['size', 'mode', 'uid', 'gid', 'nr_inodes', 'nr_blocks', 'mpol'];

/** @throws invalidParameter `invalid tmpfs option "color"` */
export function mergeTmpfsOptions(options: readonly string[]): string[] {
  const seen = new Set<string>();
  const merged: string[] = [];
  for (const option of [...options].reverse()) {
    const [key = '', value] = option.split('=', 2);
    const about = value === undefined ? FLAGS[key] : DATA.includes(key) ? key : undefined;
    if (about === undefined) throw new ApiError('system', `invalid tmpfs option ${JSON.stringify(key)}`);
    if (about === '' || seen.has(about)) continue;
    seen.add(about);
    merged.push(option);
  }
  return merged.reverse();
}

/** Flags and data of `mount(2)` from an option list. */
export function splitMountOptions(options: readonly string[]): { flags: MountFlags; data: string[] } {
  const flags: Record<string, boolean> = {};
  const data: string[] = [];
  for (const option of options) {
    if (option === 'bind' || option === 'rbind') {
      flags['bind'] = true;
      if (option === 'rbind') flags['recursive'] = true;
    } else if (option === 'ro') flags['readonly'] = true;
    else if (option === 'rw' || option === 'suid' || option === 'dev' || option === 'exec') flags[{ rw: 'readonly', suid: 'nosuid', dev: 'nodev', exec: 'noexec' }[option]] = false;
    else if (['nosuid', 'nodev', 'noexec', 'noatime', 'nodiratime', 'relatime', 'strictatime', 'remount', 'sync', 'dirsync', 'mand'].includes(option)) flags[option] = true;
    else if (!(option in FLAGS)) data.push(option);
  }
  return { flags, data };
}

const NUMBERS: Readonly<Record<string, number>> = { ro: 1, nosuid: 2, nodev: 4, noexec: 8, sync: 16, remount: 32, mand: 64, dirsync: 128, noatime: 1024, nodiratime: 2048, bind: 4096, rbind: 4096 + 16384, relatime: 1 << 21, strictatime: 1 << 24 };

/** The flag word of `mount(2)` for these options. */
export function mountFlagWord(options: readonly string[]): number {
  return options.reduce((word, option) => word | (NUMBERS[option] ?? 0), 0);
}
