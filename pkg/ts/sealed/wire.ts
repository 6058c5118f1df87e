/**
 * What the page and the worker say to one another, and which parts of an engine can be asked for so.
 *
 * Both lists below are held complete by the compiler: a method that an engine gains has to be named here, or nothing builds.
 */

import type { ErrorCode } from '../errors.js';
import type { Pack } from '../sources.js';
import type { Consent, Engine, Language, ReportPreview } from '../types.js';

type Callable = (...given: never[]) => unknown;

/** The methods of an engine and of the objects in it, such as `catalogue.item`. */
type Methods<Whole, Before extends string = ''> = {
  [Name in keyof Whole & string]: Whole[Name] extends Callable ? `${Before}${Name}` : Whole[Name] extends object ? Methods<Whole[Name], `${Before}${Name}.`> : never;
}[keyof Whole & string];

/** What is no method: objects that have some are looked into, all others are values. */
type Values<Whole, Before extends string = ''> = {
  [Name in keyof Whole & string]: Whole[Name] extends Callable
    ? never
    : Whole[Name] extends object
      ? [Methods<Whole[Name]>] extends [never]
        ? `${Before}${Name}`
        : Values<Whole[Name], `${Before}${Name}.`>
      : `${Before}${Name}`;
}[keyof Whole & string];

/** A method that is called through the worker; the other two have a side of their own in the page. */
export type Method = Exclude<Methods<Engine>, 'subscribe' | 'dispose'>;

/** A value that the worker tells. */
export type Value = Exclude<Values<Engine>, 'isolation'>;

/** Every {@link Method}. */
export const METHODS = Object.keys({
  'catalogue.zoneOffset': 0,
  'catalogue.today': 0,
  'catalogue.sales': 0,
  'catalogue.sale': 0,
  'catalogue.itemsOf': 0,
  'catalogue.item': 0,
  'catalogue.brand': 0,
  'catalogue.brands': 0,
  'catalogue.category': 0,
  'catalogue.categories': 0,
  refresh: 0,
  observe: 0,
  recommend: 0,
  brands: 0,
  explain: 0,
  record: 0,
  reminders: 0,
  favourites: 0,
  price: 0,
  setAccount: 0,
  customer: 0,
  offer: 0,
  'history.list': 0,
  'history.orders': 0,
  'history.derived': 0,
  'history.forget': 0,
  'history.export': 0,
  'history.import': 0,
  'history.erase': 0,
  'consent.set': 0,
  'reports.set': 0,
  'reports.preview': 0,
  'reports.ledger': 0,
  'reports.budget': 0,
  'reports.skip': 0,
  'survey.question': 0,
  'survey.answer': 0,
  'survey.skip': 0,
} satisfies Record<Method, 0>) as Method[];

/** Every {@link Value}. */
export const VALUES = Object.keys({
  'catalogue.currency': 0,
  'catalogue.zone': 0,
  language: 0,
  state: 0,
  storage: 0,
  'consent.state': 0,
  'consent.chosen': 0,
  'reports.state': 0,
  refused: 0,
  lastRefusal: 0,
} satisfies Record<Value, 0>) as Value[];

/** What the worker is started with. */
export interface Start {
  /** The module's bytes, or the module. */
  wasm: BufferSource | WebAssembly.Module;
  pack: Pack;
  language: Language | undefined;
  consent: Consent | undefined;
  storage: 'indexeddb' | 'memory' | undefined;
  strict: boolean;
  /** Whether there is an endpoint for reports; where it is, the worker need not know. */
  reports: boolean;
  /** Whether the page's browser asks for no reports: a worker is not always told. */
  privacyControl: boolean;
}

/** The page asks. `at` is its clock, where that is one of the shop's own. */
export type Asked =
  | { ask: 'seal' }
  | { ask: 'ping' }
  | { ask: 'start'; id: number; at: number | undefined; start: Start }
  | { ask: 'call'; id: number; at: number | undefined; method: Method | 'dispose'; given: unknown[] }
  | { ask: 'undo'; id: number; at: number | undefined; undo: number }
  | { ask: 'sent'; report: number; accepted: boolean };

/** What trying to get out of the worker came to. */
export interface Tried {
  /** The ways on which something got through. */
  open: string[];
  /** The policies that were enforced against the others, as the browser tells them. */
  policies: string[];
}

/** Values that the worker tells, where any of them changed. */
export interface Telling {
  values?: Record<string, unknown>;
}

/** An error on its way: its class by name, and what makes it again. */
export interface ToldError {
  name: string;
  code: ErrorCode | undefined;
  message: string;
}

/** The worker answers, or says something of its own accord. `undo` stands for the function of this name in the answer. */
export type Told =
  | { tell: 'seal'; tried: Tried }
  | { tell: 'pong'; build: string }
  | ({ tell: 'answer'; id: number; answer?: unknown; undo?: number } & Telling)
  | ({ tell: 'error'; id: number; error: ToldError } & Telling)
  | ({ tell: 'change' } & Telling)
  | { tell: 'report'; report: number; body: ReportPreview['body'] };
