// A tool: what a program is in its GNU and its BusyBox form, and how either becomes a kernel program.

import type { Task } from '../../base/task.ts';
import { KernelError, strerror } from '../../kernel/errno.ts';
import type { Program } from '../../kernel/program.ts';
import { BUFFER, Exit, Io } from './messages.ts';
import { parseOptions, type Options } from './options.ts';
import { sayWriteError } from './write-error.ts';

export type Dialect = 'gnu' | 'busybox';

/**
 * One program of `/bin`. It exists in a dialect when that field is there: an option table (see `options.ts`), or `null`
 * when the program reads its arguments itself (then `options.operands` is all of them).
 */
export interface Tool {
  readonly gnu?: string | null;
  readonly busybox?: string | null;
  /** Exit status of a GNU program after a wrong option; default 1. */
  readonly usageStatus?: number;
  /** The same in BusyBox. */
  readonly appletUsageStatus?: number;
  /** What a GNU program prints after a wrong option; default: `Try 'NAME --help' for more information.` */
  readonly hint?: string;
  /** What a GNU program prints before it refers to `--help`. */
  readonly synopsis?: string;
  /** Leave errors of writing to `sayWriteError`. */
  readonly plainOutput?: boolean;
  /** @returns the exit status; nothing: `io.status`, which `io.fail` raised */
  run(io: Io, options: Options): Task<number | void>;
}

/** Tools by the name they are called by. */
export type ToolTable = Readonly<Record<string, Tool>>;

/** The kernel's view of a tool in one dialect. In BusyBox `argv[0]` is the applet's name. */
export function toolProgram(name: string, tool: Tool, dialect: Dialect): Program {
  return function* (sys, argv) {
    const io = new Io(sys, name, dialect, (dialect === 'gnu' ? tool.usageStatus : tool.appletUsageStatus) ?? 1, tool.synopsis);
    if (tool.hint) io.hint = tool.hint;
    let status: number;
    try {
      const options = parseOptions(io, argv.slice(1), tool[dialect] ?? null);
      status = (yield* tool.run(io, options)) ?? io.status;
    } catch (error) {
      if (io.writeFailed && error instanceof KernelError) return yield* full(io, error, false, 1);
      if (!(error instanceof Exit)) throw error;
      status = error.status;
    }
    const { waiting } = io;
    try {
      yield* io.flush();
    } catch (error) {
      if (!(error instanceof KernelError)) throw error;
      if (tool.plainOutput) return yield* full(io, error, waiting <= BUFFER, status);
      // BusyBox's fflush at exit says nothing; GNU's close_stdout does.
      if (dialect === 'busybox' || io.writeErrorShown) return io.writeErrorShown ? 1 : status;
      io.discard();
      io.warn(`write error: ${strerror(error.errno)}`);
      yield* io.flush();
      return tool.usageStatus ?? 1;
    }
    return status;
  };
}

function* full(io: Io, error: KernelError, atEnd: boolean, status: number): Task<number> {
  io.discard();
  const own = sayWriteError(io, strerror(error.errno), atEnd);
  yield* io.flush();
  return own ?? status;
}

/** Tools that leave errors of writing to `sayWriteError`. */
export function withPlainOutput(table: ToolTable): ToolTable {
  return Object.fromEntries(Object.entries(table).map(([name, tool]) => [name, { ...tool, plainOutput: true }]));
}
