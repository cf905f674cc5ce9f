// A lesson's goals, judged anew after a command: on a host with 200 objects, and with a probe after 500 commands.

import { join } from 'node:path';
import { tasksOf } from '../../src/course/lesson.ts';
import { LessonSession } from '../../src/course/session.ts';
import { createHost, restoreHost } from '../../src/host/create-host.ts';
import { equipment } from '../../src/host/equipment.ts';
import type { Host } from '../../src/host/host.ts';
import type { HostApi } from '../../src/host/host-api.ts';
import { History } from '../../src/host/time/history.ts';
import { Timeline } from '../../src/host/time/timeline.ts';
import { readLessons } from '../../src/headless/read-lessons.ts';
import { SIM_OPTIONS } from '../../src/headless/sim-options.ts';
import { median, row, timed } from './measure.ts';

const ROUNDS = 7;
/** 60 containers, 140 volumes, each volume with files in it. */
const CROWD = `for i in $(seq 20); do docker run -d --name up$i -v data$i:/data busybox sleep 1000000; done
for i in $(seq 40); do docker create --name made$i -v more$i:/more -v /anonymous busybox true; done
for i in $(seq 40); do docker volume create spare$i; done
for i in $(seq 20); do docker exec up$i sh -c 'for f in 1 2 3 4 5 6 7 8 9 10; do echo text-$f > /data/f$f; done; echo layer > /layer'; done`;

/** A probe on a copy: from a host of the timeline that is held ready, as in the page, and by replaying everything. */
function benchProbe(): void {
  const { lesson } = readLessons(join(import.meta.dirname, '../../lessons')).find((file) => file.lesson.id === 'restore-and-prove-it')!;
  const host = createHost(SIM_OPTIONS) as HostApi & Host;
  host.run(lesson.setup);
  const timeline = new Timeline(host, History.of(host), { equipment, now: () => performance.now() });
  for (let i = 0; i < 500; i++) host.run(i % 5 ? `echo ${i} > f${i % 7}` : `docker volume create spare${i % 20}`);
  for (const task of tasksOf(lesson).slice(0, 2)) host.run(task.solution);
  const judged = (copy: () => HostApi): number => median(Array.from({ length: ROUNDS }, (_, round) => {
    host.run(`echo ${round} > round`);
    timeline.see(host.snapshot());
    timeline.settled();
    while (!timeline.prepare(performance.now() + 5));
    // The second task is asked again and again.
    const session = new LessonSession(lesson, copy, { lesson: lesson.id, done: ['restore'], canaries: [] });
    return timed(() => void session.judge(host));
  }));
  row('judge a probe, 500 commands', `${judged(() => timeline.copy()).toFixed(1)} ms`, `target ≤ 50 ms (by replaying all: ${judged(() => restoreHost(host.save())).toFixed(1)} ms)`);
}

/** ms of each judging, for the first task of every lesson. */
export function benchLessons(): void {
  const times: { readonly id: string; readonly ms: number }[] = [];
  for (const { lesson } of readLessons(join(import.meta.dirname, '../../lessons'))) {
    const host = createHost(SIM_OPTIONS);
    host.run(CROWD);
    host.run(lesson.setup);
    const session = new LessonSession(lesson, () => restoreHost(host.save()));
    const rounds = Array.from({ length: ROUNDS }, (_, round) => {
      host.run(`cd; echo ${round} > round`);
      const begun = performance.now();
      session.judge(host);
      return performance.now() - begun;
    });
    times.push({ id: lesson.id, ms: rounds.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)]! });
  }
  const slowest = times.toSorted((a, b) => b.ms - a.ms);
  const middle = slowest[Math.floor(slowest.length / 2)]!;
  console.log(`${'judge a lesson, 200 objects'.padEnd(33)}${`${middle.ms.toFixed(1)} ms`.padEnd(16)}target ≤ 50 ms (of ${times.length} lessons; slowest: ${slowest.slice(0, 3).map(({ id, ms }) => `${id} ${ms.toFixed(1)} ms`).join(', ')})`);
  benchProbe();
}
