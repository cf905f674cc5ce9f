// Users, as the shell needs them: fields of /etc/passwd and home directories.

import { decode } from '../base/bytes.ts';
import { KernelError } from '../kernel/errno.ts';
import type { Syscalls } from '../kernel/syscalls.ts';
import type { Shell } from './shell.ts';

/** The fields of a user's line in /etc/passwd. */
export function passwdEntry(sys: Syscalls, user: string | number): string[] | undefined {
  try {
    const lines = decode(sys.readFile('/etc/passwd')).split('\n').map((line) => line.split(':'));
    return lines.find((fields) => (typeof user === 'number' ? fields[2] === String(user) : fields[0] === user));
  } catch (error) {
    if (error instanceof KernelError) return undefined;
    throw error;
  }
}

/** `~`, `~user`, `~+`, `~-`; itself when there is no such user. */
export function tilde(sh: Shell, text: string): string {
  const user = text.slice(1);
  const home = (name: string | number) => passwdEntry(sh.sys, name)?.[5];
  if (user === '') return sh.vars.get('HOME') ?? home(sh.sys.credentials().uid) ?? text;
  if (sh.dialect.name === 'bash' && user === '+') return sh.vars.get('PWD') ?? text;
  if (sh.dialect.name === 'bash' && user === '-') return sh.vars.get('OLDPWD') ?? text;
  return home(user) ?? text;
}
