// What the database costs: pull, first and second boot, a thousand inserts through psql, memory; beside plain PGlite on its own memory.

import { PGlite } from '@electric-sql/pglite';
import { createHost, restoreHost } from '../../src/host/create-host.ts';
import '../../src/headless/database-goods.ts';

const INSERTS = 1_000;

/** What the process holds; what nothing refers to any more is given back between two turns. */
async function megabytes(): Promise<number> {
  for (let i = 0; i < 3; i++) {
    (globalThis as { gc?: () => void }).gc?.();
    await new Promise((resolve) => void setTimeout(resolve, 20));
  }
  const { heapUsed, arrayBuffers, external } = process.memoryUsage();
  return (heapUsed + Math.max(arrayBuffers, external)) / 2 ** 20;
}
const row = (name: string, value: number, unit: string): void => console.log(`${name.padEnd(52)} ${value.toFixed(0).padStart(8)} ${unit}`);

async function timed(work: () => unknown): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

/** Unless another lends it time: the least of what was measured counts, so look at it on a quiet machine. */
export async function benchDatabase(): Promise<void> {
  const host = createHost({ seed: 1, startTime: Date.UTC(2026, 10, 24) });
  const run = (command: string): Promise<number> => timed(() => host.run(command));
  const before = await megabytes();
  row('database: pull', await run('docker pull -q postgres:18'), 'ms');
  row('database: first boot', await run('docker run -d --name db -e POSTGRES_PASSWORD=x -v pg:/var/lib/postgresql postgres:18; sleep 3'), 'ms');
  await run('docker exec db psql -U postgres -c "create table t(n int)"');
  row('database: second boot', await run('docker restart db; sleep 3'), 'ms');
  host.upload('/root/inserts.sql', new TextEncoder().encode(Array.from({ length: INSERTS }, (_, n) => `insert into t values (${n});\n`).join('')));
  row(`database: ${INSERTS} single inserts through psql`, await run('docker exec -i db psql -q -U postgres < inserts.sql'), 'ms');
  row('database: memory while it is up (128 MB of it reserved)', await megabytes() - before, 'MB');
  await run('docker stop db');
  row('database: memory after it stopped, its files kept', await megabytes() - before, 'MB');
  row('database: all of it once more, for an undo', await timed(() => restoreHost(host.save())), 'ms');
  await run('docker rm db; docker volume rm pg');
  row('database: memory after it was removed', await megabytes() - before, 'MB');
  const ten = await timed(() => {
    for (let i = 0; i < 10; i++) host.run(`docker run -d --name db${i} -e POSTGRES_PASSWORD=x postgres:18; sleep 3; docker exec db${i} psql -U postgres -c 'create table t(n int)'; docker rm -fv db${i}`);
  });
  row('database: each of ten, from boot to removal', ten / 10, 'ms');
  row('database: memory after the ten', await megabytes() - before, 'MB');

  let plain: PGlite | undefined;
  // Its module has been compiled already: compare it with each of the ten.
  row('plain PGlite: first boot, its code compiled', await timed(async () => (plain = await PGlite.create())), 'ms');
  await plain!.exec('create table t(n int)');
  row(`plain PGlite: ${INSERTS} single inserts`, await timed(async () => {
    for (let n = 0; n < INSERTS; n++) await plain!.exec(`insert into t values (${n})`);
  }), 'ms');
  const files = await plain!.dumpDataDir('none');
  await plain!.close();
  row('plain PGlite: second boot', await timed(async () => (plain = await PGlite.create({ loadDataDir: files }))), 'ms');
  await plain!.close();
}
