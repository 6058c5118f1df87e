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

/**
 * Empties what is kept under the other clock, the set one or the real one. A wipe leaves the choice there; where memory is
 * switched `off`, so is that choice, and reminders stay. A database that is not there is not made.
 *
 * It is emptied and not deleted: with a ledger goes what was spent, and then it has to stand written that no reports are wanted.
 */
export async function emptyOther(off: boolean): Promise<void> {
  const { IndexedDbStorage } = await import('windowshop/early');
  const storage = isApart() ? new IndexedDbStorage() : new IndexedDbStorage(SET_CLOCK_DATABASE);
  try {
    const spent = (await storage.all('ledger')).length > 0;
    const choice = new Map((await storage.all('choice')).map(({ key, value }) => [key, value]));
    if (off && choice.has('consent')) choice.set('consent', 'off');
    if (spent) choice.set('reports', 'off');
    await storage.replace(
      ['choice', 'events', 'ledger', 'snapshot', ...(off ? [] : (['reminders'] as const))],
      'choice',
      [...choice].map(([key, value]) => ({ key, value })),
    );
  } finally {
    storage.close();
  }
}
