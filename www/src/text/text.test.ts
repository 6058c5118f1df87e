import { describe, expect, it } from 'vitest';
import { en } from './en';
import { chooseLanguage } from './text';
import { zh } from './zh';

/** Every sentence of a language, functions called with plausible arguments. */
function sentences(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'function') {
    return [0, 1, 2, 12, 13, 99, 100].map((n) => String((value as (...a: unknown[]) => string)(n, n, n, n)));
  }
  // `value` and `named` give back a word of the feed's and say nothing of their own.
  return value && typeof value === 'object'
    ? Object.entries(value).flatMap(([key, inner]) => (key === 'value' || key === 'named' ? [] : sentences(inner)))
    : [];
}

describe('the voice', () => {
  it.each([
    ['en', en],
    ['zh', zh],
  ])('is plain in %s: no exclamation mark, no emoji, no gaps', (_, messages) => {
    for (const sentence of sentences(messages)) {
      expect(sentence).not.toMatch(/[!！]|\p{Extended_Pictographic}|undefined|NaN|\[object/u);
    }
  });

  it('hurries nobody', () => {
    expect(sentences(en).join('\n')).not.toMatch(/hurry|last chance|only \d|don’t miss|act now/i);
    expect(sentences(zh).join('\n')).not.toMatch(/抢|赶快|最后机会|仅剩|错过/);
  });

  it('never mixes the two ways of telling a saving', () => {
    expect(sentences(zh).join('\n')).not.toMatch(/[−-]\d+ ?%/);
    expect(sentences(en).join('\n')).not.toContain('折');
    expect([en.off(70), zh.off(70), zh.off(65)]).toEqual(['−70%', '3折', '3.5折']);
  });

  it('says what the look prescribes', () => {
    expect(en.today.opened(12)).toBe('Twelve windows opened this morning');
    expect(zh.today.opened(12)).toBe('今早新开了十二扇橱窗');
    expect(zh.today.opened(2)).toBe('今早新开了两扇橱窗');
    expect(en.today.some(7, 12)).toBe('Seven of today’s twelve. There is no thirteenth: the list has an end.');
    expect(zh.today.some(7, 12)).toBe('以上七扇，今日共十二扇。没有第十三扇，逛完就是逛完了。');
    expect(en.kept.count(0, 0, 0, 0)).toBe('nothing remembered');
    expect(en.kept.count(0, 0, 0, 1), 'a reminder is remembered too').toBe('1 reminder');
    expect(zh.kept.count(2, 0, 1, 1)).toBe('2 件小事，最早是今天；1 单；1 个预约');
    expect(en.confirm.shipping('¥0', '¥12')).toBe('Shipping: ¥0, instead of a fee of ¥12');
    expect(en.confirm.shipping('¥12', '¥12')).toBe('Shipping: ¥12');
    expect([zh.kept.saved(70), en.item.value('pattern', 'moss')]).toEqual(['平均 3折', 'textured']);
    expect(en.today.openIn(12, '18 min')).toBe('Twelve windows open in 18 min');
    expect(en.stock.lowIn(7, 40, '38')).toBe('7 of 40 left in 38');
    expect(en.windows.endedBack('20 December')).toBe('Ended. Back around 20 December.');
    expect(zh.windows.endedBack('12 月 20 日')).toBe('已结束，约 12 月 20 日再来');
  });
});

describe('what is said of orders', () => {
  it('is true of those that were pretended too, which the shop never heard of', () => {
    expect([en.kept.boughtNote(0), zh.kept.boughtNote(0)]).toEqual(['no order', '没有订单']);
    expect(en.kept.boughtNote(1)).toBe('1 order; the shop has only what was sent to it');
    expect(zh.kept.boughtNote(1)).toBe('1 单，送出过的店里才有存底');
  });
});

describe('the language', () => {
  it('is the one asked for, else the browser’s, else English', () => {
    expect(chooseLanguage('zh', ['en'])).toBe('zh');
    expect(chooseLanguage(undefined, ['fr', 'zh-Hans-CN', 'en'])).toBe('zh');
    expect(chooseLanguage('xx', ['de'])).toBe('en');
    expect(chooseLanguage('constructor', [])).toBe('en');
  });
});
