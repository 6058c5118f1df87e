/**
 * Everything this browser keeps, inside, and every report that ever left, outside. Each row and each record can be
 * forgotten; all of it can be taken along, brought back, and wiped.
 */

import type { TargetedKeyboardEvent } from 'preact';
import { useState } from 'preact/hooks';
import { useApp, useSetting } from '../app';
import { save } from '../calendar';
import { isoDate, timeOfDay } from '../format';
import { Art } from '../parts/art';
import { Leaving, Trouble } from '../parts/controls';
import { Mark } from '../parts/icons';
import { KeptRows, useForget } from '../parts/kept-rows';
import { Ledger, Outside } from '../parts/outside';
import { outsideWindow } from '../pictures/picture';
import { memoryOf, RefusedFile } from '../shop/file';
import { isOn } from '../shop/standing';

const DAY = 86_400_000;

export function KeptPage() {
  const { shop, messages } = useApp();
  return (
    <>
      <div class="hero">
        <div>
          <Mark text={messages.header.onThisDevice} />
          <h1 tabIndex={-1}>{messages.kept.title}</h1>
          {shop.status !== 'refused' && <p class="sub">{messages.kept.sub}</p>}
        </div>
        <Art svg={outsideWindow()} />
      </div>
      <div class="rooms">
        <Inside />
        <Outside />
      </div>
      <section class="sec two" aria-label={messages.kept.ledger}>
        <Ledger />
        <aside>
          <h2>{messages.kept.never}</h2>
          <ul class="never">
            {messages.kept.nevers.map((never) => (
              <li key={never}>{never}</li>
            ))}
          </ul>
        </aside>
      </section>
    </>
  );
}

function Inside() {
  const { shop, now, messages } = useApp();
  const history = shop.history();
  const oldest = history.at(-1)?.at ?? now;
  if (shop.status !== 'ready') {
    return (
      <section class="room in1" aria-labelledby="r1">
        <h2 id="r1">{messages.kept.inside}</h2>
        {shop.status === 'refused' ? (
          <Trouble text={messages.kept.noEngine} code={shop.problem?.code} again={() => shop.again()} />
        ) : (
          <p class="sub">{messages.kept.unread}</p>
        )}
      </section>
    );
  }
  return (
    <section class="room in1" aria-labelledby="r1">
      <h2 id="r1">
        {messages.kept.inside}{' '}
        <small class="n">
          {messages.kept.count(
            history.length,
            Math.floor((now - oldest) / DAY),
            shop.orders().length,
            shop.reminders().length,
          )}
        </small>
      </h2>
      <Choice />
      <Switches />
      <KeptRows />
      <Actions />
      <Storage />
    </section>
  );
}

/** Where what is kept lies: said of what is kept, and not of what would be. */
function Storage() {
  const { shop, messages } = useApp();
  const { kept } = messages;
  if (!shop.storage) return null;
  const { kind, problem = '' } = shop.storage;
  const place = kept.storages[kind] ?? kind;
  const said =
    shop.consent === 'on'
      ? kept.storage(place)
      : shop.consent === 'session'
        ? kept.storageVisit
        : shop.reminders().length > 0
          ? kept.storageReminders(place)
          : kept.storageNone;
  return (
    <p class="sub small">
      {said} {problem}
    </p>
  );
}

/** Arrow keys walk among the choices and the space bar chooses: one step must not erase anything. */
function walk(event: TargetedKeyboardEvent<HTMLInputElement>): void {
  const step = new Map([
    ['ArrowDown', 1],
    ['ArrowRight', 1],
    ['ArrowUp', -1],
    ['ArrowLeft', -1],
  ]).get(event.key);
  if (step === undefined) return;
  event.preventDefault();
  const all = [...event.currentTarget.closest('fieldset')!.querySelectorAll('input')];
  all.at((all.indexOf(event.currentTarget) + step) % all.length)?.focus();
}

