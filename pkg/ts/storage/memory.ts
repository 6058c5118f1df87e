/** Keeps records for as long as the page lives. */

import type { StorageAdapter, StoredRecord, StoreName } from '../types.js';

/** A {@link StorageAdapter} that forgets with the page. */
export class MemoryStorage implements StorageAdapter {
  readonly kind: string = 'memory';
  readonly #stores = new Map<StoreName, Map<string, unknown>>();

  async all(store: StoreName): Promise<StoredRecord[]> {
    return Array.from(this.#stores.get(store) ?? [], ([key, value]) => ({ key, value }));
  }

  async put(store: StoreName, records: StoredRecord[]): Promise<void> {
    const rows = this.#stores.get(store) ?? new Map<string, unknown>();
    for (const { key, value } of records) rows.set(key, structuredClone(value));
    this.#stores.set(store, rows);
  }

  async remove(store: StoreName, keys: string[]): Promise<void> {
    for (const key of keys) this.#stores.get(store)?.delete(key);
  }

  async replace(stores: StoreName[], store: StoreName, records: StoredRecord[]): Promise<void> {
    for (const cleared of stores) this.#stores.delete(cleared);
    return this.put(store, records);
  }

  close(): void {
    this.#stores.clear();
  }
}
