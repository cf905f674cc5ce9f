// Mounts: what they hide, who hears of them, what keeps them busy, how they are listed. The shared, slave and unbindable scenes are as a Linux 6.18 shows them.

import { beforeEach, describe, expect, it } from 'vitest';
import { decode, encode } from '../../../src/base/bytes.ts';
import type { MountFlags } from '../../../src/kernel/syscalls.ts';
import { O_CREAT, O_RDONLY, O_WRONLY } from '../../../src/kernel/syscalls.ts';
import type { FsContext } from '../../../src/kernel/vfs/fs-context.ts';
import type { Vfs } from '../../../src/kernel/vfs/vfs.ts';
import { errno, machine, now, type Machine } from './support.ts';

describe('mounts', () => {
  let m: Machine;
  let vfs: Vfs;
  let root: FsContext;
  const read = (path: string, who = root): string => decode(vfs.readFile(who, path));
  const names = (path: string, who = root): string[] => vfs.readdir(who, path).map((entry) => entry.name);
  const tmpfs = (path: string, data = '', source = 'tmpfs', flags: MountFlags = {}): void => vfs.mount(root, source, path, 'tmpfs', flags, data);
  const bind = (from: string, to: string, recursive = false): void => vfs.mount(root, from, to, '', { bind: true, recursive });
  const make = (path: string, propagation: NonNullable<MountFlags['propagation']>, recursive = false): void =>
    vfs.mount(root, '', path, '', { propagation, recursive });
  /** As `/proc/self/mountinfo` without ids: root, target, optional fields, source. */
  const info = (who = root): string[] => vfs.mountInfo(who).trim().split('\n').slice(1)
    .map((line) => line.split(' ')).map((f) => [f[3], f[4], ...f.slice(6, f.indexOf('-')), f[f.indexOf('-') + 2]].join(' '));

  beforeEach(() => {
    m = machine();
    ({ vfs, root } = m);
    for (const path of ['/a', '/b', '/c', '/d', '/e', '/a/x']) vfs.mkdir(root, path);
    vfs.writeFile(root, '/a/file', 'of a');
    vfs.writeFile(root, '/f', 'of f');
  });

  it('hide what is below, and show it again', () => {
    tmpfs('/a');
    expect(names('/a')).toEqual([]);
    vfs.writeFile(root, '/a/1', '');
    tmpfs('/a');
    vfs.writeFile(root, '/a/2', '');
    expect(names('/a')).toEqual(['2']);
    vfs.umount(root, '/a');
    expect(names('/a')).toEqual(['1']);
    vfs.umount(root, '/a');
    expect(names('/a')).toEqual(['x', 'file']);
    expect(errno(() => vfs.umount(root, '/a'))).toBe('EINVAL');
    expect(errno(() => vfs.umount(root, '/'))).toBe('EBUSY');
  });

  it('bind directories, with their submounts when recursive', () => {
    tmpfs('/a/x');
    vfs.writeFile(root, '/a/x/t', '');
    bind('/a', '/b');
    expect(names('/b/x')).toEqual([]);
    vfs.writeFile(root, '/b/new', 'n');
    expect(read('/a/new')).toBe('n');
    bind('/a', '/c', true);
    expect(names('/c/x')).toEqual(['t']);
    expect(vfs.getcwd(root)).toBe('/');
    vfs.chdir(root, '/c/x/..');
    expect(vfs.getcwd(root)).toBe('/c');
    expect(errno(() => vfs.umount(root, '/c'))).toBe('EBUSY');
    vfs.chdir(root, '/');
    expect(errno(() => vfs.umount(root, '/c'))).toBe('EBUSY');
    vfs.umount(root, '/c', { lazy: true });
    expect(names('/c')).toEqual([]);
    expect(errno(() => vfs.rename(root, '/a/file', '/b/file2'))).toBe('EXDEV');
    expect(errno(() => vfs.link(root, '/a/file', '/b/file2'))).toBe('EXDEV');
  });

  it('bind single files: the inode is mounted, not the name', () => {
    vfs.writeFile(root, '/b/f', 'under');
    bind('/f', '/b/f');
    expect(read('/b/f')).toBe('of f');
    vfs.writeFile(root, '/f', 'in place');
    expect(read('/b/f')).toBe('in place');
    // As editors save: a new file takes the name.
    vfs.writeFile(root, '/f.new', 'replaced');
    vfs.rename(root, '/f.new', '/f');
    expect([read('/f'), read('/b/f')]).toEqual(['replaced', 'in place']);
    expect(info().at(-1)).toBe('/f//deleted /b/f /dev/vda1');
    expect(errno(() => vfs.unlink(root, '/b/f'))).toBe('EBUSY');
    expect(errno(() => vfs.rename(root, '/b/f', '/b/g'))).toBe('EBUSY');
    vfs.writeFile(root, '/b/h', '');
    expect(errno(() => vfs.rename(root, '/b/h', '/b/f'))).toBe('EBUSY');
    vfs.umount(root, '/b/f');
    expect(read('/b/f')).toBe('under');
    expect(errno(() => bind('/f', '/b'))).toBe('ENOTDIR');
    expect(errno(() => bind('/b', '/f'))).toBe('ENOTDIR');
    expect(errno(() => bind('/none', '/b'))).toBe('ENOENT');
  });

  it('are read-only each for itself, or as a file system', () => {
    bind('/a', '/b');
    vfs.mount(root, '', '/b', '', { remount: true, bind: true, readonly: true, nosuid: true });
    expect(errno(() => vfs.writeFile(root, '/b/file', ''))).toBe('EROFS');
    for (const action of [() => vfs.mkdir(root, '/b/n'), () => vfs.unlink(root, '/b/file'), () => vfs.chmod(root, '/b/file', 0), () => vfs.rename(root, '/b/file', '/b/g')]) {
      expect(errno(action)).toBe('EROFS');
    }
    expect(errno(() => vfs.mkdir(root, '/b/x'))).toBe('EEXIST');
    expect(vfs.mounts(root).at(-1)!.options).toBe('ro,nosuid,relatime');
    vfs.writeFile(root, '/a/file', 'still');
    vfs.mount(root, '', '/b', '', { remount: true, bind: true });
    const file = vfs.open(root, '/b/file', O_WRONLY);
    expect(errno(() => vfs.mount(root, '', '/b', '', { remount: true, bind: true, readonly: true }))).toBe('EBUSY');
    file.release();
    tmpfs('/c', '', 'e', { readonly: true });
    expect(errno(() => vfs.mkdir(root, '/c/q'))).toBe('EROFS');
    vfs.mount(root, '', '/c', '', { remount: true }, 'size=4m');
    vfs.mkdir(root, '/c/q');
    expect(vfs.mounts(root).at(-1)).toEqual({ source: 'e', target: '/c', type: 'tmpfs', options: 'rw,relatime,size=4096k', root: '/' });
  });

  it('keep devices, programs and setuid out', () => {
    tmpfs('/a', '', 't', { nodev: true, noexec: true, nosuid: true });
    vfs.mknod(root, '/a/null', 0o020666, 0x100003);
    expect(errno(() => vfs.open(root, '/a/null', O_WRONLY))).toBe('EACCES');
    vfs.writeFile(root, '/a/run', '#!');
    vfs.chmod(root, '/a/run', 0o4755);
    expect(errno(() => vfs.executable(root, '/a/run'))).toBe('EACCES');
    vfs.mount(root, '', '/a', '', { remount: true, bind: true, nosuid: true });
    expect(vfs.executable(root, '/a/run').setuid).toBeUndefined();
    expect(vfs.mounts(root).at(-1)!.options).toBe('rw,nosuid,relatime');
    vfs.mount(root, '', '/a', '', { remount: true, bind: true });
    expect(vfs.executable(root, '/a/run').setuid).toBe(0);
  });

  it('are busy while used', () => {
    tmpfs('/a');
    const file = vfs.open(root, '/a/f', O_CREAT | O_WRONLY);
    expect(errno(() => vfs.umount(root, '/a'))).toBe('EBUSY');
    const other = m.fork(root);
    vfs.chdir(other, '/a');
    file.release();
    expect(errno(() => vfs.umount(root, '/a'))).toBe('EBUSY');
    vfs.umount(root, '/a', { lazy: true });
    vfs.writeFile(other, 'still', 'here');
    expect(read('still', other)).toBe('here');
    expect(vfs.getcwd(other)).toBe('(unreachable)/');
    expect(names('/a')).toEqual(['x', 'file']);
  });

  it('refuse', () => {
    const user = m.user(1000);
    expect(errno(() => vfs.mount(user, 't', '/a', 'tmpfs', {}))).toBe('EPERM');
    const confined: FsContext = { ...root, credentials: { ...root.credentials, sysAdmin: false } };
    expect(errno(() => vfs.mount(confined, 't', '/a', 'tmpfs', {}))).toBe('EPERM');
    expect(errno(() => vfs.umount(confined, '/a'))).toBe('EPERM');
    expect(errno(() => vfs.mount(root, 't', '/a', 'nosuchfs', {}))).toBe('ENODEV');
    expect(errno(() => tmpfs('/none'))).toBe('ENOENT');
    expect(errno(() => tmpfs('/f'))).toBe('ENOTDIR');
    for (const data of ['size=big', 'foo=1', 'mode=9', 'uid=x']) expect(errno(() => tmpfs('/a', data))).toBe('EINVAL');
    expect(errno(() => vfs.mount(root, '/f', '/a', 'ext4', {}))).toBe('ENOTBLK');
    expect(errno(() => vfs.mount(root, '', '/a', '', { remount: true }))).toBe('EINVAL');
    expect(errno(() => make('/a', 'shared'))).toBe('EINVAL');
  });

  it('move', () => {
    tmpfs('/a');
    vfs.mkdir(root, '/a/1');
    vfs.mkdir(root, '/a/2');
    tmpfs('/a/1', '', 's');
    expect(errno(() => vfs.mount(root, '/a', '/a/1', '', { move: true }))).toBe('ELOOP');
    make('/a', 'shared');
    expect(errno(() => vfs.mount(root, '/a/1', '/a/2', '', { move: true }))).toBe('EINVAL');
    make('/a', 'private');
    vfs.mount(root, '/a/1', '/a/2', '', { move: true });
    expect(info()).toEqual(['/ /a tmpfs', '/ /a/2 s']);
    expect(errno(() => vfs.mount(root, '/b', '/c', '', { move: true }))).toBe('EINVAL');
  });

  it('tell their peers and slaves', () => {
    tmpfs('/a', '', 't1');
    vfs.mkdir(root, '/a/x');
    vfs.mkdir(root, '/a/y');
    make('/a', 'shared');
    bind('/a', '/b');
    bind('/a', '/c');
    make('/c', 'slave');
    bind('/c', '/d');
    make('/d', 'shared');
    const before = ['/ /a shared:1 t1', '/ /b shared:1 t1', '/ /c master:1 t1', '/ /d shared:2 master:1 t1'];
    expect(info()).toEqual(before);
    tmpfs('/a/x', '', 't2');
    expect(info()).toEqual([...before, '/ /a/x shared:3 t2', '/ /b/x shared:3 t2', '/ /c/x master:3 t2', '/ /d/x shared:4 master:3 t2']);
    vfs.umount(root, '/b/x');
    expect(info()).toEqual(before);
    tmpfs('/c/y', '', 't3');
    expect(info()).toEqual([...before, '/ /c/y t3']);
    make('/a', 'private', true);
    expect(info()).toEqual(['/ /a t1', ...before.slice(1), '/ /c/y t3']);
    tmpfs('/b/x', '', 't4');
    make('/b', 'unbindable');
    expect(errno(() => bind('/b', '/d/x'))).toBe('EINVAL');
    expect(info()).toEqual(['/ /a t1', '/ /b unbindable t1', '/ /c t1', '/ /d shared:2 t1', '/ /c/y t3',
      '/ /b/x shared:3 t4', '/ /c/x master:3 t4', '/ /d/x shared:4 master:3 t4']);
  });

  it('leave unbindable ones out of recursive binds, and share what comes to lie under shared ones', () => {
    vfs.mkdir(root, '/top');
    for (const name of ['a', 'b']) vfs.mkdir(root, `/top/${name}`);
    tmpfs('/top/a', '', 'ta');
    tmpfs('/top/b', '', 'tb');
    make('/top/b', 'unbindable');
    tmpfs('/e', '', 'te');
    make('/e', 'shared');
    vfs.mkdir(root, '/e/in');
    bind('/top', '/e/in', true);
    expect(info()).toEqual(['/ /top/a ta', '/ /top/b unbindable tb', '/ /e shared:1 te', '/top /e/in shared:2 /dev/vda1', '/ /e/in/a shared:3 ta']);
  });

  it('are copied for a new namespace, which is a world of its own unless shared', () => {
    tmpfs('/a', '', 'ta');
    make('/', 'shared', true);
    const inner = m.fork(root);
    vfs.chdir(inner, '/a');
    vfs.copyNamespace(inner);
    expect(inner.namespace).not.toBe(root.namespace);
    expect(vfs.getcwd(inner)).toBe('/a');
    expect(info(inner)).toEqual(['/ /a shared:2 ta']);
    tmpfs('/b', '', 'tb');
    expect(info(inner)).toEqual(['/ /a shared:2 ta', '/ /b shared:3 tb']);
    vfs.mount(inner, '', '/', '', { propagation: 'slave', recursive: true });
    tmpfs('/c', '', 'tc');
    expect(info(inner)).toEqual(['/ /a master:2 ta', '/ /b master:3 tb', '/ /c master:4 tc']);
    vfs.mount(inner, 'td', '/d', 'tmpfs', {});
    expect(info(root)).toEqual(['/ /a shared:2 ta', '/ /b shared:3 tb', '/ /c shared:4 tc']);
    vfs.umount(root, '/c');
    expect(info(inner)).toEqual(['/ /a master:2 ta', '/ /b master:3 tb', '/ /d td']);
    vfs.mount(inner, '', '/', '', { propagation: 'private', recursive: true });
    vfs.umount(root, '/b');
    expect(info(inner)).toEqual(['/ /a ta', '/ /b tb', '/ /d td']);
    // A mount point of one namespace is an ordinary directory in another.
    vfs.rmdir(root, '/d');
    expect(info(inner)).toEqual(['/ /a ta', '/ /b tb']);
    vfs.chdir(inner, '/');
    vfs.releaseNamespace(inner.namespace);
    expect(inner.namespace.mounts.size).toBe(0);
  });

  it('pivot', () => {
    for (const path of ['/new', '/low', '/low/bin', '/up', '/work']) vfs.mkdir(root, path);
    vfs.mount(root, 'overlay', '/new', 'overlay', {}, 'lowerdir=/low,upperdir=/up,workdir=/work');
    make('/', 'shared', true);
    const inner = m.fork(root);
    vfs.copyNamespace(inner);
    expect(errno(() => vfs.pivotRoot(inner, '/new'))).toBe('EINVAL');
    vfs.mount(inner, '', '/', '', { propagation: 'slave', recursive: true });
    expect(errno(() => vfs.pivotRoot(inner, '/'))).toBe('EBUSY');
    expect(errno(() => vfs.pivotRoot(inner, '/low'))).toBe('EINVAL');
    vfs.pivotRoot(inner, '/new');
    expect(names('/', inner)).toEqual(['bin']);
    expect(vfs.getcwd(inner)).toBe('/');
    vfs.writeFile(inner, '/hello', '');
    expect(names('/up')).toEqual(['hello']);
    expect(vfs.mountsText(inner)).toBe('overlay / overlay rw,relatime,lowerdir=/low,upperdir=/up,workdir=/work,uuid=on 0 0\n');
    expect(names('/new')).toEqual(['bin', 'hello']);
    expect(vfs.realpath(inner, '/../../bin')).toBe('/bin');
  });

  it('list tmpfs options as Linux does', () => {
    const shown = (data: string): string => {
      tmpfs('/a', data);
      const { options } = vfs.mounts(root).at(-1)!;
      vfs.umount(root, '/a');
      return options.replace('rw,relatime', '');
    };
    expect(shown('')).toBe('');
    expect(shown('size=1000')).toBe(',size=4k');
    expect(shown('size=4097')).toBe(',size=8k');
    expect(shown('size=10%')).toBe(',size=419428k');
    expect(shown('size=100%,mode=700,uid=3,gid=4,nr_inodes=1k')).toBe(',size=4194304k,nr_inodes=1024,mode=700,uid=3,gid=4');
    expect(shown('nr_blocks=4')).toBe(',size=16k');
    expect(shown('mode=01777')).toBe('');
    expect(shown('size=0')).toBe(',size=0k');
    expect(shown('nr_inodes=0,noswap')).toBe(',nr_inodes=0,noswap');
  });

  it('write odd names as /proc/mounts does', () => {
    vfs.mkdir(root, '/a b');
    tmpfs('/a b', '', 'so urce');
    expect(vfs.mountsText(root).split('\n')[1]).toBe('so\\040urce /a\\040b tmpfs rw,relatime 0 0');
  });

  it('keep a disk that nothing has mounted', () => {
    vfs.mkdir(root, '/dev');
    vfs.mount(root, 'devtmpfs', '/dev', 'devtmpfs', {});
    vfs.mount(root, '/dev/vda1', '/b', 'ext4', {});
    expect(read('/b/f')).toBe('of f');
    expect(names('/b/dev')).toEqual([]);
    vfs.mount(root, 'devpts', '/dev/pts', 'devpts', { nosuid: true, noexec: true }, 'gid=5,mode=620,ptmxmode=666');
    expect(vfs.mountsText(root).split('\n').slice(1, 4)).toEqual([
      'devtmpfs /dev devtmpfs rw,relatime,size=2097152k,nr_inodes=524288,mode=755 0 0',
      '/dev/vda1 /b ext4 rw,relatime 0 0',
      'devpts /dev/pts devpts rw,nosuid,noexec,relatime,gid=5,mode=620,ptmxmode=666 0 0',
    ]);
    const file = vfs.open(root, '/dev/null', O_WRONLY);
    expect(now(file.write(encode('x')))).toBe(1);
    const fd = vfs.open(root, '/b/f', O_RDONLY);
    expect(fd.name).toBe('/b/f');
  });
});
