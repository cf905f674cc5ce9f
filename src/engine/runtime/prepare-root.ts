// Builds a container's file system view inside its new mount namespace, as runc does between clone and exec.

import { KernelError } from '../../kernel/errno.ts';
import { isDirectory, makedev, S_IFCHR } from '../../kernel/stat.ts';
import type { Syscalls } from '../../kernel/syscalls.ts';
import { goErrno, makeDirectories, statOf } from '../files.ts';
import { dirname } from '../path.ts';
import { scopedPath } from '../scoped-path.ts';
import { RuntimeFault } from './oci-error.ts';
import type { RuntimeMount } from './runtime-mount.ts';

const DEVICES: readonly (readonly [name: string, minor: number, major?: number])[] = [
  ['null', 3], ['zero', 5], ['full', 7], ['tty', 0, 5], ['random', 8], ['urandom', 9],
];
const LINKS: readonly (readonly [target: string, name: string])[] = [
  ['/proc/self/fd', 'fd'], ['/proc/self/fd/0', 'stdin'], ['/proc/self/fd/1', 'stdout'], ['/proc/self/fd/2', 'stderr'], ['pts/ptmx', 'ptmx'],
];

/** A node of `--device`. */
export interface Device {
  readonly path: string;
  readonly mode: number;
  readonly rdev: number;
}

export interface RootPlan {
  /** The mounted `merged` directory, on the host. */
  readonly root: string;
  readonly mounts: readonly RuntimeMount[];
  readonly devices: readonly Device[];
  readonly maskedPaths: readonly string[];
  readonly readonlyPaths: readonly string[];
  readonly readonlyRoot: boolean;
  readonly cwd: string;
  readonly hostname: string;
}

/** @param sys of the embryo. Ends with `/` being the container's root. @throws RuntimeFault */
export function prepareRoot(sys: Syscalls, plan: RootPlan): void {
  const { root } = plan;
  sys.setUmask(0o022);
  // One shared mount, and all that came from the host keeps its peers; what the root is on must have none.
  if (plan.mounts.some(({ propagation }) => propagation?.endsWith('shared'))) for (const path of ['/', root]) sys.mount('', path, '', { propagation: 'private' });
  else sys.mount('', '/', '', { propagation: 'slave', recursive: true });
  sys.mount(root, root, '', { bind: true, recursive: true });
  for (const mount of plan.mounts) {
    makeMount(sys, root, mount);
    if (mount.destination === '/dev' && mount.type === 'tmpfs') fillDev(sys, `${root}/dev`);
  }
  for (const device of plan.devices) {
    const path = scopedPath(sys, root, device.path);
    if (statOf(sys, path)) continue;
    makeDirectories(sys, dirname(path));
    sys.mknod(path, device.mode, device.rdev);
    sys.chmod(path, device.mode & 0o7777);
  }
  sys.pivotRoot(root);
  sys.chdir('/');
  if (plan.hostname.length > 64) throw new RuntimeFault('sethostname: invalid argument');
  if (plan.hostname) sys.setHostname(plan.hostname);
  if (plan.cwd) mkdirAll(sys, plan.cwd);
  if (plan.readonlyRoot) sys.mount('', '/', '', { bind: true, remount: true, readonly: true });
  const present = presence(sys);
  for (const path of plan.readonlyPaths) {
    if (!present(path)) continue;
    sys.mount(path, path, '', { bind: true, recursive: true });
    sys.mount('', path, '', { bind: true, remount: true, readonly: true, nosuid: true, nodev: true, noexec: true });
  }
  if (plan.maskedPaths.length && !sys.can('/dev/null', '')) throw new RuntimeFault("can't mask paths: open /dev/null: no such file or directory");
  for (const path of plan.maskedPaths) {
    if (!present(path)) continue;
    if (isDirectory(sys.stat(path).mode)) sys.mount('tmpfs', path, 'tmpfs', { readonly: true }, 'size=4k,nr_inodes=1');
    else sys.mount('/dev/null', path, '', { bind: true });
  }
}

/** Whether a path is there, by listing each directory once: most of what is masked does not exist. */
function presence(sys: Syscalls): (path: string) => boolean {
  const listed = new Map<string, ReadonlySet<string>>();
  const names = (directory: string): ReadonlySet<string> => {
    let found = listed.get(directory);
    if (!found) listed.set(directory, found = new Set(directory === '' || present(directory) ? sys.readdir(directory || '/').map((entry) => entry.name) : []));
    return found;
  };
  const present = (path: string): boolean => names(path.slice(0, path.lastIndexOf('/'))).has(path.slice(path.lastIndexOf('/') + 1));
  return present;
}

