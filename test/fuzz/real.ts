// Sequences on a real engine, through a command that runs bash on its host.

import { spawn } from 'node:child_process';
import type { Step } from '../transcripts/transcript.ts';
import { FIXTURE, FIXTURE_IMAGES } from './fixture.ts';
import type { Outcome } from './outcome.ts';
import { realScript } from './real-script.ts';
import { commandOf, type Sequence } from './step.ts';
import { type TreeEntry, treeLines } from './tree.ts';

const LONGEST = 180_000;

/** What a bash of the real host prints for a script. */
function bash(command: string, script: string): Promise<string> {
  const [program, ...args] = command.split(' ');
  return new Promise((resolve, reject) => {
    const child = spawn(program!, [...args, '-s'], { stdio: ['pipe', 'pipe', 'ignore'], detached: true });
    const parts: Buffer[] = [];
    const timer = setTimeout(() => process.kill(-child.pid!, 'SIGKILL'), LONGEST);
    child.stdout.on('data', (part: Buffer) => void parts.push(part));
    child.on('error', reject);
    child.on('close', () => {
      clearTimeout(timer);
      resolve(Buffer.concat(parts).toString('utf8'));
    });
    child.stdin.on('error', () => {});
    child.stdin.end(script);
  });
}

export async function prepareReal(command: string): Promise<void> {
  await bash(command, `docker rm -f fz-make\ndocker image inspect ${FIXTURE_IMAGES.join(' ')} || {\n${FIXTURE.join('\n')}\n}\n`);
}

export async function cleanReal(command: string): Promise<void> {
  await bash(command, `docker rmi ${FIXTURE_IMAGES.join(' ')}\n`);
}

const bytes = (field: string): Buffer => Buffer.from(field.slice(1), 'hex');

export async function runReal(command: string, sequence: Sequence): Promise<Outcome> {
  const output = await bash(command, realScript(sequence));
  const steps: Step[] = [], trees = new Map<string, TreeEntry[]>();
  let tree: TreeEntry[] = [];
  for (const line of output.split('\n')) {
    const [kind, ...fields] = line.split(' ');
    if (kind === 'S') steps.push({ cmd: commandOf(sequence.steps[Number(fields[0])]!), exit: Number(fields[1]), stdout: bytes(fields[2]!).toString('utf8'), stderr: bytes(fields[3]!).toString('utf8') });
    else if (kind === 'T') trees.set(bytes(fields[0]!).toString('utf8'), (tree = []));
    else if (kind === 'E') {
      const [mode, uid, gid, nlink, size, mtime, major, minor] = fields.slice(1, 9).map(Number) as [number, number, number, number, number, number, number, number];
      tree.push({ path: bytes(fields[0]!).toString('utf8'), mode, uid, gid, nlink, size, mtime, rdev: [major, minor], content: bytes(fields[9]!), target: bytes(fields[10]!).toString('utf8'), xattrs: bytes(fields[11]!).toString('utf8') });
    }
  }
  if (output.includes('\nSTUCK\n')) console.log(output.slice(output.indexOf('\nSTUCK\n')));
  // Other sequences, or too much to do at once, were in the way.
  const disturbed = steps.find(({ stderr }) => /a prune operation is already running|context deadline exceeded/.test(stderr));
  if (disturbed) return { steps, trees: [], faults: [`disturbed: ${disturbed.stderr}`] };
  const whole = output.endsWith('DONE\n') && steps.length === sequence.steps.length;
  return { steps, trees: treeLines(trees), faults: whole ? [] : [`stopped at command ${steps.length + 1}: ${sequence.steps[steps.length] ? commandOf(sequence.steps[steps.length]!) : 'the end'}`] };
}
