/** Chromium, and a window in it that remembers which requests it made. */

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { inject } from 'vitest';
import type { Shelf } from 'windowshop/companions';

/** Noon of the demo's day in the shop's zone, two hours after the opening. */
const NOON = '2026-11-22T12:00+08:00';

/** Where the storefront is at noon of the demo's day. */
export const home = (hash = ''): string => `${inject('address')}/?now=${NOON}${hash}`;

/** Starts Chromium: $CHROMIUM, or what is on PATH. */
export async function launch(): Promise<Browser> {
  const executablePath = process.env['CHROMIUM'] || execFileSync('sh', ['-c', 'command -v chromium || command -v chromium-browser || command -v google-chrome'], { encoding: 'utf8' }).trim();
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
}

/** A request as the server sees it. */
export interface Sent {
  method: string;
  path: string;
  body: string | null;
}

/** A fresh browser profile with one window. */
export async function visit(browser: Browser, options: BrowserContextOptions = {}): Promise<{ page: Page; sent: Sent[] }> {
  const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1440, height: 900 }, ...options });
  const page = await context.newPage();
  const sent: Sent[] = [];
  page.on('request', (request) => {
    const { pathname, search, protocol, host } = new URL(request.url());
    if (protocol === 'data:') return;
    const foreign = host === new URL(inject('address')).host ? '' : `//${host}`;
    sent.push({ method: request.method(), path: `${foreign}${pathname}${search}`, body: request.postData() });
  });
  return { page, sent };
}

/** Every record this origin keeps in any kind of storage, by place. */
export async function kept(page: Page): Promise<Record<string, unknown[]>> {
  return page.evaluate(async () => {
    const found: Record<string, unknown[]> = {};
    for (const { name } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open(name!);
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
      for (const store of database.objectStoreNames) {
        const request = database.transaction(store).objectStore(store).getAll();
        await new Promise((resolve) => (request.onsuccess = resolve));
        if (request.result.length > 0) found[`${name}/${store}`] = request.result as unknown[];
      }
      database.close();
    }
    for (const [place, storage] of Object.entries({ localStorage, sessionStorage })) if (storage.length > 0) found[place] = Object.entries(storage);
    if (document.cookie !== '') found['cookies'] = [document.cookie];
    const caches_ = await caches.keys();
    if (caches_.length > 0) found['caches'] = caches_;
    return found;
  });
}

/** The shop's items, from its own static file. */
export function shelf(): Shelf {
  const manifest = JSON.parse(readFileSync(inject('manifest'), 'utf8')) as { shelf: Record<string, { url: string }> };
  return JSON.parse(readFileSync(join(dirname(inject('manifest')), manifest.shelf['en']!.url), 'utf8')) as Shelf;
}
