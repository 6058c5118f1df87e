/**
 * The public types of `windowshop`: what a shop hands in and what it gets back.
 *
 * Money is an integer of minor units (fen, cents) of the pack's one currency.
 * Instants are UTC milliseconds since 1970. Ids are the shop's own strings.
 * This file holds types only; nothing here runs. It is one file because editors follow its links within a file alone: what a
 * declaration imports for a link's sake is not in what the compiler writes.
 */

declare global {
  /** As in TypeScript's `esnext.disposable`, for programs that do not name it in their `lib`. */
  interface SymbolConstructor {
    /** Names what `await using` calls at the end of a block. */
    readonly asyncDispose: unique symbol;
  }
}

/** What the shopper allowed this browser to remember. `off` is where everybody starts. */
export type Consent = 'off' | 'session' | 'on';

/** A language that display text and reasons are written in, such as `en` or `zh`. */
export type Language = string;

// ---------------------------------------------------------------- making an engine

/** Bytes: a buffer or a view of one, such as a `Uint8Array` or a `Buffer` of Node.js. */
export type Bytes = ArrayBuffer | ArrayBufferView;

/** `WebAssembly.Module`, in programs whose libraries have it; others have none to hand over. */
export type WasmModule = typeof globalThis extends {
  /** What those libraries declare. */
  WebAssembly: { Module: { prototype: infer Module } };
}
  ? Module
  : never;

/** A `TrustedScriptURL`, which a policy of the page makes; named so because not every program's libraries have it. */
export interface TrustedAddress {
  /** The address. */
  toString(): string;
  /** The address. */
  toJSON(): string;
}

/** What {@link createEngine} takes. */
export interface EngineOptions {
  /**
   * Where the pack's manifest lies (`/v1/pack.json`, not the `.wspack` beside it), or the pack itself. Never depends on
   * the shopper.
   */
  pack: string | URL | PackBytes;
  /**
   * Language of names and reasons, such as `zh`, `zh-CN` or `zh_CN`; one that the pack has no text in gives way to the manifest's first. Default: the first of
   * `navigator.languages` that the pack has, else the manifest's first. {@link Engine.language} says which it is.
   */
  language?: Language | undefined;
  /** Consent to begin with; it erases nothing, for that is `consent.set('off')`. Default: the choice kept in this browser, else `off`. */
  consent?: Consent | undefined;
  /**
   * Where kept things go. Default `'indexeddb'` in a browser and `'memory'` elsewhere. Where it fails, the engine runs on
   * from memory and {@link Engine.storage} says why.
   */
  storage?: 'indexeddb' | 'memory' | StorageAdapter | undefined;
  /** The clock, in UTC milliseconds, for a shop that wants to see 10:00 at any hour. Default: the page's clock corrected by the pack response's Date header. */
  now?: (() => number) | undefined;
  /** Aborts the start, whatever it waits for; `createEngine` then rejects with `signal.reason`. */
  signal?: AbortSignal | undefined;
  /** Told how far the downloads are. One that throws is told to `reportError` or the console and ends no start. */
  onProgress?: ((progress: Progress) => void) | undefined;
  /**
   * The engine's WebAssembly, for shops that host it elsewhere. Default: the file beside this module and, where that is not
   * served, its bytes from a script. What is named here is loaded or the start fails with `wasm_load`. WebAssembly starts
   * once a page: the first engine's serves those after it.
   */
  wasm?: string | URL | Response | Bytes | WasmModule | undefined;
  /**
   * Where randomised reports may go (`/v1/reports`), once a week at most and only with consent `on`. Without it none is
   * ever made: {@link Engine.reports} previews none and spends nothing.
   */
  reports?: string | URL | undefined;
  /**
   * What becomes of an event that cannot be taken in: one whose name nobody knows, or that lacks what its name promises.
   * `true` (default outside production builds): `observe` rejects, and warns on the console. `false`: it resolves. Either
   * way the event is counted in {@link Engine.refused}, {@link Engine.lastRefusal} says why, and nothing of it is kept. With
   * `true` a field that no {@link RecommendRequest}, {@link BrandRequest}, {@link PriceOptions} or {@link ShopAccount} has is
   * refused as well.
   */
  strict?: boolean | undefined;
}

/** A pack handed over as bytes, with its text companions by language and what changed since. */
export interface PackBytes {
  /** The `.wspack` file. */
  bytes: Bytes;
  /** The companions `text-….txt`, by language. Without one, ids stand for names. */
  text?: Record<Language, Bytes> | undefined;
  /** The deltas that the manifest names, in its order: `.wsdelta` files, each made for the state that the one before gives. */
  deltas?: readonly Bytes[] | undefined;
}

/** How far a download is. */
export interface Progress {
  /** What is coming in; `ready` is told once, at the end. */
  stage: 'wasm' | 'pack' | 'text' | 'ready';
  /** Bytes that have come in, after decompression. */
  loaded: number;
  /** Bytes expected, where the server said so. */
  total?: number;
}

/** Where a shop may keep what the shopper allowed to be kept, in place of IndexedDB. */
export interface StorageAdapter {
  /** Its name, as {@link Engine.storage} tells it. */
  readonly kind: string;
  /** What engines that share it, in several tabs, call one another by; without it each is alone. */
  readonly name?: string;
  /** Every kept record of one store, in any order. */
  all(store: StoreName): Promise<StoredRecord[]>;
  /** Writes records, replacing those with the same key. Atomic across the call. */
  put(store: StoreName, records: StoredRecord[]): Promise<void>;
  /** Removes records by key; one that is not there is no error. */
  remove(store: StoreName, keys: string[]): Promise<void>;
  /**
   * Removes every record of the stores named and then writes records to one, which may be among them. Atomic across the
   * call: a browser that ends half-way has done all of it or nothing.
   */
  replace(stores: StoreName[], store: StoreName, records: StoredRecord[]): Promise<void>;
  /** Lets go of what is held open; called when the engine is disposed of. */
  close(): void;
}

