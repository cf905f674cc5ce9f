// What is an overlay's own: copy-up, whiteouts, opaque directories, numbers, and that it does what a plain disk would.

import { beforeEach, describe, expect, it } from 'vitest';
import { decode, encode } from '../../../src/base/bytes.ts';
import { Random } from '../../../src/base/random.ts';
import { KernelError } from '../../../src/kernel/errno.ts';
import { S_IFCHR, S_IFDIR, S_IFMT, S_IFREG } from '../../../src/kernel/stat.ts';
import { O_APPEND, O_CREAT, O_RDONLY, O_TRUNC, O_WRONLY } from '../../../src/kernel/syscalls.ts';
import type { FsContext } from '../../../src/kernel/vfs/fs-context.ts';
import type { Vfs } from '../../../src/kernel/vfs/vfs.ts';
import { errno, machine, now, text, type Machine } from './support.ts';

describe('overlay', () => {
  let m: Machine;
  let vfs: Vfs;
  let root: FsContext;
  const read = (path: string): string => decode(vfs.readFile(root, path));
  const names = (path: string): string[] => vfs.readdir(root, path).map((entry) => entry.name);
  const isWhiteout = (path: string): boolean => {
    const { mode, rdev } = vfs.lstat(root, path);
    return (mode & S_IFMT) === S_IFCHR && rdev === 0;
  };
  const remount = (): void => {
    vfs.umount(root, '/m');
    vfs.mount(root, 'overlay', '/m', 'overlay', {}, 'lowerdir=/l1:/l2,upperdir=/u,workdir=/w');
  };

  beforeEach(() => {
    m = machine();
    ({ vfs, root } = m);
    for (const path of ['/l1', '/l2', '/u', '/w', '/m', '/l1/d', '/l2/d', '/l2/only']) vfs.mkdir(root, path);
    vfs.writeFile(root, '/l1/f', 'low\n');
    vfs.writeFile(root, '/l1/d/a', 'a');
    vfs.writeFile(root, '/l2/d/b', 'b');
    vfs.writeFile(root, '/l2/d/a', 'hidden');
    vfs.writeFile(root, '/l2/z', 'z');
    vfs.writeFile(root, '/l2/only/x', 'x');
    vfs.chown(root, '/l1/d', 7, 8);
    vfs.chmod(root, '/l1/d', 0o751);
    vfs.mount(root, 'overlay', '/m', 'overlay', {}, 'lowerdir=/l1:/l2,upperdir=/u,workdir=/w');
  });

  it('merges', () => {
    expect(names('/m')).toEqual(['d', 'only', 'z', 'f']);
    expect(names('/m/d')).toEqual(['b', 'a']);
    expect(read('/m/d/a')).toBe('a');
    expect(vfs.stat(root, '/m/d')).toMatchObject({ nlink: 1, uid: 7, gid: 8, mode: S_IFDIR | 0o751 });
    expect(vfs.stat(root, '/m/only').nlink).toBe(2);
    expect(vfs.statfs(root, '/m').type).toBe('overlay');
    expect(vfs.stat(root, '/w/work').mode & 0o777).toBe(0);
  });

  it('copies up what is written, with its parents', () => {
    vfs.setxattr(root, '/l1/d/a', 'user.k', encode('v'));
    vfs.utimes(root, '/l1/d/a', 1000, 2000);
    vfs.chown(root, '/l1/d/a', 5, 6);
    const { ino } = vfs.stat(root, '/m/d/a');
    vfs.chmod(root, '/m/d/a', 0o600);
    expect(vfs.stat(root, '/u/d/a')).toMatchObject({ uid: 5, gid: 6, atime: 1000, mtime: 2000, mode: S_IFREG | 0o600 });
    expect(vfs.stat(root, '/u/d')).toMatchObject({ uid: 7, gid: 8, mode: S_IFDIR | 0o751 });
    expect(decode(vfs.getxattr(root, '/u/d/a', 'user.k'))).toBe('v');
    expect(vfs.listxattr(root, '/m/d/a')).toEqual(['user.k']);
    expect(vfs.stat(root, '/m/d/a').ino).toBe(ino);
    expect(vfs.stat(root, '/u/d/a').ino).not.toBe(ino);
    vfs.writeFile(root, '/m/d/a', 'new');
    expect([read('/m/d/a'), read('/u/d/a'), read('/l1/d/a')]).toEqual(['new', 'new', 'a']);
    remount();
    expect(vfs.stat(root, '/m/d/a').ino).toBe(ino);
  });

  it('is shown by a descriptor opened before the copy-up too', () => {
    const before = vfs.open(root, '/m/f', O_RDONLY);
    const file = vfs.open(root, '/m/f', O_WRONLY | O_APPEND);
    now(file.write(encode('more\n')));
    expect(text(before)).toBe('low\nmore\n');
    expect(read('/l1/f')).toBe('low\n');
  });

  it('copies up 100 MB in no time', () => {
    const file = vfs.open(root, '/l1/huge', O_CREAT | O_WRONLY);
    const block = new Uint8Array(1 << 20);
    for (let i = 0; i < 100; i++) {
      block[i] = 1;
      now(file.write(block.slice()));
    }
    vfs.stat(root, '/m/huge');
    const start = performance.now();
    const out = vfs.open(root, '/m/huge', O_WRONLY | O_APPEND);
    expect(performance.now() - start).toBeLessThan(5);
    now(out.write(encode('!')));
    expect(vfs.stat(root, '/u/huge').size).toBe((100 << 20) + 1);
    expect(vfs.stat(root, '/l1/huge').size).toBe(100 << 20);
  });

  it('breaks hard links of lower layers, and keeps those of the upper', () => {
    vfs.link(root, '/l1/f', '/l1/g');
    vfs.writeFile(root, '/m/f', 'changed');
    expect([read('/m/f'), read('/m/g')]).toEqual(['changed', 'low\n']);
    expect([vfs.stat(root, '/m/f').nlink, vfs.stat(root, '/m/g').nlink]).toEqual([1, 2]);
    vfs.link(root, '/m/g', '/m/h');
    vfs.writeFile(root, '/m/h', 'two names');
    expect(read('/m/g')).toBe('two names');
    expect(vfs.stat(root, '/m/g').ino).toBe(vfs.stat(root, '/m/h').ino);
  });

  it('leaves whiteouts, all links to one', () => {
    vfs.unlink(root, '/m/z');
    expect(isWhiteout('/u/z')).toBe(true);
    expect(vfs.stat(root, '/u/z').nlink).toBe(2);
    expect(names('/w/work')).toEqual(['#1']);
    vfs.unlink(root, '/m/f');
    expect(vfs.stat(root, '/u/z').nlink).toBe(3);
    expect(names('/m')).toEqual(['d', 'only']);
    expect(errno(() => vfs.stat(root, '/m/z'))).toBe('ENOENT');
    vfs.writeFile(root, '/m/z', 'fresh');
    expect(isWhiteout('/u/z')).toBe(false);
    vfs.unlink(root, '/m/z');
    expect(isWhiteout('/u/z')).toBe(true);
    remount();
    expect(vfs.stat(root, '/u/z').nlink).toBe(2);
    expect(names('/w/work')).toEqual([]);
    vfs.writeFile(root, '/m/mine', '');
    vfs.unlink(root, '/m/mine');
    expect(errno(() => vfs.lstat(root, '/u/mine'))).toBe('ENOENT');
    expect(errno(() => vfs.mknod(root, '/m/wh', S_IFCHR, 0))).toBe('EPERM');
  });

  it('makes deleted directories anew as opaque ones', () => {
    for (const name of ['a', 'b']) vfs.unlink(root, `/m/d/${name}`);
    expect(names('/u/d')).toEqual(['a', 'b']);
    vfs.rmdir(root, '/m/d');
    expect(isWhiteout('/u/d')).toBe(true);
    vfs.mkdir(root, '/m/d');
    expect(names('/m/d')).toEqual([]);
    expect(decode(vfs.getxattr(root, '/u/d', 'trusted.overlay.opaque'))).toBe('y');
    expect(vfs.stat(root, '/m/d').nlink).toBe(2);
    expect(vfs.listxattr(root, '/m/d')).toEqual([]);
    vfs.writeFile(root, '/m/d/new', '');
    remount();
    expect(names('/m/d')).toEqual(['new']);
  });

  it('cannot move what a lower layer has', () => {
    expect(errno(() => vfs.rename(root, '/m/d', '/m/e'))).toBe('EXDEV');
    expect(errno(() => vfs.rename(root, '/m/only', '/m/e'))).toBe('EXDEV');
    vfs.mkdir(root, '/m/n');
    vfs.writeFile(root, '/m/n/x', 'x');
    vfs.rename(root, '/m/n', '/m/n2');
    expect(read('/m/n2/x')).toBe('x');
    expect(names('/u')).toEqual(['n2']);
    vfs.rename(root, '/m/f', '/m/d/f');
    expect(isWhiteout('/u/f')).toBe(true);
    expect(read('/m/d/f')).toBe('low\n');
    vfs.rename(root, '/m/n2', '/m/f');
    expect(names('/m/f')).toEqual(['x']);
    remount();
    expect(names('/m/f')).toEqual(['x']);
  });

  it('shows what is done in the upper directory behind its back', () => {
    vfs.writeFile(root, '/u/direct', 'd');
    expect(read('/m/direct')).toBe('d');
    vfs.rename(root, '/u/direct', '/u/moved');
    expect(errno(() => vfs.stat(root, '/m/direct'))).toBe('ENOENT');
    expect(read('/m/moved')).toBe('d');
    vfs.writeFile(root, '/u/f', 'over');
    expect(read('/m/f')).toBe('over');
    vfs.unlink(root, '/u/f');
    expect(read('/m/f')).toBe('low\n');
  });

  it('does not touch what it reads', () => {
    const before = vfs.stat(root, '/l1/f').atime;
    m.clock.advance(1e9);
    read('/m/f');
    expect(vfs.stat(root, '/l1/f').atime).toBe(before);
    expect(names('/u')).toEqual([]);
  });

  it('tells its options as given, and once that it is new', () => {
    const shown = (): string => vfs.mounts(root).at(-1)!.options;
    expect(shown()).toBe('rw,relatime,lowerdir=/l1:/l2,upperdir=/u,workdir=/w,uuid=on');
    remount();
    expect(shown()).toBe('rw,relatime,lowerdir=/l1:/l2,upperdir=/u,workdir=/w');
  });

  it('is read-only without an upper directory', () => {
    vfs.mkdir(root, '/r');
    vfs.mount(root, 'overlay', '/r', 'overlay', {}, 'lowerdir=/l1:/l2');
    expect(read('/r/d/b')).toBe('b');
    expect(errno(() => vfs.writeFile(root, '/r/f', ''))).toBe('EROFS');
    expect(errno(() => vfs.unlink(root, '/r/f'))).toBe('EROFS');
    expect(errno(() => vfs.access(root, '/r/f', 'w'))).toBe('EROFS');
    vfs.mount(root, 'overlay', '/m', 'overlay', {}, 'lowerdir=/r:/l2');
    expect(read('/m/d/a')).toBe('a');
  });

  it('refuses what Linux refuses', () => {
    const mount = (data: string): string => errno(() => vfs.mount(root, 'o', '/m', 'overlay', {}, data));
    expect(mount('lowerdir=/l1')).toBe('EINVAL');
    expect(mount('upperdir=/u,workdir=/w')).toBe('EINVAL');
    expect(mount('lowerdir=/l1,upperdir=/u')).toBe('EINVAL');
    expect(mount('lowerdir=/none:/l1')).toBe('ENOENT');
    expect(mount('lowerdir=/l1/f:/l1')).toBe('ENOTDIR');
    vfs.mkdir(root, '/u/inside');
    expect(mount('lowerdir=/l1,upperdir=/u,workdir=/u/inside')).toBe('EINVAL');
    expect(mount('lowerdir=/l1,upperdir=/u,workdir=/w,odd=1')).toBe('EINVAL');
  });

  it('lets volumes be mounted inside it', () => {
    vfs.mkdir(root, '/vol');
    vfs.writeFile(root, '/vol/data', 'd');
    vfs.mount(root, '/vol', '/m/only', '', { bind: true });
    expect(names('/m/only')).toEqual(['data']);
    expect(errno(() => vfs.rmdir(root, '/m/only'))).toBe('EBUSY');
    vfs.writeFile(root, '/m/only/more', '');
    expect(names('/vol')).toEqual(['data', 'more']);
    vfs.umount(root, '/m/only');
    expect(names('/m/only')).toEqual(['x']);
  });
});

