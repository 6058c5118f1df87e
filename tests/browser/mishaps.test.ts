/** What a shopper trips over: a network that goes away, an engine that is not there, an order, a wipe, a slow start. */

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { home, launch, shelf, visit } from './browser.js';

const NOON = Date.parse('2026-11-22T12:00:00+08:00');

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

/** An item that can be bought at noon, is ordinary, and has no size to choose. */
function plainItem(): { id: string; name: string } {
  const { items, sales } = shelf();
  const at = items.id.findIndex((_, row) => {
    const sale = sales[items.sale[row]!]!;
    const stock = items.stock[row]!;
    return sale.opens <= NOON && sale.closes > NOON && items.price[row]! >= 10_000 && (items.flags[row]! & 1) === 0 && stock.length === 3 && Number(stock[1]) > 0;
  });
  return { id: items.id[at]!, name: items.name[at]! };
}

async function turn(page: Page, hash: string): Promise<void> {
  await page.evaluate((to) => (location.hash = to), hash);
}

/** The shop with one thing in the bag, at the bag. */
async function withBag(page: Page, keep = false): Promise<{ id: string; name: string }> {
  const item = plainItem();
  await page.goto(home());
  await page.locator('.feed .card').first().waitFor();
  if (keep) {
    await page.getByRole('button', { name: 'Keep', exact: true }).click();
    await page.getByRole('switch').first().waitFor();
  }
  await turn(page, `#/item/${item.id}`);
  await page.getByRole('heading', { level: 1, name: item.name }).waitFor();
  await page.getByRole('button', { name: 'Put in the bag' }).click();
  await turn(page, '#/bag');
  await page.getByRole('heading', { level: 1, name: 'Your bag' }).waitFor();
  return item;
}

describe('another language', () => {
  test.each(['#/search/coat', '#/coupons', '#/kept', '#/bag'])('that cannot be fetched leaves %s as it is and says why', async (place) => {
    const { page } = await visit(browser);
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    await withBag(page, true);
    await turn(page, place);
    const heading = page.getByRole('heading', { level: 1 });
    await page.locator('.cats a').first().waitFor();
    const before = await heading.textContent();
    await page.context().setOffline(true);
    await page.getByRole('link', { name: '中文' }).click();
    await page.getByRole('status').getByText('The other language could not be fetched').waitFor();
    expect(await heading.textContent()).toBe(before);
    expect(await page.getByText(/did not start|went wrong/).count()).toBe(0);
    await expect.poll(() => page.url()).toContain('lang=en');
    await turn(page, '#/bag?lang=en');
    await page.locator('.receipt tr.total').waitFor();
    await page.context().setOffline(false);
    await page.getByRole('link', { name: '中文' }).click();
    await page.getByRole('heading', { level: 1, name: '购物袋' }).waitFor();
    expect(await page.locator('.lines > li').count(), 'the bag is still full').toBe(1);
    expect(faults).toEqual([]);
    await page.context().close();
  });
});

test('a bag without the engine names no total and orders nothing', async () => {
  const { page } = await visit(browser);
  await page.route(/engine.*\.wasm|inline-bytes/, (route) => route.abort());
  await page.goto(home());
  await page.getByText(/could not start/).first().waitFor();
  const item = plainItem();
  await turn(page, `#/item/${item.id}`);
  await page.getByRole('button', { name: 'Put in the bag' }).click();
  await turn(page, '#/bag');
  const receipt = page.locator('.receipt');
  await receipt.getByRole('row', { name: 'Shipping not included' }).waitFor();
  expect(await receipt.locator('.total').count()).toBe(0);
  expect(await receipt.getByText('Total').count()).toBe(0);
  expect(await receipt.getByRole('button', { name: 'To the checkout' }).isDisabled()).toBe(true);
  expect(await receipt.getByText('nothing can be ordered without it').count()).toBe(1);
  await page.context().close();
});

