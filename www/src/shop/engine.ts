/** Opens the engine: the only file of the storefront that loads the npm package, and it does so after the first paint. */

import type { Engine } from 'windowshop';
import * as clock from '../clock';
import { manifestUrl } from './files';
import { isApart, SET_CLOCK_DATABASE, SET_CLOCK_STORAGE } from './trial';

/** Fetches the engine and the pack and starts it. Rejects with an error that has a `code`. */
export async function openEngine(language: string): Promise<Engine> {
  const { createEngine, IndexedDbStorage } = await import('windowshop');
  const shop = { pack: manifestUrl(), language, now: clock.now };
  if (!isApart()) return createEngine({ ...shop, reports: new URL('v1/reports', document.baseURI) });
  class SetClockStorage extends IndexedDbStorage {
    override readonly kind = SET_CLOCK_STORAGE;
  }
  return createEngine({ ...shop, storage: new SetClockStorage(SET_CLOCK_DATABASE) });
}
