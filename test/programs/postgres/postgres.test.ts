// PostgreSQL on a host without a screen: where its data lie, what it says, and what it keeps.

import { beforeEach, describe, expect, it } from 'vitest';
import { createHost, restoreHost } from '../../../src/host/create-host.ts';
import type { HostApi } from '../../../src/host/host-api.ts';
import '../../../src/headless/database-goods.ts';

const UP = 'sleep 3';
let host: HostApi;
const sh = (command: string): string => {
  const { stdout, stderr } = host.run(command);
  return stdout + stderr;
};
const start = (flags: string, name = 'db'): string => sh(`docker run -d --name ${name} -e POSTGRES_PASSWORD=secret ${flags} postgres:18; ${UP}`);
const sql = (text: string, name = 'db'): string => sh(`docker exec ${name} psql -U postgres -c "${text}"`);

beforeEach(() => {
  host = createHost({ seed: 7, startTime: Date.UTC(2026, 10, 24, 9) });
  host.onFault((error) => {
    throw error;
  });
});

// How long something takes decides no test.
describe('the postgres image', () => {
  it('wants a password', () => {
    expect(sh('docker run --rm postgres:18 2>&1 | tail -9 | head -3')).toBe(`Error: Database is uninitialized and superuser password is not specified.
       You must specify POSTGRES_PASSWORD to a non-empty value for the
       superuser. For example, "-e POSTGRES_PASSWORD=password" on "docker run".
`);
    expect(sh('docker inspect -f "{{json .Config.Volumes}} {{.Config.StopSignal}} {{json .Config.ExposedPorts}}" postgres:18')).toBe('{"/var/lib/postgresql":{}} SIGINT {"5432/tcp":{}}\n');
  });

  it('initialises an empty directory, runs what lies in /docker-entrypoint-initdb.d, and then only starts', () => {
    sh('mkdir init; echo "create table made(by text);" > init/1.sql; echo "echo from a script" > init/2.sh; touch init/3.txt');
    start('-e POSTGRES_DB=shop -e POSTGRES_USER=ada -v ./init:/docker-entrypoint-initdb.d -v pg:/var/lib/postgresql');
    const log = sh('docker logs db 2>&1');
    expect(log).toContain('The files belonging to this database system will be owned by user "postgres".\nThis user must also own the server process.\n');
    for (const line of ['running /docker-entrypoint-initdb.d/1.sql\nCREATE TABLE\n', 'sourcing /docker-entrypoint-initdb.d/2.sh\nfrom a script\n', 'ignoring /docker-entrypoint-initdb.d/3.txt\n', '\nPostgreSQL init process complete; ready for start up.\n\n']) expect(log).toContain(line);
    expect(sh('docker exec db psql -U ada shop -Atc "select relname from pg_stat_user_tables"')).toBe('made\n');
    expect(sh('docker exec db psql')).toBe('psql: error: connection to server on socket "/var/run/postgresql/.s.PGSQL.5432" failed: FATAL:  role "root" does not exist\n');
    sh(`docker restart db; ${UP}`);
    expect(sh('docker logs db 2>&1 | grep -c "Skipping initialization"')).toBe('1\n');
  });

  it('keeps its rows where its directory lies', () => {
    start('-v pg:/var/lib/postgresql');
    sql('create table notes as select 42 as answer');
    expect(sh('stat -c "%u %a" /var/lib/docker/volumes/pg/_data/18/docker; ls /var/lib/docker/volumes/pg/_data/18/docker | head -3; docker diff db')).toBe('999 700\nPG_VERSION\nbase\nglobal\nC /run\nC /run/postgresql\nA /run/postgresql/.s.PGSQL.5432\nA /run/postgresql/.s.PGSQL.5432.lock\n');
    sh('docker rm -f db');
    start('-v pg:/var/lib/postgresql');
    expect(sql('table notes')).toBe(' answer \n--------\n     42\n(1 row)\n\n');
    // A dump, and a tar of the volume of a stopped server, each restored elsewhere.
    sh('docker exec db pg_dump -U postgres > dump.sql; docker stop db; docker run --rm -v pg:/from -v $PWD:/to busybox tar cf /to/pg.tar -C /from .');
    start('', 'second');
    sh('docker exec -i second psql -q -U postgres < dump.sql');
    expect(sql('table notes', 'second')).toContain('42');
    sh('docker run --rm -v copy:/to -v $PWD:/from busybox tar xf /from/pg.tar -C /to');
    start('-v copy:/var/lib/postgresql', 'third');
    expect(sql('table notes', 'third')).toContain('42');
  });

  it('loses them with a container, with a tmpfs, and refuses the path of older versions', () => {
    start('');
    sql('create table notes()');
    sh('docker rm -f db');
    start('--tmpfs /var/lib/postgresql');
    sql('create table notes()');
    sh(`docker restart db; ${UP}`);
    expect(sql('table notes')).toContain('ERROR:  relation "notes" does not exist\nLINE 1: table notes\n              ^\n');
    expect(sh('docker run -e POSTGRES_PASSWORD=x -v old:/var/lib/postgresql/data postgres:18')).toContain('       Counter to that, there appears to be PostgreSQL data in:\n         /var/lib/postgresql/data (unused mount/volume)\n');
  });

  it('says what is wrong with its directory', () => {
    expect(sh('docker run -e POSTGRES_PASSWORD=x -v pg:/var/lib/postgresql:ro postgres:18')).toContain('Read-only file system\n');
    expect(sh('docker run --rm -e POSTGRES_PASSWORD=x --tmpfs /var/lib/postgresql:size=20m postgres:18')).toContain('No space left on device');
    start('-v pg:/var/lib/postgresql');
    expect(sh('docker exec -u postgres db postgres').replace(/^.{33}/, '')).toContain('FATAL:  lock file "postmaster.pid" already exists\n');
    sh('docker rm -f db');
    const direct = (user: string): string => sh(`docker run --rm --entrypoint gosu -v pg:/var/lib/postgresql postgres:18 ${user} postgres`);
    sh('chmod 755 /var/lib/docker/volumes/pg/_data/18/docker');
    expect(direct('postgres')).toContain('FATAL:  data directory "/var/lib/postgresql/18/docker" has invalid permissions\n');
    expect(direct('nobody')).toContain('FATAL:  data directory "/var/lib/postgresql/18/docker" has wrong ownership\n');
    expect(direct('root')).toContain('"root" execution of the PostgreSQL server is not permitted.\n');
  });

  it('is refused a directory that a process it can see serves, and only that', () => {
    const LOCKED = /FATAL:  lock file "postmaster.pid" already exists\n.*HINT:  Is another postmaster \(PID (\d+)\) running in data directory "\/var\/lib\/postgresql\/18\/docker"\?/;
    start('-v pg:/var/lib/postgresql');
    sql('create table notes as select 1 as n');
    expect(LOCKED.exec(sh('docker exec -u postgres db postgres'))?.[1]).toBe('1');
    // Each is process 1 of its own container: PostgreSQL takes the lock file for one of its own that was left, and both write.
    start('-v pg:/var/lib/postgresql', 'second');
    expect(sh('docker logs second 2>&1 | tail -1')).toContain('database system is ready to accept connections');
    expect(sh('docker logs second 2>&1')).toContain('database system was not properly shut down; automatic recovery in progress');
    sql('insert into notes values (2)');
    sql('insert into notes values (3)', 'second');
    expect(sql('select max(n), count(*) from notes')).toContain('   2 |     2\n');
    expect(sql('select max(n), count(*) from notes', 'second')).toContain('   3 |     2\n');
    sh('docker rm -f db second');
    // Where they see each other's processes it protects.
    start('--pid host -v other:/var/lib/postgresql');
    const pid = sh('docker inspect -f "{{.State.Pid}}" db').trim();
    start('--pid host -v other:/var/lib/postgresql', 'second');
    expect(LOCKED.exec(sh('docker logs second 2>&1'))?.[1]).toBe(pid);
    expect(sh('docker inspect -f "{{.State.Status}} {{.State.ExitCode}}" second')).toBe('exited 1\n');
    const again = restoreHost(host.save());
    expect(again.hash()).toBe(host.hash());
  });

  it('asks for a password over the network only', () => {
    start('');
    sh('docker run -d --name client --entrypoint sleep postgres:18 inf');
    const address = sh('docker inspect -f "{{.NetworkSettings.IPAddress}}" db').trim();
    expect(sh(`docker exec -e PGPASSWORD=secret client psql -U postgres -h ${address} -Atc "select 1"`)).toBe('1\n');
    expect(sh(`docker exec -e PGPASSWORD=wrong client psql -U postgres -h ${address} -c "select 1"`)).toContain('FATAL:  password authentication failed for user "postgres"\n');
  });

  it('is the same after a replay', () => {
    start('-v pg:/var/lib/postgresql');
    sql('create table r as select random(), now(), gen_random_uuid()');
    const rows = sql('table r');
    const again = restoreHost(host.save());
    expect(again.hash()).toBe(host.hash());
    host = again;
    expect(sql('table r')).toBe(rows);
  });

  it('fails to be pulled when nobody brings it', () => {
    const terminal = host.openTerminal({ columns: 80, rows: 24 });
    let screen = '';
    terminal.onOutput((bytes) => (screen += new TextDecoder().decode(bytes)));
    host.type(terminal.id, 'docker pull postgres:18\r');
    host.advanceTo(host.now + 5_000, 1_000_000);
    expect(host.wanted).toEqual(['postgres']);
    host.deliver('postgres', '');
    host.advanceTo(host.now + 5_000, 1_000_000);
    expect(screen).toContain('Error response from daemon: Get "https://registry-1.docker.io/v2/": dial tcp: lookup registry-1.docker.io');
    expect(restoreHost(host.save()).hash()).toBe(host.hash());
  });
});
