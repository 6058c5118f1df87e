/** What left this device, or may have, and what would leave next: byte for byte, and in words. */

import { useApp, useHref, useSetting } from '../app';
import { leave } from '../focus';
import { isoDate } from '../format';
import { disguiseOf } from '../shop/disguise';
import { isApart } from '../shop/trial';

/** Reports of today, the privacy allowance, and the next report. */
export function Outside() {
  const { shop, now, messages } = useApp();
  const setting = useSetting();
  const { spent, limit, days } = shop.reports.budget();
  const preview = shop.reports.next();
  // One that was handed to the network is no next one any more: it stands in the ledger.
  const gone = shop.reports.ledger().some(({ body, tried }) => body.id === preview?.body.id && tried !== undefined);
  const next = gone ? undefined : preview;
  const { state } = shop.reports;
  const answer = useAnswer();
  const today = isoDate(now, setting);
  const sent = shop.reports.ledger().filter(({ sent, tried }) => {
    const left = sent ?? tried;
    return left !== undefined && isoDate(left, setting) === today;
  }).length;
  const cells = Math.max(1, Math.round(limit));
  const skip = async (event: Event) => {
    leave(event.currentTarget as Element);
    shop.say((await shop.reports.skip()) ? messages.kept.skipped : messages.kept.skippedLate);
  };
  if (shop.status !== 'ready') {
    return (
      <section class="room out" aria-labelledby="r2">
        <h2 id="r2">{messages.kept.outside}</h2>
        <p class="sub">
          {messages.pair(
            messages.kept.outsideNote,
            shop.status === 'refused' ? messages.kept.blind : messages.kept.reading,
          )}
        </p>
        <p>{messages.kept.weekly}</p>
      </section>
    );
  }
  return (
    <section class="room out" aria-labelledby="r2">
      <h2 id="r2">{messages.kept.outside}</h2>
      <p class="sub">{messages.kept.outsideNote}</p>
      <p class="zero n">{sent}</p>
      <p>{messages.kept.weekly}</p>
      <div class="budget">
        <p>
          <b>{messages.kept.budget(days)}</b>
        </p>
        <div class="cells" role="img" aria-label={messages.kept.spentLabel(figure(spent), figure(limit))}>
          {Array.from({ length: cells }, (_, i) => (
            <i key={i} class={i < Math.round(spent) ? 'on' : ''} />
          ))}
        </div>
        <p class="n">{messages.kept.spent(figure(spent), figure(limit))}</p>
      </div>
      {next ? (
        <>
          <details class="raw" open>
            <summary>{messages.kept.next}</summary>
            <p>{next.text}</p>
            {next.purpose && <p class="sub">{messages.kept.purpose(next.purpose)}</p>}
            <p class="sub">{messages.kept.yourAnswer(answer(next.answer))}</p>
            <pre>{JSON.stringify(next.body)}</pre>
            <p class="sub">{messages.kept.disguise(disguiseOf(next.body.answer), next.answers)}</p>
            <p class="sub small">{messages.kept.notSent(next.randomiser, figure(next.epsilon))}</p>
            {next.question.includes('/') && <p class="sub small">{messages.kept.inClear}</p>}
          </details>
          <div class="acts2">
            <button class="btn" onClick={(event) => void skip(event)}>
              {messages.kept.skip}
            </button>
          </div>
        </>
      ) : (
        <p class="sub small">
          {state === 'global_privacy_control'
            ? messages.kept.nextNonePrivacy
            : isApart()
              ? messages.kept.nextNoneSet
              : shop.consent !== 'on'
                ? messages.kept.nextNoneOff
                : state === 'off'
                  ? messages.kept.nextNoneRefused
                  : gone
                    ? messages.kept.nextGone
                    : messages.kept.nextNone}
        </p>
      )}
      {shop.consent === 'on' && state !== 'global_privacy_control' && !isApart() && (
        <div class="allow">
          <button
            class="sw"
            role="switch"
            aria-checked={state === 'on'}
            onClick={() => void shop.reports.set(state !== 'on')}
          >
            <span>{messages.kept.reportsSwitch}</span>
            <i aria-hidden="true" />
          </button>
          <p class="sub small">{messages.kept.reportsNote}</p>
        </div>
      )}
    </section>
  );
}

/** An answer as it reads: a category by its name, anything else in words. */
function useAnswer(): (answer: string) => string {
  const { shop, messages } = useApp();
  return (answer) => shop.shelves?.categories.find(({ id }) => id === answer)?.name ?? messages.kept.answer(answer);
}

/** Every report that ever left, and those that wait. */
export function Ledger() {
  const { shop, messages } = useApp();
  const setting = useSetting();
  const rows = [...shop.reports.ledger()].sort((a, b) => b.made - a.made);
  const answer = useAnswer();
  const link = useHref();
  const [date, asked, yours, went, cost] = messages.kept.columns;
  return (
    <div>
      <div class="hd">
        <div>
          <h2>{messages.kept.ledger}</h2>
          <p class="sub">
            {messages.kept.ledgerSub}
            {messages.gap}
            <a href={link({ page: 'heard' })}>{messages.heard.link}</a>
          </p>
        </div>
      </div>
      {rows.length === 0 ? (
        <p class="sub">
          {shop.status === 'ready'
            ? messages.kept.ledgerNone
            : shop.status === 'refused'
              ? messages.kept.ledgerBlind
              : messages.kept.unread}
        </p>
      ) : (
        <table class="led">
          <thead>
            <tr>
              <th scope="col">{date}</th>
              <th scope="col">{asked}</th>
              <th scope="col">{yours}</th>
              <th scope="col">{went}</th>
              <th scope="col">{cost}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={`${row.week} ${row.question}`} class={row.sent === undefined ? 'held' : ''}>
                <td class="n">{isoDate(row.sent ?? row.made, setting)}</td>
                <td class="q">
                  {row.text}
                  <small>{row.answers ? messages.kept.answers(row.answers) : row.randomiser}</small>
                </td>
                <td data-l={messages.kept.yours}>{answer(row.answer)}</td>
                <td>
                  {row.sent === undefined && (
                    <span class="st wait">{row.tried === undefined ? messages.kept.waiting : messages.kept.tried}</span>
                  )}
                  {(row.sent ?? row.tried) !== undefined && (
                    <>
                      <span class="st">{messages.kept.disguise(disguiseOf(row.body.answer), row.answers)}</span>
                      <code class="bytes small">{row.body.answer}</code>
                    </>
                  )}
                </td>
                <td class="n">ε {figure(row.epsilon)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}

const figure = (n: number) => String(Math.round(n * 100) / 100);
