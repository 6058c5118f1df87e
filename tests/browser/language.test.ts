/** Turning to another language: what is asked for then is the same whatever may be remembered. */

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { home, launch, visit } from './browser.js';

/** The script that carries the memory of a visit over. */
const IMPORTED = /\/imported-[\w-]+\.js/;

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

/** Every request of a start, and of a turn to another language and back, by somebody who answered so, or not at all. */
async function turned(answer: string | undefined): Promise<{ start: string[]; turn: string[] }> {
  const { page, sent } = await visit(browser);
  await page.goto(home());
  await page.locator('.feed .card').first().waitFor();
  if (answer !== undefined) {
    await page.getByRole('button', { name: answer, exact: true }).click();
    await page.locator('.ask').waitFor({ state: 'detached' });
  }
  // What is fetched for everybody is not of the turn; the script that reads exports comes seconds after the page, whoever looks.
  await expect.poll(() => sent.some(({ path }) => IMPORTED.test(path)), { timeout: 20_000 }).toBe(true);
  await page.waitForLoadState('networkidle');
  const before = sent.length;
  for (const language of ['zh', 'en']) {
    await page.locator(`header a[hreflang^="${language}"]`).click();
    await page.locator(`html[lang^="${language}"]`).waitFor();
    await page.locator('.feed .card').first().waitFor();
    await page.waitForLoadState('networkidle');
  }
  const asked = sent.map(({ method, path, body }) => `${method} ${path} ${body?.length ?? 0}`);
  await page.context().close();
  return { start: asked.slice(0, before).sort(), turn: asked.slice(before).sort() };
}

test('a turn to another language asks for the same, whatever may be remembered', async () => {
  const unasked = await turned(undefined);
  expect(unasked.turn.filter((request) => request.includes('front-zh'))).toHaveLength(1);
  const carries = unasked.start.filter((request) => IMPORTED.test(request));
  expect(carries, 'what carries the memory of a visit over is there from the start, with everybody').toHaveLength(1);
  for (const answer of ['Off', 'This visit', 'Keep']) expect(await turned(answer), answer).toEqual(unasked);
});
