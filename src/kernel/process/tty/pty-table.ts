// The terminals of each devpts, by number.

import { KernelError } from '../../errno.ts';
import type { DevPts } from '../../fs/dev/devpts.ts';
import type { FsContext } from '../../vfs/fs-context.ts';
import type { Superblock } from '../../vfs/superblock.ts';
import type { VirtualDentry } from '../../vfs/virtual-dentry.ts';
import type { WindowSize } from '../../syscalls.ts';
import type { Machine } from '../machine.ts';
import { Pty } from './pty.ts';
import { TerminalMaster } from './terminal-master.ts';

const tables = new WeakMap<Superblock, Map<number, Pty>>();

/** @throws ENXIO */
export function findTerminal(devpts: Superblock, index: number): Pty {
  const terminal = tables.get(devpts)?.get(index);
  if (!terminal) throw new KernelError('ENXIO');
  return terminal;
}

/** A new terminal with its node in that devpts. */
export function makeTerminal(machine: Machine, devpts: DevPts, { credentials: { uid, gid } }: FsContext, size: WindowSize): Pty {
  const index = devpts.freeIndex();
  const terminal = new Pty(machine, index, size);
  devpts.addTerminal(index, uid, gid);
  let table = tables.get(devpts);
  if (!table) tables.set(devpts, table = new Map());
  table.set(index, terminal);
  return terminal;
}

/** Its master is gone: hang it up and take its node away. */
export function removeTerminal(devpts: DevPts, terminal: Pty): void {
  terminal.hangUp();
  devpts.removeTerminal(terminal.index);
  tables.get(devpts)?.delete(terminal.index);
}

export function openMaster(machine: Machine, context: FsContext, flags: number, place: VirtualDentry, devpts: DevPts): TerminalMaster {
  const terminal = makeTerminal(machine, devpts, context, { columns: 0, rows: 0 });
  return new TerminalMaster(terminal, flags, place, () => removeTerminal(devpts, terminal));
}
