/**
 * Makes objects of a ranking that comes as words, in the order that stands in the head of src/engine/views/flat.rs.
 *
 * The words are a copy of what the module wrote, so that nothing of its memory is in reach here, whatever they say. Each text and
 * each sentence is made once, however many reasons share it.
 */

import type { PackCatalogue } from './catalogue.js';
import type { Sentence } from './messages.js';
import type { Reason, Recommendation, Recommendations } from './types.js';
import { decoder } from './values.js';

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

/** What several reasons have in common. */
type Ground = Omit<Reason, 'contribution'>;

/** The ranking that some words hold; `say` puts its reasons into words. */
export function readRanking(words: Uint32Array, say: (told: ToldSentence) => string): Recommendations {
  let at = 0;
  const next = (): number => words[at++]!;
  /** As many as the next word says. */
  const several = <One>(one: () => One): One[] => {
    const list: One[] = [];
    for (let left = next(); left--; ) list.push(one());
    return list;
  };
  const bytes = next();
  const written = decoder.decode(new Uint8Array(words.slice(-((bytes + 3) >>> 2)).buffer, 0, bytes));
  let from = 0;
  const texts = [undefined, ...several(() => written.slice(from, (from += next())))];
  const maybe = (): string | undefined => texts[next()];
  const text = maybe as () => string;

  const grounds = several((): Ground => {
    const code = text();
    const told = { message: text(), item: maybe(), brand: maybe(), category: maybe(), attribute: maybe(), size: maybe(), count: next() };
    return { code, text: say(told), events: several(() => `${next()}-${next()}`) };
  });

  const surface = text() as Recommendations['surface'];
  const personal = next() > 0;
  const variant = maybe();
  const items = several((): Ranked => {
    const row = next();
    const id = text();
    const score = next() | 0;
    const explored = next();
    const reasons = several((): Reason => {
      const { code, text, events } = grounds[next()] as Ground;
      return { code, contribution: next() | 0, text, events: events.slice() };
    });
    return { row, id, score, ...(explored && { explored }), reasons };
  });
  return { surface, personal, ...(variant !== undefined && { variant }), items, total: next(), state: text(), digest: text(), now: next() + (next() | 0) * 2 ** 32 };
}

/** A kind's name within a sentence: "Knitwear" begins small there, "T-shirts" does not, for a small letter follows in the one alone. */
const within = (name: string): string => (/^.\p{Ll}/u.test(name) ? name[0]!.toLowerCase() + name.slice(1) : name);

/** Puts reasons into words: in what is told, ids become names. */
export function speakerOf(sentence: Sentence, catalogue: PackCatalogue): (told: ToldSentence) => string {
  return (told) => {
    const { message, brand, category, attribute } = told;
    if (brand) told.brand = catalogue.brandName(brand);
    if (category) told.category = within(catalogue.categoryName(category));
    if (attribute) told.attribute = catalogue.attributeName(attribute);
    // An attribute without a name is not for shoppers' eyes.
    return sentence(attribute && !told.attribute ? `${message}.unnamed` : message, told as unknown as Parameters<Sentence>[1]);
  };
}
