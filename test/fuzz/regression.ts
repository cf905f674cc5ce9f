// Sequences that once failed, with what the real engine made of them: a transcript, and lines `= ` of the final trees.

import { parseTranscript } from '../transcripts/transcript.ts';
import type { Outcome } from './outcome.ts';
import { plain, type Sequence } from './step.ts';

const marked = (mark: string, text: string): string[] => {
  if (!text) return [];
  const lines = text.split('\n');
  return lines.at(-1) === '' ? lines.slice(0, -1).map((line) => `${mark} ${line}`) : [...lines.map((line) => `${mark} ${line}`), '\\'];
};

export function formatRegression({ steps, trees }: Outcome, title: string): string {
  const lines = [`# ${title}`, ''];
  for (const { cmd, stdout, stderr, exit } of steps) {
    const [first, ...more] = cmd.split('\n');
    lines.push(`$ ${first}`, ...more.map((line) => `> ${line}`), ...marked('|', stdout), ...marked('!', stderr), ...(exit ? [`? ${exit}`] : []), '');
  }
  return [...lines, ...trees.map((line) => `= ${line}`), ''].join('\n');
}

/** @throws Error when it names no directory */
export function parseRegression(text: string): { readonly sequence: Sequence; readonly outcome: Outcome } {
  const lines = text.split('\n');
  const steps = parseTranscript(lines.filter((line) => !line.startsWith('= ')).join('\n'));
  const prefix = /\/srv\/(fz\w+)\//.exec(text)?.[1];
  if (!prefix) throw new Error('no directory of the sequence');
  return {
    sequence: { prefix, steps: steps.map(({ cmd }) => plain(cmd)) },
    outcome: { steps, trees: lines.filter((line) => line.startsWith('= ')).map((line) => line.slice(2)), faults: [] },
  };
}
