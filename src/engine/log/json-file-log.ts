// The json-file log driver: one JSON object a line in `<id>-json.log`.

import { type Bytes, concat, decode, encode } from '../../base/bytes.ts';
import { WaitQueue } from '../../base/task.ts';
import { O_APPEND, O_CREAT, O_WRONLY, type Syscalls } from '../../kernel/syscalls.ts';
import { rfc3339Nano } from '../clock-text.ts';
import type { LogChunk } from '../../api/engine-client.ts';

/** The longest line that stays whole. */
const LINE_LIMIT = 16384;
/** Bytes that may be written at once, and per ms in the long run: a container that prints without end fills the disk slowly. */
const BURST = 8 << 20;
const PER_MS = 512;

export class JsonFileLog {
  readonly #sys: Syscalls;
  readonly #fd: number;
  readonly #partial: Record<LogChunk['stream'], Bytes | undefined> = { stdout: undefined, stderr: undefined };
  #credit = BURST;
  #credited: number;
  closed = false;
  /** Woken when something was written or the log was closed. */
  readonly changed = new WaitQueue();

  constructor(sys: Syscalls, path: string) {
    this.#sys = sys;
    this.#fd = sys.open(path, O_WRONLY | O_APPEND | O_CREAT, 0o640);
    sys.setCloseOnExec(this.#fd, true);
    this.#credited = sys.now();
  }

  /** @returns ms that the writer must wait before the next */
  write({ stream, data }: LogChunk): number {
    const rest = this.#partial[stream];
    const bytes = rest ? concat([rest, data]) : data;
    let text = '';
    let from = 0;
    for (;;) {
      const newline = bytes.indexOf(10, from);
      const to = newline >= 0 && newline - from < LINE_LIMIT ? newline + 1 : bytes.length - from >= LINE_LIMIT ? from + LINE_LIMIT : 0;
      if (!to) break;
      text += this.#line(stream, bytes.subarray(from, to));
      from = to;
    }
    this.#partial[stream] = from < bytes.length ? bytes.slice(from) : undefined;
    this.#append(text);
    const now = this.#sys.now();
    this.#credit = Math.min(BURST, this.#credit + (now - this.#credited) * PER_MS) - text.length;
    this.#credited = now;
    return this.#credit < 0 ? -this.#credit / PER_MS : 0;
  }

  #line(stream: string, bytes: Bytes): string {
    return `{"log":${goString(decode(bytes))},"stream":"${stream}","time":"${rfc3339Nano(this.#sys.now())}"}\n`;
  }

  #append(text: string): void {
    if (!text) return;
    this.#sys.pwrite(this.#fd, encode(text), this.#sys.fstat(this.#fd).size);
    this.changed.wakeAll();
  }

  close(): void {
    for (const stream of ['stdout', 'stderr'] as const) {
      const rest = this.#partial[stream];
      if (rest) this.#append(this.#line(stream, rest));
      this.#partial[stream] = undefined;
    }
    this.#sys.close(this.#fd);
    this.closed = true;
    this.changed.wakeAll();
  }
}

const LONG: Readonly<Record<string, number>> = { '\\b': 8, '\\t': 9, '\\f': 12 };

/** As moby's JSON encoder of log lines: HTML-safe, and of the control characters only newline and return are short. */
function goString(text: string): string {
  return JSON.stringify(text).replace(/[<>&\u2028\u2029]|\\./g, (found) => {
    const code = found.length === 1 ? found.charCodeAt(0) : LONG[found];
    return code === undefined ? found : `\\u${code.toString(16).padStart(4, '0')}`;
  });
}
