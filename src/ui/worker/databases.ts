// Fetches what an image wants when it is pulled, keeps it for times without a network, and hands it to the host.

import addresses from 'virtual:databases';
import { isAtHand, stock } from '../../host/goods.ts';
import type { HostApi } from '../../host/host-api.ts';
import type { ModuleFactory } from '../../host/postgres-goods.ts';
import type { SqliteFactory } from '../../host/sqlite-goods.ts';

const CACHE = 'stowage databases';
/** Memory in pages of 64 KiB, as the modules want it. */
const SERVER_PAGES = { initial: 2048, maximum: 32_768 }, INITDB_PAGES = { initial: 8, maximum: 100 };
const NO_WEBASSEMBLY = 'stowage: this image runs as WebAssembly, which this browser does not have or does not allow';

/** The service worker answers from this cache too, so that the JavaScript can be imported without a network. */
async function fetched(name: string): Promise<Response> {
  const address = new URL(addresses[name]!, location.href).href;
  const cache = await caches.open(CACHE).catch(() => undefined);
  const kept = await cache?.match(address);
  if (kept) return kept;
  const response = await fetch(address);
  if (!response.ok) throw new TypeError(`${address}: ${response.status}`);
  await cache?.put(address, response.clone()).catch(() => undefined);
  return response;
}

/** Versions of files that no longer are. */
async function tidy(): Promise<void> {
  const now = new Set(Object.values(addresses).map((address) => new URL(address, location.href).href));
  const cache = await caches.open(CACHE);
  for (const { url } of await cache.keys()) if (!now.has(url)) await cache.delete(url);
}

type Factory = (options: object) => unknown;

async function factory<F = ModuleFactory>(name: string, options: object): Promise<F> {
  const [wasmModule] = await Promise.all([fetched(`${name}.wasm`).then(async (response) => WebAssembly.compile(await response.arrayBuffer())), fetched(`${name}.js`)]);
  const { default: create } = await import(/* @vite-ignore */ new URL(addresses[`${name}.js`]!, location.href).href) as { default: Factory };
  return ((given: object) => create({ ...given, ...options, wasmModule })) as F;
}

const LOADERS: Readonly<Record<string, () => Promise<void>>> = {
  async postgres() {
    const data = await (await fetched('pglite.data')).arrayBuffer();
    const [{ postgresGoods }, postgres, initdb, dump] = await Promise.all([
      import('../../host/postgres-goods.ts'), factory('pglite', { pages: SERVER_PAGES, getPreloadedPackage: () => data }), factory('initdb', { pages: INITDB_PAGES }), factory('pg_dump', {}),
    ]);
    stock('postgres', () => postgresGoods({ postgres, initdb, dump }));
  },
  async sqlite() {
    const [{ sqliteGoods }, create] = await Promise.all([import('../../host/sqlite-goods.ts'), factory<SqliteFactory>('sqlite', {})]);
    stock('sqlite', () => sqliteGoods(create));
  },
};

const loading = new Map<string, Promise<void>>();

/** @throws TypeError without a network, Error with words for the terminal when it cannot run here */
export function load(name: string): Promise<void> {
  if (isAtHand(name)) return Promise.resolve();
  let loads = loading.get(name);
  if (!loads) {
    if (typeof WebAssembly === 'undefined') return Promise.reject(new Error(NO_WEBASSEMBLY));
    loads = LOADERS[name]!().finally(() => loading.delete(name));
    loading.set(name, loads);
    void loads.then(tidy).catch(() => undefined);
  }
  return loads;
}

const asked = new WeakSet<HostApi>();

/** Bring what the host's images wait for. @param then it may go on */
export async function bring(host: HostApi, then: () => void): Promise<void> {
  if (asked.has(host)) return;
  asked.add(host);
  for (const name of host.wanted) {
    let problem: string | undefined;
    try {
      await load(name);
    } catch (error) {
      const { name: kind, message } = error as Error;
      problem = error instanceof TypeError ? '' : kind === 'CompileError' ? NO_WEBASSEMBLY : message;
    }
    if (host.wanted.includes(name)) host.deliver(name, problem);
  }
  asked.delete(host);
  then();
}

export async function loadAll(names: readonly string[]): Promise<void> {
  for (const name of names) await load(name);
}
