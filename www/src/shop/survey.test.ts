import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createEngine } from '../../dev/engine';
import { TODAY } from '../../dev/fixture';
import { servePage } from '../../dev/served';
import * as clock from '../clock';
import { weeksOf } from '../format';
import { Shop } from '../shop';
import { heardOf, type Told } from './survey';
import { en } from '../text/en';
import { zh } from '../text/zh';

const TOLD = { weeks: ['2026-W41'], reports: 0, index: null, dimensions: [], items: [], heard: [] };
let requests: string[] = [];
let served: unknown = TOLD;

beforeEach(() => {
  clock.set(TODAY);
  served = TOLD;
  requests = servePage((path) => (path === '/v1/survey' ? served : undefined));
});
afterEach(() => vi.unstubAllGlobals());

async function open(): Promise<Shop> {
  const shop = new Shop('en', (language) => createEngine({ pack: '', language, now: clock.now }));
  await shop.start();
  return shop;
}

describe('the week’s question', () => {
  it('is there once something may be remembered, is answered once, and causes no request', async () => {
    const shop = await open();
    expect(shop.survey.question()).toBeUndefined();
    await shop.setConsent('on');
    expect(shop.survey.question()?.id).toBe('how-price');
    const before = [...requests];
    await shop.survey.answer('satisfied');
    expect([shop.survey.done, shop.survey.question()]).toEqual(['answered', undefined]);
    expect(shop.history()[0]).toMatchObject({ name: 'satisfaction', question: 'how-price', reason: 'satisfied' });
    expect(requests).toEqual(before);
  });

  it('can be skipped, and what was said can be taken back', async () => {
    const shop = await open();
    await shop.setConsent('on');
    await shop.survey.skip();
    expect(shop.survey.done).toBe('skipped');
    await shop.forget(shop.history().map(({ id }) => id));
    expect([shop.survey.done, shop.survey.question()?.id]).toEqual([undefined, 'how-price']);
  });
});

describe('what the shop says of its figures', () => {
  const change = (date: string, about: string) => ({ date, about, text: { en: `${about} en`, zh: `${about} zh` } });

  it('stands above them and is no change', () => {
    const told = { ...TOLD, heard: [change('2026-10-12', 'site'), change('2026-07-01', 'note')] };
    const { changes, notes } = heardOf(told as unknown as Told);
    expect(changes.map(({ about }) => about)).toEqual(['site']);
    expect(notes).toEqual([{ en: 'note en', zh: 'note zh' }]);
    expect(heardOf(TOLD as Told).notes, 'a shop with figures of its own says nothing').toEqual([]);
  });
});

describe('what everybody said', () => {
  it('is fetched by the page that shows it alone, once, and again after a failure', async () => {
    const shop = await open();
    expect(requests).not.toContain('/v1/survey');
    served = undefined;
    shop.survey.need();
    await vi.waitFor(() => expect(shop.survey.problem?.code).toBe('files_fetch'));
    served = { weeks: [] };
    shop.survey.need();
    await vi.waitFor(() => expect(shop.survey.problem?.code).toBe('files_format'));
    served = TOLD;
    shop.survey.need();
    shop.survey.need();
    await vi.waitFor(() => expect(shop.survey.told).toEqual(TOLD));
    expect(requests.filter((path) => path === '/v1/survey')).toHaveLength(3);
    expect(shop.survey.problem).toBeUndefined();
  });

  it('is told with its margin in both languages', () => {
    expect(en.heard.score(82, 80, 84)).toBe('82 of 100, between 80 and 84');
    expect(zh.heard.score(82, 80, 84)).toBe('82 分，80 到 84 之间');
    expect(en.heard.basis(1_200, ...weeksOf(['2026-W41', '2026-W33'], en))).toBe(
      '1,200 reports, from 10 August 2026 to 11 October 2026',
    );
    expect(zh.heard.basis(1_200, ...weeksOf(['2026-W41'], zh))).toBe(
      '1,200 条报告，2026 年 10 月 5 日至 2026 年 10 月 11 日',
    );
    expect(weeksOf(['2026-W53', '2027-W01'], en), 'a week of two years').toEqual([
      '28 December 2026',
      '10 January 2027',
    ]);
    expect(weeksOf(['soon'], en)).toEqual([]);
    for (const { heard } of [en, zh]) {
      for (const id of ['site', 'goods', 'payment', 'service', 'delivery']) expect(heard.dimension(id)).not.toBe(id);
    }
  });

  it('says what leaves before anything is answered', () => {
    expect(en.survey.leaves).toMatch(/kept on this device.*scrambled one, once, with next week’s report/);
    expect(zh.survey.leaves).toMatch(/只送一次，随下周的报告/);
  });
});
