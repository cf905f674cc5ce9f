// The engine by the `docker` command: what each command costs here, beside its target and, with STOWAGE_REAL, beside a real engine.

import { execFileSync } from 'node:child_process';
import { SIM_OPTIONS } from '../../src/headless/sim-options.ts';
import { createHost } from '../../src/host/create-host.ts';
import type { HostApi } from '../../src/host/host-api.ts';
import { median, repeat, row } from './measure.ts';

interface EngineRow {
  readonly what: string;
  /** ms. */
  readonly target: number;
  /** Lines of bash that stand before, and that clean up afterwards. */
  readonly given?: string;
  readonly after?: string;
  /** What is measured. */
  readonly command: string;
  /** Before each measuring. */
  readonly before?: string;
  readonly rounds: number;
}

const ROWS: readonly EngineRow[] = [
  { what: 'docker run --rm busybox true', target: 2, command: 'docker run --rm busybox true', rounds: 1000 },
  { what: 'docker run -d', target: 1, command: 'docker run -d --name bench-d busybox sleep 9999', before: 'docker rm -f bench-d', after: 'docker rm -f bench-d', rounds: 500 },
  { what: 'docker exec … true', target: 0.5, given: 'docker run -d --name bench-x busybox sleep 9999', command: 'docker exec bench-x true', after: 'docker rm -f bench-x', rounds: 400 },
  { what: 'docker volume create', target: 0.3, command: 'docker volume create bench-v', before: 'docker volume rm bench-v', after: 'docker volume rm bench-v', rounds: 200 },
  {
    what: 'docker volume ls, 1,000 volumes', target: 3, given: 'for i in $(seq 1000); do docker volume create bench-v$i; done',
    command: 'docker volume ls', after: 'docker volume rm $(docker volume ls -q | grep bench-v)', rounds: 40,
  },
  {
    what: 'docker ps -a, 200 containers', target: 3, given: 'for i in $(seq 200); do docker create --name bench-c$i busybox true; done',
    command: 'docker ps -a', after: 'docker rm $(docker ps -aq -f name=bench-c)', rounds: 40,
  },
  {
    what: 'docker system df -v, 100 volumes', target: 3,
    given: 'for i in $(seq 100); do docker run --rm -v bench-v$i:/d busybox sh -c "for f in 0 1 2 3 4 5 6 7 8 9; do echo hello > /d/f\\$f; done"; done',
    command: 'docker system df -v', after: 'docker volume rm $(docker volume ls -q | grep bench-v)', rounds: 40,
  },
  {
    what: 'copy-up of 100 MB', target: 1,
    given: `printf 'FROM busybox\\nRUN dd if=/dev/zero of=/big bs=1M count=100\\n' | docker build -t bench-big -; docker run -d --name bench-b bench-big sleep 9999`,
    before: 'docker rm -f bench-b; docker run -d --name bench-b bench-big sleep 9999', command: 'docker exec bench-b chmod 600 /big',
    after: 'docker rm -f bench-b; docker rmi bench-big', rounds: 10,
  },
  {
    what: 'tar czf of 2,000 files', target: 40,
    given: 'docker run -d --name bench-t busybox sleep 9999; docker exec bench-t sh -c "mkdir /s; i=0; while [ \\$i -lt 2000 ]; do echo hello \\$i > /s/\\$i; i=\\$((i+1)); done"',
    command: 'docker exec bench-t tar czf /s.tgz /s', after: 'docker rm -f bench-t', rounds: 10,
  },
];

/** Does a line that must not go wrong. */
function must(host: HostApi, line: string): void {
  const { exit, stderr } = host.run(line);
  if (exit !== 0) throw new Error(`${line}: ${stderr}`);
}

/** Median ms on the real engine, the `docker` command's own start included. */
function real(bash: string, { given = ':', before = ':', command, after = ':' }: EngineRow): number {
  const script = `{ ${given}; } >/dev/null 2>&1
for i in 1 2 3 4 5; do { ${before}; } >/dev/null 2>&1; a=$(date +%s%N); ${command} >/dev/null; b=$(date +%s%N); echo $(((b - a) / 1000)); done
{ ${after}; } >/dev/null 2>&1`;
  const [program, ...args] = bash.split(' ');
  return median(execFileSync(program!, [...args, '-s'], { input: script, encoding: 'utf8', stdio: ['pipe', 'pipe', 'ignore'] }).trim().split('\n').map((line) => Number(line) / 1000));
}

/** @param bash what runs bash on the host of a real engine, as `npm run fuzz` takes it; empty: none */
export function benchEngine(bash = process.env['STOWAGE_REAL'] ?? ''): void {
  row('boot', `${repeat(20, () => void createHost(SIM_OPTIONS)).toFixed(1)} ms`);
  for (const each of ROWS) {
    const host = createHost(SIM_OPTIONS);
    if (each.given) must(host, each.given);
    const ms = repeat(each.rounds, () => must(host, each.command), each.before === undefined ? undefined : () => void host.run(each.before!));
    row(each.what, `${ms.toFixed(2)} ms`, `target ≤ ${each.target} ms`, bash ? `real ${real(bash, each).toFixed(1)} ms` : '');
  }
}
