// A database in the page: pulled, written to, lost and kept, as a person types it.

import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Learner } from './open-page.ts';
import { atPrompt, usePage } from './use-page.ts';

const served = usePage();

const open = (): Promise<Learner> => atPrompt(served);

const UP = 'until docker logs db 2>&1 | tail -1 | grep -q "ready to accept connections" && docker exec db pg_isready -q; do sleep 1; done';
const run = (flags: string): string => `docker run -d --name db -e POSTGRES_PASSWORD=secret ${flags} postgres:18 > /dev/null; ${UP}`;
const sql = (text: string): string => `docker exec db psql -U postgres -c "${text}"`;

describe('a database in a container', () => {
  it('is gone with its container, is kept on a volume, is gone with a tmpfs', async () => {
    const learner = await open();
    expect(await learner.run('docker pull -q postgres:18')).toBe('docker.io/library/postgres:18');
    await learner.run(run(''));
    expect(await learner.run(sql('create table notes(id serial primary key, text text)'))).toContain('CREATE TABLE');
    expect(await learner.run(sql("insert into notes(text) values ('buy milk')"))).toContain('INSERT 0 1');
    await learner.run('docker rm -f db');
    await learner.run(run(''));
    expect(await learner.run(sql('table notes'))).toContain('ERROR:  relation "notes" does not exist');
    await learner.run('docker rm -f db');

    await learner.run(run('-v pgdata:/var/lib/postgresql'));
    await learner.run(sql("create table notes as select 1 as id, 'kept'::text as text"));
    await learner.run('docker rm -f db');
    await learner.run(run('-v pgdata:/var/lib/postgresql'));
    expect(await learner.run(sql('table notes'))).toContain('1 | kept');
    expect(await learner.run('ls /var/lib/docker/volumes/pgdata/_data/18/docker')).toContain('PG_VERSION');
    expect(await learner.run('docker diff db')).not.toContain('/var/lib');

    // The page is loaded again: the same host, the same rows.
    await learner.reload();
    await learner.prompt();
    await learner.focusTerminal();
    expect(await learner.run(sql('table notes'))).toContain('1 | kept');
    await learner.run('docker rm -f db');

    await learner.run('docker run -d --name db -e POSTGRES_PASSWORD=secret -v old:/var/lib/postgresql/data postgres:18; sleep 2');
    expect(await learner.run('docker logs db')).toContain('/var/lib/postgresql/data (unused mount/volume)');
    await learner.run('docker rm db');

    await learner.run(run('--tmpfs /var/lib/postgresql'));
    await learner.run(sql('create table notes()'));
    await learner.run(`docker restart db; ${UP}`);
    expect(await learner.run(sql('table notes'))).toContain('does not exist');
    expect(learner.problems).toEqual([]);
    await learner.context.close();
  });

  it('is typed at in psql', async () => {
    const learner = await open();
    await learner.run(run(''));
    await learner.type('docker exec -it db psql -U postgres');
    await learner.until((screen) => screen.endsWith('postgres=#'));
    await learner.type('create table t(id int, who text);');
    await learner.type("insert into t values (1, 'ada'), (2, 'bob');");
    await learner.type('select *');
    await learner.type('from t;');
    const screen = await learner.until((text) => /\(2 rows\)\s+postgres=#$/.test(text));
    expect(screen).toContain('psql (18.6');
    expect(screen).toContain('postgres-# from t;\n id | who \n----+-----\n  1 | ada\n  2 | bob\n(2 rows)');
    await learner.type('\\q');
    await learner.prompt();
    expect(learner.problems).toEqual([]);
    await learner.context.close();
  });

  it('says so where there is no WebAssembly', async () => {
    const { folder } = served, without = await mkdtemp(join(tmpdir(), 'stowage-'));
    await cp(folder, without, { recursive: true });
    const assets = join(without, 'assets');
    for (const name of await readdir(assets)) if (name.endsWith('.js')) await writeFile(join(assets, name), `delete globalThis.WebAssembly;${await readFile(join(assets, name), 'utf8')}`);
    served.folder = without;
    const learner = await open();
    const ask = async (command: string): Promise<string> => (await learner.run(command)).replace(/ ?\n/g, ' ');
    const said = 'stowage: this image runs as WebAssembly, which this browser does not have or does not allow';
    expect(await ask('docker pull postgres:18')).toContain(`Error response from daemon: ${said}`);
    expect(await ask('docker run --rm notes sqlite3 /data/n.db "select 1"')).toContain(said);
    expect(learner.problems).toEqual([]);
    await learner.context.close();
    served.folder = folder;
    await rm(without, { recursive: true });
  });

  it('cannot be pulled without a network, and can once it was', async () => {
    const learner = await open();
    await learner.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await learner.context.setOffline(true);
    expect(await learner.run('docker pull postgres:18')).toContain('no such host');
    await learner.context.setOffline(false);
    await learner.run('docker pull -q postgres:18');
    await learner.context.setOffline(true);
    await learner.run('docker rmi postgres:18');
    expect(await learner.run('docker pull -q postgres:18')).toBe('docker.io/library/postgres:18');
    await learner.context.close();
  });
});
