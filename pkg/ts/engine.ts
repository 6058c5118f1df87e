/** The engine as a shop uses it: each call asks the WebAssembly once, and what changes is kept by the keeper. */

import type { PackCatalogue } from './catalogue.js';
import { ACCOUNT, BRANDS, check, checkRows, CHOICES, idOf, IDS, LINE, oneOf, ORDER, PRICE, REFUND, REQUEST, SHOP_ACCOUNT } from './checks.js';
import { EventError, StorageError } from './errors.js';
import { Refused, some, toldEvent } from './events.js';
import { Keeper } from './keeper.js';
import { tellAll } from './listeners.js';
import type { Machine, OpenMachine } from './machine.js';
import { sentencesOf } from './messages.js';
import type { Messages, Sentence } from './messages.js';
import { readRanking, speakerOf } from './ranking.js';
import type { ToldSentence } from './ranking.js';
import { Reports } from './reports.js';
import type { News, WholePack } from './sources.js';
import { Survey } from './survey.js';
import type { Send } from './sync.js';
import type {
  BrandRequest,
  CartLine,
  Consent,
  Customer,
  DecisionRecord,
  Derived,
  Engine,
  EventName,
  EventParams,
  ExportedMemory,
  Explanation,
  History,
  Language,
  Offer,
  OtherEventName,
  PriceAccount,
  PriceOptions,
  RankedBrand,
  Reason,
  Receipt,
  Recommendations,
  RecommendRequest,
  ShopAccount,
  RefusedPromotion,
  RememberedEvent,
  Reminder,
  ShopEvent,
  StorageAdapter,
  UsedPromotion,
} from './types.js';

/** What an engine is made of. */
export interface Parts {
  machine: OpenMachine;
  catalogue: PackCatalogue;
  messages: Messages;
  language: Language;
  now: () => number;
  adapter: StorageAdapter;
  strict: boolean;
  reports: Send | undefined;
  /** Fetches what is served beyond a state; absent where somebody else does and hands it over. */
  news?: ((state: string, language: Language) => Promise<News | undefined>) | undefined;
  /** Opens another pack. */
  opened: (pack: WholePack) => Promise<OpenMachine>;
}

/** A reason as the engine gives it by itself. */
interface ToldReason extends ToldSentence, Omit<Reason, 'text'> {}

/** A receipt as the engine gives it. */
interface ToldReceipt extends Omit<Receipt, 'refused' | 'tenders' | 'used'> {
  used: Omit<UsedPromotion, 'name'>[];
  tenders: Omit<UsedPromotion, 'name'>[];
  refused: Omit<RefusedPromotion, 'name' | 'text'>[];
}

/** What to surface, as the engine gives it. */
interface ToldOffer extends Pick<Offer, 'campaign' | 'id' | 'terms' | 'expires'> {
  coupon?: string;
  code?: string;
  message?: string;
  care?: string;
  reason: string;
  placed?: number;
}

/** What was worked out from memory, as the engine gives it. */
interface ToldDerived extends Pick<Derived, 'dismissed' | 'favourites' | 'prices'> {
  brands: Weight[];
  categories: Weight[];
  sizes: Weight[];
  attributes: Weight[];
}

interface Weight {
  id: string;
  weight: number;
}

/** What became of an event that was taken in. */
interface Observed {
  /** As it is remembered; absent where nothing is. */
  event?: RememberedEvent;
  /** Events that were let go of, being too many or too old. */
  dropped: string[];
  /** Whether the reminders changed. */
  reminders: boolean;
}

/** {@link Engine} in the page itself. */
export class TabEngine implements Engine {
  readonly catalogue: PackCatalogue;
  readonly language: Language;
  readonly isolation = 'page';
  readonly history: History;
  readonly consent: Engine['consent'];
  readonly reports: Reports;
  readonly survey: Survey;
  readonly #parts: Parts;
  readonly #machine: Machine;
  readonly #messages: Messages;
  readonly #sentence: Sentence;
  readonly #say: (told: ToldSentence) => string;
  readonly #formats: Intl.NumberFormat[] = [];
  #times?: Intl.DateTimeFormat;
  readonly #now: () => number;
  readonly #strict: boolean;
  readonly #keeper: Keeper;
  readonly #refused = new Refused();
  /** What the account that is signed in counts for in a price. */
  #account: PriceAccount | undefined;
  /** The same, as it was stated. */
  #stated: unknown;
  readonly #listeners = new Set<() => void>();

