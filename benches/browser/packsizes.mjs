// What a pack weighs on its way: bytes an item, plain and compressed, of the whole and of its parts. The layout is that of
// `src/catalogue/format.rs`.
import { readFileSync } from 'node:fs';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const PREFIX_BYTES = 32;
const ENTRY_BYTES = 64;
/** Parts by the ids of their sections: up to and with the number. */
const PARTS = [
  [9, 'the shop: currency, zone, price bands'],
  [29, 'brands and categories'],
  [39, 'sales'],
  [43, 'stable ids of items'],
  [69, 'facts of items'],
  [79, 'stock by size'],
  [89, 'attributes and outfits'],
  [99, 'co-visitation'],
  [109, 'shares of what is looked at'],
  [Infinity, 'weights, promotions, campaigns, questions'],
];
const COVISITATION = 'co-visitation';

/** How `windowshop serve` compresses files as large as a pack (`src/bin/windowshop/endpoint/codings.rs`), and as well as can be. */
const CODINGS = {
  'gzip, as served': (bytes) => gzipSync(bytes, { level: 7 }),
  'brotli, as served': asServed,
  'brotli, at its best': (bytes) => brotli(bytes, 11, 24),
};

/** Brotli as large files are served. */
export function asServed(bytes) {
  return brotli(bytes, 5, 22);
}

function brotli(bytes, quality, window) {
  const params = { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_LGWIN]: window, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  return brotliCompressSync(bytes, { params });
}

/** The header of a pack, and its parts by name: each the bytes of its sections. */
function partsOf(file) {
  const count = file.readUInt32LE(12);
  const parts = new Map(PARTS.map(([, name]) => [name, []]));
  for (let entry = 0; entry < count; entry++) {
    const at = PREFIX_BYTES + entry * ENTRY_BYTES;
    const [offset, length] = [at + 8, at + 16].map((place) => Number(file.readBigUInt64LE(place)));
    const [, name] = PARTS.find(([last]) => file.readUInt32LE(at) <= last);
    parts.get(name).push(file.subarray(offset, offset + length));
  }
  return { header: file.subarray(0, PREFIX_BYTES + count * ENTRY_BYTES), parts };
}

/** Series of bytes an item: the pack, the pack without co-visitation, each part alone. */
export function packSizes(path, items) {
  const file = readFileSync(path);
  const { header, parts } = partsOf(file);
  const [keys, , neighbours] = parts.get(COVISITATION);
  const known = ` of ${(keys.length / 8).toLocaleString('en')} ids, ${(neighbours.length / 4).toLocaleString('en')} neighbours`;
  const without = [...parts].filter(([name]) => name !== COVISITATION).flatMap(([, sections]) => sections);
  const weighed = (name, bytes) => {
    const codings = Object.entries(CODINGS).map(([coding, compress]) => [coding, compress(bytes).length / items]);
    return { name, plain: bytes.length / items, ...Object.fromEntries(codings) };
  };
  return [
    weighed('the pack', file),
    weighed('without co-visitation', Buffer.concat([header, ...without])),
    ...[...parts].filter(([, sections]) => sections.length > 0).map(([name, sections]) => weighed(`alone: ${name}${name === COVISITATION ? known : ''}`, Buffer.concat(sections))),
  ];
}
