// One suite that every writable file system passes: what Linux does whatever lies below.

import { beforeEach, describe, expect, it } from 'vitest';
import { decode, encode } from '../../../src/base/bytes.ts';
import { KernelError } from '../../../src/kernel/errno.ts';
import { S_IFCHR, S_IFDIR, S_IFIFO, S_IFLNK, S_IFMT, S_IFREG } from '../../../src/kernel/stat.ts';
import { O_APPEND, O_CREAT, O_DIRECTORY, O_EXCL, O_NOFOLLOW, O_RDONLY, O_RDWR, O_TRUNC, O_WRONLY } from '../../../src/kernel/syscalls.ts';
import type { FsContext } from '../../../src/kernel/vfs/fs-context.ts';
import type { Vfs } from '../../../src/kernel/vfs/vfs.ts';
import { errno, machine, now, text, type Machine } from './support.ts';

/** Where the suite works, and where its files are laid before (the lower directory, for copy-up). */
interface Ground {
  readonly machine: Machine;
  readonly lay: string;
  /** After laying: make it visible at /w. */
  ready(): void;
}

const GROUNDS: Record<string, () => Ground> = {
  disk() {
    const m = machine();
    m.vfs.mkdir(m.root, '/w');
    return { machine: m, lay: '/w', ready() {} };
  },
  tmpfs() {
    const m = machine();
    m.vfs.mkdir(m.root, '/w');
    m.vfs.mount(m.root, 'tmpfs', '/w', 'tmpfs', {}, 'size=64m,mode=755');
    return { machine: m, lay: '/w', ready() {} };
  },
  'a bind mount'() {
    const m = machine();
    m.vfs.mkdir(m.root, '/w');
    m.vfs.mkdir(m.root, '/source');
    m.vfs.mount(m.root, '/source', '/w', '', { bind: true });
    return { machine: m, lay: '/w', ready() {} };
  },
  'an overlay, content in the upper layer'() {
    const m = machine();
    for (const path of ['/w', '/low', '/up', '/work']) m.vfs.mkdir(m.root, path);
    m.vfs.mount(m.root, 'overlay', '/w', 'overlay', {}, 'lowerdir=/low,upperdir=/up,workdir=/work');
    return { machine: m, lay: '/w', ready() {} };
  },
  'an overlay, content in a lower layer'() {
    const m = machine();
    for (const path of ['/w', '/low', '/lowest', '/up', '/work']) m.vfs.mkdir(m.root, path);
    return {
      machine: m, lay: '/low',
      ready: () => m.vfs.mount(m.root, 'overlay', '/w', 'overlay', {}, 'lowerdir=/low:/lowest,upperdir=/up,workdir=/work'),
    };
  },
  'an overlay on tmpfs, over another disk'() {
    const m = machine();
    for (const path of ['/w', '/low', '/tmp']) m.vfs.mkdir(m.root, path);
    m.vfs.mount(m.root, 'tmpfs', '/tmp', 'tmpfs', {});
    for (const path of ['/tmp/up', '/tmp/work']) m.vfs.mkdir(m.root, path);
    return {
      machine: m, lay: '/low',
      ready: () => m.vfs.mount(m.root, 'overlay', '/w', 'overlay', {}, 'lowerdir=/low,upperdir=/tmp/up,workdir=/tmp/work'),
    };
  },
};

