/** Reports as the pages see them: the next one before it leaves, those that left, and what is left of the allowance. */

import type { Budget, Engine, LedgerRow, ReportPreview, ReportsState } from 'windowshop';
import { report } from './problem';

export class Reports {
  #engine: () => Engine | undefined;
  #changed: () => void;
  #next?: { is: ReportPreview | undefined };

  constructor(engine: () => Engine | undefined, changed: () => void) {
    this.#engine = engine;
    this.#changed = changed;
  }

  /**
   * The next report. Looking at it makes it, and making it is a change that listeners hear of: so it is asked for once,
   * and again only after the shopper did something.
   */
  next(): ReportPreview | undefined {
    if (!this.#next) {
      this.#next = { is: undefined };
      try {
        this.#next = { is: this.#engine()?.reports.preview() };
      } catch (error) {
        // The page that says what is kept stands whatever becomes of reports.
        report(error);
      }
    }
    return this.#next.is;
  }

  /** The shopper did something: the next report may be another. */
  touch(): void {
    this.#next = undefined;
  }

  /** After a wipe none is made anew until the shopper does something. */
  rest(): void {
    this.#next = { is: undefined };
  }

  /** Whether reports go at all. */
  get state(): ReportsState {
    return this.#engine()?.reports.state ?? 'off';
  }

  /** Turns them off, or on from the next week on. */
  async set(on: boolean): Promise<void> {
    await this.#engine()?.reports.set(on);
    this.#next = undefined;
    this.#changed();
  }

  ledger(): readonly LedgerRow[] {
    return this.#engine()?.reports.ledger() ?? [];
  }

  budget(): Budget {
    return this.#engine()?.reports.budget() ?? { spent: 0, limit: 8, days: 90 };
  }

  /** Leaves this week’s report out; `false` where it has left already, or may have. */
  async skip(): Promise<boolean> {
    const inTime = (await this.#engine()?.reports.skip()) ?? false;
    this.#next = undefined;
    this.#changed();
    return inTime;
  }
}
