/** The natural paths through the shop: forth and back, by keyboard, through a search, a sale and the bag. */

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { home, launch, shelf, visit } from './browser.js';

const NOON = Date.parse('2026-11-22T12:00:00+08:00');

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const cards = (page: Page): Promise<string[]> => page.locator('.feed .card h3 a').evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));

/** Those of some cards that memory may speak for: looks at sensitive goods move nothing. */
function ordinary(links: string[]): string[] {
  const { id, flags } = shelf().items;
  const discreet = new Set(id.filter((_, row) => (flags[row]! & 1) === 1).map((of) => `#/item/${of}`));
  return links.filter((link) => !discreet.has(link));
}

/** What is in focus, as a shopper would name it. */
const focused = (page: Page): Promise<string> => page.evaluate(() => (document.activeElement === document.body ? 'nothing' : (document.activeElement?.textContent ?? '').trim()));

/** Turns to a place within the shop, as a link does, and waits until it is drawn and focus stands at its head. */
async function turn(page: Page, hash: string): Promise<void> {
  await page.evaluate(async (to) => {
    const turned = new Promise((resolve) => addEventListener('hashchange', resolve, { once: true }));
    location.hash = to;
    await turned;
    for (let frame = 0; frame < 4; frame++) await new Promise(requestAnimationFrame);
  }, hash);
}

/** How many events this browser keeps, besides coupons that were put forward: who is left alone is drawn by lot. */
const events = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const opened = indexedDB.open('windowshop');
        opened.onerror = () => reject(opened.error);
        opened.onsuccess = () => {
          const counted = opened.result.transaction('events').objectStore('events').getAll();
          counted.onsuccess = () => {
            opened.result.close();
            resolve((counted.result as { name: string }[]).filter(({ name }) => name !== 'view_promotion').length);
          };
        };
      }),
  );

async function allowed(hash = ''): Promise<Page> {
  const { page } = await visit(browser);
  await page.goto(home());
  await page.locator('.feed .card').first().waitFor();
  await page.getByRole('button', { name: 'Keep', exact: true }).click();
  await page.getByRole('switch').waitFor();
  if (hash) await turn(page, hash);
  return page;
}

describe('the list of the home page', () => {
  test('follows who goes to an item and comes back, in place, and stands where nothing new was looked at', async () => {
    const page = await allowed();
    const lists = [await cards(page)];
    for (const place of [7, 4]) {
      const link = page.locator('.feed .card h3 a').nth(place);
      await link.scrollIntoViewIfNeeded();
      await link.click();
      await page.locator('.item h1').waitFor();
      await page.goBack();
      await page.locator('.feed .card').first().waitFor();
      await expect.poll(() => cards(page)).not.toEqual(lists.at(-1));
      lists.push(await cards(page));
      expect(await page.evaluate(() => scrollY), 'one looks on where one looked').toBeGreaterThan(300);
      expect(await focused(page)).not.toBe('nothing');
    }
    await turn(page, '#/bag');
    await page.getByRole('heading', { level: 1, name: 'Your bag' }).waitFor();
    await page.goBack();
    await page.locator('.feed .card').first().waitFor();
    expect(await cards(page)).toEqual(lists.at(-1));
    await page.context().close();
  });

  test('is worked out anew at a click on the wordmark or on Today, from where one is', async () => {
    const page = await allowed();
    const before = await cards(page);
    // Something is learned elsewhere: another tab looks at the same thing again and again.
    const other = await page.context().newPage();
    await other.goto(home(ordinary(before).at(9)!));
    await other.locator('.item h1').waitFor();
    await expect.poll(() => events(page)).toBeGreaterThan(0);
    expect(await cards(page), 'nothing moves by itself').toEqual(before);
    await page.getByRole('link', { name: 'Windowshop' }).click();
    await expect.poll(() => cards(page)).not.toEqual(before);
    const after = await cards(page);
    await other.goto(home(ordinary(after).at(-1)!));
    await other.locator('.item h1').waitFor();
    await expect.poll(() => events(page)).toBeGreaterThan(1);
    await page.getByRole('link', { name: 'Today', exact: true }).click();
    await expect.poll(() => cards(page)).not.toEqual(after);
    await page.context().close();
  });
});

