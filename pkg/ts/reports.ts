/**
 * Reports: what they will be, what they were, and when they go.
 *
 * One a week at most, never at the shopper's click: a report is made and sent some random while after the page was
 * opened, so that its time says nothing. Without an address to send to, none is made.
 */

import { check, SWITCH } from './checks.js';
import type { Keeper } from './keeper.js';
import type { Machine } from './machine.js';
import type { Send } from './sync.js';
import type { Budget, Language, LedgerRow, ReportPreview, ReportsState, SurveyQuestion } from './types.js';

/** Reports go this long after the page was opened, at the soonest, and as much again at the latest. */
const SOONEST_MILLISECONDS = 20_000;
const DAY_MILLISECONDS = 86_400_000;

/** Words in the languages of the shop. */
interface Spoken {
  text_en: string;
  text_zh: string;
}

/** A report as the engine tells it. */
interface MadeReport extends Spoken {
  question: string;
  week: string;
  truth: string;
  randomiser: string;
  epsilon_thousandths: number;
  answers?: number;
  body: ReportPreview['body'];
  made: number;
  tried?: number;
  sent?: number;
}

/** The engine's `reports`. */
export class Reports {
  readonly #machine: Machine;
  readonly #keeper: Keeper;
  readonly #now: () => number;
  readonly #language: Language;
  readonly #send: Send | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `send` hands a report to the endpoint, where there is one. */
  constructor(machine: Machine, keeper: Keeper, now: () => number, language: Language, send: Send | undefined) {
    this.#machine = machine;
    this.#keeper = keeper;
    this.#now = now;
    this.#language = language;
    this.#send = send;
  }

  get state(): ReportsState {
    // A browser that is asked to tell nobody is asked first.
    if ((globalThis.navigator as { globalPrivacyControl?: boolean } | undefined)?.globalPrivacyControl) return 'global_privacy_control';
    return !this.#send || this.#keeper.reportsOff ? 'off' : 'on';
  }

  async set(on: boolean): Promise<void> {
    check('request_invalid', 'reports.set', { on }, SWITCH);
    if (this.#send) await this.#keeper.allowReports(on);
  }

  /** What would go if it went now, once a ledger is kept. Looking makes nothing and spends nothing. */
  preview(): ReportPreview | undefined {
    if (this.state !== 'on' || this.#keeper.consent !== 'on' || !this.#keeper.ledgerKept) return undefined;
    const made = this.#machine.preview_report(this.#now(), this.#keeper.seed) as MadeReport | undefined;
    if (!made || made.sent !== undefined) return undefined;
    const { made: _, tried: __, ...preview } = this.#shown(made);
    return preview;
  }

  /** The survey's question for this browser now, where a report will go next week. */
  asked(): SurveyQuestion | undefined {
    if (this.state !== 'on' || !this.#keeper.ledgerKept) return undefined;
    // Three texts at a time: an id, how it reads in English and in Chinese. The question stands first.
    const told = this.#machine.survey_question(this.#now(), this.#keeper.seed);
    const [question, ...options] = told.flatMap((answer, at) => (at % 3 ? [] : [{ answer, text: this.#spoken({ text_en: told[at + 1]!, text_zh: told[at + 2]! }) }]));
    return question && { id: question.answer, text: question.text, options };
  }

  ledger(): LedgerRow[] {
    const rows = this.#machine.ledger() as MadeReport[];
    return rows.map((made) => this.#shown(made));
  }

  budget(): Budget {
    const { spent_thousandths: spent, limit_thousandths: limit, days } = this.#machine.budget(this.#now()) as { spent_thousandths: number; limit_thousandths: number; days: number };
    return { spent: spent / 1000, limit: limit / 1000, days };
  }

  async skip(): Promise<boolean> {
    // What is left out stays so, also where nothing would have gone as things are: they may change within the week.
    const due = this.preview();
    const left = await this.#keeper.changeLedger(() => this.#machine.skip_report(this.#now()));
    return Boolean(due && left);
  }

  /** Sends this week's report, later. */
  schedule(): void {
    if (!this.#send) return;
    const later = SOONEST_MILLISECONDS * (1 + (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32);
    this.#timer = setTimeout(() => void this.#sendOne(), later);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #shown({ text_en, text_zh, truth, epsilon_thousandths, ...rest }: MadeReport): LedgerRow {
    return { ...rest, text: this.#spoken({ text_en, text_zh }), answer: truth, epsilon: epsilon_thousandths / 1000 };
  }

  #spoken({ text_en, text_zh }: Spoken): string {
    return this.#language.startsWith('zh') ? text_zh : text_en;
  }

  /** The ledger says that a report goes, and is kept, before it goes: what was spent is never forgotten. */
  async #sendOne(): Promise<void> {
    const send = this.#send;
    if (!send || this.state !== 'on') return;
    const made = await this.#keeper.changeLedger(() => {
      const report = this.#machine.report(this.#now(), this.#keeper.seed) as MadeReport | undefined;
      if (!report || report.sent !== undefined) return undefined;
      // Another tab is at it, or the endpoint would not have it today: a visit more would tell that one was here again.
      if (report.tried !== undefined && this.#now() - report.tried < DAY_MILLISECONDS) return undefined;
      return this.#machine.report_tried(report.body.id, this.#now()) ? report : undefined;
    });
    // What was not accepted stays unsent in the ledger, spent all the same, and is tried again on another day.
    if (!made || !(await send(made.body))) return;
    await this.#keeper.changeLedger(() => this.#machine.report_sent(made.body.id, this.#now()));
  }
}
