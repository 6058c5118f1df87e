/** A link that sets the page's clock: it touches nothing that is remembered in real time but where that is wiped, and draws no report. */

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { kept, launch, visit } from './browser.js';

/** Three years from the demo's day: whatever is kept would be too old. */
const LATER = `${inject('asBuilt')}/?now=2029-11-22T12:00%2B08:00`;

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

/** Looks at one item and waits until that is kept in a database. */
async function look(page: Page, database: string): Promise<void> {
  await page.getByRole('searchbox').fill('coat');
  await page.getByRole('searchbox').press('Enter');
  await expect.poll(async () => (await kept(page))[`${database}/events`]?.length ?? 0).toBeGreaterThan(0);
}

test('a link that sets the clock erases nothing, keeps what is done there apart, wipes all where it is asked to, and lets no report go', async () => {
  const { page, sent } = await visit(browser);
  await page.goto(`${inject('asBuilt')}/`);
  expect(await page.getByRole('note').count()).toBe(0);
  await page.getByRole('button', { name: 'Keep', exact: true }).click();
  await look(page, 'windowshop');
  await expect.poll(async () => (await kept(page))['windowshop/ledger']?.length).toBe(2);
  const before = await kept(page);

  await page.goto(LATER);
  const note = page.getByRole('note');
  expect(await note.textContent()).toContain('set to 2029-11-22');
  expect(await note.textContent()).toContain('no report leaves');
  await page.getByRole('button', { name: 'Keep', exact: true }).click();
  await look(page, 'windowshop-set-clock');
  await page.evaluate(() => (location.hash = '#/kept'));
  await page.getByText('No report is made while the clock is set.').waitFor();
  await page.getByText('a database of its own').waitFor();
  expect(await page.getByRole('switch', { name: 'Weekly report' }).count()).toBe(0);
  const meanwhile = await kept(page);
  for (const [place, records] of Object.entries(before)) expect(meanwhile[place], place).toEqual(records);
  await page.getByRole('button', { name: 'Wipe everything' }).click();
  // Everything is what is kept under either clock.
  await expect.poll(async () => Object.keys(await kept(page)).sort()).toEqual(['windowshop-set-clock/choice', 'windowshop/choice']);

  // The same week of another year, in which a report would be due: longer than one may take.
  await page.goto(LATER.replace('2029', '2030'));
  await note.waitFor();
  await page.waitForTimeout(42_000);
  expect(sent.filter(({ method }) => method !== 'GET')).toEqual([]);

  await page.getByRole('link', { name: 'To the present' }).click();
  await note.waitFor({ state: 'detached' });
  expect(new URL(page.url()).search).toBe('');
  await page.context().close();
});
