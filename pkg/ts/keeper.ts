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
type Message = { kind: 'events'; events: RememberedEvent[] } | { kind: 'changed'; consent?: Consent } | { kind: 'ledger' };

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
  /** What is told of the storage while it does not fail. */
  let sound = kept.storage;
  let channel: BroadcastChannel | undefined;
  /** Events that are not in the log: on their way there, or of a write that failed. Reading the log does not bring them back. */
  const waiting = new Map<string, RememberedEvent>();
  /** How often the shopper chose or erased here. */
  let choices = 0;
  /** Rows appended since the last snapshot. */
  let fresh = 0;
  /** One write after another, in the order in which things happened. */
  let queue: Promise<unknown> = Promise.resolve();

  // ---------------------------------------------------------------- reading

  /** What a store of few records holds, by key. */
  async function rowsIn(store: StoreName): Promise<Record<string, unknown>> {
    return Object.fromEntries((await adapter.all(store)).map(({ key, value }) => [key, value]));
  }

  /** Reads what is kept; gives the choice that is. What was remembered is forgotten once all was read, so that memory is never empty meanwhile. */
  async function read(consent?: Consent, forget?: () => void): Promise<unknown> {
    const before = choices;
    const { consent: choice, reports } = await rowsIn('choice');
    const reminders = await rowsIn('reminders');
    const to = consent ?? (choice === 'on' ? 'on' : 'off');
    const log = new Map(Object.entries(to === 'on' ? await rowsIn('events') : {}));
    const bytes = to === 'on' && (await rowsIn('snapshot'))['current'];
    // What was chosen or erased meanwhile is newer than what was read.
    if (before !== choices) return choice;
    forget?.();
    kept.reportsOff = !!reports;
    kept.chosen ||= !!choice;
    setConsent(to);
    machine.load_reminders(Object.values(reminders));
    if (to !== 'on') return choice;

    // What happened while this was read is on its way to the log. What the snapshot has beyond both was forgotten since.
    const own = machine.event_ids();
    try {
      if (bytes) machine.restore(bytes as Uint8Array);
    } catch (error) {
      if ((error as WindowshopError).code === 'snapshot_newer') {
        // Nothing of it may be touched.
        adapter.close();
        adapter = new MemoryStorage();
        sound = kept.storage = { kind: 'memory', problem: 'a newer version keeps memory here' };
        return choice;
      }
      await adapter.replace(['snapshot'], 'snapshot', [{ key: 'set-aside', value: bytes }]);
    }
    machine.forget(machine.event_ids().filter((id) => !log.delete(id) && !own.includes(id)));
    const missing = [...log.values()];
    // Rows that this engine cannot read stay in the log: a newer one may.
    machine.load(missing);
    await letGo(machine.trim(now()));
    fresh = missing.length;
    await readLedger();
    return choice;
  }

  /** Reads the kept ledger and its dice; `false` where none is kept. */
  async function readLedger(): Promise<boolean> {
    const { ledger, seed } = await rowsIn('ledger');
    kept.ledgerKept = !!seed;
    if (!seed) return false;
    kept.seed = seed as Uint8Array;
    try {
      machine.load_ledger(ledger as Uint8Array);
      return true;
    } catch {
      // A newer engine wrote it, or it is damaged: what was spent is not known, so nothing is reported, and it stays as it is.
      return !(kept.reportsOff = true);
    }
  }

  /** What another tab did. */
  async function hear(message: Message): Promise<void> {
    if (message.kind === 'changed') {
      const { consent = kept.consent } = message;
      let own: RememberedEvent[] = [];
      const choice = await read(consent, () => {
        // What this tab alone remembers stays with it, unless nothing may be remembered any more.
        if (consent !== 'off') own = [consent, kept.consent].includes('session') ? history() : [...waiting.values()];
        // The secret goes with what was kept, in every tab: this one's is its own only while it keeps none.
        if (kept.ledgerKept || consent === 'off') forgetAll([]);
        else machine.erase();
        machine.load(own);
        wait(own);
      });
      if (kept.consent === 'on') {
        await putWaiting();
        // The other has read the log already, or may have.
        if (own.length) tell({ kind: 'events', events: own });
      }
      // What this tab wrote before it heard of an Off goes too.
      else if (choice === 'off') await adapter.replace(REMEMBERED, 'events', []);
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
    waiting.clear();
    machine.load_reminders(but);
    kept.seed = drawSeed();
    leaveLedger();
  }

  /** Lets go of events; the snapshot holds them too and goes with them. */
  async function letGo(gone: string[]): Promise<void> {
    if (!gone.length) return;
    await adapter.replace(['snapshot'], 'snapshot', []);
    await adapter.remove('events', gone);
  }

  /** Opens the ledger where none is kept. Its first week is left out. */
  async function openLedger(): Promise<void> {
    if (kept.ledgerKept || (await readLedger())) return;
    machine.skip_report(now());
    await putLedger();
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
      let back = false;
      // In its turn, in one go: what another tab did is heard before or after.
      await write(async () => {
        // Chosen otherwise meanwhile: there nothing leads back.
        if (kept.consent !== consent) return;
        back = true;
        machine.load(events);
        wait(events);
        machine.load_reminders(reminders);
        machine.load_ledger(ledger);
        Object.assign(kept, rest);
        if (consent === 'on') await putLedger();
        await putReportsOff();
        await putAll();
      });
      changed();
      return back;
    };
    return () => {
      const timer = setTimeout(() => (copy = undefined), UNDO_MILLISECONDS) as unknown as { unref?: () => void };
      timer.unref?.();
      return { undo, until: Date.now() + UNDO_MILLISECONDS };
    };
  }

  function wait(events: RememberedEvent[]): void {
    for (const event of events) waiting.set(event.id, event);
  }

  function stopWaiting(ids: string[]): void {
    for (const id of ids) waiting.delete(id);
  }

  /** Writes what waits for it, and a snapshot after so many rows. */
  async function putWaiting(snapshotEvery = SNAPSHOT_EVERY): Promise<void> {
    const rows = [...waiting.values()].map(rowOf);
    if (rows.length) {
      await adapter.put('events', rows);
      stopWaiting(rows.map(({ key }) => key));
      kept.storage = sound;
      fresh += rows.length;
      await openLedger();
    }
    if (fresh < snapshotEvery) return;
    await adapter.put('snapshot', [{ key: 'current', value: machine.snapshot() }]);
    fresh = 0;
  }

  /** Writes everything that the engine now remembers. */
  async function putAll(): Promise<void> {
    if (kept.consent === 'on') await putWaiting(1);
    await putReminders();
  }

  async function putReminders(): Promise<void> {
    await adapter.replace(['reminders'], 'reminders', remindersNow().map((reminder) => ({ key: reminder.brand, value: reminder })));
    // What a write before left out may fail again.
    if (!waiting.size) kept.storage = sound;
    tell();
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
    tell({ kind: 'ledger' });
  }

  /** Tells other tabs; where nothing is said, that what is kept has changed. */
  function tell(message: Message = { kind: 'changed' }): void {
    channel?.postMessage(message);
  }

  /** Writes after all that was written before. A failure is remembered, not thrown: the shop goes on, and the next is tried again. */
  function write(writing: () => Promise<unknown>): Promise<unknown> {
    // The machine is asked first: once it was disposed of nothing is written.
    const done = queue.then(() => (machine.state(), writing())).catch((cause) => {
      // Whatever an adapter throws is a failure of storage; the engine's own errors are not.
      if (cause instanceof WindowshopError && !(cause instanceof StorageError)) throw cause;
      kept.storage = { kind: 'memory', problem: wordsOf(cause) };
    });
    // One that fails keeps none of the later from being written.
    queue = done.catch(() => undefined);
    return done;
  }

  /** The same, of what is kept in one state alone. */
  function writeWhereOn(writing: () => Promise<unknown>): Promise<unknown> {
    return write(async () => {
      if (kept.consent === 'on') await writing();
    });
  }

  const keeper: Keeper = Object.assign(kept, {
    async start(consent?: Consent) {
      try {
        if (adapter.name) {
          channel = new BroadcastChannel(adapter.name);
          channel.onmessage = ({ data }: MessageEvent<Message>) => {
            // After our own writes, or what they keep would be missed.
            void write(() => hear(data));
          };
        }
      } catch {
        // A browser that blocks cookies refuses it, and not every page has it: nothing is heard of other tabs then.
      }
      await write(() => read(consent));
      if (kept.storage.problem) setConsent(consent ?? 'off');
    },

    async append(event: RememberedEvent, gone: string[]) {
      stopWaiting(gone);
      wait([event]);
      changed();
      if (kept.consent !== 'on') return;
      tell({ kind: 'events', events: [event] });
      await writeWhereOn(async () => {
        await putWaiting();
        await letGo(gone);
      });
    },

    async forget(ids: string[]) {
      stopWaiting(ids);
      changed();
      await writeWhereOn(async () => {
        await letGo(ids);
        tell();
      });
    },

    async reminders() {
      changed();
      await write(putReminders);
    },

    async keepAll() {
      wait(history());
      await write(putAll);
      changed();
    },

    async changeLedger<Result>(change: () => Result) {
      let result: Result | undefined;
      const doing = () =>
        writeWhereOn(async () => {
          if (!(await readLedger())) return;
          result = change();
          await putLedger();
        });
      const locks = (globalThis.navigator as Partial<Navigator> | undefined)?.locks;
      await (locks && adapter.name ? locks.request(adapter.name, doing) : doing());
      changed();
      return result;
    },

    async choose(to: Consent) {
      // What is kept goes where it may no longer be, also what the `consent` option passed over. The choice is the same record for
      // everybody who chose so, without time or number; one for this visit alone is kept in memory alone.
      const keep = () => wipe(to === 'on' ? ['choice'] : [...REMEMBERED, 'choice'], to === 'session' ? [] : [{ key: 'consent', value: to }]);
      kept.chosen = true;
      if (kept.consent === to) {
        await write(keep);
        return {};
      }
      const back = to === 'off' ? copied() : undefined;
      choices++;
      setConsent(to);
      leaveLedger();
      if (to === 'off') forgetAll(remindersNow());
      changed();
      await write(async () => {
        await keep();
        tell({ kind: 'changed', consent: to });
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
      choices++;
      forgetAll([]);
      changed();
      await write(async () => {
        await wipe([...REMEMBERED, 'reminders'], []);
        tell();
      });
      return back();
    },

    async close() {
      // What is being written is still told; nothing is heard any more.
      if (channel) channel.onmessage = null;
      await queue;
      channel?.close();
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
