/** The question what may be remembered, as it is put to somebody who has not answered yet. */

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { home, launch, visit } from './browser.js';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

/** What the question says, to a browser that asks for no reports or to another. */
async function said(privacyControl: boolean): Promise<string> {
  const { page } = await visit(browser);
  if (privacyControl) await page.addInitScript(() => Object.defineProperty(navigator, 'globalPrivacyControl', { value: true }));
  await page.goto(home());
  const text = await page.locator('.ask p').innerText();
  await page.context().close();
  return text;
}

test('the question says that a report is sent where one may be, and that none is where the browser asks for none', async () => {
  const [ordinary, asking] = [await said(false), await said(true)];
  expect(ordinary).toContain('one scrambled answer a week is sent');
  expect(ordinary).toContain('See it before it goes');
  expect(asking).toContain('asks for no reports, so none is ever sent');
  expect(asking).not.toContain('scrambled');
  expect(asking).not.toContain('See it before it goes');
});
