// proc, terminals' directory and the file systems that are only looked at.

import { beforeEach, describe, expect, it } from 'vitest';
import { decode, encode, EMPTY } from '../../../src/base/bytes.ts';
import type { Task } from '../../../src/base/task.ts';
import { DevPts, terminalDevice } from '../../../src/kernel/fs/dev/devpts.ts';
import type { ProcProcess } from '../../../src/kernel/fs/proc/proc-source.ts';
import { S_IFCHR, S_IFIFO, S_IFLNK, S_IFMT, type Stat } from '../../../src/kernel/stat.ts';
import { O_CREAT, O_RDONLY, O_RDWR, O_WRONLY } from '../../../src/kernel/syscalls.ts';
import { FileDescription } from '../../../src/kernel/vfs/file-description.ts';
import type { FsContext } from '../../../src/kernel/vfs/fs-context.ts';
import type { Vfs } from '../../../src/kernel/vfs/vfs.ts';
import { errno, machine, now, text, type Machine } from './support.ts';
import { DEFAULT_LIMITS } from '../../../src/kernel/process/limits.ts';

class PipeEnd extends FileDescription {
  readonly name = 'pipe:[77]';
  readonly got: string[] = [];
  stat(): Stat {
    return { dev: 14, ino: 77, mode: S_IFIFO | 0o600, nlink: 1, uid: 1000, gid: 1000, rdev: 0, size: 0, blksize: 4096, blocks: 0, atime: 0, mtime: 0, ctime: 0 };
  }
  // eslint-disable-next-line require-yield
  *read(): Task<Uint8Array> {
    return EMPTY;
  }
  // eslint-disable-next-line require-yield
  *write(bytes: Uint8Array): Task<number> {
    this.got.push(decode(bytes));
    return bytes.length;
  }
  readable = true;
  writable = true;
  release(): void {}
}

describe('proc', () => {
  let m: Machine;
  let vfs: Vfs;
  let root: FsContext;
  let ann: FsContext;
  const read = (path: string, who = root): string => decode(vfs.readFile(who, path));
  const names = (path: string, who = root): string[] => vfs.readdir(who, path).map((entry) => entry.name);
  const pipe = new PipeEnd(O_WRONLY);

  const start = (pid: number, context: FsContext, descriptors: ReadonlyMap<number, FileDescription> = new Map()): void => {
    const process: ProcProcess = {
      info: { pid, ppid: 0, pgid: pid, sid: pid, uid: context.credentials.uid, gid: context.credentials.gid, comm: 'sh', argv: ['sh', '-c', 'x'],
        state: 'S', tty: 'pts/3', startTime: m.clock.now, cpuTime: 30, nice: 0 },
      limits: DEFAULT_LIMITS,
      context, executable: '/bin/sh', environ: { PATH: '/bin', A: 'b' }, descriptors, hostname: 'host',
    };
    m.processes.set(pid, process);
  };

  beforeEach(() => {
    m = machine();
    ({ vfs, root } = m);
    for (const path of ['/proc', '/dev', '/sys', '/home']) vfs.mkdir(root, path);
    vfs.mount(root, 'proc', '/proc', 'proc', { nosuid: true, nodev: true, noexec: true });
    ann = m.user(1000);
    vfs.chdir(ann, '/home');
    vfs.writeFile(root, '/home/log', 'logged');
    start(1, root, new Map([[0, vfs.open(root, '/home/log', O_RDWR)], [1, pipe]]));
    start(7, ann, new Map([[1, pipe]]));
  });

  it('lists processes and shows the reader itself', () => {
    expect(names('/proc').slice(0, 2)).toEqual(['1', '7']);
    expect(vfs.readlink(ann, '/proc/self')).toBe('7');
    expect(vfs.readlink(root, '/proc/mounts')).toBe('self/mounts');
    expect(read('/proc/mounts')).toBe('/dev/vda1 / ext4 rw,relatime 0 0\nproc /proc proc rw,nosuid,nodev,noexec,relatime 0 0\n');
    expect(names('/proc/self/task')).toEqual(['1']);
    expect(read('/proc/thread-self/comm')).toBe('sh\n');
    m.processes.delete(7);
    expect(names('/proc')).not.toContain('7');
    expect(errno(() => vfs.stat(root, '/proc/7/stat'))).toBe('ENOENT');
    expect(errno(() => vfs.readlink(ann, '/proc/self'))).toBe('ENOENT');
  });

  it('tells of a process', () => {
    expect(read('/proc/7/cmdline')).toBe('sh\0-c\0x\0');
    expect(read('/proc/7/environ')).toBe('PATH=/bin\0A=b\0');
    expect(read('/proc/7/status')).toContain('Name:\tsh\nUmask:\t0022\nState:\tS (sleeping)\nTgid:\t7\n');
    expect(read('/proc/7/status')).toContain('Uid:\t1000\t1000\t1000\t1000\n');
    expect(read('/proc/7/stat').split(' ').slice(0, 7)).toEqual(['7', '(sh)', 'S', '0', '7', '7', '34819']);
    expect(vfs.readlink(root, '/proc/7/exe')).toBe('/bin/sh');
    expect(vfs.readlink(root, '/proc/7/cwd')).toBe('/home');
    expect(names('/proc/7/cwd')).toEqual(['log']);
    expect(vfs.stat(root, '/proc/7/status')).toMatchObject({ uid: 1000, size: 0 });
    expect(errno(() => vfs.readFile(ann, '/proc/1/environ'))).toBe('EACCES');
    expect(errno(() => vfs.readlink(ann, '/proc/1/cwd'))).toBe('EACCES');
    expect(errno(() => vfs.readdir(ann, '/proc/1/fd'))).toBe('EACCES');
    expect(errno(() => vfs.writeFile(root, '/proc/1/new', ''))).toBe('ENOENT');
  });

  it('reopens descriptors, deleted files and pipes too', () => {
    expect(names('/proc/1/fd')).toEqual(['0', '1']);
    expect(vfs.readlink(root, '/proc/1/fd/0')).toBe('/home/log');
    expect(vfs.lstat(root, '/proc/1/fd/0')).toMatchObject({ mode: S_IFLNK | 0o700, size: 64 });
    vfs.unlink(root, '/home/log');
    expect(vfs.readlink(root, '/proc/1/fd/0')).toBe('/home/log (deleted)');
    expect(read('/proc/1/fd/0')).toBe('logged');
    expect(vfs.readlink(root, '/proc/self/fd/1')).toBe('pipe:[77]');
    expect(vfs.stat(root, '/proc/self/fd/1').mode & S_IFMT).toBe(S_IFIFO);
    expect(vfs.open(ann, '/proc/self/fd/1', O_WRONLY)).toBe(pipe);
    vfs.mount(root, 'devtmpfs', '/dev', 'devtmpfs', {});
    const out = vfs.open(ann, '/dev/stdout', O_WRONLY | O_CREAT);
    now(out.write(encode('hi')));
    expect(pipe.got).toEqual(['hi']);
  });

  it('tells of the system', () => {
    expect(read('/proc/sys/kernel/hostname')).toBe('host\n');
    expect(read('/proc/meminfo').split('\n')[0]).toBe('MemTotal:        4194304 kB');
    expect(read('/proc/filesystems').split('\n')).toEqual(expect.arrayContaining(['nodev\ttmpfs', '\text4', 'nodev\toverlay']));
    m.clock.advance(12_340);
    expect(read('/proc/uptime')).toBe('12.34 24.62\n');
    const file = vfs.open(root, '/proc/version', O_RDONLY);
    expect(text(file, 5)).toBe('Linux');
    expect(text(file)).toBe(' version 6.1.0 #1 SMP\n');
    expect(text(file)).toBe('');
  });

  it('keeps mount points on its own files', () => {
    vfs.mount(root, 'tmpfs', '/proc/acpi', 'tmpfs', { readonly: true }, 'size=4k');
    expect(names('/proc/acpi')).toEqual([]);
    vfs.mount(root, '/proc/sys', '/proc/sys', '', { bind: true });
    expect(vfs.mounts(root).at(-1)).toMatchObject({ target: '/proc/sys', root: '/sys', type: 'proc' });
    vfs.umount(root, '/proc/sys');
    vfs.umount(root, '/proc/acpi');
  });
});

