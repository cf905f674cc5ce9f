// Files by the hundred thousand, beside a plain tree of Maps in the same run: the most that JavaScript can do.

import { SIM_OPTIONS } from '../../src/headless/sim-options.ts';
import { bootMachine } from '../../src/host/boot/machine.ts';
import { createHost } from '../../src/host/create-host.ts';
import { overlayType } from '../../src/kernel/fs/overlay/overlay-type.ts';
import type { Syscalls } from '../../src/kernel/syscalls.ts';
import { repeat, row, timed } from './measure.ts';

const FILES = 100_000;
const ROUNDS = 5;
const paths = Array.from({ length: FILES }, (_, i) => `/bench/d${i % 100}/file${i}`);

/** A tree without permissions, times that move, or mounts. */
interface MapNode {
  readonly mode: number;
  readonly uid: number;
  readonly mtime: number;
  readonly size: number;
  readonly children: Map<string, MapNode> | undefined;
}

interface Tree {
  create(path: string): void;
  stat(path: string): void;
}

function mapTree(): Tree {
  const node = (directory: boolean): MapNode => ({ mode: 0o644, uid: 0, mtime: 1, size: 0, children: directory ? new Map() : undefined });
  const root = node(true);
  const parent = (parts: readonly string[]): MapNode => parts.slice(0, -1).reduce((at, name) => at.children!.get(name)!, root);
  root.children!.set('bench', node(true));
  for (let d = 0; d < 100; d++) root.children!.get('bench')!.children!.set(`d${d}`, node(true));
  return {
    create(path) {
      const parts = path.slice(1).split('/');
      parent(parts).children!.set(parts.at(-1)!, node(false));
    },
    stat(path) {
      const parts = path.slice(1).split('/');
      const { mode, uid, mtime, size } = parent(parts).children!.get(parts.at(-1)!)!;
      if (mode + uid + mtime + size < 0) throw new Error('never');
    },
  };
}

function machine(): Syscalls {
  const { init, kernel } = bootMachine(SIM_OPTIONS);
  kernel.vfs.registerFilesystem(overlayType);
  return init;
}

function kernelTree(): Tree {
  const init = machine();
  init.mkdir('/bench');
  for (let d = 0; d < 100; d++) init.mkdir(`/bench/d${d}`);
  return { create: (path) => init.writeFile(path, ''), stat: (path) => void init.stat(path) };
}

/** Files that lie in the lowest of five layers. */
function overlayTree(): Tree {
  const init = machine();
  for (const name of ['/o', '/o/up', '/o/work', '/o/merged', ...Array.from({ length: 5 }, (_, i) => `/o/l${i}`), '/o/l4/bench']) init.mkdir(name);
  for (let d = 0; d < 100; d++) init.mkdir(`/o/l4/bench/d${d}`);
  for (const path of paths) init.writeFile(`/o/l4${path}`, '');
  init.mount('overlay', '/o/merged', 'overlay', {}, 'lowerdir=/o/l0:/o/l1:/o/l2:/o/l3:/o/l4,upperdir=/o/up,workdir=/o/work');
  const seen = paths.map((path) => `/o/merged${path}`);
  let at = 0;
  return { create() {}, stat: () => void init.stat(seen[at++ % FILES]!) };
}

/** Thousands a second, the best of some rounds: what the collector takes in between is not the tree's. */
function measure(make: () => Tree): { create: number; stat: number; heap: number } {
  const rounds = Array.from({ length: ROUNDS }, () => {
    const tree = make();
    globalThis.gc?.();
    const before = process.memoryUsage().heapUsed;
    const create = timed(() => paths.forEach((path) => tree.create(path)));
    globalThis.gc?.();
    const heap = (process.memoryUsage().heapUsed - before) / FILES;
    const stat = timed(() => paths.forEach((path) => tree.stat(path)));
    return { create: FILES / create, stat: FILES / stat, heap };
  });
  const best = (what: 'create' | 'stat'): number => Math.max(...rounds.map((round) => round[what]));
  return { create: best('create'), stat: best('stat'), heap: Math.min(...rounds.map(({ heap }) => heap)) };
}

export function benchFilesystem(): void {
  const ceiling = measure(mapTree), disk = measure(kernelTree), overlay = measure(overlayTree);
  const kilo = (value: number): string => `${Math.round(value)} k/s`;
  const beside = (value: number, most: number): string => `Map tree ${Math.round(most)} k/s, ratio ${(value / most).toFixed(2)}`;
  row('create, 100,000 files', kilo(disk.create), 'target ≥ 400 k/s', beside(disk.create, ceiling.create));
  row('stat, disk', kilo(disk.stat), 'target ≥ 800 k/s', beside(disk.stat, ceiling.stat));
  row('stat, overlay of 5 layers', kilo(overlay.stat), 'target ≥ 400 k/s', beside(overlay.stat, ceiling.stat));
  row('heap per file', `${Math.round(disk.heap)} B`, 'target ≤ 450 B', `Map tree ${Math.round(ceiling.heap)} B`);

  const init = machine();
  init.mkdir('/many');
  for (let i = 0; i < 10_000; i++) init.writeFile(`/many/file${i}`, '');
  row('readdir of 10,000', `${repeat(50, () => void init.readdir('/many')).toFixed(2)} ms`, 'target ≤ 2 ms');

  for (const name of ['/o', '/o/lower', '/o/up', '/o/work', '/o/merged']) init.mkdir(name);
  const chunk = new Uint8Array(1 << 20).fill(1);
  for (let n = 0; n < 40; n++) {
    const fd = init.open(`/o/lower/big${n}`, 0o101, 0o644);
    for (let i = 0; i < 100; i++) init.pwrite(fd, chunk, i << 20);
    init.close(fd);
  }
  init.mount('overlay', '/o/merged', 'overlay', {}, 'lowerdir=/o/lower,upperdir=/o/up,workdir=/o/work');
  let n = 0;
  row('copy-up of 100 MB', `${repeat(20, () => init.chmod(`/o/merged/big${n++}`, 0o600)).toFixed(3)} ms`, 'target ≤ 1 ms');

  const host = createHost(SIM_OPTIONS);
  const seldom = repeat(50, () => void host.snapshot());
  host.run('mkdir many; for i in $(seq 10000); do : > many/$i; done');
  row('snapshot, with 10,000 more files', `${seldom.toFixed(2)} ms, ${repeat(50, () => void host.snapshot()).toFixed(2)} ms`);
}
