/** The lists of a visit: the home page's, which stands until another is asked for, and those worked out at each change. */

import type { DecisionRecord, Engine, RecommendRequest } from 'windowshop';
import * as clock from '../clock';
import { type Pick, PICKS, picks } from './live';
import { fits } from './arrange';
import { report } from './problem';
import { onSale, type Shelves } from './rows';
import { isOn } from './standing';

/** The home page's list. */
export interface Feed {
  personal: boolean;
  picks: readonly Pick[];
  /** Whether the engine that made it had no more than an excerpt of the pack. */
  early?: boolean;
  /** How it was decided then. */
  record?: DecisionRecord | undefined;
}

/** What the lists need of the shop around them. */
export interface Around {
  engine(): Engine | undefined;
  /** The same, where it has every item. */
  whole(): Engine | undefined;
  shelves(): Shelves | undefined;
  changed(): void;
}

/** Lists that go by what was looked for: not while the personal order is switched off. */
const BY_TASTE: ReadonlySet<string> = new Set(['search', 'new_today']);

export class Lists {
  #around: Around;
  #feed?: Feed;
  /** The last opening when it was made. */
  #feedOf = 0;
  /** What this visit looked at or did, counted; and the count when the list was made. */
  #done = 0;
  #feedAt = 0;
  #lists = new Map<string, readonly Pick[]>();
  #shopOrder = false;
  #sizes: readonly string[] = [];
  #channel?: BroadcastChannel;

  constructor(around: Around) {
    this.#around = around;
    if (typeof BroadcastChannel === 'function') {
      this.#channel = new BroadcastChannel('windowshop-order');
      this.#channel.onmessage = ({ data }) => this.#setShopOrder(data === 'shop');
    }
  }

  /** The home page's list: worked out once and kept until the shopper asks for another by what they do. */
  feed(): Feed {
    const opened = this.#lastOpening();
    // At ten there are other windows: the list follows, but not under the hand of who is in it.
    if (opened > this.#feedOf && !globalThis.document?.activeElement?.closest('.feed')) this.#feed = undefined;
    if (!this.#feed) {
      this.#feedOf = opened;
      const feed = (this.#feed = this.#makeFeed());
      this.#feedAt = this.#done;
      // Once it is drawn, and before the excerpt that it is of is gone: it may stand for long.
      if (feed.early)
        setTimeout(
          () => (feed.record = this.#around.whole() ? undefined : this.#around.engine()?.record(this.#home())),
        );
    }
    return this.#feed;
  }

  #lastOpening(): number {
    const at = clock.now();
    return (this.#around.shelves()?.sales ?? []).reduce(
      (last, { opens }) => (opens <= at && opens > last ? opens : last),
      0,
    );
  }

  #home(): RecommendRequest {
    return { surface: 'home', limit: PICKS, sizes: [...this.#sizes] };
  }

  /** The home page's list as a file for `windowshop replay`: as it stands by an excerpt, or worked out now; nothing without the engine. */
  decision(): DecisionRecord | undefined {
    return this.#feed?.record ?? this.#around.whole()?.record(this.#home());
  }

  #makeFeed(): Feed {
    const [engine, shelves] = [this.#around.engine(), this.#around.shelves()];
    if (!shelves) return { personal: false, picks: [] };
    if (engine && !this.#shopOrder) {
      try {
        const made = picks(engine, shelves, this.#home());
        if (this.#around.whole()) return made;
        // Everybody's order is the same with and without an engine, but not without some of the items.
        if (made.personal) return { ...made, early: true };
      } catch (error) {
        report(error);
      }
    }
    const at = clock.now();
    const own = shelves.front.filter((item) => onSale(item, shelves, at) && fits(item, this.#sizes));
    return { personal: false, picks: own.map((item) => ({ item, reasons: [] })) };
  }

  /** Another list, worked out once for each change; empty without the engine, and where it would be personal and may not be. */
  list(request: RecommendRequest): readonly Pick[] {
    if (this.#shopOrder && BY_TASTE.has(request.surface)) return [];
    // An excerpt has all of today's new.
    const engine = request.surface === 'new_today' ? this.#around.engine() : this.#around.whole();
    const shelves = this.#around.shelves();
    if (!engine || !shelves) return [];
    const key = JSON.stringify(request);
    let list = this.#lists.get(key);
    if (!list) {
      try {
        list = listAbout(engine, shelves, request);
      } catch (error) {
        report(error);
        list = [];
      }
      this.#lists.set(key, list);
    }
    return list;
  }

  /** Something changed: lists other than the home page's are worked out anew when they are next asked for. */
  stale(): void {
    this.#lists.clear();
  }

  /** The home page's list is worked out anew when it is next drawn. */
  drop(): void {
    this.#feed = undefined;
  }

  /** Memory was switched off, here or in another tab: a personal list goes at once. */
  dropPersonal(): void {
    if (this.#feed?.personal) this.#feed = undefined;
  }

  /** Works the home page's list out anew. */
  refresh(): void {
    this.drop();
    this.#around.changed();
  }

  /** The shopper looked at something, or did something. */
  did(): void {
    this.#done++;
  }

  /** One is back at the list: it is worked out anew where something was looked at since it was made. */
  refreshAfterLooking(): void {
    if (this.#feedAt !== this.#done) this.refresh();
  }

  /** The sizes that lists are narrowed to; without any, nothing is left out. */
  get sizes(): readonly string[] {
    return this.#sizes;
  }

  setSizes(to: readonly string[]): void {
    if (to.join('\n') === this.#sizes.join('\n')) return;
    this.#sizes = to;
    this.stale();
    this.refresh();
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
    this.stale();
    this.refresh();
  }
}

/** The most that an engine is asked for at once. */
const MOST = 200;

/**
 * A list of the engine's. One about something, `similar` to it or going with a `cart`, goes by that alone: where sensitive
 * goods may not count and it is about none of them, they are left out here, and others asked for in their place.
 */
function listAbout(engine: Engine, shelves: Shelves, request: RecommendRequest): readonly Pick[] {
  const all = picks(engine, shelves, request).picks;
  const about = request.surface === 'similar' || request.surface === 'cart';
  if (!about || isSensitive(request, shelves) || isOn('sensitive', engine.history.list())) return all;
  const plain = (list: readonly Pick[]) => list.filter(({ item }) => !item.sensitive);
  const { limit = all.length } = request;
  if (plain(all).length === all.length) return all;
  return plain(picks(engine, shelves, { ...request, limit: Math.min(MOST, 4 * limit) }).picks).slice(0, limit);
}

/** Whether what a list is about is sensitive itself: an item, something in the bag, or a brand that has such goods. */
function isSensitive({ item, items = [], brand }: RecommendRequest, shelves: Shelves): boolean {
  const ofBrand = item === undefined && brand !== undefined ? shelves.sales.filter((sale) => sale.brand === brand) : [];
  return (
    [...items, ...(item === undefined ? [] : [item])].some((id) => shelves.item(id)?.sensitive) ||
    ofBrand.some(({ id }) => shelves.itemsOf(id)?.some(({ sensitive }) => sensitive))
  );
}