test('the list ends with its rows, with a coupon in it too, and as many more come as are said', async () => {
  const page = await allowed();
  const list = page.locator('section:has(> .feed)', { has: page.getByRole('switch') });
  const places = async (): Promise<number> => (await list.locator('.card').count()) + 2 * (await list.locator('.coupon').count());
  expect((await places()) % 5).toBe(0);
  const before = await list.locator('.card').count();
  await list.getByRole('button', { name: 'Show fifteen more' }).click();
  await expect.poll(() => list.locator('.card').count()).toBe(before + 15);
  expect((await places()) % 5).toBe(0);
  await page.context().close();
});

describe('a search', () => {
  test('finds sizes, one or many, and whole words; nothing leads home', async () => {
    const { page } = await visit(browser);
    await page.goto(home());
    await page.locator('.feed .card').first().waitFor();
    const found = async (term: string): Promise<string[]> => {
      await page.getByRole('searchbox').fill(term);
      await page.getByRole('searchbox').press('Enter');
      await page.getByRole('heading', { level: 1, name: `“${term}”`, exact: true }).waitFor();
      await page.locator('.feed .card').first().waitFor();
      return page.locator('.feed .card h3').allTextContents();
    };
    expect((await found('size 38')).length).toBeGreaterThan(3);
    expect(await found('coats')).toEqual(await found('coat'));
    // Nobody's taste orders them, so no brand fills the page.
    const brands = await page.locator('.feed .card h3 b').allTextContents();
    expect(new Set(brands.slice(0, 4)).size).toBe(4);
    for (const name of (await found('vase')).slice(0, 5)) expect(name).toMatch(/\bvase\b/);
    for (const name of await found('bag')) expect(name, 'what is called so in part is none of the kind').not.toContain('sleeping bag');
    for (const name of (await found('red dress')).slice(0, 5)) expect(name).toMatch(/\bred\b/);
    await page.getByRole('searchbox').fill(' ');
    await page.getByRole('searchbox').press('Enter');
    await page.getByRole('heading', { level: 1, name: /opened this morning/ }).waitFor();
    await page.context().close();
  });

  test('in Chinese needs no spaces', async () => {
    const { page } = await visit(browser);
    await page.goto(home(`#/search/${encodeURIComponent('红色连衣裙')}?lang=zh`));
    await page.locator('.feed .card').first().waitFor();
    for (const name of await page.locator('.feed .card h3').allTextContents()) expect(name).toMatch(/红/);
    await page.context().close();
  });
});

test('a sale is found as it was left: on Back, after a reload, and by who is handed the address', async () => {
  const { sales, items } = shelf();
  const row = sales.findIndex((sale, at) => sale.opens <= NOON && sale.closes > NOON && items.sale.filter((s) => s === at).length > 60);
  const { page } = await visit(browser);
  await page.goto(home(`#/sale/${sales[row]!.id}`));
  await page.locator('.goods .card').first().waitFor();
  await page.getByLabel('Order').selectOption('up');
  await page.getByRole('button', { name: /^Show \d+ more$/ }).click();
  const goods = (): Promise<string[]> => page.locator('.goods .card h3').allTextContents();
  await expect.poll(async () => (await goods()).length).toBe(48);
  const before = await goods();
  await page.locator('.goods .card h3 a').nth(30).click();
  await page.locator('.item h1').waitFor();
  await page.goBack();
  await page.locator('.goods .card').first().waitFor();
  expect(await goods()).toEqual(before);
  expect(page.url()).toContain('sort=up');
  await page.reload();
  await page.locator('.goods .card').first().waitFor();
  expect(await page.getByLabel('Order').inputValue()).toBe('up');
  expect(await goods()).toEqual(before.slice(0, 24));
  await page.context().close();
});

