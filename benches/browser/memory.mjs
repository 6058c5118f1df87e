// What follows from a shopper's memory at one time, as a front-end team would write it: Maps and Sets by stable id.
//
// The input is what `history.export` gives. The baseline over objects and the reference start from here; the one over typed
// arrays has a fold of its own.
import { decayed, heard, isDue, LOOK, LOOKS, minuteOf, PAUSE, phaseOf, POSITIONS, dayOf } from './numbers.mjs';

const TRAIL = new Set(['view_item', 'add_to_cart', 'add_to_wishlist', 'favourite_on']);

function emptyAffinities() {
  return { brands: new Map(), categories: new Map(), prices: new Map(), sizes: new Map(), attributes: new Map(), total: 0 };
}

function takeItem(affinities, item, weight) {
  const add = (map, key) => {
    if (key !== null && key !== undefined) map.set(key, (map.get(key) ?? 0) + weight);
  };
  affinities.total += weight;
  add(affinities.brands, item.brand);
  add(affinities.categories, item.category);
  add(affinities.prices, item.price);
  add(affinities.sizes, item.size);
  for (const attribute of item.attributes) add(affinities.attributes, attribute);
}

/** Everything looked at, decayed; the looks of a long session count less. */
function affinitiesOf(events, speaks, now, halfLifeDays) {
  const affinities = emptyAffinities();
  let latest = -Infinity;
  let looks = 0;
  for (const event of events) {
    const weight = LOOKS[event.name] ?? 0;
    if (weight === 0) continue;
    let share = LOOK;
    if (event.name !== 'purchase') {
      if (event.at - latest > PAUSE) looks = 0;
      latest = event.at;
      looks += weight;
      share = heard(looks);
    }
    const left = Math.trunc((weight * share * decayed(now - event.at, halfLifeDays)) / LOOK);
    for (const item of event.items.filter(speaks)) takeItem(affinities, item, left);
  }
  return affinities;
}

/** What was looked at since the last pause, the last look most. */
function sessionOf(events, speaks, now, decay) {
  const affinities = emptyAffinities();
  let after = now;
  let power = 65_536;
  for (const event of events.toReversed()) {
    if (after - event.at > PAUSE || power === 0) break;
    after = event.at;
    const weight = LOOKS[event.name] ?? 0;
    const items = event.items.filter(speaks);
    if (weight === 0 || items.length === 0) continue;
    for (const item of items) takeItem(affinities, item, weight * Math.floor((LOOK * power) / 65_536));
    power = Math.floor((power * decay) / 65_536);
  }
  return affinities;
}

/** Favourites, dismissals and what lies in the bag: for each thing its latest event decides. */
function marksOf(events) {
  const marks = { favourites: new Set(), items: new Set(), brands: new Set(), categories: new Set(), bag: new Set() };
  for (const { name, items, brand, category, promotion } of events) {
    const ids = items.map(({ id }) => id);
    if (name === 'favourite_on' || name === 'add_to_wishlist') ids.forEach((id) => marks.favourites.add(id));
    if (name === 'favourite_off') ids.forEach((id) => marks.favourites.delete(id));
    if (name === 'add_to_cart') ids.forEach((id) => marks.bag.add(id));
    if (name === 'remove_from_cart') ids.forEach((id) => marks.bag.delete(id));
    if (name === 'dismiss' || name === 'undismiss') {
      if (promotion) continue;
      const [set, named] = brand ? [marks.brands, [brand]] : category ? [marks.categories, [category]] : [marks.items, ids];
      named.forEach((id) => (name === 'dismiss' ? set.add(id) : set.delete(id)));
    }
  }
  return marks;
}

/** The phase that orders put somebody in; nothing without any. */
function phase(orders, now, offsets) {
  const first = new Map();
  for (const { name, order, at } of orders) if (name === 'purchase' && order && !first.has(order)) first.set(order, at);
  if (first.size === 0) return undefined;
  const days = dayOf(offsets, now) - dayOf(offsets, Math.max(...first.values()));
  return phaseOf(first.size, Math.max(days, 0));
}

/** The order of events: by time, tab and number. */
export function inOrder(one, other) {
  if (one.at !== other.at) return one.at - other.at;
  const [[tab, number], [otherTab, otherNumber]] = [one.id.split('-').map(Number), other.id.split('-').map(Number)];
  return tab - otherTab || number - otherNumber;
}

/** Works a memory out. `replenishDays` gives the days of a category's id, 0 where it is not bought again. */
export function workOut({ events, orders, reminders }, at, { weights, offsets, replenishDays }) {
  const now = minuteOf(at);
  const word = events.findLast(({ name }) => name === 'sensitive_on' || name === 'sensitive_off');
  const sensitive = word?.name === 'sensitive_on';
  const speaks = (item) => sensitive || !item.sensitive;
  const all = [...events, ...orders].sort(inOrder);
  const looked = events.filter(({ name }) => TRAIL.has(name)).toReversed();
  const purchases = orders.filter(({ name }) => name === 'purchase');
  const bought = new Map();
  for (const { at, items } of purchases) for (const item of items) if (item.category) bought.set(item.category, { at, speaks: speaks(item) });
  return {
    sensitive,
    affinities: affinitiesOf(all, speaks, now, weights.halfLifeDays),
    session: sessionOf(all, speaks, now, weights.sessionDecay),
    trail: looked.flatMap(({ items }) => items.filter(speaks).map(({ id }) => id)).slice(0, POSITIONS),
    marks: marksOf(events),
    bought: new Set(purchases.flatMap(({ items }) => items.map(({ id }) => id))),
    due: [...bought].filter(([category, last]) => last.speaks && isDue(replenishDays(category), now - last.at)).map(([category]) => category),
    reminders: reminders.map(({ brand }) => brand),
    phase: phase(orders, now, offsets),
  };
}
