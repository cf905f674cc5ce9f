// Worlds in which one goal alone fails: the proof that each goal of a task is needed.

import type { RunResult } from '../host/host-api.ts';
import type { HostSnapshot } from '../host/host-snapshot.ts';
import { judgeGoal } from './goals/judge.ts';
import type { World } from './goals/world.ts';
import type { Task } from './lesson.ts';

/** A solved world, and what each goal's probe answered in it. */
export interface Solved {
  readonly world: World;
  readonly probes: ReadonlyMap<string, RunResult>;
}

/** The goals for which no change of the solved world was found that breaks them and no other. */
export function neverAlone(task: Task, { world, probes }: Solved): number[] {
  const holds = (goal: Task['goals'][number], changed: Change, lied: string | undefined): boolean => {
    const probe = goal.probe === undefined ? undefined : probes.get(goal.probe);
    return judgeGoal(goal, { ...changed.world, probe: probe && goal.probe === lied ? changed.probe(probe) : probe }).holds;
  };
  return [...task.goals.keys()].filter((index) => {
    const goal = task.goals[index]!;
    for (const change of changes(goal.that, world)) {
      if (!holds(goal, change, goal.probe) && task.goals.every((other, at) => at === index || holds(other, change, goal.probe))) return false;
    }
    return true;
  });
}

interface Change {
  readonly world: World;
  readonly probe: (result: RunResult) => RunResult;
}

const same = (result: RunResult): RunResult => result;
/** What conditions call otherwise than the snapshot. */
const ALIASES: Readonly<Record<string, string>> = { running: 'Running', files: 'path', name: 'Name', dangling: 'RepoTags', mounts: 'Mounts', layer: 'path', size: 'path' };

/** Small lies about a world, of the kind that a condition could see through: by the words in its text. */
function* changes(text: string, world: World): Generator<Change> {
  const texts = [...text.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map((match) => match[1]!);
  const words = new Set([...texts, ...(text.match(/\w+/g) ?? [])].flatMap((word) => [word, ALIASES[word] ?? word]));
  const lie = (part: Partial<World>): Change => ({ world: { ...world, ...part }, probe: same });
  for (const snapshot of otherSnapshots(world.snapshot, words, texts)) {
    yield lie({ snapshot });
    if (text.includes('||')) yield lie({ snapshot, events: [] });
  }
  for (const events of otherLists(world.events)) yield lie({ events });
  for (const action of new Set(world.events.map((event) => event.Action))) yield lie({ events: world.events.filter((event) => event.Action !== action) });
  for (const about of texts) {
    const seen = world.view(about);
    const instead = [undefined, ...(seen ? [...otherValues(seen, () => true)] as (typeof seen)[] : [])];
    for (const found of instead) yield lie({ view: (reference) => (reference === about ? found : world.view(reference)) });
    if (!seen) yield lie({ view: (reference) => world.view(reference) ?? (reference === about ? { kind: 'file', mode: 0o644, uid: 0, gid: 0, size: 1, ino: 1, nlink: 1, content: 'x\n', from: { kind: 'host' } } : undefined) });
  }
  for (const place of ['volume:stray/f', 'layer:stray/f', 'host:/root/stray']) yield lie({ search: (datum) => [...world.search(datum), place] });
  yield lie({ search: () => [] });
  yield lie({ search: (datum) => world.search(datum).slice(1) });
  const own = new Set([...texts, ...texts.map((id) => world.canaries.get(id)?.content)]);
  yield lie({ search: (datum) => (own.has(datum) ? [] : world.search(datum)) });
  yield lie({ canaries: new Map([...world.canaries].filter(([id]) => !own.has(id))) });
  const probed = (change: Partial<RunResult> | ((stdout: string) => string)): Change => ({ world, probe: (result) => ({ ...result, ...(typeof change === 'function' ? { stdout: change(result.stdout) } : change) }) });
  yield probed({ stdout: '' });
  yield probed({ exit: 1 });
  yield probed({ exit: 0 });
  for (let line = 0; line < 12; line++) yield probed((stdout) => stdout.split('\n').filter((_, index) => index !== line).join('\n'));
  for (const word of [...texts, 'data/f', 'x']) yield probed((stdout) => `${stdout}${word}\n`);
  for (const word of texts) yield probed((stdout) => stdout.replaceAll(word, ''));
}

function* otherSnapshots(snapshot: HostSnapshot, words: ReadonlySet<string>, texts: readonly string[]): Generator<HostSnapshot> {
  const relevant = (key: string): boolean => words.has(key);
  for (const kind of ['containers', 'volumes', 'images'] as const) {
    const all: readonly unknown[] = snapshot[kind];
    for (const [index, one] of all.entries()) {
      yield { ...snapshot, [kind]: all.filter((_, at) => at !== index) };
      for (const other of otherValues(one, relevant)) yield { ...snapshot, [kind]: all.with(index, other) };
    }
  }
  const [container] = snapshot.containers, [volume] = snapshot.volumes, [image] = snapshot.images;
  for (const name of ['stray', 'f'.repeat(64), ...texts]) {
    if (container) yield { ...snapshot, containers: [...snapshot.containers, { ...container, inspect: { ...container.inspect, Name: `/${name}` } }] };
    if (volume) yield { ...snapshot, volumes: [...snapshot.volumes, { ...volume, anonymous: name.length === 64, usedBy: [], volume: { ...volume.volume, Name: name } }] };
    // A file that should not be there.
    for (const [index, one] of snapshot.volumes.entries()) {
      const [file] = one.listing.files;
      if (file) yield { ...snapshot, volumes: snapshot.volumes.with(index, { ...one, listing: { ...one.listing, files: [...one.listing.files, { ...file, path: name }] } }) };
    }
  }
  if (image) yield { ...snapshot, images: [...snapshot.images, { ...image, RepoTags: [] }] };
}

const otherLists = function* <T>(list: readonly T[]): Generator<T[]> {
  yield [];
  for (const index of list.keys()) yield list.filter((_, at) => at !== index);
};

const MOST = 40;

/** The same with one leaf changed whose key is of interest. */
function* otherValues(value: unknown, relevant: (key: string) => boolean, here = false): Generator<unknown> {
  if (Array.isArray(value)) {
    if (here) for (const other of otherLists(value.slice(0, MOST))) yield other;
    for (const [index, each] of value.slice(0, MOST).entries()) for (const other of otherValues(each, relevant, here && typeof each !== 'object')) yield value.with(index, other);
    if (here && value.every((each) => typeof each === 'string')) yield [...value, 'stray'];
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, held] of Object.entries(value)) {
      for (const other of otherValues(held, relevant, relevant(key))) yield { ...value, [key]: other };
      if (typeof held === 'object' && relevant(key)) yield { ...value, [key]: null };
    }
  } else if (here) yield* otherLeaves(value);
}

function* otherLeaves(value: unknown): Generator<unknown> {
  if (typeof value === 'boolean') yield !value;
  else if (typeof value === 'number') yield* [value + 1, value | 0o002, value & ~0o200, value + 10_000_000, 0];
  else if (typeof value === 'string') yield* ['', `${value}-2`, `${value}stray\n`, 'bind', 'volume', 'writable-layer', 'stray', 'x\n', ...otherLines(value.split('\n'))].filter((other) => other !== value);
  else yield* [true, 'stray'];
}

const otherLines = (lines: readonly string[]): string[] => (lines.length < 2 ? [] : lines.slice(0, MOST).flatMap((line, index) => [lines.toSpliced(index, 1), lines.with(index, `${line}-2`)].map((other) => other.join('\n'))));
