/**
 * Sends the week's report, if there is one that may go. Loaded only when its time has come, by every page that stays so long,
 * whoever looks at it: that it is fetched tells nothing of anybody. It imports nothing.
 */

import type { Keeper } from './keeper.js';
import type { Machine } from './machine.js';
import type { MadeReport, OwnReports } from './reports.js';
import type { Send } from './sync.js';

const DAY_MILLISECONDS = 86_400_000;

/** The ledger says that a report goes, and is kept, before it goes: what was spent is never forgotten. */
export async function sendDue(machine: Machine, keeper: Keeper, now: () => number, send: Send, { state }: Pick<OwnReports, 'state'>): Promise<void> {
  if (state !== 'on') return;
  const made = await keeper.changeLedger(() => {
    const report = machine.report(now(), keeper.seed) as MadeReport | undefined;
    if (!report || report.sent) return undefined;
    // Another tab is at it, or the endpoint would not have it today: a visit more would tell that one was here again.
    if (now() - (report.tried ?? 0) < DAY_MILLISECONDS) return undefined;
    return machine.report_tried(report.body.id, now()) ? report : undefined;
  });
  // What was not accepted stays unsent in the ledger, spent all the same, and is tried again on another day.
  if (!made || !(await send(made.body))) return;
  await keeper.changeLedger(() => machine.report_sent(made.body.id, now()));
}
