// Reads a container's log back: the last lines, since and until, with times, and following what comes.

import type { LogChunk, LogsOptions, Stream } from '../../api/engine-client.ts';
import { ApiError } from '../../api/errors.ts';
import { decode, encode } from '../../base/bytes.ts';
import type { Task } from '../../base/task.ts';
import { rfc3339, parseTime } from '../clock-text.ts';
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
  let read = 0;
  const pending: Entry[] = [];
  const fetch = () => {
    const lines = linesOf(context, container);
    if (lines.length < read) read = 0;
    pending.push(...lines.slice(read).flatMap(parseEntry).filter(({ time }) => between(time, since, until)));
    read = lines.length;
  };
  fetch();
  if (pending.length > tail) pending.splice(0, pending.length - tail);
  let closed = false;
  return {
    *next(): Task<LogChunk | undefined> {
      for (;;) {
        const entry = pending.shift();
        if (closed) return undefined;
        if (entry) {
          if (!options[entry.stream]) continue;
          return { stream: entry.stream, data: encode(`${options.timestamps ? `${fixedTime(entry.time)} ` : ''}${options.details ? ' ' : ''}${entry.log}`) };
        }
        if (!options.follow || (until !== undefined && context.sys.now() > until)) return undefined;
        const log = container.log;
        fetch();
        if (pending.length) continue;
        if (!log || log.closed) return undefined;
        yield* log.changed.wait(until);
      }
    },
    close() {
      closed = true;
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

function linesOf(context: EngineContext, container: Container): string[] {
  try {
    const lines = decode(context.sys.readFile(logPath(context, container))).split('\n');
    lines.pop();
    return lines;
  } catch {
    return [];
  }
}

function parseEntry(line: string): Entry[] {
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
