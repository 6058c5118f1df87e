/** What to look for instead where a search finds nothing: the nearest of the shop's own words, or fewer words. */

import { HAN } from './search';

/** How many shorter searches are suggested. */
const SHORTER = 3;

/** What suggestions are made from. */
export interface Catalogue {
  /** Every word that goods are called by, in its singular. */
  vocabulary(): ReadonlySet<string>;
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
  const parts = catalogue.parts(term);
  const known = catalogue.vocabulary();
  const mended = parts.map((part) => (HAN.test(part) || known.has(part) ? part : (nearestOf(part, known) ?? part)));
  const changed = mended.some((part, at) => part !== parts[at]);
  const nearest = changed ? join(mended) : undefined;
  const found = nearest !== undefined && catalogue.finds(nearest) ? nearest : undefined;
  const from = changed && !found ? mended : parts;
  // A word less, or else each word by itself.
  const those = (texts: readonly string[]): string[] | undefined => {
    const some = [...new Set(texts)].filter((text) => text !== found && catalogue.finds(text)).slice(0, SHORTER);
    return some.length > 0 ? some : undefined;
  };
  const shorter =
    from.length < 2
      ? []
      : (those(from.map((_, at) => join(from.filter((__, other) => other !== at)))) ?? those(from) ?? []);
  return { ...(found === undefined ? {} : { nearest: found }), shorter };
}

/** Parts as one types them: Chinese ones without a space. */
const join = (parts: readonly string[]): string => parts.join(parts.every((part) => HAN.test(part)) ? '' : ' ');

/** The letters of a word, whatever their order. */
const lettersOf = (word: string): string => [...word].sort().join('');

/**
 * The known word that a misspelt one is nearest to, within one slip for a short word and two for a longer one. Among equally
 * near ones it is one of the same letters: exchanging two is the likelier slip than leaving one out.
 */
export function nearestOf(word: string, known: ReadonlySet<string>): string | undefined {
  if (word.length < 3) return undefined;
  const most = word.length < 6 ? 1 : 2;
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
