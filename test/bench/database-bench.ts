// What the database costs: pull, first and second boot, a thousand inserts through psql, memory; beside plain PGlite on its own memory.

import { PGlite } from '@electric-sql/pglite';
import { createHost } from '../../src/host/create-host.ts';
import '../../src/headless/database-goods.ts';

const INSERTS = 1_000;

const megabytes = (): number => {
  (globalThis as { gc?: () => void }).gc?.();
  const { heapUsed, arrayBuffers, external } = process.memoryUsage();
  return (heapUsed + Math.max(arrayBuffers, external)) / 2 ** 20;
};
const row = (name: string, value: number, unit: string): void => console.log(`${name.padEnd(52)} ${value.toFixed(unit === 'MB' ? 0 : 0).padStart(8)} ${unit}`);

async function timed(work: () => unknown): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

/** Unless another lends it time: the least of what was measured counts, so look at it on a quiet machine. */
export async function benchDatabase(): Promise<void> {
  const host = createHost({ seed: 1, startTime: Date.UTC(2026, 10, 24) });
  const run = (command: string): Promise<number> => timed(() => host.run(command));
  const before = megabytes();
  row('database: pull', await run('docker pull -q postgres:18'), 'ms');
  row('database: first boot', await run('docker run -d --name db -e POSTGRES_PASSWORD=x -v pg:/var/lib/postgresql postgres:18; sleep 3'), 'ms');
  await run('docker exec db psql -U postgres -c "create table t(n int)"');
  row('database: second boot', await run('docker restart db; sleep 3'), 'ms');
  host.upload('/root/inserts.sql', new TextEncoder().encode(Array.from({ length: INSERTS }, (_, n) => `insert into t values (${n});\n`).join('')));
  row(`database: ${INSERTS} single inserts through psql`, await run('docker exec -i db psql -q -U postgres < inserts.sql'), 'ms');
  row('database: memory while it is up', megabytes() - before, 'MB');
  await run('docker stop db');
  row('database: memory after it stopped', megabytes() - before, 'MB');

  let plain: PGlite | undefined;
  row('plain PGlite: first boot', await timed(async () => (plain = await PGlite.create())), 'ms');
  await plain!.exec('create table t(n int)');
  row(`plain PGlite: ${INSERTS} single inserts`, await timed(async () => {
    for (let n = 0; n < INSERTS; n++) await plain!.exec(`insert into t values (${n})`);
  }), 'ms');
  const files = await plain!.dumpDataDir('none');
  await plain!.close();
  row('plain PGlite: second boot', await timed(async () => (plain = await PGlite.create({ loadDataDir: files }))), 'ms');
  await plain!.close();
}
