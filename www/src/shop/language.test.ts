/** Turning to another language: all of the shop at once, or nothing of it. */

import type { Engine } from 'windowshop';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createEngine } from '../../dev/engine';
import { TODAY } from '../../dev/fixture';
import { servePage } from '../../dev/served';
import * as clock from '../clock';
import { Shop } from '../shop';

let requests: string[] = [];

beforeEach(() => {
  clock.set(TODAY + 2.5 * 3_600_000);
  requests = servePage();
});

afterEach(() => vi.unstubAllGlobals());

describe('another language', () => {
  const engines: Engine[] = [];
  let broken = false;
  const open = async (language: string) => {
    if (broken) throw Object.assign(new Error('no network'), { code: 'pack_fetch' });
    const engine = await createEngine({ pack: '', language, now: clock.now });
    vi.spyOn(engine, 'dispose');
    vi.spyOn(engine, 'setAccount');
    engines.push(engine);
    return engine;
  };
  const started = async () => {
    [engines.length, broken] = [0, false];
    const shop = new Shop('en', open);
    await shop.start();
    return shop;
  };
  const titleOf = (shop: Shop) => shop.shelves!.sale('s60')!.title;

  it('is spoken by everything at once, and what this visit remembers goes along', async () => {
    const shop = await started();
    await shop.setConsent('session');
    await shop.observe({ name: 'view_item', params: { items: [{ item_id: 's61-1' }] } });
    const before = titleOf(shop);
    const turned = shop.speak('zh');
    expect([shop.status, titleOf(shop)], 'nothing goes away meanwhile').toEqual(['ready', before]);
    expect(await turned).toBe('spoken');
    expect([shop.status, shop.consent, shop.history().length]).toEqual(['ready', 'session', 1]);
    expect(titleOf(shop)).not.toBe(before);
    expect(shop.lists.feed().picks[0]!.item.name).toMatch(/\p{Script=Han}/u);
    expect(engines.map(({ dispose }) => vi.mocked(dispose).mock.calls.length)).toEqual([1, 0]);
  });

  it('that cannot be had changes nothing: neither without its files nor without its engine', async () => {
    const shop = await started();
    await shop.setConsent('on');
    shop.basket.put(shop.shelves!.item('s60-1')!);
    const lines = shop.basket.lines;
    const before = titleOf(shop);
    const silent = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    broken = true;
    expect(await shop.speak('zh')).toBe('stayed');
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
    expect(await shop.speak('zh')).toBe('stayed');
    silent.mockRestore();
    expect([shop.status, shop.language, titleOf(shop)]).toEqual(['ready', 'en', before]);
    expect([shop.basket.lines, shop.till.receipt()?.lines.length]).toEqual([lines, 1]);
    expect(vi.mocked(engines[0]!.dispose)).not.toHaveBeenCalled();
  });

  it('that is asked for and taken back is not spoken, and its engine is let go of', async () => {
    const shop = await started();
    const turned = shop.speak('zh');
    await vi.waitFor(() => expect(requests.filter((path) => path.includes('front-zh'))).toHaveLength(1));
    expect(await shop.speak('en')).toBe('spoken');
    expect(await turned).toBe('overtaken');
    expect([shop.language, shop.status]).toEqual(['en', 'ready']);
    expect(engines.slice(1).every(({ dispose }) => vi.mocked(dispose).mock.calls.length === 1)).toBe(true);
  });

  it('asked for while the engine is on its way opens one, in that language', async () => {
    [engines.length, broken] = [0, false];
    const shop = new Shop('en', open);
    const start = shop.start();
    await vi.waitFor(() => expect(shop.shelves).toBeDefined());
    expect(await shop.speak('zh')).toBe('spoken');
    await start;
    await vi.waitFor(() => expect(shop.status).toBe('ready'));
    await vi.waitFor(() => expect(engines.map(({ language }) => language).sort()).toEqual(['en', 'zh']));
    const left = engines.find(({ dispose }) => vi.mocked(dispose).mock.calls.length === 0);
    expect(left?.language).toBe('zh');
  });

  it('fetches what takes an export in whatever may be remembered, and takes in what this visit remembers alone', async () => {
    for (const [choice, taken] of [
      ['off', ''],
      ['session', expect.objectContaining({ consent: 'session' })],
      ['on', ''],
    ] as const) {
      const imported: unknown[] = [];
      [engines.length, broken] = [0, false];
      // The page began so long ago that it is time for the script.
      vi.spyOn(performance, 'now').mockReturnValue(60_000);
      const shop = new Shop('en', async (language) => {
        const engine = await open(language);
        const { import: take } = engine.history;
        engine.history.import = (memory) => (imported.push(memory), take(memory));
        return engine;
      });
      await shop.start();
      await shop.setConsent(choice);
      expect(await shop.speak('zh'), choice).toBe('spoken');
      // Nothing at all is taken in by each engine in its time, which fetches the script for everybody.
      await vi.waitFor(() => expect(imported, choice).toEqual(['', taken, '']));
    }
  });

  it('is not turned to where the script of an export cannot be had, whatever may be remembered', async () => {
    for (const choice of ['off', 'session', 'on'] as const) {
      [engines.length, broken] = [0, false];
      const shop = new Shop('en', async (language) => {
        const engine = await open(language);
        engine.history.import = () => Promise.reject(new TypeError('Failed to fetch dynamically imported module'));
        return engine;
      });
      await shop.start();
      await shop.setConsent(choice);
      const silent = vi.spyOn(console, 'error').mockImplementation(() => undefined);
      expect(await shop.speak('zh'), choice).toBe('stayed');
      silent.mockRestore();
    }
  });

  it('keeps the member signed in', async () => {
    const shop = await started();
    shop.signIn();
    expect(await shop.speak('zh')).toBe('spoken');
    expect(vi.mocked(engines[1]!.setAccount).mock.calls).toEqual([[shop.member!.account]]);
  });
});
