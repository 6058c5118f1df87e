/**
 * Finding goods by words. English is compared word by word, in its singular; Chinese, which has no spaces, is split by
 * the words that the shop itself uses and compared by parts. What is asked for as a size must be there in that size.
 */

import type { Item, Shelves } from './rows';
import { SYNONYMS } from './synonyms';

/** What a language adds: how attributes read. */
export type ValueOf = (attribute: string, word: string) => string;

/** One thing that was asked for. */
interface Asked {
  /** A word in its singular, or a part of Chinese text. */
  text: string;
  /** `whole` is what several parts were together: goods whose name has it stand first, and none has to. */
  kind: 'word' | 'part' | 'whole' | 'colour' | 'size';
}

/** What goods are looked at by; made once for each item. */
interface Words {
  /** Text in one piece, for Chinese. */
  name: string;
  rest: string;
  colour: string;
  /** Words in their singular, for everything else. */
  inName: ReadonlySet<string>;
  inRest: ReadonlySet<string>;
  sizes: ReadonlySet<string>;
}

/** How well something fits: the more words its own name has, the better; undefined where a word is missing. */
export type Fit = number | undefined;

/** Chinese text. */
export const HAN = /\p{Script=Han}/u;
/** Words that say nothing of what is looked for. */
const IDLE = new Set(['a', 'an', 'the', 'in', 'of', 'for', 'with', 'and', 'or', 'by', 'to']);
const IDLE_HAN = /[的和与在有款件双条]/gu;
/** Words for colours that no colour of the shop is called; each is a part of those that are. */
const COLOURS = /^[红橙黄绿青蓝紫白黑灰棕粉金银]色$/u;
/** Chinese words that begin with a Latin letter. */
const LATIN = ['t恤', 'polo衫'];
/** Who goods are for, as the shop's categories say it. */
const WHOM: readonly (readonly [RegExp, string])[] = [
  [/女[士式款生]|女人/gu, '女装'],
  [/男[士式款生]|男人/gu, '男装'],
  [/儿童|孩子|小孩/gu, '童'],
];

