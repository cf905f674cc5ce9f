// \d and its family: what psql asks the catalogues, and the tables it makes of the answers.

import type { Task } from '../../../base/task.ts';
import type { Psql } from './psql-state.ts';
import { runQuery } from './query.ts';
import { formatTable, type Table } from './table.ts';

const SYSTEM = "n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'";
const OWNER = 'pg_catalog.pg_get_userbyid';

/** A pattern of psql's (`*`, `?`, quotes, `schema.name`) as a condition. @returns undefined when nothing was asked for */
function condition(pattern: string | undefined, name: string, schema: string | undefined, visible: string | undefined): string {
  if (!pattern) return '';
  const parts: string[] = [''];
  let quoted = false;
  for (const character of pattern) {
    if (character === '"') quoted = !quoted;
    else if (character === '.' && !quoted) parts.push('');
    else parts[parts.length - 1] += quoted ? character.replace(/[|*+?()[\]{}.^$\\]/, '\\$&') : character === '*' ? '.*' : character === '?' ? '.' : character === '$' ? '\\$' : character.toLowerCase();
  }
  const expression = (text: string): string => `'^(${text.replaceAll("'", "''")})$' COLLATE pg_catalog.default`;
  const [first, second] = parts;
  if (second !== undefined && schema) return ` AND ${name} OPERATOR(pg_catalog.~) ${expression(second)} AND ${schema} OPERATOR(pg_catalog.~) ${expression(first!)}`;
  return ` AND ${name} OPERATOR(pg_catalog.~) ${expression(first!)}${visible ? ` AND ${visible}` : ''}`;
}

function* ask(psql: Psql, sql: string): Task<readonly (readonly (string | null)[])[] | undefined> {
  const { ok, tables } = yield* runQuery(psql, sql, { print: false });
  return ok ? tables[0]?.rows ?? [] : undefined;
}

function* show(psql: Psql, sql: string, title: string, footers?: readonly string[]): Task<boolean> {
  const { ok, tables } = yield* runQuery(psql, sql, { print: false });
  if (ok && tables[0]) yield* psql.out(formatTable({ ...tables[0], title, footers }, psql.print));
  return ok;
}

const KINDS: Readonly<Record<string, string>> = { t: "'r','p'", v: "'v'", m: "'m'", i: "'i','I'", s: "'S'", E: "'f'" };
const KIND_NAMES: Readonly<Record<string, string>> = { t: 'tables', v: 'views', m: 'materialized views', i: 'indexes', s: 'sequences', E: 'foreign tables' };

