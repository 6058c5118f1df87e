/**
 * The bag of this page and the codes entered in it. It lives in the page; where memory is kept it is found again in
 * what was remembered, and follows what another tab puts in or takes out.
 */

import type { Engine, RememberedEvent, ShopEvent } from 'windowshop';
import { type BagLine, bagFrom, signOf } from './bag';
import type { Item } from './rows';

/** What the basket needs of the shop around it. */
export interface Around {
  engine(): Engine | undefined;
  /** Tells what happened; resolves when it is remembered, or never was to be. */
  observe(event: ShopEvent): Promise<unknown>;
  changed(): void;
}

type Change = 'add_to_cart' | 'remove_from_cart';

/** How many of a line's kind are in a bag. */
const quantityIn = (bag: readonly BagLine[], { item, size }: BagLine): number =>
  bag.find((line) => line.item === item && line.size === size)?.quantity ?? 0;

const sameCode = (a: string, b: string | undefined): boolean => a.toUpperCase() === b?.toUpperCase();

export class Basket {
  lines: readonly BagLine[] = [];
  /** Coupon codes entered in this page. */
  codes: readonly string[] = [];
  #around: Around;
  /** Remembered events that these lines already count. */
  #counted = new Set<string>();
  #found = false;
  /** How many of this page's own doings are not remembered yet. */
  #telling = 0;
  #channel?: BroadcastChannel;
  /** What was in before the last wipe. */
  #wiped?: { lines: readonly BagLine[]; codes: readonly string[] };

  constructor(around: Around) {
    this.#around = around;
    if (typeof BroadcastChannel === 'function') {
      // Tabs of this shop alone hear it, and nothing of what was in goes along: each has its own bag.
      this.#channel = new BroadcastChannel('windowshop-bag');
      this.#channel.onmessage = ({ data }) => (data === 'wiped' ? this.#empty() : this.#refill());
    }
  }

  /** Whether what was in the bag before has been found again. */
  get isFound(): boolean {
    return this.#found;
  }

  get units(): number {
    return this.lines.reduce((sum, line) => sum + line.quantity, 0);
  }

  /** How many of an item are in, in all sizes. */
  unitsOf(item: string): number {
    return this.lines.reduce((sum, line) => (line.item === item ? sum + line.quantity : sum), 0);
  }

  /** Puts a piece in, at once. */
  put(item: Item, size?: string): void {
    this.#add({ item: item.id, size, quantity: 1 });
    void this.#tell('add_to_cart', item.id, size, 1);
    this.#around.changed();
  }

