/** Who goods are for, by the shop's categories: whose height a child's sizes are, and what a name such as “Blazers” leaves open. */

import { familyOf, type Shelves } from './rows';

const AUDIENCES = ['children', 'men', 'women'] as const;

export type Audience = (typeof AUDIENCES)[number];

/** Who a category's goods are for, by itself or by one above it; undefined where none says so. */
export function audienceOf(category: string, shelves: Shelves | undefined): Audience | undefined {
  const family = familyOf(category, shelves).split(' ');
  return AUDIENCES.find((audience) => family.some((id) => id === audience || id.startsWith(`${audience}-`)));
}

/** Clothes for so tall a child, in centimetres; a shoe's number is below, and no child is above. */
const HEIGHT = { least: 50, most: 170 };

/** Whether a size is a child's height. */
export function isHeight(size: string, category: string, shelves: Shelves | undefined): boolean {
  const tall = Number(size);
  if (!(tall >= HEIGHT.least && tall <= HEIGHT.most)) return false;
  return audienceOf(category, shelves) === 'children' || /\bnewborn\b/.test(familyOf(category, shelves));
}
