/**
 * Keeps records in IndexedDB, in a database that does not exist until something is kept.
 *
 * Looking whether there is one creates none: the browser is asked for the names of those there are, and where it cannot tell an
 * opening that would create it is called off. So a visitor who clicked nothing has nothing in this browser, not even an empty
 * database. Where one was cleared away under a running page none is made again before the shopper chooses anew: nothing is kept
 * without the choice that allows it.
 */

import { StorageError, wordsOf } from '../errors.js';
import type { StorageAdapter, StoredRecord, StoreName } from '../types.js';

const STORES: readonly StoreName[] = ['choice', 'events', 'ledger', 'reminders', 'snapshot'];

/** A {@link StorageAdapter} over the IndexedDB database of this name. */
export class IndexedDbStorage implements StorageAdapter {
  readonly kind: string = 'indexeddb';
  readonly name: string;
  #database: IDBDatabase | undefined;
  /** Whether there was a database: one that is gone was cleared away by the shopper, and the choice with it. */
  #had = false;

  constructor(name = 'windowshop') {
    this.name = name;
  }

  async all(store: StoreName): Promise<StoredRecord[]> {
    const kept = await this.#within([store], 'readonly', false, (rows) => [rows(store).getAllKeys(), rows(store).getAll()] as const);
    if (!kept) return [];
    const [keys, values] = kept;
    return keys.result.map((key, at) => ({ key: String(key), value: values.result[at] as unknown }));
  }

  put(store: StoreName, records: StoredRecord[]): Promise<void> {
    return this.replace([], store, records);
  }

  async remove(store: StoreName, keys: string[]): Promise<void> {
    await this.#within([store], 'readwrite', false, (rows) => {
      for (const key of keys) rows(store).delete(key);
    });
  }

  async replace(stores: StoreName[], store: StoreName, records: StoredRecord[]): Promise<void> {
    await this.#within([...stores, store], 'readwrite', records[0] !== undefined && !(this.#had && records[0].key !== 'consent'), (rows) => {
      for (const cleared of stores) rows(cleared).clear();
      for (const { key, value } of records) rows(store).put(value, key);
    });
  }

  close(): void {
    this.#database?.close();
    this.#database = undefined;
  }

  /**
   * Works in one transaction, and settles with it: all of it was written, or nothing was. `undefined` where there is no
   * database and none is to be made.
   *
   * @throws {StorageError} whatever failed
   */
  async #within<Made>(stores: StoreName[], mode: IDBTransactionMode, create: boolean, work: (rows: (store: StoreName) => IDBObjectStore) => Made): Promise<Made | undefined> {
    try {
      const database = await this.#open(create);
      if (!database) return undefined;
      const transaction = database.transaction(stores, mode);
      const made = work((store) => transaction.objectStore(store));
      // Nothing is asked for any more: a page that is left now keeps what it wrote. By itself the browser looks for more first.
      transaction.commit?.();
      await new Promise((resolve, reject) => {
        transaction.oncomplete = resolve;
        transaction.onabort = () => reject(transaction.error);
      });
      return made;
    } catch (cause) {
      throw new StorageError('storage', `the storage failed (${wordsOf(cause)}): it may be full, or forbidden in a private window`, { cause });
    }
  }

  /** The database; `undefined` where there is none and none is to be made. */
  async #open(create: boolean): Promise<IDBDatabase | undefined> {
    if (this.#database) return this.#database;
    // Some browsers lay out a folder for an opening, even for one that is called off.
    if (!create && (await indexedDB.databases?.())?.every(({ name }) => name !== this.name)) return undefined;
    const database = await new Promise<IDBDatabase | undefined>((resolve, reject) => {
      let calledOff = false;
      const request = indexedDB.open(this.name, 1);
      request.onupgradeneeded = () => {
        if (create) {
          for (const store of STORES) request.result.createObjectStore(store);
        } else {
          calledOff = true;
          request.transaction?.abort();
        }
      };
      request.onsuccess = () => resolve(request.result);
      request.onerror = (event) => {
        event.preventDefault();
        if (calledOff) resolve(undefined);
        else reject(request.error);
      };
    });
    if (!database) return undefined;
    this.#had = true;
    // Another tab deletes or renews the database: let it, and open anew at the next use.
    database.onversionchange = () => this.close();
    database.onclose = () => (this.#database = undefined);
    // Two calls may have opened at once; one connection is enough.
    if (this.#database) database.close();
    return (this.#database ??= database);
  }
}
