/** The survey: one question now and then, answered or skipped by an event like every other. */

import { oneOf } from './checks.js';
import type { Engine, SurveyQuestion } from './types.js';

/** The engine's `survey`. */
export class Survey {
  readonly #engine: Pick<Engine, 'observe'>;
  /** The question that may be shown now, if any. */
  readonly question: () => SurveyQuestion | undefined;

  constructor(engine: Pick<Engine, 'observe'>, question: () => SurveyQuestion | undefined) {
    this.#engine = engine;
    this.question = question;
  }

  async answer(option: string): Promise<boolean> {
    const question = this.question();
    return this.#say(question, question && oneOf("survey.answer's option", option, question.options.map(({ answer }) => answer)));
  }

  skip(): Promise<boolean> {
    return this.#say(this.question(), 'none');
  }

  async #say(question: SurveyQuestion | undefined, reason: string | undefined): Promise<boolean> {
    if (question) await this.#engine.observe('satisfaction', { question: question.id, reason });
    return question !== undefined;
  }
}
