// The databases for hosts without a browser: their modules are compiled when a host first wants one.

import { stock } from '../host/goods.ts';
import { postgresGoods, type ModuleFactory } from '../host/postgres-goods.ts';
import { sqliteGoods, type SqliteFactory } from '../host/sqlite-goods.ts';
import { DATABASE_FILES } from './database-files.ts';

/** Of the platform; the compiler's library for Node has no types of it. */
declare const WebAssembly: { readonly Module: new (bytes: Uint8Array) => object };

function factory<F = ModuleFactory>(name: 'pglite' | 'initdb' | 'pg_dump' | 'sqlite', options: object): F {
  // oxlint-disable-next-line no-implied-eval
  const create = new Function(`${DATABASE_FILES[`${name}.js`]()};return Module`)() as (options: object) => unknown;
  const wasmModule = new WebAssembly.Module(DATABASE_FILES[`${name}.wasm`]());
  return ((given: object) => create({ ...given, ...options, wasmModule })) as F;
}

/** Memory in pages of 64 KiB, as the modules want it. */
export const PAGES = { server: { initial: 2048, maximum: 32_768 }, initdb: { initial: 8, maximum: 100 } } as const;

stock('postgres', () => {
  const data = new Uint8Array(DATABASE_FILES['pglite.data']()).buffer;
  return postgresGoods({
    postgres: factory('pglite', { pages: PAGES.server, getPreloadedPackage: () => data }), initdb: factory('initdb', { pages: PAGES.initdb }), dump: factory('pg_dump', {}),
  });
});

stock('sqlite', () => sqliteGoods(factory<SqliteFactory>('sqlite', {})));
