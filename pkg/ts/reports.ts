/**
 * Reports: what they will be, what they were, and when they go.
 *
 * One a week at most, never at the shopper's click: a report is made and sent some random while after the page was
 * opened, so that its time says nothing. Without an address to send to, none is made.
 */

import { draw } from './chance.js';
import { demand } from './checks.js';
import type { Keeper } from './keeper.js';
import type { Machine } from './machine.js';
import type { Prepare } from './sync.js';
import type { Engine, Language, LedgerRow, ReportPreview, ReportsState, SurveyQuestion } from './types.js';

/** Reports go this long after the page was opened, at the soonest, and as much again at the latest. */
const SOONEST_MILLISECONDS = 20_000;

/** A text in English and in Chinese. */
type Wording = [en: string, zh: string];

/** A report as the engine tells it. */
export interface MadeReport {
  text: Wording;
  purpose: Wording;
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

/** The engine's `reports`, with what is for the engine alone. */
export interface OwnReports extends Omit<Engine['reports'], 'state'> {
  readonly state: ReportsState;
  /** The survey's question for this browser now, where a report will go next week. */
  asked(): SurveyQuestion | undefined;
  /** Sends this week's report, later. */
  schedule(): void;
  /** Sends none any more. */
  stop(): void;
}

/**
 * The engine's `reports`.
 *
 * @param prepare gets what hands reports to the endpoint, where there is one
 * @param listeners who hears of changes
 */
export function reportsOf(machine: Machine, keeper: Keeper, now: () => number, language: Language, prepare: Prepare | undefined, listeners: Set<() => void>): OwnReports {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const spoken = +/^zh/i.test(language);
  /** Whether a report may be made at all: nothing is shown that would not go. */
  const mayGo = (): boolean => reports.state === 'on' && keeper.consent === 'on' && keeper.ledgerKept;
  const shown = ({ truth, epsilon_thousandths, ...rest }: MadeReport): LedgerRow => {
    return { ...rest, text: rest.text[spoken]!, purpose: rest.purpose[spoken]!, answer: truth, epsilon: epsilon_thousandths / 1000 };
  };

  const reports: OwnReports = {
    get state() {
      // A browser that is asked to tell nobody is asked first.
      if ((globalThis.navigator as { globalPrivacyControl?: boolean } | undefined)?.globalPrivacyControl) return 'global_privacy_control';
      return !prepare || keeper.reportsOff ? 'off' : 'on';
    },

    async set(on) {
      demand('reports.set: on', on, 'true or false');
      if (prepare) await keeper.allowReports(on);
    },

    // What would go if it went now, once a ledger is kept. Looking makes nothing and spends nothing.
    preview() {
      if (!mayGo()) return undefined;
      const made = machine.preview_report(now(), keeper.seed) as MadeReport | undefined;
      if (!made || made.sent) return undefined;
      const { made: _, tried: __, ...preview } = shown(made);
      return preview;
    },

    asked() {
      if (!mayGo()) return undefined;
      // Three texts at a time: an id, how it reads in English and in Chinese. The question stands first.
      const told = machine.survey_question(now(), keeper.seed);
      const [question, ...options] = told.flatMap((answer, at) => (at % 3 ? [] : [{ answer, text: told[at + 1 + spoken]! }]));
      return question && { id: question.answer, text: question.text, options };
    },

    ledger: () => (machine.ledger() as MadeReport[]).map(shown),

    budget() {
      const { spent_thousandths: spent, limit_thousandths: limit, days } = machine.budget(now()) as { spent_thousandths: number; limit_thousandths: number; days: number };
      return { spent: spent / 1000, limit: limit / 1000, days };
    },

    async skip() {
      // What is left out stays so, also where nothing would have gone as things are: they may change within the week.
      const due = reports.preview();
      const left = await keeper.changeLedger(() => machine.skip_report(now()));
      return Boolean(due && left);
    },

    schedule() {
      if (!prepare) return;
      const later = SOONEST_MILLISECONDS * (1 + draw() / 2 ** 32);
      timer = setTimeout(() => {
        // A page that is older than what the shop serves sends none.
        void import('./sending.js').then(({ sendDue }) => sendDue(machine, keeper, now, prepare, reports, listeners)).catch(() => undefined);
      }, later);
    },

    stop: () => clearTimeout(timer),
  };
  return reports;
}
