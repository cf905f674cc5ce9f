// uniq: adjacent equal lines, once.

import { O_CREAT, O_TRUNC, O_WRONLY } from '../../kernel/syscalls.ts';
import { count } from '../lib/count.ts';
import { eachLine } from '../lib/lines.ts';
import { reason } from '../lib/messages.ts';
import { quote, quoteAlways } from '../lib/quote.ts';
import { toBytes } from '../lib/text.ts';
import type { Tool } from '../lib/tool.ts';

export const uniq: Tool = {
  gnu: 'c,count d,repeated D all-repeated:: u,unique i,ignore-case f:,skip-fields: s:,skip-chars: w:,check-chars: z,zero-terminated group::',
  busybox: 'c d u i f: s: w: z',
  *run(io, options) {
    const [input = '-', output, extra] = options.operands;
    if (extra !== undefined) io.usage(io.gnu ? `extra operand ${quote(extra)}` : undefined);
    if (options.has('group')) io.notSimulated('--group');
    const number = (key: string, what: string): number => options.has(key) ? count(io, options.value(key)!, `${options.value(key)}: invalid number of ${what}`) : 0;
    const fields = number('f', 'fields to skip');
    const skip = number('s', 'bytes to skip');
    const width = options.has('w') ? number('w', 'bytes to compare') : Infinity;
    const end = options.has('z') ? '\0' : '\n';
    const all = options.has('D', 'all-repeated');
    const key = (line: string): string => {
      let at = 0;
      for (let n = 0; n < fields; n++) at += /^[ \t]*[^ \t]*/.exec(line.slice(at))![0].length;
      const part = line.slice(at + skip, at + skip + width);
      return options.has('i') ? part.toLowerCase() : part;
    };
    if (output !== undefined && output !== '-') {
      try {
        io.sys.dup2(io.sys.open(output, O_WRONLY | O_CREAT | O_TRUNC, 0o666), 1);
      } catch (error) {
        io.die(io.gnu ? `${output}: ${reason(error)}` : `can't open '${output}': ${reason(error)}`);
      }
    }
    let group: string[] = [];
    let amount = 0;
    let current: string | undefined;
    const close = (): void => {
      if (!amount || options.has('d') && amount < 2 || options.has('u') && amount > 1 || all && (amount < 2 || options.has('u'))) return;
      const prefix = options.has('c') ? `${String(amount).padStart(7)} ` : '';
      io.out(toBytes(group.map((line) => prefix + line + end).join('')));
    };
    yield* eachLine(io, [input], (line) => {
      const next = key(line);
      if (amount && next === current) {
        amount++;
        if (all) group.push(line);
        return;
      }
      close();
      group = [line];
      amount = 1;
      current = next;
    }, io.gnu ? { read: (name, text) => `error reading ${quoteAlways(name)}: ${text}` } : { open: (name, text) => `can't open '${name}': ${text}`, read: (name) => `${name}: I/O error` }, end.charCodeAt(0));
    close();
  },
};
