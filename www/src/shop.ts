/**
 * The shop as the pages see it. The same pages run in two states: with the engine, which orders for this shopper and
 * remembers what it may; and without it (not here yet, or refused), in the shop's own order from static files. What
 * the shopper does before the engine is here waits for it.
 */

import type {
  Budget,
  CartLine,
  Consent,
  Derived,
  Engine,
  ExportedMemory,
  LedgerRow,
  Offer,
  Receipt,
  RecommendRequest,
  RememberedEvent,
  Reminder,
  ReportPreview,
  ShopEvent,
} from 'windowshop';
import * as clock from './clock';
import { bagFrom, type BagLine } from './shop/bag';
import { fetchCompanion, shelvesOf } from './shop/files';
import { type Pick, PICKS, picks, shelvesFrom } from './shop/live';
import { type Item, onSale, type Shelves, stateOf } from './shop/rows';

/** The home page's list. */
export interface Feed {
  personal: boolean;
  picks: readonly Pick[];
}

/** Why the engine is not here. */
export interface Problem {
  code: string;
  message: string;
}

/** How the engine is opened; a test hands in its own. */
export type OpenEngine = (language: string) => Promise<Engine>;

/** What the shop says once, politely, and what can be done about it. */
export interface Notice {
  text: string;
  action?: { label: string; run: () => void };
  /** Goes along to the next place: it is the only way back. */
  lasting?: boolean;
}

export class Shop {
  /** `starting` until the engine is here or refused. */
  status: 'starting' | 'ready' | 'refused' = 'starting';
  problem?: Problem;
  shelves?: Shelves;
  /** The files could not be fetched. */
  filesProblem?: Problem;
  language: string;
  notice?: Notice;
  /** Whether the shopper has said in this visit what may be remembered. */
  chosen = false;

