// The one door to the kernel: what a process can ask of it. Every other layer enters through here.

import type { Bytes } from '../base/bytes.ts';
import type { Task } from '../base/task.ts';
import type { Signal, SignalDisposition } from './signal.ts';
import type { Stat, StatFs } from './stat.ts';

export const O_RDONLY = 0;
export const O_WRONLY = 1;
export const O_RDWR = 2;
export const O_CREAT = 0o100;
export const O_EXCL = 0o200;
export const O_NOCTTY = 0o400;
export const O_TRUNC = 0o1000;
export const O_APPEND = 0o2000;
export const O_NONBLOCK = 0o4000;
export const O_DIRECTORY = 0o200000;
export const O_NOFOLLOW = 0o400000;
export const O_CLOEXEC = 0o2000000;

export type Whence = 'set' | 'current' | 'end';

export interface DirectoryEntry {
  readonly name: string;
  readonly ino: number;
  /** The type bits of the mode (`mode & S_IFMT`), as `d_type`. */
  readonly type: number;
}

export interface Credentials {
  readonly uid: number;
  readonly gid: number;
  readonly groups: readonly number[];
  /** False for a root without CAP_DAC_OVERRIDE and friends; true is the usual root. Only matters when uid is 0. */
  readonly capable: boolean;
  /** False takes CAP_SYS_ADMIN away (no mount, umount, pivot_root, sethostname), as in an ordinary container. Default: as `capable`. */
  readonly sysAdmin?: boolean;
  /** Capabilities that even a capable root lacks; of those, file systems tell some apart. */
  readonly lacks?: readonly string[];
  /** The set that may be had, as `/proc/self/status` shows it. Default: all, or an ordinary container's without CAP_SYS_ADMIN. */
  readonly bounding?: string;
  readonly noNewPrivileges?: boolean;
  /** Under a filter of system calls. It is only shown. */
  readonly seccomp?: boolean;
}

/** As the flags of `mount(2)`. */
export interface MountFlags {
  readonly bind?: boolean;
  /** With `bind`: as MS_REC. With a propagation: the whole tree. */
  readonly recursive?: boolean;
  readonly remount?: boolean;
  readonly move?: boolean;
  readonly readonly?: boolean;
  readonly nosuid?: boolean;
  readonly nodev?: boolean;
  readonly noexec?: boolean;
  readonly noatime?: boolean;
  readonly nodiratime?: boolean;
  readonly relatime?: boolean;
  readonly strictatime?: boolean;
  /** Of the whole file system, and only shown. */
  readonly sync?: boolean;
  readonly dirsync?: boolean;
  readonly mand?: boolean;
  readonly lazytime?: boolean;
  readonly propagation?: 'private' | 'shared' | 'slave' | 'unbindable';
}

/** As the result of `waitpid(2)`. */
export interface WaitStatus {
  readonly pid: number;
  /** Exit status 0–255, when it exited. */
  readonly code?: number;
  /** When a signal ended it. */
  readonly signal?: Signal;
  readonly stopped?: Signal;
  readonly continued?: boolean;
}

/** What the terminal driver does, as the fields of `termios` that programs here use. */
export interface Termios {
  /** Line at a time, with erase and kill (ICANON). */
  readonly canonical: boolean;
  readonly echo: boolean;
  /** Ctrl-C, Ctrl-\ and Ctrl-Z make signals (ISIG). */
  readonly signals: boolean;
  /** `\n` becomes `\r\n` on output (OPOST | ONLCR). */
  readonly outputNewline: boolean;
  /** `\r` becomes `\n` on input (ICRNL). */
  readonly inputNewline: boolean;
  /** Who has made it raw to edit a line: for those who look at the terminal from outside. */
  readonly line?: EditedLine;
}

/** A line that a shell edits at this moment. */
export interface EditedLine {
  readonly text: string;
  /** In characters from its beginning. */
  readonly cursor: number;
  /** Where the shell stands. */
  readonly directory: string;
  /** A variable of the shell. */
  variable(name: string): string | undefined;
}

export interface WindowSize {
  readonly columns: number;
  readonly rows: number;
}

/** A process as `/proc/<pid>` shows it to the caller's pid namespace. */
export interface ProcessInfo {
  readonly pid: number;
  readonly ppid: number;
  readonly pgid: number;
  readonly sid: number;
  readonly uid: number;
  readonly gid: number;
  /** The program's name (15 bytes), as `/proc/<pid>/comm`. */
  readonly comm: string;
  readonly argv: readonly string[];
  readonly state: 'R' | 'S' | 'T' | 'Z';
  /** `pts/0`, or `?` without a controlling terminal. */
  readonly tty: string;
  /** ms since the epoch. */
  readonly startTime: number;
  /** ms of virtual processor time. */
  readonly cpuTime: number;
  /** -20 … 19. It has no effect here: every process gets its turn. */
  readonly nice: number;
}

