// The variables that a shell starts with, and those that are computed when they are read.

import { passwdEntry } from './accounts.ts';
import type { Shell } from './shell.ts';

const DEFAULT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** Whether `$PWD` names the directory we are in. */
function isHere(sh: Shell, path: string | undefined): path is string {
  if (!path?.startsWith('/') || /(^|\/)\.\.?(\/|$)/.test(path)) return false;
  try {
    const there = sh.sys.stat(path);
    const here = sh.sys.stat('.');
    return there.ino === here.ino && there.dev === here.dev;
  } catch {
    return false;
  }
}

export function installSpecialVariables(sh: Shell, fresh: boolean): void {
  const { vars, sys } = sh;
  const isBash = sh.dialect.name === 'bash';
  vars.watchers.set('IFS', (value) => void (sh.ifs = value ?? ' \t\n'));
  vars.watchers.set('PATH', () => sh.hash.clear());
  let secondsFrom = sh.startTime;
  const dynamic = (name: string, get: () => string | string[] | undefined, set?: (value: string) => void) => void vars.dynamics.set(name, set ? { get, set } : { get });
  dynamic('LINENO', () => String(sh.line), () => undefined);
  dynamic('RANDOM', () => String(Math.floor(sys.random() * 0x8000)), () => undefined);
  dynamic('PPID', () => String(sh.parentPid));
  if (isBash) {
    const now = () => sys.now();
    dynamic('SECONDS', () => String(Math.floor((now() - secondsFrom) / 1000)), (value) => void (secondsFrom = now() - Number(value) * 1000));
    dynamic('EPOCHSECONDS', () => String(Math.floor(now() / 1000)));
    dynamic('EPOCHREALTIME', () => (now() / 1000).toFixed(6));
    dynamic('SRANDOM', () => String(Math.floor(sys.random() * 0x1_0000_0000)));
    dynamic('BASHPID', () => String(sys.pid));
    dynamic('BASH_SUBSHELL', () => String(sh.subshell));
    dynamic('BASH_COMMAND', () => sh.command);
    dynamic('UID', () => String(sys.credentials().uid));
    dynamic('EUID', () => String(sys.credentials().uid));
    dynamic('GROUPS', () => [sys.credentials().gid, ...sys.credentials().groups.filter((id) => id !== sys.credentials().gid)].map(String));
    dynamic('PIPESTATUS', () => sh.pipeStatus);
    dynamic('_', () => sh.lastArgument, () => undefined);
    dynamic('FUNCNAME', () => (sh.functionDepth ? [...sh.callers.map((caller) => caller.name), ...(sh.commandString === undefined && !sh.interactive ? ['main'] : [])] : undefined));
    dynamic('BASH_SOURCE', () => {
      const sources = sh.callers.map((caller) => caller.source);
      return sh.commandString === undefined && !sh.interactive && sh.lineNumbers ? [...(sh.callers.length ? sources : []), sh.source ?? sh.name] : sources.length ? sources : undefined;
    });
    dynamic('BASH_LINENO', () => sh.callers.map((caller) => String(caller.line)));
    dynamic('DIRSTACK', () => [sh.cwd, ...sh.directories]);
    dynamic('BASHOPTS', () => [...sh.shopt].sort().join(':'));
    dynamic('SHELLOPTS', () => Object.entries(sh.options).filter(([, on]) => on).map(([name]) => name).join(':'));
    dynamic('HISTCMD', () => String(sh.history.length + 1));
    dynamic('COMP_WORDBREAKS', () => ' \t\n"\'><=;|&(:');
  }
  if (!fresh) return;

  const set = (name: string, value: string, exported = false) => {
    const variable = vars.target(name);
    variable.value = value;
    if (exported) variable.exported = true;
  };
  for (const [name, value] of Object.entries(sys.env)) if (/^[A-Za-z_]\w*$/.test(name) && name !== '_') set(name, value, true);
  if (isHere(sh, sys.env['PWD'])) sh.cwd = sys.env['PWD']!;
  set('PWD', sh.cwd, true);
  set('IFS', ' \t\n');
  set('OPTIND', '1');
  set('PS4', '+ ');
  const level = Number(sys.env['SHLVL'] ?? 0);
  set('SHLVL', String(Number.isFinite(level) ? level + 1 : 1), true);
  if (!sys.env['PATH']) set('PATH', DEFAULT_PATH);
  if (!isBash) {
    set('PS1', sys.env['PS1'] ?? '\\w \\$ ');
    set('PS2', sys.env['PS2'] ?? '> ');
    vars.target('PPID').value = String(sh.parentPid);
    return;
  }
  if (sys.env['OLDPWD'] === undefined) vars.target('OLDPWD').exported = true;
  set('BASH', sys.executable);
  set('BASH_VERSION', sh.dialect.version);
  vars.target('BASH_VERSINFO').array = ['5', '3', '15', '1', 'release', 'x86_64-pc-linux-gnu'];
  vars.target('BASH_VERSINFO').readonly = true;
  set('HOSTNAME', sys.hostname());
  set('HOSTTYPE', 'x86_64');
  set('OSTYPE', 'linux-gnu');
  set('MACHTYPE', 'x86_64-pc-linux-gnu');
  set('OPTERR', '1');
  if (!sys.env['SHELL']) set('SHELL', passwdEntry(sys, sys.credentials().uid)?.[6] ?? '/bin/sh');
  if (!sys.env['TERM']) set('TERM', 'dumb');
  if (!sh.interactive) return;
  set('PS1', sys.env['PS1'] ?? '\\s-\\v\\$ ');
  set('PS2', sys.env['PS2'] ?? '> ');
  set('HISTFILE', `${vars.get('HOME') ?? ''}/.bash_history`);
  set('HISTSIZE', '500');
  set('HISTFILESIZE', '500');
}