for (const [name, prepare] of Object.entries(GROUNDS)) {
  describe(name, () => {
    let m: Machine;
    let vfs: Vfs;
    let root: FsContext;
    let ann: FsContext;
    const read = (path: string, who = root): string => decode(vfs.readFile(who, path));
    const names = (path: string): string[] => vfs.readdir(root, path).map((entry) => entry.name).sort();
    const mode = (path: string): string => (vfs.lstat(root, path).mode & 0o7777).toString(8);

    beforeEach(() => {
      const ground = prepare();
      ({ machine: m } = ground);
      ({ vfs, root } = m);
      const at = (path: string): string => `${ground.lay}/${path}`;
      vfs.mkdir(root, at('dir'));
      vfs.mkdir(root, at('dir/sub'));
      vfs.mkdir(root, at('full'));
      vfs.mkdir(root, at('open'));
      vfs.chmod(root, at('open'), 0o777);
      vfs.mkdir(root, at('sticky'));
      vfs.chmod(root, at('sticky'), 0o1777);
      vfs.mkdir(root, at('private'), 0o700);
      vfs.mkdir(root, at('group'));
      vfs.chown(root, at('group'), 0, 50);
      vfs.chmod(root, at('group'), 0o2777);
      vfs.writeFile(root, at('file'), 'one\ntwo\n');
      vfs.writeFile(root, at('dir/inner'), 'inner');
      vfs.writeFile(root, at('full/x'), 'x');
      vfs.writeFile(root, at('private/secret'), 'secret');
      vfs.writeFile(root, at('open/roots'), 'root');
      vfs.writeFile(root, at('big'), 'b'.repeat(200_000));
      vfs.symlink(root, 'file', at('link'));
      vfs.symlink(root, '/w/dir', at('dirlink'));
      vfs.symlink(root, 'nowhere', at('dangling'));
      vfs.symlink(root, 'loop', at('loop'));
      m.clock.advance(5000);
      ground.ready();
      ann = m.user(1000, [50]);
      vfs.chdir(root, '/w');
      vfs.chdir(ann, '/w');
    });

    it('creates, reads and lists', () => {
      vfs.writeFile(root, 'new', 'hello');
      expect(read('/w/new')).toBe('hello');
      expect(names('.')).toEqual(['big', 'dangling', 'dir', 'dirlink', 'file', 'full', 'group', 'link', 'loop', 'new', 'open', 'private', 'sticky']);
      expect(errno(() => vfs.open(root, 'new', O_CREAT | O_EXCL | O_WRONLY))).toBe('EEXIST');
      expect(errno(() => vfs.open(root, 'none', O_RDONLY))).toBe('ENOENT');
      expect(errno(() => vfs.open(root, 'file/x', O_RDONLY))).toBe('ENOTDIR');
      expect(errno(() => vfs.open(root, 'dir', O_WRONLY))).toBe('EISDIR');
      expect(errno(() => vfs.open(root, 'none/', O_CREAT | O_WRONLY))).toBe('EISDIR');
      expect(errno(() => vfs.open(root, 'file', O_DIRECTORY))).toBe('ENOTDIR');
      expect(errno(() => vfs.open(root, 'link', O_NOFOLLOW))).toBe('ELOOP');
      expect(errno(() => vfs.readFile(root, 'dir'))).toBe('EISDIR');
    });

    it('appends, truncates, overwrites, seeks', () => {
      const file = vfs.open(root, 'file', O_RDWR | O_APPEND);
      now(file.write(encode('three\n')));
      expect(read('file')).toBe('one\ntwo\nthree\n');
      expect(file.seek(4, 'set')).toBe(4);
      expect(text(file, 3)).toBe('two');
      file.truncate(4);
      expect(read('file')).toBe('one\n');
      file.pwrite(encode('X'), 6);
      expect(read('file')).toBe('one\n\0\0X');
      expect(file.seek(-2, 'end')).toBe(5);
      expect(errno(() => file.seek(-9, 'set'))).toBe('EINVAL');
      file.release();
      vfs.truncate(root, 'file', 2);
      expect(read('file')).toBe('on');
      vfs.open(root, 'file', O_WRONLY | O_TRUNC).release();
      expect(vfs.stat(root, 'file').size).toBe(0);
      vfs.writeFile(root, 'big', 'small');
      expect(read('big')).toBe('small');
    });

    it('keeps large and sparse content', () => {
      const file = vfs.open(root, 'big', O_RDWR);
      file.pwrite(encode('MIDDLE'), 65533);
      const bytes = file.pread(12, 65530);
      expect(decode(bytes)).toBe('bbbMIDDLEbbb');
      file.pwrite(encode('later'), 65533);
      expect(decode(bytes)).toBe('bbbMIDDLEbbb');
      expect(vfs.stat(root, 'big')).toMatchObject({ size: 200_000, blocks: 49 * 8 });
      vfs.truncate(root, 'big', 1024 ** 3);
      expect(vfs.stat(root, 'big')).toMatchObject({ size: 1024 ** 3, blocks: 49 * 8 });
      file.pwrite(encode('end'), 900_000_000);
      expect(vfs.stat(root, 'big').blocks).toBe(50 * 8);
      expect(decode(file.pread(5, 899_999_999))).toBe('\0end\0');
      vfs.truncate(root, 'big', 100_000);
      expect(vfs.stat(root, 'big')).toMatchObject({ size: 100_000, blocks: 25 * 8 });
      vfs.truncate(root, 'big', 200_000);
      expect(decode(file.pread(2, 99_999))).toBe('b\0');
      expect(vfs.readFile(root, 'big').length).toBe(200_000);
      vfs.writeFile(root, 'hole', '');
      vfs.truncate(root, 'hole', 1 << 20);
      expect(vfs.stat(root, 'hole').blocks).toBe(0);
      file.release();
    });

    it('copies a file by sharing it', () => {
      const from = vfs.open(root, 'big', O_RDONLY);
      const to = vfs.open(root, 'copy', O_WRONLY | O_CREAT);
      vfs.copyFile(from, to);
      now(to.write(encode('!')));
      to.pwrite(encode('A'), 0);
      expect(read('copy').slice(0, 3)).toBe('Abb');
      expect(read('copy').length).toBe(200_001);
      expect(read('big').slice(0, 3)).toBe('bbb');
      expect(errno(() => vfs.copyFile(to, from))).toBe('EBADF');
    });

    it('makes and removes directories', () => {
      vfs.mkdir(root, 'd1/');
      vfs.mkdir(root, 'd1/d2', 0o1777);
      expect(mode('d1')).toBe('755');
      expect(mode('d1/d2')).toBe('1755');
      expect(errno(() => vfs.mkdir(root, 'd1'))).toBe('EEXIST');
      expect(errno(() => vfs.mkdir(root, '/'))).toBe('EEXIST');
      expect(errno(() => vfs.mkdir(root, 'no/d'))).toBe('ENOENT');
      expect(errno(() => vfs.rmdir(root, 'd1'))).toBe('ENOTEMPTY');
      expect(errno(() => vfs.rmdir(root, 'file'))).toBe('ENOTDIR');
      expect(errno(() => vfs.rmdir(root, '.'))).toBe('EINVAL');
      expect(errno(() => vfs.rmdir(root, 'd1/..'))).toBe('ENOTEMPTY');
      expect(errno(() => vfs.unlink(root, 'd1'))).toBe('EISDIR');
      vfs.rmdir(root, 'd1/d2');
      vfs.rmdir(root, 'd1');
      expect(errno(() => vfs.rmdir(root, 'full'))).toBe('ENOTEMPTY');
      vfs.unlink(root, 'full/x');
      vfs.rmdir(root, 'full');
      expect(errno(() => vfs.stat(root, 'full'))).toBe('ENOENT');
      vfs.mkdir(root, 'full');
      expect(names('full')).toEqual([]);
    });

    it('unlinks; what is open lives on', () => {
      const file = vfs.open(root, 'file', O_RDWR);
      vfs.unlink(root, 'file');
      expect(errno(() => vfs.stat(root, 'file'))).toBe('ENOENT');
      expect(text(file)).toBe('one\ntwo\n');
      now(file.write(encode('more')));
      expect(file.stat()).toMatchObject({ nlink: 0, size: 12 });
      expect(file.name).toBe('/w/file (deleted)');
      vfs.writeFile(root, 'file', 'another');
      expect(decode(file.pread(100, 0))).toBe('one\ntwo\nmore');
      expect(read('file')).toBe('another');
      file.release();
      expect(errno(() => vfs.unlink(root, 'file/'))).toBe('ENOTDIR');
      expect(errno(() => vfs.unlink(root, 'nope'))).toBe('ENOENT');
    });

    it('links', () => {
      vfs.link(root, 'file', 'second');
      expect(vfs.stat(root, 'file').nlink).toBe(2);
      expect(vfs.stat(root, 'file').ino).toBe(vfs.stat(root, 'second').ino);
      vfs.writeFile(root, 'second', 'both');
      expect(read('file')).toBe('both');
      vfs.unlink(root, 'file');
      expect(vfs.stat(root, 'second').nlink).toBe(1);
      expect(errno(() => vfs.link(root, 'dir', 'dir2'))).toBe('EPERM');
      expect(errno(() => vfs.link(root, 'second', 'big'))).toBe('EEXIST');
      vfs.link(root, 'link', 'link2');
      expect(vfs.readlink(root, 'link2')).toBe('file');
      expect(errno(() => vfs.link(ann, 'open/roots', 'open/mine'))).toBe('EPERM');
    });

    it('follows symbolic links', () => {
      expect(read('link')).toBe('one\ntwo\n');
      expect(vfs.lstat(root, 'link')).toMatchObject({ mode: S_IFLNK | 0o777, size: 4 });
      expect(vfs.stat(root, 'link').mode & S_IFMT).toBe(S_IFREG);
      expect(names('dirlink')).toEqual(['inner', 'sub']);
      expect(vfs.lstat(root, 'dirlink/').mode & S_IFMT).toBe(S_IFDIR);
      expect(errno(() => vfs.stat(root, 'link/'))).toBe('ENOTDIR');
      expect(errno(() => vfs.stat(root, 'loop'))).toBe('ELOOP');
      expect(errno(() => vfs.readFile(root, 'dangling'))).toBe('ENOENT');
      expect(errno(() => vfs.readlink(root, 'file'))).toBe('EINVAL');
      vfs.writeFile(root, 'dangling', 'made through it');
      expect(read('nowhere')).toBe('made through it');
      expect(vfs.realpath(root, 'dirlink/sub/../inner')).toBe('/w/dir/inner');
      expect(errno(() => vfs.symlink(root, '', 'empty'))).toBe('ENOENT');
      expect(errno(() => vfs.mkdir(root, 'dangling'))).toBe('EEXIST');
    });

    it('renames', () => {
      vfs.rename(root, 'file', 'dir/moved');
      expect(read('dir/moved')).toBe('one\ntwo\n');
      vfs.rename(root, 'dir/moved', 'big');
      expect(read('big')).toBe('one\ntwo\n');
      vfs.mkdir(root, 'a');
      vfs.mkdir(root, 'a/b');
      vfs.writeFile(root, 'a/f', 'f');
      const open = vfs.open(root, 'a/f', O_RDONLY);
      vfs.rename(root, 'a', 'c');
      expect(names('c')).toEqual(['b', 'f']);
      expect(open.name).toBe('/w/c/f');
      expect(errno(() => vfs.rename(root, 'c', 'c/b/d'))).toBe('EINVAL');
      expect(errno(() => vfs.rename(root, 'c/b', 'c'))).toBe('ENOTEMPTY');
      expect(errno(() => vfs.rename(root, 'c', 'full'))).toBe('ENOTEMPTY');
      expect(errno(() => vfs.rename(root, 'c', 'big'))).toBe('ENOTDIR');
      expect(errno(() => vfs.rename(root, 'big', 'c'))).toBe('EISDIR');
      expect(errno(() => vfs.rename(root, 'nope', 'c'))).toBe('ENOENT');
      expect(errno(() => vfs.rename(root, 'big', '/outside'))).toBe(name === 'disk' ? '' : 'EXDEV');
      vfs.mkdir(root, 'empty');
      vfs.rename(root, 'c/b', 'empty');
      expect(names('c')).toEqual(['f']);
      vfs.rename(root, 'c/f', 'c/f');
      expect(read('c/f')).toBe('f');
      vfs.rename(root, 'link', 'link3');
      expect(vfs.readlink(root, 'link3')).toBe('file');
    });

    it('counts links of directories', () => {
      vfs.mkdir(root, 'n');
      expect(vfs.stat(root, 'n').nlink).toBe(2);
      vfs.mkdir(root, 'n/1');
      vfs.mkdir(root, 'n/2');
      expect(vfs.stat(root, 'n').nlink).toBe(4);
      vfs.mkdir(root, 'o');
      vfs.rename(root, 'n/1', 'o/1');
      vfs.rmdir(root, 'n/2');
      expect([vfs.stat(root, 'n').nlink, vfs.stat(root, 'o').nlink]).toEqual([2, 3]);
    });

    it('holds permissions', () => {
      expect(errno(() => vfs.writeFile(ann, 'file', ''))).toBe('EACCES');
      expect(errno(() => vfs.writeFile(ann, 'mine', ''))).toBe('EACCES');
      expect(errno(() => vfs.readFile(ann, 'private/secret'))).toBe('EACCES');
      expect(errno(() => vfs.readdir(ann, 'private'))).toBe('EACCES');
      expect(errno(() => vfs.chmod(ann, 'file', 0o777))).toBe('EPERM');
      expect(errno(() => vfs.chown(ann, 'file', 1000, -1))).toBe('EPERM');
      expect(errno(() => vfs.unlink(ann, 'file'))).toBe('EACCES');
      vfs.writeFile(ann, 'open/mine', 'm', 0o640);
      expect(vfs.stat(root, 'open/mine')).toMatchObject({ uid: 1000, gid: 1000, mode: S_IFREG | 0o640 });
      vfs.chmod(ann, 'open/mine', 0o400);
      expect(errno(() => vfs.writeFile(ann, 'open/mine', ''))).toBe('EACCES');
      vfs.writeFile(root, 'open/mine', 'root may');
      vfs.unlink(ann, 'open/roots');
      expect(vfs.can(ann, 'file', 'r')).toBe(true);
      expect(vfs.can(ann, 'file', 'w')).toBe(false);
      expect(vfs.can(root, 'file', 'x')).toBe(false);
      expect(vfs.can(root, 'file', 'rw')).toBe(true);
      expect(errno(() => vfs.chdir(ann, 'private'))).toBe('EACCES');
      vfs.chown(root, 'open/mine', 1000, 50);
      vfs.chmod(root, 'open/mine', 0o060);
      expect(errno(() => vfs.readFile(ann, 'open/mine'))).toBe('EACCES');
    });

    it('masks modes and inherits groups', () => {
      root.umask = 0o077;
      vfs.writeFile(root, 'masked', '', 0o666);
      vfs.mkdir(root, 'maskedd', 0o777);
      expect([mode('masked'), mode('maskedd')]).toEqual(['600', '700']);
      root.umask = 0;
      vfs.mkdir(ann, 'group/d');
      vfs.writeFile(ann, 'group/f', '');
      expect(vfs.stat(root, 'group/d')).toMatchObject({ gid: 50, mode: S_IFDIR | 0o2755 });
      expect(vfs.stat(root, 'group/f')).toMatchObject({ gid: 50, uid: 1000 });
    });

    it('is sticky', () => {
      vfs.writeFile(root, 'sticky/r', '');
      vfs.writeFile(ann, 'sticky/a', '');
      expect(errno(() => vfs.unlink(ann, 'sticky/r'))).toBe('EPERM');
      expect(errno(() => vfs.rename(ann, 'sticky/r', 'sticky/q'))).toBe('EPERM');
      vfs.rename(ann, 'sticky/a', 'sticky/b');
      vfs.unlink(ann, 'sticky/b');
    });

    it('clears setuid when others write or the owner changes', () => {
      vfs.writeFile(root, 'suid', '');
      vfs.chmod(root, 'suid', 0o6777);
      vfs.writeFile(root, 'suid', 'x');
      expect(mode('suid')).toBe('6777');
      const file = vfs.open(ann, 'suid', O_WRONLY);
      now(file.write(encode('y')));
      expect(mode('suid')).toBe('777');
      vfs.chmod(root, 'suid', 0o4755);
      vfs.chown(root, 'suid', 1000, 1000);
      expect(mode('suid')).toBe('755');
    });

    it('keeps times', () => {
      const t0 = m.clock.now;
      expect(vfs.stat(root, 'file').mtime).toBe(t0 - 5000);
      vfs.chmod(root, 'file', 0o600);
      expect(vfs.stat(root, 'file')).toMatchObject({ mtime: t0 - 5000, ctime: t0 });
      m.clock.advance(1000);
      const file = vfs.open(root, 'file', O_RDWR);
      now(file.write(encode('x')));
      expect(vfs.stat(root, 'file')).toMatchObject({ mtime: t0 + 1000, ctime: t0 + 1000, atime: t0 - 5000 });
      m.clock.advance(1000);
      text(file);
      expect(vfs.stat(root, 'file').atime).toBe(t0 + 2000);
      m.clock.advance(1000);
      text(file);
      expect(vfs.stat(root, 'file').atime).toBe(t0 + 2000);
      vfs.writeFile(root, 'dir/n', '');
      expect(vfs.stat(root, 'dir').mtime).toBe(t0 + 3000);
      vfs.utimes(root, 'file', 10, 20.5);
      expect(vfs.stat(root, 'file')).toMatchObject({ atime: 10, mtime: 20.5 });
      vfs.utimes(root, 'file', undefined, 'now');
      expect(vfs.stat(root, 'file')).toMatchObject({ atime: 10, mtime: t0 + 3000 });
      expect(errno(() => vfs.utimes(ann, 'file', 1, 1))).toBe('EPERM');
      expect(errno(() => vfs.utimes(ann, 'file', 'now', 'now'))).toBe('EACCES');
      vfs.utimes(root, 'link', 1000, 1000, { noFollow: true });
      expect(vfs.lstat(root, 'link').mtime).toBe(1000);
    });

    it('has extended attributes', () => {
      vfs.setxattr(root, 'file', 'user.a', encode('1'));
      vfs.setxattr(root, 'file', 'trusted.b', encode('2'));
      expect(decode(vfs.getxattr(root, 'file', 'user.a'))).toBe('1');
      expect(vfs.listxattr(root, 'file')).toEqual(['user.a', 'trusted.b']);
      expect(vfs.listxattr(ann, 'file')).toEqual(['user.a']);
      expect(errno(() => vfs.getxattr(ann, 'file', 'trusted.b'))).toBe('ENODATA');
      expect(errno(() => vfs.setxattr(ann, 'file', 'trusted.b', encode('')))).toBe('EPERM');
      expect(errno(() => vfs.setxattr(root, 'file', 'odd', encode('')))).toBe('EOPNOTSUPP');
      expect(errno(() => vfs.setxattr(root, 'link', 'user.x', encode(''), { noFollow: true }))).toBe('EPERM');
      vfs.removexattr(root, 'file', 'user.a');
      expect(errno(() => vfs.getxattr(root, 'file', 'user.a'))).toBe('ENODATA');
    });

    it('makes nodes', () => {
      vfs.mknod(root, 'null', S_IFCHR | 0o666, 0x100003);
      expect(vfs.stat(root, 'null')).toMatchObject({ mode: S_IFCHR | 0o644, rdev: 0x100003 });
      vfs.writeFile(root, 'null', 'gone');
      expect(errno(() => vfs.readFile(root, 'null'))).toBe('EINVAL');
      vfs.mknod(ann, 'open/pipe', S_IFIFO | 0o600);
      expect(errno(() => vfs.mknod(ann, 'open/dev', S_IFCHR | 0o600, 0x100003))).toBe('EPERM');
      vfs.mknod(root, 'plain', 0o600);
      expect(vfs.stat(root, 'plain').mode).toBe(S_IFREG | 0o600);
    });

    it('knows where it is', () => {
      vfs.chdir(root, 'dir/sub');
      expect(vfs.getcwd(root)).toBe('/w/dir/sub');
      vfs.writeFile(root, '../up', 'u');
      expect(read('/w/dir/up')).toBe('u');
      vfs.rmdir(root, '/w/dir/sub');
      expect(errno(() => vfs.getcwd(root))).toBe('ENOENT');
      expect(errno(() => vfs.writeFile(root, 'x', ''))).toBe('ENOENT');
      expect(vfs.readdir(root, '.')).toEqual([]);
      vfs.chdir(root, '..');
      expect(vfs.getcwd(root)).toBe('/w/dir');
      const jailed = m.fork(root);
      vfs.chroot(jailed, '/w/dir');
      expect(vfs.realpath(jailed, '/../..')).toBe('/');
      expect(decode(vfs.readFile(jailed, '/inner'))).toBe('inner');
      expect(errno(() => vfs.stat(jailed, '/w'))).toBe('ENOENT');
    });

    it('refuses long names and odd paths', () => {
      expect(errno(() => vfs.writeFile(root, 'n'.repeat(256), ''))).toBe('ENAMETOOLONG');
      expect(errno(() => vfs.writeFile(root, 'é'.repeat(128), ''))).toBe('ENAMETOOLONG');
      vfs.writeFile(root, 'n'.repeat(255), '');
      expect(errno(() => vfs.stat(root, 'a/'.repeat(2100)))).toBe('ENAMETOOLONG');
      expect(errno(() => vfs.stat(root, ''))).toBe('ENOENT');
      expect(vfs.stat(root, '//w///file').size).toBe(8);
    });

    it('executes', () => {
      expect(errno(() => vfs.executable(root, 'file'))).toBe('EACCES');
      expect(errno(() => vfs.executable(root, 'dir'))).toBe('EACCES');
      vfs.chmod(root, 'file', 0o4755);
      expect(vfs.executable(ann, 'link')).toMatchObject({ path: '/w/file', setuid: 0 });
      expect(decode(vfs.executable(ann, 'link').content)).toBe('one\ntwo\n');
    });

    it('locks', () => {
      const [a, b] = [vfs.open(root, 'file', O_RDONLY), vfs.open(root, 'file', O_RDONLY)];
      now(vfs.flock(a, 'exclusive'));
      expect(errno(() => now(vfs.flock(b, 'shared', { nonblocking: true })))).toBe('EAGAIN');
      expect(vfs.flock(b, 'shared').next().done).toBe(false);
      now(vfs.flock(a, 'shared'));
      now(vfs.flock(b, 'shared'));
      expect(errno(() => now(vfs.flock(b, 'exclusive', { nonblocking: true })))).toBe('EAGAIN');
      a.release();
      now(vfs.flock(b, 'exclusive'));
    });

    it('errs as itself', () => {
      expect(() => vfs.stat(root, 'none')).toThrow(KernelError);
    });
  });
}

