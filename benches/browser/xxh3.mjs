// XXH3-64 with seed 0 of a short text: the key under which a pack keeps what was looked at beside an item.
//
// Only as much of it as ids need: up to 128 bytes (https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md). It is
// slow, being BigInts; keys are worked out when a catalogue is opened, never while a list is made.
const MASK = (1n << 64n) - 1n;
const PRIME32 = [0x9e3779b1n, 0x85ebca77n, 0xc2b2ae3dn];
const PRIME64 = [0x9e3779b185ebca87n, 0xc2b2ae3d27d4eb4fn, 0x165667b19e3779f9n, 0x85ebca77c2b2ae63n, 0x27d4eb2f165667c5n];
const SECRET = Uint8Array.from(
  (
    'b8fe6c3923a44bbe7c01812cf721ad1cded46de9839097db7240a4a4b7b3671fcb79e64eccc0e578825ad07dccff7221b8084674f743248ee03590e6813a264c' +
    '3c2852bb91c300cb88d0658b532ea371644897a20df94e3819ef46a9deacd8a8fa763fe39c343ff9dcbbc7c70b4f1d8a51e04bcdb45931c89f7ec9d9787364'
  )
    .match(/../g)
    .map((digits) => Number.parseInt(digits, 16)),
);

const view = (bytes) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const secret = view(SECRET);
const secret64 = (at) => secret.getBigUint64(at, true);

function avalanche(hash) {
  hash ^= hash >> 37n;
  hash = (hash * 0x165667919e3779f9n) & MASK;
  return hash ^ (hash >> 32n);
}

function avalanche64(hash) {
  hash ^= hash >> 33n;
  hash = (hash * PRIME64[1]) & MASK;
  hash ^= hash >> 29n;
  hash = (hash * PRIME64[2]) & MASK;
  return hash ^ (hash >> 32n);
}

/** The product of two 64-bit numbers, its upper half folded onto its lower. */
function folded(one, other) {
  const product = one * other;
  return (product & MASK) ^ (product >> 64n);
}

const swapped = (value) => {
  const bytes = new DataView(new ArrayBuffer(8));
  bytes.setBigUint64(0, value, true);
  return bytes.getBigUint64(0, false);
};

function upTo3(data, length) {
  const [first, middle, last] = [data.getUint8(0), data.getUint8(length >> 1), data.getUint8(length - 1)];
  const combined = BigInt(((first << 16) | (middle << 24) | last | (length << 8)) >>> 0);
  return avalanche64(combined ^ BigInt((secret.getUint32(0, true) ^ secret.getUint32(4, true)) >>> 0));
}

function upTo8(data, length) {
  const [low, high] = [BigInt(data.getUint32(0, true)), BigInt(data.getUint32(length - 4, true))];
  let hash = (secret64(8) ^ secret64(16)) ^ (high + (low << 32n));
  const rotated = (by) => ((hash << by) | (hash >> (64n - by))) & MASK;
  hash ^= rotated(49n) ^ rotated(24n);
  hash = (hash * 0x9fb21c651e98df25n) & MASK;
  hash ^= (hash >> 35n) + BigInt(length);
  hash = (hash * 0x9fb21c651e98df25n) & MASK;
  return hash ^ (hash >> 28n);
}

function upTo16(data, length) {
  const low = data.getBigUint64(0, true) ^ (secret64(24) ^ secret64(32));
  const high = data.getBigUint64(length - 8, true) ^ (secret64(40) ^ secret64(48));
  return avalanche((BigInt(length) + swapped(low) + high + folded(low, high)) & MASK);
}

function upTo128(data, length) {
  const mixed = (at, key) => folded(data.getBigUint64(at, true) ^ secret64(key), data.getBigUint64(at + 8, true) ^ secret64(key + 8));
  let sum = BigInt(length) * PRIME64[0];
  for (let pair = (length - 1) >> 5; pair >= 0; pair--) {
    sum += mixed(16 * pair, 32 * pair) + mixed(length - 16 * (pair + 1), 32 * pair + 16);
  }
  return avalanche(sum & MASK);
}

const encoder = new TextEncoder();

/** The hash of a text of at most 128 bytes. */
export function xxh3(text) {
  const bytes = encoder.encode(text);
  const [data, length] = [view(bytes), bytes.length];
  if (length > 128) throw new RangeError('xxh3: ids have at most 64 bytes');
  if (length > 16) return upTo128(data, length);
  if (length > 8) return upTo16(data, length);
  if (length > 3) return upTo8(data, length);
  if (length > 0) return upTo3(data, length);
  return avalanche64(secret64(56) ^ secret64(64));
}
