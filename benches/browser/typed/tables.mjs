// What each value of an item's facts adds for one shopper: tables by row of brand, category, price band, size and attribute,
// then tables by the codes of the layout, which are all that scoring reads.
import { BOUND, logLift, priceBand, roleValues, weighted } from '../numbers.mjs';
import { OUT } from './layout.mjs';

const numbers = (length) => new Float64Array(length);

function largest(table) {
  let most = 0;
  for (let at = 0; at < table.length; at++) if (table[at] > most) most = table[at];
  return most;
}

/** Tables of what looks add: from all that is remembered, or from the session under way. */
class Parts {
  constructor(columns, layout) {
    this.brands = numbers(columns.brands.length);
    this.categories = numbers(columns.categories.length);
    this.sizes = numbers(columns.sizes.length);
    this.attributes = numbers(columns.attributeTexts.length);
    this.pairs = numbers(layout.pairs.count);
    this.places = numbers(layout.places.count);
    this.sets = numbers(layout.attributeSets.count);
    this.sizeSets = numbers(layout.sizeSets.count);
  }
}

/** The tables of one call; made once and filled anew. */
export class Tables {
  #columns;
  #layout;
  #looks;
  #above;
  #bands;
  #priorAbove;
  #heaviest;

  constructor(columns, layout) {
    [this.#columns, this.#layout] = [columns, layout];
    [this.past, this.present] = [new Parts(columns, layout), new Parts(columns, layout)];
    this.#bands = numbers(columns.priors.priceBand.length);
    this.#heaviest = numbers(layout.names.most.length);
    [this.#looks, this.#above, this.#priorAbove] = [0, 1, 2].map(() => numbers(columns.tops.length));
    columns.priors.category.forEach((prior, row) => (this.#priorAbove[columns.tops[row]] += prior));
    /** What is the shop's own, by place: all there is for goods that memory may not speak for. */
    this.shop = numbers(layout.places.count);
    /** Whether the session's part stands apart: its weight is not whole, or a sum might reach the bound. */
    this.apart = false;
    /** What the attributes of any item add at most. */
    this.mostAttributes = 0;
  }

  /** Fills them for a memory that was folded. */
  fill(memory, now) {
    const { weights, offsets } = this.#columns;
    const { past, present } = this;
    this.#lift(past, memory, memory.past, weights.smoothing);
    this.#liftBands(memory);
    const hasSession = memory.present.total > 0;
    this.#lift(present, memory, memory.present, weights.sessionSmoothing);
    this.apart = !this.#fold(hasSession);
    this.mostAttributes = this.#mostOf(past.attributes);
    this.#mark(memory, now);
    this.#fillCodes(past);
    if (this.apart) {
      this.#fillCodes(present);
      this.#fillSets(present, Infinity);
      this.#fillSets(past, BOUND);
    }
    const roles = roleValues(memory.phase(now, offsets)).map((value) => weighted(value, weights.signals.role));
    const [placeRole, placeBand] = this.#layout.places.columns;
    const { shop } = this;
    for (let place = 0; place < shop.length; place++) {
      shop[place] = roles[placeRole[place]];
      past.places[place] += shop[place] + this.#bands[placeBand[place]];
    }
  }

  /** What looks at brands, categories, sizes and attributes add, each weighted as the signal that speaks of it from memory. */
  #lift(parts, memory, looks, smoothing) {
    const { priors, weights } = this.#columns;
    const weight = weights.signals;
    const lift = (table, { rows }, seen, ordinary, each) => {
      table.fill(0);
      for (let number = 0; number < rows.length; number++) {
        const row = rows[number];
        if (row >= 0 && seen[number] > 0) table[row] = weighted(logLift(seen[number], ordinary[row], smoothing), each);
      }
    };
    lift(parts.brands, memory.brands, looks.brands, priors.brand, weight.brand_affinity);
    lift(parts.sizes, memory.sizes, looks.sizes, priors.size, weight.size_affinity);
    lift(parts.attributes, memory.attributes, looks.attributes, priors.attribute, weight.attribute_affinity);
    this.#liftCategories(parts.categories, memory.categories.rows, looks.categories, smoothing);
    this.#fillSizeSets(parts);
  }

  #liftCategories(table, rows, seen, smoothing) {
    const { tops, priors, weights } = this.#columns;
    const [own, above] = [this.#looks.fill(0), this.#above.fill(0)];
    for (let number = 0; number < rows.length; number++) {
      const row = rows[number];
      if (row < 0) continue;
      own[row] += seen[number];
      above[tops[row]] += seen[number];
    }
    for (let row = 0; row < table.length; row++) {
      const top = tops[row];
      // Where nothing was looked at, itself included, there are no logarithms to take.
      const lift = above[top] === 0 ? 0 : 2 * logLift(own[row], priors.category[row], smoothing) + logLift(above[top], this.#priorAbove[top], smoothing);
      table[row] = weighted(Math.trunc(lift / 3), weights.signals.category_affinity);
    }
  }

  #liftBands(memory) {
    const bands = this.#bands.fill(0);
    const { priceEdges, priors, weights } = this.#columns;
    const prices = memory.prices.rows;
    for (let number = 0; number < prices.length; number++) {
      const [band, seen] = [priceBand(priceEdges, prices[number]), memory.past.prices[number]];
      bands[band] += Math.trunc(seen / 2);
      if (band > 0) bands[band - 1] += Math.trunc(seen / 4);
      if (band + 1 < bands.length) bands[band + 1] += Math.trunc(seen / 4);
    }
    for (let band = 0; band < bands.length; band++) bands[band] = weighted(logLift(bands[band], priors.priceBand[band], weights.smoothing), weights.signals.price_affinity);
  }

  /** The strongest size of each set that sizes come in stock in. */
  #fillSizeSets({ sizes, sizeSets }) {
    const { starts, rows } = this.#layout.sizeSets;
    for (let set = 0; set < sizeSets.length; set++) {
      let most = 0;
      for (let at = starts[set]; at < starts[set + 1]; at++) if (sizes[rows[at]] > most) most = sizes[rows[at]];
      sizeSets[set] = most;
    }
  }

  /** Adds the session's part to the other where nothing is cut, neither to whole numbers nor at the bound; whether it could. */
  #fold(hasSession) {
    const { past, present } = this;
    if (this.#mostOf(past.attributes) > BOUND) return false;
    if (!hasSession) return true;
    const scale = this.#columns.weights.signals.session_affinity / 1_000;
    const most = largest(present.brands) + largest(present.categories) + largest(present.sizeSets) + this.#mostOf(present.attributes);
    if (scale % 1 !== 0 || most * scale > BOUND) return false;
    const add = (table, other) => {
      for (let row = 0; row < table.length; row++) table[row] += scale * other[row];
    };
    add(past.brands, present.brands);
    add(past.categories, present.categories);
    add(past.sizeSets, present.sizeSets);
    add(past.attributes, present.attributes);
    return true;
  }

  /** What all attributes of an item add at most: for each name the heaviest value. */
  #mostOf(attributes) {
    const { name, most } = this.#layout.names;
    const heaviest = this.#heaviest.fill(0);
    for (let row = 0; row < attributes.length; row++) if (attributes[row] > heaviest[name[row]]) heaviest[name[row]] = attributes[row];
    return heaviest.reduce((sum, each, at) => sum + each * most[at], 0);
  }

  /** Reminders, what may be running low, and brands and categories that are not to be shown. */
  #mark(memory, now) {
    const { parents, replenishDays, weights } = this.#columns;
    const { brands, categories } = this.past;
    for (const row of memory.reminded) brands[row] += weighted(1_000_000, weights.signals.reminder);
    memory.brands.rows.forEach((row, number) => {
      if (row >= 0 && memory.brandsOut[number] !== 0) brands[row] = OUT;
    });
    memory.categories.rows.forEach((row, number) => {
      if (row < 0) return;
      if (memory.isDue(number, replenishDays[row], now)) categories[row] += weighted(1_000_000, weights.signals.replenishment);
      if (memory.categoriesOut[number] === 0) return;
      for (let under = 0; under < parents.length; under++) {
        for (let here = under, steps = 0; steps <= parents.length; here = parents[here], steps++) if (here === row) categories[under] = OUT;
      }
    });
  }

  /** Each set of attributes once, however many items have it, cut at a bound. */
  #fillSets({ attributes, sets }, bound) {
    const { starts, rows } = this.#layout.attributeSets;
    for (let set = 0, at = 0; set < sets.length; set++) {
      let sum = 0;
      for (const end = starts[set + 1]; at < end; at++) sum += attributes[rows[at]];
      sets[set] = Math.min(sum, bound);
    }
  }

  /** From tables by fact to tables by code. */
  #fillCodes(parts) {
    const { brands, categories, sizeSets, pairs, places } = parts;
    const [pairBrand, pairCategory] = this.#layout.pairs.columns;
    for (let pair = 0; pair < pairs.length; pair++) pairs[pair] = brands[pairBrand[pair]] + categories[pairCategory[pair]];
    const placeSet = this.#layout.places.columns[2];
    for (let place = 0; place < places.length; place++) places[place] = sizeSets[placeSet[place]];
  }
}
