/** A browser shops for real: from the first visit to an empty browser again. */

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { home, kept, launch, shelf, visit } from './browser.js';

/** The whole pack, as opposed to its excerpt. */
const WHOLE = /\/v1\/pack-[0-9a-f]+\.wspack$/;

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

/** A brand with a sale open at noon, and five of its items that are in stock and ordinary. */
function someBrand(): { brand: string; name: string; items: { id: string; name: string }[] } {
  const { items, sales, brands, made } = shelf();
  const noon = Date.parse('2026-11-22T12:00:00+08:00');
  expect(made).toBeLessThan(noon + 86_400_000);
  for (const [row, sale] of sales.entries()) {
    if (sale.opens > noon || sale.closes <= noon) continue;
    const found = items.id
      .map((id, at) => ({ id, name: items.name[at]!, at }))
      .filter(({ at }) => items.sale[at] === row && (items.flags[at]! & 1) === 0 && items.stock[at]!.some((left, place) => place % 3 === 1 && left > 0));
    if (found.length >= 8) return { brand: brands[sale.brand]!.id, name: brands[sale.brand]!.name, items: found.slice(0, 5) };
  }
  throw new Error('no sale of the demo has eight items to look at');
}

/** The personal feed's cards: brand and the reason's sentence. */
async function feed(page: Page): Promise<{ brand: string; reason: string }[]> {
  await page.locator('.feed .card .why').first().waitFor();
  return page.locator('.feed .card').evaluateAll((cards) => cards.map((card) => ({ brand: card.querySelector('h3 b')?.textContent ?? '', reason: card.querySelector('.why span')?.textContent ?? '' })));
}

/** Goes to a place within the shop, as a link does, without another page. */
async function go(page: Page, hash: string, heading: string): Promise<void> {
  await page.evaluate((to) => (location.hash = to), hash);
  await page.getByRole('heading', { level: 1, name: heading }).waitFor();
}

describe('the acceptance story', () => {
  test('allow, look at five items of a brand, reload, be led there with the reason, remind, reload, erase', async () => {
    const { page, sent } = await visit(browser);
    const { name, items } = someBrand();
    await page.goto(home());
    await page.locator('.feed .card').first().waitFor();
    expect(await kept(page), 'before a click nothing is stored').toEqual({});

    await page.getByRole('button', { name: 'Keep', exact: true }).click();
    // What there is to fetch is fetched by itself, whatever is done meanwhile.
    await page.waitForLoadState('networkidle');
    const before = sent.length;
    for (const item of items) await go(page, `#/item/${item.id}`, item.name);
    expect(sent.slice(before), 'looking at things makes no request').toEqual([]);
    await expect.poll(async () => (await kept(page))['windowshop/events']?.length ?? 0).toBeGreaterThanOrEqual(5);

    await page.goto(home());
    await page.reload();
    const led = await feed(page);
    expect(led[0]!.brand, 'the feed is led by the brand that was looked at').toBe(name);
    const neighbour = led.findIndex((card) => card.brand !== name);
    await page.locator('.feed .card').nth(neighbour).getByRole('button', { name: /^Why this\?/ }).click();
    const why = (await page.getByRole('dialog').textContent()) ?? '';
    expect(items.filter((item) => why.includes(item.name)), `a reason names what was looked at: ${why}`).not.toEqual([]);
    await page.keyboard.press('Escape');

    const remind = page.getByRole('button', { name: /^Remind me: / }).first();
    const brand = (await remind.getAttribute('aria-label'))!.replace('Remind me: ', '');
    await remind.click();
    await page.getByRole('button', { name: `Will remind you: ${brand}` }).first().waitFor();
    await expect.poll(async () => (await kept(page))['windowshop/reminders']?.length).toBe(1);
    await page.reload();
    await page.getByRole('button', { name: `Will remind you: ${brand}` }).first().waitFor();

    await page.evaluate(() => (location.hash = '#/kept'));
    await page.getByRole('button', { name: 'Wipe everything' }).click();
    await expect.poll(() => kept(page), { message: 'no stored byte but the choice' }).toEqual({ 'windowshop/choice': ['on', 'off'] });
    await page.reload();
    await page.getByRole('button', { name: 'Wipe everything' }).waitFor();
    expect(await kept(page)).toEqual({ 'windowshop/choice': ['on', 'off'] });

    // Whatever was asked of the server names no item, no brand and no shopper, and nothing was sent.
    const pages = /^\/(\?now=[^&]*|assets\/[\w.-]+|v1\/(pack\.json|(pack|excerpt|text|front|shelf|delta)-[\w.-]+))$/;
    expect(sent.filter(({ path }) => !pages.test(path))).toEqual([]);
    expect(sent.filter(({ method, body }) => method !== 'GET' || body !== null)).toEqual([]);
    await page.context().close();
  });

  test('one switch turns it off in another window too', async () => {
    const { page } = await visit(browser);
    const { items } = someBrand();
    await page.goto(home());
    await page.getByRole('button', { name: 'Keep', exact: true }).click();
    const other = await page.context().newPage();
    await other.goto(home('#/kept'));
    await other.getByRole('radio', { name: /^Kept/ }).waitFor();
    await go(page, `#/item/${items[0]!.id}`, items[0]!.name);
    // With the ledger, which the first look opens, goes what was spent: so reports are off from then on.
    await expect.poll(async () => Object.keys(await kept(page))).toContain('windowshop/ledger');
    await page.evaluate(() => (location.hash = '#/kept'));
    await page.getByRole('radio', { name: /^Off/ }).check({ force: true });
    await expect.poll(() => kept(other)).toEqual({ 'windowshop/choice': ['off', 'off'] });
    await expect.poll(() => other.getByRole('radio', { name: /^Off/ }).isChecked()).toBe(true);
    await page.context().close();
  });
});