/** What `setrlimit(2)` limits. Only `nofile` and `fsize` have an effect here. */
export type Resource = 'cpu' | 'fsize' | 'data' | 'stack' | 'core' | 'rss' | 'nproc' | 'nofile' | 'memlock' | 'as' | 'locks' | 'sigpending' | 'msgqueue' | 'nice' | 'rtprio' | 'rttime';

/** Infinity for RLIM_INFINITY. */
export interface Limit {
  readonly soft: number;
  readonly hard: number;
}

export type NamespaceKind = 'mnt' | 'pid' | 'uts' | 'net';

export interface NewProcessOptions {
  /** Namespaces that begin anew (`mnt` as a copy of the caller's). Needs root, as `clone(2)`. */
  readonly newNamespaces?: readonly NamespaceKind[];
  /** Join all namespaces and the root directory of this process (pid in the caller's namespace), as `setns(2)`: for `docker exec`. */
  readonly joinNamespacesOf?: number;
  /** Join the network namespace of this process only: for `--network container:x`. */
  readonly joinNetworkOf?: number;
  /** Descriptors that the child keeps: default `'all'` except close-on-exec ones at exec; `'none'` starts with an empty table. */
  readonly descriptors?: 'all' | 'none';
  /** Environment to start with; default: the caller's. */
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * A process that exists but does not run yet: prepare it through its own `sys` (redirect, mount, setuid, chdir, join a
 * process group), then start it by `exec` or `run`, or drop it by `abandon`. Between fork and exec in one object.
 */
export interface Embryo {
  /** In the creator's pid namespace. */
  readonly pid: number;
  readonly sys: Syscalls;
  /** As `execve(2)`, on what the embryo sees. @throws ENOENT ENOTDIR EACCES ENOEXEC EISDIR ELOOP; it can be tried again or abandoned then */
  exec(path: string, argv: readonly string[], env: Readonly<Record<string, string>>): void;
  /** As a fork that goes on in our own code: a subshell, a worker. The result is the exit status. */
  run(main: (sys: Syscalls) => Task<number>): void;
  abandon(): void;
  /** Hand one of the embryo's descriptors to its creator, as over a console socket (SCM_RIGHTS). @returns the creator's descriptor, close-on-exec */
  give(fd: number): number;
}

/** A thread of the calling process: shares everything with it and ends with it. */
export interface Thread {
  readonly done: boolean;
  /** Wait for its end. Throws what the thread threw. */
  join(): Task<void>;
  /** Drop it where it waits. */
  cancel(): void;
}

/** What one end of a descriptor waits for, for `poll`. */
export interface PollRequest {
  readonly fd: number;
  readonly read?: boolean;
  readonly write?: boolean;
}

/** Calls on names and metadata. All throw KernelError. Relative paths start at the working directory. */
export interface FileCalls {
  /** @returns a descriptor, the lowest free. Mode is masked by the umask. @throws ENOENT EACCES EEXIST EISDIR ENOTDIR EROFS ELOOP ENOSPC ENXIO */
  open(path: string, flags: number, mode?: number): number;
  close(fd: number): void;
  /** Duplicate to the lowest free descriptor ≥ `least` (default 0). */
  dup(fd: number, least?: number): number;
  /** Make `to` the same open file as `from`, closing what `to` was. */
  dup2(from: number, to: number): number;
  setCloseOnExec(fd: number, on: boolean): void;
  /** Open descriptors in ascending order. */
  descriptors(): readonly number[];
  /** Access mode and status flags of an open descriptor, as `fcntl(F_GETFL)`. @throws EBADF */
  flags(fd: number): number;

  /**
   * Read at the file offset, at most `max` bytes; EMPTY at end of file. The returned bytes must not be changed by the
   * caller. Blocks on pipes, sockets and terminals. @throws EBADF EISDIR EINTR EIO EAGAIN
   */
  read(fd: number, max: number): Task<Bytes>;
  /** Write all of it (blocking while a pipe is full). The bytes must not be changed afterwards. SIGPIPE, then @throws EPIPE EBADF ENOSPC EROFS EFBIG EINTR EAGAIN */
  write(fd: number, bytes: Bytes): Task<number>;
  /** As `pread(2)` for regular files, never blocking. @throws ESPIPE EBADF */
  pread(fd: number, max: number, offset: number): Bytes;
  pwrite(fd: number, bytes: Bytes, offset: number): number;
  seek(fd: number, offset: number, whence: Whence): number;
  /** Wait until one of the requests can go on or the deadline has come. @returns the ready descriptors */
  poll(requests: readonly PollRequest[], deadline?: number): Task<readonly number[]>;
  ftruncate(fd: number, size: number): void;
  truncate(path: string, size: number): void;

