/** What this browser has stored, read past the engine: what tests of keeping look at. */

import { IndexedDbStorage } from '../dist/node.js';
import type { StoredRecord, StoreName } from '../dist/node.js';

const STORES: readonly StoreName[] = ['choice', 'events', 'ledger', 'reminders', 'snapshot'];

/** Every record of this browser, by store; the stores that are empty are left out. */
export async function kept(): Promise<Partial<Record<StoreName, StoredRecord[]>>> {
  const storage = new IndexedDbStorage();
  const found: Partial<Record<StoreName, StoredRecord[]>> = {};
  for (const store of STORES) {
    const records = await storage.all(store);
    if (records.length > 0) found[store] = records;
  }
  storage.close();
  return found;
}
