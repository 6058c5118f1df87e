/** Pictures of what is remembered: events keep a copy of an item's attributes, because items live five days. */

import type { RememberedItem } from 'windowshop';
import type { PictureRow } from '../pictures/picture';

/** The row that a remembered item's picture is drawn from. Attributes are kept as `key=value` or `key:value`. */
export function rowOfRemembered(item: RememberedItem): PictureRow {
  const attributes: Record<string, string> = {};
  for (const pair of item.attributes ?? []) {
    const at = pair.search(/[=:]/);
    if (at > 0) attributes[pair.slice(0, at)] = pair.slice(at + 1);
  }
  return { id: item.id, category: item.category ?? '', attributes };
}
