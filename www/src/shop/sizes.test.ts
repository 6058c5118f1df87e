import { describe, expect, it } from 'vitest';
import type { Category, Item } from './rows';
import { sizeGroups } from './sizes';

const categories = [
  { id: 'women', name: 'Women' },
  { id: 'men', name: 'Men' },
  { id: 'shoes', name: 'Shoes' },
  { id: 'children', name: 'Children' },
  { id: 'home', name: 'Home' },
  { id: 'trousers', name: 'Trousers', parent: 'women' },
  { id: 'denim', name: 'Denim', parent: 'women' },
  { id: 'men-trousers', name: 'Trousers', parent: 'men' },
  { id: 'boots', name: 'Boots', parent: 'shoes' },
  { id: 'loafers', name: 'Loafers', parent: 'shoes' },
  { id: 'men-shoes', name: 'Men’s shoes', parent: 'shoes' },
  { id: 'tops', name: 'Tops', parent: 'children' },
  { id: 'children-shoes', name: 'Children’s shoes', parent: 'children' },
  { id: 'towels', name: 'Towels', parent: 'home' },
] as Category[];
const item = (category: string, ...sizes: string[]) =>
  ({ id: category, category, sizes: sizes.map((size) => ({ size, stock: 1 })) }) as unknown as Item;

describe('my sizes', () => {
  it('stand by the kinds of thing that come in them, letters first', () => {
    const groups = sizeGroups(
      [
        item('towels', '34 × 76 cm', '70 × 140 cm'),
        item('men-shoes', '41', '40'),
        item('boots', '36', '37'),
        item('loafers', '37', '40'),
        item('tops', '100', '90'),
        item('children-shoes', '26', '28'),
        item('men-trousers', '32', '30'),
        item('trousers', '26', 'L', '28', 'S'),
        item('denim', '28', '30', 'XS'),
      ],
      categories,
      [],
    );
    expect(groups.map(({ categories: of, sizes }) => [of, sizes])).toEqual([
      [[], ['XS', 'S', 'L']],
      [
        ['trousers', 'denim'],
        ['26', '28', '30'],
      ],
      [['men-trousers'], ['30', '32']],
      [
        ['boots', 'loafers', 'men-shoes'],
        ['36', '37', '40', '41'],
      ],
      [['tops'], ['90', '100']],
      [['children-shoes'], ['26', '28']],
    ]);
  });

  it('keep what is looked for, also where nothing has it', () => {
    const [, rest] = sizeGroups([item('boots', '36', '37')], categories, ['36', '99']);
    expect(rest).toEqual({ categories: [], sizes: ['99'] });
    expect(sizeGroups([item('boots', '36')], categories, []), 'one size is none to choose').toEqual([]);
  });
});