  /** Changes how many of a line's kind there are; less than one takes the line out, and a new one comes last or at a place. */
  #add({ item, size, quantity }: BagLine, place = this.lines.length): void {
    const line = this.lines.find((l) => l.item === item && l.size === size);
    const sum = (line?.quantity ?? 0) + quantity;
    if (!line) this.lines = sum > 0 ? this.lines.toSpliced(place, 0, { item, size, quantity: sum }) : this.lines;
    else if (sum > 0) this.lines = this.lines.map((l) => (l === line ? { ...l, quantity: sum } : l));
    else this.lines = this.lines.filter((l) => l !== line);
  }

  /** Sets how many of a line; none takes it out. Gives the way back. */
  setQuantity(line: BagLine, quantity: number): () => void {
    const before = this.lines;
    this.lines =
      quantity > 0 ? before.map((l) => (l === line ? { ...l, quantity } : l)) : before.filter((l) => l !== line);
    const change = quantity - line.quantity;
    void this.#tell(change > 0 ? 'add_to_cart' : 'remove_from_cart', line.item, line.size, Math.abs(change));
    this.#around.changed();
    return () => {
      // What was done to the bag since stays done.
      this.#add({ ...line, quantity: -change }, before.indexOf(line));
      void this.#tell(change > 0 ? 'remove_from_cart' : 'add_to_cart', line.item, line.size, Math.abs(change));
      this.#around.changed();
    };
  }

  async #tell(name: Change, item: string, size: string | undefined, quantity: number): Promise<void> {
    if (quantity > 0)
      await this.#observe({ name, params: { items: [{ item_id: item, item_variant: size, quantity }] } });
  }

  #observe(event: ShopEvent): Promise<unknown> {
    this.#telling++;
    return this.#around.observe(event).finally(() => {
      // Whatever was remembered meanwhile was this page's own doing.
      if (--this.#telling === 0) this.#count();
    });
  }

  #count(): readonly RememberedEvent[] {
    const events = (this.#around.engine()?.history.list() ?? []).filter(
      (event) => signOf(event.name) !== 0 && !this.#counted.has(event.id),
    );
    for (const { id } of events) this.#counted.add(id);
    return events;
  }

  /** The engine is here: what was in the bag before is found again, with what this page put in meanwhile. */
  found(engine: Engine): void {
    const remembered = this.#count();
    if (this.#found || engine.consent.state === 'off') return;
    this.#found = true;
    const here = this.lines;
    this.lines = bagFrom(remembered);
    for (const line of here) this.#add(line);
  }

  /** What was remembered has changed: what another tab did to its bag is done to this one. */
  follow(engine: Engine): void {
    if (this.#telling > 0 || engine.consent.state !== 'on') return;
    for (const event of [...this.#count()].reverse())
      for (const { id, size, quantity } of event.items)
        this.#add({ item: id, size, quantity: signOf(event.name) * quantity });
  }

  /** Everything was wiped: the bag goes with it, in every tab. Gives the way back. */
  wipe(): () => void {
    this.#empty();
    this.#channel?.postMessage('wiped');
    return () => {
      this.#refill();
      this.#channel?.postMessage('back');
    };
  }

  #empty(): void {
    this.#wiped = { lines: this.lines, codes: this.codes };
    [this.lines, this.codes] = [[], []];
    this.#around.changed();
  }

  #refill(): void {
    if (!this.#wiped) return;
    const { lines, codes } = this.#wiped;
    this.#wiped = undefined;
    // What was put in since stays in.
    const since = this.lines;
    [this.lines, this.codes] = [lines, [...new Set([...codes, ...this.codes])]];
    for (const line of since) this.#add(line);
    this.#around.changed();
  }

  /** What was remembered was given back or brought in: it is no news for the bag. */
  settle(): void {
    this.#count();
  }

  /** Memory was allowed: the bag that is there is remembered with the rest. Resolves when it is. */
  async remember(engine: Engine): Promise<void> {
    const known = bagFrom(engine.history.list());
    await Promise.all(
      this.lines.map((line) =>
        this.#tell('add_to_cart', line.item, line.size, line.quantity - quantityIn(known, line)),
      ),
    );
  }

  /**
   * Memory was allowed in another tab: what is kept comes into this bag, and what only this bag has is remembered. Of what is
   * in both there are as many as in the fuller one: it may be the same piece, seen in two tabs.
   */
  async join(engine: Engine): Promise<void> {
    this.#count();
    this.#found = true;
    for (const line of bagFrom(engine.history.list())) {
      const missing = line.quantity - quantityIn(this.lines, line);
      if (missing > 0) this.#add({ ...line, quantity: missing });
    }
    this.#around.changed();
    await this.remember(engine);
  }

  useCode(code: string): void {
    if (code !== '' && !this.codes.some((other) => sameCode(code, other))) this.codes = [...this.codes, code];
    this.#around.changed();
  }

  /** Enters these codes and no others. */
  setCodes(codes: readonly string[]): void {
    this.codes = [...codes];
    this.#around.changed();
  }

  /** Whether a promotion's code was entered here. */
  entered(code: string | undefined): boolean {
    return this.codes.some((other) => sameCode(other, code));
  }

  dropCode(code: string): void {
    this.codes = this.codes.filter((other) => !sameCode(other, code));
    this.#around.changed();
  }

  /** Lets the demonstration go on as if so many of each line had been bought; the rest stays. */
  pretendToBuy(order: string, bought: readonly BagLine[]): void {
    const lines = bought.filter(({ quantity }) => quantity > 0);
    if (lines.length === 0) return;
    const items = lines.map(({ item, size, quantity }) => ({ item_id: item, item_variant: size, quantity }));
    for (const line of lines) this.#add({ ...line, quantity: -line.quantity });
    this.codes = [];
    void this.#observe({ name: 'purchase', params: { transaction_id: order, items } });
    this.#around.changed();
  }
}
