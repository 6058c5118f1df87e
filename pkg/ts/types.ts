/**
 * The public types of `windowshop`: what a shop hands in and what it gets back.
 *
 * Money is an integer of minor units (fen, cents) of the pack's one currency.
 * Instants are UTC milliseconds since 1970. Ids are the shop's own strings.
 * This file holds types only; nothing here runs.
 */

/** What the shopper allowed this browser to remember. `off` is where everybody starts. */
export type Consent = 'off' | 'session' | 'on';

/** A language that display text and reasons are written in, such as `en` or `zh`. */
export type Language = string;

// ---------------------------------------------------------------- making an engine

/** What {@link createEngine} takes. */
export interface EngineOptions {
  /** Where the pack's manifest lies (`/v1/pack.json`), or the pack itself. Never depends on the shopper. */
  pack: string | URL | PackBytes;
  /** Language of names and reasons. Default: the manifest's first language that `navigator.languages` names, else its first. */
  language?: Language;
  /** Consent to begin with. Default: the choice kept in this browser, else `off`. */
  consent?: Consent;
  /** Where kept things go. Default `'indexeddb'` in a browser and `'memory'` elsewhere. */
  storage?: 'indexeddb' | 'memory' | StorageAdapter;
  /** The clock, for a shop that wants to see 10:00 at any hour. Default: the page's clock corrected by the pack response's Date header. */
  now?: () => number;
  /** Aborts the start; `createEngine` then rejects with `signal.reason`. */
  signal?: AbortSignal;
  /** Told how far the downloads are. */
  onProgress?: (progress: Progress) => void;
  /** The engine's WebAssembly, for shops that host it elsewhere. Default: the file beside this module. */
  wasm?: string | URL | Response | BufferSource | WebAssembly.Module;
  /** Where randomised reports may go (`/v1/reports`), once a week at most and only with consent `on`. Without it none is ever made. */
  reports?: string | URL;
  /** `true` (default outside production builds): an unknown event name throws. `false`: it is counted and not kept. */
  strict?: boolean;
}

/** A pack handed over as bytes, with its text companions by language. */
export interface PackBytes {
  bytes: BufferSource;
  text?: Record<Language, PackText>;
}

/** Display text of a pack in one language; arrays run parallel to the pack's rows, promotions are named by id. */
export interface PackText {
  format: 1;
  /** State hash of the pack this text was made for, in hex. */
  pack: string;
  language: Language;
  items: string[];
  brands: string[];
  categories: string[];
  sales: string[];
  /** How attributes read, such as `bottle green` for `colour=bottle`; one that has no name is never named in a reason. */
  attributes?: Record<string, string>;
  /** Names of promotions by their id. Where one is missing its id is shown. */
  promotions?: Record<string, string>;
}

/** How far a download is. */
export interface Progress {
  stage: 'wasm' | 'pack' | 'text' | 'ready';
  loaded: number;
  /** Bytes expected, where the server said so. */
  total?: number;
}

/** Where a shop may keep what the shopper allowed to be kept, in place of IndexedDB. */
export interface StorageAdapter {
  readonly kind: string;
  /** Every kept record of one store, in key order. */
  all(store: StoreName): Promise<StoredRecord[]>;
  /** Writes records, replacing those with the same key. Atomic across the call. */
  put(store: StoreName, records: StoredRecord[]): Promise<void>;
  remove(store: StoreName, keys: string[]): Promise<void>;
  /** Removes every record of the stores named. Atomic across the call. */
  clear(stores: StoreName[]): Promise<void>;
  close(): void;
}

/** The stores: the choice itself, explicit reminders, the event log, snapshots (a cache), the report ledger. */
export type StoreName = 'choice' | 'reminders' | 'events' | 'snapshot' | 'ledger';

export interface StoredRecord {
  key: string;
  value: unknown;
}

// ---------------------------------------------------------------- the catalogue, read from the pack

