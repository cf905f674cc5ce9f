// What `stat(2)` and `statfs(2)` tell, and the bits of a mode.

export const S_IFMT = 0o170000;
export const S_IFSOCK = 0o140000;
export const S_IFLNK = 0o120000;
export const S_IFREG = 0o100000;
export const S_IFBLK = 0o060000;
export const S_IFDIR = 0o040000;
export const S_IFCHR = 0o020000;
export const S_IFIFO = 0o010000;
export const S_ISUID = 0o4000;
export const S_ISGID = 0o2000;
export const S_ISVTX = 0o1000;

export const isDirectory = (mode: number): boolean => (mode & S_IFMT) === S_IFDIR;
export const isRegular = (mode: number): boolean => (mode & S_IFMT) === S_IFREG;
export const isSymlink = (mode: number): boolean => (mode & S_IFMT) === S_IFLNK;
export const isCharDevice = (mode: number): boolean => (mode & S_IFMT) === S_IFCHR;
export const isBlockDevice = (mode: number): boolean => (mode & S_IFMT) === S_IFBLK;
export const isFifo = (mode: number): boolean => (mode & S_IFMT) === S_IFIFO;
export const isSocket = (mode: number): boolean => (mode & S_IFMT) === S_IFSOCK;

/** A device number; `makedev(0, 0)` as the rdev of a character device is an overlay whiteout. */
export const makedev = (major: number, minor: number): number => major * 0x100000 + minor;
export const major = (dev: number): number => Math.floor(dev / 0x100000);
export const minor = (dev: number): number => dev % 0x100000;

/** As `struct stat`. Times are ms since the epoch with fractions; `size` in bytes; `blocks` of 512 bytes. */
export interface Stat {
  readonly dev: number;
  readonly ino: number;
  readonly mode: number;
  readonly nlink: number;
  readonly uid: number;
  readonly gid: number;
  readonly rdev: number;
  readonly size: number;
  readonly blksize: number;
  readonly blocks: number;
  readonly atime: number;
  readonly mtime: number;
  readonly ctime: number;
  /** When the inode was made, as `stx_btime`; undefined where the file system does not tell. */
  readonly btime?: number;
}

/** As `struct statfs`: sizes in blocks of `bsize` bytes. `type` is the file system's name (`ext4`, `tmpfs`, `overlay`). */
export interface StatFs {
  readonly type: string;
  readonly bsize: number;
  readonly blocks: number;
  readonly bfree: number;
  readonly bavail: number;
  readonly files: number;
  readonly ffree: number;
}
