import { expect, test } from 'vitest';
import { audienceOf, isHeight } from './audience';
import type { Shelves } from './rows';

const shelves = {
  categories: [
    { id: 'men' },
    { id: 'men-blazers', parent: 'men' },
    { id: 'shoes' },
    { id: 'men-shoes', parent: 'shoes' },
    { id: 'pumps', parent: 'shoes' },
    { id: 'women' },
    { id: 'dresses', parent: 'women' },
    { id: 'children' },
    { id: 'children-shoes', parent: 'children' },
    { id: 'mother-baby' },
    { id: 'newborn', parent: 'mother-baby' },
    { id: 'accessories' },
    { id: 'belts', parent: 'accessories' },
  ],
} as unknown as Shelves;

test('who goods are for is said by their category or by one above it, and by none else', () => {
  const of = (category: string) => audienceOf(category, shelves);
  expect(['men-blazers', 'men-shoes', 'dresses', 'children-shoes'].map(of)).toEqual([
    'men',
    'men',
    'women',
    'children',
  ]);
  expect(['pumps', 'newborn', 'belts', 'menswear'].map(of)).toEqual([undefined, undefined, undefined, undefined]);
});

test('a child’s size is a height where it is one, and no shoe or belt', () => {
  expect(isHeight('110', 'children', shelves)).toBe(true);
  expect(isHeight('66', 'newborn', shelves)).toBe(true);
  expect(isHeight('28', 'children-shoes', shelves)).toBe(false);
  expect(isHeight('90', 'belts', shelves)).toBe(false);
  expect(isHeight('M', 'children', shelves)).toBe(false);
});
