// `whereis-data`, a program of Stowage's own: where the data at a path lie, who serves them, and what they would survive.

import type { Task } from '../../base/task.ts';
import { RESCHEDULE } from '../../base/task.ts';
import type { Program } from '../../kernel/program.ts';
import type { Io } from '../../programs/lib/messages.ts';
import { toolProgram, type Tool } from '../../programs/lib/tool.ts';
import type { Machine } from '../boot/machine.ts';
import { explainPath } from '../explain-path.ts';
import type { PathReport } from '../path-report.ts';
import { type Copy, eventsAt, Survey, type SurvivalRow } from '../survival.ts';
import { hiddenWords, ownerWords, seerWords, servedBy, sizeWords } from '../tell-path.ts';

const HELP = `Usage: whereis-data [OPTION]... PATH...
Tell where the data at each PATH lie: which layer, volume, host directory or
memory serves them, what that hides, and who else sees them.
PATH is CONTAINER:/path, or a path of the host.

  -s, --survives   try out what the data would survive: everything happens on
                   copies of this host, which stays as it is
      --help       display this help and exit

This program is Stowage's own. No real Docker host has it.
`;

/** What was found out, by the moment that it was asked in: taking in a log again must not try it all out anew. */
const known = new Map<string, { readonly rows: readonly SurvivalRow[]; readonly pieces: number }>();
const KEPT = 50;
/** Whether a copy is being made or tried out. */
const aside = { trying: false };

/** @param copy of the host as it is now */
export function whereisData(machine: Machine, copy: Copy): Readonly<Record<string, Program>> {
  const tool: Tool = {
    gnu: null,
    *run(io, { operands }) {
      const options = operands.filter((word) => word.startsWith('-')), paths = operands.filter((word) => !word.startsWith('-'));
      if (options.includes('--help')) return void io.out(HELP);
      const wrong = options.find((word) => word !== '-s' && word !== '--survives');
      if (wrong !== undefined) io.usage(`unrecognized option '${wrong}'`);
      if (!paths.length) io.usage('missing path');
      for (const [index, operand] of paths.entries()) {
        const reference = /^\/|:/.test(operand) ? operand : `${io.sys.getcwd()}/${operand}`;
        const report = explainPath(machine, reference);
        if (index) io.out('\n');
        tell(io, report);
        if (options.length && report.found) yield* survives(io, machine, copy, report.reference);
        yield* io.relieve();
      }
      return undefined;
    },
  };
  return { 'gnu/whereis-data': toolProgram('whereis-data', tool, 'gnu') };
}

function tell(io: Io, report: PathReport): void {
  const { found, reference, hidden, seenBy, write } = report;
  if (report.problem !== undefined) return io.fail(report.problem);
  const line = (name: string, text: string): void => io.out(`  ${name.padEnd(12)} ${text}\n`);
  io.out(`${reference}\n`);
  if (found) {
    line('is', `${sizeWords(found)}, ${ownerWords(found)}`);
    line('served by', servedBy(report));
    if (found.hostPath !== undefined && found.hostPath !== reference) line('on the host', found.hostPath);
  } else line('is', report.absence ?? 'not there');
  for (const each of hidden) line('hides', hiddenWords(each));
  for (const seer of seenBy) line('seen by', seerWords(seer));
  line('writing', write);
  if (!found) io.status = 1;
}

const OUTCOMES: Readonly<Record<SurvivalRow['outcome'], string>> = { kept: 'yes', left: 'yes', orphaned: 'yes', changed: 'partly', lost: 'NO' };

function* survives(io: Io, machine: Machine, copy: Copy, reference: string): Task<void> {
  const rows = yield* tryOut(io, machine, copy, reference);
  const width = Math.max(...rows.map(({ label }) => label.length));
  io.out('  survives\n');
  for (const { label, outcome, how, refusal } of rows) {
    const what = refusal === undefined ? `${OUTCOMES[outcome].padEnd(6)} ${how}` : `${'-'.padEnd(6)} refused: ${refusal}`;
    io.out(`    ${label.padEnd(width)}  ${what}\n`);
  }
}

/** It takes as many turns when the answer is known already, so that time goes on alike. */
function* tryOut(io: Io, machine: Machine, copy: Copy, reference: string): Task<readonly SurvivalRow[]> {
  const { options, log } = machine.host!;
  const key = JSON.stringify([options, log, io.sys.now(), reference]);
  const answer = known.get(key);
  if (answer) {
    for (let piece = 0; piece < answer.pieces; piece++) yield RESCHEDULE;
    return answer.rows;
  }
  // On a copy this very call is under way as well: there it stands still.
  if (aside.trying) machine.standsStill = true;
  while (aside.trying) yield* io.sys.pause();
  const survey = new Survey(reference, copy);
  const rows: SurvivalRow[] = [];
  let pieces = 0;
  for (const event of eventsAt(machine, reference)) {
    const row = survey.row(event);
    for (;;) {
      const step = tried(() => row.next());
      if (step.done) {
        rows.push(step.value);
        break;
      }
      pieces++;
      yield RESCHEDULE;
    }
  }
  if (known.size >= KEPT) known.delete(known.keys().next().value!);
  known.set(key, { rows, pieces });
  return rows;
}

function tried<T>(work: () => T): T {
  aside.trying = true;
  try {
    return work();
  } finally {
    aside.trying = false;
  }
}
