/**
 * The till: what the bag costs by the engine, what coupons do in it, and which one may be put forward. Which coupons there are
 * and what they ask for is the engine's to know.
 */

import type { CartLine, Engine, Offer, Receipt, RecommendRequest, RefusedPromotion, ShopEvent } from 'windowshop';
import * as clock from '../clock';
import { type BagLine, countedOf, counting, isKnown } from './bag';
import type { Basket } from './basket';
import { isBarred, mayPutForward } from './coupons';
import { type Gap, gains, gapsOf } from './gap';
import type { Pick } from './live';
import { report } from './problem';
import { type Item, type Shelves, stateOf } from './rows';

/** What the demo shop takes for shipping, in minor units. */
const SHIPPING_FEE = 1200;

/** So many things are asked for at a time that would close a gap, and so often for twice as much. */
const ASKED = 24;
const TURNS = 6;
/** How many of them are priced to tell whether closing it pays: where the first few do not, the place is taken. */
const TRIED = 3;
const PRICED = 12;

/** What the till needs of the shop around it. */
export interface Around {
  engine(): Engine | undefined;
  shelves(): Shelves | undefined;
  basket: Basket;
  /** A list of the engine's. */
  list(request: RecommendRequest): readonly Pick[];
  /** Tells what the shopper did. */
  observe(event: ShopEvent): Promise<unknown>;
  /** Tells what the page did, which moves no list. */
  tell(event: ShopEvent): Promise<unknown>;
}