/** One size of an item and how many are left. */
export interface SizeStock {
  size: string;
  stock: number;
}

/** An item as a card or a page shows it. */
export interface Item {
  id: string;
  name: string;
  brand: string;
  brandName: string;
  category: string;
  categoryName: string;
  sale: string;
  price: number;
  /** What it cost before, in minor units. */
  listPrice: number;
  /** Lowest price of the last 30 days, where the shop says it. */
  lowestPrice?: number;
  /** Share saved in whole percent, rounded down; 70 means 3折. */
  percentOff: number;
  sizes: SizeStock[];
  /** Units left in all sizes together. */
  stock: number;
  /** Units the sale opened with. */
  stockAtOpening: number;
  /** Rating times 100 (470 is 4.7) and how many gave it; absent when nobody did. */
  rating?: { value: number; count: number };
  sold: number;
  returned: number;
  /** Returns by reason, in the order of {@link RETURN_REASONS}. */
  returnReasons: number[];
  sensitive: boolean;
  authenticityInsured: boolean;
  offSeason: boolean;
  /** Best before, as UTC milliseconds, for food, baby care and beauty. */
  shelfLifeUntil?: number;
  /** Id of the outfit it is worn with, if any. */
  outfit?: string;
  /** `kind`, `cut`, `cloth`, `colour`, `pattern`, `style`, `skin_type` and whatever else the feed carries. */
  attributes: Record<string, string>;
}

export interface Brand {
  id: string;
  name: string;
  tier: 'luxury' | 'first' | 'second' | 'third';
  /** The brand's live or next sale, if any. */
  sale?: string;
  /** When it is expected back, when it has neither: its last opening and the usual interval, as UTC milliseconds. */
  expectedBack?: number;
}

export interface Category {
  id: string;
  name: string;
  parent?: string;
}

export type SaleState = 'preview' | 'open' | 'ended';

/** A brand's flash sale. */
export interface Sale {
  id: string;
  title: string;
  brand: string;
  brandName: string;
  tier: Brand['tier'];
  /** The category most of its items are in. */
  category: string;
  opens: number;
  closes: number;
  /** As of the engine's clock. */
  state: SaleState;
  /** Opened at the latest opening hour (the shop's 10:00 that is not in the future). */
  openedToday: boolean;
  items: number;
  /** Largest `percentOff` among its items. */
  percentOffUpTo: number;
}

export interface Catalogue {
  readonly currency: { code: string; exponent: number };
  /** The shop's zone, such as `Asia/Shanghai`. */
  readonly zone: string;
  /** Offset of the shop's zone from UTC at an instant, in milliseconds, from the pack's own table. */
  zoneOffset(at: number): number;
  /** The shop's day that holds `now`: from its latest opening hour to the next, as UTC milliseconds. */
  today(): { opened: number; next: number };
  /** Every sale in the pack, by opening and then id. */
  sales(): Sale[];
  sale(id: string): Sale | undefined;
  /** A sale's items in shop order; sold-out ones are last. */
  itemsOf(sale: string): Item[];
  item(id: string): Item | undefined;
  brand(id: string): Brand | undefined;
  brands(): Brand[];
  category(id: string): Category | undefined;
  categories(): Category[];
}

// ---------------------------------------------------------------- events

/** The event names that are understood: GA4's e-commerce names and the shop's own few. */
export type EventName =
  | 'view_item'
  | 'view_item_list'
  | 'select_item'
  | 'add_to_cart'
  | 'remove_from_cart'
  | 'add_to_wishlist'
  | 'purchase'
  | 'refund'
  | 'view_promotion'
  | 'search'
  | 'reminder_on'
  | 'reminder_off'
  | 'favourite_on'
  | 'favourite_off'
  | 'dismiss'
  | 'undismiss';

