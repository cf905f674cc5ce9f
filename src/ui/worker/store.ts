// What the browser keeps of hosts between visits: their input logs, in IndexedDB.

import { openDB, type IDBPDatabase } from 'idb';
import type { HostSave } from '../../host/host-api.ts';

const DATABASE = 'stowage', STORE = 'hosts', CURRENT = 'current', BROKEN = 'set-aside';

const keyOf = (lesson: string | undefined): string => (lesson === undefined ? CURRENT : `lesson:${lesson}`);

export class HostStore {
  #database: Promise<IDBPDatabase> | undefined;

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
    await (await this.#open()).put(STORE, save, keyOf(lesson));
  }

  async clear(): Promise<void> {
    await (await this.#open()).clear(STORE);
  }

  /** Keep a save that cannot be read, out of the way. */
  async setAside(save: unknown): Promise<void> {
    await (await this.#open()).put(STORE, save, BROKEN);
    await (await this.#open()).delete(STORE, CURRENT);
  }
}
