/** Opens the engine: the only file of the storefront that loads the npm package, and it does so after the first paint. */

import type { EarlyEngine } from 'windowshop/early';
import * as clock from '../clock';
import { manifestUrl } from './files';
import { isApart, SET_CLOCK_DATABASE, SET_CLOCK_STORAGE } from './trial';

/** Fetches the engine and the pack, where it has one its excerpt first, and starts it. Rejects with an error that has a `code`. */
export async function openEngine(language: string): Promise<EarlyEngine> {
  const { createEngine, IndexedDbStorage } = await import('windowshop/early');
  const shop = { pack: manifestUrl(), language, now: clock.now };
  if (!isApart()) return createEngine({ ...shop, reports: new URL('v1/reports', document.baseURI) });
  class SetClockStorage extends IndexedDbStorage {
    override readonly kind = SET_CLOCK_STORAGE;
  }
  return createEngine({ ...shop, storage: new SetClockStorage(SET_CLOCK_DATABASE) });
}