describe('an order', () => {
  test('is shown before it is sent, word for word, is sent once, and leaves a receipt', async () => {
    const { page, sent } = await visit(browser);
    // The server's own clock is later than this shop's day (tests/checkout.rs has it take orders): it is played here.
    await page.route('**/demo/orders', (route) => route.fulfill({ status: 201, json: { receipt: {} } }));
    const { id, name } = await withBag(page, true);
    const total = await page.locator('.receipt tr.total td').textContent();
    const before = sent.length;
    await page.getByRole('button', { name: 'To the checkout' }).click();
    const step = page.getByRole('region', { name: 'This would be sent' });
    await step.waitFor();
    expect(sent.length, 'the first click sends nothing').toBe(before);
    expect(await step.getByRole('listitem').allTextContents()).toEqual(expect.arrayContaining([`1 × ${name}`, `Total: ${total}`, 'No code']));
    await step.getByRole('button', { name: 'Order now (demo)' }).click();
    await page.getByRole('heading', { level: 1, name: 'Your receipt' }).waitFor();
    const orders = sent.slice(before);
    expect(orders.map(({ method, path }) => `${method} ${path}`)).toEqual(['POST /demo/orders']);
    const body = JSON.parse(orders[0]!.body!) as { order: string; lines: { item: string }[] };
    expect(body.lines.map(({ item }) => item)).toEqual([id]);
    expect(Object.keys(body).sort(), 'nothing goes that the step did not name').toEqual(['codes', 'lines', 'order', 'payable', 'shipping', 'state']);

    const receipt = page.locator('.placed');
    expect(await receipt.locator('tr.total td').textContent()).toBe(total);
    expect(await receipt.textContent()).toContain(`Order number: ${body.order}`);
    await turn(page, '#/bag');
    await page.getByRole('link', { name: 'Your last receipt' }).click();
    await page.getByRole('heading', { level: 1, name: 'Your receipt' }).waitFor();
    expect(await receipt.locator('tr.total td').textContent(), 'it lasts').toBe(total);
    await page.reload();
    await receipt.getByText('Goods before coupons').waitFor();
    expect(await receipt.textContent(), 'what is kept of it is found after a reload').toContain(name);
    await page.getByText('Number and goods of it stay').waitFor();
    expect(await page.getByText(/until this page is reloaded/).count(), 'what was lost with the reload is not promised').toBe(0);
    await page.context().close();
  });

  test('that is refused leaves the keyboard where it can go on, and is compared with nothing where nothing is left', async () => {
    const { page } = await visit(browser);
    const { id } = await withBag(page);
    const focused = (): Promise<string> => page.evaluate(() => document.activeElement?.textContent ?? '');
    await page.getByRole('button', { name: 'To the checkout' }).click();
    const step = page.getByRole('region', { name: 'This would be sent' });
    await step.getByText('the checkout goes by its own').waitFor();
    const send = step.getByRole('button', { name: 'Order now (demo)' });

    let answer!: () => void;
    const held = new Promise<void>((resolve) => (answer = resolve));
    let asked = 0;
    await page.route('**/demo/orders', async (route) => {
      asked++;
      await held;
      await route.abort();
    });
    await send.press('Enter');
    await expect.poll(() => send.getAttribute('aria-disabled')).toBe('true');
    await send.press('Enter');
    await step.getByRole('button', { name: /^Pretend to buy/ }).click({ force: true });
    answer();
    await step.getByText('No answer came from the checkout').waitFor();
    expect(asked, 'while it is on its way, nothing else is done').toBe(1);
    await send.press('Enter');
    await expect.poll(() => asked).toBe(2);
    await expect.poll(() => send.getAttribute('aria-disabled')).toBe('false');
    expect(await focused(), 'the same may be asked for again').toBe('Order now (demo)');

    await page.unroute('**/demo/orders');
    const quote = (available: number) => ({ receipt: { lines: [{ item: id, quantity: 1, available }], subtotal: 5_000, discount: 0, payable: 5_000 } });
    await page.route('**/demo/orders', (route) => route.fulfill({ status: 409, json: { quote: quote(1) } }));
    await send.press('Enter');
    await step.getByRole('table', { name: 'Two receipts that differ' }).waitFor();
    await expect.poll(focused).toContain('by the checkout it is ¥50 now');
    expect(await focused(), 'why it is another one is said').toContain('The clock of this page is set');
    await page.unroute('**/demo/orders');
    await page.route('**/demo/orders', (route) => route.fulfill({ status: 409, json: { quote: quote(0) } }));
    await send.press('Enter');
    await expect.poll(focused).toContain('at the checkout nothing of it can be bought now');
    expect(await focused()).not.toContain('¥');
    expect(await step.getByRole('table').count()).toBe(0);
    await page.context().close();
  });

  test('that is pretended sends nothing and says so', async () => {
    const { page, sent } = await visit(browser);
    await withBag(page);
    const before = sent.length;
    await page.getByRole('button', { name: 'To the checkout' }).click();
    await page.getByRole('button', { name: 'Pretend to buy (demo)' }).click();
    await page.getByText('You pretended to buy: nothing was sent').waitFor();
    expect(sent.slice(before)).toEqual([]);
    await page.reload();
    await page.getByText('There is no such receipt here').waitFor();
    await page.context().close();
  });
});

