// A program: what an executable file of the simulation runs.

import type { Task } from '../base/task.ts';
import type { Syscalls } from './syscalls.ts';

/**
 * The `main` of a program. It sees the world only through `sys`; `argv[0]` is the name it was called by.
 * Returns its exit status (0–255). It never throws: it prints what the real program prints and returns.
 * A KernelError that does escape is a bug of ours and ends the process with status 70 after saying so on stderr.
 */
export type Program = (sys: Syscalls, argv: readonly string[]) => Task<number>;

/** Programs by key. An executable's content names its program (see `executableContent`), as an ELF header names its interpreter. */
export class ProgramRegistry {
  readonly #programs = new Map<string, Program>();

  register(key: string, program: Program): void {
    if (this.#programs.has(key)) throw new Error(`program ${key} is registered already`);
    this.#programs.set(key, program);
  }

  get(key: string): Program | undefined {
    return this.#programs.get(key);
  }

  keys(): string[] {
    return [...this.#programs.keys()];
  }
}

export const ELF_MAGIC = '\u007fELF\u0002\u0001\u0001';

/** The first bytes of an executable that runs the program registered as `key`: an ELF magic, then `stowage:<key>\n`. */
export function executableContent(key: string): string {
  return `${ELF_MAGIC}\nstowage:${key}\n`;
}
