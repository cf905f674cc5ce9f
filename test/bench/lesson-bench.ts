// A lesson's goals, judged anew after a command, on a host with 200 objects.

import { join } from 'node:path';
import { LessonSession } from '../../src/course/session.ts';
import { createHost, restoreHost } from '../../src/host/create-host.ts';
import { readLessons } from '../../src/headless/read-lessons.ts';
import { SIM_OPTIONS } from '../../src/headless/sim-options.ts';

const ROUNDS = 7;
/** 60 containers, 140 volumes, each volume with files in it. */
const CROWD = `for i in $(seq 20); do docker run -d --name up$i -v data$i:/data busybox sleep 1000000; done
for i in $(seq 40); do docker create --name made$i -v more$i:/more -v /anonymous busybox true; done
for i in $(seq 40); do docker volume create spare$i; done
for i in $(seq 20); do docker exec up$i sh -c 'for f in 1 2 3 4 5 6 7 8 9 10; do echo text-$f > /data/f$f; done; echo layer > /layer'; done`;

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
}
