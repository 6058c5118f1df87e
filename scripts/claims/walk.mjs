// Two shoppers walk through the marked shop in real browsers, three weeks in a row. One does everything that can be done
// there, hundreds of pages of it; the other allows what the first allowed, looks at one thing, and waits. What either one's
// browser sent is written down three times: by the browser's protocol, by its network service byte for byte, and by a proxy
// in front of the endpoint.
import { join } from 'node:path';
import { hold, need } from './common.mjs';
import { openBrowser, profileOf, sentBytes, until, watched } from './chromium.mjs';
import { noon, openShop } from './shop.mjs';
import { wrappings } from './marks.mjs';

/** The days of the three visits. No report is made in the week in which memory was allowed; the next two have one each. */
const VISITS = [-14, -7, 0];

/** Goes to a place behind the `#` and lets it be drawn. */
const turn = (page, hash) =>
  page.evaluate(async (to) => {
    location.hash = to;
    for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
  }, hash);

/** Clicks what is there; whether it was. */
async function click(found) {
  if ((await found.count()) === 0) return false;
  await found.first().click({ timeout: 5_000 });
  return true;
}

/** What somebody did, counted, so that a walk that met no button is no proof. */
class Deeds {
  done = { items: 0, sales: 0, searches: 0, bag: 0, codes: 0, reminders: 0, dismissals: 0, orders: 0 };
  count = (what) => void (this.done[what] += 1);
  get views() {
    return this.done.items + this.done.sales + this.done.searches;
  }
}

/** One page view, and now and then something done there. */
async function view(page, { items, sales, brands }, number, deeds) {
  const pick = (list) => list[(number * 7919) % list.length];
  if (number % 10 === 6) {
    await turn(page, `#/sale/${pick(sales)}`);
    await page.locator('.goods .card').first().waitFor();
    return deeds.count('sales');
  }
  if (number % 10 === 7) {
    // A brand's mark among the words, so that what was typed is a mark too.
    const box = page.getByRole('searchbox');
    await box.fill(`coat ${pick(brands)}`);
    await box.press('Enter');
    await until('the search', () => page.evaluate(() => location.hash.startsWith('#/search/')));
    return deeds.count('searches');
  }
  await turn(page, `#/item/${pick(items)}`);
  await page.locator('.item h1').waitFor();
  if (number % 20 === 4) {
    const size = page.locator('.sizes input:not(:disabled)');
    if ((await size.count()) > 0) await size.first().check({ force: true });
    if (await click(page.getByRole('button', { name: 'Put in the bag' }))) deeds.count('bag');
  }
  return deeds.count('items');
}

/** What is done once or twice in a visit, away from items. */
async function errands(page, { brands, items }, deeds) {
  await turn(page, '#/coming');
  if (await click(page.getByRole('button', { name: /^Remind me: / }))) deeds.count('reminders');
  await turn(page, '#/');
  for (const name of ['Not interested', /^Less of /]) {
    await page.locator('.feed .card').nth(2).waitFor();
    await page.getByRole('button', { name: /^Why this\?/ }).first().click();
    if (await click(page.getByRole('dialog').getByRole('button', { name }))) deeds.count('dismissals');
    else await page.keyboard.press('Escape');
  }
  await turn(page, '#/bag');
  for (const typed of [brands[0], items[0]]) {
    const code = page.getByLabel('Coupon code');
    if ((await code.count()) === 0) continue;
    await code.fill(typed);
    await code.press('Enter');
    deeds.count('codes');
  }
  for (const place of ['#/today', '#/five', '#/coupons', '#/reminders', '#/kept', '#/member', '#/']) await turn(page, place);
}

/** A shopper's three visits. */
async function shopper(root, shop, name, folder, views, deeds) {
  const netLog = join(profileOf(root, folder), `../${name}-net-log.json`);
  const browser = await openBrowser(root, join(profileOf(root, folder), name), netLog);
  const page = await browser.page();
  const watch = await watched(browser.context, page);
  const reportsOf = () => watch.requests.filter(({ path, method }) => method === 'POST' && path.endsWith('/v1/reports')).length;
  for (const [number, day] of VISITS.entries()) {
    await page.goto(shop.at(noon(day)));
    await page.locator('.feed .card').first().waitFor();
    // Both look at the whole first page: what it needs (a face for a brand's sign) is fetched for everybody.
    if (number === 0) await page.getByRole('button', { name: 'Keep', exact: true }).click();
    await page.getByRole('switch').first().waitFor();
    await turn(page, `#/item/${shop.marks.items[0]}`);
    await page.locator('.item h1').waitFor();
    for (let at = 0; at < views; at++) {
      await view(page, shop.marks, number * views + at, deeds);
      if (at === Math.floor(views / 2)) await errands(page, shop.marks, deeds);
    }
    if (number === 1 && views > 0) {
      await turn(page, '#/bag');
      await click(page.getByRole('button', { name: 'To the checkout' }));
      if (await click(page.getByRole('button', { name: /^Pretend to buy/ }))) deeds.count('orders');
    }
    // A report goes 20 to 40 seconds after the page was opened, from the second week on.
    await until(`the report of week ${number}`, () => reportsOf() >= number);
    await new Promise((resolve) => setTimeout(resolve, 500));
    if (number === 1) {
      await page.reload();
      await page.locator('.feed .card, .item h1, .receipt, h1').first().waitFor();
      // Who leaves a page while it is still being fetched asks for less: both stay until nothing more comes.
      await page.waitForLoadState('networkidle');
    }
  }
  await watch.settled();
  return { browser, page, watch, netLog };
}

/** A code that no shop has, with a mark in it: typed and refused, it has to stay where it was typed. */
const SECRET = (mark) => `MY-SECRET-CODE-${mark}`;

