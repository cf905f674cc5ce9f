// nsenter, unshare and chroot: programs in other namespaces, or under another root.

import type { Task } from '../../base/task.ts';
import { KernelError, strerror } from '../../kernel/errno.ts';
import type { NamespaceKind, NewProcessOptions, Syscalls } from '../../kernel/syscalls.ts';
import { execvp, exitStatus, replace, spawn } from '../lib/execute.ts';
import { reason, type Io } from '../lib/messages.ts';
import { quoteAlways } from '../lib/quote.ts';
import type { Tool } from '../lib/tool.ts';
import { Users } from '../lib/users.ts';

const shell = (io: Io): string[] => [io.sys.env['SHELL'] ?? '/bin/sh'];

/** A child in namespaces of its own or of another process; it takes over: its status is ours. */
function* runIn(io: Io, argv: readonly string[], options: NewProcessOptions, prepare: (child: Syscalls) => void): Task<number> {
  yield* io.flush();
  try {
    const pid = yield* spawn(io.sys, argv, undefined, prepare, options);
    return exitStatus(yield* io.sys.wait(pid));
  } catch (error) {
    if (!(error instanceof KernelError)) throw error;
    io.warn(io.gnu ? `failed to execute ${argv[0]}: ${strerror(error.errno)}` : `can't execute '${argv[0]}': ${strerror(error.errno)}`);
    return error.errno === 'ENOENT' ? 127 : 126;
  }
}

export const nsenter: Tool = {
  gnu: '+a,all t:,target: m::,mount:: u::,uts:: i::,ipc:: n::,net:: p::,pid:: C::,cgroup:: U::,user:: T::,time:: S:,setuid: G:,setgid: r::,root:: w::,wd:: F,no-fork Z preserve-credentials keep-caps user-parent',
  busybox: '+t: m:: u:: i:: n:: p:: U:: C:: S:: G:: r:: w:: F',
  *run(io, options) {
    const { sys, gnu } = io;
    const target = options.value('t');
    const kinds = 'muinpC'.split('').filter((key) => options.has(key) || options.has('a'));
    if (!kinds.length && !options.has('r', 'w', 'S', 'G', 'U')) {
      if (!gnu) return yield* replace(io, options.operands.length ? options.operands : shell(io));
      io.die('no namespace specified');
    }
    if (options.has('U', 'T')) io.notSimulated('user and time namespaces');
    if (target === undefined) return io.die(gnu ? 'no target PID specified' : 'need -t PID or NS file');
    if (!/^\d+$/.test(target)) return io.die(gnu ? 'invalid PID argument' : `invalid number '${target}'`);
    const name = { m: 'mnt', u: 'uts', i: 'ipc', n: 'net', p: 'pid', C: 'cgroup' }[kinds[0] ?? 'm'];
    if (!sys.processes().some(({ pid }) => pid === Number(target))) io.die(`${gnu ? 'cannot open ' : "can't open '"}/proc/${target}/ns/${name}${gnu ? '' : "'"}: No such file or directory`);
    if (sys.credentials().uid !== 0) io.die(`${gnu ? 'reassociate to namespaces failed' : `setns(${name})`}: Operation not permitted`);
    const argv = options.operands.length ? options.operands : shell(io);
    // Joining is all or nothing here; only the mount namespace brings the other root along.
    if (!kinds.includes('m') && !kinds.includes('p')) io.notSimulated(`nsenter without -m and -p: it joins all namespaces at once`);
    return yield* runIn(io, argv, { joinNamespacesOf: Number(target) }, (child) => {
      const uid = options.value('S');
      const gid = options.value('G');
      if (uid !== undefined || gid !== undefined) child.setCredentials({ uid: Number(uid ?? 0), gid: Number(gid ?? 0), groups: [Number(gid ?? 0)], capable: true });
      child.chdir(options.has('w') ? options.value('w') ?? '/' : '/');
    });
  },
};

export const unshare: Tool = {
  gnu: '+m::,mount:: u::,uts:: i::,ipc:: n::,net:: p::,pid:: U::,user:: C::,cgroup:: T::,time:: f,fork mount-proc:: r,map-root-user kill-child:: propagation: R:,root: w:,wd: S:,setuid: G:,setgid: c,map-current-user',
  busybox: '+m:: u:: i:: n:: p:: U:: C:: f mount-proc:: r propagation: kill-child::',
  *run(io, options) {
    const { sys } = io;
    if (options.has('U', 'r', 'T', 'c')) io.notSimulated('user and time namespaces');
    const namespaces: NamespaceKind[] = ([['m', 'mnt'], ['u', 'uts'], ['n', 'net'], ['p', 'pid']] as const).filter(([key]) => options.has(key) || key === 'm' && options.has('mount-proc')).map(([, kind]) => kind);
    if (namespaces.length && sys.credentials().uid !== 0) io.die(`unshare failed: Operation not permitted`);
    const argv = options.operands.length ? options.operands : shell(io);
    return yield* runIn(io, argv, { newNamespaces: namespaces }, (child) => {
      if (namespaces.includes('mnt') && options.value('propagation') !== 'unchanged') child.mount('none', '/', '', { propagation: (options.value('propagation') ?? 'private') as 'private', recursive: true });
      if (options.has('mount-proc')) child.mount('proc', options.value('mount-proc') ?? '/proc', 'proc', { nosuid: true, nodev: true, noexec: true });
      if (options.has('R')) {
        child.chroot(options.value('R')!);
        child.chdir('/');
      }
      if (options.has('w')) child.chdir(options.value('w')!);
    });
  },
};

export const chroot: Tool = {
  gnu: '+groups: userspec: skip-chdir', busybox: '+', usageStatus: 125,
  *run(io, options) {
    const { sys, gnu } = io;
    const [root, ...command] = options.operands;
    if (root === undefined) return io.usage(gnu ? 'missing operand' : undefined);
    const users = new Users(sys);
    try {
      sys.chroot(root);
      if (!options.has('skip-chdir')) sys.chdir('/');
    } catch (error) {
      io.die(gnu ? `cannot change root directory to ${quoteAlways(root)}: ${reason(error)}` : `can't change root directory to '${root}': ${reason(error)}`, gnu ? 125 : 1);
    }
    const spec = options.value('userspec');
    if (spec !== undefined) {
      const [name = '', group] = spec.split(':') as [string, string?];
      const user = users.user(name);
      const uid = users.uid(name);
      if (uid === undefined) return io.die('invalid user', 125);
      const gid = group ? users.gid(group) ?? io.die('invalid group', 125) : user?.gid ?? sys.credentials().gid;
      sys.setCredentials({ uid, gid, groups: [gid], capable: true });
    }
    if (command.length) return yield* replace(io, command);
    yield* io.flush();
    const [program] = shell(io);
    try {
      return yield* execvp(sys, [program!, '-i']);
    } catch (error) {
      io.die(gnu ? `failed to run command ‘${program}’: ${reason(error)}` : `can't execute '${program}': ${reason(error)}`, 127);
    }
  },
};