  /** All bytes of a regular file (or of a /proc file). @throws as `open`, and EISDIR, EINVAL for pipes and terminals */
  readFile(path: string): Bytes;
  /** Create or truncate, and write; mode (default 0666, masked) only when created. */
  writeFile(path: string, content: Bytes | string, mode?: number): void;
  /** Put the contents of one regular file into another without copying bytes, as `copy_file_range(2)` of the whole file with reflink. */
  copyFile(fromFd: number, toFd: number): void;

  stat(path: string): Stat;
  lstat(path: string): Stat;
  fstat(fd: number): Stat;
  statfs(path: string): StatFs;
  /** As `access(2)` with the effective ids: modes 'r', 'w', 'x' together, or '' for existence. @throws EACCES ENOENT EROFS … */
  access(path: string, mode: string): void;
  /** Like `access`, as a boolean that never throws. */
  can(path: string, mode: string): boolean;
  /** Entries without `.` and `..`, in creation order on disk and tmpfs. @throws ENOTDIR ENOENT EACCES */
  readdir(path: string): readonly DirectoryEntry[];
  mkdir(path: string, mode?: number): void;
  rmdir(path: string): void;
  unlink(path: string): void;
  rename(from: string, to: string): void;
  /** As `link(2)`: does not follow a symbolic link at `from`. */
  link(from: string, to: string): void;
  symlink(target: string, path: string): void;
  readlink(path: string): string;
  /** `mode` holds type and permissions (masked by the umask). Device nodes need root. */
  mknod(path: string, mode: number, rdev?: number): void;
  /** As `chmod(2)`: follows links. */
  chmod(path: string, mode: number): void;
  /** -1 leaves an id as it is. Clears setuid and setgid bits as Linux does. */
  chown(path: string, uid: number, gid: number): void;
  lchown(path: string, uid: number, gid: number): void;
  /** ms since the epoch; undefined leaves one as it is, 'now' takes the clock. */
  utimes(path: string, atime: number | 'now' | undefined, mtime: number | 'now' | undefined, options?: { readonly noFollow?: boolean }): void;
  getxattr(path: string, name: string, options?: { readonly noFollow?: boolean }): Bytes;
  setxattr(path: string, name: string, value: Bytes, options?: { readonly noFollow?: boolean }): void;
  removexattr(path: string, name: string, options?: { readonly noFollow?: boolean }): void;
  listxattr(path: string, options?: { readonly noFollow?: boolean }): readonly string[];
  /** The absolute path with every symbolic link resolved, as `realpath(3)`. @throws ENOENT ELOOP … */
  realpath(path: string): string;
  getcwd(): string;
  chdir(path: string): void;
  chroot(path: string): void;
  umask(): number;
  setUmask(mask: number): number;
  /** As `flock(2)` on the open file description; 'exclusive' blocks. */
  flock(fd: number, operation: 'shared' | 'exclusive' | 'unlock', options?: { readonly nonblocking?: boolean }): Task<void>;
}

/** Mounts of the caller's mount namespace. */
export interface MountCalls {
  /**
   * As `mount(2)`. `type` is a registered file system (`tmpfs`, `overlay`, `proc`, `devtmpfs`, `devpts`, `sysfs`,
   * `mqueue`, `ext4` …), '' with bind, remount, move or a propagation. `data` is the option string (`size=4m,mode=1777`,
   * `lowerdir=a:b,upperdir=…,workdir=…`). @throws EPERM ENOENT ENOTDIR ENODEV EINVAL EBUSY
   */
  mount(source: string, target: string, type: string, flags: MountFlags, data?: string): void;
  /** As `umount2(2)`; `lazy` is MNT_DETACH. @throws EBUSY EINVAL EPERM ENOENT */
  umount(target: string, options?: { readonly lazy?: boolean }): void;
  /** As `pivot_root(2)` followed by a detached umount of the old root. */
  pivotRoot(newRoot: string): void;
  /** The lines of `/proc/self/mounts`, as objects, in mount order. */
  mounts(): readonly { readonly source: string; readonly target: string; readonly type: string; readonly options: string; readonly root: string }[];
}

/** Processes, signals, terminals, time. */
export interface ProcessCalls {
  readonly pid: number;
  readonly ppid: number;
  /** The process's environment; the object is its own and may be changed. */
  readonly env: Record<string, string>;
  /** The name it was started by, the path of its executable. */
  readonly argv: readonly string[];
  readonly executable: string;

