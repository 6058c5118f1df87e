/**
 * Sends reports to the shop's endpoint; load.ts is the only other file that fetches.
 *
 * A report is what the engine disguised and the ledger lists, word for word; nothing is added to it here: no cookies,
 * no referrer, no header of ours but its type.
 */

import type { ReportPreview } from './types.js';

/** How a report is handed over: whether the endpoint said that it has it. */
export type Send = (body: ReportPreview['body']) => Promise<boolean>;

/**
 * Sends one report.
 *
 * @returns whether the endpoint said that it has it
 */
export async function send(endpoint: string | URL, body: ReportPreview['body']): Promise<boolean> {
  try {
    const { ok } = await fetch(endpoint, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
      redirect: 'error',
    });
    return ok;
  } catch {
    return false;
  }
}