/** \dt, \dv, \di, \ds, \dm and mixtures; \d alone. */
export function* listRelations(psql: Psql, letters: string, pattern: string | undefined, { system, verbose }: { system: boolean; verbose: boolean }): Task<boolean> {
  const wanted = [...new Set(letters)].filter((letter) => KINDS[letter]);
  const kinds = (wanted.length ? wanted : ['t', 'v', 'm', 's', 'E']).map((letter) => KINDS[letter]).join(',');
  const what = wanted.length === 1 ? KIND_NAMES[wanted[0]!]! : 'relations';
  const indexes = wanted.includes('i');
  const sql = `SELECT n.nspname as "Schema", c.relname as "Name", CASE c.relkind WHEN 'r' THEN 'table' WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' WHEN 'i' THEN 'index' WHEN 'S' THEN 'sequence' WHEN 't' THEN 'TOAST table' WHEN 'f' THEN 'foreign table' WHEN 'p' THEN 'partitioned table' WHEN 'I' THEN 'partitioned index' END as "Type", ${OWNER}(c.relowner) as "Owner"${
    indexes ? ', c2.relname as "Table"' : ''}${verbose ? `, CASE c.relpersistence WHEN 'p' THEN 'permanent' WHEN 't' THEN 'temporary' WHEN 'u' THEN 'unlogged' END as "Persistence"${/[siv]/.test(wanted.join('')) && !wanted.includes('t') && !indexes ? '' : ', am.amname as "Access method"'}, pg_catalog.pg_size_pretty(pg_catalog.pg_table_size(c.oid)) as "Size", pg_catalog.obj_description(c.oid, 'pg_class') as "Description"` : ''}
FROM pg_catalog.pg_class c LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_catalog.pg_am am ON am.oid = c.relam${indexes ? ' LEFT JOIN pg_catalog.pg_index i ON i.indexrelid = c.oid LEFT JOIN pg_catalog.pg_class c2 ON i.indrelid = c2.oid' : ''}
WHERE c.relkind IN (${kinds}${pattern && /t/.test(wanted.join('')) ? ",'s'" : ''},'')${pattern || system ? '' : ` AND ${SYSTEM} AND n.nspname !~ '^pg_toast'`}${pattern ? condition(pattern, 'c.relname', 'n.nspname', 'pg_catalog.pg_table_is_visible(c.oid)') : ' AND pg_catalog.pg_table_is_visible(c.oid)'}
ORDER BY 1,2`;
  const { ok, tables } = yield* runQuery(psql, sql, { print: false });
  if (!ok) return false;
  if (!tables[0]?.rows.length && !psql.quiet) {
    yield* psql.err(pattern ? `${psql.place()}Did not find any ${what} named "${pattern}".\n` : `${psql.place()}Did not find any ${what}.\n`);
    return true;
  }
  yield* psql.out(formatTable({ ...tables[0]!, title: `List of ${what}` }, psql.print));
  return true;
}

export function listDatabases(psql: Psql, pattern: string | undefined, verbose: boolean): Task<boolean> {
  return show(psql, `SELECT d.datname as "Name", ${OWNER}(d.datdba) as "Owner", pg_catalog.pg_encoding_to_char(d.encoding) as "Encoding", CASE d.datlocprovider WHEN 'b' THEN 'builtin' WHEN 'c' THEN 'libc' WHEN 'i' THEN 'icu' END AS "Locale Provider", d.datcollate as "Collate", d.datctype as "Ctype", d.datlocale as "Locale", d.daticurules as "ICU Rules", CASE WHEN pg_catalog.array_length(d.datacl, 1) = 0 THEN '(none)' ELSE pg_catalog.array_to_string(d.datacl, E'\\n') END AS "Access privileges"${
    verbose ? `, CASE WHEN pg_catalog.has_database_privilege(d.datname, 'CONNECT') THEN pg_catalog.pg_size_pretty(pg_catalog.pg_database_size(d.datname)) ELSE 'No Access' END as "Size", t.spcname as "Tablespace", pg_catalog.shobj_description(d.oid, 'pg_database') as "Description"` : ''} FROM pg_catalog.pg_database d JOIN pg_catalog.pg_tablespace t on d.dattablespace = t.oid WHERE true${condition(pattern, 'd.datname', undefined, undefined)} ORDER BY 1`, 'List of databases');
}

export function listRoles(psql: Psql, pattern: string | undefined): Task<boolean> {
  return show(psql, `SELECT rolname AS "Role name", concat_ws(', ', CASE WHEN rolsuper THEN 'Superuser' END, CASE WHEN NOT rolinherit THEN 'No inheritance' END, CASE WHEN rolcreaterole THEN 'Create role' END, CASE WHEN rolcreatedb THEN 'Create DB' END, CASE WHEN NOT rolcanlogin THEN 'Cannot login' END, CASE WHEN rolreplication THEN 'Replication' END, CASE WHEN rolbypassrls THEN 'Bypass RLS' END) AS "Attributes" FROM pg_catalog.pg_roles WHERE ${pattern ? 'true' : "rolname !~ '^pg_'"}${condition(pattern, 'rolname', undefined, undefined)} ORDER BY 1`, 'List of roles', []);
}

export function listSchemas(psql: Psql, pattern: string | undefined): Task<boolean> {
  return show(psql, `SELECT n.nspname AS "Name", ${OWNER}(n.nspowner) AS "Owner" FROM pg_catalog.pg_namespace n WHERE ${pattern ? 'true' : SYSTEM}${condition(pattern, 'n.nspname', undefined, undefined)} ORDER BY 1`, 'List of schemas');
}

