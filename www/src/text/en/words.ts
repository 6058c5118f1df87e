/** How numbers, values and answers are put into English. */

import { VALUES } from './values';

const WORDS =
  'no one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty'.split(
    ' ',
  );

/** A count as a word where a headline would spell it. */
export const word = (n: number) => WORDS[n] ?? String(n);
export const Word = (n: number) => word(n).replace(/^./, (c) => c.toUpperCase());
export const many = (n: number, one: string, more = one + 's') => `${n.toLocaleString('en')} ${n === 1 ? one : more}`;

/** An attribute's word as it reads. */
export const value = (attribute: string, word: string): string =>
  VALUES[attribute]?.[word] ?? word.replaceAll('-', ' ').replaceAll('_', ' ');

/** Answers of the shop's questions that would read oddly as they are. */
export const ANSWERS: Record<string, string> = {
  potential: 'not yet',
  new: 'for the first time',
  active: 'now and then',
  loyal: 'often',
  lapsing: 'not for a while',
  lost: 'long ago',
  unknown: 'don’t know',
  chance: 'by chance',
  no_wish: 'no wish',
};

/** The five parts of the index. */
export const DIMENSIONS: Record<string, string> = {
  site: 'These pages',
  goods: 'What we sell',
  payment: 'Payment',
  service: 'Service',
  delivery: 'Delivery',
};

const ORDINALS =
  'zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first'.split(
    ' ',
  );

export function ordinal(n: number): string {
  return ORDINALS[n] ?? `number ${n}`;
}