test('a wipe empties the bag in every tab, and is taken back in every tab', async () => {
  const { page } = await visit(browser);
  await withBag(page, true);
  const other = await page.context().newPage();
  await other.goto(home('#/bag'));
  await other.locator('.lines > li').waitFor();
  await turn(page, '#/kept');
  await page.getByText('Your bag is emptied too').waitFor();
  await page.getByRole('button', { name: 'Wipe everything' }).click();
  await other.getByText('Your bag is empty.').waitFor();
  await expect.poll(() => page.locator('.acts .k.n').allTextContents()).toEqual(['0', '0']);
  await page.getByRole('status').getByRole('button', { name: 'Undo' }).click();
  await other.locator('.lines > li').waitFor();
  await expect.poll(() => page.locator('.acts .k.n').allTextContents()).toEqual(['0', '1']);
  expect(await other.locator('.lines select').inputValue()).toBe('1');
  await page.context().close();
});

test('with memory off nothing is said to be kept', async () => {
  const { page } = await visit(browser);
  await page.goto(home('#/kept'));
  await page.getByText('Memory is off: nothing of what you do is kept.').waitFor();
  expect(await page.getByText(/Kept in:/).count()).toBe(0);
  await page.context().close();
});

test('before a script has come the head of the shop stands there', async () => {
  const { page } = await visit(browser);
  await page.route(/\/assets\/.*\.js$/, () => undefined);
  await page.goto(home(), { waitUntil: 'commit' });
  await page.locator('#shop .wm').waitFor();
  expect(await page.locator('#shop .card').count()).toBeGreaterThan(4);
  await page.unroute(/\/assets\/.*\.js$/);
  await page.goto(home());
  await page.reload();
  await page.getByRole('heading', { level: 1, name: /opened this morning/ }).waitFor();
  expect(await page.locator('#shop > header').count(), 'it is taken away, not doubled').toBe(1);
  await page.context().close();
});

test('a day without an announced sale promises none', async () => {
  const { page } = await visit(browser);
  await page.goto(home().replace('2026-11-22', '2027-03-01'));
  await page.getByText('no further opening is announced').waitFor();
  await page.getByRole('heading', { level: 2, name: 'Nothing is on sale right now' }).waitFor();
  expect(await page.getByText(/Picked for you|next opening in/).count()).toBe(0);
  await page.context().close();
});

test('before an opening that is not announced, none is promised either', async () => {
  const { page } = await visit(browser);
  await page.goto(home().replace('2026-11-22T12:00', '2027-03-01T08:00'));
  await page.getByRole('heading', { level: 1, name: 'No window is announced' }).waitFor();
  expect(await page.getByText(/windows? opens? in/).count()).toBe(0);
  await page.context().close();
});

