import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createEngine } from '../../dev/engine';
import { answer, TODAY } from '../../dev/fixture';
import * as clock from '../clock';
import { Shop } from '../shop';
import { en } from '../text/en';
import { zh } from '../text/zh';

const TOLD = { weeks: ['2026-W41'], reports: 0, index: null, dimensions: [], items: [], heard: [] };
let requests: string[] = [];
let served: unknown = TOLD;

beforeEach(() => {
  clock.set(TODAY);
  [requests, served] = [[], TOLD];
  vi.stubGlobal('document', { baseURI: 'https://shop.example/' });
  vi.stubGlobal('location', { search: '' });
  vi.stubGlobal('fetch', async (url: URL) => {
    requests.push(url.pathname);
    const body = url.pathname === '/v1/survey' ? served : answer(url.pathname.replace('/v1/', ''));
    return body ? new Response(JSON.stringify(body)) : new Response('', { status: 404 });
  });
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
    expect(en.heard.basis(1_200, ['2026-W33', '2026-W41'])).toBe('1,200 reports, weeks 2026-W33 to 2026-W41');
    expect(zh.heard.basis(1_200, ['2026-W41'])).toBe('1200 条报告，2026-W41 周');
    for (const { heard } of [en, zh]) {
      for (const id of ['site', 'goods', 'payment', 'service', 'delivery']) expect(heard.dimension(id)).not.toBe(id);
    }
  });

  it('says what leaves before anything is answered', () => {
    expect(en.survey.leaves).toMatch(/once, with next week’s report/);
    expect(zh.survey.leaves).toMatch(/只送一次，随下周的报告/);
  });
});
