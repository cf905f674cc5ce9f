// `npm run sim`: drive a host without a browser. JSON lines in, JSON lines out; on a terminal it is an interactive host.

import { createInterface } from 'node:readline';
import { createHost } from '../host/create-host.ts';
import './database-goods.ts';
import { interact } from './interact.ts';
import { SIM_OPTIONS } from './sim-options.ts';

type Question = { reset: true } | { cmd: string };

async function answerLines(): Promise<void> {
  let host = createHost(SIM_OPTIONS);
  host.onFault((error) => process.stderr.write(`internal error: ${error.stack ?? error.message}\n`));
  for await (const line of createInterface({ input: process.stdin })) {
    if (!line.trim()) continue;
    let question: Question;
    try {
      question = JSON.parse(line) as Question;
    } catch {
      process.stdout.write(`${JSON.stringify({ error: 'not a line of JSON' })}\n`);
      continue;
    }
    if ('reset' in question) {
      host = createHost(SIM_OPTIONS);
      host.onFault((error) => process.stderr.write(`internal error: ${error.stack ?? error.message}\n`));
      process.stdout.write('{"reset":true}\n');
    } else if (typeof question.cmd === 'string') process.stdout.write(`${JSON.stringify(host.run(question.cmd))}\n`);
    else process.stdout.write(`${JSON.stringify({ error: 'expected {"reset":true} or {"cmd":"…"}' })}\n`);
  }
}

if (process.stdin.isTTY) interact(createHost({ seed: Date.now() % 2 ** 31, startTime: Date.now() }));
else await answerLines();