test('the best coupons are picked at a click, said line by line, and stand on the page of all of them', async () => {
  const { page } = await visit(browser);
  const { items, sales } = shelf();
  const noon = Date.parse('2026-11-22T12:00:00+08:00');
  // Dear enough for every threshold, and without a size to choose.
  const at = items.id.findIndex((_, row) => {
    const sale = sales[items.sale[row]!]!;
    const stock = items.stock[row]!;
    return sale.opens <= noon && sale.closes > noon && items.price[row]! >= 30_000 && stock.length === 3 && Number(stock[1]) > 0;
  });
  await page.goto(`${home()}#/item/${items.id[at]}`);
  await page.getByRole('button', { name: 'Put in the bag' }).click();
  await page.goto(`${home()}#/bag`);
  const receipt = page.locator('.receipt');
  const payable = async () => Number((await receipt.locator('tr.total td').last().textContent())!.replace(/[^0-9.]/g, ''));
  await receipt.getByText('Free shipping from ¥199').first().waitFor();
  const before = await payable();
  await receipt.getByRole('button', { name: 'Pick the best coupons for me' }).click();
  await receipt.getByText('Code entered: PAY15').waitFor();
  expect(await payable()).toBeLessThan(before);
  expect(await receipt.getByText('Before vouchers').count(), 'a voucher pays and takes nothing off').toBe(1);
  expect(await receipt.locator('tr.total').count(), 'there is one total').toBe(1);
  expect(await receipt.getByRole('status').textContent()).toMatch(/^Total: /);
  await receipt.getByRole('button', { name: 'Pick the best coupons for me' }).click();
  await page.getByText('Nothing saves more').waitFor();
  await receipt.getByRole('link', { name: 'All coupons' }).click();
  await page.getByRole('heading', { level: 1, name: 'All coupons' }).waitFor();
  expect(await page.locator('.coupons > li').count()).toBe(20);
  expect(await page.getByText(/^Counts in your bag/).count()).toBeGreaterThan(0);
  expect(await page.getByText(/^Pays /).count()).toBe(1);
  await page.context().close();
});

test('what is over cannot be bought, and codes can be taken out again', async () => {
  const { sales, items } = shelf();
  const ends = sales.find((sale) => sale.opens <= NOON && sale.closes > NOON && sale.closes - NOON < 86_400_000)!;
  const there = (sale: number): number => items.id.findIndex((_, at) => items.sale[at] === sale && items.stock[at]!.some((left, place) => place % 3 === 1 && left > 0));
  const page = await allowed(`#/item/${items.id[there(sales.indexOf(ends))]!}`);
  await page.locator('.item h1').waitFor();
  const size = page.locator('.sizes input:not(:disabled)');
  if ((await size.count()) > 0) await size.first().check({ force: true });
  await page.getByRole('button', { name: 'Put in the bag' }).click();
  await turn(page, '#/bag');

  const code = async (text: string): Promise<void> => {
    await page.getByLabel('Coupon code').fill(text);
    await page.getByLabel('Coupon code').press('Enter');
  };
  await code('NOPE');
  await page.getByRole('status').getByText('No coupon has the code NOPE').waitFor();
  await page.getByRole('button', { name: 'Take out the code NOPE' }).click();
  expect(await page.getByRole('button', { name: 'Take out the code NOPE' }).count()).toBe(0);
  expect(await page.getByRole('button', { name: 'To the checkout' }).isEnabled()).toBe(true);
  await expect.poll(() => events(page)).toBe(2);

  // The same bag, the day after.
  await page.goto(`${inject('address')}/?now=2026-11-23T12:00+08:00#/bag`);
  await page.getByText('Its sale has ended.').waitFor();
  expect(await page.getByRole('button', { name: 'To the checkout' }).isDisabled()).toBe(true);
  await page.context().close();
});

