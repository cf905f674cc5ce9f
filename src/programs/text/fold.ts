// fold, fmt, expand and unexpand: lines broken and filled, tabs and spaces.

import { eachLine } from '../lib/lines.ts';
import { quote } from '../lib/quote.ts';
import { toBytes } from '../lib/text.ts';
import type { Tool } from '../lib/tool.ts';

export const fold: Tool = {
  gnu: 'b,bytes c,characters s,spaces w:,width: #', busybox: 'b s w:',
  *run(io, options) {
    const text = options.value(options.last('w', '#') ?? 'w') ?? '80';
    const width = Number(text);
    if (!/^\d+$/.test(text) || width < 1) io.die(io.gnu ? `invalid number of columns: ${quote(text)}${width === 0 ? ': Numerical result out of range' : ''}` : /^\d+$/.test(text) ? `number ${text} is not in 1..10000 range` : `invalid number '${text}'`);
    yield* eachLine(io, options.operands, (line, terminated) => {
      let current: string[] = [];
      let column = 0;
      for (const character of line) {
        const advance = (at: number): number => (options.has('b') ? at + 1 : character === '\t' ? at + 8 - at % 8 : character === '\b' ? Math.max(0, at - 1) : character === '\r' ? 0 : at + 1);
        if (advance(column) > width && current.length) {
          const blank = options.has('s') ? current.findLastIndex((other) => other === ' ' || other === '\t') : -1;
          const rest = blank >= 0 ? current.splice(blank + 1) : [];
          io.out(toBytes(`${current.join('')}\n`));
          current = rest;
          column = rest.length;
        }
        column = advance(column);
        current.push(character);
      }
      io.out(toBytes(current.join('') + (terminated ? '\n' : '')));
    });
  },
};

export const fmt: Tool = {
  gnu: 'c,crown-margin p:,prefix: s,split-only t,tagged-paragraph u,uniform-spacing w:,width: g:,goal: #',
  *run(io, options) {
    const width = Number(options.value(options.last('w', '#') ?? 'w') ?? 75);
    const goal = Math.floor(width * 187 / 200);
    let words: string[] = [];
    let indent = '';
    const flush = (): void => {
      if (words.length) for (const line of fill(words, width - indent.length, goal - indent.length)) io.out(toBytes(`${indent}${line}\n`));
      words = [];
    };
    yield* eachLine(io, options.operands, (line) => {
      const own = /^[ \t]*/.exec(line)![0];
      if (!line.trim()) {
        flush();
        return io.out('\n');
      }
      if (words.length && own !== indent) flush();
      if (!words.length) indent = own;
      words.push(...line.trim().split(/\s+/));
      if (options.has('s')) flush();
    });
    flush();
  },
};

/** Lines of least raggedness, the last one free, as Knuth breaks paragraphs. */
function fill(words: readonly string[], width: number, goal: number): string[] {
  const best: { cost: number; next: number }[] = [];
  best[words.length] = { cost: 0, next: words.length };
  for (let i = words.length - 1; i >= 0; i--) {
    let length = -1;
    best[i] = { cost: Infinity, next: i + 1 };
    for (let j = i; j < words.length; j++) {
      length += words[j]!.length + 1;
      if (length > width && j > i) break;
      const last = j === words.length - 1;
      const sentence = /[.?!]['")\]]*$/.test(words[j]!) ? -50 * 50 : 0;
      const ragged = last ? 0 : (10 * (goal - length)) ** 2 + 70 * 70 + sentence;
      const cost = ragged + best[j + 1]!.cost;
      if (cost < best[i]!.cost) best[i] = { cost, next: j + 1 };
    }
  }
  const lines: string[] = [];
  for (let at = 0; at < words.length; at = best[at]!.next) lines.push(words.slice(at, best[at]!.next).join(' '));
  return lines;
}

const stops = (text: string | undefined): ((column: number) => number) => {
  const list = (text ?? '8').split(/[, ]/).map(Number);
  if (list.length === 1) return (column) => (Math.floor(column / list[0]!) + 1) * list[0]!;
  return (column) => list.find((stop) => stop > column) ?? column + 1;
};

export const expand: Tool = {
  gnu: 'i,initial t:,tabs: #', busybox: 'i,initial t:,tabs:',
  *run(io, options) {
    const stop = stops(options.value('t') ?? options.value('#'));
    yield* eachLine(io, options.operands, (line, terminated) => {
      let result = '';
      let column = 0;
      let initial = true;
      for (const character of line) {
        if (character !== '\t' && character !== ' ') initial = false;
        const next = character === '\t' ? stop(column) : column + 1;
        result += character === '\t' && (initial || !options.has('i')) ? ' '.repeat(next - column) : character;
        column = next;
      }
      io.out(toBytes(result + (terminated ? '\n' : '')));
    });
  },
};

export const unexpand: Tool = {
  gnu: 'a,all first-only t:,tabs:', busybox: 'a,all f,first-only t:,tabs:',
  *run(io, options) {
    const stop = stops(options.value('t'));
    const all = options.has('a', 't') && !options.has('first-only', 'f');
    yield* eachLine(io, options.operands, (line, terminated) => {
      let result = '';
      let column = 0;
      let blanks = '';
      let start = 0;
      let initial = true;
      for (const character of `${line}\n`) {
        if ((character === ' ' || character === '\t') && (initial || all)) {
          if (!blanks) start = column;
          blanks += character;
          column = character === '\t' ? stop(column) : column + 1;
          continue;
        }
        if (blanks) {
          let at = start;
          for (let next = stop(at); next <= column && (next - at > 1 || blanks.includes('\t')); next = stop(at)) {
            result += '\t';
            at = next;
          }
          result += ' '.repeat(column - at);
          blanks = '';
        }
        initial = false;
        column++;
        if (character !== '\n') result += character;
      }
      io.out(toBytes(result + (terminated ? '\n' : '')));
    });
  },
};
