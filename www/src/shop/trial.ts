/**
 * What a set clock may touch. A link can set it (`?now=`), so what happens under it is kept apart: in a database of its own,
 * which no visit under the real clock reads, and without reports. So no link erases what is remembered, or draws a report early;
 * only the shopper's own wipe or Off empties both.
 *
 * Tests and the audit need the real database and reports on days of their choice: they serve the page with one line more,
 * `<meta name="windowshop-trial" content="set-clock-counts">`, which no address can bring about, and the scripts as they ship.
 */

import * as clock from '../clock';

/** The database of a set clock. */
export const SET_CLOCK_DATABASE = 'windowshop-set-clock';
/** What its storage is called. Its name is no `indexeddb`, so it shares neither messages nor locks with tabs of the real one. */
export const SET_CLOCK_STORAGE = 'indexeddb-set-clock';

/** Whether this page was served for a trial, by its own word. */
const isTrial = (): boolean =>
  globalThis.document?.querySelector?.('meta[name="windowshop-trial"][content="set-clock-counts"]') != null;

/** Whether what happens here is kept apart, and reported to nobody. */
export const isApart = (): boolean => clock.isSet() && !isTrial();