/** A GA4 item. `item_id` is enough for an item of the pack; the rest is filled in from the pack. */
export interface EventItem {
  item_id: string;
  item_name?: string;
  item_brand?: string;
  item_category?: string;
  /** In whole currency units, as GA4 has it: a number or a decimal string. */
  price?: number | string;
  quantity?: number;
  /** The size chosen. */
  item_variant?: string;
}

/** What happened, under its GA4 name and with GA4's parameters. */
export interface ShopEvent {
  name: EventName;
  params?: {
    items?: EventItem[];
    /** `reminder_on`, `reminder_off`; also `dismiss` and `undismiss` of a whole brand. */
    brand?: string;
    /** `dismiss` and `undismiss` of a whole category. */
    category?: string;
    transaction_id?: string;
    value?: number | string;
    currency?: string;
    coupon?: string;
    search_term?: string;
    item_list_id?: string;
    promotion_id?: string;
    /** Why an item was dismissed; a code of the shop's own, at most 64 characters. */
    reason?: string;
  };
}

/** An event as it is remembered, listed, exported and imported. */
export interface RememberedEvent {
  /** `tab-sequence`, unique in this browser. */
  id: string;
  at: number;
  name: EventName;
  items: RememberedItem[];
  brand?: string;
  category?: string;
  order?: string;
  term?: string;
  reason?: string;
  /** The promotion that was shown or dismissed. */
  promotion?: string;
}

/** The copy of an item's facts that an event keeps, because items live five days and memory longer. */
export interface RememberedItem {
  id: string;
  name?: string;
  brand?: string;
  category?: string;
  /** In minor units. */
  price?: number;
  listPrice?: number;
  quantity: number;
  size?: string;
  sensitive?: boolean;
  attributes?: string[];
}

// ---------------------------------------------------------------- recommendations

/**
 * A place in the shop that shows items.
 *
 * - `home`: the feed, a stroll through all that can be bought
 * - `new_today`: what opened at the latest opening hour; with `brief`, twelve to be read in five minutes
 * - `preview`: what opens within the days of preview, to look at and be reminded of
 * - `opening_soon`: what opens at the next opening, brands with a reminder first
 * - `closing_soon`: what closes at the next opening hour
 * - `sale`: one brand's sale, what is sold out last (needs `sale`)
 * - `similar`: what is like an `item`, or like a `brand` that is away; the same for everybody
 * - `cart`: what goes with `items`, or tops them up to a `shortfall`; the same for everybody
 * - `again`: consumables bought before that may be running low
 * - `deals`: the deepest reductions, or what a `promotion` is about
 * - `search`: `items` that the shop found, put in this shopper's order
 */
export type Surface =
  | 'home'
  | 'new_today'
  | 'preview'
  | 'opening_soon'
  | 'closing_soon'
  | 'sale'
  | 'similar'
  | 'cart'
  | 'again'
  | 'deals'
  | 'search';

export interface RecommendRequest {
  surface: Surface;
  /** How many, 1 to 200. Default 24. */
  limit?: number;
  /** Where the list goes on: how many were shown before. Default 0. */
  offset?: number;
  /** At most this many of one brand in each window of the surface (12 items on `home`). Default: the surface's own (2 on `home`). */
  brandCap?: number;
  /** At most this many of one category in each window. Default: the surface's own (4 on `home`). */
  categoryCap?: number;
  /** At most this many in each window that the shopper has just looked at. Default: the surface's own (2 on `home`). */
  seenCap?: number;
  /** Item ids left out. */
  exclude?: string[];
  /** Sizes looked for: only what is in stock in one of them, or comes in a single size, is shown. */
  sizes?: string[];
  /** The item that `similar` is about. */
  item?: string;
  /** The brand that `similar` is about, where there is no item. */
  brand?: string;
  /** The sale that `sale` is about. */
  sale?: string;
  /** What `search` puts in order, or what lies in the `cart`: at most 2,000 item ids. */
  items?: string[];
  /** What a coupon lacks, in minor units: `cart` shows what closes the gap, the nearest first. */
  shortfall?: number;
  /** The id of a promotion whose items count towards the shortfall, or make up `deals`. */
  promotion?: string;
  /** A short list, on `new_today`. */
  brief?: boolean;
  /** The seed of exploration, a 32-bit unsigned integer. Default: drawn anew each shop day. */
  seed?: number;
}

