/** Numbers from names: the only source of variety in a picture, so that the same row always looks the same. */

/** FNV-1a, 32 bits, then murmur3's finaliser so that the low bits are usable on their own. */
export function hash(text: string, seed = 0): number {
  let h = 0x811c9dc5 ^ seed;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** One of a non-empty list by number. */
export function pick<T>(list: readonly T[], number: number): T {
  return list[number % list.length] as T;
}

/** A factor between `1 - spread` and `1 + spread`, from four bits of a number starting at `shift`. */
export function vary(number: number, shift: number, spread: number): number {
  return 1 + spread * ((((number >>> shift) & 15) - 7.5) / 7.5);
}
