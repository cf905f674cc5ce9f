// Output of several containers on one screen: `web-1  | hello`.

import type { LogChunk, Stream } from '../../api/engine-client.ts';
import { concat, type Bytes, encode } from '../../base/bytes.ts';
import type { Task } from '../../base/task.ts';
import type { Cli } from '../cli.ts';

const COLORS = ['36', '33', '32', '35', '34', '36;1', '33;1', '32;1', '35;1', '34;1'];

export class LogView {
  readonly #cli: Cli;
  readonly #prefixed: boolean;
  readonly #colored: boolean;
  readonly #names: string[] = [];

  constructor(cli: Cli, options: { prefixed: boolean; colored: boolean }) {
    this.#cli = cli;
    this.#prefixed = options.prefixed;
    this.#colored = options.colored;
  }

  /** The width of names grows with each container that comes. */
  register(name: string): void {
    if (!this.#names.includes(name)) this.#names.push(name);
  }

  #paint(name: string, text: string): string {
    return this.#colored ? `\u001B[${COLORS[this.#names.indexOf(name) % COLORS.length]}m${text}\u001B[0m` : text;
  }

  #prefix(name: string): Bytes {
    if (!this.#prefixed) return encode('');
    return encode(this.#paint(name, `${name.padEnd(Math.max(...this.#names.map((each) => each.length)) + 1)} | `));
  }

  /** @param options.errors whether standard error stays apart; @param options.stamp put before each line */
  *show(name: string, stream: Stream<LogChunk>, { errors = false, stamp }: { errors?: boolean; stamp?: () => string } = {}): Task<void> {
    this.register(name);
    const open: Record<1 | 2, Bytes[]> = { 1: [], 2: [] };
    const print = (fd: 1 | 2, line: Bytes) => {
      const whole = concat([this.#prefix(name), encode(stamp?.() ?? ''), line, encode('\n')]);
      return fd === 2 ? this.#cli.err(whole) : this.#cli.out(whole);
    };
    try {
      for (let chunk = yield* stream.next(); chunk; chunk = yield* stream.next()) {
        const fd = errors && chunk.stream === 'stderr' ? 2 : 1;
        let rest = chunk.data;
        for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
          yield* print(fd, concat([...open[fd].splice(0), rest.subarray(0, end)]));
          rest = rest.subarray(end + 1);
        }
        if (rest.length) open[fd].push(rest);
      }
      for (const fd of [1, 2] as const) if (open[fd].length) yield* print(fd, concat(open[fd]));
    } finally {
      stream.close();
    }
  }

  /** `web-1 exited with code 0`, over a line that was begun. */
  *tell(name: string, message: string): Task<void> {
    yield* this.#cli.out(this.#paint(name, `\r\u001B[K${name} ${message}\n`));
  }
}