export interface Recommendations {
  surface: Surface;
  /** Whether anything this browser remembers was used. `false`: the shop's own order. */
  personal: boolean;
  items: Recommendation[];
  /** How many the list has in all; it ends there. */
  total: number;
  /** State hash of the pack, in hex. */
  state: string;
  /** SHA-256 over request, list and every contribution, in hex; `windowshop replay` reproduces it. */
  digest: string;
  /** The clock's reading the list was made for. */
  now: number;
}

export interface Recommendation {
  id: string;
  /** The score in millionths: the sum of the contributions of all signals. */
  score: number;
  /** At most three, strongest first; empty where nothing remembered spoke for the item. */
  reasons: Reason[];
  /** Where the item was put in to try a new brand: among how many brands it was drawn, each with equal odds. */
  explored?: number;
}

/** Why an item is where it is: a code with arguments, and the sentence they make. */
export interface Reason {
  /** The signal, such as `own_history`, `covisitation`, `brand_affinity`. */
  code: string;
  /** What the signal added to the score, in millionths. */
  contribution: number;
  text: string;
  /** Remembered events that the contribution came from, newest first, at most three. */
  events: string[];
}

/** Everything that made an item's score: each signal, with what it added, also those that added nothing. */
export interface Explanation {
  id: string;
  score: number;
  contributions: { code: string; contribution: number }[];
  reasons: Reason[];
}

/** A recorded decision: what `windowshop replay` needs besides the pack. */
export interface DecisionRecord {
  format: 1;
  request: RecommendRequest;
  now: number;
  state: string;
  digest: string;
  memory: ExportedMemory;
}

// ---------------------------------------------------------------- reminders

/** A brand the shopper asked to hear of. Kept in any state of consent, because it was asked for. */
export interface Reminder {
  brand: string;
  brandName: string;
  /** When it was asked for. */
  since: number;
  /** The brand's live or next sale, if known. */
  sale?: string;
  opens?: number;
  state: SaleState | 'away';
}

// ---------------------------------------------------------------- carts and offers

export interface CartLine {
  item: string;
  size?: string;
  quantity: number;
}

export interface PriceOptions {
  codes?: string[];
}

/** What a cart costs and why. Every discount is allocated to lines and sums exactly. */
export interface Receipt {
  lines: ReceiptLine[];
  /** Sum of the lines before discounts. */
  subtotal: number;
  discount: number;
  total: number;
  used: { id: string; code?: string; name: string; amount: number }[];
  /** Promotions that were not used, each with its reason and distance. */
  refused: { id: string; code?: string; name: string; reason: string; text: string; shortfall?: number }[];
  /** Codes entered that no promotion has. */
  unknownCodes: string[];
  state: string;
}

export interface ReceiptLine {
  item: string;
  size?: string;
  quantity: number;
  unitPrice: number;
  subtotal: number;
  discounts: { promotion: string; amount: number }[];
  total: number;
  /** How many of the quantity are in stock; the line is priced for these alone. */
  available: number;
}

/** A coupon surfaced to this shopper now. `undefined` is always a possible answer. */
export interface Offer {
  campaign: string;
  coupon: string;
  code: string;
  name: string;
  /** Why it is shown, in plain words. */
  text: string;
  expires?: number;
}

// ---------------------------------------------------------------- reports

/** The next report, word for word, before anything is sent. */
export interface ReportPreview {
  question: string;
  /** The question in plain words. */
  text: string;
  /** ISO week, such as `2026-W47`. */
  week: string;
  /** The true answer, for the shopper's eyes alone. */
  answer: string;
  randomiser: string;
  epsilon: number;
  /** How many answers the question has, where the pack still asks it. */
  answers?: number;
  /** What would go, as it would go. */
  body: { question: string; week: string; id: string; answer: string };
}

