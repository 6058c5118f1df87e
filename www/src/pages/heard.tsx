/** What shoppers said of the shop, all of them together, and what was changed because of it. */

import { useEffect } from 'preact/hooks';
import { useApp } from '../app';
import { longDay, weeksOf } from '../format';
import { Trouble } from '../parts/controls';
import { type Figure, heardOf, type Spoken, type Told } from '../shop/survey';

type Item = Told['items'][number];

export function HeardPage() {
  const { shop, messages } = useApp();
  const m = messages.heard;
  const { told, problem } = shop.survey;
  useEffect(() => shop.survey.need(), [shop]);
  return (
    <>
      <div class="head">
        <h1 tabIndex={-1}>{m.title}</h1>
        <p class="sub">{m.sub}</p>
      </div>
      {problem && <Trouble text={m.unfetched} code={problem.code} again={() => shop.survey.need()} />}
      {!told && !problem && <p class="sub">{m.waiting}</p>}
      {told && <Notes told={told} />}
      {told && (told.reports === 0 ? <p class="sub heard-none">{m.none}</p> : <Index told={told} />)}
      {told && <Changes told={told} />}
    </>
  );
}

/** What the shop says of the figures: that they are made up, in the demo. */
function Notes({ told }: { told: Told }) {
  const say = useSpoken();
  return (
    <>
      {heardOf(told).notes.map((text) => (
        <p class="heard-note" role="note" key={text.en}>
          {say(text)}
        </p>
      ))}
    </>
  );
}

/** The index, its five dimensions, and what each item says. */
function Index({ told }: { told: Told }) {
  const { messages } = useApp();
  const m = messages.heard;
  const others = told.items.filter(({ dimension }) => dimension === null);
  return (
    <>
      <section class="heard-index" aria-labelledby="h-index">
        <h2 id="h-index">{m.index}</h2>
        {told.index ? (
          <>
            <p class="zero n">{Math.round(told.index.value)}</p>
            <p>{m.of100(...ends(told.index))}</p>
          </>
        ) : (
          <p class="sub">{m.noIndex}</p>
        )}
        <p class="sub small n">{m.basis(told.reports, ...weeksOf(told.weeks, messages))}</p>
        <p class="sub small">{m.how}</p>
      </section>
      {told.dimensions.map(({ dimension, score, items }) => (
        <section class="heard-part" key={dimension} aria-labelledby={`h-${dimension}`}>
          <h2 id={`h-${dimension}`}>{m.dimension(dimension)}</h2>
          <Bar figure={score} name={m.dimension(dimension)} strong />
          <ul>
            {told.items
              .filter(({ question }) => items.includes(question))
              .map((item) => (
                <Scored key={item.question} item={item} />
              ))}
          </ul>
        </section>
      ))}
      {others.length > 0 && (
        <section class="sec" aria-labelledby="h-others">
          <div class="hd">
            <h2 id="h-others">{m.others}</h2>
          </div>
          <div class="heard-others">
            {others.map((item) => (
              <Shares key={item.question} item={item} />
            ))}
          </div>
        </section>
      )}
    </>
  );
}

/** An item with a score. */
function Scored({ item }: { item: Item }) {
  const say = useSpoken();
  return (
    <li>
      <p>{say(item.text)}</p>
      <Bar figure={item.score} name={say(item.text)} />
      <Count item={item} />
    </li>
  );
}

/** An item that tells how its answers are shared out, the most frequent first; or its score. */
function Shares({ item }: { item: Item }) {
  const say = useSpoken();
  const { messages } = useApp();
  const told = item.answers
    .flatMap(({ answer, text, share }) => (share ? [{ answer, text, share }] : []))
    .sort((a, b) => b.share.value - a.share.value)
    .slice(0, SHARES);
  return (
    <section aria-label={say(item.text)}>
      <h3>{say(item.text)}</h3>
      {item.score || told.length === 0 ? (
        <Bar figure={item.score} name={say(item.text)} />
      ) : (
        <ul>
          {told.map(({ answer, text, share }) => (
            <li key={answer}>
              <p>{say(text)}</p>
              <Bar figure={share} name={say(text)} percent />
            </li>
          ))}
        </ul>
      )}
      {told.length < item.answers.length && told.length > 0 && (
        <p class="sub small">{messages.heard.first(told.length)}</p>
      )}
      <Count item={item} />
    </section>
  );
}

/** Answers of one item that are shown. */
const SHARES = 6;

function Count({ item }: { item: Item }) {
  const { messages } = useApp();
  return (
    <p class="sub small n">
      {messages.heard.reports(item.reports, item.answered === null ? undefined : Math.round(item.answered))}
    </p>
  );
}

/** A figure as a bar with its interval, and the same in words. */
function Bar({
  figure,
  name,
  strong,
  percent,
}: {
  figure: Figure | null;
  name: string;
  strong?: boolean;
  percent?: boolean;
}) {
  const { messages } = useApp();
  const m = messages.heard;
  if (!figure) return <p class="sub small">{m.tooFew}</p>;
  const words = (percent ? m.share : m.score)(Math.round(figure.value), ...ends(figure));
  return (
    <div class={`heard-bar${strong ? ' strong' : ''}`}>
      <div class="tr" role="img" aria-label={messages.pair(name, words)}>
        <i style={{ width: `${figure.value}%` }} />
        <b style={{ left: `${figure.low}%`, width: `${Math.max(0.5, figure.high - figure.low)}%` }} />
      </div>
      <p class="n" aria-hidden="true">
        {words}
      </p>
    </div>
  );
}

/** What was changed because of it, newest first. */
function Changes({ told }: { told: Told }) {
  const { messages } = useApp();
  const say = useSpoken();
  const m = messages.heard;
  const { changes } = heardOf(told);
  const about = (id: string) => {
    const item = told.items.find(({ question }) => question === id);
    return item ? say(item.text) : m.dimension(id);
  };
  return (
    <section class="sec heard-changes" aria-labelledby="h-changes">
      <div class="hd">
        <h2 id="h-changes">{m.changes}</h2>
      </div>
      {changes.length === 0 ? (
        <p class="sub">{m.noChanges}</p>
      ) : (
        <ul class="facts3">
          {changes.map(({ date, about: id, text }) => (
            <li key={`${date} ${id}`}>
              <b>
                {about(id)}
                <span class="n1 n">{longDay(date, messages)}</span>
              </b>
              <p>{say(text)}</p>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** Words of the shop in the language that is read. */
function useSpoken(): (words: Spoken) => string {
  const { messages } = useApp();
  return (words) => (messages.code === 'zh' ? words.zh : words.en);
}

const ends = ({ low, high }: Figure): [number, number] => [Math.round(low), Math.round(high)];