export function listExtensions(psql: Psql, pattern: string | undefined): Task<boolean> {
  return show(psql, `SELECT e.extname AS "Name", e.extversion AS "Version", ae.default_version AS "Default version", n.nspname AS "Schema", d.description AS "Description" FROM pg_catalog.pg_extension e LEFT JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace LEFT JOIN pg_catalog.pg_description d ON d.objoid = e.oid AND d.classoid = 'pg_catalog.pg_extension'::pg_catalog.regclass LEFT JOIN pg_catalog.pg_available_extensions() ae(name, default_version, comment) ON ae.name = e.extname WHERE true${condition(pattern, 'e.extname', undefined, undefined)} ORDER BY 1`, 'List of installed extensions');
}

export function listFunctions(psql: Psql, pattern: string | undefined): Task<boolean> {
  return show(psql, `SELECT n.nspname as "Schema", p.proname as "Name", pg_catalog.pg_get_function_result(p.oid) as "Result data type", pg_catalog.pg_get_function_arguments(p.oid) as "Argument data types", CASE p.prokind WHEN 'a' THEN 'agg' WHEN 'w' THEN 'window' WHEN 'p' THEN 'proc' ELSE 'func' END as "Type" FROM pg_catalog.pg_proc p LEFT JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace WHERE ${pattern ? 'true' : `pg_catalog.pg_function_is_visible(p.oid) AND ${SYSTEM}`}${condition(pattern, 'p.proname', 'n.nspname', 'pg_catalog.pg_function_is_visible(p.oid)')} ORDER BY 1, 2, 4`, 'List of functions');
}

/** \d NAME: each relation that the pattern names. */
export function* describeRelations(psql: Psql, pattern: string, verbose: boolean): Task<boolean> {
  const found = yield* ask(psql, `SELECT c.oid, n.nspname, c.relname, c.relkind, c.relpersistence FROM pg_catalog.pg_class c LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE true${condition(pattern, 'c.relname', 'n.nspname', 'pg_catalog.pg_table_is_visible(c.oid)')} ORDER BY 2, 3`);
  if (!found) return false;
  if (!found.length) {
    if (!psql.quiet) yield* psql.err(`${psql.place()}Did not find any relation named "${pattern}".\n`);
    return false;
  }
  for (const [oid, schema, name, kind, persistence] of found) {
    const shown = kind === 'S' ? yield* sequence(psql, oid!, schema!, name!) : yield* relation(psql, oid!, schema!, name!, kind!, persistence!, verbose);
    if (!shown) return false;
  }
  return true;
}

function* sequence(psql: Psql, oid: string, schema: string, name: string): Task<boolean> {
  const owner = yield* ask(psql, `SELECT pg_catalog.quote_ident(nspname) || '.' || pg_catalog.quote_ident(relname) || '.' || pg_catalog.quote_ident(attname), d.deptype FROM pg_catalog.pg_class c INNER JOIN pg_catalog.pg_depend d ON c.oid=d.refobjid INNER JOIN pg_catalog.pg_namespace n ON n.oid=c.relnamespace INNER JOIN pg_catalog.pg_attribute a ON (a.attrelid=c.oid AND a.attnum=d.refobjsubid) WHERE d.classid='pg_catalog.pg_class'::pg_catalog.regclass AND d.refclassid='pg_catalog.pg_class'::pg_catalog.regclass AND d.objid='${oid}' AND d.deptype IN ('a', 'i')`);
  const { ok, tables } = yield* runQuery(psql, `SELECT pg_catalog.format_type(seqtypid, NULL) AS "Type", seqstart AS "Start", seqmin AS "Minimum", seqmax AS "Maximum", seqincrement AS "Increment", CASE WHEN seqcycle THEN 'yes' ELSE 'no' END AS "Cycles?", seqcache AS "Cache" FROM pg_catalog.pg_sequence WHERE seqrelid = '${oid}'`, { print: false });
  if (!ok) return false;
  const [column, kind] = owner?.[0] ?? [];
  yield* psql.out(formatTable({ ...tables[0]!, title: `Sequence "${schema}.${name}"`, footers: column ? [kind === 'i' ? `Sequence for identity column: ${column}` : `Owned by: ${column}`] : [] }, psql.print));
  return true;
}

