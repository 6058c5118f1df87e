/**
 * The survey as the pages see it: the question that may be put to the shopper here, and what all shoppers together said, as
 * the shop's endpoint tells it to everybody.
 */

import type { Engine, SurveyQuestion } from 'windowshop';
import { FilesError } from './files';
import { type Problem, problemOf, report } from './problem';

/** A figure with the interval that holds the truth in 95 of 100 cases: a score of 0 to 100, or a share per cent. */
export interface Figure {
  value: number;
  low: number;
  high: number;
}

/** Words in both languages of the shop. */
export interface Spoken {
  en: string;
  zh: string;
}

/** What everybody together said. */
export interface Told {
  weeks: string[];
  reports: number;
  index: Figure | null;
  dimensions: { dimension: string; score: Figure | null; items: string[] }[];
  items: {
    question: string;
    text: Spoken;
    dimension: string | null;
    reports: number;
    answered: number | null;
    score: Figure | null;
    answers: { answer: string; text: Spoken; share?: Figure }[];
    refused?: string;
  }[];
  heard: { date: string; about: string; text: Spoken }[];
}

/** What the id of a question or a dimension stands for among the changes where it is neither: a word on the figures. */
const NOTE = 'note';

/** What was changed, and what the shop says of the figures, which stands in the same list. */
export function heardOf({ heard }: Told): { changes: Told['heard']; notes: Spoken[] } {
  return {
    changes: heard.filter(({ about }) => about !== NOTE),
    notes: heard.filter(({ about }) => about === NOTE).map(({ text }) => text),
  };
}

/** Where it is told. */
const surveyUrl = (): URL => new URL('v1/survey', document.baseURI);

export class Survey {
  /** What everybody said, once it was asked for. */
  told?: Told;
  /** Why it could not be fetched. */
  problem?: Problem;
  /** What the shopper did with this visit's question. */
  done?: 'answered' | 'skipped';

  #engine: () => Engine | undefined;
  #changed: () => void;
  #asked = false;

  constructor(engine: () => Engine | undefined, changed: () => void) {
    this.#engine = engine;
    this.#changed = changed;
  }

  /** The question that may be put to the shopper now. */
  question(): SurveyQuestion | undefined {
    try {
      return this.#engine()?.survey.question();
    } catch (error) {
      report(error);
      return undefined;
    }
  }

  async answer(option: string): Promise<void> {
    await this.#say('answered', (engine) => engine.survey.answer(option));
  }

  async skip(): Promise<void> {
    await this.#say('skipped', (engine) => engine.survey.skip());
  }

  async #say(done: 'answered' | 'skipped', say: (engine: Engine) => Promise<boolean>): Promise<void> {
    const engine = this.#engine();
    if (!engine) return;
    // Before it is said: once it is, the question is gone, and the card would be for a moment too, with the focus.
    this.done = done;
    try {
      if (!(await say(engine))) this.done = undefined;
    } catch (error) {
      this.done = undefined;
      report(error);
    }
    this.#changed();
  }

  /** What was said is forgotten again: nothing is thanked for any more. */
  takenBack(): void {
    this.done = undefined;
  }

  /** Fetches what everybody said. Asked for by the page that shows it, often; done once, and again after a failure. */
  need(): void {
    if (this.#asked) return;
    this.#asked = true;
    this.problem = undefined;
    void fetchTold().then(
      (told) => {
        this.told = told;
        this.#changed();
      },
      (error: unknown) => {
        this.#asked = false;
        this.problem = problemOf(error);
        this.#changed();
      },
    );
  }
}

async function fetchTold(): Promise<Told> {
  const url = surveyUrl();
  let response: Response;
  try {
    response = await fetch(url, { credentials: 'omit', referrerPolicy: 'no-referrer' });
  } catch (cause) {
    throw new FilesError('files_fetch', `${url.pathname} could not be fetched`, { cause });
  }
  if (!response.ok) throw new FilesError('files_fetch', `${url.pathname} answered ${response.status}`);
  const told = (await response.json().catch(() => undefined)) as Partial<Told> | undefined;
  const lists = [told?.weeks, told?.dimensions, told?.items, told?.heard];
  if (!lists.every(Array.isArray)) throw new FilesError('files_format', `${url.pathname} is not what this page reads`);
  return told as Told;
}
