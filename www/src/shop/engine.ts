/** Opens the engine: the only file of the storefront that loads the npm package, and it does so after the first paint. */

import type { Engine } from 'windowshop';
import * as clock from '../clock';
import { manifestUrl } from './files';

/** Fetches the engine and the pack and starts it. Rejects with an error that has a `code`. */
export async function openEngine(language: string): Promise<Engine> {
  const { createEngine } = await import('windowshop');
  return createEngine({
    pack: manifestUrl(),
    language,
    now: clock.now,
    reports: new URL('v1/reports', document.baseURI),
  });
}
