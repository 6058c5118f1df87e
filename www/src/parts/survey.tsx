/** The week's question, at the end of the page: answered with a click or skipped, and never in the way of anything. */

import { useApp, useHref } from '../app';
import { leave } from '../focus';

/** So many answers stand below one another on a phone; more of them two by two, so that the last is not far down. */
const FEW = 6;

export function SurveyCard() {
  const { shop, messages } = useApp();
  const link = useHref();
  const m = messages.survey;
  const question = shop.survey.question();
  const { done } = shop.survey;
  if (!question && !done) return null;
  const act = (doing: () => Promise<void>) => (event: Event) => {
    leave(event.currentTarget as Element);
    void doing();
  };
  return (
    <section class="survey" aria-labelledby="h-survey">
      <h2 id="h-survey" tabIndex={-1}>
        {question ? question.text : done === 'skipped' ? m.skipped : m.thanks}
      </h2>
      {question ? (
        <>
          <div
            class={`survey-options${question.options.length > FEW ? ' many' : ''}`}
            role="group"
            aria-labelledby="h-survey"
          >
            {question.options.map(({ answer, text }) => (
              <button key={answer} class="btn" onClick={act(() => shop.survey.answer(answer))}>
                {text}
              </button>
            ))}
          </div>
          <button class="lnk skip-question" onClick={act(() => shop.survey.skip())}>
            {m.skip}
          </button>
          <p class="sub small">{m.leaves}</p>
        </>
      ) : (
        <p class="sub" role="status">
          {done === 'skipped' ? m.skippedNote : m.thanksNote}
        </p>
      )}
      {!question && (
        <p class="survey-onward">
          <a href={link({ page: 'kept' })}>{m.back}</a>
          <a href={link({ page: 'heard' })}>{m.results}</a>
        </p>
      )}
    </section>
  );
}
