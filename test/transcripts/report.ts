// `npm run transcripts`: how many commands are the same, by topic; `-- --show` prints each difference, `-- --known` rewrites the known differences.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { recordedFiles, replay } from './replay.ts';

const args = process.argv.slice(2);
const wanted = args.filter((arg) => !arg.startsWith('--'));
const path = join(import.meta.dirname, 'known-differences.json');
const before = (existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {}) as Record<string, Record<string, string>>;
const known: Record<string, Record<string, string>> = {};
const topics = new Map<string, [same: number, all: number]>();

for (const file of recordedFiles().filter((name) => !wanted.length || wanted.some((part) => name.includes(part)))) {
  const { commands, differences, faults } = replay(file);
  const topic = file.split('/')[0]!;
  const [same, all] = topics.get(topic) ?? [0, 0];
  topics.set(topic, [same + commands - differences.length, all + commands]);
  if (differences.length) known[file] = Object.fromEntries(differences.map(({ step }) => [step, before[file]?.[step] ?? 'not simulated truly yet']));
  if (!args.includes('--show')) continue;
  for (const fault of faults) console.log(`${file}: FAULT ${fault}`);
  for (const { real, simulated } of differences) {
    console.log(`${file}: $ ${real.cmd}`);
    for (const stream of ['stdout', 'stderr', 'exit'] as const) {
      if (real[stream] === simulated[stream]) continue;
      const lines = (mark: string, value: string | number): string => String(value).replace(/\n$/, '').split('\n').map((line) => `    ${mark} ${line}`).join('\n');
      console.log(`  ${stream}\n${lines('-', real[stream])}\n${lines('+', simulated[stream])}`);
    }
  }
}
let [sameInAll, all] = [0, 0];
for (const [topic, [same, count]] of topics) {
  console.log(`${topic}: ${same} of ${count} (${((100 * same) / count).toFixed(1)} %)`);
  sameInAll += same;
  all += count;
}
console.log(`${sameInAll} of ${all} commands the same (${((100 * sameInAll) / all).toFixed(1)} %)`);
if (args.includes('--known')) writeFileSync(path, `${JSON.stringify(known, null, 2)}\n`);
