// A pack's columns, read in place, for engines written in JavaScript: the layout is that of `src/catalogue/format.rs`.
//
// Everything the ranking of `home` looks at, and nothing else. Texts become strings here and get their maps, once and
// outside of every clock; how an engine lays the facts out for itself is its own business.
import { weightOf } from './numbers.mjs';
import { xxh3 } from './xxh3.mjs';

const PREFIX_BYTES = 32;
const ENTRY_BYTES = 64;
/** What a pack begins with, and its format. */
const BEGINNING = [0x89, 0x57, 0x53, 0x50, 0x41, 0x43, 0x4b, 0x0a, 4, 0, 0, 0];

/** Reads what postcard wrote (https://postcard.jamesmunns.com/wire-format): variable-length integers, least first. */
class Postcard {
  #bytes;
  #at = 0;
  constructor(bytes) {
    this.#bytes = bytes;
  }
  unsigned() {
    let [value, scale] = [0, 1];
    for (;;) {
      const byte = this.#bytes[this.#at++];
      value += (byte & 127) * scale;
      if (byte < 128) return value;
      scale *= 128;
    }
  }
  signed() {
    const value = this.unsigned();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }
  byte() {
    return this.#bytes[this.#at++];
  }
  text() {
    const length = this.unsigned();
    this.#at += length;
    return new TextDecoder().decode(this.#bytes.subarray(this.#at - length, this.#at));
  }
  list(read) {
    return Array.from({ length: this.unsigned() }, read);
  }
}

function metaOf(bytes) {
  const from = new Postcard(bytes);
  const created = from.signed();
  from.text(); // The currency and its exponent.
  from.byte();
  from.text(); // The zone's name.
  const offsets = from.list(() => ({ from: from.signed(), seconds: from.signed() }));
  from.unsigned(); // The opening minute.
  const priceEdges = from.list(() => from.signed());
  from.unsigned(); // Days of preview.
  return { created, offsets, priceEdges, priceUnit: from.signed() };
}

/** What a pack without weights has: `Weights::default` of `src/recommend/weights.rs`. */
const WEIGHTS = { halfLifeDays: 14, positionDecay: 52429, repeat: 2000, repeatFloor: 250000, smoothing: 5000, sessionDecay: 45875, sessionSmoothing: 1000 };

/** Each signal's own weight, in thousandths: `default_weight` of the files of `src/recommend/signals`. */
const SIGNALS = {
  own_history: 4000,
  covisitation: 4000,
  brand_affinity: 1000,
  category_affinity: 1000,
  price_affinity: 500,
  size_affinity: 300,
  attribute_affinity: 200,
  replenishment: 2000,
  session_affinity: 3000,
  reminder: 2000,
  favourite: 3000,
  freshness: 300,
  discount: 200,
  quality: 500,
  role: 100,
};

function weightsOf(bytes) {
  const weights = { ...WEIGHTS, signals: { ...SIGNALS } };
  if (bytes.length === 0) return weights;
  const from = new Postcard(bytes);
  for (const name of Object.keys(WEIGHTS)) weights[name] = from.unsigned();
  for (let part = 0; part < 4; part++) from.unsigned(); // How brands are ranked, which is another list.
  for (const [code, weight] of from.list(() => [from.text(), from.signed()])) weights.signals[code] = weight;
  return weights;
}

/** Numbers that were written by differences: seven bits a byte, the least first, the last byte below 128, signs folded in. */
function sumsOf(bytes) {
  const sums = new Uint32Array(bytes.reduce((count, byte) => count + (byte < 128), 0));
  let [at, sum, difference, scale] = [0, 0, 0, 1];
  for (const byte of bytes) {
    difference += (byte & 127) * scale;
    scale *= 128;
    if (byte >= 128) continue;
    sum += difference % 2 === 0 ? difference / 2 : -(difference + 1) / 2;
    sums[at++] = sum;
    [difference, scale] = [0, 1];
  }
  return sums;
}

/** A pack's texts: the bytes are cut by their starts. */
function textsOf(starts, bytes) {
  const decoder = new TextDecoder();
  const whole = decoder.decode(bytes);
  // One string is cut where a character is a byte, which is much faster than decoding each text.
  const plain = whole.length === bytes.length;
  return Array.from({ length: Math.max(starts.length - 1, 0) }, (_, row) => {
    const [start, end] = [starts[row], starts[row + 1]];
    return plain ? whole.slice(start, end) : decoder.decode(bytes.subarray(start, end));
  });
}

const rowsOf = (texts) => new Map(texts.map((text, row) => [text, row]));

/** For each category the top one above it. */
function topsOf(parents) {
  return parents.map((_, category) => {
    let top = category;
    for (let steps = 0; steps < parents.length && parents[top] !== top; steps++) top = parents[top];
    return top;
  });
}

/**
 * Opens a pack. `covisited` are the ids that training knows, so that the table, which has only their hashes, can be asked
 * by id; some of them have left the catalogue.
 */
export function openColumns(buffer, covisited) {
  const header = new DataView(buffer);
  const beginning = new Uint8Array(buffer, 0, BEGINNING.length);
  if (BEGINNING.some((byte, at) => beginning[at] !== byte)) throw new Error('this is no pack of format 4');
  const sections = new Map();
  for (let entry = 0; entry < header.getUint32(12, true); entry++) {
    const at = PREFIX_BYTES + entry * ENTRY_BYTES;
    sections.set(header.getUint32(at, true), [Number(header.getBigUint64(at + 8, true)), Number(header.getBigUint64(at + 16, true))]);
  }
  const column = (id, Kind = Uint8Array) => {
    const [offset, length] = sections.get(id) ?? [0, 0];
    return new Kind(buffer, offset, length / Kind.BYTES_PER_ELEMENT);
  };
  // As wide as its largest number needs: how wide, its length over its rows says.
  const narrow = (id, rows) => {
    const [, length] = sections.get(id) ?? [0, 0];
    const Kind = rows === 0 ? Uint8Array : { 1: Uint8Array, 2: Uint16Array, 4: Uint32Array, 8: BigUint64Array }[length / rows];
    if (Kind === undefined) throw new Error(`section ${id} has ${length} bytes for ${rows} rows`);
    return Kind === BigUint64Array ? Float64Array.from(column(id, Kind), Number) : column(id, Kind);
  };
  // Each number as what it is more than the one before.
  const summed = (id) => sumsOf(column(id));
  const texts = (starts, bytes) => textsOf(starts, column(bytes));
  const times = (id) => Float64Array.from(column(id, BigInt64Array), Number);
  if (column(111).length > 0) throw new Error('a pack with variants has no one blend to compare with');

  const [brands, categories, sales, sizes, attributeTexts] = [10, 20, 30, 74, 82].map((starts) => texts(column(starts, Uint32Array), starts + 1));
  const items = texts(summed(40), 41);
  const parents = column(22, Uint16Array);
  const [byId, stockStarts] = [summed(42), summed(70)];
  const [itemSale, saleBrand] = [column(44, Uint16Array), column(32, Uint16Array)];
  const stockRows = stockStarts.at(-1);
  const { priceUnit, ...meta } = metaOf(column(1));
  const columns = {
    ...meta,
    weights: weightsOf(column(110)),
    brands,
    brandRows: rowsOf(brands),
    categories,
    categoryRows: rowsOf(categories),
    parents,
    tops: topsOf(parents),
    replenishDays: column(23, Uint16Array),
    sales,
    opens: times(33),
    closes: times(34),
    saleItems: column(35, Uint32Array),
    items,
    itemRows: rowsOf(items),
    byId,
    ranks: placesOf(byId),
    itemSale,
    itemBrand: itemSale.map((sale) => saleBrand[sale]),
    itemCategory: column(46, Uint16Array),
    priceBand: column(50),
    percentOff: column(51),
    flags: column(52),
    role: column(53),
    rating: column(54, Uint16Array),
    ratingCount: narrow(55, items.length),
    sold: narrow(56, items.length),
    returned: narrow(57, items.length),
    price: Float64Array.from(narrow(47, items.length), (price) => price * priceUnit),
    stockStarts,
    stockSize: narrow(71, stockRows),
    stockLeft: narrow(72, stockRows),
    sizes,
    sizeRows: rowsOf(sizes),
    ...listsByItem(summed(86), summed(80), column(81, Uint32Array)),
    attributeTexts,
    attributeRows: rowsOf(attributeTexts),
    priors: {
      brand: column(100, Uint32Array),
      category: column(101, Uint32Array),
      priceBand: column(102, Uint32Array),
      size: column(103, Uint32Array),
      attribute: column(104, Uint32Array),
    },
    covisitation: {
      rows: covisitedRows(column(90, BigUint64Array), covisited),
      starts: column(91, Uint32Array),
      items: column(92, Uint32Array),
    },
  };
  const { covisitation } = columns;
  const [steps, largest] = [column(93), column(94, Uint32Array)];
  // Before it is cut a part is weight × decay; beyond 2^53 numbers would not be exact.
  if (largest.some((weight) => weight * 65_536 > Number.MAX_SAFE_INTEGER)) throw new RangeError('a weight of co-visitation is too large for this reader');
  covisitation.weights = new Uint32Array(steps.length);
  largest.forEach((weight, row) => {
    for (let at = covisitation.starts[row]; at < covisitation.starts[row + 1]; at++) covisitation.weights[at] = weightOf(steps[at], weight);
  });
  return columns;
}

/** Of each row its place among some that name each once. */
function placesOf(rows) {
  const places = new Uint32Array(rows.length);
  rows.forEach((row, place) => (places[row] = place));
  return places;
}

/** The attributes of each item, one list behind the other; the pack has a list for each set that items share. */
function listsByItem(sets, starts, rows) {
  const attributeStarts = new Uint32Array(sets.length + 1);
  sets.forEach((set, item) => (attributeStarts[item + 1] = attributeStarts[item] + starts[set + 1] - starts[set]));
  const attributes = new Uint32Array(attributeStarts[sets.length]);
  sets.forEach((set, item) => attributes.set(rows.subarray(starts[set], starts[set + 1]), attributeStarts[item]));
  return { attributeStarts, attributes };
}

/** The table's row of each id that has one. */
function covisitedRows(keys, ids) {
  const places = new Map(Array.from(keys, (key, row) => [key, row]));
  const rows = new Map();
  for (const id of ids) {
    const row = places.get(xxh3(id));
    if (row !== undefined) rows.set(id, row);
  }
  return rows;
}
