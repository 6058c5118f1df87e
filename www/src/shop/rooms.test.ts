import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Setting } from '../format';
import { rememberedSentence } from '../parts/remembered';
import { en } from '../text/en';
import { zh } from '../text/zh';
import { answers, asksShelfLife, isPastDate } from './asked';
import { memoryOf, RefusedFile } from './file';
import { Notices } from './notice';
import type { Item } from './rows';

describe('a notice', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('goes after its time, and stays while somebody is at it', () => {
    const notices = new Notices(() => undefined);
    notices.say('one');
    vi.advanceTimersByTime(9_000);
    notices.hold();
    vi.advanceTimersByTime(60_000);
    expect(notices.now?.text).toBe('one');
    notices.release();
    vi.advanceTimersByTime(9_000);
    expect(notices.now?.text).toBe('one');
    vi.advanceTimersByTime(2_000);
    expect(notices.now).toBeUndefined();
  });

  it('promises no more time than its action has', () => {
    const notices = new Notices(() => undefined);
    notices.say('wiped', undefined, { strict: true, lasting: true });
    notices.hold();
    notices.turned();
    vi.advanceTimersByTime(9_000);
    notices.release();
    expect(notices.now?.text).toBe('wiped');
    vi.advanceTimersByTime(2_000);
    expect(notices.now).toBeUndefined();
  });
});

describe('a file that is brought back', () => {
  const why = (text: string) => {
    try {
      memoryOf(text);
      return 'taken';
    } catch (error) {
      return error instanceof RefusedFile ? error.why : 'thrown';
    }
  };
  it('is refused with a reason that a shopper understands', () => {
    const good = { format: 1, exported: 0, consent: 'on', events: [], orders: [], reminders: [] };
    expect(why(JSON.stringify(good))).toBe('taken');
    expect(why('{"format": 1, "ev')).toBe('unreadable');
    expect(why('null')).toBe('other');
    expect(why('{"hello": "there"}')).toBe('other');
    expect(memoryOf(JSON.stringify({ ...good, reports: [] })), 'the list of reports stays outside').toEqual(good);
    expect(why(JSON.stringify({ ...good, format: 7 }))).toBe('version');
    for (const words of [en, zh])
      for (const key of ['unreadable', 'other', 'version', 'damaged'] as const)
        expect(words.kept.bringFailed[key]).not.toMatch(/parse|undefined|line \d|token/i);
  });
});

describe('what buyers ask first', () => {
  const setting: Setting = { messages: en, zone: 'Asia/Shanghai', currency: { code: 'CNY', exponent: 2 } };
  const item = (over: Partial<Item>) =>
    ({
      sold: 100,
      returned: 12,
      returnReasons: [5, 3, 2, 1, 0, 1, 0, 0],
      sizes: [
        { size: 'S', stock: 1 },
        { size: 'M', stock: 1 },
      ],
      attributes: {},
      authenticityInsured: false,
      ...over,
    }) as Item;

  it('is answered in numbers', () => {
    expect(answers(item({}), 'women dresses', setting)).toEqual([
      'Size: of 100 sold, 5 came back as too small and 3 as too large.',
      'True to picture: 2 of 100 sold came back because it differs.',
      'Quality: 1 of 100 sold came back for it.',
    ]);
  });

  it('says until when a thing is good with the year, once, and when that is over', () => {
    const until = Date.parse('2027-10-10T00:00:00+08:00');
    const jar = item({ sold: 0, shelfLifeUntil: until });
    expect(answers(jar, 'beauty skin-care', setting)).toEqual(['Shelf life: good until 10 October 2027.']);
    expect(answers(jar, 'beauty skin-care', { ...setting, messages: zh })).toEqual([
      '保质期：至 2027 年 10 月 10 日。',
    ]);
    expect([asksShelfLife('beauty skin-care'), asksShelfLife('home candles')]).toEqual([true, false]);
    expect(answers(jar, 'home candles', setting), 'there it stands with the details').toEqual([]);
    expect(isPastDate(jar, until + 23 * 3_600_000, setting), 'its last day').toBe(false);
    expect(isPastDate(jar, until + 24 * 3_600_000, setting)).toBe(true);
    expect(isPastDate(item({}), until, setting)).toBe(false);
  });

  it('is left out where there is no answer', () => {
    expect(answers(item({ sold: 29 }), 'women dresses', setting)).toEqual([]);
    expect(answers(item({ sold: 29, authenticityInsured: true }), 'beauty skin-care', setting)).toEqual([
      'Genuine: insured against imitation.',
    ]);
  });
});

describe('what is remembered', () => {
  it('reads as a sentence in both languages', () => {
    const event = (name: string, over = {}) =>
      ({ id: '', at: 0, name, items: [{ id: 'v', name: 'Bud stoneware vase', quantity: 1 }], ...over }) as never;
    expect(rememberedSentence(event('add_to_cart'), en, undefined)).toBe('You put “Bud stoneware vase” in your bag');
    expect(rememberedSentence(event('remove_from_cart'), en, undefined)).toBe(
      'You took “Bud stoneware vase” out of your bag',
    );
    expect(rememberedSentence(event('add_to_cart'), zh, undefined)).toBe('您把“Bud stoneware vase”放进过购物袋');
    expect(rememberedSentence(event('search', { items: [], term: 'wool' }), en, undefined)).toBe(
      'You searched for “wool”',
    );
    expect(Object.keys(zh.remembered)).toEqual(Object.keys(en.remembered));
  });
});
