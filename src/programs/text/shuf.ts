// shuf and tsort: lines in random order, and in an order that respects pairs.

import { count } from '../lib/count.ts';
import { eachLine } from '../lib/lines.ts';
import { quote } from '../lib/quote.ts';
import { toBytes } from '../lib/text.ts';
import type { Tool } from '../lib/tool.ts';

export const shuf: Tool = {
  gnu: 'e,echo i:,input-range: n:,head-count: o:,output: random-source: r,repeat z,zero-terminated', busybox: 'e i: n: o: z r',
  *run(io, options) {
    const end = options.has('z') ? '\0' : '\n';
    let lines: string[] = [];
    const range = options.value('i');
    if (options.has('e')) lines = [...options.operands];
    else if (range !== undefined) {
      const found = /^(\d+)-(\d+)$/.exec(range);
      if (!found || Number(found[1]) > Number(found[2])) return io.die(io.gnu ? `invalid input range: ${quote(range)}` : `bad range '${range}'`);
      if (options.operands.length && io.gnu) io.usage(`extra operand ${quote(options.operands[0]!)}`);
      for (let n = Number(found[1]); n <= Number(found[2]); n++) lines.push(String(n));
    } else {
      if (options.operands.length > 1) io.usage(io.gnu ? `extra operand ${quote(options.operands[1]!)}` : undefined);
      yield* eachLine(io, options.operands, (line) => void lines.push(line), {}, end.charCodeAt(0));
      if (io.status) return 1;
    }
    const most = options.has('n') ? count(io, options.value('n')!, 'invalid line count') : Infinity;
    if (options.has('r')) {
      for (let n = 0; n < most && lines.length; n++) {
        io.out(toBytes(lines[Math.floor(io.sys.random() * lines.length)]! + end));
        yield* io.relieve();
      }
      return 0;
    }
    for (let i = lines.length - 1; i > 0; i--) {
      const j = Math.floor(io.sys.random() * (i + 1));
      [lines[i], lines[j]] = [lines[j]!, lines[i]!];
    }
    const text = lines.slice(0, most).map((line) => line + end).join('');
    const file = options.value('o');
    if (file === undefined) io.out(toBytes(text));
    else io.sys.writeFile(file, toBytes(text));
    return 0;
  },
};

export const tsort: Tool = {
  gnu: '',
  *run(io, { operands }) {
    const words: string[] = [];
    yield* eachLine(io, operands, (line) => void words.push(...line.split(/\s+/).filter(Boolean)));
    const name = operands[0] ?? '-';
    if (words.length % 2) io.die(`${name}: input contains an odd number of tokens`);
    const after = new Map<string, Set<string>>();
    for (const word of words) if (!after.has(word)) after.set(word, new Set());
    for (let i = 0; i < words.length; i += 2) if (words[i] !== words[i + 1]) after.get(words[i]!)!.add(words[i + 1]!);
    const before = (word: string): boolean => [...after].some(([other, followers]) => other !== word && followers.has(word));
    while (after.size) {
      const free = [...after.keys()].filter((word) => !before(word));
      if (!free.length) {
        io.fail(`${name}: input contains a loop:`);
        for (const word of after.keys()) io.warn(word);
        free.push([...after.keys()][0]!);
      }
      for (const word of free) {
        io.out(`${word}\n`);
        after.delete(word);
      }
    }
  },
};