/** Paths, kinds, modes, owners, contents of a tree. */
function describeTree(vfs: Vfs, who: FsContext, top: string): string[] {
  const lines: string[] = [];
  const visit = (path: string): void => {
    for (const { name } of vfs.readdir(who, path).toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      const at = `${path}/${name}`;
      const { mode, uid, gid, size, mtime } = vfs.lstat(who, at);
      const kind = mode & S_IFMT;
      const content = kind === S_IFREG ? decode(vfs.readFile(who, at)) : kind === S_IFDIR ? '' : vfs.readlink(who, at);
      lines.push(`${at.slice(top.length)} ${mode.toString(8)} ${uid}:${gid} ${kind === S_IFDIR ? '' : `${size} ${mtime}`} ${content}`);
      if (kind === S_IFDIR) visit(at);
    }
  };
  visit(top);
  return lines;
}

describe('overlay against a plain disk', () => {
  for (let seed = 1; seed <= 60; seed++) {
    it(`does the same, seed ${seed}`, () => {
      const { vfs, root, clock } = machine();
      const random = new Random(seed);
      const pick = <T>(list: readonly T[]): T => list[random.below(list.length)]!;
      for (const path of ['/plain', '/m', '/l1', '/l2', '/u', '/w']) vfs.mkdir(root, path);
      const NAMES = ['a', 'b', 'c', 'd'];
      const anyPath = (): string => Array.from({ length: 1 + random.below(3) }, () => pick(NAMES)).join('/');
      const attempt = (action: () => void): string => {
        try {
          action();
          return '';
        } catch (error) {
          if (error instanceof KernelError) return error.errno;
          throw error;
        }
      };
      const step = (top: string, seeded: number): string => {
        const r = new Random(seeded);
        const path = (): string => `${top}/${Array.from({ length: 1 + r.below(3) }, () => NAMES[r.below(4)]!).join('/')}`;
        const [one, two] = [path(), path()];
        const letter = String.fromCharCode(97 + r.below(26));
        switch (r.below(11)) {
          case 0: return attempt(() => vfs.mkdir(root, one));
          case 1: return attempt(() => vfs.writeFile(root, one, letter.repeat(r.below(5000))));
          case 2: return attempt(() => {
            const file = vfs.open(root, one, O_WRONLY | O_APPEND | (r.below(2) ? O_CREAT : 0));
            now(file.write(encode(letter)));
            file.release();
          });
          case 3: return attempt(() => vfs.unlink(root, one));
          case 4: return attempt(() => vfs.rmdir(root, one));
          case 5: return attempt(() => vfs.chmod(root, one, 0o600 + r.below(64)));
          case 6: return attempt(() => vfs.chown(root, one, r.below(3), r.below(3)));
          case 7: return attempt(() => vfs.symlink(root, letter, one));
          case 8: return attempt(() => vfs.truncate(root, one, r.below(100)));
          case 9: return attempt(() => vfs.open(root, one, O_WRONLY | O_TRUNC).release());
          default: return attempt(() => vfs.rename(root, one, two));
        }
      };
      // The same start in both: two layers, and their sum.
      for (const layer of ['/l2', '/l1']) {
        for (let i = 0; i < 12; i++) {
          const path = anyPath();
          const content = `${layer}${i}`;
          for (const top of [layer, '/plain']) {
            const parts = path.split('/');
            for (let j = 1; j < parts.length; j++) attempt(() => vfs.mkdir(root, `${top}/${parts.slice(0, j).join('/')}`));
            attempt(() => vfs.writeFile(root, `${top}/${path}`, content));
          }
        }
      }
      vfs.mount(root, 'overlay', '/m', 'overlay', {}, 'lowerdir=/l1:/l2,upperdir=/u,workdir=/w');
      // Layers may disagree on what is a directory; the sum is then what the overlay shows.
      const start = describeTree(vfs, root, '/m');
      vfs.rename(root, '/plain', '/discarded');
      vfs.mkdir(root, '/plain');
      for (const line of start) {
        const [path, mode, owner, , mtime] = line.split(' ') as [string, string, string, string, string];
        const at = `/plain${path}`;
        const kind = parseInt(mode, 8) & S_IFMT;
        if (kind === S_IFDIR) vfs.mkdir(root, at);
        else vfs.writeFile(root, at, vfs.readFile(root, `/m${path}`));
        vfs.chmod(root, at, parseInt(mode, 8) & 0o7777);
        const [uid, gid] = owner.split(':').map(Number) as [number, number];
        vfs.chown(root, at, uid, gid);
        if (kind === S_IFREG) vfs.utimes(root, at, undefined, Number(mtime));
      }
      const lower = [describeTree(vfs, root, '/l1'), describeTree(vfs, root, '/l2')];
      expect(describeTree(vfs, root, '/plain')).toEqual(start);
      for (let i = 0; i < 150; i++) {
        clock.advance(1000);
        const seeded = random.uint32();
        const onOverlay = step('/m', seeded);
        // A directory that a lower layer has does not move on an overlay: so it moves on neither.
        if (onOverlay === 'EXDEV') continue;
        expect(`${i} ${step('/plain', seeded)}`).toBe(`${i} ${onOverlay}`);
        if (random.below(20) === 0) {
          vfs.umount(root, '/m');
          vfs.mount(root, 'overlay', '/m', 'overlay', {}, 'lowerdir=/l1:/l2,upperdir=/u,workdir=/w');
        }
        if (i % 10 === 9) expect(describeTree(vfs, root, '/m')).toEqual(describeTree(vfs, root, '/plain'));
      }
      expect([describeTree(vfs, root, '/l1'), describeTree(vfs, root, '/l2')]).toEqual(lower);
    });
  }
});
