// Seeded shoppers: histories of looks, carts, favourites, dismissals and orders over the items of a pack.
//
// Each has brands and kinds of its own, and comes in sessions, the last of them just before the list is asked for, or not.
// Some looked at what is not in the pack any more, some allow sensitive goods, some asked to be reminded.
import { DAY, MINUTE } from './numbers.mjs';

/** Whole numbers below a bound, the same for a seed (mulberry32). */
export function dice(seed) {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below);
  };
}

/** The copy of an item's facts that an event keeps. */
export function remembered(columns, row, size = null) {
  const attributes = columns.attributes.subarray(columns.attributeStarts[row], columns.attributeStarts[row + 1]);
  return {
    id: columns.items[row],
    name: `Item ${row}`,
    brand: columns.brands[columns.itemBrand[row]],
    category: columns.categories[columns.itemCategory[row]],
    price: columns.price[row],
    listPrice: columns.price[row],
    quantity: 1,
    size,
    sensitive: (columns.flags[row] & 1) !== 0,
    attributes: Array.from(attributes, (attribute) => columns.attributeTexts[attribute]),
  };
}

const EMPTY = { items: [], brand: null, category: null, order: null, term: null, reason: null, promotion: null, question: null, list: null };

/** A shopper's memory of about so many events, as `history.export` gives it. */
export function madeUp(columns, seed, count, now) {
  const roll = dice(seed * 7_919 + count);
  const pick = (list) => list[roll(list.length)];
  const rows = columns.items.length;
  // What this shopper likes: a few items whose brand or kind is looked for again.
  const liked = Array.from({ length: 2 + roll(5) }, () => roll(rows));
  const size = pick(columns.sizes);
  const next = () => {
    if (roll(4) === 0) return roll(rows);
    const like = pick(liked);
    const same = roll(2) === 0 ? columns.itemBrand : columns.itemCategory;
    for (let tries = 0; tries < 400; tries++) {
      const row = roll(rows);
      if (same[row] === same[like]) return row;
    }
    return like;
  };
  const [events, orders] = [[], []];
  const sensitive = roll(8) === 0;
  const recent = roll(3) > 0;
  let left = count;
  let number = 1;
  const add = (at, name, fields = {}) => {
    (name === 'purchase' ? orders : events).push({ ...EMPTY, id: `${seed + 1}-${number++}`, at, name, ...fields });
    left -= 1;
  };
  const sessions = Math.max(1, Math.ceil(count / (6 + roll(20))));
  const begins = Array.from({ length: sessions }, () => now - roll(80 * DAY) - 2 * 60 * MINUTE).sort((one, other) => one - other);
  if (recent) begins[sessions - 1] = now - 20 * MINUTE;
  if (sensitive) add(begins[0] - MINUTE, 'sensitive_on');
  begins.forEach((begin, session) => {
    const looks = session === sessions - 1 ? left : Math.min(left, Math.ceil((2 * count) / sessions / (1 + roll(3))));
    // The last look of a session lies before the list that is asked for.
    const step = Math.max(1_000, Math.min(3 * MINUTE, Math.floor((recent && session === sessions - 1 ? 18 * MINUTE : 90 * MINUTE) / Math.max(looks, 1))));
    for (let look = 0; look < looks && left > 0; look++) {
      const at = begin + look * step;
      const row = next();
      const item = remembered(columns, row, roll(3) === 0 ? size : null);
      // What was looked at weeks ago has left the shop.
      if (now - at > 6 * DAY && roll(2) === 0) item.id = `gone-${item.id}`.slice(0, 64);
      const kind = roll(100);
      if (kind < 74) add(at, 'view_item', { items: [item] });
      else if (kind < 82) add(at, 'add_to_cart', { items: [item] });
      else if (kind < 84) add(at, 'remove_from_cart', { items: [item] });
      else if (kind < 89) add(at, 'favourite_on', { items: [item] });
      else if (kind < 90) add(at, 'favourite_off', { items: [item] });
      else if (kind < 93) add(at, 'dismiss', { items: [item] });
      else if (kind < 94) add(at, 'dismiss', { brand: columns.brands[columns.itemBrand[roll(rows)]] });
      else if (kind < 95 && roll(3) === 0) add(at, 'dismiss', { category: columns.categories[columns.itemCategory[roll(rows)]] });
      else if (kind < 97) add(at, 'purchase', { items: [item, remembered(columns, next())], order: `order-${seed}-${number}` });
      else add(at, 'view_item_list', { items: Array.from({ length: 6 }, () => remembered(columns, roll(rows))) });
    }
  });
  const byTime = (list) => list.sort((one, other) => one.at - other.at || Number(one.id.split('-')[1]) - Number(other.id.split('-')[1]));
  const brands = Array.from({ length: roll(4) }, () => columns.brands[columns.itemBrand[roll(rows)]]);
  const reminders = [...new Set(brands)].sort().map((brand) => ({ brand, since: now - DAY }));
  return { format: 1, exported: now, consent: 'on', events: byTime(events), orders: byTime(orders), reminders };
}

/** So many shoppers, of 5 to 500 events each, few of them with many. */
export function shoppersOf(columns, count, now) {
  return Array.from({ length: count }, (_, at) => {
    const events = Math.round(5 * 100 ** (at / Math.max(count - 1, 1)));
    return { name: `made up ${at + 1}, ${events} events`, memory: madeUp(columns, at + 1, events, now) };
  });
}
