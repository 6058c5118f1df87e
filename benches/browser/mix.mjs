// Windows of a list with only so many of one brand, of one kind and of what was just looked at: `src/recommend/select.rs`,
// plainly. The baseline over typed arrays has its own.
import { MIXING } from './numbers.mjs';

/** The first `wanted` of an ordered list, mixed. `groupsOf` gives the brand and the category, and whether it was just seen. */
export function mix(ordered, groupsOf, wanted) {
  const list = [];
  let at = 0;
  let held = [];
  while (list.length < wanted) {
    const end = list.length + MIXING.window;
    const before = list.length;
    const taken = { brands: new Map(), categories: new Map(), seen: 0 };
    const stillHeld = [];
    while (list.length < end) {
      const next = held.length > 0 ? held.shift() : ordered[at++];
      if (next === undefined) break;
      const { brand, category, seen } = groupsOf(next);
      const [brands, categories] = [taken.brands.get(brand) ?? 0, taken.categories.get(category) ?? 0];
      if (brands < MIXING.brands && categories < MIXING.categories && (!seen || taken.seen < MIXING.seen)) {
        taken.brands.set(brand, brands + 1);
        taken.categories.set(category, categories + 1);
        taken.seen += seen ? 1 : 0;
        list.push(next);
      } else {
        stillHeld.push(next);
      }
    }
    held = [...stillHeld, ...held];
    if (list.length < end) list.push(...held.splice(0, end - list.length));
    if (list.length === before) break;
  }
  return list.slice(0, wanted);
}
