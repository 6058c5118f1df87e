/**
 * Chinese has no spaces: where words begin and end in what a shop writes. Words are those that it names kinds and properties
 * by, and those that its goods' names show to be words: what stands between known ones, and what many names begin with.
 */

/** Chinese text. */
export const HAN = /\p{Script=Han}/u;

/** No word of a shop is longer. */
const LONGEST = 8;
/** What stands by itself in names is a word where it has so many signs. */
const SHORT = { least: 2, most: 4 };
/** What names begin with is a word where so many different signs go on from it. */
const BRANCHES = 3;

/** Text cut at words, from left to right, the longest first; what lies between is a piece by itself. */
export function cutAtWords(text: string, isWord: (text: string) => boolean): { text: string; isWord: boolean }[] {
  const pieces: { text: string; isWord: boolean }[] = [];
  let loose = '';
  const flush = () => {
    if (loose) pieces.push({ text: loose, isWord: false });
    loose = '';
  };
  for (let at = 0; at < text.length;) {
    let word = '';
    for (let length = Math.min(LONGEST, text.length - at); length > 1 && !word; length--) {
      const here = text.slice(at, at + length);
      if (isWord(here)) word = here;
    }
    if (word) {
      flush();
      pieces.push({ text: word, isWord: true });
      at += word.length;
    } else loose += text[at++];
  }
  flush();
  return pieces;
}

/** The words that names are made of besides the known ones. */
export function wordsOfNames(names: Iterable<string>, known: ReadonlySet<string>): Set<string> {
  const runs = new Set<string>();
  for (const name of new Set(names))
    for (const { text, isWord } of cutAtWords(name, (word) => known.has(word)))
      if (!isWord) for (const run of text.match(/\p{Script=Han}+/gu) ?? []) runs.add(run);
  const words = new Set<string>();
  const after = new Map<string, Set<string>>();
  for (const run of runs) {
    if (run.length >= SHORT.least && run.length <= SHORT.most) words.add(run);
    for (let length = SHORT.least; length <= SHORT.most && length < run.length; length++) {
      const start = run.slice(0, length);
      const signs = after.get(start);
      if (signs) signs.add(run[length]!);
      else after.set(start, new Set(run[length]));
    }
  }
  for (const [start, signs] of after) if (signs.size >= BRANCHES) words.add(start);
  return words;
}
