/**
 * Finding goods by words. English is compared word by word, in its singular; Chinese, which has no spaces, is split by
 * the words that the shop itself uses and compared by parts. What is asked for as a size must be there in that size.
 */

import { cutAtWords, HAN, wordsOfNames } from './han';
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
  /** A part that is one of the shop's own words: no name has it that only has its signs, the end of a word and the next one's start. */
  own?: boolean;
}

/** What goods are looked at by; made once for each item. */
interface Words {
  /** Text in one piece, for Chinese. */
  name: string;
  /** The name with a line between its words. */
  cut: string;
  rest: string;
  colour: string;
  /** What its category and those above it are called. */
  kinds: readonly Kind[];
  /** Words in their singular, for everything else. */
  inName: ReadonlySet<string>;
  /** Words of the name that are part of a name in it, such as a scent's: they say less of what it is. */
  inTitle: ReadonlySet<string>;
  inRest: ReadonlySet<string>;
  sizes: ReadonlySet<string>;
}

/**
 * How well something fits: first the kind of thing that is asked for, then the more words its own name has, the better;
 * undefined where a word is missing.
 */
export type Fit = number | undefined;

/** A word that a kind of things is called by counts for more than all words of a name together. */
const KIND = 1_000;

/** Words that say nothing of what is looked for. */
const IDLE = new Set(['a', 'an', 'the', 'in', 'of', 'for', 'with', 'and', 'or', 'by', 'to']);
const IDLE_HAN = /[的和与在有款件双条]/gu;
/** Words for colours that no colour of the shop is called; each is a part of those that are. */
const COLOURS = /^[红橙黄绿青蓝紫白黑灰棕粉金银]色$/u;
/** A colour's sign before what has it: 红裙子. */
const COLOURED = /^([红橙黄绿青蓝紫白黑灰棕粉金银])(?=\p{Script=Han})/u;
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

/** What a category is called. */
interface Family {
  /** Its name and its id, which are words of another language than the page's at times, with those above it. */
  text: string;
  /** The names alone, one for each kind of things, with their words in the singular. */
  kinds: readonly Kind[];
}

interface Kind {
  text: string;
  words: readonly string[];
}

function familyOf(category: string, shelves: Shelves): Family {
  const row = shelves.categories.find(({ id }) => id === category);
  if (!row) return { text: '', kinds: [] };
  const above = row.parent !== undefined && row.parent !== category ? familyOf(row.parent, shelves) : undefined;
  return {
    text: `${row.name} ${row.id}${above ? ` ${above.text}` : ''}`,
    kinds: [
      ...plain(row.name)
        .split(/\s*(?:[&,、与和]|\band\b)\s*/u)
        .filter(Boolean)
        .map((name) => ({ text: name, words: wordsOf(name).map(singular) })),
      ...(above?.kinds ?? []),
    ],
  };
}

/** How much a word says of the kind of things: 2 where they are called so, 1 where what they are called ends so. */
function kindOf(asked: string, kinds: readonly Kind[]): number {
  const each = kinds.map(({ text, words }) => {
    // The first of two that are written as one, 鞋靴, or a thing with what marks it as a kind, 裤装, is what they are called.
    if (HAN.test(asked)) return text.startsWith(asked) ? 2 : Number(text.endsWith(asked));
    return words.at(-1) !== asked ? 0 : words.length === 1 ? 2 : 1;
  });
  return Math.max(0, ...each);
}

