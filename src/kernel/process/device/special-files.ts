// Which driver a device number has: what the file system opens for device nodes and named pipes.

import { KernelError } from '../../errno.ts';
import { DevPts } from '../../fs/dev/devpts.ts';
import { major, makedev, minor } from '../../stat.ts';
import { O_NOCTTY } from '../../syscalls.ts';
import type { FileDescription } from '../../vfs/file-description.ts';
import type { FsContext } from '../../vfs/fs-context.ts';
import type { SpecialFiles } from '../../vfs/special-files.ts';
import type { VirtualDentry } from '../../vfs/virtual-dentry.ts';
import type { Machine } from '../machine.ts';
import { FifoEnd } from '../pipe.ts';
import { findTerminal, openMaster } from '../tty/pty-table.ts';
import { TerminalSlave } from '../tty/terminal-slave.ts';
import { DeviceFile } from './device-file.ts';

const TTY = makedev(5, 0);
const PTMX = makedev(5, 2);
const PTS = 136;

export class Devices implements SpecialFiles {
  /** Set by the kernel once there is a Vfs. */
  machine!: Machine;

  openCharDevice(context: FsContext, rdev: number, flags: number, name: string, place: VirtualDentry): FileDescription {
    const { machine } = this;
    if (rdev === PTMX) return openMaster(machine, context, flags, place, this.#devptsOf(context, name, place));
    const process = machine.processOf(context);
    if (rdev === TTY) {
      const terminal = process?.group.session.terminal;
      if (!terminal) throw new KernelError('ENXIO');
      return new TerminalSlave(terminal, flags, place);
    }
    if (major(rdev) !== PTS) return new DeviceFile(rdev, flags, place, machine.random);
    const terminal = findTerminal(place.mount.superblock, minor(rdev));
    const slave = new TerminalSlave(terminal, flags, place);
    const session = process?.group.session;
    if (session && !(flags & O_NOCTTY) && session.leader === process && !session.terminal && !terminal.session) terminal.attach(session, process.group);
    return slave;
  }

  /** A `ptmx` belongs to the devpts it is in, or to the one mounted on `pts` beside it. */
  #devptsOf(context: FsContext, name: string, { mount }: VirtualDentry): DevPts {
    if (mount.superblock instanceof DevPts) return mount.superblock;
    const { superblock } = this.machine.vfs.mountOf(context, `${name.slice(0, name.lastIndexOf('/'))}/pts`);
    if (!(superblock instanceof DevPts)) throw new KernelError('ENODEV');
    return superblock;
  }

  openBlockDevice(): FileDescription {
    throw new KernelError('ENXIO');
  }

  openFifo(inode: object, flags: number, _name: string, place: VirtualDentry): FileDescription {
    return new FifoEnd(inode, flags, place);
  }
}
