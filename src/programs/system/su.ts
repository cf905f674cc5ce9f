// su and sudo: programs as another user. Passwords are not simulated: root needs none, others have none.

import type { Task } from '../../base/task.ts';
import type { Credentials } from '../../kernel/syscalls.ts';
import { replace, which } from '../lib/execute.ts';
import { reason, type Io } from '../lib/messages.ts';
import type { Tool } from '../lib/tool.ts';
import { Users, type User } from '../lib/users.ts';

function credentials(users: Users, user: User): Credentials {
  return { uid: user.uid, gid: user.gid, groups: [...new Set([user.gid, ...users.groups.filter(({ members }) => members.includes(user.name)).map(({ gid }) => gid)])], capable: true };
}

export const su: Tool = {
  gnu: 'c:,command: session-command: f,fast g:,group: G:,supp-group: l,login m,p,preserve-environment P,pty s:,shell: w:,whitelist-environment:', busybox: 'l,login m p c: s:',
  *run(io, options) {
    const { sys, gnu } = io;
    const { uid } = sys.credentials();
    if (uid !== 0 && !gnu) return io.die('must be suid to work properly');
    const operands = [...options.operands];
    let login = options.has('l');
    if (operands[0] === '-') {
      operands.shift();
      login = true;
    }
    const [name = 'root', ...args] = operands;
    const users = new Users(sys);
    const user = users.user(name);
    if (!user) return io.die(gnu ? `user ${name} does not exist or the user entry does not contain all the required fields` : `unknown user ${name}`);
    if (uid !== 0) {
      io.err('Password: ');
      yield* io.flush();
      if (sys.isatty(0)) {
        const saved = sys.tcgetattr(0);
        sys.tcsetattr(0, { ...saved, echo: false });
        yield* sys.read(0, 256);
        sys.tcsetattr(0, saved);
        io.err('\n');
      }
      return io.die('Authentication failure');
    }
    const keep = options.has('m', 'p') && !login;
    const program = options.value('s') ?? (keep ? sys.env['SHELL'] : undefined) ?? (user.shell || '/bin/sh');
    let env: Record<string, string> = login ? { TERM: sys.env['TERM'] ?? 'dumb' } : { ...sys.env };
    if (!keep) {
      env = { ...env, HOME: user.home, SHELL: program };
      if (login || user.uid !== 0) env = { ...env, USER: user.name, LOGNAME: user.name };
      if (login) env['PATH'] = user.uid === 0 ? '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' : '/usr/local/bin:/usr/bin:/bin:/usr/local/games:/usr/games';
    }
    if (login) {
      try {
        sys.chdir(user.home);
      } catch (error) {
        io.warn(`warning: cannot change directory to ${user.home}: ${reason(error)}`);
      }
    }
    sys.setCredentials(credentials(users, user));
    const base = program.split('/').pop()!;
    const command = options.value('c') ?? options.value('session-command');
    const argv = [login ? `-${base}` : base, ...(command === undefined ? [] : ['-c', command]), ...args];
    return yield* runShell(io, program, argv, env);
  },
};

function* runShell(io: Io, program: string, argv: readonly string[], env: Record<string, string>): Task<number> {
  yield* io.flush();
  try {
    return yield* io.sys.exec(program, argv, env);
  } catch (error) {
    io.warn(io.gnu ? `failed to execute ${program}: ${reason(error)}` : `can't execute '${program}': ${reason(error)}`);
    return 127;
  }
}

export const sudo: Tool = {
  gnu: '+A b E,preserve-env:: g:,group: H i,login k n,non-interactive p:,prompt: S,stdin s,shell u:,user: l,list v,validate K D:,chdir:',
  *run(io, options) {
    const { sys } = io;
    const users = new Users(sys);
    const own = sys.credentials();
    const name = users.userName(own.uid) ?? String(own.uid);
    const may = own.uid === 0 || users.groups.some(({ name: group, gid, members }) => (group === 'sudo' || group === 'wheel') && (own.groups.includes(gid) || members.includes(name)));
    if (!may) {
      io.err(`${name} is not in the sudoers file.\nThis incident has been reported to the administrator.\n`);
      return 1;
    }
    if (options.has('v', 'k', 'K') && !options.operands.length) return 0;
    if (options.has('l')) return void io.out(`User ${name} may run the following commands on ${sys.hostname()}:\n    (ALL : ALL) NOPASSWD: ALL\n`);
    const target = options.value('u') ?? 'root';
    const user = target.startsWith('#') ? users.users.find(({ uid }) => uid === Number(target.slice(1))) : users.user(target);
    if (!user) return io.die(`unknown user ${target}`);
    const words = [...options.operands];
    const extra: Record<string, string> = {};
    while (/^[A-Za-z_]\w*=/.test(words[0] ?? '')) {
      const word = words.shift()!;
      extra[word.slice(0, word.indexOf('='))] = word.slice(word.indexOf('=') + 1);
    }
    const shell = user.shell || '/bin/sh';
    const path = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
    const env: Record<string, string> = { ...(options.has('E') ? sys.env : { TERM: sys.env['TERM'] ?? 'unknown', ...(sys.env['LANG'] ? { LANG: sys.env['LANG'] } : {}) }), PATH: path, HOME: user.home, USER: user.name, LOGNAME: user.name, SHELL: shell, SUDO_USER: name, SUDO_UID: String(own.uid), SUDO_GID: String(own.gid), ...extra };
    if (!words.length && !options.has('i', 's')) {
      io.err('usage: sudo -h | -K | -k | -V\nusage: sudo -v [-ABkNnS] [-g group] [-h host] [-p prompt] [-u user]\nusage: sudo -l [-ABkNnS] [-g group] [-h host] [-p prompt] [-U user] [-u user] [command [arg ...]]\nusage: sudo [-ABbEHkNnPS] [-C num] [-D directory] [-g group] [-h host] [-p prompt] [-R directory] [-T timeout] [-u user] [VAR=value] [-i | -s] [command [arg ...]]\n');
      return 1;
    }
    env['SUDO_COMMAND'] = words.join(' ') || shell;
    const command = words.map((word) => word.replace(/[^\w@%+=:,./-]/g, '\\$&')).join(' ');
    if (options.has('i')) sys.chdir(sys.can(user.home, 'x') ? user.home : '/');
    if (options.has('D')) sys.chdir(options.value('D')!);
    if (!options.has('i', 's') && !which(sys, words[0]!, path)) return io.die(`${words[0]}: command not found`);
    sys.setCredentials(credentials(users, user));
    if (options.has('i', 's')) return yield* runShell(io, shell, [options.has('i') ? `-${shell.split('/').pop()}` : shell, ...(command ? ['-c', command] : [])], env);
    return yield* replace(io, words, env, 'unable to execute');
  },
};
