// The programs of the postgres image, around the compiled modules that they need.

import type { Program } from '../../kernel/program.ts';
import type { PostgresModules } from './emscripten.ts';
import { initdb } from './initdb.ts';
import { pgDump } from './pg-dump.ts';
import { postgres } from './postgres.ts';
import { psql } from './psql/psql.ts';
import { createDb, dropDb, gosu, pgCtl, pgIsReady } from './small-programs.ts';

/** By registry key. */
export const postgresPrograms = (modules: PostgresModules): Readonly<Record<string, Program>> => ({
  'postgres/postgres': postgres(modules.postgres), 'postgres/initdb': initdb(modules), 'postgres/pg_dump': pgDump(modules.dump), 'postgres/psql': psql, 'postgres/pg_ctl': pgCtl,
  'postgres/pg_isready': pgIsReady, 'postgres/createdb': createDb, 'postgres/dropdb': dropDb, 'postgres/gosu': gosu,
});
