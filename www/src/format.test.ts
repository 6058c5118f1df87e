import { describe, expect, it } from 'vitest';
import * as format from './format';
import { en } from './text/en';
import { zh } from './text/zh';

const shanghai = (messages: typeof en): format.Setting => ({
  messages,
  zone: 'Asia/Shanghai',
  currency: { code: 'CNY', exponent: 2 },
});
const EN = shanghai(en);
const ZH = shanghai(zh);
const at = (iso: string) => Date.parse(iso);
const NOON = at('2026-11-19T12:34+08:00');

describe('the shop’s day', () => {
  it('begins at the latest 10:00 of the shop’s zone', () => {
    const day = { opened: at('2026-11-19T10:00+08:00'), next: at('2026-11-20T10:00+08:00') };
    expect(format.shopDay(NOON, 'Asia/Shanghai')).toEqual(day);
    expect(format.shopDay(day.opened, 'Asia/Shanghai')).toEqual(day);
    expect(format.shopDay(day.next - 1, 'Asia/Shanghai')).toEqual(day);
    expect(format.shopDay(day.next, 'Asia/Shanghai').opened).toBe(day.next);
    expect(format.shopDay(at('2026-11-19T09:59+08:00'), 'Asia/Shanghai').next).toBe(day.opened);
  });

  it('opens at 10:00 on the wall, also across a change of daylight saving', () => {
    for (let day = 0; day < 400; day++) {
      const now = at('2026-01-01T12:00Z') + day * 86_400_000;
      const { opened, next } = format.shopDay(now, 'Europe/Berlin');
      for (const instant of [opened, next])
        expect(format.wallTime(instant, 'Europe/Berlin')).toMatchObject({ hour: 10, minute: 0 });
      expect(opened <= now && now < next).toBe(true);
    }
    const spring = format.shopDay(at('2026-03-28T20:00Z'), 'Europe/Berlin');
    expect(spring.next - spring.opened).toBe(23 * 3_600_000);
  });
});

describe('money', () => {
  it('is exact and shows fen only where there are some', () => {
    expect(format.money(26_700, EN)).toBe('¥267');
    expect(format.money(198_050, EN)).toBe('¥1,980.50');
    expect(format.money(0, EN)).toBe('¥0');
    expect([format.money(-500, EN), format.money(-500, ZH)]).toEqual(['−¥5', '−¥5']);
    expect(format.money(26_700, ZH)).toBe('¥267');
    expect(format.money(2_730, { ...EN, currency: { code: 'EUR', exponent: 2 } })).toBe('€27.30');
    expect(format.money(500, { ...EN, currency: { code: 'JPY', exponent: 0 } })).toMatch(/500$/);
  });
});

describe('what is left', () => {
  const left = (ms: number, setting = EN) => format.remaining(NOON + ms, NOON, setting);
  it('is told in days and hours, under a day in hours and minutes, never in seconds', () => {
    expect(left(4 * 86_400_000 + 21 * 3_600_000 + 26 * 60_000)).toBe('4 d 21 h');
    expect(left(4 * 86_400_000 + 21 * 3_600_000, ZH)).toBe('4 天 21 时');
    expect(left(21 * 3_600_000 + 26 * 60_000)).toBe('21 h 26 min');
    expect(left(21 * 3_600_000 + 26 * 60_000, ZH)).toBe('21 小时 26 分');
    expect(left(18 * 60_000)).toBe('18 min');
    // A moment after ten it is still whole days to ten.
    expect(left(86_400_000 - 300)).toBe(left(86_400_000));
    expect(left(5 * 86_400_000 - 300)).toBe(left(5 * 86_400_000));
  });

  it('is honest at zero and just before', () => {
    expect(left(0)).toBe('');
    expect(left(-5)).toBe('');
    expect(left(1)).toBe('1 min');
    expect(format.lastMinutes(NOON + 1, NOON)).toBe(1);
    expect(format.lastMinutes(NOON + 8 * 60_000, NOON)).toBe(8);
    expect(format.lastMinutes(NOON + 10 * 60_000, NOON)).toBeUndefined();
    expect(format.lastMinutes(NOON, NOON)).toBeUndefined();
  });
});

describe('dates', () => {
  it('are those of the shop’s zone, whatever the device’s', () => {
    expect(format.longDate(NOON, EN)).toBe('Thursday 19 November');
    expect(format.longDate(NOON, ZH)).toBe('11 月 19 日，星期四');
    expect(format.timeOfDay(NOON, EN)).toBe('12:34');
    expect(format.isoDate(at('2026-11-19T23:59-08:00'), EN)).toBe('2026-11-20');
    expect(format.shortDate(at('2026-12-20T10:00+08:00'), EN)).toBe('20 December');
    expect(format.zoneName(EN)).toBe('Shanghai time');
    expect(format.zoneName({ ...EN, zone: 'America/New_York' })).toBe('New York time');
  });

  it('are near by weekday and far by date', () => {
    expect(format.when(at('2026-11-24T10:00+08:00'), NOON, EN)).toBe('Tue 10:00');
    expect(format.when(at('2026-11-24T10:00+08:00'), NOON, ZH)).toBe('周二 10:00');
    expect(format.when(at('2026-11-19T20:00+08:00'), NOON, EN), 'no weekday for this very day').toBe('today 20:00');
    expect(format.when(at('2026-11-26T10:00+08:00'), NOON, EN), 'nor for the same one of next week').not.toContain(
      'Thu',
    );
    expect(format.when(at('2026-12-20T10:00+08:00'), NOON, EN)).toBe('20 December 10:00');
    expect(format.whenInWords(at('2026-11-20T10:00+08:00'), NOON, EN)).toBe('tomorrow 10:00');
    expect(format.whenInWords(at('2026-11-19T20:00+08:00'), NOON, ZH)).toBe('今天 20:00');
  });
});
