/**
 * The shop as the pages see it. The same pages run in two states: with the engine, which orders for this shopper and
 * remembers what it may; and without it (not here yet, or refused), in the shop's own order from static files. What
 * the shopper does before the engine is here waits for it.
 */

import type {
  Consent,
  Customer,
  Derived,
  Engine,
  ExportedMemory,
  RankedBrand,
  RememberedEvent,
  Reminder,
  ShopEvent,
} from 'windowshop';
import type { EarlyEngine } from 'windowshop/early';
import * as clock from './clock';
import { type Member, memberAt } from './shop/member';
import { Basket } from './shop/basket';
import { fetchCompanion, shelvesOf } from './shop/files';
import { Lists } from './shop/lists';
import { shelvesBeside, shelvesFrom } from './shop/live';
import { Network } from './shop/network';
import { type Manner, type Notice, Notices } from './shop/notice';
import { Placed } from './shop/placed';
import { isUnanswered, type Problem, problemOf, report } from './shop/problem';
import { isAwaited, joined } from './shop/reminders';
import { Reports } from './shop/reports';
import type { SaleRow, Shelves } from './shop/rows';
import { Survey } from './shop/survey';
import { Tabs, type Word } from './shop/tabs';
import { Till } from './shop/till';
import { isApart } from './shop/trial';

/** How the engine is opened; a test hands in its own. One that begins with an excerpt of the pack has `whole`. */
export type OpenEngine = (language: string) => Promise<Engine & Partial<Pick<EarlyEngine, 'isWhole' | 'whole'>>>;

/** How what is kept under the other clock is emptied; `off` where memory was switched off. */
export type EmptyOther = (off: boolean) => Promise<void>;

/** So long after a list was shown it may still be put right under the shopper's eyes; later it stands. */
const GLANCE = 1_000;
/** When the script that reads an export is asked for, in milliseconds since the page began. */
const IMPORTED_AFTER = 5_000;

