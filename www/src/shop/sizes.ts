/** Sizes by the kind of thing that comes in them: letters, shoes, trousers, belts, children by their height. */

import { isLetter, sizesInOrder, sizesOf } from './arrange';
import type { Category, Item } from './rows';

/** Sizes of things that are sized alike. */
export interface SizeGroup {
  /** Categories whose things come in them, all below one other; none where they are letters, which clothes of all kinds have. */
  categories: readonly string[];
  /** The category above them, where there is one. */
  parent?: string | undefined;
  sizes: readonly string[];
}

/** A size of somebody, not the measures of a towel. */
export function isWorn(size: string): boolean {
  return size.length <= 4;
}

/**
 * The sizes of a list, letters first. Categories below the same other are one group where they share a size; a size that
 * belongs to several groups stands in each.
 *
 * @param categories all of them; the groups stand in their order
 * @param chosen sizes that stay to be seen, also where nothing has them any more
 */
export function sizeGroups(
  items: readonly Item[],
  categories: readonly Category[],
  chosen: readonly string[],
): SizeGroup[] {
  const parents = new Map(categories.map(({ id, parent }) => [id, parent]));
  const byCategory = new Map<string, Item[]>();
  for (const item of items) byCategory.set(item.category, [...(byCategory.get(item.category) ?? []), item]);
  const letters = new Set<string>();
  const groups: { categories: string[]; parent?: string | undefined; sizes: Set<string> }[] = [];
  for (const [category, list] of byCategory) {
    const sizes = sizesOf(list).filter(isWorn);
    for (const size of sizes.filter(isLetter)) letters.add(size);
    const others = sizes.filter((size) => !isLetter(size));
    if (others.length === 0) continue;
    const parent = parents.get(category);
    const alike = groups.filter(
      (group) => parent !== undefined && group.parent === parent && others.some((size) => group.sizes.has(size)),
    );
    // One that joins two groups makes one of them.
    for (const group of alike) groups.splice(groups.indexOf(group), 1);
    groups.push({
      categories: [...alike.flatMap((group) => group.categories), category],
      parent,
      sizes: new Set([...alike.flatMap((group) => [...group.sizes]), ...others]),
    });
  }
  const place = (id: string) => categories.findIndex((category) => category.id === id);
  const above = ({ parent, categories: [first] }: { parent?: string | undefined; categories: readonly string[] }) =>
    place(parent ?? first!);
  const found: SizeGroup[] = groups
    .map((group) => ({
      ...group,
      categories: group.categories.sort((a, b) => place(a) - place(b)),
      sizes: sizesInOrder(group.sizes),
    }))
    .sort((a, b) => above(a) - above(b) || place(a.categories[0]!) - place(b.categories[0]!));
  if (letters.size > 0) found.unshift({ categories: [], sizes: sizesInOrder(letters) });
  const shown = new Set(found.flatMap(({ sizes }) => sizes));
  const rest = chosen.filter((size) => !shown.has(size));
  return rest.length > 0 ? [...found, { categories: [], sizes: rest }] : found;
}
