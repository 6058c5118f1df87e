/** Names come in lines and are found by their row. */

import { expect, test } from 'vitest';
import { itemNames, textOf } from '../ts/text.js';
import type { PackText } from '../ts/text.js';

/** A file as `windowshop pack build` writes it. */
function fileOf(names: string[]): Uint8Array {
  const size = (name: string): number => new TextEncoder().encode(name).length + 1;
  const starts = names.flatMap((_, row) => (row % 64 ? [] : [names.slice(0, row).reduce((sum, name) => sum + size(name), 0)]));
  const head = { format: 2, pack: '00', starts, language: 'zh', brands: ['Anselm'], categories: [], sales: [], promotions: {} };
  return new TextEncoder().encode([JSON.stringify(head), ...names, ''].join('\n'));
}

test('each by its row, in any order, and one after the other', () => {
  for (const count of [1, 63, 64, 65, 300]) {
    const names = Array.from({ length: count }, (_, row) => `大衣 ${row}`.repeat(row % 4));
    const text = textOf(fileOf(names));
    expect([text.format, text.language, text.brands]).toEqual([2, 'zh', ['Anselm']]);
    const name = itemNames(text);
    expect(names.map((_, row) => name(row))).toEqual(names);
    for (let row = 0; row < count; row += 7) expect(name((row * 131) % count)).toBe(names[(row * 131) % count]);
    expect([name(-1), name(0), name(-1)]).toEqual([undefined, names[0], undefined]);
  }
});

test('without a text there are no names, and what is no text is refused', () => {
  expect(itemNames(undefined)(3)).toBeUndefined();
  for (const file of ['', 'no JSON\nA coat\n']) expect(() => textOf(new TextEncoder().encode(file))).toThrow(SyntaxError);
  const none: PackText = textOf(fileOf([]));
  expect(itemNames(none)(-1)).toBeUndefined();
});
