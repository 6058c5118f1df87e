/**
 * Reads a ranking out of the module's memory: the words that src/engine/views/flat.rs writes, in whose head their order stands.
 *
 * Objects are made of what is shown and of nothing else; each text, event and sentence is made once, however many reasons
 * share it. Whatever the words say, nothing beyond them is read.
 */

import type { Reason, Recommendation, Recommendations } from './types.js';

/** What a sentence says: a message's key and its arguments, ids not yet names. */
export interface ToldSentence {
  message: string;
  count: number;
  item?: string | undefined;
  brand?: string | undefined;
  category?: string | undefined;
  attribute?: string | undefined;
  size?: string | undefined;
}

/** An item with its row in the pack, which is no part of the types. */
interface Ranked extends Recommendation {
  row: number;
}

/** How many words the head has. */
const HEAD = 14;

// A text may begin with what elsewhere is a mark of the order of bytes.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** The ranking that some words hold; `say` puts its reasons into words and asks the module nothing, which would overwrite them. */
export function readRanking(words: Int32Array, say: (told: ToldSentence) => string): Recommendations {
  const word = (at: number): number => words[at] ?? 0;
  const bytes = word(1);
  const behind = words.length - ((bytes + 3) >>> 2);
  const written = decoder.decode(new Uint8Array(words.buffer, words.byteOffset, words.byteLength).subarray(4 * behind, 4 * behind + bytes));
  const texts: string[] = [];
  for (let left = word(2), from = 0; left > 0; left--) {
    const to = from + word(behind - left);
    texts.push(written.slice(from, to));
    from = to;
  }
  // What is absent is written as -1.
  const maybe = (number: number): string | undefined => (number < 0 ? undefined : texts[number]);
  const text = (number: number): string => maybe(number) ?? '';

  let at = HEAD;
  const events: string[] = [];
  for (let left = word(3); left > 0; left--, at += 2) events.push(`${word(at) >>> 0}-${word(at + 1) >>> 0}`);
  const event = (where: number): string => events[word(where)] ?? '';

  const codes: string[] = [];
  const said: string[] = [];
  for (let left = word(4); left > 0; left--, at += 8) {
    codes.push(text(word(at)));
    said.push(
      say({
        message: text(word(at + 1)),
        count: word(at + 2) >>> 0,
        item: maybe(word(at + 3)),
        brand: maybe(word(at + 4)),
        category: maybe(word(at + 5)),
        attribute: maybe(word(at + 6)),
        size: maybe(word(at + 7)),
      }),
    );
  }

  const items: Ranked[] = [];
  for (let left = word(5); left > 0; left--) {
    const row = word(at) >>> 0;
    const id = text(word(at + 1));
    const score = word(at + 2);
    const explored = word(at + 3);
    const reasons: Reason[] = [];
    let more = word(at + 4);
    for (at += 5; more > 0; more--) {
      const sentence = word(at);
      const contribution = word(at + 1);
      const count = word(at + 2);
      at += 3;
      // Written out, for a list that grows takes room for more.
      const rests = count === 1 ? [event(at)] : count === 2 ? [event(at), event(at + 1)] : count === 3 ? [event(at), event(at + 1), event(at + 2)] : [];
      at += count;
      reasons.push({ code: codes[sentence] ?? '', contribution, text: said[sentence] ?? '', events: rests });
    }
    items.push(explored < 0 ? { row, id, score, reasons } : { row, id, score, explored, reasons });
  }

  const variant = maybe(word(7));
  return {
    surface: text(word(6)) as Recommendations['surface'],
    personal: word(10) === 1,
    ...(variant === undefined ? {} : { variant }),
    items,
    total: word(11) >>> 0,
    state: text(word(8)),
    digest: text(word(9)),
    now: word(13) * 2 ** 32 + (word(12) >>> 0),
  };
}
