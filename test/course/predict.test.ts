// Predictions: the survival table of the course is what the engine does, and the other forms find their answers on copies.

import { describe, expect, it } from 'vitest';
import { compileLesson } from '../../src/course/compile.ts';
import { EVENTS, STORES } from '../../src/course/grid.ts';
import { isRight, questionsOf } from '../../src/course/guess.ts';
import { LessonError, type Predict, type Quiz } from '../../src/course/lesson.ts';
import { predictAnswers } from '../../src/course/predict.ts';
import { contractHosts } from '../../src/headless/contract-hosts.ts';

const FRONT = '---\nid: a\ntitle: A\ntrack: volumes\nminutes: 5\nsummary: s\n---\n';
const TASK = '```task\nid: t\ndo: Do it.\ngoals: [{that: \'hasVolume("vv")\'}]\nhints: [one, two, three]\nsolution: docker volume create vv\n```\n';
const block = <B = Predict>(kind: string, body: string): B => compileLesson('a.md', `${FRONT}\`\`\`${kind}\n${body}\n\`\`\`\n${TASK}`).blocks[0] as B;
const predict = (body: string): Predict => block('predict', `id: p\nask: What?\nbecause: So.\n${body}`);
const problem = (kind: string, body: string): string => {
  try {
    block(kind, body);
    return 'it compiles';
  } catch (error) {
    if (error instanceof LessonError) return error.message;
    throw error;
  }
};

const host = contractHosts.create();
host.run("docker pull -q notes; docker run -d --name notes1 -v notes-data:/data notes; docker exec notes1 sh -c 'add milk; echo draft > /tmp/draft'");
const ask = (body: string) => predictAnswers(predict(body), () => contractHosts.copy(host));

/** L writable layer, N named volume, A anonymous volume, B bind mount, T tmpfs; + kept, - lost, o kept but in use by nobody. */
const TABLE: Readonly<Record<string, string>> = {
  pause: '+++++',
  stop: '++++-',
  restart: '++++-',
  kill: '++++-',
  crash: '++++-',
  daemon: '++++-',
  reboot: '++++-',
  rm: '-+o+-',
  'rm-v': '-+-+-',
  'run-rm': '-+-+-',
  'container-prune': '-+o+-',
  'volume-prune': '-+-+-',
  'volume-prune-a': '---+-',
  'system-prune': '-+o+-',
  'system-prune-volumes': '-+-+-',
  commit: '+----',
  cp: '++++-',
};

describe('the survival table', () => {
  it('covers every store and event', () => {
    expect(Object.keys(TABLE)).toEqual(EVENTS);
    expect(STORES).toEqual(['layer', 'volume', 'anonymous', 'bind', 'tmpfs']);
  });
  for (const [event, row] of Object.entries(TABLE)) {
    it(event, () => {
      const answers = ask(`grid: {stores: [${STORES.join(', ')}], events: [${event}]}`);
      expect(answers.map((answer) => ({ kept: '+', lost: '-', orphaned: 'o' })[answer]).join('')).toBe(row);
    });
  }
});

describe('a prediction', () => {
  it('in a grid of one’s own container goes by store, then by event', () => {
    const own = 'grid:\n  container: notes1\n  stores: [{label: the note, at: "notes1:/data/notes.txt"}, {label: the draft, at: "notes1:/tmp/draft"}]\n  events: [restart, {label: replaced, run: docker rm -f $c && docker run -d --name $c -v notes-data:/data notes}]';
    expect(ask(own)).toEqual(['kept', 'kept', 'kept', 'lost']);
    expect(questionsOf(predict(own))).toBe(4);
    expect(host.run('docker ps -q').stdout.trim().split('\n')).toHaveLength(1);
  });
  it('of an output is what was printed', () => {
    expect(ask("output: docker exec notes1 tail -n 1 /data/notes.txt\nchoices: [milk, draft]")).toEqual(['milk']);
    expect(ask('output: docker volume rm notes-data')[0]).toMatch(/volume is in use/);
    expect(isRight(' milk\n', 'milk')).toBe(true);
    expect(isRight('draft', 'milk')).toBe(false);
  });
  it('of owners is the store that serves a path', () => {
    expect(ask('owner: ["notes1:/data/notes.txt", "notes1:/tmp/draft", "notes1:/usr/local/bin/add", "/etc/hostname", {label: nothing, at: "notes1:/nope"}]')).toEqual(['volume', 'writable-layer', 'image-layer', 'host', 'nowhere']);
  });
  it('says what is wrong with its form', () => {
    expect(problem('predict', 'id: p\nask: W\nbecause: s')).toContain('this block: needs exactly one of rows, grid, output, owner');
    expect(problem('predict', 'id: p\nask: W\nbecause: s\nowner: ["a:/b"]\nchoices: [a, b]')).toContain('choices belong to output');
    expect(problem('predict', 'id: p\nask: W\nbecause: s\ngrid: {stores: [floppy], events: [rm]}')).toMatch(/a\.md:12: grid\.stores\.0: must be one of layer, volume/);
    expect(problem('predict', 'id: p\nask: W\nbecause: s\ngrid: {container: c, stores: [layer], events: [rm]}')).toContain('with a container each store has a label');
  });
});

describe('a quiz', () => {
  const quiz = (body: string): Quiz => block<Quiz>('quiz', `id: q\nask: What?\n${body}`);
  it('may have several right answers, and ask for an explanation', () => {
    expect(quiz('options: [{text: a, right: true, because: x}, {text: b, right: true, because: x}]\nexplain: [one, two]')).toMatchObject({ form: 'choose', several: true, explain: ['one', 'two'] });
    expect(quiz('options: [{text: a, right: true, because: x}, {text: b, because: x}]')).toMatchObject({ several: false, explain: [] });
  });
  it('may be myths, or steps some of which may change places', () => {
    expect(quiz('statements: [{text: a, myth: true, because: x}, {text: b, because: y}]')).toMatchObject({ form: 'myth' });
    expect(quiz('steps: [first, [one, other], last]\nbecause: So.')).toMatchObject({ form: 'order', steps: [['first'], ['one', 'other'], ['last']] });
  });
  it('says what is wrong with its form', () => {
    expect(problem('quiz', 'id: q\nask: W')).toContain('needs exactly one of options, statements, steps');
    expect(problem('quiz', 'id: q\nask: W\nsteps: [a, b]')).toContain('steps need a because');
    expect(problem('quiz', 'id: q\nask: W\nstatements: [{text: a, because: b}, {text: c, because: d}]')).toContain('needs a myth');
  });
});
