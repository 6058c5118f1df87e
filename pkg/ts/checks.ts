/**
 * Whether a call's arguments are what its types say, for shops that are written without them.
 *
 * The engine checks what arguments mean; here is only what each one is, so that a message names the field and what is
 * allowed, in the words of JavaScript. Values that were handed in are never part of a message.
 */

import { RequestError } from './errors.js';
import type { ErrorCode } from './errors.js';
import type { Consent } from './types.js';

/**
 * What a field may be: a text, a list of texts, true or false, a whole number within bounds, or a list of objects of a shape.
 * What is `''` is looked at by the engine alone, or by whoever asks besides.
 */
type Kind = 'a text' | 'a list of texts' | 'true or false' | '' | readonly [least: number, most: number] | Shape;

/** The fields of an argument by name; the first so many are needed. */
export type Shape = readonly [needed: number, fields: { readonly [field: string]: Kind }];

/** Everything a shopper can choose. */
export const CHOICES: readonly Consent[] = ['off', 'session', 'on'];

const BIGGEST_CAP = 65_535;

const EXACT = [0, 2 ** 53 - 1] as const;

/** What `recommend` and `record` take. */
export const REQUEST: Shape = [
  1,
  {
    surface: 'a text',
    item: 'a text',
    brand: 'a text',
    sale: 'a text',
    promotion: 'a text',
    items: 'a list of texts',
    exclude: 'a list of texts',
    sizes: 'a list of texts',
    brief: 'true or false',
    variant: 'a text',
    limit: [1, 200],
    offset: [0, BIGGEST_CAP],
    brandCap: [1, BIGGEST_CAP],
    categoryCap: [1, BIGGEST_CAP],
    seenCap: '',
    explore: '',
    shortfall: [1, 2 ** 53 - 1],
    seed: [0, 2 ** 32 - 1],
  },
];

/** What `brands` takes. */
export const BRANDS: Shape = [0, { limit: [1, 200], new: [0, 200], withoutReminders: 'true or false' }];

/** What `history.forget` takes. */
export const IDS: Shape = [1, { ids: 'a list of texts' }];

/** What `reports.set` takes. */
export const SWITCH: Shape = [1, { on: 'true or false' }];

/** A line of a cart. */
export const LINE: Shape = [2, { item: 'a text', quantity: [1, 9_999], size: 'a text' }];

/** Options of `price`. */
export const PRICE: Shape = [0, { codes: 'a list of texts', shipping: EXACT, payment: 'a text', channel: 'a text', account: '' }];

const KNOWN = { tier: [0, 100], groups: 'a list of texts', points: [0, 2 ** 32 - 1], usesLeft: '' } as const;

/** What the shop knows of an account. */
export const ACCOUNT: Shape = [0, { ...KNOWN, orders: [0, 2 ** 32 - 1] }];

/** What `setAccount` takes. */
export const SHOP_ACCOUNT: Shape = [
  2,
  {
    id: 'a text',
    asOf: EXACT,
    ...KNOWN,
    birthday: 'a text',
    orders: [3, { id: 'a text', at: EXACT, value: EXACT }],
    refunds: [1, { order: 'a text', value: EXACT }],
  },
];

/**
 * Checks the fields of an argument.
 *
 * @returns these fields alone: whatever else it holds is not the engine's business
 * @throws {RequestError} naming the field and what is allowed
 */
export function check(code: ErrorCode, name: string, given: unknown, [needed, fields]: Shape): Record<string, unknown> {
  if (!isObject(given)) throw new RequestError(code, `${name} is an object`);
  const own: Record<string, unknown> = {};
  Object.entries(fields).forEach(([field, kind], at) => {
    // What an object inherits is out of the engine's reach, so it counts as missing here too.
    const value = Object.hasOwn(given, field) ? (given as Record<string, unknown>)[field] : undefined;
    const missing = value === undefined || value === null;
    if (missing ? at < needed : !is(value, kind)) {
      throw new RequestError(code, `${name}.${field} is ${typeof kind === 'string' ? kind : `a whole number from ${kind.join(' to ')}`}`);
    }
    if (!missing) own[field] = isShape(kind) ? checkRows(code, `${name}.${field}`, value, kind) : value;
  });
  return own;
}

/**
 * Checks the rows of a list.
 *
 * @returns of each row the fields that it may have
 * @throws {RequestError} naming the row, its field and what is allowed
 */
export function checkRows(code: ErrorCode, name: string, given: unknown, shape: Shape): Record<string, unknown>[] {
  if (!Array.isArray(given)) throw new RequestError(code, `${name} is a list`);
  return given.map((row, at) => check(code, `${name}[${at}]`, row, shape));
}

function isShape(kind: Kind): kind is Shape {
  return typeof kind[1] === 'object';
}

/** Whether a value can have fields. */
export const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Whether a value is a text. */
export const isText = (value: unknown): value is string => typeof value === 'string';

/** Whether a value is a whole number within bounds. */
export function isWhole(value: unknown, least: number, most: number): boolean {
  return Number.isInteger(value) && (value as number) >= least && (value as number) <= most;
}

function is(value: unknown, kind: Kind): boolean {
  if (kind === '' || isShape(kind)) return true;
  if (kind === 'a text') return isText(value);
  if (kind === 'true or false') return typeof value === 'boolean';
  if (kind === 'a list of texts') return Array.isArray(value) && value.every(isText);
  return isWhole(value, ...kind);
}

/**
 * An id that a call was given.
 *
 * @throws {RequestError} where it is no text
 */
export function idOf(call: string, value: unknown): string {
  if (isText(value)) return value;
  throw new RequestError('request_invalid', `${call} takes an id, which is a text`);
}

/**
 * One of a few words that a call was given.
 *
 * @throws {RequestError} naming the words
 */
export function oneOf<Word extends string>(where: string, value: unknown, words: readonly Word[]): Word {
  if (words.includes(value as Word)) return value as Word;
  throw new RequestError('request_invalid', `${where} is ${words.map((word) => `'${word}'`).join(' or ')}`);
}
