// A pack laid out for scoring, once when it is opened: facts that come together are one code.
import { quality, weighted } from '../numbers.mjs';

/** What no score reaches: added to what is not to be shown. */
export const OUT = -1e13;
/** Between scores and what is out. */
export const SHOWN = -1e12;

/** Codes in as few bytes as hold them. */
const narrow = (codes, count) => (count > 65_536 ? codes : Uint16Array.from(codes));

/** Numbers lists of rows: `codes` by item, and each list once, as starts and rows. */
function numberedLists(count, rowsOf) {
  const numbers = new Map();
  const codes = new Uint32Array(count);
  const [starts, rows] = [[0], []];
  for (let item = 0; item < count; item++) {
    const list = rowsOf(item).sort((one, other) => one - other);
    const key = list.join();
    let number = numbers.get(key);
    if (number === undefined) {
      number = numbers.size;
      numbers.set(key, number);
      rows.push(...list);
      starts.push(rows.length);
    }
    codes[item] = number;
  }
  return { codes: narrow(codes, numbers.size), count: numbers.size, starts: Uint32Array.from(starts), rows: Uint16Array.from(rows) };
}

/** Numbers the combinations of some columns that there are: `codes` by item, and the columns of the combinations. */
function numberedTogether(count, columns) {
  const numbers = new Map();
  const codes = new Uint32Array(count);
  const parts = columns.map(() => []);
  for (let item = 0; item < count; item++) {
    const key = columns.reduce((all, column) => all * 65_536 + column[item], 0);
    let number = numbers.get(key);
    if (number === undefined) {
      number = numbers.size;
      numbers.set(key, number);
      columns.forEach((column, at) => parts[at].push(column[item]));
    }
    codes[item] = number;
  }
  return { codes: narrow(codes, numbers.size), count: numbers.size, columns: parts.map((part) => Uint16Array.from(part)) };
}

/** Each row's list out of a column of lists. */
const listOf = (starts, rows, row) => Array.from(rows.subarray(starts[row], starts[row + 1]));

/** The sizes that an item is in stock in, each once. */
function stockedSizes({ stockStarts, stockSize, stockLeft }, item) {
  const sizes = new Set();
  for (let at = stockStarts[item]; at < stockStarts[item + 1]; at++) if (stockLeft[at] > 0) sizes.add(stockSize[at]);
  return Array.from(sizes);
}

/** Which attributes have one name, such as `colour`, and how many of them an item has at most. */
function namesOf(texts, { starts, rows, count }) {
  const numbers = new Map();
  const name = Uint16Array.from(texts, (text) => {
    const named = text.slice(0, text.indexOf('='));
    if (!numbers.has(named)) numbers.set(named, numbers.size);
    return numbers.get(named);
  });
  const most = new Uint16Array(numbers.size);
  for (let set = 0; set < count; set++) {
    const found = new Uint16Array(numbers.size);
    for (let at = starts[set]; at < starts[set + 1]; at++) most[name[rows[at]]] = Math.max(most[name[rows[at]]], ++found[name[rows[at]]]);
  }
  return { name, most };
}

/** Everything that scoring walks. */
export function layOut(columns) {
  const count = columns.items.length;
  const weight = columns.weights.signals;
  if (Object.values(weight).some((each) => each < 0)) throw new RangeError('this baseline expects that no signal counts against an item');
  if (columns.attributeTexts.length > 65_536) throw new RangeError('this baseline expects at most 65,536 attributes');
  const sizeSets = numberedLists(count, (item) => stockedSizes(columns, item));
  if (sizeSets.count > 65_536) throw new RangeError('this baseline expects at most 65,536 sets of sizes');
  const attributeSets = numberedLists(count, (item) => listOf(columns.attributeStarts, columns.attributes, item));
  // Keys of the selection hold score and rank in one double: score × shift + what is left of the shift behind the rank.
  const shift = 2 ** Math.ceil(Math.log2(count + 1));
  const isStocked = (item) => sizeSets.starts[sizeSets.codes[item]] < sizeSets.starts[sizeSets.codes[item] + 1];
  const own = (item) =>
    weighted(columns.percentOff[item] * 10_000, weight.discount) +
    weighted(quality(columns.rating[item], columns.ratingCount[item], columns.sold[item], columns.returned[item]), weight.quality);
  const still = Float64Array.from(columns.items, (_, item) => (isStocked(item) ? own(item) : OUT));
  return {
    names: namesOf(columns.attributeTexts, attributeSets),
    pairs: numberedTogether(count, [columns.itemBrand, columns.itemCategory]),
    places: numberedTogether(count, [columns.role, columns.priceBand, sizeSets.codes]),
    sizeSets,
    attributeSets,
    /** What is the shop's own and does not change during a day. */
    still,
    sensitive: columns.flags.map((flags) => flags & 1),
    shift,
    fromBack: Float64Array.from(columns.ranks, (rank) => shift - 1 - rank),
    /** The same with what few items have of their own in a call; equal between calls. */
    base: still.slice(),
  };
}
