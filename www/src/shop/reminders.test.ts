import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createEngine } from '../../dev/engine';
import { companion, TODAY } from '../../dev/fixture';
import { servePage } from '../../dev/served';
import * as clock from '../clock';
import { openingText } from '../parts/controls';
import { Shop } from '../shop';
import { en } from '../text/en';
import { zh } from '../text/zh';
import { shelvesOf } from './files';
import { isAwaited, nextOpening } from './reminders';
import { stateOf } from './rows';

const NOW = TODAY + 2.5 * 3_600_000;
const shelves = shelvesOf(companion('en'), true, NOW);
const open = shelves.sales.find((sale) => stateOf(sale, NOW) === 'open')!;
const ahead = shelves.sales.find((sale) => stateOf(sale, NOW) === 'preview')!;

beforeEach(() => {
  clock.set(NOW);
  servePage();
});
afterEach(() => vi.unstubAllGlobals());

describe('a reminder', () => {
  it('waited for a sale that opened after it was asked for, and for none that was open', () => {
    expect(isAwaited({ since: open.opens - 1 }, open)).toBe(true);
    expect(isAwaited({ since: open.opens }, open)).toBe(false);
    expect(isAwaited({ since: NOW }, ahead)).toBe(true);
  });

  it('says of a sale that was open already that it is none that was asked for', async () => {
    const shop = new Shop('en', (language) => createEngine({ pack: '', language, now: clock.now }));
    await shop.start();
    for (const { brand } of [open, ahead]) shop.setReminder(brand, true);
    await vi.waitFor(() => expect(shop.reminders()).toHaveLength(2));
    expect([shop.hasReminder(open.brand), shop.isAwaited(open)]).toEqual([true, false]);
    expect(shop.isAwaited(ahead)).toBe(true);
  });

  it('waits for the next opening that is announced, else for about when the brand is expected, else for what is not known', () => {
    const around = { ...shelves, expectedBack: () => NOW + 86_400_000 };
    expect(nextOpening(ahead.brand, around, NOW)).toEqual({ at: ahead.opens, announced: true });
    expect(nextOpening('away', around, NOW)).toEqual({ at: NOW + 86_400_000, announced: false });
    expect(
      nextOpening('away', { ...around, expectedBack: () => NOW - 1 }, NOW),
      'a past day is no hope',
    ).toBeUndefined();
    const setting = { messages: en, zone: 'Asia/Shanghai', currency: { code: 'CNY', exponent: 2 } };
    expect(openingText({ at: NOW + 86_400_000, announced: false }, NOW, setting)).toBe('around 20 November');
    expect(openingText({ at: NOW + 86_400_000, announced: true }, NOW, setting)).toBe('tomorrow 12:30');
    expect(openingText(undefined, NOW, setting)).toBe('not announced yet');
    expect(openingText(undefined, NOW, { ...setting, messages: zh })).toBe('时间未公布');
  });
});