/**
 * The two things that somebody does and that are requests of their own, done last: opening what everybody said, and an order
 * for one piece, with a code that counts, spelt otherwise, and one that is refused. What was asked of the endpoint meanwhile,
 * and what the order has to be, word for word.
 */
async function exceptions(shop, { page, watch }) {
  await turn(page, '#/bag');
  // What is in the bag by now is gone once it is bought; nothing is sent for that.
  if (await click(page.getByRole('button', { name: 'To the checkout' }))) await page.getByRole('button', { name: /^Pretend to buy/ }).click();
  const before = shop.seen.length;
  await turn(page, '#/heard');
  await page.getByRole('heading', { level: 1, name: 'What you told us' }).waitFor();
  await until('the page of what everybody said', () => shop.seen.slice(before).some(({ path, status }) => path === '/v1/survey' && status));

  // Something that has sizes, so that the order has to name one.
  const sizes = page.locator('fieldset.sizes label:has(input:not(:disabled))');
  let item;
  for (const id of shop.marks.items.filter((_, at) => at % 53 === 0).slice(0, 60)) {
    await turn(page, `#/item/${id}`);
    await page.locator('.item h1').waitFor();
    item = id;
    if ((await sizes.count()) > 0) break;
  }
  need((await sizes.count()) > 0, 'of sixty items none has a size to order');
  const size = await sizes.first().locator('span').textContent();
  await sizes.first().locator('input').check({ force: true });
  await page.getByRole('button', { name: 'Put in the bag' }).click();
  await turn(page, '#/bag');
  for (const typed of [SECRET(shop.marks.brands[0]), 'pay15']) {
    await page.getByLabel('Coupon code').fill(typed);
    await page.getByLabel('Coupon code').press('Enter');
  }
  await page.getByRole('button', { name: 'To the checkout' }).click();
  const [answer] = await Promise.all([page.waitForResponse('**/demo/orders'), page.getByRole('button', { name: /^Order now/ }).click()]);
  hold(answer.status() === 201, `the order was answered with ${answer.status()}: ${await answer.text()}`);
  const { receipt } = await answer.json();
  await watch.settled();
  const lines = [{ item, size, quantity: 1 }];
  return {
    asked: shop.seen.slice(before).map(({ method, path, body }) => ({ method, path, body: body.toString() })),
    order: { state: receipt.state, payable: receipt.payable, lines, codes: ['PAY15'], shipping: receipt.shipping.subtotal },
  };
}

const walks = new Map();

/** Walks the shop once for a root: everything that both claims about requests are judged by. */
export function walk(root, options = {}) {
  const key = `${root} ${JSON.stringify(options)}`;
  if (!walks.has(key)) walks.set(key, walked(root, options));
  return walks.get(key);
}

/** Walks; the two exceptions and the planted controls come last, so that everything before them may hold no mark at all. */
async function walked(root, { views = 170, folder = 'walk' } = {}) {
  const shop = await openShop(root, folder);
  const started = shop.files();
  const deeds = new Deeds();
  const open = [];
  try {
    const [loud, quiet] = await Promise.all([
      shopper(root, shop, 'loud', folder, views, deeds).then((one) => (open.push(one), one)),
      shopper(root, shop, 'quiet', folder, 0, new Deeds()).then((one) => (open.push(one), one)),
    ]);
    const walked = { proxy: [...shop.seen], loud: [...loud.watch.requests], quiet: [...quiet.watch.requests] };
    // Nothing waits in the endpoint's memory any more, and its files are looked at while it runs: the write-ahead file too.
    const files = shop.files();
    const allowed = await exceptions(shop, loud);
    const controls = await plant(shop, loud);
    await loud.browser.close();
    await quiet.browser.close();
    const bytes = [loud, quiet].map(({ netLog }) => sentBytes(netLog));
    for (const [what, times] of Object.entries(deeds.done)) need(times > 0 || views < 100, `in ${views * 3} page views there were no ${what}`);
    return { stem: shop.stem, deeds, views: deeds.views, ...walked, started, files, after: shop.files(), allowed, controls, bytes };
  } finally {
    for (const { browser } of open) await browser.kill();
    await shop.close();
  }
}

/** Sends a mark in every wrapping from the page itself, in body, address and header: what each recorder must find. */
async function plant(shop, { page, watch }) {
  const mark = shop.marks.brands[1];
  const [before, beforeProxy] = [watch.requests.length, shop.seen.length];
  const bodies = Object.entries(wrappings(`{"brand":"${mark}"}`)).map(([how, bytes]) => ({ how, base64: bytes.toString('base64') }));
  await page.evaluate(
    async ({ bodies, mark }) => {
      const hex = Array.from(new TextEncoder().encode(mark), (byte) => byte.toString(16)).join('');
      for (const { how, base64 } of bodies) {
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        await fetch(`/control?${encodeURIComponent(how)}`, { method: 'POST', body: bytes });
      }
      await fetch(`/control?address=${mark}`);
      await fetch(`/control?wrapped=${btoa(mark)}`);
      await fetch(`/control?hex=${hex}`);
      await fetch('/control?header', { headers: { 'x-control': mark } });
      navigator.sendBeacon('/control?beacon', mark);
      await fetch('/control?last');
    },
    { bodies, mark },
  );
  await until('the control requests', () => shop.seen.some(({ path }) => path.includes('last')) && shop.seen.some(({ path }) => path.includes('beacon')));
  await watch.settled();
  const names = [...bodies.map(({ how }) => how), 'address', 'wrapped', 'hex', 'header', 'beacon'];
  return { names, protocol: watch.requests.slice(before), proxy: shop.seen.slice(beforeProxy) };
}
