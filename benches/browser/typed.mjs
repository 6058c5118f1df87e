// The ranking of `home` over typed arrays: the strongest JavaScript we know how to write for it.
//
// What it does besides one column a fact:
// - facts that come together are one code: (brand, category), (role, price band, sizes in stock) and lists of attributes are
//   numbered when the pack is opened, so that an item's score is three lookups in small tables made anew for each call;
// - what is the shop's own and does not change (discount, quality) is one number an item; freshness is one a sale;
// - the session's part is added into the same tables wherever that changes no digit;
// - few items (looked at, beside those, favourites) have a number of their own, put in for a memory and taken out for the next;
// - what follows from a memory is kept for as long as it stays the same and the minute is not over, as the engine keeps it;
// - the best are kept in a buffer, each score and rank in one double; only they are sorted.
// Nothing is allocated while items are scored.
//
// It does less than the engine: it gives neither reasons nor a digest, cannot take a delta (stock and discount are in its
// codes), serves no other surface, and throws where weights or sizes of a pack are not what it expects.
import { LENGTH, minuteOf, weighted } from './numbers.mjs';
import { Memory } from './typed/history.mjs';
import { layOut, OUT } from './typed/layout.mjs';
import { Selection } from './typed/select.mjs';
import { Tables } from './typed/tables.mjs';

/** Candidates kept at first; the mix seldom asks for more. */
const KEPT = 1_536;

/** A pack laid out for ranking. */
export class TypedShop {
  #columns;
  #layout;
  #tables;
  #selection;
  /** Sums of co-visitation; all nothing between calls. */
  #warm;
  /** Of which memory and minute tables and numbers are, and the rows that have numbers of their own because of it. */
  #of = {};
  #touched = [];

  constructor(columns) {
    this.#columns = columns;
    this.#layout = layOut(columns);
    this.#warm = new Float64Array(columns.items.length);
    this.#tables = new Tables(columns, this.#layout);
    this.#selection = new Selection(columns, this.#layout, this.#tables);
  }

  /** Takes a memory in, as `history.export` gives it. */
  remember(memory) {
    return new Memory(this.#columns, memory);
  }

  /** The first items of `home`: `{ ids, scores }`. */
  home(memory, now, limit) {
    this.#prepare(memory, now);
    const seen = new Set();
    for (let step = 0; step < memory.steps; step++) seen.add(memory.items.rows[memory.trail[step]]);
    let list;
    for (let [kept, tries] = [KEPT, 0]; list === undefined; kept *= 4, tries++) {
      this.#selection.find(now, kept, !memory.sensitive, tries > 1);
      list = this.#selection.mix(seen, Math.min(limit, LENGTH));
    }
    return list;
  }

  /** Scoring alone, for runtimes that do nothing else: calls `use` with layout and tables as a memory makes them. */
  scoring(memory, now, use) {
    this.#prepare(memory, now);
    return use({ layout: this.#layout, tables: this.#tables, find: (kept) => this.#selection.find(now, kept, !memory.sensitive, false) });
  }

  #prepare(memory, now) {
    const minute = minuteOf(now);
    if (this.#of.memory === memory && this.#of.minute === minute) return;
    const { base, still } = this.#layout;
    for (const row of this.#touched) base[row] = still[row];
    memory.fold(minute, this.#columns.weights);
    this.#tables.fill(memory, minute);
    this.#touched = this.#putOwn(memory);
    this.#of = { memory, minute };
  }

  /** What few items have of their own: co-visitation, own history, favourites, and that they are out. Gives their rows. */
  #putOwn(memory) {
    const { weights, covisitation } = this.#columns;
    const { base, still } = this.#layout;
    const { items, trail, steps, tables } = memory;
    const weight = weights.signals;
    const touched = [];
    const warm = this.#warm;
    let [decay, most] = [65_536, weights.repeatFloor];
    const older = () => Math.floor((decay * weights.positionDecay) / 65_536);
    for (let step = 0; step < steps; step++, decay = older()) {
      const row = tables[trail[step]];
      if (row < 0) continue;
      for (let at = covisitation.starts[row]; at < covisitation.starts[row + 1]; at++) {
        const part = Math.floor((covisitation.weights[at] * decay) / 65_536);
        if (part === 0) continue;
        const item = covisitation.items[at];
        if (warm[item] === 0) touched.push(item);
        warm[item] += part;
        if (warm[item] > most) most = warm[item];
      }
    }
    for (const item of touched) {
      base[item] += weighted(warm[item], weight.covisitation);
      warm[item] = 0;
    }
    decay = 65_536;
    for (let step = 0; step < steps; step++, decay = older()) {
      const row = items.rows[trail[step]];
      if (row < 0) continue;
      base[row] += weighted(Math.floor((Math.trunc((most * weights.repeat) / 1_000) * decay) / 65_536), weight.own_history);
      touched.push(row);
    }
    for (let item = 0; item < items.rows.length; item++) {
      const row = items.rows[item];
      if (row < 0 || memory.marks[item] === 0) continue;
      if (memory.isFavourite(item)) base[row] += weighted(1_000_000, weight.favourite);
      if (memory.isOut(item)) base[row] = OUT;
      touched.push(row);
    }
    return touched;
  }
}
