/**
 * The till: what the bag costs by the engine, what coupons do in it, and which one may be put forward. Which coupons there are
 * and what they ask for is the engine's to know.
 */

import type { CartLine, Engine, Offer, Receipt, RefusedPromotion, ShopEvent } from 'windowshop';
import * as clock from '../clock';
import { type BagLine, counting } from './bag';
import type { Basket } from './basket';
import { isBarred, mayPutForward } from './coupons';
import { report } from './problem';
import { type Shelves, stateOf } from './rows';

/** What the demo shop takes for shipping, in minor units. */
const SHIPPING_FEE = 1200;

/** What the till needs of the shop around it. */
export interface Around {
  engine(): Engine | undefined;
  shelves(): Shelves | undefined;
  basket: Basket;
  /** Tells what the shopper did. */
  observe(event: ShopEvent): Promise<unknown>;
  /** Tells what the page did, which moves no list. */
  tell(event: ShopEvent): Promise<unknown>;
}

export class Till {
  #around: Around;
  /** What was read since the last change: pages ask for it many times in one drawing. */
  #read: { offer?: { is: Offer | undefined }; barred?: ReadonlyMap<string, RefusedPromotion> } = {};
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
      return mayPutForward(offer, { entered, filled, priced, inBag }) ? offer : undefined;
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
    if (!item) return [];
    const size = item.sizes.length > 1 ? item.sizes.find(({ stock }) => stock > 0)?.size : undefined;
    return [{ item: item.id, quantity: 1, ...(size === undefined ? {} : { size }) }];
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
    const lines: CartLine[] = bag.map(({ item, size, quantity }) => ({ item, size, quantity }));
    try {
      return this.#around
        .engine()
        ?.price(lines, { codes: [...codes], ...(lines.length > 0 ? { shipping: SHIPPING_FEE } : {}) });
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
