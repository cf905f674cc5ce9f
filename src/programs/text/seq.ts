// seq: numbers from one to another.

import { formatFloat, toFixed, type Conversion } from '../lib/number-format.ts';
import { quote } from '../lib/quote.ts';
import type { Tool } from '../lib/tool.ts';

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$|^[-+]?0x[\da-f]+$|^[-+]?inf(?:inity)?$/i;

export const seq: Tool = {
  gnu: null, busybox: null,
  *run(io, { operands }) {
    const words: string[] = [];
    let separator = '\n';
    let equal = false;
    let format: string | undefined;
    for (let at = 0; at < operands.length; at++) {
      const word = operands[at]!;
      const found = words.length ? null : /^-([wsf])(.*)$|^--(separator|format|equal-width)(?:=(.*))?$/s.exec(word);
      if (word === '--' && !words.length) {
        words.push(...operands.slice(at + 1));
        break;
      }
      if (!found || found[1] === 'f' && !io.gnu) {
        if (/^-[^\d.]/.test(word) && !words.length) io.usage(word.startsWith('--') ? `unrecognized option '${word}'` : `invalid option -- '${word[1]}'`);
        words.push(word);
        continue;
      }
      const kind = found[1] ?? found[3]![0];
      const value = (): string => found[2] || found[4] || (operands[++at] ?? io.usage(`option requires an argument -- '${kind}'`));
      if (kind === 'w' || kind === 'e') equal = true;
      else if (kind === 's') separator = value();
      else format = value();
    }
    if (!words.length) io.usage(io.gnu ? 'missing operand' : undefined);
    if (words.length > 3) io.usage(io.gnu ? `extra operand ${quote(words[3]!)}` : undefined);
    for (const word of words) if (!NUMBER.test(word)) io.usage(io.gnu ? `invalid floating point argument: ${quote(word)}` : undefined);
    const [first, step, last] = words.length === 1 ? ['1', '1', words[0]!] : words.length === 2 ? [words[0]!, '1', words[1]!] : words as [string, string, string];
    const [from, by, to] = [first, step, last].map((text) => (/inf/i.test(text) ? (text.startsWith('-') ? -Infinity : Infinity) : Number(text.replace(/^\+/, '')))) as [number, number, number];
    if (by === 0 && io.gnu) io.usage(`invalid Zero increment value: ${quote(step)}`);
    const decimals = (text: string): number => {
      const [, fraction = '', exponent = '0'] = /\.?(\d*)(?:e([-+]?\d+))?$/i.exec(text.replace(/^[^.e]*/i, '')) ?? [];
      return Math.max(0, fraction.length - Number(exponent));
    };
    const places = Math.max(decimals(first), decimals(step));
    let conversion: Conversion | undefined;
    let around = ['', ''];
    if (format !== undefined) {
      const found = /^((?:[^%]|%%)*)%([-+ #0']*)(\d*)(?:\.(\d*))?([a-zA-Z])((?:[^%]|%%)*)$/s.exec(format);
      if (!found) return io.die(`format ${quote(format)} has no % directive`);
      if (!/[efgaEFGA]/.test(found[5]!)) io.die(`format ${quote(format)} has unknown %${found[5]} directive`);
      around = [found[1]!.replace(/%%/g, '%'), found[6]!.replace(/%%/g, '%')];
      conversion = { flags: found[2]!, width: Number(found[3]), precision: found[4] === undefined ? undefined : Number(found[4]), letter: found[5]! };
    }
    const text = (value: number): string => (conversion ? around[0] + formatFloat(conversion, value) + around[1] : toFixed(value, places));
    const width = equal ? Math.max(toFixed(from, places).length, toFixed(to, places).length) : 0;
    const slack = Math.abs(by) * 1e-9;
    let any = false;
    for (let i = 0, value = from; by >= 0 ? value <= to + slack : value >= to - slack; value = from + ++i * by) {
      let shown = text(Object.is(value, -0) ? 0 : value);
      if (equal && shown.length < width) shown = shown.replace(/^(-?)/, (sign) => sign + '0'.repeat(width - shown.length));
      io.out(any ? separator + shown : shown);
      any = true;
      if (i % 256 === 0) yield* io.relieve();
    }
    if (any) io.out('\n');
  },
};