export class Till {
  #around: Around;
  /** What was read since the last change: pages ask for it many times in one drawing. */
  #read: {
    offer?: { is: Offer | undefined };
    barred?: ReadonlyMap<string, RefusedPromotion>;
    gaps?: Map<string, readonly Pick[] | undefined>;
  } = {};
  #offersShown = new Set<string>();

  constructor(around: Around) {
    this.#around = around;
  }

  /** Something changed: it is read anew when it is next asked for. */
  stale(): void {
    this.#read = {};
  }

  /** What this tab chose to put forward now: a coupon, a word of the shop, or nothing. `inBag`: under the bag itself. */
  offer(inBag = false): Offer | undefined {
    try {
      const offer = (this.#read.offer ??= { is: this.#around.engine()?.offer() }).is;
      if (!offer?.coupon) return offer;
      const { code } = offer.coupon;
      const { codes } = this.#around.basket;
      const filled = this.#around.basket.lines.length > 0;
      const entered = this.#around.basket.entered(code);
      // Without a bag, one of something shows whether a coupon is refused to everything.
      const priced = filled ? this.receipt([...codes, code]) : this.receipt([code], this.#sample());
      if (!mayPutForward(offer, { entered, filled, priced, inBag })) return undefined;
      // Under a bag none is put forward that another, which is there for everybody, beats.
      return inBag && filled && !this.bestCodes().includes(code) ? undefined : offer;
    } catch (error) {
      report(error);
      return undefined;
    }
  }

  /** One of something that can be bought now: what promotions say of it does not hang on the bag. */
  #sample(): readonly BagLine[] {
    const item = this.#around
      .shelves()
      ?.front.find(
        ({ id, stock, sale }) =>
          stock > 0 &&
          this.#around.shelves()!.item(id) &&
          stateOf(this.#around.shelves()!.sale(sale)!, clock.now()) === 'open',
      );
    return item ? [oneOf(item)] : [];
  }

  /** Promotions that no bag would make count now, by their ids: for the time, the account or the way to pay. */
  barred(): ReadonlyMap<string, RefusedPromotion> {
    if (!this.#read.barred) {
      const codes = [...counting(this.receipt()), ...(this.receipt()?.refused ?? [])].flatMap(({ code }) => code ?? []);
      const refused = this.receipt(codes, this.#sample())?.refused.filter(isBarred) ?? [];
      this.#read.barred = new Map(refused.map((row) => [row.id, row]));
    }
    return this.#read.barred;
  }

  /** What a promotion would give in this bag by itself; nothing without a bag. */
  worthOf({ id, code }: { id: string; code?: string | undefined }): number {
    if (code === undefined || this.#around.basket.lines.length === 0) return 0;
    return counting(this.receipt([code])).find((promotion) => promotion.id === id)?.amount ?? 0;
  }

  /** Why a promotion would not count if its code were entered besides those that are; nothing where it would. */
  refusalOf({ id, code }: { id: string; code?: string | undefined }): RefusedPromotion | undefined {
    const { codes, entered } = this.#around.basket;
    if (code === undefined || entered.call(this.#around.basket, code)) return undefined;
    return this.receipt([...codes, code])?.refused.find((refused) => refused.id === id);
  }

  /** The nearest gap of a promotion that it pays to close, with what would close it; nothing where it pays for none. */
  gap(limit: number): { gap: Gap; picks: readonly Pick[] } | undefined {
    const receipt = this.receipt();
    for (const gap of receipt ? gapsOf(receipt) : []) {
      const picks = this.#closersOf(gap);
      // What is shown is shown by its price, the nearest to the gap first.
      if (picks && picks.length > 0)
        return { gap, picks: picks.slice(0, limit).sort((a, b) => a.item.price - b.item.price) };
    }
    return undefined;
  }

  /** Whether nothing is gained where more is bought for a promotion that lacks it: another one is in its place. */
  isIdle(refused: RefusedPromotion): boolean {
    const { id, name, code, reason, shortfall = 0 } = refused;
    if (reason !== 'amount_short' || shortfall <= 0) return false;
    return this.#closersOf({ id, name, code, shortfall })?.length === 0;
  }

  /** What closes a gap and pays, the nearest first; undefined where there is nothing to close it with. */
  #closersOf(gap: Gap): readonly Pick[] | undefined {
    const read = (this.#read.gaps ??= new Map<string, readonly Pick[] | undefined>());
    const key = `${gap.id} ${gap.shortfall}`;
    if (!read.has(key)) read.set(key, this.#findClosers(gap));
    return read.get(key);
  }

  #findClosers({ id, code, shortfall }: Gap): readonly Pick[] | undefined {
    const { lines, codes } = this.#around.basket;
    const items = [...new Set(lines.map(({ item }) => item))];
    // The engine tells goods up to twice of what is asked for by their nearness: beyond that, it is asked for twice as much.
    const near = new Map<string, Pick>();
    for (let turn = 0, from = shortfall; turn < TURNS && near.size < ASKED; turn++, from *= 2)
      for (const pick of this.#around.list({ surface: 'cart', items, shortfall: from, promotion: id, limit: ASKED }))
        // Baby, intimate and health goods are never put forward.
        if (!pick.item.sensitive && (pick.item.price <= 2 * from || turn === TURNS - 1)) near.set(pick.item.id, pick);
    if (near.size === 0) return undefined;
    const others = codes.filter((other) => other.toUpperCase() !== code?.toUpperCase());
    const before = this.receipt();
    const pays = ({ item }: Pick): boolean => {
      const bag = [...lines, oneOf(item)];
      const after = this.receipt(code === undefined ? codes : [...others, code], bag);
      const without = code === undefined ? before : this.receipt(others, bag);
      return !!before && !!after && !!without && gains(id, { before, after, without });
    };
    const picks = [...near.values()];
    const first = picks.slice(0, TRIED).filter(pays);
    return first.length > 0 ? [...first, ...picks.slice(TRIED, PRICED).filter(pays)] : [];
  }

  /** What a promotion is called; its id where it is none of today's. */
  promotionName(id: string): string {
    // A receipt names every promotion, used or not.
    const { used = [], refused = [], tenders = [] } = this.receipt() ?? {};
    return [...used, ...refused, ...tenders].find((promotion) => promotion.id === id)?.name ?? id;
  }

  /** Tells the engine, once, that something was put forward. */
  offerShown({ id }: Offer): void {
    // Told once a shop day: a page that is turned back to shows nothing new.
    const day = `${id} ${this.#around.engine()?.catalogue.today().opened ?? ''}`;
    if (this.#offersShown.has(day)) return;
    this.#offersShown.add(day);
    // Nothing that the shopper did: the lists stay as they are.
    const params = { promotion_id: id };
    void this.#around.tell({ name: 'view_promotion', params });
  }

  /** Sends it away, which ends its series; gives the way back. */
  dismissOffer({ id }: Offer): () => void {
    const params = { promotion_id: id };
    void this.#around.observe({ name: 'dismiss', params });
    return () => void this.#around.observe({ name: 'undismiss', params });
  }

  /** What the bag costs, by the engine; undefined where it is not here. */
  receipt(
    codes: readonly string[] = this.#around.basket.codes,
    bag: readonly BagLine[] = this.#around.basket.lines,
  ): Receipt | undefined {
    const shelves = this.#around.shelves();
    // What has left the shop since is said on its line, and keeps nothing else from being priced.
    const known = bag.filter(({ item, size }) => isKnown(shelves?.item(item), size));
    const lines: CartLine[] = known.map(({ item, size, quantity }) => ({ item, size, quantity }));
    const counts = known.some((line) => countedOf(line, shelves!.item(line.item)!, shelves!, clock.now()) > 0);
    try {
      // Nothing is sent where nothing can be bought.
      return this.#around.engine()?.price(lines, { codes: [...codes], ...(counts ? { shipping: SHIPPING_FEE } : {}) });
    } catch (error) {
      report(error);
      return undefined;
    }
  }

  /** The codes of all coupons that together save most on this bag. */
  bestCodes(): string[] {
    const here = this.receipt();
    const all = [...counting(here), ...(here?.refused ?? [])].flatMap(({ code }) => code ?? []);
    return counting(this.receipt(all)).flatMap(({ code }) => code ?? []);
  }
}

/** One of an item, in a size that is there. */
function oneOf(item: Item): BagLine {
  const size = item.sizes.length > 1 ? item.sizes.find(({ stock }) => stock > 0)?.size : undefined;
  return { item: item.id, quantity: 1, ...(size === undefined ? {} : { size }) };
}
