// The server's log: lines with time and process, and the module's own lines as a server with many processes would write them.

import { encode } from '../../base/bytes.ts';
import type { Task } from '../../base/task.ts';
import type { Syscalls } from '../../kernel/syscalls.ts';
import { strftime } from '../lib/time-format.ts';

/** What a backend alone says and a server does not. */
const OWN = /^(PostgreSQL stand-alone backend .*|backend> |pglitec: .*|)$/;
/** `2026-11-24 00:00:00.004 UTC [42] LOG:  …` */
const STAMP = /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}) \S+ \[-?\d+\] ([\s\S]*)$/;

export class ServerLog {
  readonly #sys: Syscalls;
  #waiting: string[] = [];
  /** Whose lines the module's are: the number of the process that does this work. */
  pid: number;
  /** Nothing of what the module says is told: it only changes the database. */
  muted = false;

  constructor(sys: Syscalls) {
    this.#sys = sys;
    this.pid = sys.pid;
  }

  #stamp(time: number): string {
    return `${strftime('%Y-%m-%d %H:%M:%S', time)}.${String(Math.floor(time % 1000)).padStart(3, '0')} UTC`;
  }

  say(text: string, pid = this.#sys.pid): void {
    this.#waiting.push(`${this.#stamp(this.#sys.now())} [${pid}] ${text}`);
  }

  /** A line of the module's. */
  readonly fromModule = (line: string): void => {
    if (OWN.test(line) || this.muted) return;
    const stamped = STAMP.exec(line);
    this.#waiting.push(stamped ? `${stamped[1]} UTC [${this.pid}] ${stamped[2]}` : line);
  };

  /** What waits to be written, taken out: to be put behind other lines. */
  take(): string[] {
    return this.#waiting.splice(0);
  }

  put(lines: readonly string[]): void {
    this.#waiting.push(...lines);
  }

  *flush(): Task<void> {
    const lines = this.take();
    if (lines.length) yield* this.#sys.write(2, encode(`${lines.join('\n')}\n`));
  }
}
