/** What to look for instead where a search finds nothing: the nearest of the shop's own words, or fewer words. */

import { HAN } from './han';

/** How many shorter searches are suggested. */
const SHORTER = 3;
/** A name is misspelt by one slip where it has fewer letters than this, else by two. */
const LONG_NAME = 8;

/** What suggestions are made from. */
export interface Catalogue {
  /** Every word that goods are called by, by its singular, as it is mostly written of them. */
  vocabulary(): ReadonlyMap<string, string>;
  /** Chinese words that goods are called by. */
  compounds(): ReadonlySet<string>;
  /** The names of the brands. */
  brands(): Iterable<string>;
  /** The parts that a term is looked up by, as they were written or in their singular. */
  parts(term: string): string[];
  /** Whether a term finds something. */
  finds(term: string): boolean;
}

export interface Suggestions {
  nearest?: string;
  shorter: string[];
}

/** What a term that finds nothing may have meant. */
export function suggestionsFor(term: string, catalogue: Catalogue): Suggestions {
  const brand = brandNear(term, catalogue);
  if (brand !== undefined && catalogue.finds(brand)) return { nearest: brand, shorter: [] };
  const known = catalogue.vocabulary();
  const parts = joined(catalogue.parts(term), known);
  const mended = parts.map((part) =>
    HAN.test(part) || known.has(part) ? part : (nearestOf(part, known.keys()) ?? part),
  );
  // Goods are called jeans, whatever their singular.
  const join = (some: readonly string[]) => joinOf(some.map((part) => known.get(part) ?? part));
  const changed = joinOf(mended) !== joinOf(catalogue.parts(term));
  const nearest = HAN.test(term) ? nearestHan(term, catalogue) : changed ? join(mended) : undefined;
  const found = nearest !== undefined && catalogue.finds(nearest) ? nearest : undefined;
  const from = changed && !found ? mended : parts;
  // A word less, or else each word by itself.
  const those = (texts: readonly string[]): string[] | undefined => {
    const some = [...new Set(texts)].filter((text) => text !== found && catalogue.finds(text)).slice(0, SHORTER);
    return some.length > 0 ? some : undefined;
  };
  const shorter =
    from.length < 2
      ? from.flatMap((part) => tailOf(part, catalogue) ?? [])
      : (those(from.map((_, at) => join(from.filter((__, other) => other !== at)))) ??
        those(from.map((part) => join([part]))) ??
        []);
  return { ...(found === undefined ? {} : { nearest: found }), shorter };
}

/** Parts as one types them: Chinese ones without a space. */
const joinOf = (parts: readonly string[]): string => parts.join(parts.every((part) => HAN.test(part)) ? '' : ' ');

/** A word without what stands between its letters. */
const lettersAlone = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');

/** The brand whose name a term is but for a slip, or for what stands between its words. */
function brandNear(term: string, catalogue: Catalogue): string | undefined {
  const byLetters = new Map([...catalogue.brands()].map((name) => [lettersAlone(name), name]));
  const letters = lettersAlone(term);
  const near = nearestOf(letters, byLetters.keys(), letters.length < LONG_NAME ? 1 : 2);
  return near === undefined ? undefined : byLetters.get(near);
}

/** Two parts that are one word of the shop's, as that: sun glasses, rain coat. */
function joined(parts: readonly string[], known: ReadonlyMap<string, string>): string[] {
  const at = parts.findIndex((part, place) => known.has(`${part}${parts[place + 1] ?? ' '}`));
  return at < 0 ? [...parts] : [...parts.slice(0, at), `${parts[at]}${parts[at + 1]}`, ...parts.slice(at + 2)];
}

/** The Chinese word that a term is but for one sign. */
function nearestHan(term: string, catalogue: Catalogue): string | undefined {
  const text = lettersAlone(term);
  return text.length < 3 ? undefined : nearestOf(text, catalogue.compounds(), 1);
}

/** The longest end of a Chinese part that finds something: what a thing is stands last. */
function tailOf(part: string, catalogue: Catalogue): string | undefined {
  if (!HAN.test(part)) return undefined;
  for (let at = 1; at < part.length; at++) if (catalogue.finds(part.slice(at))) return part.slice(at);
  return undefined;
}

/** The letters of a word, whatever their order. */
const lettersOf = (word: string): string => [...word].sort().join('');

/**
 * The known word that a misspelt one is nearest to, within `most` slips: one for a short word and two for a longer one. Among equally
 * near ones it is one of the same letters: exchanging two is the likelier slip than leaving one out.
 */
export function nearestOf(word: string, known: Iterable<string>, most = word.length < 6 ? 1 : 2): string | undefined {
  if (word.length < 3) return undefined;
  const letters = lettersOf(word);
  let best: { word: string; rank: number } | undefined;
  for (const other of known) {
    if (Math.abs(other.length - word.length) > most || /\d/.test(other)) continue;
    const slips = slipsBetween(word, other, most);
    if (slips > most) continue;
    const rank = 2 * slips + Number(lettersOf(other) !== letters);
    if (!best || rank < best.rank || (rank === best.rank && other < best.word)) best = { word: other, rank };
  }
  return best?.word;
}

/**
 * Letters changed, left out, put in or exchanged with their neighbour (optimal string alignment); more than `most` counts as
 * `most + 1`.
 */
export function slipsBetween(one: string, other: string, most: number): number {
  let before: number[] = [];
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const change = (row[j - 1] ?? 0) + Number(one[i - 1] !== other[j - 1]);
      let least = Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1);
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1])
        least = Math.min(least, (before[j - 2] ?? 0) + 1);
      next.push(least);
    }
    if (Math.min(...next) > most) return most + 1;
    [before, row] = [row, next];
  }
  return Math.min(row[other.length] ?? 0, most + 1);
}