const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[’']s\b/g, '')
    .replace(/[’']/g, '')
    // An amount is the same with a space before its unit and without.
    .replace(/(\d)(?=(?:ml|g|kg|cm)\b)/g, '$1 ');

/** A word in its singular, or what stands for it: both sides are treated alike. */
export function singular(word: string): string {
  // Also as they are written without their apostrophe.
  if (/^womens?$/.test(word)) return 'woman';
  if (/^mens?$/.test(word)) return 'man';
  if (/^childrens?$/.test(word)) return 'child';
  if (word.length < 4 || !/^[a-z]+$/.test(word) || /(ss|us|is)$/.test(word)) return word;
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (word.endsWith('ves')) return `${word.slice(0, -3)}f`;
  if (/(ss|x|z|ch|sh)es$/.test(word)) return word.slice(0, -2);
  return word.endsWith('s') ? word.slice(0, -1) : word;
}

const wordsOf = (text: string): string[] =>
  plain(text)
    .split(/[^\p{L}\p{N}.]+/u)
    .filter(Boolean);

const singulars = (...texts: string[]): Set<string> => {
  const found = new Set<string>();
  for (const text of texts) for (const word of wordsOf(text)) if (!HAN.test(word)) found.add(singular(word));
  // A hyphenated word is found by its parts and by itself; both are words already.
  return found;
};

/** A category's name and its id, which are words of another language than the page's at times, with those above it. */
function categoryNames(category: string, shelves: Shelves): string {
  const row = shelves.categories.find(({ id }) => id === category);
  if (!row) return '';
  const own = `${row.name} ${row.id}`;
  return row.parent !== undefined && row.parent !== category ? `${own} ${categoryNames(row.parent, shelves)}` : own;
}

/** Whether Chinese text says something: in one piece, or in two pieces that stand apart. */
function says(text: string, part: string): boolean {
  if (text.includes(part)) return true;
  for (let cut = 2; cut <= part.length - 2; cut++)
    if (text.includes(part.slice(0, cut)) && text.includes(part.slice(cut))) return true;
  return false;
}

/** What parts that stand side by side in a text are together. */
function wholes(text: string, asked: readonly Asked[]): Asked[] {
  const runs: string[] = [];
  let run: string[] = [];
  for (const { text: part, kind } of [...asked, { text: '', kind: 'size' }]) {
    if (kind === 'part' && text.includes([...run, part].join(''))) {
      run.push(part);
      continue;
    }
    if (run.length > 1) runs.push(run.join(''));
    run = kind === 'part' ? [part] : [];
  }
  return runs.map((whole) => ({ text: whole, kind: 'whole' }));
}

/** Looks through a shop's goods; what it learns of them is kept for the next search. */
export class Finder {
  #shelves: Shelves;
  #value: ValueOf;
  #words = new Map<string, Words>();
  #families = new Map<string, string>();
  #vocabulary?: ReadonlySet<string>;
  #called?: ReadonlySet<string>;

  constructor(shelves: Shelves, value: ValueOf) {
    this.#shelves = shelves;
    this.#value = value;
  }

  #family(category: string): string {
    let family = this.#families.get(category);
    if (family === undefined) this.#families.set(category, (family = categoryNames(category, this.#shelves)));
    return family;
  }

  #wordsOf(item: Item): Words {
    let words = this.#words.get(item.id);
    if (!words) {
      const values = Object.entries(item.attributes).flatMap(([key, word]) => [word, this.#value(key, word)]);
      const rest = [item.brandName, item.categoryName, this.#family(item.category), ...values];
      const { colour } = item.attributes;
      words = {
        name: plain(item.name),
        rest: plain(rest.join(' ')),
        colour: colour === undefined ? '' : this.#value('colour', colour),
        inName: singulars(item.name),
        inRest: singulars(...rest),
        sizes: new Set(item.sizes.filter(({ stock }) => stock > 0).map(({ size }) => plain(size))),
      };
      this.#words.set(item.id, words);
    }
    return words;
  }

  /** The shop's own Chinese words: kinds of goods, colours, cloths, cuts and patterns. */
  #known(): ReadonlySet<string> {
    if (this.#vocabulary) return this.#vocabulary;
    const known = new Set<string>();
    const add = (text: string) => {
      for (const word of text.split(/[^\p{Script=Han}]+|[与和、]/u)) if (word.length > 1) known.add(word);
    };
    for (const { name } of this.#shelves.categories) add(name);
    const values = new Set<string>();
    for (const { id } of this.#shelves.sales)
      for (const item of this.#shelves.itemsOf(id) ?? [])
        for (const [key, word] of Object.entries(item.attributes)) values.add(`${key}\n${word}`);
    for (const pair of values) {
      const [key = '', word = ''] = pair.split('\n');
      add(this.#value(key, word));
    }
    for (const [, whom] of WHOM) known.add(whom);
    for (const word of LATIN) known.add(word);
    return (this.#vocabulary = known);
  }

  /** Every word that goods are called by, in its singular. Made where a search found nothing: the goods were looked at then. */
  vocabulary(): ReadonlySet<string> {
    if (this.#called) return this.#called;
    const called = new Set<string>();
    for (const { id } of this.#shelves.sales)
      for (const item of this.#shelves.itemsOf(id) ?? []) {
        const { inName, inRest } = this.#wordsOf(item);
        for (const word of inName) called.add(word);
        for (const word of inRest) called.add(word);
      }
    return (this.#called = called);
  }

  /** What a search term asks for. */
  ask(term: string): Asked[] {
    const asked: Asked[] = [];
    let text = plain(term).replace(/(\d+(?:\.\d+)?|x{0,3}[sl]|m)\s*码/gu, (_, size: string) => {
      asked.push({ text: size, kind: 'size' });
      return ' ';
    });
    text = text.replace(/尺码|码|号/gu, ' ');
    for (const [said, word] of [...SYNONYMS, ...WHOM]) text = text.replace(said, ` ${word} `);
    let size = false;
    for (const word of text.split(/[^\p{L}\p{N}.]+/u).filter(Boolean)) {
      if (word === 'size' || word === 'sizes') size = true;
      else if (size) {
        asked.push({ text: word, kind: 'size' });
        size = false;
      } else if (HAN.test(word)) asked.push(...this.#split(word));
      else if (!IDLE.has(word)) asked.push({ text: singular(word), kind: 'word' });
    }
    return asked;
  }

  /** Splits Chinese by the longest words that are known; what lies between them is a part by itself. */
  #split(text: string): Asked[] {
    const known = this.#known();
    const asked: Asked[] = [];
    let loose = '';
    const part = (word: string) => {
      // A shoe is written with one sign or with two.
      const bare = /^[\p{Script=Han}]子$/u.test(word) ? word.slice(0, 1) : word;
      if (COLOURS.test(word)) asked.push({ text: word.slice(0, 1), kind: 'colour' });
      else if (HAN.test(bare)) asked.push({ text: bare, kind: 'part' });
      else asked.push({ text: singular(bare), kind: 'word' });
    };
    const flush = () => {
      for (const word of loose
        .replace(IDLE_HAN, ' ')
        .split(/\s+|(?<=\p{Script=Han})(?!\p{Script=Han})|(?<!\p{Script=Han})(?=\p{Script=Han})/u))
        if (word) part(word);
      loose = '';
    };
    for (let at = 0; at < text.length;) {
      let word = '';
      for (let length = Math.min(8, text.length - at); length > 1 && !word; length--) {
        const here = text.slice(at, at + length);
        if (known.has(here) || COLOURS.test(here)) word = here;
      }
      if (word) {
        flush();
        part(word);
        at += word.length;
      } else loose += text[at++];
    }
    flush();
    return [...asked, ...wholes(text, asked)];
  }

  /** The parts that a term is looked up by, without what they were together. */
  parts(term: string): string[] {
    return this.ask(term).flatMap(({ text, kind }) => (kind === 'whole' ? [] : [text]));
  }

  /** How well an item fits. */
  fit(item: Item, asked: readonly Asked[]): Fit {
    if (asked.length === 0) return undefined;
    const words = this.#wordsOf(item);
    let fit = 0;
    for (const { text, kind } of asked) {
      if (kind === 'size') {
        if (!words.sizes.has(text)) return undefined;
      } else if (kind === 'colour') {
        if (!words.colour.includes(text)) return undefined;
      } else if (kind === 'whole') {
        if (words.name.includes(text)) fit++;
      } else if (kind === 'part') {
        // A name that has it in one piece says it better than one that has it in two.
        if (says(words.name, text)) fit += words.name.includes(text) ? 2 : 1;
        else if (!says(words.rest, text) && !says(`${words.name} ${words.rest}`, text)) return undefined;
      } else if (words.inName.has(text)) fit++;
      else if (!words.inRest.has(text) && !words.sizes.has(text)) return undefined;
    }
    return fit;
  }

  /** Whether a sale fits by its brand and title. */
  fitsSale(sale: { brandName: string; title: string }, asked: readonly Asked[]): boolean {
    const text = plain(`${sale.brandName} ${sale.title}`);
    const words = singulars(text);
    return (
      asked.length > 0 &&
      asked.every(
        ({ text: word, kind }) =>
          kind === 'whole' || (kind === 'word' ? words.has(word) : kind === 'part' && text.includes(word)),
      )
    );
  }
}
