// mount and umount: the process's mounts, listed and changed.

import { KernelError, strerror } from '../../kernel/errno.ts';
import { isBlockDevice } from '../../kernel/stat.ts';
import type { MountFlags, Syscalls } from '../../kernel/syscalls.ts';
import type { Io } from '../lib/messages.ts';
import type { Tool } from '../lib/tool.ts';

type Changing<T> = { -readonly [K in keyof T]: T[K] };
const FLAGS: Readonly<Record<string, MountFlags>> = {
  ro: { readonly: true }, rw: { readonly: false }, bind: { bind: true }, rbind: { bind: true, recursive: true }, remount: { remount: true }, move: { move: true },
  nosuid: { nosuid: true }, suid: { nosuid: false }, nodev: { nodev: true }, dev: { nodev: false }, noexec: { noexec: true }, exec: { noexec: false },
  noatime: { noatime: true }, atime: { noatime: false }, relatime: { relatime: true }, norelatime: {}, strictatime: { strictatime: true }, nodiratime: { nodiratime: true }, diratime: { nodiratime: false }, sync: { sync: true }, async: { sync: false }, dirsync: { dirsync: true }, mand: { mand: true }, nomand: { mand: false }, lazytime: { lazytime: true }, nolazytime: { lazytime: false }, silent: {}, loud: {}, defaults: {}, auto: {}, noauto: {}, nofail: {}, user: {}, users: {},
  ...Object.fromEntries((['private', 'shared', 'slave', 'unbindable'] as const).flatMap((propagation) => [[propagation, { propagation }], [`r${propagation}`, { propagation, recursive: true }]])),
};
const TMPFS = /^(size|nr_blocks|nr_inodes)=\d+[kmgKMG%]?$|^(mode|uid|gid)=\d+$|^(huge|mpol)=|^(noswap|inode32|inode64)$/;

function canonical(sys: Syscalls, path: string): string {
  try {
    return sys.realpath(path);
  } catch {
    return path;
  }
}

const exists = (sys: Syscalls, path: string): boolean => sys.can(path, '');

export const mount: Tool = {
  gnu: 'a,all B,bind R,rbind M,move f,fake F,fork l,show-labels n,no-mtab o:,options: r,read-only,ro s t:,types: v,verbose w,rw,read-write source: target: make-shared make-private make-slave make-unbindable make-rshared make-rprivate make-rslave make-runbindable m,mkdir:: L:,label: U:,uuid:',
  busybox: 'a f i r n v w t: o: O: T: bind rbind move make-shared make-private make-slave make-unbindable make-rshared make-rprivate make-rslave make-runbindable',
  *run(io, options) {
    const { sys, gnu } = io;
    if (options.has('a', 'L', 'U', 'F')) io.notSimulated(`-${options.last('a', 'L', 'U', 'F')}`);
    const flags: Changing<MountFlags> = {};
    const data: string[] = [];
    const words = options.values('o').flatMap((text) => text.split(','));
    for (const { key } of options.given) {
      if (key.startsWith('make-')) words.push(key.slice(5));
      else if (['B', 'R', 'M', 'bind', 'rbind', 'move', 'r', 'w'].includes(key)) words.push({ B: 'bind', R: 'rbind', M: 'move', r: 'ro', w: 'rw' }[key] ?? key);
    }
    for (const word of words) {
      const known = FLAGS[word];
      if (known) Object.assign(flags, known);
      else if (word) data.push(word);
    }
    if (data.some((word) => word === 'loop' || word.startsWith('loop='))) io.notSimulated('loop devices');
    const type = options.value('t') ?? '';
    const operands = [...options.operands];
    if (options.has('source')) operands.unshift(options.value('source')!);
    if (options.has('target')) operands.push(options.value('target')!);
    if (!operands.length) {
      list(io, type);
      return 0;
    }
    if (operands.length > 2) io.usage(gnu ? 'bad usage' : undefined);
    const changes = flags.remount || flags.propagation !== undefined && !flags.bind;
    let [source, target] = operands.length === 2 ? operands as [string, string] : changes ? ['none', operands[0]!] : ['', operands[0]!];
    if (!source) {
      if (gnu) io.die(`${target}: can't find in /etc/fstab.`);
      io.die(`can't find ${target} in /etc/fstab`);
    }
    if (options.has('m') && !exists(sys, target)) sys.mkdir(target, 0o755);
    const say = (text: string): never => {
      io.warn(text);
      io.err('       dmesg(1) may have more information after failed mount system call.\n');
      return io.exit(32);
    };
    const failure = (error: unknown): never => {
      if (!(error instanceof KernelError)) throw error;
      const { errno } = error;
      if (!gnu) {
        if (flags.remount && errno === 'EINVAL') return io.die(`can't find ${target} in /proc/mounts`);
        if (errno === 'EPERM') io.die('permission denied (are you root?)');
        return io.die(changes && !flags.remount ? `${target}: ${strerror(errno)}` : `mounting ${source} on ${target} failed: ${strerror(errno)}`, changes && !flags.remount ? 1 : 255);
      }
      const place = canonical(sys, target);
      const what = flags.bind || flags.move ? canonical(sys, source) : source;
      switch (errno) {
        case 'EPERM': return say(`${place}: must be superuser to use mount.`);
        case 'ENOENT': return exists(sys, target) ? say(`${place}: special device ${source} does not exist.`) : say(`${target}: mount point does not exist.`);
        case 'EBUSY': return say(`${place}: ${what} already mounted or mount point busy.`);
        case 'ENODEV': return say(`${place}: unknown filesystem type '${type}'.`);
        case 'EACCES': case 'EROFS': return say(`${place}: cannot mount ${what} read-only.`);
        case 'ENOTDIR': case 'EINVAL':
          if (flags.remount) return say(`${place}: mount point not mounted or bad option.`);
          if (changes) return say(`${place}: not mount point or bad option.`);
          if (flags.move && sys.mounts().every((entry) => entry.target !== what)) break;
      }
      if (errno !== 'ENOTDIR' && errno !== 'EINVAL') return say(`${place}: mount(2) system call failed: ${strerror(errno)}.`);
      return say(`${place}: wrong fs type, bad option, bad superblock on ${what}, missing codepage or helper program, or other error.`);
    };
    if (gnu && !exists(sys, target)) say(`${target}: mount point does not exist.`);
    if (gnu && sys.credentials().uid !== 0) say(`${canonical(sys, target)}: must be superuser to use mount.`);
    if (type === 'tmpfs' && !flags.remount) {
      const wrong = data.find((word) => !TMPFS.test(word));
      if (wrong && gnu) say(`${canonical(sys, target)}: fsconfig() failed: tmpfs: ${/^(size|nr_blocks|nr_inodes|mode|uid|gid)=/.test(wrong) ? `Bad value for '${wrong.split('=')[0]}'` : `Unknown parameter '${wrong.split('=')[0]}'`}.`);
      if (wrong) io.die(`mounting ${source} on ${target} failed: Invalid argument`, 255);
    }
    const isDevice = exists(sys, source) && isBlockDevice(sys.stat(source).mode);
    const needsDevice = !changes && !flags.bind && !flags.move && (type === '' || type === 'ext4' || type === 'xfs' || type === 'btrfs');
    if (needsDevice && !isDevice && gnu) say(`${canonical(sys, target)}: fsconfig() failed: ${source}: Can't lookup blockdev.`);
    try {
      if (options.has('f')) return 0;
      const readonly = flags.bind && flags.readonly && !flags.remount;
      if (flags.propagation !== undefined && flags.bind) {
        const { propagation, ...rest } = flags;
        sys.mount(source, target, '', rest);
        sys.mount('none', target, '', { propagation, ...(flags.recursive ? { recursive: true } : {}) });
      } else sys.mount(source, target, flags.bind || flags.move || flags.remount || changes ? '' : type || 'ext4', flags, data.join(','));
      // A bind takes its flags only in a second step; BusyBox leaves that out.
      if (readonly && gnu) sys.mount('none', target, '', { ...flags, remount: true, recursive: false });
    } catch (error) {
      failure(error);
    }
    if (options.has('v') && gnu) io.out(flags.bind ? `${io.name}: ${canonical(sys, source)} bound on ${canonical(sys, target)}.\n` : `${io.name}: ${source} mounted on ${canonical(sys, target)}.\n`);
    return 0;
  },
};

