/** What every entry exports besides `createEngine`. */

export { EngineError, EventError, LoadError, RequestError, StorageError, WindowshopError } from './errors.js';
export type { ErrorCode } from './errors.js';
export { fromDataLayer, fromGtag } from './events.js';
export { IndexedDbStorage, MemoryStorage } from './storage.js';
export * from './types.js';
