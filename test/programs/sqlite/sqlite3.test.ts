// SQLite on files of a container.

import { expect, it } from 'vitest';
import { createHost, restoreHost } from '../../../src/host/create-host.ts';
import '../../../src/headless/database-goods.ts';

it('keeps a database in a file of the container, with the messages of its shell', () => {
  const host = createHost({ seed: 5, startTime: Date.UTC(2026, 10, 24) });
  const sh = (command: string): string => {
    const { stdout, stderr } = host.run(command);
    return stdout + stderr;
  };
  const sqlite = (words: string, flags = '-v notes:/data'): string => sh(`docker run -i --rm ${flags} keinos/sqlite3 sqlite3 ${words}`);
  sh('docker pull -q keinos/sqlite3');
  expect(sqlite(`/data/n.db "create table t(id integer primary key, x); insert into t(x) values('milk'),(null)"`)).toBe('');
  expect(sqlite('-header /data/n.db "select * from t"')).toBe('id|x\n1|milk\n2|\n');
  expect(sh('head -c 15 /var/lib/docker/volumes/notes/_data/n.db; stat -c " %s" /var/lib/docker/volumes/notes/_data/n.db')).toBe('SQLite format 3 8192\n');
  sh(`printf '.tables\\nselect * from nope;\\n.mode column\\nselect * from t;\\ninsert into t values(1,2);\\nselec 1;\\n' > in.sql`);
  expect(sqlite('/data/n.db < in.sql')).toBe('t\nid  x   \n--  ----\n1   milk\n2       \nParse error near line 2: no such table: nope\nRuntime error near line 5: UNIQUE constraint failed: t.id (19)\nParse error near line 6: near "selec": syntax error\n  selec 1;\n  ^--- error here\n');
  expect(sqlite('/data/n.db "insert into t(x) values(1)"', '-v notes:/data:ro')).toBe('Error: stepping, attempt to write a readonly database (8)\n');
  expect(sqlite('/data/n.db "select count(*) from t"', '')).toContain('unable to open database "/data/n.db": unable to open database file\n');
  expect(restoreHost(host.save()).hash()).toBe(host.hash());
});

it('is in the notes image too, and is brought when it is first run', () => {
  const host = createHost({ seed: 5, startTime: Date.UTC(2026, 10, 24) });
  const terminal = host.openTerminal({ columns: 80, rows: 24 });
  let screen = '';
  terminal.onOutput((bytes) => (screen += new TextDecoder().decode(bytes)));
  const type = (line: string): void => {
    host.type(terminal.id, `${line}\r`);
    host.advanceTo(host.now + 5_000, 1_000_000);
  };
  type('docker run -d --name n1 notes > /dev/null; docker exec n1 sqlite3 /data/n.db "create table t(x)"; echo ended $?');
  expect(host.wanted).toEqual(['sqlite']);
  host.deliver('sqlite', '');
  host.advanceTo(host.now + 1_000, 1_000_000);
  expect(screen).toContain('stowage: sqlite3 is loaded when it is first used, and the network did not bring it\r\nended 69');
  type('docker exec n1 sqlite3 /data/n.db "create table t(x); insert into t values(7)"');
  host.deliver('sqlite');
  type('docker exec n1 sqlite3 /data/n.db "select x from t"; docker rm -f n1 > /dev/null');
  expect(screen).toContain('\r\n7\r\n');
  expect(host.wanted).toEqual([]);
  expect(restoreHost(host.save()).hash()).toBe(host.hash());
});
