/**
 * Whether a call's arguments are what its types say, for shops that are written without them.
 *
 * The engine checks what arguments mean; here is only what each one is, so that a message names the field and what is
 * allowed, in the words of JavaScript. Values that were handed in are never part of a message.
 */

import { RequestError } from './errors.js';
import type { ErrorCode } from './errors.js';
import type { Consent } from './types.js';

/** What a value may be, by how a message says it. */
const KINDS = {
  'a list': Array.isArray,
  'a text': isText,
  'a list of texts': (value: unknown) => Array.isArray(value) && value.every(isText),
  'an object': isObject,
  'an object of whole numbers': (value: unknown) => isObject(value) && Object.values(value).every((count) => isWhole(count, 0, 2 ** 32 - 1)),
  'true or false': (value: unknown) => typeof value === 'boolean',
} as const;

/** What a field may be: one of {@link KINDS}, a whole number within bounds, or a list of objects of a shape. */
type Kind = keyof typeof KINDS | readonly [least: number, most: number] | Shape;

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
    seenCap: [0, BIGGEST_CAP],
    explore: 'true or false',
    shortfall: [1, 2 ** 53 - 1],
    seed: [0, 2 ** 32 - 1],
  },
];

/** What `brands` takes. */
export const BRANDS: Shape = [0, { limit: [1, 200], new: [0, 200], withoutReminders: 'true or false' }];

/** A line of a cart. */
export const LINE: Shape = [2, { item: 'a text', quantity: [1, 9_999], size: 'a text' }];

/** Options of `price`. */
export const PRICE: Shape = [0, { codes: 'a list of texts', shipping: EXACT, payment: 'a text', channel: 'a text', account: 'an object' }];

const KNOWN = { tier: [0, 100], groups: 'a list of texts', points: [0, 2 ** 32 - 1], usesLeft: 'an object of whole numbers' } as const;

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
export function check(code: ErrorCode, name: string, given: unknown, [needed, fields]: Shape, strict?: boolean): Record<string, unknown> {
  demand(name, given, 'an object', code);
  // What an object inherits is out of the engine's reach, so it counts as missing here too.
  const all: Record<string, unknown> = { ...(given as object) };
  const odd = strict && Object.keys(all).find((field) => !(field in fields));
  if (odd) throw new RequestError(code, `${name} has no field '${odd}'`);
  const own: Record<string, unknown> = {};
  Object.entries(fields).forEach(([field, kind], at) => {
    const value = all[field] ?? undefined;
    const where = `${name}.${field}`;
    if (value !== undefined || at < needed) demand(where, value, kind, code);
    if (value !== undefined) own[field] = isShape(kind) ? checkRows(code, where, value, kind) : value;
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
  demand(name, given, 'a list', code);
  return (given as unknown[]).map((row, at) => check(code, `${name}[${at}]`, row, shape));
}

function isShape(kind: Kind): kind is Shape {
  return typeof kind[1] === 'object';
}

/** Whether a value can have fields. */
export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** Whether a value is a text. */
export function isText(value: unknown): value is string {
  return typeof value === 'string';
}

/** Whether a value is a whole number within bounds. */
export function isWhole(value: unknown, least: number, most: number): boolean {
  return Number.isInteger(value) && (value as number) >= least && (value as number) <= most;
}

/**
 * Makes sure that a value is of a kind; what is of a shape is looked at row by row.
 *
 * @throws {RequestError} naming it and what is allowed
 */
export function demand(name: string, value: unknown, kind: Kind, code: ErrorCode = 'request_invalid'): void {
  const named = typeof kind === 'string';
  if (named ? !KINDS[kind](value) : !isShape(kind) && !isWhole(value, ...kind)) throw new RequestError(code, `${name} must be ${named ? kind : `a whole number from ${kind.join(' to ')}`}`);
}

/**
 * An id that a call was given.
 *
 * @throws {RequestError} where it is no text
 */
export function idOf(call: string, value: unknown): string {
  demand(`${call}: id`, value, 'a text');
  return value as string;
}

/**
 * One of a few words that a call was given.
 *
 * @throws {RequestError} naming the words
 */
export function oneOf<Word extends string>(where: string, value: unknown, words: readonly Word[]): Word {
  if (words.includes(value as Word)) return value as Word;
  throw new RequestError('request_invalid', `${where} must be ${words.map((word) => `'${word}'`).join(' or ')}`);
}
