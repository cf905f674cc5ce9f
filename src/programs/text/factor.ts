// factor: the primes of a number.

import { eachLine } from '../lib/lines.ts';
import type { Io } from '../lib/messages.ts';
import { quote } from '../lib/quote.ts';
import type { Tool } from '../lib/tool.ts';

function* factors(io: Io, text: string): Generator<bigint, void> {
  let rest = BigInt(text);
  for (let prime = 2n; prime * prime <= rest; prime += prime === 2n ? 1n : 2n) {
    for (; rest % prime === 0n; rest /= prime) yield prime;
    if (prime > 3_000_000n) {
      io.err('stowage: factor: not simulated: numbers with two primes so large\n');
      return;
    }
  }
  if (rest > 1n) yield rest;
}

export const factor: Tool = {
  gnu: 'h,exponents',
  *run(io, options) {
    if (options.has('h')) return io.notSimulated('--exponents');
    const print = (word: string): void => {
      if (!/^\s*\+?\d+$/.test(word)) io.fail(`${quote(word)} is not a valid positive integer`);
      else io.out(`${BigInt(word.trim().replace('+', ''))}:${[...factors(io, word.trim().replace('+', ''))].map((prime) => ` ${prime}`).join('')}\n`);
    };
    for (const operand of options.operands) print(operand);
    if (!options.operands.length) yield* eachLine(io, [], (text) => text.trim().split(/\s+/).filter(Boolean).forEach(print));
    return undefined;
  },
};
