/**
 * Sends the week's report, if there is one that may go. Loaded only when its time has come, by every page that stays so long,
 * whoever looks at it: that it is fetched tells nothing of anybody. It imports nothing.
 */

import type { Keeper } from './keeper.js';
import type { Machine } from './machine.js';
import type { MadeReport, OwnReports } from './reports.js';
import type { Prepare } from './sync.js';

/** Longer than a server's `Date` can move the clock between two starts: what is not accepted is no trace of every visit. */
const THREE_DAYS_MILLISECONDS = 3 * 86_400_000;

/**
 * The ledger says that a report goes, and is kept, before it goes: what was spent is never forgotten. All that is needed to send
 * is here before anything is entered, so that nothing is waited for between the last look at what the shopper wants and the
 * request; and what is said while it is on its way breaks it off.
 */
export async function sendDue(machine: Machine, keeper: Keeper, now: () => number, prepare: Prepare, reports: OwnReports, listeners: Set<() => void>): Promise<void> {
  const mayGo = (): boolean => reports.state === 'on' && keeper.consent === 'on';
  const send = await prepare();
  if (!mayGo()) return;
  const made = await keeper.changeLedger(() => {
    const report = machine.report(now(), keeper.seed) as MadeReport | undefined;
    if (!report || report.sent) return undefined;
    // Another tab is at it, or the endpoint would not have it lately: a visit more would tell that one was here again.
    if (now() - (report.tried ?? 0) < THREE_DAYS_MILLISECONDS) return undefined;
    return machine.report_tried(report.body.id, now()) ? report : undefined;
  });
  // Off, a wipe or the switch may have come meanwhile.
  if (!made || !mayGo()) return;
  const way = new AbortController();
  const look = (): void => {
    if (!mayGo()) way.abort();
  };
  listeners.add(look);
  const accepted = await send(made.body, way.signal).finally(() => listeners.delete(look));
  // What was not accepted stays unsent in the ledger, spent all the same, and is tried again days later.
  if (accepted) await keeper.changeLedger(() => machine.report_sent(made.body.id, now()));
}
