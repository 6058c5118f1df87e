import { expect, it } from 'vitest';
import { disguiseOf } from './disguise';

it('reads which answers a disguise supports', () => {
  expect(disguiseOf('krr-1f2e3d4c-00')).toEqual({ kind: 'named', places: [1] });
  expect(disguiseOf('krr-1f2e3d4c-05')).toEqual({ kind: 'named', places: [6] });
  // Bits 0 and 7 of the first byte, bit 1 of the second.
  expect(disguiseOf('oue-1f2e3d4c-8102')).toEqual({ kind: 'set', places: [1, 8, 10] });
  expect(disguiseOf('oue-1f2e3d4c-0000')).toEqual({ kind: 'set', places: [] });
});

it('reads nothing into what is written in another way', () => {
  for (const answer of ['shoes', 'krr-1f2e3d4c', 'krr-1f2e3d4c-0', 'krr-1f2e3d4c-0506', 'new-1f2e3d4c-05']) {
    expect(disguiseOf(answer)).toBeUndefined();
  }
});
