/** Of a pack that is handed over. Loaded only where one is. It imports nothing: what it needs is handed to it. */

import type { readText } from './load.js';
import type { pickLanguage } from './messages.js';
import type { Pack } from './sources.js';
import type { Bytes, Language, PackBytes } from './types.js';

/** The pack, with its text in one language. */
export async function handed({ bytes, text, deltas }: PackBytes, wanted: Language | undefined, pick: typeof pickLanguage, read: typeof readText): Promise<Pack> {
  const language = pick(Object.keys(text ?? {}), wanted);
  return {
    bytes: bytesOf(bytes),
    text: language === undefined ? undefined : await read(bytesOf(text![language]!), `the text in '${language}'`),
    deltas: (deltas ?? []).map(bytesOf),
    correction: 0,
  };
}

/** A view names its buffer and its bounds; a buffer, which is its own, none. */
function bytesOf(given: Bytes): Uint8Array<ArrayBuffer> {
  const { buffer = given as ArrayBuffer, byteOffset, byteLength } = given as Partial<ArrayBufferView<ArrayBuffer>>;
  return new Uint8Array(buffer, byteOffset, byteLength);
}