describe('by keyboard', () => {
  test('what is put away can be taken back at once, and focus is never lost', async () => {
    const page = await allowed();
    const [, , first = '', second = ''] = await cards(page);
    await turn(page, first);
    await page.locator('.item h1').waitFor();
    await expect.poll(() => events(page)).toBe(1);

    await turn(page, '#/kept');
    const forget = page.getByRole('button', { name: 'Forget: Looked at' });
    await forget.focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => focused(page)).toBe('Undo');
    expect(await events(page)).toBe(0);
    await page.keyboard.press('Enter');
    await expect.poll(() => events(page)).toBe(1);
    await expect.poll(() => focused(page)).toMatch(/^Inside/);

    // One thing of several is forgotten by itself.
    await turn(page, second);
    await page.locator('.item h1').waitFor();
    await expect.poll(() => events(page)).toBe(2);
    await turn(page, '#/kept');
    const things = page.locator('.thumbs').first().getByRole('button', { name: /^Forget: / });
    await expect.poll(() => things.count()).toBe(2);
    const name = await things.first().getAttribute('aria-label');
    await things.first().press('Enter');
    await expect.poll(() => focused(page)).toBe('Undo');
    await expect.poll(() => things.count()).toBe(1);
    expect(await things.first().getAttribute('aria-label')).not.toBe(name);
    await page.keyboard.press('Enter');
    await expect.poll(() => things.count()).toBe(2);
    await expect.poll(() => focused(page)).toMatch(/^Inside/);
    await things.first().press('Enter');
    await expect.poll(() => events(page)).toBe(1);

    await turn(page, '#/');
    const why = page.getByRole('button', { name: /^Why this\?/ }).first();
    await why.focus();
    await page.keyboard.press('Enter');
    const unused = page.getByRole('dialog').getByRole('button', { name: /^Don’t use/ }).first();
    await unused.focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => focused(page)).toBe('Undo');
    expect(await events(page)).toBe(0);
    await page.keyboard.press('Enter');
    await expect.poll(() => events(page)).toBe(1);
    expect(await focused(page)).not.toBe('nothing');
    await page.context().close();
  });

  test('a reminder that is taken off can be taken back', async () => {
    const page = await allowed('#/coming');
    const remind = page.getByRole('button', { name: /^Remind me: / }).first();
    await remind.focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await expect.poll(() => focused(page)).toBe('Undo');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /^Will remind you: / }).first().waitFor();
    await expect.poll(() => focused(page)).toContain('Will remind you');
    await page.context().close();
  });

  test('an answer to the question and an emptied bag leave focus at a heading', async () => {
    const { page } = await visit(browser);
    await page.goto(home());
    const keep = page.getByRole('button', { name: 'Keep', exact: true });
    await keep.focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => focused(page)).toMatch(/opened this morning/);
    await page.getByRole('switch').waitFor();

    await turn(page, (await cards(page))[0]!);
    await page.locator('.item h1').waitFor();
    const size = page.locator('.sizes input:not(:disabled)');
    if ((await size.count()) > 0) await size.first().check({ force: true });
    await page.getByRole('button', { name: 'Put in the bag' }).click();
    await turn(page, '#/bag');
    await page.getByRole('button', { name: 'To the checkout' }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => focused(page)).toBe('This would be sent');
    await page.getByRole('button', { name: 'Not yet: back to the bag' }).press('Enter');
    await expect.poll(() => focused(page)).toBe('To the checkout');
    await page.keyboard.press('Enter');
    // Focus goes to the heading first: a key pressed before would be lost.
    await expect.poll(() => focused(page)).toBe('This would be sent');
    await page.getByRole('button', { name: /^Pretend to buy/ }).press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Your receipt' }).waitFor();
    await expect.poll(() => focused(page)).toBe('Your receipt');
    await page.context().close();
  });
});

test('where the engine is refused, nothing that is kept is denied', async () => {
  const page = await allowed();
  await turn(page, (await cards(page))[1]!);
  await page.locator('.item h1').waitFor();
  await expect.poll(() => events(page)).toBe(1);
  await page.route(/engine.*\.wasm|inline-bytes/, (route) => route.abort());
  await page.goto(home('#/kept'));
  await page.reload();
  await page.getByText('cannot be read now').first().waitFor();
  const text = await page.locator('main').innerText();
  expect(text).not.toMatch(/nothing remembered|Nothing has ever left|\b0 (items|of)/);
  await turn(page, '#/bag');
  await page.getByText('Your bag cannot be read now').waitFor();
  expect(await page.locator('.acts .k.n').allTextContents()).toEqual(['', '']);
  await page.context().close();
});

test('at ten the shutters that are seen are those that go up', async () => {
  const { page } = await visit(browser);
  await page.goto(`${inject('address')}/?now=2026-11-22T09:59:48+08:00`);
  const first = page.locator('main section:has(.street)').first();
  await first.locator('.shop.shut').first().waitFor();
  const names = await first.locator('.shop h3').allTextContents();
  expect(names).toHaveLength(12);
  await page.locator('.roll.up').first().waitFor({ state: 'attached' });
  expect(await first.locator('.shop:has(.roll.up) h3').allTextContents()).toEqual(names);
  await page.getByRole('status').getByText('Twelve windows are open.').waitFor();
  await expect.poll(() => page.locator('.roll.up').count()).toBe(0);
  await page.context().close();
});
