/** The door of this folder: pictures of items and windows of sales, drawn in the tab. No request, no clock, no chance. */

import { compose } from './compose';
import { lookOf, type PictureRow } from './look';
import { slug } from './scene';
import { isDark } from './walls';

export type { Look } from './compose';
export { lookOf, type PictureRow } from './look';
export { insideWindow, loweredShutter, outsideWindow } from './marks';
export { type Format, scene, type SceneRow } from './scene';
export { type Sign, signOf, type Tier } from './sign';

/** A picture and whether it is dark at the top, where the bookmark lies. */
export interface Picture {
  svg: string;
  dark: boolean;
}

const drawn = new Map<string, Picture>();

/**
 * The picture of an item. `place` tells apart the places of a page that may show the same item, because ids inside an
 * SVG are the page's. Remembers what it drew, because a feed is drawn often.
 */
export function picture(row: PictureRow, place = 'i'): Picture {
  const key = `${place} ${row.id}`;
  let found = drawn.get(key);
  if (!found) {
    const look = lookOf(row);
    found = { svg: compose(look, `${place}${slug(row.id)}-`), dark: isDark(look.wall ?? 'fog') };
    if (drawn.size > 2_000) drawn.clear();
    drawn.set(key, found);
  }
  return found;
}