function fillDev(sys: Syscalls, dev: string): void {
  const umask = sys.setUmask(0);
  for (const [name, minor, major = 1] of DEVICES) sys.mknod(`${dev}/${name}`, S_IFCHR | 0o666, makedev(major, minor));
  for (const [target, name] of LINKS) sys.symlink(target, `${dev}/${name}`);
  sys.setUmask(umask);
}

/** File systems that a smaller kernel may not have: without them the container runs all the same. */
const OPTIONAL = new Set(['sysfs', 'cgroup', 'mqueue']);

function makeMount(sys: Syscalls, root: string, mount: RuntimeMount): void {
  const { type, source, destination, flags, data } = mount;
  const bind = type === '';
  const shownSource = mount.alias ?? source;
  const fault = (why: string) => new RuntimeFault(`error mounting "${shownSource}" to rootfs at "${destination}": ${why}`);
  try {
    if (bind) sys.stat(source);
  } catch (error) {
    throw new RuntimeFault(`failed to fulfil mount request: open ${shownSource}: ${goErrno(error)}`);
  }
  const target = scopedPath(sys, root, destination);
  const pointFault = (why: string) => fault(`create mountpoint for ${destination} mount: ${why}`);
  if (target === root) throw pointFault(`mountpoint "${root}" is on the top of rootfs "${root}"`);
  if (bind && target === `${root}/proc`) throw pointFault(`check proc-safety of /proc mount: "${target}" cannot be mounted because it is not of type proc`);
  const existing = statOf(sys, target);
  if (!existing) {
    if (OPTIONAL.has(type) && destination.startsWith('/sys/')) return;
    const directory = !bind || isDirectory(sys.stat(source).mode);
    try {
      makeDirectories(sys, directory ? target : dirname(target));
      if (!directory) sys.writeFile(target, '');
    } catch (error) {
      throw pointFault(`make mountpoint "${destination}": mkdirat ${target}: ${goErrno(error)}`);
    }
  }
  // A tmpfs becomes read-only later.
  const words = Object.entries({ ...(type !== 'tmpfs' && { readonly: 'MS_RDONLY' }), nosuid: 'MS_NOSUID', nodev: 'MS_NODEV', noexec: 'MS_NOEXEC' }).filter(([flag]) => flags[flag as 'readonly']).map(([, word]) => word);
  const options = type === 'tmpfs' && existing && destination !== '/dev' && source === 'tmpfs' ? [`mode=${(existing.mode & 0o7777).toString(8).padStart(4, '0')}`, data].filter(Boolean).join(',') : data;
  try {
    if (!bind) sys.mount(source, target, type, flags, options);
    else {
      sys.mount(source, target, '', mount.nonRecursive ? { bind: true } : { bind: true, recursive: true });
      if (flags.readonly) makeReadOnly(sys, target, !mount.nonRecursive && !mount.writableBelow);
      const propagation = mount.propagation ?? 'rprivate';
      const kind = propagation.replace(/^r/, '') as 'private';
      sys.mount('', target, '', propagation.startsWith('r') ? { propagation: kind, recursive: true } : { propagation: kind });
    }
  } catch (error) {
    if (OPTIONAL.has(type) && error instanceof KernelError) return;
    const shown = bind ? (mount.nonRecursive ? 'MS_BIND' : 'MS_BIND|MS_REC') : words.join('|');
    throw fault(`mount src=${shownSource}, dst=${destination}, dstFd=/proc/thread-self/fd/${bind || existing ? 14 : 11}, flags=${shown}${options && !bind ? `, data=${options}` : ''}: ${goErrno(error)}`);
  }
}

/** The bind itself and, as a recursive read-only bind, every mount that came with it. */
function makeReadOnly(sys: Syscalls, target: string, recursive: boolean): void {
  const targets = recursive ? sys.mounts().map((mount) => mount.target).filter((path) => path.startsWith(`${target}/`)) : [];
  for (const path of [target, ...targets]) sys.mount('', path, '', { bind: true, remount: true, readonly: true });
}

/** As os.MkdirAll. @throws RuntimeFault */
function mkdirAll(sys: Syscalls, path: string): void {
  const fault = (why: string): never => {
    throw new RuntimeFault(`mkdir ${path}: ${why}`);
  };
  const there = statOf(sys, path);
  if (there) return isDirectory(there.mode) ? undefined : fault('not a directory');
  if (dirname(path) !== path) mkdirAll(sys, dirname(path));
  try {
    sys.mkdir(path, 0o755);
    sys.chmod(path, 0o755);
  } catch (error) {
    fault(goErrno(error));
  }
}
