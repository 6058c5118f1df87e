// The ranking of `home`, as plainly as it can be said: every signal of every item in doubles, a full sort, then the mix.
//
// Not meant to be fast. The engine and both baselines are held against it slot by slot; `contributions` says which signal
// differs where one does.
import { workOut } from './memory.mjs';
import { mix } from './mix.mjs';
import { BOUND, freshness, LENGTH, logLift, minuteOf, priceBand, quality, roleValues, weighted } from './numbers.mjs';

const clamp = (value) => Math.max(-BOUND, Math.min(BOUND, value));

/** A table by row from looks by id. */
function lifted(looks, rows, priors, smoothing, weight) {
  const table = new Array(priors.length).fill(0);
  for (const [id, seen] of looks) if (rows.has(id)) table[rows.get(id)] = weighted(logLift(seen, priors[rows.get(id)], smoothing), weight);
  return table;
}

/** Two parts a category's own lift, one part that of the top one above. */
function categoryLifts({ categoryRows, tops, priors }, looks, smoothing) {
  const own = new Array(tops.length).fill(0);
  const [above, priorAbove] = [own.slice(), own.slice()];
  priors.category.forEach((prior, row) => (priorAbove[tops[row]] += prior));
  for (const [id, seen] of looks) {
    const row = categoryRows.get(id);
    if (row === undefined) continue;
    own[row] += seen;
    above[tops[row]] += seen;
  }
  const lift = (row) => 2 * logLift(own[row], priors.category[row], smoothing) + logLift(above[tops[row]], priorAbove[tops[row]], smoothing);
  return own.map((_, row) => Math.trunc(lift(row) / 3));
}

/** A list and why. */
export class Reference {
  #columns;

  constructor(columns) {
    this.#columns = columns;
  }

  /** For each signal what it adds to an item by its row, by code. */
  #signals(looks, now) {
    const columns = this.#columns;
    const { weights, priors, itemRows, brandRows, categoryRows, sizeRows, attributeRows } = columns;
    const weight = weights.signals;
    const { affinities, session } = looks;
    const range = (starts, row) => Array.from({ length: starts[row + 1] - starts[row] }, (_, at) => starts[row] + at);

    const decays = [];
    for (let decay = 65_536; decays.length < looks.trail.length; decay = Math.floor((decay * weights.positionDecay) / 65_536)) decays.push(decay);
    const warm = new Map();
    const table = columns.covisitation;
    looks.trail.forEach((id, position) => {
      if (!table.rows.has(id)) return;
      const row = table.rows.get(id);
      for (const at of range(table.starts, row)) {
        const part = Math.floor((table.weights[at] * decays[position]) / 65_536);
        warm.set(table.items[at], (warm.get(table.items[at]) ?? 0) + part);
      }
    });
    const largest = Math.max(weights.repeatFloor, ...warm.values());
    const own = new Map();
    looks.trail.forEach((id, position) => {
      if (!itemRows.has(id)) return;
      const value = Math.floor((Math.trunc((largest * weights.repeat) / 1_000) * decays[position]) / 65_536);
      own.set(itemRows.get(id), (own.get(itemRows.get(id)) ?? 0) + weighted(value, weight.own_history));
    });

