// `docker-init` (tini): the PID 1 of `--init`. It starts the command, passes signals on and reaps orphans.

import type { Program } from '../../kernel/program.ts';
import { KernelError } from '../../kernel/errno.ts';
import { type Signal, signalNumber } from '../../kernel/signal.ts';
import { encode } from '../../base/bytes.ts';

const FORWARDED: readonly Signal[] = ['SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2', 'SIGTERM', 'SIGWINCH', 'SIGCONT', 'SIGALRM'];

/** `docker-init -- command argument…` */
export const dockerInit: Program = function* (sys, argv) {
  const command = argv.slice(argv[1] === '--' ? 2 : 1);
  const name = command[0];
  if (name === undefined) return 1;
  const child = sys.newProcess();
  child.sys.setpgid(0, 0);
  for (const signal of FORWARDED) sys.sigaction(signal, { handler: () => sys.kill(child.pid, signal), restart: true });
  const candidates = name.includes('/') ? [name] : (sys.env['PATH'] ?? '').split(':').map((directory) => `${directory || '.'}/${name}`);
  let failure: KernelError | undefined;
  for (const path of candidates) {
    try {
      child.exec(path, command, sys.env);
      failure = undefined;
      break;
    } catch (error) {
      if (!(error instanceof KernelError)) throw error;
      failure = error;
    }
  }
  if (failure) {
    child.abandon();
    yield* sys.write(2, encode(`[FATAL tini (${sys.pid})] exec ${name} failed: ${failure.message}\n`));
    return failure.errno === 'ENOENT' ? 127 : 126;
  }
  if (sys.isatty(0)) sys.tcsetpgrp(0, child.pid);
  for (;;) {
    try {
      const status = yield* sys.wait(-1);
      if (status.pid === child.pid) return status.signal ? 128 + signalNumber(status.signal) : status.code ?? 0;
    } catch (error) {
      if (!(error instanceof KernelError) || error.errno !== 'EINTR') throw error;
    }
  }
};
