/** The engine as a shop uses it: each call asks the WebAssembly once, and what changes is kept by the keeper. */

import type { PackCatalogue } from './catalogue.js';
import { ACCOUNT, BRANDS, check, checkRows, CHOICES, demand, idOf, LINE, oneOf, PRICE, REQUEST, SHOP_ACCOUNT } from './checks.js';
import { StorageError } from './errors.js';
import type { WindowshopError } from './errors.js';
import { toldEvent } from './events.js';
import { part } from './failing.js';
import { keeperOf } from './keeper.js';
import { subscribed, tellAll } from './listeners.js';
import type { Machine, OpenMachine } from './machine.js';
import { sentencesOf } from './messages.js';
import type { Messages } from './messages.js';
import { readRanking, speakerOf } from './ranking.js';
import type { ToldSentence } from './ranking.js';
import { reportsOf } from './reports.js';
import type { News, WholePack } from './sources.js';
import { surveyOf } from './survey.js';
import type { Prepare } from './sync.js';
import type {
  Consent,
  Customer,
  DecisionRecord,
  Derived,
  Engine,
  EventName,
  EventParams,
  ExportedMemory,
  Explanation,
  Language,
  Offer,
  OtherEventName,
  PriceAccount,
  RankedBrand,
  Reason,
  Receipt,
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
  /** What the shop says that the shopper chose; absent where what is kept says so. */
  consent?: Consent | undefined;
  strict: boolean;
  reports: Prepare | undefined;
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

/** {@link Engine} in the page itself, and what starts it: it reads what this browser keeps. */
export function engineOf(parts: Parts): [Engine, () => Promise<void>] {
  const { machine, catalogue, messages, language, now, strict } = parts;
  const sentence = sentencesOf(messages);
  const say = speakerOf(sentence, catalogue);
  const listeners = new Set<() => void>();
  const changed = (): void => tellAll(listeners);
  const keeper = keeperOf(machine, parts.adapter, now, changed);
  const reports = reportsOf(machine, keeper, now, language, parts.reports, listeners);
  /** How often events were refused, by name: at most fifty names, the rest under one heading. */
  const refused = new Map<string, number>();
  /** Why the last one was. */
  let lastRefusal: string | undefined;
  const formats: Intl.NumberFormat[] = [];
  let times: Intl.DateTimeFormat | undefined;
  /** What the account that is signed in counts for in a price. */
  let account: PriceAccount | undefined;
  /** The same, as it was stated. */
  let stated: unknown;

  /** The machine, told the secret that is kept by now: one that is not kept would draw another variant on each visit. */
  const known = (secret = keeper.ledgerKept ? keeper.seed : undefined): Machine => {
    const { inner } = machine;
    if (inner && inner.knows !== secret) machine.know((inner.knows = secret));
    return machine;
  };
  const withBrand = <Told extends { brand: string }>(told: Told) => ({ ...told, brandName: catalogue.brandName(told.brand) });
  const withName = <Told extends { id: string }>(told: Told) => ({ ...told, name: catalogue.promotionName(told.id) });

  async function observed(event: ShopEvent | undefined): Promise<void> {
    if (event === undefined || event === null) return;
    let observed: Observed;
    try {
      const told = toldEvent(event as ShopEvent, catalogue);
      if (!told) return;
      observed = machine.observe(told, now()) as Observed;
    } catch (error) {
      // A reminder too many is no fault of the event, and is counted like one.
      if (!/^(event|reminders)_/.test((error as WindowshopError).code)) throw error;
      const short = String((event as Partial<ShopEvent>).name).slice(0, 64);
      const name = refused.has(short) || refused.size < 50 ? short : '(others)';
      refused.set(name, (refused.get(name) ?? 0) + 1);
      lastRefusal = (error as WindowshopError).message;
      if (strict) throw error;
      return;
    }
    if (observed.reminders) await keeper.reminders();
    if (observed.event) await keeper.append(observed.event, observed.dropped);
  }

  /** Why a promotion was not used, in a sentence. A shortfall is money, pieces or points, by the reason. */
  function refusal({ reason, everything, shortfall = 0, less = 0, opens = 0, number, with: other = '' }: ToldReceipt['refused'][number]): string {
    const { code: currency, exponent } = catalogue.currency;
    // Making a formatter takes longer than pricing a cart, so each is made once: for whole amounts, for others, for times.
    const money = (minor: number) => {
      const digits = minor % 10 ** exponent === 0 ? 0 : exponent;
      formats[digits] ??= new Intl.NumberFormat(language, { style: 'currency', currency, currencyDisplay: 'narrowSymbol', minimumFractionDigits: digits });
      return formats[digits].format(minor / 10 ** exponent);
    };
    times ??= new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short', timeZone: catalogue.zone });
    const given = { amount: money(shortfall), less: money(less), time: times.format(opens), number, count: number ?? shortfall, with: catalogue.promotionName(other) };
    return sentence(`refused.${reason}${less > 0 ? '.less' : everything && messages[`refused.${reason}.all`] ? '.all' : ''}`, given);
  }

  const engine: Engine = {
    catalogue,
    language,
    isolation: 'page',
    reports,
    survey: surveyOf((event) => engine.observe(event), reports.asked),
    get state() {
      return machine.state();
    },
    get storage() {
      return keeper.storage;
    },
    get refused() {
      return Object.fromEntries(refused);
    },
    get lastRefusal() {
      return lastRefusal;
    },

    observe(given: ShopEvent | EventName | OtherEventName | undefined, params?: EventParams) {
      const done = observed((typeof given === 'string' ? { name: given, params } : given) as ShopEvent | undefined);
      // Nobody has to wait for it: what is refused then ends no process, but is said.
      done.catch((error: unknown) => {
        if (strict) console.warn(error);
      });
      return done;
    },

    recommend(request) {
      const asked = check('request_invalid', 'recommend: request', request, REQUEST, strict);
      return readRanking(known().recommend(asked, now()), say);
    },

    brands(request = {}) {
      const asked = check('request_invalid', 'brands: request', request, BRANDS, strict);
      return (known().ranked_brands(asked, now()) as Omit<RankedBrand, 'brandName'>[]).map(withBrand);
    },

    explain(item) {
      const told = known().explain(idOf('explain', item), now()) as Omit<Explanation, 'reasons'> & { reasons: ToldReason[] };
      return { ...told, reasons: told.reasons.map(({ code, contribution, events, ...said }) => ({ code, contribution, text: say(said), events })) };
    },

    record(request) {
      const asked = check('request_invalid', 'record: request', request, REQUEST, strict);
      return known().record(asked, now()) as DecisionRecord;
    },

    reminders: () => (machine.reminders(now()) as Omit<Reminder, 'brandName'>[]).map(withBrand),

    favourites: () => machine.favourites(),

    price(cart, options = {}) {
      const lines = checkRows('cart_invalid', 'price: cart', cart, LINE);
      const asked = check('cart_invalid', 'price: options', options, PRICE, strict);
      if (options.account) asked['account'] = check('cart_invalid', 'price: options.account', options.account, ACCOUNT, strict);
      // One that is named and nothing stands for a guest.
      else if (!('account' in options)) asked['account'] = account;
      const receipt = machine.price({ ...asked, lines }, now()) as ToldReceipt;
      // The engine tells a code as it compares it; whoever typed it looks for what was typed.
      const typed = (code: string) => options.codes?.find((one) => one.trim().toUpperCase() === code.toUpperCase()) ?? code;
      return {
        ...receipt,
        unknownCodes: receipt.unknownCodes.map(typed),
        used: receipt.used.map(withName),
        tenders: receipt.tenders.map(withName),
        refused: receipt.refused.map((told) => ({ ...withName(told), text: refusal(told) })),
      };
    },

    setAccount(given) {
      const state = given === undefined ? undefined : check('account_invalid', 'setAccount: account', given, SHOP_ACCOUNT, strict);
      const differs = machine.set_account(state);
      if (differs) {
        stated = state;
        account = given && check('account_invalid', 'setAccount: account', { ...given, orders: given.orders?.length ?? 0 }, ACCOUNT);
        changed();
      }
      return differs;
    },

    customer: () => machine.customer(now()) as Customer,

    offer() {
      // Only what is kept can be held out the same way each time; without it nobody is in an experiment.
      if (keeper.consent !== 'on') return undefined;
      const told = known(keeper.seed).offer(now()) as ToldOffer | undefined;
      if (!told) return undefined;
      const { coupon, code, message: said, care, reason, placed = 0, ...rest } = told;
      const message = catalogue.messageOf(said, care);
      if (message === undefined && code === undefined) return undefined;
      const date = new Intl.DateTimeFormat(language, { month: 'long', day: 'numeric', timeZone: catalogue.zone }).format(placed);
      const disclosure = catalogue.text?.disclosure;
      return {
        ...rest,
        text: sentence(`offer.${reason}`, { date }),
        ...(message && { message }),
        ...(coupon && code && { coupon: withName({ id: coupon, code }) }),
        ...(disclosure && { disclosure }),
      };
    },

    async refresh(given?: News) {
      const before = machine.state();
      const news = given ?? (await parts.news?.(before, language));
      const { takeIn } = await part(import('./renewal.js'));
      // Where another call was faster, what it took in is the news.
      if (news && before === machine.state() && (await takeIn(news, parts, keeper, () => stated))) changed();
      return before !== machine.state();
    },

    history: {
      list: () => machine.history() as RememberedEvent[],
      orders: () => machine.orders() as RememberedEvent[],
      derived() {
        const told = machine.derived(now()) as ToldDerived;
        return {
          ...told,
          brands: told.brands.map((brand) => ({ ...brand, name: catalogue.brandName(brand.id) })),
          categories: told.categories.map((category) => ({ ...category, name: catalogue.categoryName(category.id) })),
          sizes: told.sizes.map(({ id: size, weight }) => ({ size, weight })),
          attributes: told.attributes.map(({ id: attribute, weight }) => ({ attribute, weight })),
        };
      },
      async forget(ids) {
        demand('history.forget: ids', ids, 'a list of texts');
        const count = machine.forget(ids);
        await keeper.forget(ids);
        return count;
      },
      export: () => machine.export(now()) as ExportedMemory,
      async import(given) {
        // Seldom done, so what reads a file comes only then.
        const { memoryOf } = await part(import('./imported.js'));
        const memory = memoryOf(given, keeper.consent, StorageError);
        const { refused: _, ...taken } = machine.import(memory) as { added: number; known: number; refused: number };
        changed();
        await keeper.keepAll();
        return taken;
      },
      erase: () => keeper.erase(),
    },

    consent: {
      get state() {
        return keeper.consent;
      },
      get chosen() {
        return keeper.chosen;
      },
      async set(to) {
        return keeper.choose(oneOf("consent.set's choice", to, CHOICES));
      },
    },

    subscribe: (listener) => subscribed(listeners, listener),

    async dispose() {
      reports.stop();
      listeners.clear();
      // An adapter of the shop's own may throw.
      await keeper.close().finally(() => machine.free());
    },

    [Symbol.asyncDispose]: () => engine.dispose(),
  };

  return [engine, () => keeper.start(parts.consent).then(reports.schedule)];
}
