// Going back and forth in time: undo, redo and any jump, on a usual host and on one with 10,000 files.

import { Random } from '../../src/base/random.ts';
import { SIM_OPTIONS } from '../../src/headless/sim-options.ts';
import { equipment } from '../../src/host/equipment.ts';
import { Host } from '../../src/host/host.ts';
import { History } from '../../src/host/time/history.ts';
import { eventsAt, Survey } from '../../src/host/survival.ts';
import { type Jump, Timeline } from '../../src/host/time/timeline.ts';

const FOREVER = Number.MAX_SAFE_INTEGER;
const now = (): number => performance.now();
const COMMANDS = [
  'docker run --rm -v data:/data busybox sh -c "echo hi >> /data/f"', 'ls -l', 'docker ps -a', 'docker volume ls', 'echo x >> f; cat f', 'docker run -d --name web -v data:/data busybox sleep 1000',
  'docker exec web sh -c "date > /tmp/now; cat /data/f"', 'mkdir -p a/b/c && touch a/b/c/d', 'docker inspect web', 'docker rm -f web',
];

function lived(commands: readonly string[]): Timeline {
  const host = new Host(SIM_OPTIONS), history = History.of(host);
  host.equip(equipment);
  host.openTerminal({ columns: 100, rows: 30 });
  host.advanceTo(host.now + 100, FOREVER);
  const time = new Timeline(host, history, { equipment, now });
  time.see(host.snapshot());
  for (const command of commands) {
    for (const key of `${command}\r`) {
      host.type(1, key);
      host.advanceTo(host.now + 90, FOREVER);
    }
    host.advanceTo(host.now + 60_000, FOREVER);
    time.see(host.snapshot());
  }
  time.settled();
  return time;
}

/** As in the page while nothing else is to do. @returns ms of work */
function idle(time: Timeline): number {
  const begun = now();
  time.settled();
  while (!time.prepare(now() + 5));
  return now() - begun;
}

function quantiles(values: number[]): string {
  const sorted = values.toSorted((a, b) => a - b);
  return `${sorted[Math.floor(sorted.length / 2)]!.toFixed(1)} ms, most ${sorted.at(-1)!.toFixed(1)} ms`;
}

function timed(time: Timeline, move: () => unknown): number {
  const begun = now();
  move();
  time.see(time.host.snapshot());
  return now() - begun;
}

export function benchTime(): void {
  const line = (what: string, value: string, target: string): void => console.log(`${what.padEnd(42)}${value.padEnd(34)}target ${target}`);
  const random = new Random(3);
  const big = [...COMMANDS, 'mkdir files; for i in $(seq 10000); do echo $i > files/$i; done', ...COMMANDS, 'ls files | wc -l', ...COMMANDS];
  const hosts: readonly [string, readonly string[], number][] = [
    ['50 commands', Array.from({ length: 50 }, (_, i) => COMMANDS[i % COMMANDS.length]!), 50],
    ['200 commands', Array.from({ length: 200 }, (_, i) => COMMANDS[i % COMMANDS.length]!), 50],
    ['10,000 files', big, 300],
  ];
  for (const [what, commands, target] of hosts) {
    globalThis.gc?.();
    const before = process.memoryUsage().heapUsed;
    const time = lived(commands);
    const work = idle(time);
    globalThis.gc?.();
    line(`${what}: made ready`, `${Math.round(work)} ms in pieces, ${Math.round((process.memoryUsage().heapUsed - before) / 2 ** 20)} MiB`, 'none');
    const undo: number[] = [], redo: number[] = [], jumps: number[] = [];
    for (let i = 0; i < 8; i++) {
      undo.push(timed(time, () => time.step(-1)));
      idle(time);
    }
    line(`${what}: undo, with its snapshot`, quantiles(undo), '≤ 16 ms');
    for (let i = 0; i < 8; i++) {
      redo.push(timed(time, () => time.step(1)));
      idle(time);
    }
    line(`${what}: redo`, quantiles(redo), '≤ 16 ms');
    for (let i = 0; i < 12; i++) {
      const to: Jump = { branch: 0, step: random.below(commands.length) };
      jumps.push(timed(time, () => time.jump(to)));
      idle(time);
    }
    line(`${what}: any jump`, quantiles(jumps), `≤ ${target} ms`);
    const hasty = Array.from({ length: 6 }, () => timed(time, () => time.step(-1)));
    line(`${what}: six undos without a pause`, quantiles(hasty), '');
  }
  const long = lived([...Array.from({ length: 300 }, (_, i) => COMMANDS[i % COMMANDS.length]!), 'docker run -d --name keep -v data:/data busybox sleep 1000000']);
  idle(long);
  const at = 'keep:/data/f', survey = new Survey(at, long.copies());
  const rows = long.host.look((machine) => eventsAt(machine, at)).map((event) => {
    const begun = now(), work = survey.row(event);
    while (!work.next().done);
    return now() - begun;
  });
  line(`300 commands: ${rows.length} events of a matrix, each`, quantiles(rows), '≤ 100 ms');
}
