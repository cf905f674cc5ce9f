// The files that the databases are made of, from the installed packages: compiled modules, their JavaScript rewritten, their data.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { synchronous } from './emscripten-source.ts';

const require = createRequire(import.meta.url);
const PGLITE = dirname(require.resolve('@electric-sql/pglite')), TOOLS = dirname(require.resolve('@electric-sql/pglite-tools')), SQLJS = dirname(require.resolve('sql.js'));

/** Encodings other than UTF-8, replication and what extensions are compiled with: nothing here ever asks for them. */
const LEFT_OUT = /\/pgxs\/|_and_|euc2004|libpqwalreceiver|pgoutput|\/LICENSE$/;

/** The server's data without what is left out, and the JavaScript that knows where each file lies in them. */
function server(): { readonly source: string; readonly data: Uint8Array } {
  const source = readFileSync(join(PGLITE, 'pglite.js'), 'utf8'), data = readFileSync(join(PGLITE, 'pglite.data'));
  const table = /\{files:\[([^\]]*)\],remote_package_size:\d+\}/.exec(source);
  if (!table) throw new Error('this version of the library has no table of files');
  let at = 0;
  const parts: Uint8Array[] = [];
  const files = [...table[1]!.matchAll(/\{filename:"([^"]+)",start:(\d+),end:(\d+)\}/g)].filter(([, name]) => !LEFT_OUT.test(name!)).map(([, name, start, end]) => {
    parts.push(data.subarray(Number(start), Number(end)));
    const begun = at;
    at += Number(end) - Number(start);
    return `{filename:"${name}",start:${begun},end:${at}}`;
  });
  return { source: source.replace(table[0], () => `{files:[${files.join(',')}],remote_package_size:${at}}`), data: Buffer.concat(parts) };
}

/** The JavaScript around pg_dump's module, whose package holds it by itself in a source map only. */
function dump(): string {
  const chunk = /chunk-\w+\.js/.exec(readFileSync(join(TOOLS, 'pg_dump.js'), 'utf8'))![0];
  const map = JSON.parse(readFileSync(join(TOOLS, `${chunk}.map`), 'utf8')) as { sources: string[]; sourcesContent: string[] };
  return map.sourcesContent[map.sources.findIndex((source) => source.endsWith('release/pg_dump.js'))]!;
}

/** By the name that their loader asks for them: JavaScript as the statements that define `Module`. */
export const DATABASE_FILES = {
  'pglite.wasm': () => readFileSync(join(PGLITE, 'pglite.wasm')),
  'initdb.wasm': () => readFileSync(join(PGLITE, 'initdb.wasm')),
  'pg_dump.wasm': () => readFileSync(join(TOOLS, 'pg_dump.wasm')),
  // The build whose names can be read: its file system is given the simulation's files.
  'sqlite.wasm': () => readFileSync(join(SQLJS, 'sql-wasm-debug.wasm')),
  'pglite.data': () => server().data,
  'pglite.js': () => synchronous(server().source),
  'initdb.js': () => synchronous(readFileSync(join(PGLITE, 'initdb.js'), 'utf8')),
  'pg_dump.js': () => synchronous(dump()),
  'sqlite.js': () => synchronous(readFileSync(join(SQLJS, 'sql-wasm-debug.js'), 'utf8')),
} as const;

export type DatabaseFile = keyof typeof DATABASE_FILES;
