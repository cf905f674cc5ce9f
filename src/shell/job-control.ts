// Taking the terminal: what an interactive shell does before its first prompt.

import { KernelError } from '../kernel/errno.ts';
import type { Shell } from './shell.ts';

/** Become the foreground process group of the terminal, if there is one. */
export function startJobControl(sh: Shell): void {
  const { sys } = sh;
  try {
    const fd = sys.isatty(2) ? 2 : 0;
    if (!sh.interactive || !sys.isatty(fd)) return;
    if (sys.getpgid() !== sys.pid && sys.getsid() !== sys.pid) sys.setpgid(0, sys.pid);
    for (const signal of ['SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGTSTP', 'SIGTTIN', 'SIGTTOU'] as const) sh.defaultSignal(signal);
    sys.tcsetpgrp(fd, sys.getpgid());
    sh.terminal = sys.dup(fd, 10);
    sys.setCloseOnExec(sh.terminal, true);
  } catch (error) {
    if (!(error instanceof KernelError)) throw error;
  }
}
