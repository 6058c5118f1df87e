/**
 * What a disguised answer says by itself: which answers of the question it supports, by their places in the question's list.
 * The list's words are the engine's and are not told with a report.
 */

/** One answer of so many that is named, or the answers that are set. */
export interface Disguise {
  kind: 'named' | 'set';
  /** Places of answers, the first being 1. */
  places: number[];
}

/** Reads `randomiser-edition-disguise`, such as `krr-1f2e3d4c-05`; undefined for what is written in another way. */
export function disguiseOf(answer: string): Disguise | undefined {
  const [, randomiser, hex] = /^(krr|oue)-[0-9a-f]+-((?:[0-9a-f]{2})+)$/.exec(answer) ?? [];
  if (hex === undefined) return undefined;
  const bytes = (hex.match(/../g) ?? []).map((byte) => parseInt(byte, 16));
  if (randomiser === 'krr') return bytes.length === 1 ? { kind: 'named', places: [bytes[0]! + 1] } : undefined;
  // A bit for each answer, the first in the lowest bit of the first byte.
  const places = bytes.flatMap((byte, at) =>
    Array.from({ length: 8 }, (_, bit) => (byte >> bit) & 1 && at * 8 + bit + 1),
  );
  return { kind: 'set', places: places.filter((place) => place > 0) };
}
