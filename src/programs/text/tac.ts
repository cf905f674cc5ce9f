// tac and rev: lines in reverse order, and lines reversed.

import { eachInput, eachLine, readAll } from '../lib/lines.ts';
import { quoteAlways } from '../lib/quote.ts';
import { toBytes, toText } from '../lib/text.ts';
import type { Tool } from '../lib/tool.ts';

export const tac: Tool = {
  gnu: 'b,before r,regex s:,separator:', busybox: '',
  *run(io, options) {
    if (options.has('r')) io.notSimulated('-r');
    const separator = options.value('s') ?? '\n';
    yield* eachInput(io, options.operands, function* (fd) {
      const text = toText(yield* readAll(io.sys, fd));
      const parts = text.split(separator);
      const last = parts.pop()!;
      const records = options.has('b') ? [parts.shift() ?? '', ...[...parts, last].map((part) => separator + part)] : [...parts.map((part) => part + separator), last];
      io.out(toBytes(records.reverse().join('')));
    }, io.gnu ? { open: (name, text) => `failed to open ${quoteAlways(name)} for reading: ${text}`, read: (name, text) => `${quoteAlways(name)}: read error: ${text}` } : {});
  },
};

export const rev: Tool = {
  // Debian has it in a package that the host lacks.
  busybox: null,
  *run(io, { operands }) {
    yield* eachLine(io, operands, (line, terminated) => io.out(toBytes([...line].reverse().join('') + (terminated ? '\n' : ''))));
  },
};
