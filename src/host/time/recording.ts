// All that happened on a host as somebody beside it would have seen it: what was printed when, and what was entered and changed.

import { concat, decode, EMPTY, type Bytes } from '../../base/bytes.ts';
import { parse } from '../../shell/parse.ts';
import { fromBase64 } from '../base64.ts';
import type { Equipment } from '../boot/machine.ts';
import { Host } from '../host.ts';
import type { HostSave } from '../host-api.ts';
import { History } from './history.ts';
import type { Step } from './step.ts';

export interface RecordedStep extends Omit<Step, 'start' | 'output'> {
  readonly at: number;
  /** What it printed, as plain text; what was typed at it is in there too. */
  readonly printed: string;
  /** It is no whole command: a script with it would not run. */
  readonly isBroken: boolean;
  /** Of a file that was brought. */
  readonly content?: Bytes | undefined;
}

export interface Recording {
  /** Virtual ms since the epoch. */
  readonly startTime: number;
  readonly steps: readonly RecordedStep[];
  readonly outputs: readonly { readonly at: number; readonly terminal: number; readonly bytes: Bytes }[];
  readonly sizes: readonly { readonly at: number; readonly terminal: number; readonly columns: number; readonly rows: number }[];
}

/** Bytes that are kept in all: what is printed beyond is not recorded. */
const MOST = 8 << 20;

/** Lives the log once more. @param steps what is known of its steps */
export function record({ options, log }: HostSave, equipment: Equipment, steps: readonly Step[]): Recording {
  const host = new Host(options), history = History.of(host);
  const outputs: Recording['outputs'][number][] = [], sizes: Recording['sizes'][number][] = [];
  let room = MOST;
  host.onTerminal(({ id, size, onOutput }) => {
    sizes.push({ at: host.now, terminal: id, ...size });
    onOutput((bytes) => {
      if ((room -= bytes.length) > 0) outputs.push({ at: host.now, terminal: id, bytes });
    });
  });
  host.onInput((input) => {
    if (input.kind === 'resize') sizes.push({ at: input.at, terminal: input.terminal, columns: input.columns, rows: input.rows });
  });
  host.replay(log, equipment);
  const printed = new Map<number, Bytes>();
  for (const { terminal } of sizes) if (!printed.has(terminal)) printed.set(terminal, concat(outputs.filter((output) => output.terminal === terminal).map(({ bytes }) => bytes)));
  return {
    startTime: options.startTime, outputs, sizes,
    steps: history.steps.map(({ start, output, ...step }, index) => {
      const input = log[start.entries];
      return {
        ...step, at: start.at, change: steps[index]?.change,
        printed: output ? plainText(decode((printed.get(step.terminal) ?? EMPTY).slice(...output))) : '',
        isBroken: step.kind === 'command' && parse(step.text, 'bash').failure !== undefined,
        content: input?.kind === 'upload' ? fromBase64(input.content) : undefined,
      };
    }),
  };
}

/** As a terminal would leave it, of what only prints lines. */
function plainText(text: string): string {
  // oxlint-disable-next-line no-control-regex
  const lines = text.replace(/\x1b\[[?\d;]*[ -/]*[@-~]|\x1b[()][A-Z0-9]|\x1b[=>]|\x07/g, '').replaceAll('\r\n', '\n').split('\n');
  return lines.map((line) => line.slice(line.lastIndexOf('\r') + 1)).join('\n').replace(/^\n/, '').trimEnd();
}