describe('when something is not there', () => {
  test('the shop’s order is one order: with nothing remembered the engine moves no card', async () => {
    const names = (page: Page) => page.locator('.feed .card h3').allTextContents();
    const { page } = await visit(browser);
    await page.route(/engine.*\.wasm|inline-bytes/, (route) => route.abort());
    await page.goto(home());
    await page.getByText(/could not start/).first().waitFor();
    const without = await names(page);
    expect(without.length).toBeGreaterThan(10);
    await page.unroute(/engine.*\.wasm|inline-bytes/);
    await page.reload();
    await page.getByRole('button', { name: 'Keep', exact: true }).click();
    await page.getByRole('switch').waitFor();
    // A coupon, which is put forward where something may be remembered, stands in the place of two.
    const [withIt, coupons] = [await names(page), await page.locator('.feed .coupon').count()];
    expect(withIt).toEqual(without.slice(0, without.length - 2 * coupons));
    await page.context().close();
  });

  test('without the engine the products are visible in the shop’s order, and the page says so', async () => {
    const { page } = await visit(browser);
    await page.route(/engine.*\.wasm|inline-bytes/, (route) => route.abort());
    await page.goto(home());
    await expect.poll(() => page.locator('.feed .card').count()).toBeGreaterThan(5);
    await page.getByText(/could not start/).first().waitFor();
    await page.context().close();
  });

  test('where no module is served, the bytes come from a script', async () => {
    const { page } = await visit(browser);
    await page.route(/engine.*\.wasm/, (route) => route.fulfill({ status: 404, body: 'no' }));
    await page.goto(home());
    await page.getByRole('button', { name: 'Keep', exact: true }).click();
    await expect.poll(async () => Object.keys(await kept(page))).toContain('windowshop/choice');
    await page.context().close();
  });
});

describe('before the whole pack is there', () => {
  /** A shopper who looked at five items of a brand comes back, and the whole pack is late. */
  async function back(): Promise<{ page: Page; name: string; come: (answer: 'fulfil' | 'abort') => void }> {
    const { page } = await visit(browser);
    const { name, items } = someBrand();
    await page.goto(home());
    await page.getByRole('button', { name: 'Keep', exact: true }).click();
    for (const item of items) await go(page, `#/item/${item.id}`, item.name);
    await expect.poll(async () => (await kept(page))['windowshop/events']?.length ?? 0).toBeGreaterThanOrEqual(5);
    let come!: (answer: 'fulfil' | 'abort') => void;
    const held = new Promise<'fulfil' | 'abort'>((resolve) => (come = resolve));
    await page.route(WHOLE, async (route) => ((await held) === 'abort' ? route.abort() : route.continue()));
    await page.goto(home());
    await page.reload();
    return { page, name, come };
  }

  test('the list is the shopper’s own, a card leads to its item, and what is done is kept', async () => {
    const { page, name, come } = await back();
    const [first] = await feed(page);
    expect(first!.brand).toBe(name);
    const looked = (await kept(page))['windowshop/events']!.length;
    const link = page.locator('.feed .card h3 a, .feed .card a').first();
    await link.click();
    await page.getByRole('heading', { level: 1 }).waitFor();
    come('fulfil');
    await expect.poll(async () => (await kept(page))['windowshop/events']!.length).toBeGreaterThan(looked);
    await page.getByRole('button', { name: /Put in the bag|Choose a size/ }).first().waitFor();
    await page.context().close();
  });

  test('and where it never comes the shop goes on in its own order', async () => {
    const { page, come } = await back();
    await feed(page);
    come('abort');
    await page.getByText(/could not start/).first().waitFor();
    await page.locator('.feed .card').first().waitFor();
    expect(await page.locator('.feed .card .why').count()).toBe(0);
    await page.context().close();
  });
});
