// The databases for hosts without a browser: their modules are compiled when a host first wants one.

import { stock } from '../host/goods.ts';
import { postgresGoods, type ModuleFactory } from '../host/postgres-goods.ts';
import { DATABASE_FILES } from './database-files.ts';

/** Of the platform; the compiler's library for Node has no types of it. */
declare const WebAssembly: { readonly Module: new (bytes: Uint8Array) => object };

function factory(name: 'pglite' | 'initdb' | 'pg_dump', options: object): ModuleFactory {
  // oxlint-disable-next-line no-implied-eval
  const create = new Function(`${DATABASE_FILES[`${name}.js`]()};return Module`)() as (options: object) => ReturnType<ModuleFactory>;
  const wasmModule = new WebAssembly.Module(DATABASE_FILES[`${name}.wasm`]());
  return (given) => create({ ...given, ...options, wasmModule });
}

/** Memory in pages of 64 KiB, as the modules want it. */
export const PAGES = { server: { initial: 2048, maximum: 32_768 }, initdb: { initial: 8, maximum: 100 } } as const;

stock('postgres', () => {
  const data = new Uint8Array(DATABASE_FILES['pglite.data']()).buffer;
  return postgresGoods({
    postgres: factory('pglite', { pages: PAGES.server, getPreloadedPackage: () => data }), initdb: factory('initdb', { pages: PAGES.initdb }), dump: factory('pg_dump', {}),
  });
});
