// The engine's arithmetic in whole numbers below 2^53, which JavaScript's numbers hold exactly: units, bounds, rounding.
//
// Each function names the Rust it must agree with; that it does is seen where lists are compared slot by slot.
export const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;
/** One look at one item (`shopper/affinity.rs`). */
export const LOOK = 1_000_000;
/** A pause of so long ends a session (`shopper/affinity.rs`). */
export const PAUSE = 30 * MINUTE;
/** Looks of a session that count in full (`shopper/affinity.rs`). */
export const SESSION_LOOKS = 12;
/** Positions of the trail (`shopper/trail.rs`). */
export const POSITIONS = 20;
/** The largest contribution either way (`recommend/signals.rs`). */
export const BOUND = 100_000_000;
/** The end of the list of `home` (`recommend/surfaces/home.rs`), and how it is mixed (`recommend/select.rs`). */
export const LENGTH = 120;
export const MIXING = { window: 12, brands: 2, categories: 4, seen: 2 };

/** What an event weighs in affinities (`looks_of`). */
export const LOOKS = { view_item: 1, add_to_cart: 3, add_to_wishlist: 3, favourite_on: 3, purchase: 3 };

/** A value in millionths times a weight in thousandths, within the bound (`weighted`). */
export function weighted(value, weight) {
  return Math.max(-BOUND, Math.min(BOUND, Math.trunc((value * weight) / 1_000)));
}

/** How far looks lift a value above the ordinary, in millionths (`log_lift`). */
export function logLift(looks, prior, smoothing) {
  if (looks <= 0) return 0;
  const ordinary = (Math.max(prior, 1) / 1_000_000_000) * (Math.max(smoothing, 1) / 1_000);
  return Math.round(Math.log1p(looks / LOOK / ordinary) * 1_000_000);
}

/** What is left of a look after an age, in millionths (`decay`). */
export function decayed(age, halfLifeDays) {
  return Math.round(2 ** -(Math.max(age, 0) / (Math.max(halfLifeDays, 1) * DAY)) * LOOK);
}

/** How much each of a session's looks is heard, in looks (`Session::hear`). */
export function heard(looks) {
  const beyond = Math.max(looks, SESSION_LOOKS);
  return Math.trunc((Math.trunc((LOOK * SESSION_LOOKS) / beyond) * SESSION_LOOKS) / beyond);
}

/** The weight of a neighbour by its step and the largest of its row (`weight_of`). */
export function weightOf(step, largest) {
  return Math.floor((largest * step * step + 32_512) / 65_025);
}

/** The whole minute that memory is looked back from (`Timestamp::minute`). */
export function minuteOf(now) {
  return Math.floor(now / 60_000) * 60_000;
}

/** The share of a sale that is still to come, in millionths (`signals/freshness.rs`). */
export function freshness(opens, closes, now) {
  const length = Math.max(closes - opens, 1);
  const left = Math.min(Math.max(closes - now, 0), length);
  if (left * 1_000_000 <= Number.MAX_SAFE_INTEGER) return Math.trunc((left * 1_000_000) / length);
  return Number((BigInt(left) * 1_000_000n) / BigInt(length));
}

/** Stars above the ordinary less the share returned, both shrunk (`signals/quality.rs`). */
export function quality(rating, count, sold, returned) {
  const [stars, ordinary, weight] = [count > 0 ? rating * 10_000 : 0, 4_700_000, 20];
  const shrunk = Math.trunc((stars * count + ordinary * weight) / (count + weight));
  return Math.max(shrunk - ordinary - Math.trunc((returned * 1_000_000) / (sold + 30)), -1_000_000);
}

/** What a role is worth, by its code, to somebody in a phase (`signals/role.rs`). */
export function roleValues(phase) {
  // None, traffic, profit, marginal, potential: the codes of `catalogue/views.rs`.
  if (phase === 'declining') return [0, 1_500_000, 0, 500_000, 250_000];
  if (phase === 'growing' || phase === 'stable') return [0, 500_000, 1_000_000, -500_000, 500_000];
  return [0, 1_000_000, 500_000, -500_000, 500_000];
}

/** The course of somebody with so many orders, the last so many shop days ago (`Phase::of`). */
export function phaseOf(orders, days) {
  if (days > 60) return 'declining';
  if (orders >= 3) return 'stable';
  return orders === 2 ? 'growing' : 'exploring';
}

/** The shop's day of an instant, from the pack's table of offsets (`Zone::day`). */
export function dayOf(offsets, at) {
  const since = offsets.findLast(({ from }) => from <= at) ?? offsets[0];
  return Math.floor((at + (since?.seconds ?? 0) * 1_000) / DAY);
}

/** Whether what was bought so long ago is due again (`surfaces/again.rs`). */
export function isDue(days, since) {
  return days > 0 && since >= Math.trunc((days * DAY) / 100) * 85 && since < 2 * days * DAY;
}

/** How many edges a price reaches (`Meta::price_band`). */
export function priceBand(edges, price) {
  let band = 0;
  while (band < edges.length && edges[band] <= price) band++;
  return band;
}