    const bands = new Array(priors.priceBand.length).fill(0);
    for (const [price, seen] of affinities.prices) {
      const band = priceBand(columns.priceEdges, price);
      for (const [beside, part] of [[band, 2], [band - 1, 1], [band + 1, 1]]) if (beside in bands) bands[beside] += Math.trunc((seen * part) / 4);
    }
    const tables = (from, smoothing) => ({
      brands: lifted(from.brands, brandRows, priors.brand, smoothing, weight.brand_affinity),
      categories: categoryLifts(columns, from.categories, smoothing).map((lift) => weighted(lift, weight.category_affinity)),
      sizes: lifted(from.sizes, sizeRows, priors.size, smoothing, weight.size_affinity),
      attributes: lifted(from.attributes, attributeRows, priors.attribute, smoothing, weight.attribute_affinity),
    });
    const memory = tables(affinities, weights.smoothing);
    const now2 = tables(session, weights.sessionSmoothing);
    const best = (sizes, row) => range(columns.stockStarts, row).reduce((most, at) => (columns.stockLeft[at] > 0 ? Math.max(most, sizes[columns.stockSize[at]]) : most), 0);
    const sum = (attributes, row) => range(columns.attributeStarts, row).reduce((all, at) => all + attributes[columns.attributes[at]], 0);
    const priceTable = bands.map((seen, band) => weighted(logLift(seen, priors.priceBand[band], weights.smoothing), weight.price_affinity));
    const named = (ids, rows) => new Set(ids.map((id) => rows.get(id)));
    const [due, reminded, favourites] = [named(looks.due, categoryRows), named(looks.reminders, brandRows), named([...looks.marks.favourites], itemRows)];
    const roles = roleValues(looks.phase);
    const { itemBrand, itemCategory, itemSale } = columns;
    return {
      own_history: (row) => own.get(row) ?? 0,
      covisitation: (row) => weighted(warm.get(row) ?? 0, weight.covisitation),
      brand_affinity: (row) => memory.brands[itemBrand[row]],
      category_affinity: (row) => memory.categories[itemCategory[row]],
      price_affinity: (row) => priceTable[columns.priceBand[row]],
      size_affinity: (row) => best(memory.sizes, row),
      attribute_affinity: (row) => clamp(sum(memory.attributes, row)),
      replenishment: (row) => (due.has(itemCategory[row]) ? weighted(1_000_000, weight.replenishment) : 0),
      session_affinity: (row) => {
        if (session.total === 0) return 0;
        const parts = now2.brands[itemBrand[row]] + now2.categories[itemCategory[row]] + best(now2.sizes, row) + sum(now2.attributes, row);
        return weighted(parts, weight.session_affinity);
      },
      reminder: (row) => (reminded.has(itemBrand[row]) ? weighted(1_000_000, weight.reminder) : 0),
      favourite: (row) => (favourites.has(row) ? weighted(1_000_000, weight.favourite) : 0),
      freshness: (row) => weighted(freshness(columns.opens[itemSale[row]], columns.closes[itemSale[row]], minuteOf(now)), weight.freshness),
      discount: (row) => weighted(columns.percentOff[row] * 10_000, weight.discount),
      quality: (row) => weighted(quality(columns.rating[row], columns.ratingCount[row], columns.sold[row], columns.returned[row]), weight.quality),
      role: (row) => weighted(roles[columns.role[row]], weight.role),
    };
  }

  #looks(memory, now) {
    const { weights, offsets, replenishDays, categoryRows } = this.#columns;
    return workOut(memory, now, { weights, offsets, replenishDays: (id) => replenishDays[categoryRows.get(id)] ?? 0 });
  }

  /** What each signal adds to one item. */
  contributions(memory, now, id) {
    const [looks, row] = [this.#looks(memory, now), this.#columns.itemRows.get(id)];
    const discreet = (this.#columns.flags[row] & 1) !== 0 && !looks.sensitive;
    return Object.entries(this.#signals(looks, now)).map(([code, of]) => ({ code, contribution: discreet && !SHOP.has(code) ? 0 : of(row) }));
  }

  /** The first items of `home`: `{ ids, scores }`. */
  home(memory, now, limit) {
    const columns = this.#columns;
    const looks = this.#looks(memory, now);
    const signals = Object.entries(this.#signals(looks, now));
    const { marks } = looks;
    const under = (row) => {
      for (let here = row, steps = 0; steps <= columns.parents.length; here = columns.parents[here], steps++) {
        if (marks.categories.has(columns.categories[here])) return true;
      }
      return false;
    };
    const categoriesOut = columns.categories.map((_, row) => under(row));
    const scored = [];
    columns.items.forEach((id, row) => {
      const sale = columns.itemSale[row];
      if (now < columns.opens[sale] || now >= columns.closes[sale]) return;
      if (marks.items.has(id) || marks.bag.has(id) || looks.bought.has(id)) return;
      if (marks.brands.has(columns.brands[columns.itemBrand[row]]) || categoriesOut[columns.itemCategory[row]]) return;
      let left = 0;
      for (let at = columns.stockStarts[row]; at < columns.stockStarts[row + 1]; at++) left += columns.stockLeft[at];
      if (left === 0) return;
      const discreet = (columns.flags[row] & 1) !== 0 && !looks.sensitive;
      const score = signals.reduce((all, [code, of]) => all + (discreet && !SHOP.has(code) ? 0 : of(row)), 0);
      scored.push({ row, score });
    });
    scored.sort((one, other) => other.score - one.score || columns.ranks[one.row] - columns.ranks[other.row]);
    const seen = new Set(looks.trail.map((id) => columns.itemRows.get(id)));
    const groupsOf = ({ row }) => ({ brand: columns.itemBrand[row], category: columns.itemCategory[row], seen: seen.has(row) });
    const list = mix(scored, groupsOf, Math.min(limit, LENGTH));
    return { ids: list.map(({ row }) => columns.items[row]), scores: list.map(({ score }) => score) };
  }
}

/** Signals that are the shop's own and hold for everybody. */
const SHOP = new Set(['freshness', 'discount', 'quality', 'role']);
