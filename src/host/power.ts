// Power for the host, from outside of the API: its daemon restarted, the whole machine rebooted.

import type { Task } from '../base/task.ts';
import { removeTree } from '../engine/files.ts';
import type { Machine } from './boot/machine.ts';

/** As `systemctl restart docker`. */
export function* restartDaemon({ engine }: Machine): Task<void> {
  yield* engine!.goDown();
  engine!.comeUp();
}

/** Memory is emptied; Debian keeps nothing of /tmp either. */
const VOLATILE = ['/run', '/dev/shm', '/tmp'];
/** Made again at boot, or never gone. */
const KEPT = new Set(['/run/lock', '/run/docker.sock']);
/** Virtual ms that programs have between SIGTERM and SIGKILL. */
const GRACE = 1000;

/**
 * As `systemctl reboot`: the daemon stops its containers, everything else is ended, memory is emptied, what was mounted
 * by hand is gone, and the daemon comes up. Runs in a thread of init, which alone is left.
 * @param sid the session that asked for it, and goes last
 */
export function* reboot({ engine, init }: Machine, sid: number): Task<void> {
  yield* engine!.goDown();
  const end = (signal: 'SIGTERM' | 'SIGKILL', isLast: boolean): void => {
    for (const { pid, sid: session, state } of init.processes()) {
      if (pid !== 1 && pid !== engine!.pid && state !== 'Z' && (session === sid) === isLast) init.kill(pid, signal);
    }
  };
  end('SIGTERM', false);
  yield* init.sleep(GRACE);
  end('SIGKILL', false);
  for (const { target } of init.mounts().toReversed()) {
    if (!BOOT_MOUNTS.test(target)) init.umount(target, { lazy: true });
  }
  for (const directory of VOLATILE) {
    for (const { name } of init.readdir(directory)) if (!KEPT.has(`${directory}/${name}`)) removeTree(init, `${directory}/${name}`);
  }
  end('SIGKILL', true);
  engine!.comeUp();
}

/** The machine's own. */
const BOOT_MOUNTS = /^\/($|proc$|sys$|dev$|dev\/pts$|dev\/shm$|run$)/;