/** The stores: the choice itself, explicit reminders, the event log, snapshots (a cache), the report ledger. */
export type StoreName = 'choice' | 'reminders' | 'events' | 'snapshot' | 'ledger';

/** A record of a store. */
export interface StoredRecord {
  /** Unique within its store. */
  key: string;
  /** Plain data that `structuredClone` can copy. */
  value: unknown;
}

// ---------------------------------------------------------------- the catalogue, read from the pack

/** One size of an item and how many are left. */
export interface SizeStock {
  /** The size as shown; the empty text where the item has no sizes. */
  size: string;
  /** Units left. */
  stock: number;
}

/** An item as a card or a page shows it. */
export interface Item {
  /** The shop's own id, stable from pack to pack. */
  id: string;
  /** Name in the engine's language. */
  name: string;
  /** Id of its brand. */
  brand: string;
  /** Name of its brand. */
  brandName: string;
  /** Id of its category. */
  category: string;
  /** Name of its category. */
  categoryName: string;
  /** Id of its sale. */
  sale: string;
  /** What it costs, in minor units. */
  price: number;
  /** What it cost before, in minor units. */
  listPrice: number;
  /** Lowest price of the last 30 days, where the shop says it. */
  lowestPrice?: number;
  /** Share saved in whole percent, rounded down; 70 means 3折. */
  percentOff: number;
  /** Its sizes in the shop's order; those sold out too. */
  sizes: SizeStock[];
  /** Units left in all sizes together. */
  stock: number;
  /** Units the sale opened with. */
  stockAtOpening: number;
  /** Rating times 100 (470 is 4.7) and how many gave it; absent when nobody did. */
  rating?: { value: number; count: number };
  /** Units sold before. */
  sold: number;
  /** Units of them that came back. */
  returned: number;
  /** Returns by reason, in the order of {@link RETURN_REASONS}. */
  returnReasons: number[];
  /** Never named in a reason, and looking at it moves no other list. */
  sensitive: boolean;
  /** Its authenticity is insured. */
  authenticityInsured: boolean;
  /** It is for another season than this one. */
  offSeason: boolean;
  /** Best before, as UTC milliseconds, for food, baby care and beauty. */
  shelfLifeUntil?: number;
  /** Id of the outfit it is worn with, if any. */
  outfit?: string;
  /** `kind`, `cut`, `cloth`, `colour`, `pattern`, `style`, `skin_type` and whatever else the feed carries. */
  attributes: Record<string, string>;
}

/** A brand, on sale or away. */
export interface Brand {
  /** The shop's own id, stable from pack to pack. */
  id: string;
  /** Name in the engine's language. */
  name: string;
  /** How the shop ranks it. */
  tier: 'luxury' | 'first' | 'second' | 'third';
  /** The brand's live or next sale, if any. */
  sale?: string;
  /** When it is expected back, when it has neither: its last opening and the usual interval, as UTC milliseconds. */
  expectedBack?: number;
}

/** A category of the shop's tree. */
export interface Category {
  /** The shop's own id, stable from pack to pack. */
  id: string;
  /** Name in the engine's language. */
  name: string;
  /** Id of the category above it, if any. */
  parent?: string;
}

/** Where a sale stands: to be looked at, to be bought from, or over. */
export type SaleState = 'preview' | 'open' | 'ended';

/** A brand's flash sale. */
export interface Sale {
  /** The shop's own id. */
  id: string;
  /** Title in the engine's language; the brand's name where it has none. */
  title: string;
  /** Id of its brand. */
  brand: string;
  /** Name of its brand. */
  brandName: string;
  /** How the shop ranks its brand. */
  tier: Brand['tier'];
  /** The category most of its items are in. */
  category: string;
  /** When it opens, UTC milliseconds. */
  opens: number;
  /** When it closes, UTC milliseconds. */
  closes: number;
  /** As of the engine's clock. */
  state: SaleState;
  /** Opened at the latest opening hour (the shop's 10:00 that is not in the future). */
  openedToday: boolean;
  /** How many items it has. */
  items: number;
  /** Largest `percentOff` among its items. */
  percentOffUpTo: number;
}

