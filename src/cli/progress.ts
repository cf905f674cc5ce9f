// Showing the JSON messages of pull, load and build, in place on a terminal and as lines elsewhere (jsonmessage).

import type { Stream } from '../api/engine-client.ts';
import type { JsonMessage } from '../api/image.ts';
import type { Task } from '../base/task.ts';
import type { Cli } from './cli.ts';
import { CliError } from './errors.ts';
import { humanSize } from './formatter/units.ts';

/** `[===>   ]  1.2MB/3MB`; '' before anything is known. */
function bar(current: number, total: number, columns: number): string {
  if (current <= 0 && total <= 0) return '';
  if (total <= 0) return humanSize(current).padStart(8);
  const done = Math.min(50, Math.trunc(Math.trunc((current / total) * 100) / 2));
  const box = columns > 110 ? `[${'='.repeat(done)}>${' '.repeat(50 - done)}] ` : '';
  return box + humanSize(current).padStart(8) + (current > total ? '' : `/${humanSize(total)}`);
}

/**
 * Print all messages on a descriptor (1 or 2). `onAux` gets what is not for people.
 * @throws CliError with the first error message
 */
export function* showMessages(cli: Cli, messages: Stream<JsonMessage>, fd: 1 | 2, onAux?: (aux: unknown) => void): Task<void> {
  const terminal = cli.isTerminal(fd);
  const columns = terminal ? cli.sys.windowSize(fd).columns || 200 : 200;
  const print = (text: string) => (fd === 1 ? cli.out(text) : cli.err(text));
  let lines = new Map<string, number>();
  try {
    for (let message = yield* messages.next(); message; message = yield* messages.next()) {
      if (message.aux !== undefined) {
        onAux?.(message.aux);
        continue;
      }
      if (message.error !== undefined) throw new CliError(message.errorDetail?.message ?? message.error, message.errorDetail?.code || 1);
      const { id, status = '', stream, progressDetail: detail } = message;
      const text = detail ? bar(detail.current ?? 0, detail.total ?? 0, columns) : '';
      let up = 0;
      let out = '';
      if (id && (detail || message.progress)) {
        let line = lines.get(id);
        if (line === undefined) {
          line = lines.size;
          lines.set(id, line);
          if (terminal) out += '\n';
        }
        up = lines.size - line;
        if (terminal) out += `\u001B[${up}A`;
      } else lines = new Map();
      const inPlace = terminal && stream === undefined && detail !== undefined;
      if (!terminal && text) continue;
      if (inPlace) out += '\u001B[2K\r';
      if (id) out += `${id}: `;
      if (inPlace) out += `${status} ${text}\r`;
      else if (stream !== undefined) out += stream;
      else out += `${status}\n`;
      if (up && terminal) out += `\u001B[${up}B`;
      yield* print(out);
    }
  } finally {
    messages.close();
  }
}