describe('space', () => {
  it('runs out on a full disk and comes back', () => {
    const { vfs, root } = machine({ size: 4 << 20 });
    const before = vfs.statfs(root, '/');
    const file = vfs.open(root, '/f', O_CREAT | O_WRONLY);
    const block = new Uint8Array(1 << 20).fill(1);
    let written = 0;
    const error = (() => {
      for (;;) {
        try {
          written += now(file.write(block));
        } catch (caught) {
          return caught as KernelError;
        }
      }
    })();
    expect(error.errno).toBe('ENOSPC');
    written += error.written;
    expect(written).toBe(before.bfree * 4096);
    expect(vfs.stat(root, '/f').size).toBe(written);
    expect(vfs.statfs(root, '/').bfree).toBe(0);
    expect(errno(() => vfs.mkdir(root, '/d'))).toBe('ENOSPC');
    vfs.unlink(root, '/f');
    expect(vfs.statfs(root, '/').bfree).toBe(0);
    file.release();
    expect(vfs.statfs(root, '/')).toEqual(before);
  });

  it('limits tmpfs in pages and inodes', () => {
    const { vfs, root } = machine();
    vfs.mkdir(root, '/t');
    vfs.mount(root, 'tmpfs', '/t', 'tmpfs', {}, 'size=64k,nr_inodes=5');
    vfs.writeFile(root, '/t/a', 'x'.repeat(65536));
    expect(errno(() => vfs.writeFile(root, '/t/b', 'y'))).toBe('ENOSPC');
    expect(vfs.stat(root, '/t/b').size).toBe(0);
    vfs.unlink(root, '/t/a');
    vfs.writeFile(root, '/t/b', 'y');
    expect(vfs.statfs(root, '/t')).toMatchObject({ type: 'tmpfs', blocks: 16, bfree: 15, files: 5, ffree: 3 });
    for (const name of 'cde') vfs.mkdir(root, `/t/${name}`);
    expect(errno(() => vfs.mkdir(root, '/t/f'))).toBe('ENOSPC');
    expect(vfs.stat(root, '/t')).toMatchObject({ size: 120, nlink: 5 });
  });
});