/** What is on sale. Ids that are not in the pack give `undefined` or an empty list; what is no text is a `RequestError`. */
export interface Catalogue {
  /** The currency of all money: its ISO 4217 code and how many digits it has behind the point. */
  readonly currency: { code: string; exponent: number };
  /** The shop's zone, such as `Asia/Shanghai`. */
  readonly zone: string;
  /** Offset of the shop's zone from UTC at an instant, in milliseconds, from the pack's own table. */
  zoneOffset(at: number): number;
  /** The shop's day that holds `now`: from its latest opening hour to the next, as UTC milliseconds. */
  today(): { opened: number; next: number };
  /** Every sale in the pack, by opening and then id. */
  sales(): Sale[];
  /** A sale by its id. */
  sale(id: string): Sale | undefined;
  /** A sale's items in shop order; sold-out ones are last. */
  itemsOf(sale: string): Item[];
  /** An item by its id. */
  item(id: string): Item | undefined;
  /** A brand by its id. */
  brand(id: string): Brand | undefined;
  /** Every brand the shop knows, by id; those away too. */
  brands(): Brand[];
  /** A category by its id. */
  category(id: string): Category | undefined;
  /** Every category, by id. */
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
  | 'undismiss'
  | 'sensitive_on'
  | 'sensitive_off'
  | 'return_opened'
  | 'return_closed'
  | 'complaint_opened'
  | 'complaint_closed'
  | 'satisfaction'
  | 'coupons_off'
  | 'coupons_on';

/**
 * GA4 names that nothing is learnt from: `observe` ignores them quietly, so that a shop can hand over all it sends.
 * `view_search_results` is read as `search`. GA4's further names (`session_start`, `scroll`, `level_up`, …) are ignored as
 * well; they are not listed here, so that a name that is misspelt is seen.
 */
export type OtherEventName =
  | 'view_cart'
  | 'begin_checkout'
  | 'add_shipping_info'
  | 'add_payment_info'
  | 'select_promotion'
  | 'view_search_results'
  | 'page_view'
  | 'login'
  | 'sign_up'
  | 'share'
  | 'generate_lead';

/**
 * A GA4 item. For an item of the pack `item_id` is enough: name, brand, category and price come from the pack, whatever is
 * stated. GA4's other keys (`index`, `discount`, `item_category2`, …) are accepted and not read.
 */
export interface EventItem {
  /** The item's id, the same as in the pack: at most 64 bytes, without spaces. A number is read as its digits; one of 2^53 or more is refused, for JavaScript rounds it. */
  item_id: string | number;
  /** Name as shown, for items that are not in the pack. */
  item_name?: string | undefined;
  /** Brand by id or by the name that the pack shows; dropped where the pack has no such brand. */
  item_brand?: string | undefined;
  /** Category by id, or by the name that the pack shows where no other category has it; dropped where the pack has no such category. */
  item_category?: string | undefined;
  /** In units of the currency (`19.95`), not in cents, as GA4 has it: a number or a decimal string. Rounded half up to the currency's digits. What is no amount counts as not stated. */
  price?: number | string | undefined;
  /** How many, 1 to 9999, as a number or in digits. Default 1, also for what is none of these. */
  quantity?: number | string | undefined;
  /** The size chosen. A variant that is no size of the pack's item, such as a colour, is not kept. */
  item_variant?: string | number | undefined;
  /** The promotion shown, in `view_promotion` where the event itself names none. */
  promotion_id?: string | number | undefined;
  /** GA4's other keys are not read. `any`, so that objects of a type of your own fit too. */
  [key: string]: any;
}

/** An item that names a promotion and no item, as GA4 has it in `view_promotion`. */
export interface PromotedItem {
  /** None: an item that is named too is an {@link EventItem}. */
  item_id?: undefined;
  /** The promotion shown. */
  promotion_id: string | number;
  /** GA4's other keys are not read. `any`, so that objects of a type of your own fit too. */
  [key: string]: any;
}

/**
 * GA4's parameters of an event. Those that are named here are read, each where its event uses it; all others (`value`,
 * `coupon`, `tax`, `shipping`, `promotion_name`, …) are accepted and not read.
 */
export interface EventParams {
  /** The items it is about. At most 200; of a list or a promotion that was shown the first 24 are kept. One without an id is left out where another has one. */
  items?: readonly (EventItem | PromotedItem)[] | undefined;
  /** `reminder_on` and `reminder_off`; also `dismiss` and `undismiss` of a whole brand. By id or by the name that the pack shows; one to be dismissed is of the pack. */
  brand?: string | undefined;
  /** `dismiss` and `undismiss` of a whole category. By id or by the name that the pack shows; one to be dismissed is of the pack. */
  category?: string | undefined;
  /** Orders, returns and complaints: the order's id, at most 64 bytes without spaces. The same purchase told twice is one order. */
  transaction_id?: string | number | undefined;
  /** The currency of prices, in capitals as ISO 4217 has it. Where it is not the pack's, the event is kept without prices. */
  currency?: string | undefined;
  /** `search`: what was searched for; without it the event is refused. */
  search_term?: string | undefined;
  /** `view_promotion`, `dismiss` and `undismiss`: {@link Offer.id}. Banners that are no offer may be told too. */
  promotion_id?: string | number | undefined;
  /** `dismiss`: why; a code of the shop's own, at most 160 bytes. `satisfaction`: the answer. `select_item`: `exploration` where the item was a try ({@link Recommendation.explored}). */
  reason?: string | undefined;
  /** `satisfaction`: the item of the survey that was answered ({@link SurveyQuestion.id}); left out, the one on the whole. */
  question?: string | undefined;
  /** `select_item`: the list in which the item was chosen; an id of at most 64 bytes, another is left out. */
  item_list_id?: string | undefined;
  /** GA4's other parameters are not read. `any`, so that objects of a type of your own fit too. */
  [key: string]: any;
}

/** An order, or what became of it: given back in whole or in part, a return or a complaint. It is told apart by its id. */
export interface OrderEvent {
  /** Bought, given back; a return or a complaint opened and settled. */
  name: 'purchase' | 'refund' | 'return_opened' | 'return_closed' | 'complaint_opened' | 'complaint_closed';
  /** GA4's parameters, with the order's id. */
  params: EventParams & { transaction_id: string | number };
}

/** A brand to be reminded of, or no longer. Kept whatever the consent, because it is asked for. */
export interface ReminderEvent {
  /** Asked for, or taken back. */
  name: 'reminder_on' | 'reminder_off';
  /** The brand. */
  params: EventParams & { brand: string };
}

/** A search, with its words. */
export interface SearchEvent {
  /** GA4's name of it. */
  name: 'search';
  /** What was searched for. */
  params: EventParams & { search_term: string };
}

/** Everything else that happens in a shop. */
export interface ShoppingEvent {
  /** GA4's name or one of the shop's own few. */
  name: Exclude<EventName, OrderEvent['name'] | ReminderEvent['name'] | SearchEvent['name']> | OtherEventName;
  /** GA4's parameters. */
  params?: EventParams | undefined;
}

/** What happened, under its GA4 name and with GA4's parameters. */
export type ShopEvent = OrderEvent | ReminderEvent | SearchEvent | ShoppingEvent;

/** What {@link Engine.observe} takes behind a name: an order needs its id, a reminder its brand, a search its words. */
export type ParamsOf<Name extends ShopEvent['name']> = Name extends OrderEvent['name']
  ? [params: OrderEvent['params']]
  : Name extends ReminderEvent['name']
    ? [params: ReminderEvent['params']]
    : Name extends SearchEvent['name']
      ? [params: SearchEvent['params']]
      : [params?: EventParams];

/** An event as it is remembered, listed, exported and imported. */
export interface RememberedEvent {
  /** `tab-sequence`, unique in this browser. */
  id: string;
  /** When, by the engine's clock, UTC milliseconds. */
  at: number;
  /** What. */
  name: EventName;
  /** The items it is about. */
  items: RememberedItem[];
  /** Id of the brand that was dismissed. */
  brand?: string;
  /** Id of the category that was dismissed. */
  category?: string;
  /** The order's id. */
  order?: string;
  /** What was searched for. */
  term?: string;
  /** Why something was dismissed, `exploration` where a try was opened, or what was answered (`none` where it was skipped). */
  reason?: string;
  /** The promotion that was shown or dismissed. */
  promotion?: string;
  /** `satisfaction`: the item of the survey; absent for the one on the whole. */
  question?: string;
  /** `select_item`: the list in which the item was chosen. */
  list?: string;
}

/** The copy of an item's facts that an event keeps, because items live five days and memory longer. */
export interface RememberedItem {
  /** The item's id. */
  id: string;
  /** Its name as shown then. */
  name?: string;
  /** Id of its brand. */
  brand?: string;
  /** Id of its category. */
  category?: string;
  /** In minor units. */
  price?: number;
  /** What it cost before the sale, in minor units. */
  listPrice?: number;
  /** How many. */
  quantity: number;
  /** The size chosen. */
  size?: string;
  /** Never named in a reason. */
  sensitive?: boolean;
  /** Its attributes, each `name=value`. */
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

/**
 * What {@link Engine.recommend} takes. A `RequestError` with `request_invalid` is thrown for numbers out of range and for an
 * `item`, `brand`, `sale`, `promotion` or `variant` that the pack lacks. Ids in `items` and `exclude`, and sizes, that the
 * pack lacks are passed over.
 */
export interface RecommendRequest {
  /** The place that shows the items. */
  surface: Surface;
  /** How many, 1 to 200. Default 24. */
  limit?: number | undefined;
  /** Where the list goes on: how many were shown before. Default 0. */
  offset?: number | undefined;
  /** At most this many of one brand in each window of the surface (12 items on `home`). Default: the surface's own (2 on `home`). */
  brandCap?: number | undefined;
  /** At most this many of one category in each window. Default: the surface's own (4 on `home`). */
  categoryCap?: number | undefined;
  /** At most this many in each window that the shopper has just looked at. Default: the surface's own (2 on `home`). */
  seenCap?: number | undefined;
  /** Item ids left out. */
  exclude?: readonly string[] | undefined;
  /** Sizes looked for: only what is in stock in one of them, or comes in a single size, is shown. */
  sizes?: readonly string[] | undefined;
  /** The item that `similar` is about. */
  item?: string | undefined;
  /** The brand that `similar` is about, where there is no item. */
  brand?: string | undefined;
  /** The sale that `sale` is about. */
  sale?: string | undefined;
  /** What `search` puts in order, or what lies in the `cart`: at most 2,000 item ids. */
  items?: readonly string[] | undefined;
  /** What a coupon lacks, in minor units: `cart` shows what closes the gap, the nearest first. */
  shortfall?: number | undefined;
  /** The id of a promotion whose items count towards the shortfall, or make up `deals`. */
  promotion?: string | undefined;
  /** A short list, on `new_today`. */
  brief?: boolean | undefined;
  /** `false` tries no new brands. Default: one slot in 8, 12 or 24 does, by how open this shopper is to them. */
  explore?: boolean | undefined;
  /** The seed of exploration, a 32-bit unsigned integer. Default: drawn anew each shop day. */
  seed?: number | undefined;
  /**
   * The name of a variant of the pack or, where the pack has variants, `shop_order`; refused with `request_invalid` where it
   * has none of that name. Default: the one that this browser falls into, where the pack has some.
   */
  variant?: string | undefined;
}

/** A list of items, with what makes it checkable. */
export interface Recommendations {
  /** The place it was made for. */
  surface: Surface;
  /** Whether anything this browser remembers was used. `false`: the shop's own order. */
  personal: boolean;
  /** The variant of the blend that this browser sees, or `shop_order`; absent where the pack has none, or nothing is remembered. */
  variant?: string;
  /** The page asked for, in order. */
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

/** One item of a list. Its facts are in the catalogue: `catalogue.item(id)`. */
export interface Recommendation {
  /** The item's id. */
  id: string;
  /** The score in millionths: the sum of the contributions of all signals. */
  score: number;
  /** At most three, strongest first; empty where nothing remembered spoke for the item. */
  reasons: Reason[];
  /** Where the item was put in to try a new brand: among how many brands it was drawn, each with equal odds. */
  explored?: number;
}

/** The signals that speak for an item. A later engine may have more, so treat what you do not know as a reason like any. */
export type ReasonCode =
  | 'attribute_affinity'
  | 'brand_affinity'
  | 'category_affinity'
  | 'covisitation'
  | 'exploration'
  | 'favourite'
  | 'own_history'
  | 'price_affinity'
  | 'reminder'
  | 'replenishment'
  | 'session_affinity'
  | 'size_affinity'
  | (string & {});

/** Every signal, also those that are the same for everybody and so are no reason. */
export type SignalCode = ReasonCode | 'discount' | 'freshness' | 'lift' | 'quality' | 'role' | 'warm';

/** Why an item is where it is: a code with arguments, and the sentence they make. */
export interface Reason {
  /** The signal. */
  code: ReasonCode;
  /** What the signal added to the score, in millionths. */
  contribution: number;
  /** The sentence, in the engine's language. */
  text: string;
  /** Remembered events that the contribution came from, newest first, at most three. */
  events: string[];
}

/** Everything that made an item's score: each signal, with what it added, also those that added nothing. */
export interface Explanation {
  /** The item's id. */
  id: string;
  /** The sum of the contributions, in millionths. */
  score: number;
  /** Each signal with what it added, in millionths. */
  contributions: { code: SignalCode; contribution: number }[];
  /** The strongest that speak, at most three. */
  reasons: Reason[];
}

/** What {@link Engine.brands} takes. */
export interface BrandRequest {
  /** How many at most, 1 to 200. Default 24. */
  limit?: number | undefined;
  /** How many of them at least are brands that this browser never looked at, as far as there are any. Default 0. */
  new?: number | undefined;
  /** Leaves out brands that have a reminder. Default `false`. */
  withoutReminders?: boolean | undefined;
}

/** A brand with what puts it where it is, in millionths of a look. */
export interface RankedBrand {
  /** Its id. */
  brand: string;
  /** Its name. */
  brandName: string;
  /** The sum of the parts. */
  score: number;
  /** What this browser's own looks add; 0 for a brand never looked at. */
  own: number;
  /** What everybody's share adds. */
  ordinary: number;
  /** What a reminder adds. */
  reminder: number;
}

/** A recorded decision: what `windowshop replay` needs besides the pack. */
export interface DecisionRecord {
  /** The layout of this file. */
  format: 1;
  /** What was asked for, with the seed that was drawn. */
  request: RecommendRequest;
  /** The clock's reading it was made for. */
  now: number;
  /** State hash of the pack, in hex. */
  state: string;
  /** Digest of the decision, in hex. */
  digest: string;
  /** What was remembered then: this file is about the shopper. */
  memory: ExportedMemory;
}

// ---------------------------------------------------------------- reminders

/** A brand the shopper asked to hear of. Kept in any state of consent, because it was asked for. */
export interface Reminder {
  /** Id of the brand. */
  brand: string;
  /** Its name; its id where today's pack does not know it. */
  brandName: string;
  /** When it was asked for, UTC milliseconds. */
  since: number;
  /** The brand's live or next sale, if known. */
  sale?: string;
  /** When that opens or opened, or when the brand is expected back, UTC milliseconds. */
  opens?: number;
  /** Where that sale stands; `away` where there is none. */
  state: SaleState | 'away';
}

// ---------------------------------------------------------------- carts and offers

/** A line of a cart; each item and size once. */
export interface CartLine {
  /** The item's id. */
  item: string;
  /** The size, where the item has several. */
  size?: string | undefined;
  /** How many, 1 to 9999. */
  quantity: number;
}

/** What {@link Engine.price} takes besides the cart. The same of all of it gives everybody the same receipt. */
export interface PriceOptions {
  /** Coupon codes entered. */
  codes?: readonly string[] | undefined;
  /** What it costs to ship, in minor units, where that is known. */
  shipping?: number | undefined;
  /** What your shop knows of the account that buys; where left out the one of `setAccount`, else a guest. Never kept. */
  account?: PriceAccount | undefined;
  /** The payment method chosen, by your own id. */
  payment?: string | undefined;
  /** Where the order is placed, such as `app`, by your own id. */
  channel?: string | undefined;
}

/** What your shop knows of an account. */
export interface PriceAccount {
  /** The member tier as a level; 0 is none. */
  tier?: number | undefined;
  /** Ids of the customer groups it belongs to. */
  groups?: readonly string[] | undefined;
  /** Orders placed before; left out where that is not known. */
  orders?: number | undefined;
  /** Loyalty points that may be spent. */
  points?: number | undefined;
  /** Uses of promotions that are left, by their ids. */
  usesLeft?: Record<string, number> | undefined;
}

/**
 * What your shop's own ledger states of the account that is signed in, for {@link Engine.setAccount}. Amounts are in minor
 * units, times in UTC milliseconds.
 */
export interface ShopAccount {
  /** Any stable id: it tells one account from another, and is told nobody. */
  id: string;
  /** When the ledger was read. */
  asOf: number;
  /**
   * Orders placed; an order that this browser saw too counts once, by its id (GA4's `transaction_id`). Left out where the ledger
   * was not asked for them, which says nothing of any; an empty list says that there are none.
   */
  orders?: readonly { id: string; at: number; value: number }[] | undefined;
  /** What was given back of them; the whole order where no value is told. */
  refunds?: readonly { order: string; value?: number | undefined }[] | undefined;
  /** The member tier as a level; 0 is none. */
  tier?: number | undefined;
  /** Loyalty points that may be spent. */
  points?: number | undefined;
  /** Uses of promotions that are left, by their ids. */
  usesLeft?: Record<string, number> | undefined;
  /** Ids of the customer groups it belongs to. */
  groups?: readonly string[] | undefined;
  /** Month and day of birth where the shopper gave them, such as `11-05`; never the year. */
  birthday?: string | undefined;
}

/** What is worked out of a shopper's orders, here and nowhere else. Amounts are in minor units. */
export interface Customer {
  /** Shop days since the last order. */
  recency?: number;
  /** Orders. */
  frequency: number;
  /** What they came to. */
  monetary: number;
  /** How many of them come from the account that is signed in. */
  fromAccount: number;
  /** What is expected of the next `horizonDays`, where the shop's pack has a table for it. */
  expectation?: {
    horizonDays: number;
    /** Days of buying, in thousandths. */
    expected: number;
    /** The chance to come back at all, in ten-thousandths. */
    alive: number;
    /** What a day of buying would come to. */
    average: number;
    /** What all of it would come to. */
    value: number;
  };
  /** What was saved of list prices, in ten-thousandths. */
  discount?: number;
  /** Orders with the brand that most of them had, in ten-thousandths. */
  loyalty?: number;
}

/**
 * What a cart costs and why. Every discount is allocated to lines and shipping and sums exactly. All money is in minor
 * units.
 */
export interface Receipt {
  /** The lines, in the cart's order. */
  lines: ReceiptLine[];
  /** Sum of the lines before discounts. */
  subtotal: number;
  /** The shipping, where its fee was given. */
  shipping?: { subtotal: number; discounts: { promotion: string; amount: number }[]; total: number; tax: number };
  /** Sum of the discounts, of lines and shipping. */
  discount: number;
  /** The tax in the total. */
  tax: number;
  /** What the order costs: subtotal and shipping less discount, with the tax where prices are without it. */
  total: number;
  /** Vouchers that pay of it. */
  tenders: UsedPromotion[];
  /** What is left to pay. */
  payable: number;
  /** Promotions that were used, with what each took off. */
  used: UsedPromotion[];
  /** Items put in besides. */
  gifts: { promotion: string; item: string; quantity: number }[];
  /** What earns more points: so many hundredths (200 is twice) for this amount. */
  points: { promotion: string; times: number; amount: number }[];
  /** Points that are spent. */
  pointsSpent: number;
  /** Promotions that were not used. */
  refused: RefusedPromotion[];
  /** Codes entered that no promotion has, as they were entered. */
  unknownCodes: string[];
  /** How much more another combination could save at most; left out where this one is proven to be the best. */
  gap?: number;
  /** State hash of the pack, in hex. */
  state: string;
}

/** A promotion that was used. */
export interface UsedPromotion {
  /** The promotion's id. */
  id: string;
  /** Its code, where it needs one. */
  code?: string;
  /** Its name in the engine's language. */
  name: string;
  /** What it took off, or paid. */
  amount: number;
  /** How much more comes off for how much more spent on its items, where there is a next step. */
  next?: { missing: number; more: number };
}

/** Why a promotion was not used. A later engine may have more. */
export type RefusalReason =
  | 'amount_short'
  | 'budget_spent'
  | 'code_not_entered'
  | 'codes_taken'
  | 'ended'
  | 'excepted'
  | 'exclusive'
  | 'group_taken'
  | 'hours'
  | 'no_line'
  | 'no_shipping'
  | 'not_best'
  | 'not_open'
  | 'not_with'
  | 'other_channel'
  | 'other_group'
  | 'other_order'
  | 'other_payment'
  | 'points_short'
  | 'quantity_short'
  | 'saves_nothing'
  | 'tier_short'
  | 'used_up'
  | (string & {});

/** A promotion that was not used, with its reason and distance. */
export interface RefusedPromotion {
  /** The promotion's id. */
  id: string;
  /** Its code, where it needs one. */
  code?: string;
  /** Its name in the engine's language. */
  name: string;
  /** Why. */
  reason: RefusalReason;
  /** Why, as a sentence. */
  text: string;
  /** `true` where it is about whatever is in the cart, and not about some goods alone. */
  everything?: boolean;
  /** What is lacking: minor units with `amount_short`, pieces with `quantity_short`, points with `points_short`. */
  shortfall?: number;
  /** Id of the promotion used that stands against it. */
  with?: string;
  /** How much less the best combination with it would save, in minor units, where that was found out. */
  less?: number;
  /** When it begins, UTC milliseconds, with `not_open`. */
  opens?: number;
  /** The tier with `tier_short`, the order with `other_order`, how often with `used_up`. */
  number?: number;
}

/** What a line costs. */
export interface ReceiptLine {
  /** The item's id. */
  item: string;
  /** The size, where one was named. */
  size?: string;
  /** How many were asked for. */
  quantity: number;
  /** What one costs, in minor units. */
  unitPrice: number;
  /** What those available cost before discounts. */
  subtotal: number;
  /** What each promotion took off this line. */
  discounts: { promotion: string; amount: number }[];
  /** Subtotal less discounts. */
  total: number;
  /** Its tax. */
  tax: number;
  /** How many of the quantity are in stock; the line is priced for these alone. */
  available: number;
}

/** What is put forward to this shopper now: a coupon, a message, or both. `undefined` is always a possible answer. */
export interface Offer {
  /** Id of the campaign that surfaced it. */
  campaign: string;
  /** `promotion_id` of the events that tell what became of it: that it was shown, used, dismissed. */
  id: string;
  /** What is said: thanks, a greeting, words of care. There is a message, or a coupon, or both. */
  message?: string;
  /** The coupon, if there is one. */
  coupon?: OfferedCoupon;
  /** Why it is shown, in plain words. */
  text: string;
  /** A line of the shop to stand with it, where the law wants it said that a program chose. */
  disclosure?: string;
  /** What the shop's model counted for this coupon: figures of this browser with their weights, for whoever audits it. */
  terms: OfferTerm[];
  /** Until when it is surfaced, UTC milliseconds, where that is known. */
  expires?: number;
}

/** The coupon of an offer. */
export interface OfferedCoupon {
  /** Id of the promotion. */
  id: string;
  /** What to enter in the cart; it works for everybody. */
  code: string;
  /** Its name in the engine's language. */
  name: string;
}

/** A figure that a coupon's model counted. */
export interface OfferTerm {
  /** The figure, by its name in `campaigns.json`. */
  figure: string;
  /** What it weighs, in thousandths of a logit. */
  weight: number;
}

// ---------------------------------------------------------------- reports

/** Whether reports go. */
export type ReportsState = 'on' | 'off' | 'global_privacy_control';

/** The next report, word for word, before anything is sent. */
export interface ReportPreview {
  /** Id of the question. */
  question: string;
  /** The question in plain words. */
  text: string;
  /** What the shop does with the answers, in its own plain words; empty where the pack asks it no more. */
  purpose: string;
  /** ISO week, such as `2026-W47`. */
  week: string;
  /** The true answer, for the shopper's eyes alone. */
  answer: string;
  /** How the answer is disguised. */
  randomiser: string;
  /** What the disguise lets through, at most (differential privacy's ε). */
  epsilon: number;
  /** How many answers the question has, where the pack still asks it. */
  answers?: number;
  /** What would go, as it would go. */
  body: { question: string; week: string; id: string; answer: string };
}

/** A report that was made. */
export interface LedgerRow extends ReportPreview {
  /** When it was made, UTC milliseconds. */
  made: number;
  /** When it was last handed to the network: from the first time on it may have left, whatever was answered. */
  tried?: number;
  /** When the endpoint accepted it; absent where it has not. */
  sent?: number;
}

/** How the privacy budget stands. */
export interface Budget {
  /** What reports of the last `days` days let through, at most, together (ε). */
  spent: number;
  /** What they may. */
  limit: number;
  /** The length of the window. */
  days: number;
}

// ---------------------------------------------------------------- the survey

/** A question of the survey, to be put to the shopper. */
export interface SurveyQuestion {
  /** Id of the question. */
  id: string;
  /** The question in plain words. */
  text: string;
  /** What it can be answered with, in the order in which it is shown: hand `answer` to `survey.answer`. */
  options: { answer: string; text: string }[];
}

// ---------------------------------------------------------------- the engine

/** Everything this browser remembers, readable, as `history.export` gives it and `history.import` takes it. */
export interface ExportedMemory {
  /** The layout of this file. */
  format: 1;
  /** When it was written, UTC milliseconds. */
  exported: number;
  /** What was allowed then. An import does not take it over: that is the shopper's click. */
  consent: Consent;
  /** Events besides orders, oldest first. */
  events: RememberedEvent[];
  /** Purchases and refunds, oldest first. */
  orders: RememberedEvent[];
  /** Brands with a reminder, and since when. */
  reminders: { brand: string; since: number }[];
}

/** What is remembered, to be looked at and changed by the shopper. */
export interface History {
  /** Events and orders, newest first. */
  list(): RememberedEvent[];
  /** Purchases and refunds, newest first. */
  orders(): RememberedEvent[];
  /** What was worked out from them, for the page that shows everything. */
  derived(): Derived;
  /** Forgets events or orders by id; the same as never having seen them. Returns how many were forgotten. */
  forget(ids: string[]): Promise<number>;
  /**
   * Everything remembered, to be saved as a file (`JSON.stringify` it). What was reported is no part of it: that is
   * `reports.ledger()`.
   */
  export(): ExportedMemory;
  /**
   * Adds what an export holds: the object, or the text of a file. `known` counts what was remembered already.
   *
   * Rejects the whole file with `import_refused`, saying where it is wrong and never what stands there, and with
   * `consent_off` while nothing may be remembered.
   */
  import(memory: ExportedMemory | string): Promise<{ added: number; known: number }>;
  /**
   * Erases everything but the choice. `undo` brings it back and gives `true`; `until` (UTC milliseconds, ten seconds on) is
   * when its time is over, and from then on, or called again, it changes nothing and gives `false`.
   */
  erase(): Promise<{ undo: () => Promise<boolean>; until: number }>;
}

/** What was worked out from memory, heaviest first. Weights compare within one list alone. */
export interface Derived {
  /** Brands looked at. */
  brands: { id: string; name: string; weight: number }[];
  /** Categories looked at. */
  categories: { id: string; name: string; weight: number }[];
  /** Price bands looked at, `from` and below `to` in minor units; the last has no upper edge and `to` is 0. */
  prices: { from: number; to: number; weight: number }[];
  /** Sizes chosen. */
  sizes: { size: string; weight: number }[];
  /** Attributes looked at, each `name=value`. */
  attributes: { attribute: string; weight: number }[];
  /** Ids of items marked. */
  favourites: string[];
  /** Ids of what is not to be shown. */
  dismissed: { items: string[]; brands: string[]; categories: string[] };
}

/**
 * Where an engine runs: `page`, in the page itself; `sealed`, in a worker from which nothing can be fetched or sent; `worker`,
 * in one whose seal is missing, which is had only where it was asked for.
 */
export type Isolation = 'page' | 'sealed' | 'worker';

/** The engine, running in this tab. */
export interface Engine {
  /** What is on sale. */
  readonly catalogue: Catalogue;
  /** The language of names and reasons. */
  readonly language: Language;
  /** State hash of the pack in force with the deltas applied, in hex. */
  readonly state: string;
  /** Where it runs. */
  readonly isolation: Isolation;
  /** What storage is really in use and, where it is not what was asked for, why. */
  readonly storage: { kind: string; problem?: string };

