/**
 * What is served beyond the state that an engine is in. Loaded only where a page asks for it while it stays open. It imports
 * nothing: what fetches is handed to it.
 */

import type { Found } from './load.js';
import type { News, Sources } from './sources.js';
import type { Language } from './types.js';

/**
 * What is new in a manifest: the deltas beyond a state, or the whole of another pack.
 *
 * @param state where the engine is
 * @param language what it speaks
 * @returns `undefined` where nothing is new
 */
export async function newsOf(found: Found, state: string, language: Language, { fetchAll, fetchDeltas }: Sources): Promise<News | undefined> {
  const { state: first, deltas } = found.manifest;
  const at = [first, ...deltas.map(({ to }) => to)].lastIndexOf(state);
  if (at < 0) return fetchAll(found, { language });
  return at < deltas.length ? { text: undefined, deltas: await fetchDeltas(deltas.slice(at), found.base, {}) } : undefined;
}
