/**
 * What is kept in this browser, and when: the one place that knows the consent and writes to storage.
 *
 * - Before a click nothing is written. The choice itself is one record, the same for everybody who chose so.
 * - Events are an append-only log of readable rows, one a record. It is the truth; the snapshot is a cache of it.
 * - Reminders are kept in any state, because they were asked for.
 * - Two tabs append to one log and tell one another; the log of both is the union of what both saw.
 * - Where storage fails, the engine runs on from memory and {@link Keeper.storage} says why.
 */

import { StorageError, WindowshopError, wordsOf } from './errors.js';
import type { Machine } from './machine.js';
import { MemoryStorage } from './storage.js';
import type { Consent, RememberedEvent, StorageAdapter, StoredRecord, StoreName } from './types.js';

/** How long an erasure can be taken back. */
const UNDO_MILLISECONDS = 10_000;
/** Rows that are appended before a new snapshot is worth its bytes. */
const SNAPSHOT_EVERY = 200;
/** The stores that hold what is remembered of the shopper; `choice` is not one of them. */
const REMEMBERED: StoreName[] = ['events', 'ledger', 'snapshot'];

/** Two records of `choice`: the consent, and that no reports are wanted; `ledger` has its bytes and the `seed`, `snapshot` the `current` one. */
const NO_REPORTS: StoredRecord = { key: 'reports', value: 'off' };

/** What a tab tells the others. */
type Message = { kind: 'events'; events: RememberedEvent[] } | { kind: 'changed'; consent: Consent } | { kind: 'ledger' };

/** A reminder as it is kept. */
export interface KeptReminder {
  brand: string;
  since: number;
}

/** The way back from an erasure: what it gives is whether it led there. */
export interface WayBack {
  undo: () => Promise<boolean>;
  /** Until when, UTC milliseconds by the page's clock. */
  until: number;
}

/** Everything that an erasure takes. */
interface Remembered {
  events: RememberedEvent[];
  reminders: KeptReminder[];
  ledger: Uint8Array;
  seed: Uint8Array;
  reportsOff: boolean;
}

/** What is kept, as it is now, and everything that changes it; see the head of this file. */
export interface Keeper {
  readonly consent: Consent;
  /** Whether the shopper has chosen, now or on an earlier visit. */
  readonly chosen: boolean;
  /** What storage is in use and, where it is not what was asked for, why. */
  readonly storage: { kind: string; problem?: string };
  /** Whether a ledger is kept: no report is made before that. */
  readonly ledgerKept: boolean;
  /**
   * Whether the shopper wants no reports. An erasure takes the ledger along, so that nobody knows any more what was spent:
   * then too, until the shopper turns them on again.
   */
  readonly reportsOff: boolean;
  /**
   * The secret that disguises are made from, and by which the arms of campaigns are drawn: kept beside the ledger, known
   * to this browser alone.
   */
  readonly seed: Uint8Array;

  /** Reads what is kept. `consent` overrides the kept choice. */
  start(consent?: Consent): Promise<void>;
  /** Keeps an event that the engine took in, and lets go of those it let go of. */
  append(event: RememberedEvent, gone: string[]): Promise<void>;
  /** Forgets events that the engine forgot. The snapshot goes first, so that nothing comes back from it. */
  forget(ids: string[]): Promise<void>;
  /** Keeps the reminders as they now are, whatever the consent. */
  reminders(): Promise<void>;
  /** Keeps everything the engine now remembers: after an import, and when keeping is first allowed. */
  keepAll(): Promise<void>;
  /**
   * Changes the ledger, alone among all tabs: what is kept is read first, so that no tab's row or dice are lost to
   * another's, and what `change` did is kept before anything follows from it. Without a kept ledger nothing is done: it
   * is opened with the first event, and its first week is left out, so that no wiping and allowing again makes a second
   * report of a week.
   */
  changeLedger<Result>(change: () => Result): Promise<Result | undefined>;
  /** Changes the choice. What was remembered is erased when it may no longer be; the way back is returned then, and nothing otherwise. */
  choose(to: Consent): Promise<Partial<WayBack>>;
  /** Turns reports off, or on from the next week on. */
  allowReports(on: boolean): Promise<void>;
  /** Erases everything but the choice. */
  erase(): Promise<WayBack>;
  /** Waits for what is being written, and lets go of the storage. */
  close(): Promise<void>;
}