  /**
   * Takes in what happened. Resolves when it is kept (or at once where nothing is kept); nobody has to wait for it.
   *
   * `undefined` and GA4's names that nothing is learnt from are ignored, so whatever `fromDataLayer` and `fromGtag` give
   * can be passed on. What becomes of an event that cannot be taken in: {@link EngineOptions.strict}.
   */
  observe(event: ShopEvent | undefined): Promise<void>;
  /** The same, by its name and GA4's parameters. */
  observe<Name extends ShopEvent['name']>(name: Name, ...params: ParamsOf<Name>): Promise<void>;
  /** Items for a place in the shop, in order, with reasons. Throws a `RequestError` for a request out of range. */
  recommend(request: RecommendRequest): Recommendations;
  /**
   * Brands in this shopper's order, for whom to be reminded of; everybody's order where nothing is remembered. Throws a
   * `RequestError` for a request out of range.
   */
  brands(request?: BrandRequest): RankedBrand[];
  /** Every signal behind one item's place. Throws `not_in_catalogue` for an id that the pack lacks. */
  explain(item: string): Explanation;
  /** A file for `windowshop replay`. */
  record(request: RecommendRequest): DecisionRecord;

  /** Brands the shopper asked to hear of: those open first, then by opening, then those away. */
  reminders(): Reminder[];
  /** Ids of items the shopper marked. */
  favourites(): string[];
  /**
   * What a cart costs now, with the best legal combination of promotions; the same for everybody. Throws `cart_invalid` for
   * what is malformed, and `not_in_catalogue` for the whole cart where one line names an item or a size that the pack lacks,
   * as a cart of yesterday may: leave out first what `catalogue.item(line.item)` does not know. At most 500 lines can be bought
   * at once; a cart with more of them is refused whole.
   */
  price(cart: readonly CartLine[], options?: PriceOptions): Receipt;
  /**
   * Says who is signed in, as your account page states it; `undefined` at sign-out. It is held by this engine and never
   * stored, so say it on each page. An older statement (`asOf`) of the same account changes nothing, another account's takes
   * its place whole. `price` counts its tier, points and uses where it is given no account of its own. Returns whether
   * something changed; throws a `RequestError` for what is malformed.
   */
  setAccount(account: ShopAccount | undefined): boolean;
  /** What is worked out of the shopper's orders, for the shopper to see. */
  customer(): Customer;
  /**
   * The coupon to surface now, if any; only with consent `on`. Tell what becomes of it, or its caps cannot hold:
   * `observe('view_promotion', { promotion_id: offer.id })` when it is shown, and
   * `observe('dismiss', { promotion_id: offer.id })` when the shopper sends it away, which ends its series.
   */
  offer(): Offer | undefined;

