/** The week's question in a real browser, and the page of what everybody said. */

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { kept, launch, visit } from './browser.js';

/** A Tuesday whose next week is the survey's: the fifth of the demo’s nine turns. */
const TUESDAY = `${inject('address')}/?now=2026-12-29T12:00%2B08:00`;

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

test('the question is there once something is kept, is answered by keyboard, sends nothing, and can be taken back', async () => {
  const { page, sent } = await visit(browser);
  await page.goto(`${TUESDAY}#/?lang=en`);
  const card = page.locator('.survey');
  await page.getByRole('button', { name: 'Keep', exact: true }).click();
  expect(await card.count(), 'nothing is remembered yet').toBe(0);
  await page.goto(`${TUESDAY}#/search/coat?lang=en`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await expect.poll(async () => (await kept(page))['windowshop/ledger']?.length ?? 0).toBe(2);

  await page.goto(`${TUESDAY}#/?lang=en`);
  await card.waitFor();
  const buttons = card.getByRole('button');
  expect(await buttons.last().textContent()).toBe('Never had to do with it, or skip');
  expect(await card.getByRole('group').getByRole('button', { name: /skip/ }).count(), 'the way out is no answer').toBe(0);
  expect(await card.textContent()).toContain('once, with next week’s report');
  const question = await card.getByRole('heading').textContent();
  const before = sent.length;
  await buttons.first().focus();
  await page.keyboard.press('Enter');
  await card.getByText('Thank you. That helps.').waitFor();
  expect(await page.evaluate(() => document.activeElement?.tagName), 'focus stays at the card').toBe('H2');
  expect(sent.slice(before), 'answering sends nothing').toEqual([]);

  await card.getByRole('link', { name: 'See what is kept' }).click();
  await page.getByRole('button', { name: 'Forget: Questions of the shop' }).click();
  await page.evaluate(() => (location.hash = '#/?lang=en'));
  await card.waitFor();
  expect(await card.getByRole('heading').textContent(), 'it is asked again').toBe(question);
  await buttons.last().click();
  await card.getByText('Skipped. It will not be asked again.').waitFor();
  await page.context().close();
});

test('what everybody said says so where nobody has yet, and what was changed', async () => {
  const { page, sent } = await visit(browser);
  await page.goto(`${TUESDAY}#/?lang=en`);
  await page.getByRole('contentinfo').getByRole('link', { name: 'What you told us' }).click();
  await page.getByRole('heading', { level: 1, name: 'What you told us' }).waitFor();
  await page.getByText('Nothing can be said yet').waitFor();
  await page.getByRole('note').getByText('Every figure on this page is made up').waitFor();
  await page.getByRole('heading', { name: 'What we changed' }).waitFor();
  expect(await page.locator('.heard-changes li').count()).toBe(3);
  expect(sent.filter(({ path }) => path === '/v1/survey')).toEqual([{ method: 'GET', path: '/v1/survey', body: null }]);
  await page.context().close();
});
