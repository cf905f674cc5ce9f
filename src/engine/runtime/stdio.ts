// Wires a process's standard streams to the daemon: pipes, or a terminal of the container's own devpts.

import type { Task } from '../../base/task.ts';
import { KernelError } from '../../kernel/errno.ts';
import { type Embryo, O_RDWR, type Syscalls, type Thread, type WindowSize } from '../../kernel/syscalls.ts';
import type { LogChunk } from '../../api/engine-client.ts';
import type { ContainerStreams } from '../container/streams.ts';

/** The daemon's ends. */
export interface Pipes {
  readonly stdin: number | undefined;
  /** With a tty only the master, as stdout. */
  readonly outputs: readonly (readonly [stream: LogChunk['stream'], fd: number])[];
  /** The child's ends, to be closed once it has its own copies. */
  readonly theirs: readonly (number | undefined)[];
}

/** Before the process is made: it inherits the pipes' other ends. */
export function openPipes(sys: Syscalls, stdin: boolean): Pipes {
  const pipe = () => {
    const ends = sys.pipe();
    for (const fd of ends) sys.setCloseOnExec(fd, true);
    return ends;
  };
  const input = stdin ? pipe() : undefined;
  const output = pipe();
  const error = pipe();
  return { stdin: input?.[1], outputs: [['stdout', output[0]], ['stderr', error[0]]], theirs: [input?.[0], output[1], error[1]] };
}

/** In the embryo, before it changes its root. */
export function takePipes(sys: Syscalls, pipes: Pipes): void {
  pipes.theirs.forEach((fd, standard) => {
    if (fd !== undefined) sys.dup2(fd, standard);
    else {
      const nothing = sys.open('/dev/null', O_RDWR);
      if (nothing !== standard) {
        sys.dup2(nothing, standard);
        sys.close(nothing);
      }
    }
  });
}

/** In the embryo, once it has its devpts: its terminal, controlling and on 0, 1 and 2. @returns the daemon's side */
export function takeTerminal(embryo: Embryo, size: WindowSize): Pipes {
  const { sys } = embryo;
  const { master, slave } = sys.openpty(size);
  const ours = embryo.give(master);
  sys.close(master);
  sys.setsid();
  sys.setControllingTerminal(slave);
  for (const standard of [0, 1, 2]) sys.dup2(slave, standard);
  if (slave > 2) sys.close(slave);
  return { stdin: ours, outputs: [['stdout', ours]], theirs: [] };
}

/** Read until the end and hand everything on. The terminal's master is left open for its streams to close. */
export function pump(sys: Syscalls, pipes: Pipes, streams: ContainerStreams, log?: { write(chunk: LogChunk): number }): Thread[] {
  return pipes.outputs.map(([stream, fd]) => sys.thread(function* (): Task<void> {
    try {
      for (;;) {
        const data = yield* sys.read(fd, 65536);
        if (!data.length) break;
        const chunk = { stream, data };
        const pause = log?.write(chunk);
        yield* streams.broadcast(chunk);
        if (pause) yield* sys.sleep(pause);
      }
    } catch (error) {
      // EIO: the last process has let go of the terminal.
      if (!(error instanceof KernelError)) throw error;
    }
    if (fd !== streams.master) sys.close(fd);
  }));
}