  /** What is remembered. */
  readonly history: History;
  /** What the shopper allowed. */
  readonly consent: {
    /** What is allowed now. */
    readonly state: Consent;
    /** Whether the shopper has chosen, now or on an earlier visit. A shop need not ask again who has said `off`. */
    readonly chosen: boolean;
    /**
     * Changes the choice. To `off` erases what was remembered; `undo` and `until` are then there, as those of
     * {@link History.erase}.
     */
    set(to: Consent): Promise<{ undo?: () => Promise<boolean>; until?: number }>;
  };
  /** Randomised reports: what they will be and what they were. */
  readonly reports: {
    /** Whether reports go at all: turned off, or the browser's Global Privacy Control asks for none. */
    readonly state: ReportsState;
    /**
     * Turns reports off, or on from the next week on. They are off after an erasure, which takes the ledger along, until they
     * are turned on again.
     */
    set(on: boolean): Promise<void>;
    /** This week's report, as it will go; `undefined` where none will: no `reports` option, no consent `on`, nothing to tell. */
    preview(): ReportPreview | undefined;
    /** Every report made, newest week first. */
    ledger(): LedgerRow[];
    /** How the privacy budget stands. */
    budget(): Budget;
    /** Leaves this week's report out. `false` where there was none to leave out: it has left already or may have, or none would go. */
    skip(): Promise<boolean>;
  };
  /**
   * The shop's survey. In some weeks, the same for everybody, this browser has one question of it, drawn by chance; whatever
   * the shopper does with it, the next week's report says something, disguised, and the answer goes nowhere else.
   */
  readonly survey: {
    /**
     * The question that may be shown now; `undefined` in other weeks, once it was answered or skipped, and where no report
     * would go: memory is not kept or is still empty, reports are off. Look again after each change ({@link Engine.subscribe}).
     */
    question(): SurveyQuestion | undefined;
    /**
     * Answers it with one of its options, by an event `satisfaction` that `history` lists and forgets like every other.
     * `false` where there is no question now. Rejects with a `RequestError` for what is none of its options.
     */
    answer(option: string): Promise<boolean>;
    /** Leaves it unanswered, so that it is not asked again; `false` where there is no question now. */
    skip(): Promise<boolean>;
  };
  /** How many events were refused, by name: those with a name nobody knows, and those that lack what their name promises. */
  readonly refused: Record<string, number>;
  /** Why the last of them was refused; `undefined` where none was. */
  readonly lastRefusal: string | undefined;

  /**
   * Looks whether stock, prices, sales or the pack have changed at the address that this engine was made from, and takes
   * them in: the day's deltas in place, another pack with all that is remembered, the language and the account. Resolves
   * with whether something changed, and tells {@link Engine.subscribe}; an engine that was made of bytes has nowhere to
   * look, and gives `false`. Rejects with a `LoadError` where what is served cannot be had or taken; the engine then goes on
   * as it was. Call it by the clock and never at the shopper's click, so that its requests say nothing of the shopper.
   */
  refresh(): Promise<boolean>;
  /**
   * Calls back after each change of what is remembered, in this tab or another, and after a {@link Engine.refresh} that
   * found something. A listener that throws is told to
   * `reportError` or the console and keeps nobody from hearing. Returns the way to stop.
   */
  subscribe(listener: () => void): () => void;
  /** Waits for what is being written and lets go of everything. Whatever asks the engine later, or would write, throws `disposed`. */
  dispose(): Promise<void>;
  /** The same, for `await using`. */
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