test('coupons say without a bag what stands against them, and what to do', async () => {
  const { page } = await visit(browser);
  await page.goto(home('#/coupons'));
  const row = (name: RegExp) => page.locator('.coupons > li').filter({ has: page.getByRole('heading', { name }) });
  await row(/25 off ¥199/).getByText('From 31 December on').waitFor();
  expect(await row(/25 off ¥199/).getByRole('button').count(), 'nobody can use it in November').toBe(0);
  expect(await row(/birthday week/).getByRole('button').count()).toBe(0);
  await row(/^100 points/).getByText('For members, from the tier “Member” on').waitFor();
  const names = await page.locator('.coupons h2').allTextContents();
  expect(names.findIndex((name) => name.startsWith('¥25 off ¥199')), 'what cannot be used stands last').toBeGreaterThan(names.indexOf('¥15 voucher'));
  await row(/^¥15 voucher/).getByRole('button').click();
  await page.getByRole('status').getByText('counts as soon as something it is about is in your bag').waitFor();
  await page.context().close();
});

test('a search that finds nothing leads on', async () => {
  const { page } = await visit(browser);
  await page.goto(home('#/search/cardigna'));
  await page.getByText('Did you mean:').waitFor();
  await page.getByRole('main').getByRole('link', { name: 'cardigan', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: '“cardigan”' }).waitFor();
  await page.locator('.feed .card').first().waitFor();
  await turn(page, `#/search/${encodeURIComponent('vase lipstick')}`);
  await page.getByText('Fewer words find more:').waitFor();
  expect(await page.getByRole('main').getByRole('link', { name: 'Homeware' }).count()).toBe(1);
  await page.getByRole('main').getByRole('link', { name: 'vase', exact: true }).click();
  await page.locator('.feed .card').first().waitFor();
  await page.context().close();
});

test.each([320, 390, 1440])('at a width of %i the mark of what stays here has its word, and nothing is cut off', async (width) => {
  const { page } = await visit(browser, { viewport: { width, height: 844 } });
  await page.goto(home());
  await page.locator('.feed .card').first().waitFor();
  const box = await page.locator('header .mark span').boundingBox();
  expect(box!.width).toBeGreaterThan(40);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  await page.context().close();
});

test.each([320, 390])('on a phone of %i what puts a thing in the bag is in view from the first, and covers nothing in focus', async (width) => {
  const { page } = await visit(browser, { viewport: { width, height: 844 } });
  const item = plainItem();
  await page.goto(home(`#/item/${item.id}`));
  await page.getByRole('heading', { level: 1, name: item.name }).waitFor();
  const add = page.getByRole('button', { name: 'Put in the bag' });
  const box = (await add.boundingBox())!;
  expect(box.y + box.height).toBeLessThanOrEqual(844);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  const covered = (): Promise<boolean> =>
    page.evaluate(() => {
      const here = document.activeElement!.getBoundingClientRect();
      const bar = document.querySelector('.stays')!.getBoundingClientRect();
      return !document.activeElement!.closest('.stays') && here.top < bar.bottom && here.bottom > bar.top;
    });
  for (let tab = 0; tab < 40; tab++) {
    await page.keyboard.press('Tab');
    expect(await covered()).toBe(false);
  }
  await add.click();
  await page.getByRole('status').getByText(`In your bag: ${item.name}`).waitFor();
  const [said, button] = [(await page.locator('.notice').boundingBox())!, (await add.boundingBox())!];
  expect(said.y + said.height <= button.y || button.y + button.height <= said.y, 'nor is it under what is said').toBe(true);
  await page.context().close();
});

test('an answer to ‘Why this?’ is wholly in view', async () => {
  const { page } = await visit(browser);
  const item = plainItem();
  await page.goto(home());
  await page.getByRole('button', { name: 'Keep', exact: true }).click();
  await page.getByRole('switch').first().waitFor();
  await turn(page, `#/item/${item.id}`);
  await page.getByRole('heading', { level: 1, name: item.name }).waitFor();
  await turn(page, '#/');
  const ask = page.getByRole('button', { name: /^Why this\?/ }).first();
  await ask.evaluate((button) => scrollTo(0, button.getBoundingClientRect().bottom + scrollY - innerHeight + 20));
  await ask.click();
  const box = await page.getByRole('dialog').boundingBox();
  expect(box!.y).toBeGreaterThanOrEqual(0);
  expect(box!.y + box!.height).toBeLessThanOrEqual(900);
  await page.context().close();
});
