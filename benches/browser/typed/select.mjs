// Scores items and keeps the best: a buffer of keys, each score and rank in one double. Whenever it is full its better half
// stays, and what is no better than the least of that is passed over from then on. What the mix asks for is sorted, a piece
// at a time.
import { BOUND, freshness, minuteOf, MIXING, weighted } from '../numbers.mjs';
import { SHOWN } from './layout.mjs';

/** One item in so many says how good the best are. */
const STRIDE = 16;
/** Keys that are sorted at once. */
const PIECE = 128;

/** Puts the largest of `keys[from..to]` at its end, from `place` on, in no order (Hoare's selection). */
function divide(keys, from, to, place) {
  let [low, high] = [from, to - 1];
  while (low < high) {
    const pivot = keys[(low + high) >> 1];
    let [left, right] = [low, high];
    while (left <= right) {
      while (keys[left] < pivot) left++;
      while (keys[right] > pivot) right--;
      if (left > right) break;
      const key = keys[left];
      keys[left++] = keys[right];
      keys[right--] = key;
    }
    if (place <= right) high = right;
    else if (place >= left) low = left;
    else return;
  }
}

/** The best of one call. */
export class Selection {
  #columns;
  #layout;
  #tables;
  #keys = new Float64Array(0);
  #room = 0;
  #found = 0;
  /** The key from which upwards the buffer has all there are. */
  #threshold = -Infinity;
  #taken = new Uint16Array(2 * MIXING.window);

