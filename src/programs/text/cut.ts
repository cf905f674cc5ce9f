// cut: bytes, characters or fields of each line.

import { eachLine } from '../lib/lines.ts';
import type { Io } from '../lib/messages.ts';
import { quote } from '../lib/quote.ts';
import { Regex } from '../lib/regex.ts';
import { fromLatin, toBytes, toLatin } from '../lib/text.ts';
import type { Tool } from '../lib/tool.ts';

type Range = readonly [number, number];

export const cut: Tool = {
  gnu: 'b:,bytes: c:,characters: f:,fields: d:,delimiter: s,only-delimited complement output-delimiter: z,zero-terminated n',
  busybox: 'b: c: f: F: d: s D O:,output-delimiter: n',
  *run(io, options) {
    const lists = options.given.filter(({ key }) => 'bcfF'.includes(key));
    if (lists.length !== 1) io.usage(io.gnu ? lists.length ? 'only one list may be specified' : 'you must specify a list of bytes, characters, or fields' : undefined);
    const { key, value } = lists[0]!;
    const byField = key === 'f' || key === 'F';
    if (!byField && options.has('d')) {
      if (io.gnu) io.usage('an input delimiter may be specified only when operating on fields');
      io.die('-d DELIM requires -f or -F');
    }
    if (!byField && options.has('s')) {
      if (io.gnu) io.usage('suppressing non-delimited lines makes sense\n\tonly when operating on fields');
      io.die('-s requires -f or -F');
    }
    const ranges = parseList(io, value!, byField);
    let delimiter = options.value('d') ?? (key === 'F' ? ' ' : '\t');
    if (io.gnu && [...delimiter].length > 1) io.usage('the delimiter must be a single character');
    if (!io.gnu) delimiter = delimiter.slice(0, 1);
    const separator = options.value('output-delimiter') ?? options.value('O') ?? (byField ? (key === 'F' ? ' ' : io.gnu ? delimiter || '\0' : delimiter) : '');
    const complement = options.has('complement');
    const chosen = (n: number): boolean => ranges.some(([from, to]) => n >= from && n <= to) !== complement;
    const end = options.has('z') ? '\0' : '\n';
    const white = key === 'F' ? Regex.posix(options.has('d') ? delimiter : '[[:space:]]+', { extended: true }) : undefined;
    yield* eachLine(io, options.operands, (line) => {
      if (!byField) {
        // Characters are bytes, in both.
        let text = '';
        let before = -1;
        [...toLatin(toBytes(line))].forEach((character, i) => {
          if (!chosen(i + 1)) return;
          if (separator && before >= 0 && (before !== i - 1 || ranges.some(([from]) => from === i + 1))) text += separator;
          text += character;
          before = i;
        });
        io.out(fromLatin(text + end));
        return;
      }
      let fields = white ? split(white, line) : line.split(delimiter || '\0');
      if (fields.length === 1) {
        if (!options.has('s')) io.out(toBytes(line + end));
        return;
      }
      fields = options.has('D') ? ranges.flatMap(([from, to]) => fields.slice(from - 1, to)) : fields.filter((_, i) => chosen(i + 1));
      io.out(toBytes(fields.join(separator) + end));
    }, io.gnu ? {} : { read: () => '' }, end.charCodeAt(0));
  },
};

function split(regex: Regex, line: string): string[] {
  const fields: string[] = [];
  let from = 0;
  for (let match = regex.exec(line); match; match = regex.exec(line, from)) {
    fields.push(line.slice(from, match.index));
    from = match.index + Math.max(1, match[0].length);
  }
  return [...fields, line.slice(from)];
}

function parseList(io: Io, list: string, fields: boolean): Range[] {
  return list.split(io.gnu ? /[, \t]/ : ',').map((part): Range => {
    const found = /^(\d*)(-?)(\d*)$/.exec(part);
    if (!found || part === '-' || part === '') {
      if (!io.gnu) return io.die(`invalid number '${part.replace(/-.*/, '') || part}'`);
      if (part === '-') return io.usage('invalid range with no endpoint: -');
      if (part === '') return io.usage(fields ? 'fields are numbered from 1' : 'byte/character positions are numbered from 1');
      return io.usage(fields ? `invalid field value ${quote(part)}` : `invalid byte/character position ${quote(part)}`);
    }
    const from = found[1] ? Number(found[1]) : 1;
    const to = found[3] ? Number(found[3]) : found[2] ? Infinity : from;
    if (io.gnu) {
      if (from === 0 || to === 0) io.usage(fields ? 'fields are numbered from 1' : 'byte/character positions are numbered from 1');
      if (to < from) io.usage('invalid decreasing range');
    } else if (from === 0 || to < from) io.die(`invalid range ${from}-${to}`);
    return [from, to];
  });
}
