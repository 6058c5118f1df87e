/** The survey: one question now and then, answered or skipped by an event like every other. */

import { oneOf } from './checks.js';
import type { Engine, ShopEvent, SurveyQuestion } from './types.js';

/**
 * The engine's `survey`.
 *
 * @param observe takes an event in
 * @param question the question that may be shown now, if any
 */
export function surveyOf(observe: (event: ShopEvent) => Promise<void>, question: () => SurveyQuestion | undefined): Engine['survey'] {
  const say = async (reason: (asked: SurveyQuestion) => string): Promise<boolean> => {
    const asked = question();
    if (asked) await observe({ name: 'satisfaction', params: { question: asked.id, reason: reason(asked) } } as ShopEvent);
    return asked !== undefined;
  };
  return {
    question,
    answer: (option) => say(({ options }) => oneOf("survey.answer's option", option, options.map(({ answer }) => answer))),
    skip: () => say(() => 'none'),
  };
}