/** Words of a name that begin with a capital, but for its first: what carries a name of its own. */
const titled = (name: string): Set<string> => singulars(...(name.match(/(?<=\s)\p{Lu}\p{Ll}\S*/gu) ?? []));

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
  #families = new Map<string, Family>();
  #vocabulary?: ReadonlySet<string>;
  #called?: ReadonlyMap<string, string>;

  constructor(shelves: Shelves, value: ValueOf) {
    this.#shelves = shelves;
    this.#value = value;
  }

  #family(category: string): Family {
    let family = this.#families.get(category);
    if (family === undefined) this.#families.set(category, (family = familyOf(category, this.#shelves)));
    return family;
  }

  /** Every item of the shop that is here. */
  *#items(): Generator<Item> {
    for (const { id } of this.#shelves.sales) yield* this.#shelves.itemsOf(id) ?? [];
  }

  #cut(text: string): { text: string; isWord: boolean }[] {
    const known = this.#known();
    return cutAtWords(text, (word) => known.has(word) || COLOURS.test(word));
  }

  #wordsOf(item: Item): Words {
    let words = this.#words.get(item.id);
    if (!words) {
      const values = Object.entries(item.attributes).flatMap(([key, word]) => [word, this.#value(key, word)]);
      const { text, kinds } = this.#family(item.category);
      const rest = [item.brandName, item.categoryName, text, ...values];
      const { colour } = item.attributes;
      const name = plain(item.name);
      words = {
        name,
        cut: HAN.test(name)
          ? this.#cut(name)
              .map((piece) => piece.text)
              .join('|')
          : name,
        rest: plain(rest.join(' ')),
        colour: colour === undefined ? '' : this.#value('colour', colour),
        kinds,
        inName: singulars(item.name),
        inTitle: titled(item.name),
        inRest: singulars(...rest),
        sizes: new Set(item.sizes.filter(({ stock }) => stock > 0).map(({ size }) => plain(size))),
      };
      this.#words.set(item.id, words);
    }
    return words;
  }

  /** The shop's own Chinese words: kinds of goods, colours, cloths, cuts and patterns, and what names are made of. */
  #known(): ReadonlySet<string> {
    if (this.#vocabulary) return this.#vocabulary;
    const known = new Set<string>();
    const add = (text: string) => {
      for (const word of text.split(/[^\p{Script=Han}]+|[与和、]/u)) if (word.length > 1) known.add(word);
    };
    for (const { name } of this.#shelves.categories) add(name);
    const values = new Set<string>();
    const names: string[] = [];
    for (const { name, attributes } of this.#items()) {
      if (HAN.test(name)) names.push(plain(name));
      for (const [key, word] of Object.entries(attributes)) values.add(`${key}\n${word}`);
    }
    for (const pair of values) {
      const [key = '', word = ''] = pair.split('\n');
      add(this.#value(key, word));
    }
    for (const [, whom] of WHOM) known.add(whom);
    for (const word of LATIN) known.add(word);
    for (const word of wordsOfNames(names, known)) known.add(word);
    return (this.#vocabulary = known);
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
    const asked: Asked[] = [];
    const part = (word: string, own: boolean) => {
      // A shoe is written with one sign or with two.
      const bare = /^[\p{Script=Han}]子$/u.test(word) ? word.slice(0, 1) : word;
      if (COLOURS.test(word)) asked.push({ text: word.slice(0, 1), kind: 'colour' });
      else if (HAN.test(bare)) asked.push({ text: bare, kind: 'part', own });
      else asked.push({ text: singular(bare), kind: 'word' });
    };
    for (const piece of this.#cut(text)) {
      if (piece.isWord) part(piece.text, true);
      else
        for (const word of piece.text
          .replace(IDLE_HAN, ' ')
          .replace(COLOURED, '$1 ')
          .split(/\s+|(?<=\p{Script=Han})(?!\p{Script=Han})|(?<!\p{Script=Han})(?=\p{Script=Han})/u))
          if (word) part(word, false);
    }
    return [...asked, ...wholes(text, asked)];
  }

  /**
   * Every word that goods are called by, by its singular, as it is mostly written of them: jeans, and not a jean. Made where
   * a search found nothing: the goods were looked at then.
   */
  vocabulary(): ReadonlyMap<string, string> {
    if (this.#called) return this.#called;
    const counts = new Map<string, number>();
    const called = new Map<string, string>();
    const count = (text: string) => {
      for (const word of wordsOf(text)) {
        if (HAN.test(word)) continue;
        const often = (counts.get(word) ?? 0) + 1;
        counts.set(word, often);
        const one = singular(word);
        if (often > (counts.get(called.get(one) ?? '') ?? 0)) called.set(one, word);
      }
    };
    for (const item of this.#items()) {
      // What a name has counts before what is only said of it.
      count(item.name);
      for (const word of this.#wordsOf(item).inRest) if (!called.has(word)) called.set(word, word);
    }
    return (this.#called = called);
  }

  /** Chinese words of the shop, and what two of them are together where a name has them side by side: 牛仔 and 裤. */
  compounds(): ReadonlySet<string> {
    const found = new Set(this.#known());
    for (const item of this.#items()) {
      const words = this.#wordsOf(item).cut.split('|');
      for (let at = 1; at < words.length; at++) found.add(`${words[at - 1]}${words[at]}`);
    }
    return found;
  }

  /** The names of the brands. */
  brands(): ReadonlySet<string> {
    return new Set(this.#shelves.sales.map(({ brandName }) => brandName));
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
    for (const { text, kind, own } of asked) {
      if (kind === 'size') {
        if (!words.sizes.has(text)) return undefined;
      } else if (kind === 'colour') {
        if (!words.colour.includes(text)) return undefined;
      } else if (kind === 'whole') {
        if (words.name.includes(text)) fit++;
      } else if (kind === 'part') {
        const name = own ? words.cut : words.name;
        fit += KIND * kindOf(text, words.kinds);
        // A name that has it in one piece says it better than one that has it in two; one sign says what a thing is at a
        // word's end alone.
        if (text.length === 1 && name.includes(text)) fit += 2 * Number(`${words.cut}|`.includes(`${text}|`));
        else if (says(name, text)) fit += name.includes(text) ? 2 : 1;
        else if (!says(words.rest, text) && !says(`${name} ${words.rest}`, text)) return undefined;
      } else if (words.inName.has(text) || words.inRest.has(text)) {
        fit += KIND * kindOf(text, words.kinds);
        if (words.inName.has(text)) fit += words.inTitle.has(text) && !words.inRest.has(text) ? 1 : 2;
      } else if (!words.sizes.has(text)) return undefined;
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
