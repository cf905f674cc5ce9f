// A server killed in the middle of its work, again and again: what was committed is there after the next start.

import { expect, it } from 'vitest';
import { Random } from '../../../src/base/random.ts';
import { createHost } from '../../../src/host/create-host.ts';
import '../../../src/headless/database-goods.ts';

/** Fifty with STOWAGE_CRASHES=50, in some minutes. */
const CRASHES = Number(process.env['STOWAGE_CRASHES'] ?? 4), INSERTS = 1_000;

it(`keeps committed rows over ${CRASHES} crashes in the middle of ${INSERTS} inserts`, () => {
  const host = createHost({ seed: 3, startTime: Date.UTC(2026, 10, 24) });
  const chance = new Random(11);
  const ask = (query: string): number => Number(host.run(`docker exec db psql -U postgres -Atc "${query}"`).stdout);
  host.run('docker run -d --name db -e POSTGRES_PASSWORD=x -v pg:/var/lib/postgresql postgres:18; sleep 3; docker exec db psql -U postgres -c "create table t(crash int, n int)"');
  const terminal = host.openTerminal({ columns: 80, rows: 24 });
  let recovered = 0, midway = 0;
  for (let crash = 1; crash <= CRASHES; crash++) {
    host.upload('/root/inserts.sql', new TextEncoder().encode(Array.from({ length: INSERTS }, (_, n) => `insert into t values (${crash}, ${n});\n`).join('')));
    host.type(terminal.id, 'docker exec -i db psql -U postgres < inserts.sql > told.txt\r');
    host.advanceTo(host.now + 60_000, 50 + chance.below(3_900));
    host.run('docker kill db');
    host.advanceTo(host.now + 1_000, 1_000_000);
    const told = Number(host.run('grep -c "INSERT 0 1" told.txt').stdout);
    host.run('docker start db; sleep 2');
    const kept = ask(`select count(*) from t where crash = ${crash}`);
    // The last one may have been committed without anybody having been told.
    expect(kept, `after crash ${crash}`).toBeGreaterThanOrEqual(told);
    expect(kept, `after crash ${crash}`).toBe(ask(`select coalesce(max(n) + 1, 0) from t where crash = ${crash}`));
    if (told > 0 && told < INSERTS) midway++;
    recovered = Number(host.run('docker logs db 2>&1 | grep -c "automatic recovery in progress"').stdout);
  }
  expect(recovered).toBe(CRASHES);
  expect(midway).toBeGreaterThan(CRASHES / 2);
});
