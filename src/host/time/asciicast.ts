// What a terminal showed, as an asciicast (version 2): to be played by asciinema.

import type { Recording } from './recording.ts';

/** Seconds that a player waits at most. */
const LONGEST_WAIT = 2;

/** Of the terminal that was used most. */
export function asciicast({ startTime, outputs, sizes, steps }: Recording, title: string): string {
  const used = new Map<number, number>();
  for (const { terminal } of steps) if (terminal) used.set(terminal, (used.get(terminal) ?? 0) + 1);
  const terminal = [...used].toSorted(([, a], [, b]) => b - a)[0]?.[0] ?? 1;
  const shown = outputs.filter((output) => output.terminal === terminal), resized = sizes.filter((size) => size.terminal === terminal);
  const begin = shown[0]?.at ?? startTime;
  const last = <T extends { readonly at: number }>(all: readonly T[]): T | undefined => all.findLast(({ at }) => at <= begin) ?? all[0];
  const { columns = 80, rows = 24 } = last(resized) ?? {};
  // A character may be cut between two outputs.
  const decoder = new TextDecoder();
  const events = [
    ...resized.filter(({ at }) => at > begin).map((size): [number, string, string] => [size.at, 'r', `${size.columns}x${size.rows}`]),
    ...shown.map(({ at, bytes }): [number, string, string] => [at, 'o', decoder.decode(bytes, { stream: true })]),
  ].filter(([, , data]) => data).toSorted(([a], [b]) => a - b);
  const header = { version: 2, width: columns, height: rows, timestamp: Math.floor(begin / 1000), idle_time_limit: LONGEST_WAIT, title, env: { SHELL: '/bin/bash', TERM: 'xterm-256color' } };
  return `${[header, ...events.map(([at, kind, data]) => [Number(((at - begin) / 1000).toFixed(6)), kind, data])].map((line) => JSON.stringify(line)).join('\n')}\n`;
}