  #open: OpenEngine;
  #engine?: Engine;
  #shelf?: Promise<void>;
  #report?: { is: ReportPreview | undefined };
  #waiting: ((engine: Engine) => unknown)[] = [];
  #listeners = new Set<() => void>();
  #unsubscribe?: () => void;
  #feed?: Feed;
  /** What was read from the engine since the last change: pages ask for it many times in one drawing. */
  #read: {
    reminders?: Reminder[];
    favourites?: ReadonlySet<string>;
    history?: readonly RememberedEvent[];
    offer?: { is: Offer | undefined };
    lists?: Map<string, readonly Pick[]>;
  } = {};
  #wish?: Consent;
  #reminders = new Map<string, number>();
  #favourites = new Set<string>();
  #bag: BagLine[] = [];
  #codes: readonly string[] = [];
  #offersShown = new Set<string>();
  #shopOrder = false;
  #noticeTimer?: ReturnType<typeof setTimeout>;
  #channel?: BroadcastChannel;

  constructor(language: string, open: OpenEngine) {
    this.language = language;
    this.#open = open;
    if (typeof BroadcastChannel === 'function') {
      this.#channel = new BroadcastChannel('windowshop-order');
      this.#channel.onmessage = ({ data }) => this.#setShopOrder(data === 'shop');
    }
  }

  // ------------------------------------------------------------ starting

  /** Fetches the first paint's file, then the engine. Never rejects: what went wrong stands in the fields. */
  async start(): Promise<void> {
    this.filesProblem = undefined;
    const language = this.language;
    const front = fetchCompanion('front', language).then(
      (file) => {
        if (language !== this.language) return;
        this.#feed = undefined;
        this.#setShelves(shelvesOf(file, false, clock.now()));
        this.#changed();
      },
      (error: unknown) => {
        this.filesProblem = problemOf(error);
        this.#changed();
      },
    );
    await front;
    try {
      const engine = await this.#open(language);
      if (language !== this.language) return void engine.dispose();
      this.#attach(engine);
    } catch (error) {
      this.status = 'refused';
      this.problem = problemOf(error);
      this.#waiting = [];
      this.#changed();
    }
  }

  #attach(engine: Engine): void {
    this.#engine = engine;
    this.status = 'ready';
    this.#report = undefined;
    this.problem = undefined;
    this.filesProblem = undefined;
    this.#setShelves(shelvesFrom(engine, this.shelves));
    for (const brand of engine.reminders()) this.#reminders.delete(brand.brand);
    if (engine.consent.chosen) this.chosen = true;
    if (engine.consent.state !== 'off' && this.#bag.length === 0) this.#bag = bagFrom(engine.history.list());
    const waiting = this.#waiting;
    this.#waiting = [];
    void waiting.reduce<Promise<unknown>>(
      (before, action) => before.then(() => action(engine)).catch(report),
      Promise.resolve(),
    );
    this.#unsubscribe = engine.subscribe(() => {
      // Another tab may have changed what is remembered or allowed; this tab's list follows only where it must.
      if (this.#feed?.personal && engine.consent.state === 'off') this.#feed = undefined;
      this.#changed();
    });
    this.#feed = undefined;
    this.#changed();
  }

  #setShelves(shelves: Shelves): void {
    this.shelves = shelves;
    clock.watch(shelves.sales.flatMap((sale) => [sale.opens, sale.closes]));
  }

  /** Changes the language of names and reasons. What this visit remembers is carried over. */
  async speak(language: string): Promise<void> {
    if (language === this.language) return;
    this.language = language;
    const old = this.#engine;
    const session = old?.consent.state === 'session' ? old.history.export() : undefined;
    this.#unsubscribe?.();
    this.#engine = undefined;
    this.#feed = undefined;
    this.#shelf = undefined;
    this.status = 'starting';
    if (session) {
      this.#waiting.push((engine) => engine.consent.set('session'));
      this.#waiting.push((engine) => engine.history.import(session));
    }
    await old?.dispose().catch(report);
    await this.start();
  }

  /** Fetches every item from the static file, where the engine cannot give them. Asked for often; done once. */
  needShelf(): void {
    if (this.status !== 'refused' || this.#shelf) return;
    const { language } = this;
    this.#shelf = fetchCompanion('shelf', language).then(
      (file) => {
        if (language === this.language && !this.#engine) this.#setShelves(shelvesOf(file, true, clock.now()));
        this.#changed();
      },
      (error: unknown) => {
        this.filesProblem = problemOf(error);
        this.#changed();
      },
    );
  }

  /** Whether every item is here, from the engine or from the static file. */
  get shelfHere(): boolean {
    const first = this.shelves?.sales[0];
    return first === undefined ? false : this.shelves!.itemsOf(first.id) !== undefined;
  }

  /** Tries again after a failure. */
  again(): void {
    this.#shelf = undefined;
    this.status = 'starting';
    this.#changed();
    void this.start();
  }

  // ------------------------------------------------------------ listening

  /** Calls back after every change. Returns the way to stop. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #changed(): void {
    this.#read = {};
    for (const listener of [...this.#listeners]) listener();
  }

  /** Says something politely; it goes after ten seconds, or when something else is said. */
  say(text: string, action?: Notice['action'], { seconds = 10, lasting = false } = {}): void {
    clearTimeout(this.#noticeTimer);
    this.notice = { text, action, lasting };
    this.#noticeTimer = setTimeout(() => this.hush(), seconds * 1_000);
    this.#changed();
  }

  /** One has turned to another place: what was said about the last one is over. */
  turned(): void {
    if (this.notice && !this.notice.lasting) this.hush();
  }

  hush(): void {
    clearTimeout(this.#noticeTimer);
    this.notice = undefined;
    this.#changed();
  }

  // ------------------------------------------------------------ the list

  /** The home page's list: worked out once and kept until the shopper asks for another by what they do. */
  feed(): Feed {
    this.#feed ??= this.#makeFeed();
    return this.#feed;
  }

  #makeFeed(): Feed {
    const { shelves } = this;
    if (!shelves) return { personal: false, picks: [] };
    if (this.#engine && !this.#shopOrder) {
      try {
        return picks(this.#engine, shelves, { surface: 'home', limit: PICKS });
      } catch (error) {
        report(error);
      }
    }
    return this.#shopFeed(shelves);
  }

  #shopFeed(shelves: Shelves): Feed {
    const at = clock.now();
    return {
      personal: false,
      picks: shelves.front.filter((item) => onSale(item, shelves, at)).map((item) => ({ item, reasons: [] })),
    };
  }

  /** Another list, worked out once for each change; empty without the engine. */
  list(request: RecommendRequest): readonly Pick[] {
    const { shelves } = this;
    if (!this.#engine || !shelves) return [];
    const lists = (this.#read.lists ??= new Map());
    const key = JSON.stringify(request);
    let list = lists.get(key);
    if (!list) {
      try {
        list = picks(this.#engine, shelves, request).picks;
      } catch (error) {
        report(error);
        list = [];
      }
      lists.set(key, list);
    }
    return list;
  }

  /** Works the list out anew when it is next drawn. */
  refresh(): void {
    this.#feed = undefined;
  }

  /** Whether the shopper switched the personal order off; heard by every open tab. */
  get shopOrder(): boolean {
    return this.#shopOrder;
  }

  setShopOrder(to: boolean): void {
    if (to === this.#shopOrder) return;
    this.#setShopOrder(to);
    this.#channel?.postMessage(to ? 'shop' : 'personal');
  }

  #setShopOrder(to: boolean): void {
    this.#shopOrder = to;
    this.#feed = undefined;
    this.#changed();
  }

  // ------------------------------------------------------------ what is remembered

  get consent(): Consent {
    return this.#wish ?? this.#engine?.consent.state ?? 'off';
  }

  /** Changes what may be remembered. Gives the way back where something was erased. */
  async setConsent(to: Consent): Promise<(() => Promise<void>) | undefined> {
    this.chosen = true;
    this.#report = undefined;
    let undo: (() => Promise<void>) | undefined;
    if (this.#engine) {
      // The switch answers at once; storage follows.
      this.#wish = to;
      this.#changed();
      try {
        undo = (await this.#engine.consent.set(to)).undo;
      } finally {
        this.#wish = undefined;
      }
    } else if (this.status === 'starting') {
      this.#wish = to;
      this.#waiting.push(async (engine) => {
        await engine.consent.set(to);
        this.#wish = undefined;
      });
    }
    this.#redraw();
    return undo && (async () => (await undo!(), this.#redraw()));
  }

  /** Tells the engine what happened; before it is here, the telling waits. */
  observe(event: ShopEvent): void {
    this.#report = undefined;
    this.#do((engine) => engine.observe(event));
  }

  #do(action: (engine: Engine) => Promise<unknown>): void {
    if (this.#engine) void action(this.#engine).catch(report);
    else if (this.status === 'starting' && this.#waiting.length < 200) this.#waiting.push(action);
  }

  reminders(): readonly Reminder[] {
    return (this.#read.reminders ??= this.#readReminders());
  }

  #readReminders(): Reminder[] {
    const known = this.#engine?.reminders() ?? [];
    const at = clock.now();
    const local = [...this.#reminders].map(([brand, since]): Reminder => {
      const sale = this.shelves?.sales.find((s) => s.brand === brand && stateOf(s, at) !== 'ended');
      const state = sale ? stateOf(sale, at) : 'away';
      return { brand, brandName: sale?.brandName ?? brand, since, sale: sale?.id, opens: sale?.opens, state };
    });
    return [...known, ...local.filter(({ brand }) => known.every((k) => k.brand !== brand))];
  }

  hasReminder(brand: string): boolean {
    return this.reminders().some((reminder) => reminder.brand === brand);
  }

  setReminder(brand: string, on: boolean): void {
    if (!this.#engine) {
      if (on) this.#reminders.set(brand, clock.now());
      else this.#reminders.delete(brand);
    }
    this.observe({ name: on ? 'reminder_on' : 'reminder_off', params: { brand } });
    this.#changed();
  }

  isFavourite(item: string): boolean {
    const read = (this.#read.favourites ??= new Set([...this.#favourites, ...(this.#engine?.favourites() ?? [])]));
    return read.has(item);
  }

  setFavourite(item: string, on: boolean): void {
    // Where nothing may be remembered, the mark lasts as long as the page.
    if (on) this.#favourites.add(item);
    else this.#favourites.delete(item);
    this.observe({ name: on ? 'favourite_on' : 'favourite_off', params: { items: [{ item_id: item }] } });
    this.#changed();
  }

  /** Takes an item, or a whole brand, out of the lists; gives the way back. */
  dismiss(what: { item: string } | { brand: string }): () => void {
    const params = 'item' in what ? { items: [{ item_id: what.item }] } : { brand: what.brand };
    this.#do(async (engine) => {
      await engine.observe({ name: 'dismiss', params });
      this.#redraw();
    });
    return () =>
      this.#do(async (engine) => {
        await engine.observe({ name: 'undismiss', params });
        this.#redraw();
      });
  }

  #redraw(): void {
    this.#report = undefined;
    this.#feed = undefined;
    this.#changed();
  }

  history(): readonly RememberedEvent[] {
    return (this.#read.history ??= this.#engine?.history.list() ?? []);
  }

  orders(): readonly RememberedEvent[] {
    return this.#engine?.history.orders() ?? [];
  }

  derived(): Derived | undefined {
    return this.#engine?.history.derived();
  }

  async forget(ids: readonly string[]): Promise<number> {
    const count = (await this.#engine?.history.forget([...ids])) ?? 0;
    this.#redraw();
    return count;
  }

  takeAll(): ExportedMemory | undefined {
    return this.#engine?.history.export();
  }

  /** Takes an export back in; rejects where a part of it is wrong. */
  async bringBack(memory: ExportedMemory): Promise<{ added: number; known: number }> {
    if (!this.#engine) throw new Error('the engine is not here');
    const done = await this.#engine.history.import(memory);
    this.#redraw();
    return done;
  }

  /** Erases everything but the choice; gives the way back, which works for ten seconds. */
  async erase(): Promise<{ undo: () => Promise<void>; until: number } | undefined> {
    const favourites = this.#favourites;
    this.#favourites = new Set();
    const done = await this.#engine?.history.erase();
    this.#feed = undefined;
    // After a wipe nothing is made anew, a report least of all, until the shopper does something.
    this.#report = { is: undefined };
    this.#changed();
    return (
      done && {
        until: done.until,
        undo: async () => {
          await done.undo();
          this.#favourites = favourites;
          this.#redraw();
        },
      }
    );
  }

  get storage(): { kind: string; problem?: string } | undefined {
    return this.#engine?.storage;
  }

  // ------------------------------------------------------------ reports

  /**
   * The next report. Looking at it makes it, and making it is a change that listeners hear of: so it is asked for once,
   * and again only after the shopper did something.
   */
  nextReport(): ReportPreview | undefined {
    if (!this.#report) {
      this.#report = { is: undefined };
      this.#report = { is: this.#engine?.reports.preview() };
    }
    return this.#report.is;
  }

  ledger(): readonly LedgerRow[] {
    return this.#engine?.reports.ledger() ?? [];
  }

  budget(): Budget {
    return this.#engine?.reports.budget() ?? { spent: 0, limit: 8, days: 90 };
  }

  async skipReport(): Promise<void> {
    await this.#engine?.reports.skip();
    this.#report = undefined;
    this.#changed();
  }

  // ------------------------------------------------------------ the bag

  get bag(): readonly BagLine[] {
    return this.#bag;
  }

  /** Puts a piece in the bag, at once. */
  put(item: Item, size?: string): void {
    const line = this.#bag.find((l) => l.item === item.id && l.size === size);
    if (line) this.#bag = this.#bag.map((l) => (l === line ? { ...l, quantity: l.quantity + 1 } : l));
    else this.#bag = [...this.#bag, { item: item.id, size, quantity: 1 }];
    this.#tellBag('add_to_cart', item.id, size, 1);
    this.#changed();
  }

  /** Sets how many of a line; none takes it out. Gives the way back. */
  setQuantity(line: BagLine, quantity: number): () => void {
    const before = this.#bag;
    this.#bag =
      quantity > 0 ? before.map((l) => (l === line ? { ...l, quantity } : l)) : before.filter((l) => l !== line);
    const change = quantity - line.quantity;
    this.#tellBag(change > 0 ? 'add_to_cart' : 'remove_from_cart', line.item, line.size, Math.abs(change));
    this.#changed();
    return () => {
      this.#bag = before;
      this.#tellBag(change > 0 ? 'remove_from_cart' : 'add_to_cart', line.item, line.size, Math.abs(change));
      this.#changed();
    };
  }

  #tellBag(name: 'add_to_cart' | 'remove_from_cart', item: string, size: string | undefined, quantity: number): void {
    if (quantity > 0) this.observe({ name, params: { items: [{ item_id: item, item_variant: size, quantity }] } });
  }

  /** Coupon codes entered in this visit. */
  get codes(): readonly string[] {
    return this.#codes;
  }

  useCode(code: string): void {
    if (code !== '' && !this.#codes.includes(code)) this.#codes = [...this.#codes, code];
    this.#changed();
  }

  dropCode(code: string): void {
    this.#codes = this.#codes.filter((other) => other !== code);
    this.#changed();
  }

  /** A coupon that this tab chose to show now, or none. */
  offer(): Offer | undefined {
    try {
      return (this.#read.offer ??= { is: this.#engine?.offer() }).is;
    } catch (error) {
      report(error);
      return undefined;
    }
  }

  /** Tells the engine, once, that a coupon was shown. */
  offerShown({ coupon, name }: Offer): void {
    // Told once a shop day: a page that is turned back to shows nothing new.
    const day = `${coupon} ${this.#engine?.catalogue.today().opened ?? ''}`;
    if (this.#offersShown.has(day)) return;
    this.#offersShown.add(day);
    this.observe({ name: 'view_promotion', params: { promotion_id: coupon, promotion_name: name } });
  }

  /** Sends a coupon away, which ends its series; gives the way back. */
  dismissOffer({ coupon }: Offer): () => void {
    const params = { promotion_id: coupon };
    this.observe({ name: 'dismiss', params });
    return () => this.observe({ name: 'undismiss', params });
  }

  /** Lets the demonstration go on as if the bag had been bought. */
  pretendToBuy(): void {
    const at = clock.now();
    const items = this.#bag.map(({ item, size, quantity }) => ({ item_id: item, item_variant: size, quantity }));
    this.observe({ name: 'purchase', params: { transaction_id: `demo-${at.toString(36)}`, items } });
    this.#bag = [];
    this.#codes = [];
    this.#changed();
  }

  /** What the bag costs, by the engine; undefined where it is not here. */
  receipt(): Receipt | undefined {
    const codes = this.#codes;
    const lines: CartLine[] = this.#bag.map(({ item, size, quantity }) => ({ item, size, quantity }));
    try {
      return this.#engine?.price(lines, codes.length > 0 ? { codes: [...codes] } : {});
    } catch (error) {
      report(error);
      return undefined;
    }
  }
}

/** What went wrong, as a code and a sentence. */
export function problemOf(error: unknown): Problem {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  return {
    code: typeof code === 'string' ? code : 'unknown',
    message: typeof message === 'string' ? message : String(error),
  };
}

/** For whoever keeps this shop; a shopper is told on the page where it matters. */
function report(error: unknown): void {
  console.error(error);
}