describe('terminals and the rest', () => {
  it('devpts holds what the driver puts there', () => {
    const { vfs, root } = machine();
    vfs.mkdir(root, '/pts');
    vfs.mount(root, 'devpts', '/pts', 'devpts', {}, 'gid=5,mode=620,ptmxmode=666');
    const pts = vfs.mountOf(root, '/pts').superblock as DevPts;
    expect(pts.freeIndex()).toBe(0);
    pts.addTerminal(0, 1000, 1000);
    expect(pts.freeIndex()).toBe(1);
    expect(vfs.stat(root, '/pts/0')).toMatchObject({ uid: 1000, gid: 5, mode: S_IFCHR | 0o620, rdev: terminalDevice(0) });
    expect(errno(() => vfs.writeFile(root, '/pts/x', ''))).toBe('EPERM');
    expect(errno(() => vfs.unlink(root, '/pts/0'))).toBe('EPERM');
    pts.removeTerminal(0);
    expect(vfs.readdir(root, '/pts').map(({ name }) => name)).toEqual(['ptmx']);
  });

  it('sysfs and cgroup2 are there to be seen', () => {
    const { vfs, root } = machine();
    vfs.mkdir(root, '/sys');
    vfs.mount(root, 'sysfs', '/sys', 'sysfs', {});
    vfs.mount(root, 'cgroup2', '/sys/fs/cgroup', 'cgroup2', {});
    expect(vfs.readdir(root, '/sys/fs').map(({ name }) => name)).toEqual(['cgroup', 'ext4', 'bpf']);
    expect(errno(() => vfs.mkdir(root, '/sys/x'))).toBe('EPERM');
    expect(errno(() => vfs.writeFile(root, '/sys/x', ''))).toBe('EACCES');
    expect(vfs.statfs(root, '/sys')).toMatchObject({ blocks: 0, files: 0 });
  });

  it('walks a file system raw, hard links by their inode', () => {
    const { vfs, root, disk } = machine();
    vfs.mkdir(root, '/d', 0o700);
    vfs.writeFile(root, '/d/a', 'x');
    vfs.link(root, '/d/a', '/d/b');
    vfs.mount(root, 'tmpfs', '/d', 'tmpfs', {});
    const seen = new Map<string, number>();
    vfs.walk(root, disk, (path, { inode }) => seen.set(path, inode.ino));
    expect([...seen.keys()]).toEqual(['', 'd', 'd/a', 'd/b']);
    expect(seen.get('d/a')).toBe(seen.get('d/b'));
  });
});