function Choice() {
  const { shop, messages } = useApp();
  const choose = async (to: 'off' | 'session' | 'on') => {
    const undo = await shop.setConsent(to);
    if (shop.holdsOnly) shop.say(messages.consent.heldSaid);
    if (undo) {
      const late = () => shop.say(messages.kept.undoLate);
      const back = { label: messages.kept.undo, run: () => void undo().then((there) => there || late()) };
      shop.say(messages.kept.wiped, back, { lasting: true, strict: true });
    }
  };
  const options = [
    ['off', messages.kept.off],
    ['session', messages.kept.visit],
    ['on', messages.kept.on],
  ] as const;
  return (
    <fieldset>
      <legend class="vh">{messages.kept.memory}</legend>
      <div class="three">
        {options.map(([value, [name, note]]) => (
          <label key={value}>
            <input
              type="radio"
              name="memory"
              checked={shop.consent === value}
              onChange={() => void choose(value)}
              onKeyDown={walk}
            />
            <b>{name}</b>
            <span>{note}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/**
 * Whether sensitive goods may count, off unless the shopper says so; and whether coupons are put forward, on unless they say
 * otherwise. Without memory there is nothing to count and nothing is put forward.
 */
function Switches() {
  const { shop, messages } = useApp();
  if (shop.consent === 'off') return null;
  const history = shop.history();
  const [sensitive, coupons] = [isOn('sensitive', history), isOn('coupons', history)];
  return (
    <>
      <Switch
        on={sensitive}
        name={messages.kept.sensitive}
        note={messages.kept.sensitiveNote}
        turn={(on) => shop.allowSensitive(on)}
      />
      <Switch
        on={coupons}
        name={messages.kept.coupons}
        note={messages.kept.couponsNote}
        turn={(on) => shop.allowCoupons(on)}
      />
    </>
  );
}

function Switch({ on, name, note, turn }: { on: boolean; name: string; note: string; turn: (on: boolean) => void }) {
  return (
    <div class="allow">
      <button class="sw" role="switch" aria-checked={on} onClick={() => turn(!on)}>
        <span>{name}</span>
        <i aria-hidden="true" />
      </button>
      <p class="sub small">{note}</p>
    </div>
  );
}

function Actions() {
  const { shop, now, messages } = useApp();
  const setting = useSetting();
  const [raw, setRaw] = useState(false);
  const take = () => {
    const memory = shop.takeAll();
    if (memory)
      save(
        `windowshop-${isoDate(now, setting)}.json`,
        'application/json',
        JSON.stringify({ ...memory, reports: shop.reports.ledger() }, null, 2),
      );
  };
  const takeDecision = () => {
    const decision = shop.lists.decision();
    if (decision) save(`decision-${isoDate(now, setting)}.json`, 'application/json', JSON.stringify(decision, null, 2));
  };
  const bring = async (file: File | undefined) => {
    if (!file) return;
    try {
      const { added, known } = await shop.bringBack(memoryOf(await file.text()));
      shop.say(messages.kept.brought(added, known));
    } catch (error) {
      // Whatever the file passed here and the engine refused is a record that is wrong.
      shop.say(messages.kept.bringFailed[error instanceof RefusedFile ? error.why : 'damaged']);
    }
  };
  const wipe = async () => {
    const done = await shop.erase();
    if (done) {
      const said = (there: boolean) => shop.say(there ? messages.kept.undone : messages.kept.undoLate);
      const undo = () => void done.undo().then(said);
      shop.say(messages.kept.wiped, { label: messages.kept.undo, run: undo }, { lasting: true, strict: true });
    }
  };
  return (
    <>
      <div class="acts2">
        <button class="btn" onClick={take}>
          {messages.kept.take}
        </button>
        <label class="btn">
          {messages.kept.bring}
          <input
            type="file"
            accept="application/json,.json"
            onChange={(event) => {
              void bring(event.currentTarget.files?.[0]);
              event.currentTarget.value = '';
            }}
          />
        </label>
        <button class="btn" aria-expanded={raw} onClick={() => setRaw(!raw)}>
          {raw ? messages.kept.rawClose : messages.kept.raw}
        </button>
        <button class="btn" onClick={takeDecision}>
          {messages.kept.decision}
        </button>
        <button class="btn warn" onClick={() => void wipe()}>
          {messages.kept.wipe}
        </button>
      </div>
      <p class="sub small">{messages.kept.wipeNote}</p>
      <p class="sub small">{messages.kept.decisionNote}</p>
      {raw && <Records />}
    </>
  );
}

/** Records drawn at once: more would make the page heavy. */
const RECORDS = 400;

/** Every record as it is kept; each can be forgotten by itself. */
function Records() {
  const { shop, messages } = useApp();
  const setting = useSetting();
  const forget = useForget();
  const records = [...shop.history(), ...shop.orders()];
  return (
    <div class="records" tabIndex={0} role="region" aria-label={messages.kept.rawSub}>
      <ul>
        {records.length === 0 && <li>{messages.kept.nothing}</li>}
        {records.slice(0, RECORDS).map((event) => (
          <li key={event.id}>
            <span class="n">
              {isoDate(event.at, setting)} {timeOfDay(event.at, setting)} {event.name}
            </span>
            <Leaving
              look="lnk"
              label={messages.kept.forgetLabel(`${event.name} ${event.id}`)}
              act={() => void forget([event])}
            >
              {messages.kept.forget}
            </Leaving>
            <pre>{JSON.stringify(event, null, 1)}</pre>
          </li>
        ))}
        {records.length > RECORDS && <li>{messages.kept.rawRest(records.length - RECORDS)}</li>}
      </ul>
    </div>
  );
}
