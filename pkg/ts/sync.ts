/**
 * Sends reports to the shop's endpoint; load.ts is the only other file that makes requests.
 *
 * A report is what the engine disguised and the ledger lists, word for word; nothing is added to it here: no cookies,
 * no referrer, no header of ours but its type.
 */

import type { ReportPreview } from './types.js';

/** How the endpoint took a report. */
export type Taken = 'accepted' | 'refused' | 'unreachable';

/**
 * Sends one report.
 *
 * @returns `accepted`, or `refused` where sending it again makes no sense, or `unreachable` where it may be tried again
 */
export async function send(endpoint: string | URL, body: ReportPreview['body'], signal?: AbortSignal): Promise<Taken> {
  let response;
  try {
    response = await fetch(endpoint, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
      redirect: 'error',
      signal: signal ?? null,
    });
  } catch {
    return 'unreachable';
  }
  if (response.ok) return 'accepted';
  // 4xx but 'too many' and 'too slow' says that the report itself is not wanted.
  return response.status >= 400 && response.status < 500 && response.status !== 408 && response.status !== 429 ? 'refused' : 'unreachable';
}