export class Shop {
  /** `starting` until the engine is here or refused. */
  status: 'starting' | 'ready' | 'refused' = 'starting';
  /** Whether the engine has every item; until then it has those of an excerpt, and remembers like any other. */
  isWhole = false;
  /** Why the engine is not here. */
  problem?: Problem;
  shelves?: Shelves;
  /** The files could not be fetched. */
  filesProblem?: Problem;
  language: string;
  readonly notices = new Notices(() => this.#changed());
  readonly network = new Network(() => this.#changed());
  readonly lists = new Lists({
    engine: () => this.#engine,
    whole: () => this.#whole,
    shelves: () => this.shelves,
    changed: () => this.#changed(),
  });
  readonly reports = new Reports(
    () => this.#engine,
    () => this.#changed(),
  );
  readonly survey = new Survey(
    () => this.#engine,
    () => this.#changed(),
  );
  readonly basket = new Basket({
    engine: () => this.#engine,
    observe: (event) => this.observe(event),
    changed: () => this.#changed(),
  });
  readonly till = new Till({
    engine: () => this.#whole,
    shelves: () => this.shelves,
    basket: this.basket,
    list: (request) => this.lists.list(request),
    observe: (event) => this.observe(event),
    tell: (event) => this.#do((engine) => engine.observe(event)),
  });
  /** Orders of this page, with their receipts. */
  readonly placed = new Placed();
  /** Whether the shopper has said in this visit what may be remembered. */
  chosen = false;

  #open: OpenEngine;
  #emptyOther: EmptyOther;
  readonly #tabs = new Tabs((word, elsewhere) => this.#hear(word, elsewhere));
  #engine?: Engine;
  /** The shelves of the first paint, for where the rest does not come. */
  #painted?: Shelves;
  #shelf?: Promise<void>;
  /** What waits for the engine; called without one where it is refused. */
  #waiting: ((engine: Engine | undefined) => unknown)[] = [];
  #listeners = new Set<() => void>();
  #unsubscribe?: () => void;
  /** How often another language was asked for. */
  #turn = 0;
  /** What was read from the engine since the last change: pages ask for it many times in one drawing. */
  #read: {
    reminders?: Reminder[];
    favourites?: ReadonlySet<string>;
    history?: readonly RememberedEvent[];
  } = {};
  #wish?: Consent;
  #reminders = new Map<string, number>();
  #favourites = new Set<string>();

  constructor(language: string, open: OpenEngine, emptyOther: EmptyOther = () => Promise.resolve()) {
    this.language = language;
    this.#open = open;
    this.#emptyOther = emptyOther;
  }

  // ------------------------------------------------------------ starting

  /** Fetches the first paint's file, then the engine. Never rejects: what went wrong stands in the fields. */
  async start(): Promise<void> {
    this.filesProblem = undefined;
    const { language } = this;
    await fetchCompanion('front', language).then(
      (file) => {
        if (language !== this.language) return;
        this.network.answered(true);
        this.lists.drop();
        this.#setShelves(shelvesOf(file, false, clock.now()));
        this.#changed();
      },
      (error: unknown) => {
        this.filesProblem = problemOf(error);
        this.network.answered(!isUnanswered(error));
        this.#changed();
      },
    );
    // Another language was asked for meanwhile, which opens its own engine.
    if (language === this.language) await this.#begin();
  }

  /** Opens the engine in the language that is spoken. Never rejects. */
  async #begin(): Promise<void> {
    const { language } = this;
    try {
      const engine = await this.#open(language);
      // Another language was asked for meanwhile, and its engine is on the way.
      if (language !== this.language) return void engine.dispose();
      this.#attach(engine, engine.isWhole ?? true);
      if (this.isWhole) return;
      const shown = performance.now();
      await engine.whole;
      if (engine === this.#engine) this.#complete(engine, shown);
    } catch (error) {
      if (language !== this.language) return;
      this.#leave();
      this.status = 'refused';
      this.problem = problemOf(error);
      if (isUnanswered(error)) this.network.answered(false);
      for (const action of this.#waiting.splice(0)) void action(undefined);
      this.#changed();
    }
  }

  /** The engine, where it has every item. */
  get #whole(): Engine | undefined {
    return this.isWhole ? this.#engine : undefined;
  }

  /** Whether goods are still coming in: what is not here yet is not missing. */
  get coming(): boolean {
    return this.status === 'starting' || (this.status === 'ready' && !this.isWhole);
  }

  /** Lets go of an engine that cannot be had whole: all that it was told it has kept. */
  #leave(): void {
    this.#unsubscribe?.();
    const engine = this.#engine;
    if (!engine) return;
    // The marks stay on the page.
    for (const item of engine.favourites()) this.#favourites.add(item);
    for (const { brand } of engine.reminders()) this.#reminders.set(brand, clock.now());
    this.#engine = undefined;
    this.lists.drop();
    if (this.#painted) this.#setShelves(this.#painted);
    void engine.dispose().catch(report);
  }

  #attach(engine: Engine, isWhole: boolean): void {
    this.#engine = engine;
    this.isWhole = isWhole;
    this.status = 'ready';
    this.reports.touch();
    this.problem = undefined;
    this.filesProblem = undefined;
    this.#painted = isWhole ? undefined : this.shelves;
    this.#setShelves(isWhole ? shelvesFrom(engine, this.shelves) : shelvesBeside(engine, this.shelves));
    for (const brand of engine.reminders()) this.#reminders.delete(brand.brand);
    if (engine.consent.chosen) this.chosen = true;
    if (this.member) engine.setAccount(this.member.account);
    this.basket.found(engine);
    // Whoever takes back what was forgotten then asks for nothing: the script that reads an export comes to everybody, and so
    // long after the page began that how soon this point was reached, which depends on how much is remembered, is not told by it.
    setTimeout(() => void engine.history.import('').catch(() => undefined), IMPORTED_AFTER - performance.now());
    void this.#waiting
      .splice(0)
      .reduce<Promise<unknown>>((before, action) => before.then(() => action(engine)).catch(report), Promise.resolve());
    this.#unsubscribe = engine.subscribe(() => {
      // Another tab may have changed what is remembered or allowed; this tab's list follows only where it must.
      this.#read = {};
      if (engine.consent.state === 'off' || this.history().length === 0) this.lists.dropPersonal();
      this.basket.follow(engine);
      this.#tell();
    });
    this.#drawLists();
    this.#changed();
  }

  /** The engine has every item now; `shown` is when its first list was. */
  #complete(engine: Engine, shown: number): void {
    this.isWhole = true;
    this.#painted = undefined;
    this.#setShelves(shelvesFrom(engine, this.shelves));
    if (performance.now() - shown < GLANCE || !this.lists.feed().personal) this.#drawLists();
    this.#changed();
  }

  /** The home page's list is worked out anew, but not under the hand of who is in it. */
  #drawLists(): void {
    if (!globalThis.document?.activeElement?.closest('.feed')) this.lists.drop();
  }

  #setShelves(shelves: Shelves): void {
    this.shelves = shelves;
    clock.watch(shelves.sales.flatMap((sale) => [sale.opens, sale.closes]));
  }

  /**
   * Changes the language of names and reasons. What is here stays until the new language is here whole, and where it cannot
   * be had, for good: then the answer is `stayed`. An answer that another wish has overtaken is `overtaken`.
   */
  async speak(language: string): Promise<'spoken' | 'stayed' | 'overtaken'> {
    const turn = ++this.#turn;
    if (language === this.language) return 'spoken';
    let engine: Engine | undefined;
    try {
      const front = await fetchCompanion('front', language);
      if (turn !== this.#turn) return 'overtaken';
      // An engine that was not here yet is opened anew; one that is here goes on until the other can take over.
      if (this.#engine) engine = await this.#likeness(this.#engine, language);
      if (turn !== this.#turn) return (await engine?.dispose().catch(report), 'overtaken');
      await this.#turnTo(language, shelvesOf(front, false, clock.now()), engine);
      return 'spoken';
    } catch (error) {
      report(error);
      return turn === this.#turn ? 'stayed' : 'overtaken';
    }
  }

  /**
   * An engine in another language that knows what this one knows, also what only this visit remembers. The script that takes
   * an export in is fetched whatever may be remembered: a request that some turns make and others do not would tell which.
   */
  async #likeness(old: Engine, language: string): Promise<Engine> {
    const engine = await this.#open(language);
    try {
      // What is on the page may be about any item.
      await engine.whole;
      const visit = old.consent.state === 'session';
      if (visit) await engine.consent.set('session');
      // No export at all is refused, once the script is here, and changes nothing.
      await engine.history.import(visit ? old.history.export() : '').catch((error: unknown) => {
        if (visit || !/^(import_refused|consent_off)$/.test(problemOf(error).code)) throw error;
      });
      return engine;
    } catch (error) {
      await engine.dispose().catch(report);
      throw error;
    }
  }

  async #turnTo(language: string, shelves: Shelves, engine: Engine | undefined): Promise<void> {
    const old = this.#engine;
    this.#unsubscribe?.();
    this.language = language;
    this.#shelf = undefined;
    this.filesProblem = undefined;
    this.lists.drop();
    this.#setShelves(shelves);
    if (engine) this.#attach(engine, true);
    else if (this.status === 'starting') void this.#begin();
    this.#changed();
    await old?.dispose().catch(report);
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
    this.#tell();
  }

  /** The same, where what is remembered was read since. */
  #tell(): void {
    this.lists.stale();
    this.till.stale();
    for (const listener of [...this.#listeners]) listener();
  }

  /** Says something politely. */
  say(text: string, action?: Notice['action'], manner?: Manner): void {
    this.notices.say(text, action, manner);
  }

  // ------------------------------------------------------------ what is remembered

  get consent(): Consent {
    return this.#wish ?? this.#engine?.consent.state ?? 'off';
  }

  /** Changes what may be remembered. Gives the way back where something was erased, which tells whether it led there. */
  async setConsent(to: Consent): Promise<(() => Promise<boolean>) | undefined> {
    this.chosen = true;
    this.reports.touch();
    let undo: (() => Promise<boolean>) | undefined;
    if (this.#engine) {
      // The switch answers at once; storage follows.
      this.#wish = to;
      this.#changed();
      try {
        undo = (await this.#engine.consent.set(to)).undo;
        await this.#answered(this.#engine, to);
      } finally {
        this.#wish = undefined;
      }
    } else if (this.status === 'starting') {
      this.#wish = to;
      this.#waiting.push(async (engine) => {
        await engine?.consent.set(to);
        this.#wish = undefined;
        // Nothing took the answer in: it is asked for again where it can be.
        if (!engine) this.chosen = false;
        else await this.#answered(engine, to);
      });
    }
    this.#redraw();
    return (
      undo &&
      (async () => {
        const back = await undo!();
        this.basket.settle();
        if (back) this.#tabs.tell({ consent: this.consent, back });
        this.#redraw();
        return back;
      })
    );
  }

  /** An answer was taken in here: the bag is remembered where it may be, and then every tab hears of it. */
  async #answered(engine: Engine, to: Consent): Promise<void> {
    if (to === 'on') await this.basket.remember(engine);
    if (to === 'off') await this.#emptyOther(true).catch(report);
    this.#tabs.tell({ consent: to, back: false });
  }

  /** What was said in another tab; `elsewhere` is one under the other clock, from which only what empties counts. */
  #hear(word: Word, elsewhere: boolean): void {
    const waited = this.status === 'starting';
    if (word !== 'wiped' && !elsewhere) this.chosen = true;
    void this.#do(async (engine) => {
      if (word === 'wiped') {
        // Engines under the real clock have told one another, if both were there.
        if (elsewhere || waited || isApart()) await engine.history.erase();
      } else if (!elsewhere || word.consent === 'off') {
        // Forgetting nothing waits until what the other tab has written is read here, where engines tell one another.
        if (!elsewhere) await engine.history.forget([]);
        if (engine.consent.state !== word.consent) await engine.consent.set(word.consent);
        if (word.consent === 'on' && !word.back) await this.basket.join(engine);
      }
      this.reports.touch();
      this.#changed();
    });
    this.#changed();
  }

  /** Tells the engine what happened; before it is here, the telling waits. Resolves when it is told; never rejects. */
  observe(event: ShopEvent): Promise<void> {
    this.reports.touch();
    this.lists.did();
    return this.#do((engine) => engine.observe(event));
  }

  #do(action: (engine: Engine) => Promise<unknown>): Promise<void> {
    if (this.#engine) return action(this.#engine).then(() => undefined, report);
    if (this.status !== 'starting' || this.#waiting.length >= 200) return Promise.resolve();
    return new Promise((done) => {
      // Told in order, and none waits for another: one may wait for its item.
      this.#waiting.push((engine) => {
        if (engine)
          void action(engine)
            .catch(report)
            .then(() => done());
        else done();
      });
    });
  }

  reminders(): readonly Reminder[] {
    return (this.#read.reminders ??= joined(this.#engine?.reminders() ?? [], this.#reminders, this.shelves));
  }

  /** Brands that were looked at and have no reminder, the likeliest first. */
  toHearOf(limit: number): readonly RankedBrand[] {
    if (this.consent === 'off') return [];
    return (this.#engine?.brands({ limit, withoutReminders: true }) ?? []).filter(({ own }) => own > 0);
  }

  hasReminder(brand: string): boolean {
    return this.reminders().some((reminder) => reminder.brand === brand);
  }

  /** Whether the shopper asked to hear of a sale's opening before it opened. */
  isAwaited(sale: SaleRow): boolean {
    return this.reminders().some((reminder) => reminder.brand === sale.brand && isAwaited(reminder, sale));
  }

  setReminder(brand: string, on: boolean): void {
    if (!this.#engine) {
      if (on) this.#reminders.set(brand, clock.now());
      else this.#reminders.delete(brand);
    }
    void this.observe({ name: on ? 'reminder_on' : 'reminder_off', params: { brand } });
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
    void this.observe({ name: on ? 'favourite_on' : 'favourite_off', params: { items: [{ item_id: item }] } });
    this.#changed();
  }

  /** Takes an item, or a whole brand, out of the lists; gives the way back. */
  dismiss(what: { item: string } | { brand: string }): () => void {
    const params = 'item' in what ? { items: [{ item_id: what.item }] } : { brand: what.brand };
    void this.#do(async (engine) => {
      await engine.observe({ name: 'dismiss', params });
      this.#redraw();
    });
    return () =>
      void this.#do(async (engine) => {
        await engine.observe({ name: 'undismiss', params });
        this.#redraw();
      });
  }

  /** Lets sensitive goods count in the lists, or no longer. */
  allowSensitive(on: boolean): void {
    this.#choose(on ? 'sensitive_on' : 'sensitive_off');
  }

  /** Puts coupons forward, or no longer: all of them stay open on their own page. */
  allowCoupons(on: boolean): void {
    this.#choose(on ? 'coupons_on' : 'coupons_off');
  }

  /** Says a choice of the shopper's, and draws what follows from it. */
  #choose(name: 'sensitive_on' | 'sensitive_off' | 'coupons_on' | 'coupons_off'): void {
    void this.#do(async (engine) => {
      await engine.observe({ name });
      this.#redraw();
    });
  }

  /** The member who plays to be signed in, as this page holds it; gone when it is reloaded. */
  member: Member | undefined;

  /** Plays the demo's member: says the ledger to the engine, which never stores it. */
  signIn(): void {
    this.member = memberAt(this.orders(), clock.now());
    this.#engine?.setAccount(this.member.account);
    this.#redraw();
  }

  /** Takes the ledger away again. */
  signOut(): void {
    this.member = undefined;
    this.#engine?.setAccount(undefined);
    this.#redraw();
  }

  /** What is worked out of the orders. */
  customer(): Customer | undefined {
    return this.#engine?.customer();
  }

  #redraw(): void {
    this.reports.touch();
    this.lists.drop();
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

  /** Forgets events or orders by id. Gives how many were forgotten, and the way back. */
  async forget(ids: readonly string[]): Promise<{ count: number; undo: () => Promise<void> }> {
    const before = this.takeAll();
    const of = new Set(ids);
    const count = (await this.#engine?.history.forget([...ids])) ?? 0;
    if (before?.events.some(({ id, name }) => name === 'satisfaction' && of.has(id))) this.survey.takenBack();
    this.#redraw();
    const undo = async () => {
      if (!before) return;
      const chosen = (events: RememberedEvent[]) => events.filter(({ id }) => of.has(id));
      await this.bringBack({
        ...before,
        events: chosen(before.events),
        orders: chosen(before.orders),
        reminders: [],
      });
    };
    return { count, undo };
  }

  takeAll(): ExportedMemory | undefined {
    return this.#engine?.history.export();
  }

  /** Takes an export back in; rejects where a part of it is wrong. */
  async bringBack(memory: ExportedMemory): Promise<{ added: number; known: number }> {
    if (!this.#engine) throw new Error('the engine is not here');
    const done = await this.#engine.history.import(memory);
    this.basket.settle();
    this.#redraw();
    return done;
  }

  /** Erases everything but the choice, and empties the bag in every tab; gives the way back, which works for ten seconds. */
  async erase(): Promise<{ undo: () => Promise<boolean>; until: number } | undefined> {
    const favourites = this.#favourites;
    this.#favourites = new Set();
    const done = await this.#engine?.history.erase();
    const refill = this.basket.wipe();
    const find = this.placed.wipe();
    this.lists.drop();
    this.reports.rest();
    this.#changed();
    // At once and for good: what was done under the other clock is no part of what can be taken back here.
    await this.#emptyOther(false).catch(report);
    this.#tabs.tell('wiped');
    return (
      done && {
        until: done.until,
        undo: async () => {
          if (!(await done.undo())) return false;
          this.basket.settle();
          refill();
          find();
          this.#favourites = favourites;
          this.#redraw();
          return true;
        },
      }
    );
  }

  /** Whether what may be kept is held by this page alone, for this browser does not let it be kept. */
  get holdsOnly(): boolean {
    return this.consent === 'on' && this.storage?.kind === 'memory';
  }

  get storage(): { kind: string; problem?: string } | undefined {
    return this.#engine?.storage;
  }
}
