// What the browser keeps of hosts between visits: their input logs, in IndexedDB.

import { openDB, type IDBPDatabase } from 'idb';
import type { HostSave } from '../../host/host-api.ts';

const LOCK = 'stowage', DATABASE = 'stowage', STORE = 'hosts', CURRENT = 'current', BROKEN = 'set-aside', KEPT = 'kept';
const MOST_KEPT = 5;

const keyOf = (lesson: string | undefined): string => (lesson === undefined ? CURRENT : `lesson:${lesson}`);

/** ms. A page that is being reloaded lets go within this time. */
const PATIENCE = 1_500;

/** Of all the pages that are open at the same time, one writes: the one that holds the lock. */
export class HostStore {
  #database: Promise<IDBPDatabase> | undefined;
  #claim: Promise<boolean> | undefined;
  #release: (() => void) | undefined;
  /** Another page has taken the lock away. */
  onLost: (() => void) | undefined;

  /** Whether this page is the one that writes. The answer stands until another page takes over. */
  claim(steal = false): Promise<boolean> {
    if (!navigator.locks) return Promise.resolve(true);
    if (!steal && this.#claim) return this.#claim;
    return (this.#claim = new Promise((resolve) => {
      const held = navigator.locks.request(LOCK, steal ? { steal } : { signal: AbortSignal.timeout(PATIENCE) }, () => {
        resolve(true);
        return new Promise<void>((release) => (this.#release = release));
      });
      held.catch(({ name }: DOMException) => {
        // Where there are no locks to be had there is no other page to fear.
        resolve(name === 'SecurityError');
        this.#lose();
      });
    }));
  }

  /** Another page may write from now on, and this one will not. */
  release(): void {
    this.#claim = Promise.resolve(false);
    this.#release?.();
  }

  #lose(): void {
    const had = this.#release;
    this.release();
    this.#release = undefined;
    if (had) this.onLost?.();
  }

  /** @throws what the browser says when storage is not to be had */
  #open(): Promise<IDBPDatabase> {
    this.#database ??= openDB(DATABASE, 1, { upgrade: (database) => void database.createObjectStore(STORE) });
    return this.#database;
  }

  /** @param lesson the host that was left there; without it, the last one of all */
  async load(lesson?: string): Promise<unknown> {
    return (await this.#open()).get(STORE, keyOf(lesson));
  }

  async save(save: HostSave, lesson?: string): Promise<void> {
    if (await this.claim()) await (await this.#open()).put(STORE, save, keyOf(lesson));
  }

  /** The host that was kept last when another took its place. */
  async kept(): Promise<HostSave | undefined> {
    return ((await (await this.#open()).get(STORE, KEPT)) as HostSave[] | undefined)?.[0];
  }

  /** @param instead it takes the place of the one that was kept last */
  async keep(save: HostSave | undefined, instead: boolean): Promise<void> {
    if (!await this.claim()) return;
    const { store, done } = (await this.#open()).transaction(STORE, 'readwrite');
    const kept = (await store.get(KEPT) as HostSave[] | undefined) ?? [];
    await store.put([...(save ? [save] : []), ...kept.slice(instead ? 1 : 0)].slice(0, MOST_KEPT), KEPT);
    await done;
  }

  async clear(): Promise<void> {
    if (!await this.claim()) await this.claim(true);
    await (await this.#open()).clear(STORE);
  }

  /** Keep a save that cannot be read, out of the way. */
  async setAside(save: unknown): Promise<void> {
    if (!await this.claim()) return;
    const { store, done } = (await this.#open()).transaction(STORE, 'readwrite');
    await Promise.all([store.put(save, BROKEN), store.delete(CURRENT), done]);
  }

  /** What was set aside; with `retry` it is what will be loaded next. */
  async aside(retry: boolean): Promise<unknown> {
    const database = await this.#open();
    const save: unknown = await database.get(STORE, BROKEN);
    if (!retry || save === undefined || !await this.claim()) return save;
    await database.put(STORE, save, CURRENT);
    await database.delete(STORE, BROKEN);
    return save;
  }
}