  constructor(parts: Parts) {
    this.#parts = parts;
    this.catalogue = parts.catalogue;
    this.language = parts.language;
    this.#machine = parts.machine;
    this.#messages = parts.messages;
    this.#sentence = sentencesOf(parts.messages);
    this.#say = speakerOf(this.#sentence, parts.catalogue);
    this.#now = parts.now;
    this.#strict = parts.strict;
    const keeper = new Keeper(parts.machine, parts.adapter, parts.now, () => this.#changed());
    this.#keeper = keeper;
    this.history = this.#historyOf(keeper);
    this.consent = {
      get state(): Consent {
        return keeper.consent;
      },
      get chosen(): boolean {
        return keeper.chosen;
      },
      set: async (to) => {
        oneOf("consent.set's choice", to, CHOICES);
        return (await keeper.choose(to)) ?? {};
      },
    };
    this.reports = new Reports(parts.machine, keeper, parts.now, parts.language, parts.reports);
    this.survey = new Survey(this, () => this.reports.asked());
  }

  async start(consent?: Consent): Promise<void> {
    await this.#keeper.start(consent);
    this.reports.schedule();
  }

  get state(): string {
    return this.#machine.state();
  }

  get storage(): { kind: string; problem?: string } {
    return this.#keeper.storage;
  }

  get refused(): Record<string, number> {
    return { ...this.#refused.counts };
  }

  get lastRefusal(): string | undefined {
    return this.#refused.last;
  }

  observe(given: ShopEvent | EventName | OtherEventName | undefined, params?: EventParams): Promise<void> {
    const done = this.#observe((typeof given === 'string' ? { name: given, params } : given) as ShopEvent | undefined);
    // Nobody has to wait for it: what is refused then ends no process, but is said.
    done.catch((error: unknown) => {
      if (this.#strict) console.warn(error);
    });
    return done;
  }

  async #observe(event: ShopEvent | undefined): Promise<void> {
    if ((event ?? undefined) === undefined) return;
    let observed: Observed;
    try {
      const told = toldEvent(event as ShopEvent, this.catalogue);
      if (!told) return;
      observed = this.#machine.observe(told, this.#now()) as Observed;
    } catch (error) {
      if (!(error instanceof EventError)) throw error;
      this.#refused.add(String((event as Partial<ShopEvent>).name), error.message);
      if (this.#strict) throw error;
      return;
    }
    if (observed.reminders) await this.#keeper.reminders();
    if (observed.event) await this.#keeper.append([observed.event], observed.dropped);
  }

  /** The machine, told the secret that is kept by now: one that is not kept would draw another variant on each visit. */
  #known(secret = this.#keeper.ledgerKept ? this.#keeper.seed : undefined): Machine {
    this.#machine.know(secret);
    return this.#machine;
  }

  recommend(request: RecommendRequest): Recommendations {
    const asked = check('request_invalid', 'recommend: request', request, REQUEST);
    return readRanking(this.#known().recommend(asked, this.#now()), this.#say);
  }

  brands(request: BrandRequest = {}): RankedBrand[] {
    const asked = check('request_invalid', 'brands: request', request, BRANDS);
    const brands = this.#known().ranked_brands(asked, this.#now()) as Omit<RankedBrand, 'brandName'>[];
    return brands.map((ranked) => ({ ...ranked, brandName: this.catalogue.brandName(ranked.brand) }));
  }

  explain(item: string): Explanation {
    const told = this.#known().explain(idOf('explain', item), this.#now()) as Omit<Explanation, 'reasons'> & { reasons: ToldReason[] };
    return { ...told, reasons: told.reasons.map(({ code, contribution, events, ...said }) => ({ code, contribution, text: this.#say(said), events })) };
  }

  record(request: RecommendRequest): DecisionRecord {
    const asked = check('request_invalid', 'record: request', request, REQUEST);
    return this.#known().record(asked, this.#now()) as DecisionRecord;
  }

  reminders(): Reminder[] {
    const reminders = this.#machine.reminders(this.#now()) as Omit<Reminder, 'brandName'>[];
    return reminders.map((reminder) => ({ ...reminder, brandName: this.catalogue.brandName(reminder.brand) }));
  }

  favourites(): string[] {
    return this.#machine.favourites();
  }

  price(cart: readonly CartLine[], options: PriceOptions = {}): Receipt {
    const lines = checkRows('cart_invalid', 'price: cart', cart, LINE);
    const asked = check('cart_invalid', 'price: options', options, PRICE);
    if (options.account) asked['account'] = check('cart_invalid', 'price: options.account', options.account, ACCOUNT);
    // One that is named and nothing stands for a guest.
    else if (!('account' in options)) asked['account'] = this.#account;
    const receipt = this.#machine.price({ ...asked, lines }, this.#now()) as ToldReceipt;
    const named = <T extends { id: string }>(told: T) => ({ ...told, name: this.catalogue.promotionName(told.id) });
    // The engine tells a code as it compares it; whoever typed it looks for what was typed.
    const typed = (code: string) => options.codes?.find((one) => one.trim().toUpperCase() === code.toUpperCase()) ?? code;
    return {
      ...receipt,
      unknownCodes: receipt.unknownCodes.map(typed),
      used: receipt.used.map(named),
      tenders: receipt.tenders.map(named),
      refused: receipt.refused.map((refused) => ({ ...named(refused), text: this.#refusal(refused) })),
    };
  }

  setAccount(account: ShopAccount | undefined): boolean {
    let stated: Record<string, unknown> | undefined;
    if (account !== undefined) {
      stated = check('account_invalid', 'setAccount: account', account, SHOP_ACCOUNT);
      for (const [field, shape] of [['orders', ORDER], ['refunds', REFUND]] as const) {
        const rows = checkRows('account_invalid', `setAccount: account.${field}`, account[field] ?? [], shape);
        if (account[field]) stated[field] = rows;
      }
    }
    const changed = this.#machine.set_account(stated);
    if (changed) {
      this.#stated = stated;
      const { tier = 0, groups = [], points = 0, usesLeft = {}, orders = [] } = account ?? {};
      this.#account = account && { tier, groups, points, usesLeft, orders: orders.length };
      this.#changed();
    }
    return changed;
  }

  customer(): Customer {
    return this.#machine.customer(this.#now()) as Customer;
  }

  offer(): Offer | undefined {
    // Only what is kept can be held out the same way each time; without it nobody is in an experiment.
    if (this.#keeper.consent !== 'on') return undefined;
    const told = (this.#known(this.#keeper.seed).offer(this.#now()) ?? undefined) as ToldOffer | undefined;
    if (!told) return undefined;
    const { campaign, id, coupon, code, reason, placed = 0, expires, terms } = told;
    const message = this.catalogue.messageOf(told);
    if (message === undefined && code === undefined) return undefined;
    const date = new Intl.DateTimeFormat(this.language, { month: 'long', day: 'numeric', timeZone: this.catalogue.zone }).format(placed);
    const text = this.#sentence(`offer.${reason}`, { date });
    return some({
      campaign,
      id,
      message,
      coupon: coupon && code ? { id: coupon, code, name: this.catalogue.promotionName(coupon) } : undefined,
      text,
      terms,
      disclosure: this.catalogue.disclosure || undefined,
      expires,
    }) as unknown as Offer;
  }

  async refresh(given?: News): Promise<boolean> {
    const before = this.state;
    const news = given ?? (await this.#parts.news?.(before, this.language));
    const { openedOf, takeIn } = await import('./renewal.js');
    const next = news && (await openedOf(news, this.#parts));
    // Where another call was faster, what it took in is the news.
    if (!news || before !== this.state) return before !== this.state;
    takeIn(news, next, this.#parts, this.#keeper, this.#stated);
    this.#changed();
    return true;
  }

  subscribe(listener: () => void): () => void {
    oneOf('subscribe: typeof listener', typeof listener, ['function']);
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  async dispose(): Promise<void> {
    this.reports.stop();
    this.#listeners.clear();
    await this.#keeper.close();
    this.#machine.free();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose();
  }

  /** Why a promotion was not used, in a sentence. A shortfall is money, pieces or points, by the reason. */
  #refusal({ reason, everything, shortfall = 0, less = 0, opens = 0, number, with: other = '' }: ToldReceipt['refused'][number]): string {
    const { code: currency, exponent } = this.catalogue.currency;
    // Making a formatter takes longer than pricing a cart, so each is made once: for whole amounts, for others, for times.
    const money = (minor: number) => {
      const digits = minor % 10 ** exponent === 0 ? 0 : exponent;
      this.#formats[digits] ??= new Intl.NumberFormat(this.language, { style: 'currency', currency, currencyDisplay: 'narrowSymbol', minimumFractionDigits: digits });
      return this.#formats[digits].format(minor / 10 ** exponent);
    };
    this.#times ??= new Intl.DateTimeFormat(this.language, { dateStyle: 'medium', timeStyle: 'short', timeZone: this.catalogue.zone });
    const given = { amount: money(shortfall), less: money(less), time: this.#times.format(opens), number, count: number ?? shortfall, with: this.catalogue.promotionName(other) };
    return this.#sentence(`refused.${reason}${less > 0 ? '.less' : everything && this.#messages[`refused.${reason}.all`] ? '.all' : ''}`, given);
  }

  #historyOf(keeper: Keeper): History {
    const machine = this.#machine;
    return {
      list: () => machine.history() as RememberedEvent[],
      orders: () => machine.orders() as RememberedEvent[],
      derived: () => this.#derived(),
      forget: async (ids) => {
        check('request_invalid', 'history.forget', { ids }, IDS);
        const count = machine.forget(ids);
        await keeper.forget(ids);
        return count;
      },
      export: () => machine.export(this.#now()) as ExportedMemory,
      import: async (given) => {
        // Seldom done, so what reads a file comes only then.
        const { memoryOf } = await import('./imported.js');
        const memory = memoryOf(given, keeper.consent, StorageError);
        const { added, known } = machine.import(memory) as { added: number; known: number };
        this.#changed();
        await keeper.keepAll();
        return { added, known };
      },
      erase: () => keeper.erase(),
    };
  }

  #derived(): Derived {
    const told = this.#machine.derived(this.#now()) as ToldDerived;
    const named = (weights: Weight[], name: (id: string) => string) => weights.map(({ id, weight }) => ({ id, name: name(id), weight }));
    return {
      ...told,
      brands: named(told.brands, (id) => this.catalogue.brandName(id)),
      categories: named(told.categories, (id) => this.catalogue.categoryName(id)),
      sizes: told.sizes.map(({ id, weight }) => ({ size: id, weight })),
      attributes: told.attributes.map(({ id, weight }) => ({ attribute: id, weight })),
    };
  }

  #changed(): void {
    tellAll(this.#listeners);
  }
}