export interface LedgerRow extends ReportPreview {
  /** When it was made, and when the endpoint accepted it. */
  made: number;
  sent?: number;
}

export interface Budget {
  spent: number;
  limit: number;
  days: number;
}

// ---------------------------------------------------------------- the engine

/** Everything this browser remembers, readable, as `history.export` gives it and `history.import` takes it. */
export interface ExportedMemory {
  format: 1;
  exported: number;
  consent: Consent;
  events: RememberedEvent[];
  orders: RememberedEvent[];
  reminders: { brand: string; since: number }[];
}

export interface History {
  /** Events and orders, newest first. */
  list(): RememberedEvent[];
  orders(): RememberedEvent[];
  /** What was worked out from them, for the page that shows everything. */
  derived(): Derived;
  /** Forgets events or orders by id; the same as never having seen them. Returns how many were forgotten. */
  forget(ids: string[]): Promise<number>;
  export(): ExportedMemory;
  /** Adds what an export holds. Rejects the whole file, saying where, when a part of it is wrong. */
  import(memory: ExportedMemory): Promise<{ added: number; known: number }>;
  /** Erases everything but the choice. `undo` works for ten seconds and is then gone. */
  erase(): Promise<{ undo: () => Promise<void>; until: number }>;
}

export interface Derived {
  brands: { id: string; name: string; weight: number }[];
  categories: { id: string; name: string; weight: number }[];
  /** Price bands as `[from, to]` in minor units. */
  prices: { from: number; to: number; weight: number }[];
  sizes: { size: string; weight: number }[];
  attributes: { attribute: string; weight: number }[];
  favourites: string[];
  dismissed: { items: string[]; brands: string[]; categories: string[] };
}

/** The engine, running in this tab. */
export interface Engine {
  readonly catalogue: Catalogue;
  readonly language: Language;
  /** State hash of the pack in force, in hex. */
  readonly state: string;
  /** `page`: the engine runs in the page itself. */
  readonly isolation: 'page' | 'worker';
  /** What storage is really in use and, where it is not what was asked for, why. */
  readonly storage: { kind: string; problem?: string };

  /** Takes in what happened. Resolves when it is kept (or at once where nothing is kept). */
  observe(event: ShopEvent): Promise<void>;
  observe(name: EventName, params?: ShopEvent['params']): Promise<void>;
  recommend(request: RecommendRequest): Recommendations;
  /** Every signal behind one item's place. */
  explain(item: string): Explanation;
  /** A file for `windowshop replay`. */
  record(request: RecommendRequest): DecisionRecord;

  reminders(): Reminder[];
  favourites(): string[];
  price(cart: CartLine[], options?: PriceOptions): Receipt;
  offer(): Offer | undefined;

  readonly history: History;
  readonly consent: {
    readonly state: Consent;
    /** Whether the shopper has chosen, now or on an earlier visit. A shop need not ask again who has said `off`. */
    readonly chosen: boolean;
    /** Changes the choice. From `on` to `off` erases what was kept, with ten seconds to undo. */
    set(to: Consent): Promise<{ undo?: () => Promise<void> }>;
  };
  readonly reports: {
    preview(): ReportPreview | undefined;
    ledger(): LedgerRow[];
    budget(): Budget;
    /** Leaves this week's report out. */
    skip(): Promise<void>;
  };
  /** Counts of what was refused in production: event names not understood. */
  readonly refused: Record<string, number>;

  /** Called after each change of what is remembered, in this tab or another. Returns the way to stop. */
  subscribe(listener: () => void): () => void;
  dispose(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** The eight return reasons, in the order their counts are given. */
export const RETURN_REASONS = [
  'too_small',
  'too_large',
  'differs_from_picture',
  'quality',
  'fabric',
  'does_not_suit',
  'late',
  'other',
] as const;
