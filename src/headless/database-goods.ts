// The databases for hosts without a browser: their modules from the installed packages, compiled when a host first wants one.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { stock } from '../host/goods.ts';
import { postgresGoods, type ModuleFactory } from '../host/postgres-goods.ts';
import { synchronous } from './emscripten-source.ts';

/** Of the platform; the compiler's library for Node has no types of it. */
declare const WebAssembly: { readonly Module: new (bytes: Uint8Array) => object };

const require = createRequire(import.meta.url);
const PGLITE = dirname(require.resolve('@electric-sql/pglite')), TOOLS = dirname(require.resolve('@electric-sql/pglite-tools'));

/** The JavaScript around pg_dump's module, whose package holds it in a source map only. */
export function dumpSource(): string {
  const chunk = readFileSync(join(TOOLS, 'pg_dump.js'), 'utf8').match(/chunk-\w+\.js/)?.[0] ?? '';
  const map = JSON.parse(readFileSync(join(TOOLS, `${chunk}.map`), 'utf8')) as { sources: string[]; sourcesContent: string[] };
  return map.sourcesContent[map.sources.findIndex((source) => source.endsWith('release/pg_dump.js'))]!;
}

/** Files of the packages, by the name that the page asks for them. */
export const DATABASE_FILES: Readonly<Record<string, string>> = {
  'pglite.wasm': join(PGLITE, 'pglite.wasm'), 'initdb.wasm': join(PGLITE, 'initdb.wasm'), 'pg_dump.wasm': join(TOOLS, 'pg_dump.wasm'), 'pglite.data': join(PGLITE, 'pglite.data'),
};

/** Their JavaScript, rewritten. */
export const databaseSource = (name: 'pglite' | 'initdb' | 'pg_dump'): string => synchronous(name === 'pg_dump' ? dumpSource() : readFileSync(join(PGLITE, `${name}.js`), 'utf8'));

function factory(name: 'pglite' | 'initdb' | 'pg_dump', options: object): ModuleFactory {
  // oxlint-disable-next-line no-implied-eval
  const create = new Function(`${databaseSource(name)};return Module`)() as (options: object) => ReturnType<ModuleFactory>;
  const wasmModule = new WebAssembly.Module(readFileSync(DATABASE_FILES[`${name}.wasm`]!));
  return (given) => create({ ...given, ...options, wasmModule });
}

stock('postgres', () => {
  const data = new Uint8Array(readFileSync(DATABASE_FILES['pglite.data']!)).buffer;
  return postgresGoods({
    postgres: factory('pglite', { pages: { initial: 2048, maximum: 32_768 }, getPreloadedPackage: () => data }),
    initdb: factory('initdb', { pages: { initial: 8, maximum: 100 } }),
    dump: (options) => factory('pg_dump', {})(options),
  });
});
