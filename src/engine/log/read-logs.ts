// Reads a container's log back: the last lines, since and until, with times, and following what comes.

import type { LogChunk, LogsOptions, Stream } from '../../api/engine-client.ts';
import { ApiError } from '../../api/errors.ts';
import { decode, encode } from '../../base/bytes.ts';
import type { Task } from '../../base/task.ts';
import { rfc3339, parseTime } from '../clock-text.ts';
import { O_RDONLY, type Syscalls } from '../../kernel/syscalls.ts';
import type { Container } from '../container/container.ts';
import type { EngineContext } from '../engine-context.ts';

interface Entry {
  readonly log: string;
  readonly stream: LogChunk['stream'];
  readonly time: string;
}

export const logPath = (context: EngineContext, container: Container): string => `${context.root}/containers/${container.id}/${container.id}-json.log`;

/** @throws invalidParameter, notImplemented (the driver cannot be read) */
export function readLogs(context: EngineContext, container: Container, options: LogsOptions): Stream<LogChunk> {
  if (!options.stdout && !options.stderr) throw new ApiError('invalidParameter', 'Bad parameters: you must choose at least one stream');
  if (container.hostConfig.LogConfig.Type === 'none') throw new ApiError('notImplemented', 'configured logging driver does not support reading');
  const since = timeOption('since', options.since);
  const until = timeOption('until', options.until);
  const tail = options.tail === undefined || options.tail === '' || options.tail === 'all' || !/^\d+$/.test(options.tail) ? Infinity : Number(options.tail);
  const file = new LogFile(context.sys, logPath(context, container));
  const pending: Entry[] = [];
  const readOn = () => void pending.push(...file.next().filter(({ time }) => between(time, since, until)));
  readOn();
  if (pending.length > tail) pending.splice(0, pending.length - tail);
  if (!options.follow) file.close();
  let closed = false;
  const end = () => {
    file.close();
    return undefined;
  };
  return {
    *next(): Task<LogChunk | undefined> {
      for (;;) {
        const entry = pending.shift();
        if (closed) return end();
        if (entry) {
          if (!options[entry.stream]) continue;
          return { stream: entry.stream, data: encode(`${options.timestamps ? `${fixedTime(entry.time)} ` : ''}${options.details ? ' ' : ''}${entry.log}`) };
        }
        if (!options.follow || (until !== undefined && context.sys.now() > until)) return end();
        const log = container.log;
        readOn();
        if (pending.length) continue;
        if (!log || log.closed) return end();
        yield* log.changed.wait(until);
      }
    },
    close() {
      closed = true;
      file.close();
      container.log?.changed.wakeAll();
    },
  };
}

function timeOption(name: string, text: string | undefined): number | undefined {
  if (!text || text === '0') return undefined;
  const time = parseTime(text);
  if (time === undefined) throw new ApiError('invalidParameter', `invalid value for "${name}": failed to parse value as time or duration: "${text}"`);
  return time;
}

function between(time: string, since: number | undefined, until: number | undefined): boolean {
  if (since === undefined && until === undefined) return true;
  const at = parseTime(time) ?? 0;
  return at >= (since ?? -Infinity) && at <= (until ?? Infinity);
}

/** The log from its start, in pieces; open, so that it can be read to its end when the container is already removed. */
class LogFile {
  readonly #sys: Syscalls;
  #fd: number | undefined;
  #offset = 0;

  constructor(sys: Syscalls, path: string) {
    this.#sys = sys;
    if (!sys.can(path, 'r')) return;
    this.#fd = sys.open(path, O_RDONLY);
    sys.setCloseOnExec(this.#fd, true);
  }

  /** The whole lines that were written since. A file that was cut is read again from its start. */
  next(): Entry[] {
    if (this.#fd === undefined) return [];
    const { size } = this.#sys.fstat(this.#fd);
    if (size < this.#offset) this.#offset = 0;
    const bytes = this.#sys.pread(this.#fd, size - this.#offset, this.#offset);
    const whole = bytes.lastIndexOf(10) + 1;
    this.#offset += whole;
    return decode(bytes.subarray(0, whole)).split('\n').flatMap(parseEntry);
  }

  close(): void {
    if (this.#fd !== undefined) this.#sys.close(this.#fd);
    this.#fd = undefined;
  }
}

function parseEntry(line: string): Entry[] {
  if (!line) return [];
  try {
    return [JSON.parse(line) as Entry];
  } catch {
    return [];
  }
}

/** With all nine digits of the fraction. */
function fixedTime(time: string): string {
  const at = parseTime(time) ?? 0;
  const fraction = /\.(\d+)/.exec(time)?.[1] ?? '';
  return rfc3339(at).replace('Z', `.${fraction.padEnd(9, '0')}Z`);
}
