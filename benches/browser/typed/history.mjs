// A shopper's memory in numbers, for the baseline over typed arrays: ids become rows once, when memory is taken in, as the
// engine's own `import` takes it in; what follows from it is folded anew with each minute, as the engine does.
import { decayed, heard, LOOK, LOOKS, PAUSE, phaseOf, POSITIONS, dayOf, isDue } from '../numbers.mjs';
import { inOrder } from '../memory.mjs';

const KINDS = ['view_item', 'add_to_cart', 'add_to_wishlist', 'favourite_on', 'purchase', 'favourite_off', 'remove_from_cart', 'dismiss', 'undismiss'];
const [VIEW, CART, WISH, FAVOURITE, PURCHASE, UNFAVOURITE, UNCART, DISMISS, UNDISMISS] = KINDS.keys();
const OTHER = KINDS.length;
const WEIGHTS = Uint8Array.from([...KINDS, 'other'], (name) => LOOKS[name] ?? 0);
const FAVOURED = 1;
const DISMISSED = 2;
const IN_BAG = 4;
const BOUGHT = 8;

/** Numbers values in the order in which they come; `rows` are their rows in the pack, -1 for those it has not. */
class Numbered {
  #numbers = new Map();
  #rowOf;
  rows = [];
  constructor(rowOf) {
    this.#rowOf = rowOf;
  }
  of(value) {
    if (value === null || value === undefined) return -1;
    let number = this.#numbers.get(value);
    if (number === undefined) {
      number = this.rows.push(this.#rowOf(value) ?? -1) - 1;
      this.#numbers.set(value, number);
    }
    return number;
  }
}

/** Sums of looks by number; what is folded into. */
class Looks {
  total = 0;
  constructor(memory) {
    for (const fact of ['brands', 'categories', 'prices', 'sizes', 'attributes']) this[fact] = new Float64Array(memory[fact].rows.length);
  }
  clear() {
    this.total = 0;
    this.brands.fill(0);
    this.categories.fill(0);
    this.prices.fill(0);
    this.sizes.fill(0);
    this.attributes.fill(0);
  }
}

/** What one browser remembers. */
export class Memory {
  constructor(columns, { events, orders, reminders }) {
    this.items = new Numbered((id) => columns.itemRows.get(id));
    this.brands = new Numbered((id) => columns.brandRows.get(id));
    this.categories = new Numbered((id) => columns.categoryRows.get(id));
    this.sizes = new Numbered((size) => columns.sizeRows.get(size));
    this.attributes = new Numbered((text) => columns.attributeRows.get(text));
    this.prices = new Numbered((price) => price);
    this.tables = [];
    const all = [...events.map((event) => ({ event, order: 0 })), ...orders.map((event) => ({ event, order: 1 }))].sort((one, other) => inOrder(one.event, other.event));
    const count = all.reduce((sum, { event }) => sum + event.items.length, 0);
    this.at = Float64Array.from(all, ({ event }) => event.at);
    this.kind = Uint8Array.from(all, ({ event }) => (KINDS.indexOf(event.name) < 0 ? OTHER : KINDS.indexOf(event.name)));
    this.start = new Uint32Array(all.length + 1);
    this.aboutBrand = Int32Array.from(all, ({ event }) => (event.promotion ? -2 : this.brands.of(event.brand)));
    this.aboutCategory = Int32Array.from(all, ({ event }) => this.categories.of(event.category));
    for (const fact of ['item', 'brand', 'category', 'size', 'price']) this[fact] = new Int32Array(count);
    this.hidden = new Uint8Array(count);
    this.attributeStart = new Uint32Array(count + 1);
    const word = events.findLast(({ name }) => name === 'sensitive_on' || name === 'sensitive_off');
    this.sensitive = word?.name === 'sensitive_on';
    const attributes = [];
    let place = 0;
    all.forEach(({ event }, row) => {
      for (const item of event.items) {
        this.item[place] = this.items.of(item.id);
        this.tables[this.item[place]] ??= columns.covisitation.rows.get(item.id) ?? -1;
        this.brand[place] = this.brands.of(item.brand);
        this.category[place] = this.categories.of(item.category);
        this.size[place] = this.sizes.of(item.size);
        this.price[place] = this.prices.of(item.price);
        this.hidden[place] = item.sensitive && !this.sensitive ? 1 : 0;
        for (const text of item.attributes) attributes.push(this.attributes.of(text));
        this.attributeStart[++place] = attributes.length;
      }
      this.start[row + 1] = place;
    });
    this.attribute = Int32Array.from(attributes);
    this.reminded = reminders.map(({ brand }) => columns.brandRows.get(brand)).filter((row) => row !== undefined);
    const first = new Map();
    for (const { name, order, at } of orders) if (name === 'purchase' && order && !first.has(order)) first.set(order, at);
    [this.orders, this.lastOrder] = [first.size, Math.max(...first.values())];
    this.past = new Looks(this);
    this.present = new Looks(this);
    this.marks = new Uint8Array(this.items.rows.length);
    this.brandsOut = new Uint8Array(this.brands.rows.length);
    this.categoriesOut = new Uint8Array(this.categories.rows.length);
    this.boughtAt = new Float64Array(this.categories.rows.length);
    this.trail = new Int32Array(POSITIONS);
    this.steps = 0;
  }

