/** Of a pack that is handed over. Loaded only where one is. It imports nothing: what it needs is handed to it. */

import type { fail } from './failing.js';
import type { pickLanguage } from './messages.js';
import type { Pack } from './sources.js';
import type { PackText, textOf } from './text.js';
import type { Bytes, Language, PackBytes } from './types.js';

/**
 * The pack, with its text in one language. Of what is fetched a digest tells that it is whole; of a text that is handed over its
 * lines do, as far as they can.
 */
export async function handed({ bytes, text, deltas }: PackBytes, wanted: Language | undefined, pick: typeof pickLanguage, read: typeof textOf, refuse: typeof fail): Promise<Pack> {
  const language = pick(Object.keys(text ?? {}), wanted);
  const told = language === undefined ? undefined : await textIn(language, text![language]!, read, refuse);
  return { bytes: bytesOf(bytes), text: told, deltas: (deltas ?? []).map(bytesOf), correction: 0 };
}

async function textIn(language: Language, file: Bytes, read: typeof textOf, refuse: typeof fail): Promise<PackText> {
  const refused = (why: string, cause?: unknown) => refuse('text_load', 'unreadable', [language, why], cause);
  let text: PackText;
  try {
    // A copy: it is read for as long as the engine is there, whatever becomes of what was handed over.
    text = read(bytesOf(file).slice());
  } catch (cause) {
    return refused(String(cause), cause);
  }
  const { items, starts = [], format } = text as Partial<PackText> & { items: Uint8Array };
  const begins = (at: number): boolean => at === 0 || items[at - 1] === 10;
  // Of another layout nothing is known but that it is one.
  return format !== 2 || (begins(items.length) && starts.every(begins)) ? text : refused('its lines are not where its first line tells');
}

/** A view names its buffer and its bounds; a buffer, which is its own, none. */
function bytesOf(given: Bytes): Uint8Array<ArrayBuffer> {
  const { buffer = given as ArrayBuffer, byteOffset, byteLength } = given as Partial<ArrayBufferView<ArrayBuffer>>;
  return new Uint8Array(buffer, byteOffset, byteLength);
}
