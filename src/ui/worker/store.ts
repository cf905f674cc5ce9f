// What the browser keeps of the host between visits: the input log, in IndexedDB.

import { openDB, type IDBPDatabase } from 'idb';
import type { HostSave } from '../../host/host-api.ts';

const DATABASE = 'stowage', STORE = 'hosts', CURRENT = 'current', BROKEN = 'set-aside';

export class HostStore {
  #database: Promise<IDBPDatabase> | undefined;

  /** @throws what the browser says when storage is not to be had */
  #open(): Promise<IDBPDatabase> {
    this.#database ??= openDB(DATABASE, 1, { upgrade: (database) => void database.createObjectStore(STORE) });
    return this.#database;
  }

  async load(): Promise<unknown> {
    return (await this.#open()).get(STORE, CURRENT);
  }

  async save(save: HostSave): Promise<void> {
    await (await this.#open()).put(STORE, save, CURRENT);
  }

  /** Keep a save that cannot be read, out of the way. */
  async setAside(save: unknown): Promise<void> {
    await (await this.#open()).put(STORE, save, BROKEN);
    await (await this.#open()).delete(STORE, CURRENT);
  }
}