  #take(looks, place, weight) {
    looks.total += weight;
    if (this.brand[place] >= 0) looks.brands[this.brand[place]] += weight;
    if (this.category[place] >= 0) looks.categories[this.category[place]] += weight;
    if (this.size[place] >= 0) looks.sizes[this.size[place]] += weight;
    if (this.price[place] >= 0) looks.prices[this.price[place]] += weight;
    for (let at = this.attributeStart[place]; at < this.attributeStart[place + 1]; at++) looks.attributes[this.attribute[at]] += weight;
  }

  /** Folds all of it, oldest first: affinities, marks, what was bought; then the session and the trail, newest first. */
  fold(now, { halfLifeDays, sessionDecay }) {
    const { kind, start, at } = this;
    this.past.clear();
    this.marks.fill(0);
    this.brandsOut.fill(0);
    this.categoriesOut.fill(0);
    this.boughtAt.fill(-Infinity);
    let [latest, looks] = [-Infinity, 0];
    for (let row = 0; row < kind.length; row++) {
      const weight = WEIGHTS[kind[row]];
      if (weight > 0) {
        let share = LOOK;
        if (kind[row] !== PURCHASE) {
          if (at[row] - latest > PAUSE) looks = 0;
          latest = at[row];
          looks += weight;
          share = heard(looks);
        }
        const left = Math.trunc((weight * share * decayed(now - at[row], halfLifeDays)) / LOOK);
        for (let place = start[row]; place < start[row + 1]; place++) if (this.hidden[place] === 0) this.#take(this.past, place, left);
      }
      this.#mark(row);
    }
    this.#foldNewest(now, sessionDecay);
  }

  #mark(row) {
    const kind = this.kind[row];
    if (kind === OTHER || kind === VIEW) return;
    if (kind === DISMISS || kind === UNDISMISS) {
      const out = kind === DISMISS ? 1 : 0;
      if (this.aboutBrand[row] === -2) return;
      if (this.aboutBrand[row] >= 0) this.brandsOut[this.aboutBrand[row]] = out;
      else if (this.aboutCategory[row] >= 0) this.categoriesOut[this.aboutCategory[row]] = out;
      else this.#set(row, DISMISSED, out === 1);
    } else if (kind === FAVOURITE || kind === WISH) this.#set(row, FAVOURED, true);
    else if (kind === UNFAVOURITE) this.#set(row, FAVOURED, false);
    else if (kind === CART) this.#set(row, IN_BAG, true);
    else if (kind === UNCART) this.#set(row, IN_BAG, false);
    else {
      this.#set(row, BOUGHT, true);
      for (let place = this.start[row]; place < this.start[row + 1]; place++) {
        // What may not speak is no reason to replenish, and hides what was bought of the kind before.
        if (this.category[place] >= 0) this.boughtAt[this.category[place]] = this.hidden[place] === 0 ? this.at[row] : -Infinity;
      }
    }
  }

  #set(row, mark, on) {
    for (let place = this.start[row]; place < this.start[row + 1]; place++) {
      if (on) this.marks[this.item[place]] |= mark;
      else this.marks[this.item[place]] &= ~mark;
    }
  }

  #foldNewest(now, sessionDecay) {
    const { kind, start, at } = this;
    this.present.clear();
    this.steps = 0;
    let [after, power, inSession] = [now, 65_536, true];
    for (let row = kind.length - 1; row >= 0 && (inSession || this.steps < POSITIONS); row--) {
      if (after - at[row] > PAUSE || power === 0) inSession = false;
      after = at[row];
      const weight = WEIGHTS[kind[row]];
      if (weight === 0) continue;
      let speaks = false;
      for (let place = start[row]; place < start[row + 1]; place++) {
        if (this.hidden[place] !== 0) continue;
        speaks = true;
        if (inSession) this.#take(this.present, place, weight * Math.floor((LOOK * power) / 65_536));
        if (kind[row] !== PURCHASE && this.steps < POSITIONS) this.trail[this.steps++] = this.item[place];
      }
      if (speaks) power = Math.floor((power * sessionDecay) / 65_536);
    }
  }

  isFavourite(item) {
    return (this.marks[item] & FAVOURED) !== 0;
  }

  /** Whether an item is dismissed, in the bag or bought. */
  isOut(item) {
    return (this.marks[item] & (DISMISSED | IN_BAG | BOUGHT)) !== 0;
  }

  /** Whether a category may be running low. */
  isDue(category, days, now) {
    return isDue(days, now - this.boughtAt[category]);
  }

  /** The course of somebody who ordered; nothing without orders. */
  phase(now, offsets) {
    return this.orders === 0 ? undefined : phaseOf(this.orders, Math.max(dayOf(offsets, now) - dayOf(offsets, this.lastOrder), 0));
  }
}
