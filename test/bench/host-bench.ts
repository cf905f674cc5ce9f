// The host without a page: `docker run`, files by the hundred thousand, copy-up.

import { createHost } from '../../src/host/create-host.ts';
import { SIM_OPTIONS } from '../../src/headless/sim-options.ts';
import { bootMachine } from '../../src/host/boot/machine.ts';

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

function timed(work: () => void): number {
  const begun = performance.now();
  work();
  return performance.now() - begun;
}

function repeat(rounds: number, work: () => void): number {
  for (let i = 0; i < Math.min(rounds, 20); i++) work();
  return median(Array.from({ length: rounds }, () => timed(work)));
}

export function benchHost(): void {
  const line = (what: string, value: string, target: string): void => console.log(`${what.padEnd(33)}${value.padEnd(16)}target ${target}`);
  line('boot', `${median(Array.from({ length: 9 }, () => timed(() => createHost(SIM_OPTIONS)))).toFixed(1)} ms`, 'none');
  const host = createHost(SIM_OPTIONS);
  line('docker run --rm busybox true', `${repeat(200, () => host.run('docker run --rm busybox true')).toFixed(2)} ms`, '≤ 2 ms (then 1)');
  host.run('docker run -d --name up busybox sleep 1000000');
  line('docker exec … true', `${repeat(200, () => host.run('docker exec up true')).toFixed(2)} ms`, '≤ 0.5 ms');
  let n = 0;
  line('docker volume create', `${repeat(100, () => host.run(`docker volume create v${n++}`)).toFixed(2)} ms`, '≤ 0.3 ms');
  line('snapshot', `${repeat(50, () => void host.snapshot()).toFixed(2)} ms`, '');

  const { init } = bootMachine(SIM_OPTIONS);
  const FILES = 100_000;
  init.mkdir('/bench');
  for (let d = 0; d < 100; d++) init.mkdir(`/bench/d${d}`);
  const paths = Array.from({ length: FILES }, (_, i) => `/bench/d${i % 100}/file${i}`);
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  const create = timed(() => paths.forEach((path) => init.writeFile(path, '')));
  globalThis.gc?.();
  const heap = (process.memoryUsage().heapUsed - before) / FILES;
  const stat = timed(() => paths.forEach((path) => void init.stat(path)));
  line('create, 100,000 files', `${Math.round(FILES / create)} k/s`, '≥ 400 k/s');
  line('stat, 100,000 files', `${Math.round(FILES / stat)} k/s`, '≥ 800 k/s');
  line('heap per file', globalThis.gc ? `${Math.round(heap)} B` : '(run with --expose-gc)', '≤ 450 B');

  init.mkdir('/o');
  for (const name of ['lower', 'upper', 'work', 'merged']) init.mkdir(`/o/${name}`);
  const chunk = new Uint8Array(1 << 20).fill(1);
  const fd = init.open('/o/lower/big', 0o101, 0o644);
  for (let i = 0; i < 100; i++) init.pwrite(fd, chunk, i << 20);
  init.close(fd);
  init.mount('overlay', '/o/merged', 'overlay', {}, 'lowerdir=/o/lower,upperdir=/o/upper,workdir=/o/work');
  line('copy-up of 100 MB', `${timed(() => init.chmod('/o/merged/big', 0o600)).toFixed(3)} ms`, '≤ 1 ms');
}
