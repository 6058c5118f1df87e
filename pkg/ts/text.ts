/**
 * A pack's names in one language: the companion `text-….txt`, of which the first line is JSON and each behind it the name of an
 * item. Those are many, and a page shows few: they stay bytes, and one is read when it is asked for.
 */

import type { Language } from './types.js';
import { decoder } from './values.js';

/** Names; lists run parallel to the pack's rows, promotions are named by id. */
export interface PackText {
  /** The layout of the file. */
  format: 2;
  /** State hash of the pack this text was made for, in hex. */
  pack: string;
  /** The language it is written in. */
  language: Language;
  /** Where the first of each 64 names of items begins. */
  starts: number[];
  /** Names of items, each on a line. */
  items: Uint8Array;
  /** Names of brands. */
  brands: string[];
  /** Names of categories. */
  categories: string[];
  /** Titles of sales. */
  sales: string[];
  /** How attributes read, such as `bottle green` for `colour=bottle`; one that has no name is never named in a reason. */
  attributes?: Record<string, string>;
  /** Names of promotions by their id. Where one is missing its id is shown. */
  promotions?: Record<string, string>;
  /** What steps of campaigns say, by the text's id. */
  messages?: Record<string, string>;
  /** How goods of a category are cared for, by category id. */
  care?: Record<string, string>;
  /** What is said with everything that is put forward, where the shop's law wants it. */
  disclosure?: string;
}

/**
 * The text that a file holds.
 *
 * @throws {SyntaxError} where its first line is no JSON
 */
export function textOf(file: Uint8Array): PackText {
  const end = file.indexOf(10);
  return { ...(JSON.parse(decoder.decode(file.subarray(0, end))) as PackText), items: file.subarray(end + 1) };
}

/** Finds names of items by their row in the pack; `undefined` where there are none. */
export function itemNames(text: PackText | undefined): (row: number) => string | undefined {
  // Of those that were read last, for mostly they are asked for one after the other.
  let known: number | undefined;
  let names: string[] | undefined;
  return (row) => {
    const block = row >> 6;
    if (block !== known) names = text && decoder.decode(text.items.subarray(text.starts[(known = block)], text.starts[block + 1])).split('\n');
    return names?.[row & 63];
  };
}