function list(io: Io, types: string): void {
  const wanted = types.replace(/^no/, '').split(',');
  for (const { source, target, type, options } of io.sys.mounts()) {
    if (types && wanted.includes(type) === types.startsWith('no')) continue;
    io.out(`${source} on ${target} type ${type} (${options})\n`);
  }
}

export const umount: Tool = {
  gnu: 'a,all A,all-targets d,detach-loop f,force l,lazy n,no-mtab r,read-only R,recursive t:,types: v,verbose q,quiet i c,no-canonicalize', busybox: 'f l d r a t: n',
  *run(io, options) {
    const { sys, gnu } = io;
    if (options.has('a', 'A')) io.notSimulated(`-${options.last('a', 'A')}`);
    if (!options.operands.length) io.usage(gnu ? 'bad usage' : undefined);
    let failed = 0;
    for (const name of options.operands) {
      const entry = sys.mounts().findLast(({ source }) => source === name && name.startsWith('/dev/'));
      const target = entry?.target ?? name;
      const place = canonical(sys, target);
      const targets = options.has('R') ? sys.mounts().map((mounted) => mounted.target).filter((path) => path === place || path.startsWith(`${place}/`)).reverse() : [target];
      try {
        if (!targets.length) throw new KernelError('EINVAL');
        for (const path of targets) sys.umount(path, options.has('l') ? { lazy: true } : {});
        if (options.has('v') && gnu) io.out(`umount: ${place} unmounted\n`);
      } catch (error) {
        if (!(error instanceof KernelError)) throw error;
        failed++;
        if (!gnu) {
          io.fail(`can't unmount ${name}: ${strerror(error.errno)}`);
          continue;
        }
        const words: Record<string, string> = { EINVAL: `${name}: not mounted.`, ENOENT: `${name}: no mount point specified.`, EBUSY: `${place}: target is busy.`, EPERM: `${name}: must be superuser to unmount.` };
        if (!options.has('q')) io.warn(words[error.errno] ?? `${name}: umount failed: ${strerror(error.errno)}.`);
      }
    }
    return failed ? (gnu ? (options.operands.length > 1 ? 64 : 32) : 1) : 0;
  },
};