const TITLES: Readonly<Record<string, string>> = { r: 'Table', v: 'View', m: 'Materialized view', i: 'Index', p: 'Partitioned table', I: 'Partitioned index', f: 'Foreign table', c: 'Composite type', t: 'TOAST table' };

function* relation(psql: Psql, oid: string, schema: string, name: string, kind: string, persistence: string, verbose: boolean): Task<boolean> {
  const index = kind === 'i' || kind === 'I', plain = 'rpf'.includes(kind);
  const columns = yield* ask(psql, `SELECT a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod), (SELECT c.collname FROM pg_catalog.pg_collation c, pg_catalog.pg_type t WHERE c.oid = a.attcollation AND t.oid = a.atttypid AND a.attcollation <> t.typcollation), CASE WHEN a.attnotnull THEN 'not null' ELSE '' END, CASE a.attidentity WHEN 'a' THEN 'generated always as identity' WHEN 'd' THEN 'generated by default as identity' ELSE CASE a.attgenerated WHEN 's' THEN 'generated always as (' WHEN 'v' THEN 'generated always as (' ELSE '' END || coalesce((SELECT pg_catalog.pg_get_expr(d.adbin, d.adrelid, true) FROM pg_catalog.pg_attrdef d WHERE d.adrelid = a.attrelid AND d.adnum = a.attnum AND a.atthasdef), '') || CASE a.attgenerated WHEN 's' THEN ') stored' WHEN 'v' THEN ')' ELSE '' END END, ${
    index ? "CASE WHEN a.attnum <= (SELECT i.indnkeyatts FROM pg_catalog.pg_index i WHERE i.indexrelid = a.attrelid) THEN 'yes' ELSE 'no' END, pg_catalog.pg_get_indexdef(a.attrelid, a.attnum, TRUE)" : "'', ''"}, CASE a.attstorage WHEN 'p' THEN 'plain' WHEN 'e' THEN 'external' WHEN 'm' THEN 'main' WHEN 'x' THEN 'extended' END, CASE a.attcompression WHEN 'p' THEN 'pglz' WHEN 'l' THEN 'lz4' ELSE '' END, CASE WHEN a.attstattarget = -1 THEN NULL ELSE a.attstattarget END, pg_catalog.col_description(a.attrelid, a.attnum) FROM pg_catalog.pg_attribute a WHERE a.attrelid = '${oid}' AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum`);
  if (!columns) return false;
  const footers: string[] = [];
  const list = (heading: string, lines: readonly (string | null)[]): void => {
    if (lines.length) footers.push(heading, ...lines.map((line) => `    ${line}`));
  };
  const query = function* (sql: string): Task<(string | null)[]> {
    return ((yield* ask(psql, sql)) ?? []).map(([line]) => line ?? null);
  };
  if (plain) {
    list('Indexes:', yield* query(`SELECT '"' || c2.relname || '"' || CASE WHEN i.indisprimary THEN ' PRIMARY KEY,' WHEN i.indisunique THEN CASE WHEN con.contype = 'u' THEN ' UNIQUE CONSTRAINT,' ELSE ' UNIQUE,' END ELSE '' END || ' ' || regexp_replace(pg_catalog.pg_get_indexdef(i.indexrelid, 0, true), '^.* USING ', '') || CASE WHEN i.indisclustered THEN ' CLUSTER' ELSE '' END || CASE WHEN NOT i.indisvalid THEN ' INVALID' ELSE '' END FROM pg_catalog.pg_class c2 JOIN pg_catalog.pg_index i ON i.indexrelid = c2.oid LEFT JOIN pg_catalog.pg_constraint con ON con.conrelid = i.indrelid AND con.conindid = i.indexrelid AND con.contype IN ('p','u','x') WHERE i.indrelid = '${oid}' ORDER BY i.indisprimary DESC, c2.relname`));
    list('Check constraints:', yield* query(`SELECT '"' || conname || '" ' || pg_catalog.pg_get_constraintdef(oid, true) FROM pg_catalog.pg_constraint WHERE conrelid = '${oid}' AND contype = 'c' ORDER BY conname`));
    list('Foreign-key constraints:', yield* query(`SELECT '"' || conname || '" ' || pg_catalog.pg_get_constraintdef(oid, true) FROM pg_catalog.pg_constraint WHERE conrelid = '${oid}' AND contype = 'f' ORDER BY conname`));
    list('Referenced by:', yield* query(`SELECT 'TABLE "' || replace(conrelid::pg_catalog.regclass::text, '"', '') || '" CONSTRAINT "' || conname || '" ' || pg_catalog.pg_get_constraintdef(oid, true) FROM pg_catalog.pg_constraint WHERE confrelid = '${oid}' AND contype = 'f' ORDER BY conname`));
    if (verbose) list('Not-null constraints:', yield* query(`SELECT '"' || co.conname || '" NOT NULL "' || at.attname || '"' FROM pg_catalog.pg_constraint co JOIN pg_catalog.pg_attribute at ON at.attrelid = co.conrelid AND at.attnum = co.conkey[1] WHERE co.contype = 'n' AND co.conrelid = '${oid}' ORDER BY at.attnum`));
    list('Triggers:', yield* query(`SELECT regexp_replace(pg_catalog.pg_get_triggerdef(t.oid, true), '^CREATE (CONSTRAINT )?TRIGGER ', '') FROM pg_catalog.pg_trigger t WHERE t.tgrelid = '${oid}' AND NOT t.tgisinternal ORDER BY 1`));
    if (verbose) footers.push(...((yield* query(`SELECT 'Access method: ' || am.amname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_am am ON am.oid = c.relam WHERE c.oid = '${oid}'`)) as string[]));
  } else if (index) {
    footers.push(...((yield* query(`SELECT CASE WHEN i.indisprimary THEN 'primary key, ' WHEN i.indisunique THEN 'unique, ' ELSE '' END || a.amname || ', for table "' || n.nspname || '.' || c2.relname || '"' FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid JOIN pg_catalog.pg_class c2 ON c2.oid = i.indrelid JOIN pg_catalog.pg_am a ON a.oid = c.relam JOIN pg_catalog.pg_namespace n ON n.oid = c2.relnamespace WHERE i.indexrelid = '${oid}'`)) as string[]));
  } else if (kind === 'v' && verbose) footers.push('View definition:', ...((yield* query(`SELECT pg_catalog.pg_get_viewdef('${oid}'::pg_catalog.oid, true)`)) as string[]));
  const pick = (row: readonly (string | null)[]): (string | null)[] => index ? [row[0]!, row[1]!, row[5]!, row[6]!] : [row[0]!, row[1]!, row[2] ?? '', row[3]!, row[4]!, ...(verbose ? [row[7]!, ...(plain ? [row[8]!, row[9] ?? ''] : []), row[10] ?? ''] : [])];
  const headers = index ? ['Column', 'Type', 'Key?', 'Definition'] : ['Column', 'Type', 'Collation', 'Nullable', 'Default', ...(verbose ? ['Storage', ...(plain ? ['Compression', 'Stats target'] : []), 'Description'] : [])];
  const table: Table = {
    title: `${persistence === 'u' ? 'Unlogged table' : TITLES[kind] ?? 'Relation'} "${schema}.${name}"`, headers, right: headers.map(() => false), rows: columns.map(pick), footers,
  };
  yield* psql.out(formatTable(table, { ...psql.print, expanded: false }));
  return true;
}