  constructor(columns, layout, tables) {
    [this.#columns, this.#layout, this.#tables] = [columns, layout, tables];
  }

  /**
   * Finds the best: at least so many of them, or all. `discreet`: memory may not speak for sensitive goods.
   *
   * Every sixteenth item tells first how good one must be to be among them, so that few others are looked at closely. That
   * there are too few then is rare, and seen by `mix`, which gives nothing; `sure` looks at all of them.
   */
  find(now, kept, discreet, sure) {
    if (this.#keys.length < 2 * kept) this.#keys = new Float64Array(2 * kept);
    const few = Math.round(kept / STRIDE);
    this.#threshold = -Infinity;
    if (!sure) {
      this.#pass(now, few, discreet, STRIDE);
      if (this.#found < few) this.#threshold = -Infinity;
      else {
        divide(this.#keys, 0, this.#found, this.#found - few);
        this.#threshold = this.#keys[this.#found - few];
      }
    }
    this.#pass(now, kept, discreet, 1);
  }

  /** Goes through the open sales by a stride and keeps at least so many of the best from the threshold on. */
  #pass(now, kept, discreet, stride) {
    const { opens, closes, saleItems, weights } = this.#columns;
    const keys = this.#keys;
    const minute = minuteOf(now);
    [this.#room, this.#found] = [2 * kept, 0];
    let least = Math.max(SHOWN, Math.floor(this.#threshold / this.#layout.shift));
    for (let sale = 0; sale < opens.length; sale++) {
      if (now < opens[sale] || now >= closes[sale]) continue;
      const fresh = weighted(freshness(opens[sale], closes[sale], minute), weights.signals.freshness);
      for (let row = saleItems[sale]; row < saleItems[sale + 1]; ) {
        row = this.#tables.apart ? this.#scanApart(row, saleItems[sale + 1], stride, fresh, least, discreet) : this.#scan(row, saleItems[sale + 1], stride, fresh, least, discreet);
        if (this.#found < this.#room) break;
        divide(keys, 0, this.#found, kept);
        keys.copyWithin(0, kept, this.#found);
        this.#found = kept;
        // Selection leaves the least of the better half where that begins.
        this.#threshold = keys[0];
        least = Math.floor(keys[0] / this.#layout.shift);
      }
    }
  }

  /** Scores rows up to an end or until the buffer is full; the next row. */
  #scan(from, end, stride, fresh, least, discreet) {
    const { base, still, sensitive, fromBack, shift } = this.#layout;
    const { attributeStarts, attributes } = this.#columns;
    const [pairOf, placeOf] = [this.#layout.pairs.codes, this.#layout.places.codes];
    const { past, shop, mostAttributes } = this.#tables;
    const { pairs, places, attributes: values } = past;
    const [keys, room, enough] = [this.#keys, this.#room, least - mostAttributes];
    let [row, found] = [from, this.#found];
    for (; row < end && found < room; row += stride) {
      let score = fresh + base[row] + pairs[pairOf[row]] + places[placeOf[row]];
      // Attributes are looked at where they could make the difference.
      if (score < enough) continue;
      for (let at = attributeStarts[row]; at < attributeStarts[row + 1]; at++) score += values[attributes[at]];
      if (score < least) continue;
      // What memory adds is never less than nothing, so that only what would be among the best has to be asked.
      if (discreet && sensitive[row] !== 0) {
        score = fresh + still[row] + shop[placeOf[row]];
        if (score < least) continue;
      }
      keys[found++] = score * shift + fromBack[row];
    }
    this.#found = found;
    return row;
  }

  /** The same where the session's part is cut for itself. */
  #scanApart(from, end, stride, fresh, least, discreet) {
    const { base, still, sensitive, fromBack, shift } = this.#layout;
    const [pairOf, placeOf, setOf] = [this.#layout.pairs.codes, this.#layout.places.codes, this.#layout.attributeSets.codes];
    const { pairs, places, sets } = this.#tables.past;
    const present = this.#tables.present;
    const [pairsNow, placesNow, setsNow] = [present.pairs, present.places, present.sets];
    const { shop } = this.#tables;
    const weight = this.#columns.weights.signals.session_affinity;
    const [keys, room] = [this.#keys, this.#room];
    let [row, found] = [from, this.#found];
    for (; row < end && found < room; row += stride) {
      const session = Math.min(BOUND, Math.trunc(((pairsNow[pairOf[row]] + placesNow[placeOf[row]] + setsNow[setOf[row]]) * weight) / 1_000));
      let score = fresh + base[row] + pairs[pairOf[row]] + places[placeOf[row]] + sets[setOf[row]] + session;
      if (score < least) continue;
      if (discreet && sensitive[row] !== 0) {
        score = fresh + still[row] + shop[placeOf[row]];
        if (score < least) continue;
      }
      keys[found++] = score * shift + fromBack[row];
    }
    this.#found = found;
    return row;
  }

  #rowOf(key) {
    const { shift } = this.#layout;
    return this.#columns.byId[shift - 1 - (key - Math.floor(key / shift) * shift)];
  }

  /** The first `wanted`, mixed; nothing where the best that were kept came to their end and there may be others. */
  mix(seen, wanted) {
    const { itemBrand, itemCategory, items } = this.#columns;
    const [keys, taken] = [this.#keys, this.#taken];
    // Keys from `sorted` on are in order; `next` is the best that was not taken yet.
    let [next, sorted, piece] = [this.#found - 1, this.#found, PIECE];
    const list = [];
    let held = [];
    while (list.length < wanted) {
      const [end, before] = [list.length + MIXING.window, list.length];
      const still = [];
      let [at, seenTaken] = [0, 0];
      while (list.length < end) {
        let key;
        if (at < held.length) {
          key = held[at++];
        } else {
          if (next >= 0 && next < sorted) {
            sorted = Math.max(0, sorted - piece);
            divide(keys, 0, next + 1, sorted);
            keys.subarray(sorted, next + 1).sort();
            piece *= 2;
          }
          if (next >= 0 && keys[next] >= this.#threshold) key = keys[next--];
          else if (this.#threshold > -Infinity) return undefined;
          else break;
        }
        const row = this.#rowOf(key);
        const [brand, category, isSeen] = [itemBrand[row], itemCategory[row], seen.has(row)];
        let [brands, categories] = [0, 0];
        const count = list.length - before;
        for (let place = 0; place < count; place++) {
          if (taken[2 * place] === brand) brands++;
          if (taken[2 * place + 1] === category) categories++;
        }
        if (brands < MIXING.brands && categories < MIXING.categories && (!isSeen || seenTaken < MIXING.seen)) {
          [taken[2 * count], taken[2 * count + 1]] = [brand, category];
          if (isSeen) seenTaken++;
          list.push(key);
        } else {
          still.push(key);
        }
      }
      held = at < held.length ? still.concat(held.slice(at)) : still;
      if (list.length < end) list.push(...held.splice(0, end - list.length));
      if (list.length === before) break;
    }
    const shown = list.slice(0, wanted);
    return { ids: shown.map((key) => items[this.#rowOf(key)]), scores: shown.map((key) => Math.floor(key / this.#layout.shift)) };
  }
}
