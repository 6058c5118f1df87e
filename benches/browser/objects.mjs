// The ranking of `home` over an array of item objects, as a front-end team would write it: filter, map, sort; Maps and Sets
// by id; an object a candidate. No effort is made to be slow: what does not depend on the item is worked out once a call.
//
// It gives the same list and scores as the engine. It gives no reasons and no digest.
import { workOut } from './memory.mjs';
import { mix } from './mix.mjs';
import { BOUND, freshness, LENGTH, logLift, minuteOf, priceBand, quality, roleValues, weighted } from './numbers.mjs';

const clamp = (value) => Math.max(-BOUND, Math.min(BOUND, value));

/** A shop of plain objects, from the facts as they were parsed. */
export class ObjectShop {
  #facts;
  #sales;
  #tops;
  #priors;
  #replenishDays;

  constructor(facts) {
    this.#facts = facts;
    this.#sales = new Map(facts.sales.map((sale) => [sale.id, sale]));
    const parents = new Map(facts.categories.map(({ id, parent }) => [id, parent]));
    const topOf = (id) => (parents.get(id) === id ? id : topOf(parents.get(id)));
    this.#tops = new Map(facts.categories.map(({ id }) => [id, topOf(id)]));
    this.#replenishDays = new Map(facts.categories.map(({ id, replenishDays }) => [id, replenishDays]));
    this.#priors = {
      brands: new Map(facts.brands.map(({ id, prior }) => [id, prior])),
      categories: new Map(facts.categories.map(({ id, prior }) => [id, prior])),
      sizes: new Map(facts.sizes.map(({ size, prior }) => [size, prior])),
      attributes: new Map(facts.attributes.map(({ attribute, prior }) => [attribute, prior])),
    };
  }

  /** What each value of a fact adds, by id. */
  #lifted(looks, priors, smoothing, weight) {
    const known = [...looks].filter(([id]) => priors.has(id));
    return new Map(known.map(([id, seen]) => [id, weighted(logLift(seen, priors.get(id), smoothing), weight)]));
  }

  #categories(looks, smoothing, weight) {
    const [above, priorAbove] = [new Map(), new Map()];
    for (const [id, prior] of this.#priors.categories) {
      const top = this.#tops.get(id);
      priorAbove.set(top, (priorAbove.get(top) ?? 0) + prior);
      if (looks.has(id)) above.set(top, (above.get(top) ?? 0) + looks.get(id));
    }
    const lift = (id, top) => 2 * logLift(looks.get(id) ?? 0, this.#priors.categories.get(id), smoothing) + logLift(above.get(top) ?? 0, priorAbove.get(top), smoothing);
    return new Map([...this.#tops].map(([id, top]) => [id, weighted(Math.trunc(lift(id, top) / 3), weight)]));
  }

  #parts(affinities, smoothing) {
    const weight = this.#facts.weights.signals;
    return {
      brands: this.#lifted(affinities.brands, this.#priors.brands, smoothing, weight.brand_affinity),
      categories: this.#categories(affinities.categories, smoothing, weight.category_affinity),
      sizes: this.#lifted(affinities.sizes, this.#priors.sizes, smoothing, weight.size_affinity),
      attributes: this.#lifted(affinities.attributes, this.#priors.attributes, smoothing, weight.attribute_affinity),
    };
  }

  #bands(prices) {
    const { priceEdges, bandPriors, weights } = this.#facts;
    const looks = bandPriors.map(() => 0);
    for (const [price, seen] of prices) {
      const band = priceBand(priceEdges, price);
      looks[band] += Math.trunc(seen / 2);
      if (band > 0) looks[band - 1] += Math.trunc(seen / 4);
      if (band + 1 < looks.length) looks[band + 1] += Math.trunc(seen / 4);
    }
    return looks.map((seen, band) => weighted(logLift(seen, bandPriors[band], weights.smoothing), weights.signals.price_affinity));
  }

  /** What was seen, and what was looked at beside it: contributions by item id. */
  #trail(trail) {
    const { weights, covisitation } = this.#facts;
    const [warm, own] = [new Map(), new Map()];
    const decays = trail.map(() => 65_536);
    for (let at = 1; at < decays.length; at++) decays[at] = Math.floor((decays[at - 1] * weights.positionDecay) / 65_536);
    trail.forEach((id, position) => {
      for (const [neighbour, weight] of covisitation[id] ?? []) {
        warm.set(neighbour, (warm.get(neighbour) ?? 0) + Math.floor((weight * decays[position]) / 65_536));
      }
    });
    const largest = Math.max(weights.repeatFloor, ...warm.values());
    trail.forEach((id, position) => {
      const value = Math.floor((Math.trunc((largest * weights.repeat) / 1_000) * decays[position]) / 65_536);
      own.set(id, (own.get(id) ?? 0) + weighted(value, weights.signals.own_history));
    });
    for (const [id, score] of warm) own.set(id, (own.get(id) ?? 0) + weighted(score, weights.signals.covisitation));
    return own;
  }

  /** The first items of `home`: `{ ids, scores }`. */
  home(memory, now, limit) {
    const { items, weights, priceEdges, offsets } = this.#facts;
    const weight = weights.signals;
    const looks = workOut(memory, now, { weights, offsets, replenishDays: (id) => this.#replenishDays.get(id) ?? 0 });
    const { marks, session } = looks;
    const dismissed = new Set([...this.#tops.keys()].filter((id) => this.#isUnder(id, marks.categories)));
    const open = new Map([...this.#sales].filter(([, { opens, closes }]) => opens <= now && now < closes).map(([id, sale]) => [id, weighted(freshness(sale.opens, sale.closes, minuteOf(now)), weight.freshness)]));

    const past = this.#parts(looks.affinities, weights.smoothing);
    const present = this.#parts(session, weights.sessionSmoothing);
    const bands = this.#bands(looks.affinities.prices);
    const near = this.#trail(looks.trail);
    const [due, reminded, roles] = [new Set(looks.due), new Set(looks.reminders), roleValues(looks.phase)];
    const [replenishment, reminder, favourite] = [weight.replenishment, weight.reminder, weight.favourite].map((each) => weighted(1_000_000, each));
    const best = (item, sizes) => item.sizes.reduce((most, { size, left }) => (left > 0 ? Math.max(most, sizes.get(size) ?? 0) : most), 0);
    const sum = (item, attributes) => item.attributes.reduce((all, attribute) => all + (attributes.get(attribute) ?? 0), 0);

    const shopScore = (item) =>
      open.get(item.sale) +
      weighted(item.percentOff * 10_000, weight.discount) +
      weighted(quality(item.rating, item.ratingCount, item.sold, item.returned), weight.quality) +
      weighted(roles[item.role], weight.role);
    const ownScore = (item) =>
      (near.get(item.id) ?? 0) +
      (past.brands.get(item.brand) ?? 0) +
      (past.categories.get(item.category) ?? 0) +
      bands[priceBand(priceEdges, item.price)] +
      best(item, past.sizes) +
      clamp(sum(item, past.attributes)) +
      (due.has(item.category) ? replenishment : 0) +
      (reminded.has(item.brand) ? reminder : 0) +
      (marks.favourites.has(item.id) ? favourite : 0) +
      (session.total === 0
        ? 0
        : weighted((present.brands.get(item.brand) ?? 0) + (present.categories.get(item.category) ?? 0) + best(item, present.sizes) + sum(item, present.attributes), weight.session_affinity));

    const candidates = items
      .filter((item) => open.has(item.sale))
      .filter(({ sizes }) => sizes.some(({ left }) => left > 0))
      .filter(({ id, brand, category }) => !marks.items.has(id) && !marks.bag.has(id) && !looks.bought.has(id) && !marks.brands.has(brand) && !dismissed.has(category))
      .map((item) => ({ item, score: shopScore(item) + (item.sensitive && !looks.sensitive ? 0 : ownScore(item)) }))
      .sort((one, other) => other.score - one.score || (one.item.id < other.item.id ? -1 : 1));
    const seen = new Set(looks.trail);
    const groupsOf = ({ item }) => ({ brand: item.brand, category: item.category, seen: seen.has(item.id) });
    const list = mix(candidates, groupsOf, Math.min(limit, LENGTH));
    return { ids: list.map(({ item }) => item.id), scores: list.map(({ score }) => score) };
  }

  #isUnder(id, categories) {
    if (categories.has(id)) return true;
    const parent = this.#facts.categories.find((category) => category.id === id).parent;
    return parent !== id && this.#isUnder(parent, categories);
  }
}
