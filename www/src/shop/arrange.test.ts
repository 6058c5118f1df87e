import { describe, expect, it } from 'vitest';
import { inTurn } from './arrange';

describe('lists in turn', () => {
  it('give the first of each, then the second of each that has one', () => {
    expect(inTurn([['a', 'b', 'c'], [], ['d'], ['e', 'f']])).toEqual(['a', 'd', 'e', 'b', 'f', 'c']);
  });

  it('end where enough is taken, in the midst of a round', () => {
    expect(inTurn([['a', 'b'], ['c', 'd'], ['e']], 4)).toEqual(['a', 'c', 'e', 'b']);
    expect(inTurn([['a']], 0)).toEqual([]);
  });

  it('of no lists are none', () => {
    expect(inTurn([])).toEqual([]);
  });
});
