/**
 * Sends reports to the shop's endpoint; load.ts is the only other file that fetches.
 *
 * A report is what the engine disguised and the ledger lists, word for word; nothing is added to it here: no cookies,
 * no referrer, no header of ours but its type.
 */

import type { ReportPreview } from './types.js';

/** How a report is handed over: whether the endpoint said that it has it. What is called off may have arrived all the same. */
export type Send = (body: ReportPreview['body'], signal?: AbortSignal) => Promise<boolean>;

/** Gets ready to hand reports over. */
export type Prepare = () => Promise<Send>;

/** What sends reports to an endpoint. */
export function senderTo(endpoint: string | URL): Send {
  return async (body, signal) => {
    try {
      const { ok } = await fetch(endpoint, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
        credentials: 'omit',
        referrerPolicy: 'no-referrer',
        cache: 'no-store',
        redirect: 'error',
        ...(signal && { signal }),
      });
      return ok;
    } catch {
      return false;
    }
  };
}