  newProcess(options?: NewProcessOptions): Embryo;
  /** Replace the calling process's program, as `execve(2)`. @throws ENOENT EACCES ENOEXEC …, else never returns */
  exec(path: string, argv: readonly string[], env: Readonly<Record<string, string>>): Task<never>;
  /** End the calling process at once. */
  exit(status: number): Task<never>;
  thread(main: () => Task<void>): Thread;
  /**
   * As `waitpid(2)`: `pid` a child, -1 any, < -1 a process group. undefined with `nohang` when none has changed.
   * @throws ECHILD EINTR
   */
  wait(pid: number, options: { readonly nohang: true; readonly untraced?: boolean }): Task<WaitStatus | undefined>;
  wait(pid: number, options?: { readonly untraced?: boolean }): Task<WaitStatus>;
  /** As `kill(2)`: pid > 0 a process, 0 the own group, -1 all, < -1 a group; signal 0 only asks. @throws ESRCH EPERM EINVAL */
  kill(pid: number, signal: Signal | 0): void;
  sigaction(signal: Signal, disposition: SignalDisposition): SignalDisposition;
  getDisposition(signal: Signal): SignalDisposition;
  /** Wait until a signal was handled, as `pause(2)`. */
  pause(): Task<void>;
  getrlimit(resource: Resource): Limit;
  /** @throws EINVAL EPERM */
  setrlimit(resource: Resource, limit: Limit): void;
  /** Without a pid the caller's own; values beyond -20 … 19 are brought there. @throws ESRCH EPERM EACCES */
  setpriority(nice: number, pid?: number): void;
  getpriority(pid?: number): number;
  getpgid(pid?: number): number;
  setpgid(pid: number, pgid: number): void;
  getsid(): number;
  setsid(): number;

  credentials(): Credentials;
  /** Set real, effective and saved ids at once, as a privileged `setresuid`/`setresgid`/`setgroups`. @throws EPERM */
  setCredentials(credentials: Credentials): void;

  /** Processes of the caller's pid namespace, by pid. */
  processes(): readonly ProcessInfo[];

  isatty(fd: number): boolean;
  tcgetattr(fd: number): Termios;
  tcsetattr(fd: number, termios: Termios): void;
  windowSize(fd: number): WindowSize;
  setWindowSize(fd: number, size: WindowSize): void;
  /** The foreground process group of the terminal. @throws ENOTTY */
  tcgetpgrp(fd: number): number;
  tcsetpgrp(fd: number, pgid: number): void;
  /** Make the terminal the session's controlling one (TIOCSCTTY); the caller leads its session. */
  setControllingTerminal(fd: number): void;
  /** `/dev/pts/0`. @throws ENOTTY */
  ttyname(fd: number): string;
  /** Tell whoever looks at the terminal from outside that it shows a prompt for a new command, or that `command` was entered there: without a byte of output, where OSC 133 would write some. Nothing when `fd` is no terminal. */
  markLine(fd: number, command?: string): void;

  /** @returns [read end, write end] */
  pipe(): readonly [number, number];
  /** A new pseudo-terminal in the caller's devpts. @returns master, slave and the slave's path */
  openpty(size: WindowSize): { readonly master: number; readonly slave: number; readonly path: string };

  /** Virtual time in ms since the epoch. */
  now(): number;
  /** ms since boot. */
  uptime(): number;
  /** @throws EINTR when a handled signal came first */
  sleep(ms: number): Task<void>;
  /** Let others run, and let input in: call it in every loop that could run for long. */
  step(): Task<void>;
  /** From the seeded source, in [0, 1). */
  random(): number;
  randomBytes(length: number): Bytes;

  hostname(): string;
  setHostname(name: string): void;
  /** As `uname(2)`, and the machine's size. */
  system(): { readonly kernel: string; readonly release: string; readonly version: string; readonly machine: string; readonly processors: number; readonly memory: number };
}

/** Streams between processes, on addresses of the simulated network. No packet leaves the page. */
export interface NetworkCalls {
  /** @returns a listening descriptor. `address` '0.0.0.0' listens on all of the namespace. @throws EADDRINUSE EACCES */
  listen(address: string, port: number): number;
  /** @returns a connected descriptor. @throws EINTR EINVAL */
  accept(fd: number): Task<number>;
  /** To a literal IPv4 address. @returns a connected descriptor. @throws ECONNREFUSED EHOSTUNREACH ENETUNREACH */
  connect(address: string, port: number): Task<number>;
  /** Close one direction, as `shutdown(2)` with SHUT_WR. */
  shutdown(fd: number): void;
  /** Give the caller's network namespace an address on a bridge of the kernel (`docker0`), so that others there can reach it. */
  joinBridge(bridge: string, interfaceName: string, address: string, mac?: string): void;
  /** Take the namespace off a bridge again. */
  leaveBridge(bridge: string): void;
  /** The namespace's interfaces and addresses, `lo` included. */
  interfaces(): readonly { readonly name: string; readonly address: string; readonly mac: string }[];
}

export interface Syscalls extends FileCalls, MountCalls, ProcessCalls, NetworkCalls {}
