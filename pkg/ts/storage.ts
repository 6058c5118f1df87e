/**
 * Where kept things go. Each adapter is a file in storage/: `memory` for the length of the visit, `indexeddb` for good.
 *
 * Five stores, each a list of readable records (types.ts, StoreName). What may be written when is not decided here:
 * keeper.ts knows the consent.
 */

export { IndexedDbStorage } from './storage/indexeddb.js';
export { MemoryStorage } from './storage/memory.js';