/** Keeps what a machine remembers in a storage, and tells of each change. */
export function keeperOf(machine: Machine, adapter: StorageAdapter, now: () => number, changed: () => void): Keeper {
  /** The same that is given away, to be written here alone. */
  const kept: { -readonly [Name in 'consent' | 'chosen' | 'storage' | 'ledgerKept' | 'reportsOff' | 'seed']: Keeper[Name] } = {
    consent: 'off',
    chosen: false,
    storage: { kind: adapter.kind },
    ledgerKept: false,
    reportsOff: false,
    seed: drawSeed(),
  };
  let channel: BroadcastChannel | undefined;
  /** Rows appended since the last snapshot. */
  let fresh = 0;
  /** One write after another, in the order in which things happened. */
  let queue: Promise<unknown> = Promise.resolve();

  // ---------------------------------------------------------------- reading

  /** What a store of few records holds, by key. */
  async function rowsIn(store: StoreName): Promise<Record<string, unknown>> {
    return Object.fromEntries((await adapter.all(store)).map(({ key, value }) => [key, value]));
  }

  async function read(consent?: Consent): Promise<void> {
    const { consent: choice, reports } = await rowsIn('choice');
    kept.reportsOff = reports !== undefined;
    kept.chosen = choice !== undefined;
    setConsent(consent ?? (choice === 'on' ? 'on' : 'off'));
    machine.load_reminders((await adapter.all('reminders')).map(({ value }) => value));
    if (kept.consent !== 'on') return;

    const log = new Map((await adapter.all('events')).map(({ key, value }) => [key, value]));
    if (!(await restore())) return;
    // What the snapshot has beyond the log was forgotten since.
    machine.forget(machine.event_ids().filter((id) => !log.delete(id)));
    const missing = [...log.values()];
    // Rows that this engine cannot read stay in the log: a newer one may.
    machine.load(missing);
    await letGo(machine.trim(now()));
    fresh = missing.length;
    await readLedger();
  }

  /** Reads the kept ledger and its dice; `false` where none is kept. */
  async function readLedger(): Promise<boolean> {
    const { ledger, seed } = await rowsIn('ledger');
    kept.ledgerKept = ledger instanceof Uint8Array && seed instanceof Uint8Array;
    if (ledger instanceof Uint8Array) machine.load_ledger(ledger);
    if (seed instanceof Uint8Array) kept.seed = seed;
    return kept.ledgerKept;
  }

  /** Reads the snapshot; `false` where a newer engine wrote it, and nothing may be touched. */
  async function restore(): Promise<boolean> {
    const { current: bytes } = await rowsIn('snapshot');
    if (bytes === undefined) return true;
    try {
      machine.restore(bytes as Uint8Array);
    } catch (error) {
      if (error instanceof WindowshopError && error.code === 'snapshot_newer') {
        fall(`a newer version keeps its memory here`);
        return false;
      }
      await adapter.replace(['snapshot'], 'snapshot', [{ key: 'set-aside', value: bytes }]);
    }
    return true;
  }

  /** What another tab did. */
  async function hear(message: Message): Promise<void> {
    if (message.kind === 'changed') {
      // What this tab remembers for the visit stays with it, unless nothing may be remembered any more.
      const own = kept.consent === 'session' && message.consent !== 'off' ? history() : [];
      // The secret goes with what was kept, in every tab: this one's is its own only while it keeps none.
      if (kept.ledgerKept || message.consent === 'off') forgetAll([]);
      else machine.erase();
      await read(message.consent);
      machine.load(own);
      if (kept.consent === 'on') await adapter.put('events', own.map(rowOf));
    } else if (kept.consent === 'on') {
      if (message.kind === 'events') machine.load(message.events);
      else await readLedger();
    }
    changed();
  }

  // ---------------------------------------------------------------- writing

  function setConsent(to: Consent): void {
    machine.set_consent(to);
    kept.consent = to;
  }

  const history = () => machine.history() as RememberedEvent[];
  const remindersNow = () => machine.kept_reminders() as KeptReminder[];

  /** With the ledger goes what was spent: no reports from then on. */
  function leaveLedger(): void {
    kept.reportsOff ||= kept.ledgerKept;
    kept.ledgerKept = false;
  }

  function forgetAll(but: KeptReminder[]): void {
    machine.erase();
    machine.load_reminders(but);
    kept.seed = drawSeed();
    leaveLedger();
  }

  /** Lets go of events; the snapshot holds them too and goes with them. */
  async function letGo(gone: string[]): Promise<void> {
    if (gone.length === 0) return;
    await adapter.replace(['snapshot'], 'snapshot', []);
    await adapter.remove('events', gone);
  }

  /** Opens the ledger where none is kept. Its first week is left out. */
  async function openLedger(): Promise<void> {
    if (kept.ledgerKept || (await readLedger())) return;
    machine.skip_report(now());
    await putLedger();
    tell({ kind: 'ledger' });
  }

  /** Takes along everything an erasure would take. What it gives opens the way back, which leads nowhere once its time is over, or once it was gone. */
  function copied(): () => WayBack {
    const { consent, seed, reportsOff } = kept;
    let copy: Remembered | undefined = { events: history(), reminders: remindersNow(), ledger: machine.ledger_bytes(), seed, reportsOff };
    const undo = async (): Promise<boolean> => {
      if (!copy) return false;
      const { events, reminders, ledger, ...rest } = copy;
      copy = undefined;
      if (kept.consent !== consent) await keeper.choose(consent);
      machine.load(events);
      machine.load_reminders(reminders);
      machine.load_ledger(ledger);
      Object.assign(kept, rest);
      changed();
      await write(async () => {
        if (kept.consent === 'on') await putLedger();
        await putReportsOff();
      });
      await keeper.keepAll();
      return true;
    };
    return () => {
      const timer = setTimeout(() => (copy = undefined), UNDO_MILLISECONDS) as unknown as { unref?: () => void };
      timer.unref?.();
      return { undo, until: Date.now() + UNDO_MILLISECONDS };
    };
  }

  async function snapshot(): Promise<void> {
    await adapter.put('snapshot', [{ key: 'current', value: machine.snapshot() }]);
    fresh = 0;
  }

  /**
   * Clears stores and keeps what the choice is then, in one breath: a browser that ends half-way has all of it or nothing of
   * it. With the ledger, which another tab may have opened, goes what was spent: no reports from then on.
   */
  async function wipe(stores: StoreName[], choice: StoredRecord[]): Promise<void> {
    if (stores.includes('ledger')) kept.reportsOff ||= (await adapter.all('ledger')).length > 0;
    if (kept.reportsOff) choice.push(NO_REPORTS);
    await adapter.replace(stores, 'choice', choice);
  }

  /** That no reports are wanted is part of the choice, the same record for everybody; that they are is none. */
  function putReportsOff(): Promise<void> {
    return kept.reportsOff ? adapter.put('choice', [NO_REPORTS]) : adapter.remove('choice', ['reports']);
  }

  async function putLedger(): Promise<void> {
    await adapter.put('ledger', [
      { key: 'ledger', value: machine.ledger_bytes() },
      { key: 'seed', value: kept.seed },
    ]);
    kept.ledgerKept = true;
  }

  /** Tells other tabs; where nothing is said, that what is kept has changed. */
  function tell(message: Message = { kind: 'changed', consent: kept.consent }): void {
    channel?.postMessage(message);
  }

  /** Writes after all that was written before. A failure is remembered, not thrown: the shop goes on. */
  async function write(writing: () => Promise<void>): Promise<void> {
    const done = queue.then(() => attempt(writing));
    queue = done;
    await done;
  }

  /** The same, of what is kept in one state alone. */
  function writeWhereOn(writing: () => Promise<void>): Promise<void> {
    return write(async () => {
      if (kept.consent === 'on') await writing();
    });
  }

  async function attempt(doing: () => Promise<void>): Promise<void> {
    try {
      await doing();
    } catch (cause) {
      // Whatever an adapter throws is a failure of storage; the engine's own errors are not.
      if (cause instanceof WindowshopError && !(cause instanceof StorageError)) throw cause;
      fall(wordsOf(cause));
    }
  }

  /** From here on, memory alone. */
  function fall(problem: string): void {
    adapter.close();
    adapter = new MemoryStorage();
    kept.storage = { kind: 'memory', problem };
  }

  const keeper: Keeper = Object.assign(kept, {
    async start(consent?: Consent) {
      await attempt(async () => {
        await read(consent);
        const Channel = globalThis.BroadcastChannel as typeof BroadcastChannel | undefined;
        if (adapter.kind === 'indexeddb' && Channel) {
          channel = new Channel('windowshop');
          channel.onmessage = ({ data }: MessageEvent<Message>) => {
            // After our own writes, or what they keep would be missed.
            void write(() => hear(data));
          };
        }
      });
      if (kept.storage.problem !== undefined) setConsent(consent ?? 'off');
    },

    async append(event: RememberedEvent, gone: string[]) {
      changed();
      if (kept.consent !== 'on') return;
      tell({ kind: 'events', events: [event] });
      await write(async () => {
        await adapter.put('events', [rowOf(event)]);
        await openLedger();
        await letGo(gone);
        if (++fresh >= SNAPSHOT_EVERY) await snapshot();
      });
    },

    async forget(ids: string[]) {
      changed();
      await writeWhereOn(async () => {
        await letGo(ids);
        tell();
      });
    },

    async reminders() {
      const reminders = remindersNow();
      changed();
      await write(async () => {
        await adapter.replace(['reminders'], 'reminders', reminders.map((reminder) => ({ key: reminder.brand, value: reminder })));
        tell();
      });
    },

    async keepAll() {
      await writeWhereOn(async () => {
        const events = history();
        if (events.length > 0) {
          await adapter.put('events', events.map(rowOf));
          await snapshot();
          await openLedger();
        }
        tell();
      });
      await keeper.reminders();
    },

    async changeLedger<Result>(change: () => Result) {
      let result: Result | undefined;
      const doing = () =>
        writeWhereOn(async () => {
          if (!(await readLedger())) return;
          result = change();
          await putLedger();
          tell({ kind: 'ledger' });
        });
      const locks = (globalThis.navigator as Partial<Navigator> | undefined)?.locks;
      if (locks && adapter.kind === 'indexeddb') await locks.request('windowshop-ledger', doing);
      else await doing();
      changed();
      return result;
    },

    async choose(to: Consent) {
      const from = kept.consent;
      kept.chosen = true;
      if (from === to) {
        if (to === 'off') await write(() => adapter.put('choice', [choiceOf(to)]));
        return {};
      }
      const back = to === 'off' ? copied() : undefined;
      setConsent(to);
      leaveLedger();
      if (to === 'off') forgetAll(remindersNow());
      changed();
      await write(async () => {
        // A choice for this visit alone is kept in memory alone.
        await wipe(from === 'on' ? [...REMEMBERED, 'choice'] : ['choice'], to === 'session' ? [] : [choiceOf(to)]);
        tell();
      });
      if (to === 'on') await keeper.keepAll();
      return back?.() ?? {};
    },

    async allowReports(on: boolean) {
      if (on === !kept.reportsOff) return;
      kept.reportsOff = !on;
      await write(async () => {
        await putReportsOff();
        tell();
      });
      if (on) await keeper.changeLedger(() => machine.skip_report(now()));
      else changed();
    },

    async erase() {
      const back = copied();
      forgetAll([]);
      changed();
      await write(async () => {
        await wipe([...REMEMBERED, 'reminders'], []);
        tell();
      });
      return back();
    },

    async close() {
      channel?.close();
      await queue;
      adapter.close();
    },
  });
  return keeper;
}

function drawSeed(): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(32));
}

function rowOf(event: RememberedEvent): StoredRecord {
  return { key: event.id, value: event };
}

/** The choice is the same record for everybody who chose so: no time, no number. */
function choiceOf(consent: Consent): StoredRecord {
  return { key: 'consent', value: consent };
}
