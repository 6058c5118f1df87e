/**
 * Keeps records in IndexedDB, in a database that does not exist until something is kept.
 *
 * Looking whether there is one creates none: an opening that would create it is called off. So a visitor who clicked
 * nothing has nothing in this browser, not even an empty database.
 */

import { StorageError, wordsOf } from '../errors.js';
import type { StorageAdapter, StoredRecord, StoreName } from '../types.js';

const STORES: readonly StoreName[] = ['choice', 'events', 'ledger', 'reminders', 'snapshot'];

/** A {@link StorageAdapter} over the IndexedDB database of this name. */
export class IndexedDbStorage implements StorageAdapter {
  readonly kind: string = 'indexeddb';
  readonly #name: string;
  #database: IDBDatabase | undefined;

  constructor(name = 'windowshop') {
    this.#name = name;
  }

  async all(store: StoreName): Promise<StoredRecord[]> {
    const database = await this.#open(false);
    if (!database) return [];
    const transaction = this.#begin(database, [store], 'readonly');
    const rows = transaction.objectStore(store);
    const keys = rows.getAllKeys();
    const values = rows.getAll();
    await finished(transaction);
    return keys.result.map((key, at) => ({ key: String(key), value: values.result[at] as unknown }));
  }

  put(store: StoreName, records: StoredRecord[]): Promise<void> {
    return this.replace([], store, records);
  }

  async remove(store: StoreName, keys: string[]): Promise<void> {
    const database = await this.#open(false);
    if (!database || keys.length === 0) return;
    const transaction = this.#begin(database, [store], 'readwrite');
    for (const key of keys) transaction.objectStore(store).delete(key);
    await finished(transaction);
  }

  async replace(stores: StoreName[], store: StoreName, records: StoredRecord[]): Promise<void> {
    const database = await this.#open(records.length > 0);
    if (!database) return;
    const transaction = this.#begin(database, [...stores, store], 'readwrite');
    for (const cleared of stores) transaction.objectStore(cleared).clear();
    for (const { key, value } of records) transaction.objectStore(store).put(value, key);
    await finished(transaction);
  }

  close(): void {
    this.#database?.close();
    this.#database = undefined;
  }

  #begin(database: IDBDatabase, stores: StoreName[], mode: IDBTransactionMode): IDBTransaction {
    try {
      return database.transaction(stores, mode);
    } catch (cause) {
      throw failed(cause);
    }
  }

  /** The database; `undefined` where there is none and none is to be made. */
  async #open(create: boolean): Promise<IDBDatabase | undefined> {
    if (this.#database) return this.#database;
    const database = await new Promise<IDBDatabase | undefined>((resolve, reject) => {
      let calledOff = false;
      let request: IDBOpenDBRequest;
      try {
        request = indexedDB.open(this.#name, 1);
      } catch (cause) {
        reject(failed(cause));
        return;
      }
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
        else reject(failed(request.error));
      };
      request.onblocked = () => reject(failed('another tab holds an older version of it open'));
    });
    if (!database) return undefined;
    // Another tab deletes or renews the database: let it, and open anew at the next use.
    database.onversionchange = () => this.close();
    database.onclose = () => (this.#database = undefined);
    // Two calls may have opened at once; one connection is enough.
    if (this.#database) database.close();
    return (this.#database ??= database);
  }
}

/** Settles with the transaction: all of it was written, or nothing was. */
function finished(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(failed(transaction.error));
  });
}

/** The typed error of a failed storage operation. */
function failed(cause: unknown): StorageError {
  return new StorageError('storage', `the storage failed (${wordsOf(cause ?? 'called off')}): it may be full, or forbidden in a private window`, { cause });
}
