/**
 * Reads an export that a shopper brings back, and says where it is none. Fetched only when something is imported; it imports
 * nothing: the class of what it throws is handed to it.
 *
 * A message names the place, such as `events[3].items[0].price`, and what stands there in an export; it never tells what
 * does stand there, because that is what a browser remembers of somebody.
 */

import type { StorageError } from './errors.js';
import type { Consent, EventName, ExportedMemory } from './types.js';

/** What a value has to be, and how a message says so. Gives the value, of an object those fields alone that are named. */
type Rule = (value: unknown, where: string) => unknown;

/** Every name that is understood: the compiler holds it complete. */
export const NAMES: Record<EventName, true> = {
  view_item: true,
  view_item_list: true,
  select_item: true,
  add_to_cart: true,
  remove_from_cart: true,
  add_to_wishlist: true,
  purchase: true,
  refund: true,
  view_promotion: true,
  search: true,
  reminder_on: true,
  reminder_off: true,
  favourite_on: true,
  favourite_off: true,
  dismiss: true,
  undismiss: true,
  sensitive_on: true,
  sensitive_off: true,
  return_opened: true,
  return_closed: true,
  complaint_opened: true,
  complaint_closed: true,
  satisfaction: true,
  coupons_off: true,
  coupons_on: true,
};

const rule =
  (words: string, holds: (value: unknown) => boolean): Rule =>
  (value, where) => {
    if (!holds(value)) throw new Unfit(`${where} must be ${words}`);
    return value;
  };

const text = rule('a text', (value) => typeof value === 'string');
const flag = rule('true or false', (value) => typeof value === 'boolean');
const instant = rule('a whole number of UTC milliseconds', Number.isSafeInteger);
const whole = rule('a whole number', (value) => Number.isSafeInteger(value) && (value as number) >= 0);
const count = rule('a whole number up to 9999', (value) => Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 9_999);
const eventId = rule('an id that is written tab-number', (value) => typeof value === 'string' && /^\d{1,10}-\d{1,10}$/.test(value) && value.split('-').every((part) => Number(part) < 2 ** 32));
const eventName = rule('the name of an event that is remembered', (value) => typeof value === 'string' && Object.hasOwn(NAMES, value));
const choice = rule("'off', 'session' or 'on'", (value) => ['off', 'session', 'on'].includes(value as string));
const format = rule('1: another format is read by another version', (value) => value === 1);

const list =
  (of: Rule): Rule =>
  (value, where) => {
    if (!Array.isArray(value)) throw new Unfit(`${where} must be a list`);
    return value.map((one, at) => of(one, `${where}[${at}]`));
  };

const record =
  (needed: Record<string, Rule>, optional: Record<string, Rule> = {}): Rule =>
  (value, where) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Unfit(`${where} must be an object`);
    const held = (field: string) => (Object.hasOwn(value, field) ? (value as Record<string, unknown>)[field] : undefined);
    const prefix = where === FILE ? '' : `${where}.`;
    const read = Object.entries(needed).map(([field, check]) => [field, check(held(field), prefix + field)]);
    for (const [field, check] of Object.entries(optional)) read.push([field, (held(field) ?? undefined) === undefined ? held(field) : check(held(field), prefix + field)]);
    return Object.fromEntries(read) as unknown;
  };

const FILE = 'the file';
const item = record({ id: text }, { name: text, brand: text, category: text, price: whole, listPrice: whole, quantity: count, size: text, sensitive: flag, attributes: list(text) });
const event = record({ id: eventId, at: instant, name: eventName }, { items: list(item), brand: text, category: text, order: text, term: text, reason: text, promotion: text, question: text, list: text });
const memory = record({ format, exported: instant, consent: choice, events: list(event), orders: list(event), reminders: list(record({ brand: text, since: instant })) });

/** What is wrong with a file. */
class Unfit {
  constructor(readonly words: string) {}
}

/**
 * An export, from an object or from the text of a file.
 *
 * @throws {StorageError} `import_refused`, naming the place and what belongs there; `consent_off` where nothing may be
 * remembered
 */
export function memoryOf(given: unknown, consent: Consent, Refusal: typeof StorageError): ExportedMemory {
  if (consent === 'off') {
    throw new Refusal('consent_off', "nothing was imported: nothing may be remembered until the shopper allows it with consent.set('session') or consent.set('on')");
  }
  try {
    return memory(typeof given === 'string' ? parsed(given) : given, FILE) as ExportedMemory;
  } catch (unfit) {
    throw unfit instanceof Unfit ? new Refusal('import_refused', `nothing was imported: ${unfit.words}`) : unfit;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // What JSON.parse says quotes the text.
    throw new Unfit('the file is not JSON');
  }
}
