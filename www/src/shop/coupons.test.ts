/** Which coupons are shown, in what order, and what is said of those that do not count. */

import type { Offer, Receipt, RefusedPromotion } from 'windowshop';
import { describe, expect, it } from 'vitest';
import { en } from '../text/en';
import { zh } from '../text/zh';
import { couponRows, mayPutForward, refusalText, touchesBag } from './coupons';
import { tierName, TIERS } from './member';

const refused = (id: string, reason: string, more: Partial<RefusedPromotion> = {}): RefusedPromotion => ({
  id,
  name: id,
  code: id.toUpperCase(),
  reason,
  text: `because of ${reason}`,
  ...more,
});
const receipt = (more: Partial<Receipt>): Receipt =>
  ({ used: [], tenders: [], refused: [], ...more }) as unknown as Receipt;
const offer = {
  id: 'c/ten',
  campaign: 'c',
  text: 'why',
  terms: [],
  coupon: { id: 'ten', code: 'TEN', name: 'Ten' },
} as Offer;
const setting = (messages: typeof en) => ({ messages, zone: 'Asia/Shanghai', currency: { code: 'CNY', exponent: 2 } });

describe('a coupon is put forward', () => {
  const may = (priced: Receipt, around: Partial<Parameters<typeof mayPutForward>[1]> = {}) =>
    mayPutForward(offer, { entered: false, filled: true, inBag: true, priced, ...around });

  it('where it counts in the bag, as what takes off or as what pays', () => {
    expect(may(receipt({ used: [{ id: 'ten', code: 'TEN', name: 'Ten', amount: 1 }] }))).toBe(true);
    expect(may(receipt({ tenders: [{ id: 'ten', code: 'ten', name: 'Ten', amount: 1 }] }))).toBe(true);
  });

  it('never under a bag that refuses it, nor where its code is entered', () => {
    for (const reason of ['group_taken', 'exclusive', 'amount_short', 'no_line', 'tier_short'])
      expect(may(receipt({ refused: [refused('ten', reason)] })), reason).toBe(false);
    const counts = receipt({ used: [{ id: 'ten', code: 'TEN', name: 'Ten', amount: 1 }] });
    expect(may(counts, { entered: true })).toBe(false);
    expect(may(counts, { entered: true, inBag: false })).toBe(false);
  });

  it('elsewhere also where more in the bag would make it count, and not where nothing would', () => {
    const elsewhere = (reason: string, filled = true) =>
      may(receipt({ refused: [refused('ten', reason)] }), { inBag: false, filled });
    expect(['amount_short', 'quantity_short', 'no_line'].map((reason) => elsewhere(reason))).toEqual([
      true,
      true,
      true,
    ]);
    expect(['group_taken', 'not_open', 'ended', 'other_group'].map((reason) => elsewhere(reason))).toEqual([
      false,
      false,
      false,
      false,
    ]);
    expect(elsewhere('group_taken', false), 'an empty bag takes no group').toBe(true);
    expect(elsewhere('other_group', false)).toBe(false);
    expect([elsewhere('tier_short'), elsewhere('tier_short', false)], 'an invitation to join').toEqual([true, true]);
  });

  it('and a word of the shop is said whatever is in the bag', () => {
    const { coupon: _, ...word } = offer;
    expect(mayPutForward(word, { entered: false, filled: true, inBag: true, priced: receipt({}) })).toBe(true);
  });
});

describe('all coupons', () => {
  it('stand by use: those that count, those that would by what they give, the rest, those that are barred; none that is over', () => {
    const rows = couponRows(
      receipt({
        used: [{ id: 'counts', name: 'counts', amount: 100 }],
        tenders: [{ id: 'pays', name: 'pays', code: 'PAYS', amount: 1500 }],
        refused: [
          refused('other', 'no_line'),
          refused('small', 'code_not_entered'),
          refused('large', 'code_not_entered'),
          refused('winter', 'code_not_entered'),
          refused('gone', 'ended'),
        ],
      }),
      new Map([['winter', refused('winter', 'not_open', { opens: Date.parse('2026-12-31T00:00+08:00') })]]),
      ({ id }) => ({ small: 500, large: 3000, winter: 9000 })[id] ?? 0,
    );
    expect(rows.map(({ id }) => id)).toEqual(['pays', 'counts', 'large', 'small', 'other', 'winter']);
    expect(rows.at(-1)?.barred?.reason).toBe('not_open');
  });

  it('say of a code that nobody entered what it would lack, and not that it is not entered', () => {
    const near = refused('near', 'amount_short', { shortfall: 700 });
    const rows = couponRows(
      receipt({ refused: [refused('near', 'code_not_entered'), refused('good', 'code_not_entered')] }),
      new Map(),
      ({ id }) => (id === 'good' ? 500 : 0),
      ({ id }) => (id === 'near' ? near : undefined),
    );
    expect(rows.map(({ id, refused: told }) => [id, told])).toEqual([
      ['good', undefined],
      ['near', near],
    ]);
  });

  it('promise nothing for buying more where nothing would be gained, and no saving that there is not', () => {
    const short = refused('a', 'amount_short', { shortfall: 9_000 });
    expect(refusalText(short, setting(en))).toBe('because of amount_short');
    expect(refusalText(short, setting(en), true)).toBe('Spending ¥90 more for it would save nothing more');
    expect(refusalText(short, setting(zh as typeof en), true)).toBe('为它再买 ¥90 也不会更省');
    const taken = (less?: number) => refused('a', 'group_taken', less === undefined ? {} : { less });
    expect(refusalText(taken(0), setting(en))).toMatch(/saves as much$/);
    expect(refusalText(taken(500), setting(en)), 'it does save more').toBe('because of group_taken');
    expect(refusalText(taken(), setting(en)), 'nobody worked it out').toBe('because of group_taken');
    expect(refusalText(refused('a', 'not_best', { less: 0 }), setting(en))).toBe('What is used saves as much');
  });

  it('under a bag only those are told of that are about its goods', () => {
    const told = ['group_taken', 'amount_short', 'quantity_short', 'not_best'].map((reason) =>
      touchesBag(refused('a', reason)),
    );
    expect(told).toEqual([true, true, true, true]);
    const not = ['no_line', 'code_not_entered', 'not_open', 'tier_short', 'other_payment'];
    expect(not.map((reason) => touchesBag(refused('a', reason)))).toEqual([false, false, false, false, false]);
  });

  it('name tiers and days as the shop’s other pages do', () => {
    const tier = refused('points', 'tier_short', { number: 2 });
    expect(refusalText(tier, setting(en))).toBe('For members, from the tier “Silver” on');
    expect(refusalText(tier, setting(zh as typeof en))).toBe('仅限会员，银卡及以上');
    const winter = refused('winter', 'not_open', { opens: Date.parse('2026-12-31T00:00+08:00') });
    expect(refusalText(winter, setting(en))).toBe('From 31 December on');
    expect(refusalText(winter, setting(zh as typeof en))).toBe('12 月 31 日起可用');
    expect(refusalText(refused('a', 'not_best'), setting(en))).toBe('because of not_best');
    expect(TIERS.map((_, at) => tierName(at + 1, 'en'))).toEqual(['Member', 'Silver', 'Gold']);
    expect(refusalText(refused('a', 'tier_short', { number: 9 }), setting(en)), 'a tier without a name').toMatch(
      /^because/,
    );
  });
});
