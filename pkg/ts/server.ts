/** What is different where there is no page: an address has nothing that it could be relative to. */

import { RequestError } from './errors.js';
import type { EngineOptions } from './types.js';

/**
 * Checks that addresses are whole ones, before a fetch fails on them.
 *
 * @throws {RequestError} naming the option and what to pass
 */
export function checkAddresses(options: Pick<EngineOptions, 'pack' | 'wasm' | 'reports'>): void {
  // Where a page is played (a test's DOM with a fetch of its own) addresses can be relative to it.
  if (globalThis.location !== undefined) return;
  for (const option of ['pack', 'wasm', 'reports'] as const) {
    const address = options?.[option];
    if ((typeof address !== 'string' && !(address instanceof URL)) || /^https?:/i.test(String(address))) continue;
    const instead = option === 'pack' ? 'or read the files and pass { bytes, text, deltas }: ' : '';
    const why = /^[a-z][a-z\d+.-]*:/i.test(String(address)) ? 'no other is fetched' : 'there is no page that it could be relative to';
    throw new RequestError('request_invalid', `createEngine's option '${option}' must be a whole address here, beginning with https://, ${instead || 'for '}${why} (${String(address)})`);
  }
}
