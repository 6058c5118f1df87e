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

const CHOICE_KEY = 'consent';
const REPORTS_KEY = 'reports';
const SNAPSHOT_KEY = 'current';
const SET_ASIDE_KEY = 'set-aside';
const LEDGER_KEY = 'ledger';
const SEED_KEY = 'seed';
const NO_REPORTS: StoredRecord = { key: REPORTS_KEY, value: 'off' };

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

/** See the head of this file. */
export class Keeper {
  consent: Consent = 'off';
  /** What storage is in use and, where it is not what was asked for, why. */
  storage: { kind: string; problem?: string };
  /** Whether a ledger is kept: no report is made before that. */
  ledgerKept = false;
  /**
   * Whether the shopper wants no reports. An erasure takes the ledger along, so that nobody knows any more what was spent:
   * then too, until the shopper turns them on again.
   */
  reportsOff = false;
  /**
   * The secret that disguises are made from, and by which the arms of campaigns are drawn: kept beside the ledger, known
   * to this browser alone.
   */
  seed: Uint8Array = drawSeed();
  #adapter: StorageAdapter;
  readonly #machine: Machine;
  readonly #now: () => number;
  readonly #changed: () => void;
  #channel: BroadcastChannel | undefined;
  /** Rows appended since the last snapshot. */
  #fresh = 0;
  /** One write after another, in the order in which things happened. */
  #queue: Promise<unknown> = Promise.resolve();
  /** Whether the shopper has chosen, now or on an earlier visit. */
  chosen = false;

  constructor(machine: Machine, adapter: StorageAdapter, now: () => number, changed: () => void) {
    this.#machine = machine;
    this.#adapter = adapter;
    this.#now = now;
    this.#changed = changed;
    this.storage = { kind: adapter.kind };
  }

  /** Reads what is kept. `consent` overrides the kept choice. */
  async start(consent?: Consent): Promise<void> {
    await this.#try(async () => {
      await this.#read(consent);
      if (this.#adapter.kind === 'indexeddb' && typeof BroadcastChannel === 'function') {
        this.#channel = new BroadcastChannel('windowshop');
        this.#channel.onmessage = ({ data }: MessageEvent<Message>) => {
          // After our own writes, or what they keep would be missed.
          void this.#write(() => this.#hear(data));
        };
      }
    });
    if (this.storage.problem !== undefined) this.#setConsent(consent ?? 'off');
  }

  /** Keeps an event that the engine took in, and lets go of those it let go of. */
  async append(events: RememberedEvent[], gone: string[]): Promise<void> {
    this.#changed();
    if (this.consent !== 'on') return;
    this.#tell({ kind: 'events', events });
    await this.#write(async (adapter) => {
      await adapter.put('events', events.map(rowOf));
      await this.#openLedger(adapter);
      if (gone.length > 0) await this.#letGo(adapter, gone);
      this.#fresh += events.length;
      if (this.#fresh >= SNAPSHOT_EVERY) await this.#snapshot(adapter);
    });
  }

  /** Forgets events that the engine forgot. The snapshot goes first, so that nothing comes back from it. */
  async forget(ids: string[]): Promise<void> {
    this.#changed();
    await this.#write(async (adapter) => {
      if (this.consent !== 'on') return;
      await this.#letGo(adapter, ids);
      this.#tell();
    });
  }

  /** Keeps the reminders as they now are, whatever the consent. */
  async reminders(): Promise<void> {
    const reminders = this.#machine.kept_reminders() as KeptReminder[];
    this.#changed();
    await this.#write(async (adapter) => {
      await adapter.replace(['reminders'], 'reminders', reminders.map((reminder) => ({ key: reminder.brand, value: reminder })));
      this.#tell();
    });
  }

  /** Keeps everything the engine now remembers: after an import, and when keeping is first allowed. */
  async keepAll(): Promise<void> {
    await this.#write(async (adapter) => {
      if (this.consent !== 'on') return;
      const events = this.#history();
      if (events.length > 0) {
        await adapter.put('events', events.map(rowOf));
        await this.#snapshot(adapter);
        await this.#openLedger(adapter);
      }
      this.#tell();
    });
    await this.reminders();
  }

  /**
   * Changes the ledger, alone among all tabs: what is kept is read first, so that no tab's row or dice are lost to
   * another's, and what `change` did is kept before anything follows from it. Without a kept ledger nothing is done: it
   * is opened with the first event, and its first week is left out, so that no wiping and allowing again makes a second
   * report of a week.
   */
  async changeLedger<Result>(change: () => Result): Promise<Result | undefined> {
    let result: Result | undefined;
    const doing = () =>
      this.#write(async (adapter) => {
        if (this.consent !== 'on' || !(await this.#readLedger(adapter))) return;
        result = change();
        await this.#putLedger(adapter);
        this.#tell({ kind: 'ledger' });
      });
    const locks = (globalThis.navigator as Partial<Navigator> | undefined)?.locks;
    if (locks && this.#adapter.kind === 'indexeddb') await locks.request('windowshop-ledger', doing);
    else await doing();
    this.#changed();
    return result;
  }

  /** Changes the choice. What was remembered is erased when it may no longer be; the way back is returned then. */
  async choose(to: Consent): Promise<WayBack | undefined> {
    const from = this.consent;
    this.chosen = true;
    if (from === to) {
      if (to === 'off') await this.#write((adapter) => adapter.put('choice', [choiceOf(to)]));
      return undefined;
    }
    const before = to === 'off' ? this.#copy() : undefined;
    this.#setConsent(to);
    this.reportsOff ||= this.ledgerKept;
    this.ledgerKept = false;
    if (to === 'off') this.#forgetAll(this.#machine.kept_reminders() as KeptReminder[]);
    this.#changed();
    await this.#write(async (adapter) => {
      // A choice for this visit alone is kept in memory alone.
      await this.#wipe(adapter, from === 'on' ? [...REMEMBERED, 'choice'] : ['choice'], to === 'session' ? [] : [choiceOf(to)]);
      this.#tell({ kind: 'changed', consent: to });
    });
    if (to === 'on') await this.keepAll();
    return before && this.#undo(before, from);
  }

  /** Turns reports off, or on from the next week on. */
  async allowReports(on: boolean): Promise<void> {
    if (on === !this.reportsOff) return;
    this.reportsOff = !on;
    await this.#write(async (adapter) => {
      await this.#putReportsOff(adapter);
      this.#tell();
    });
    if (on) await this.changeLedger(() => this.#machine.skip_report(this.#now()));
    else this.#changed();
  }

  /** Erases everything but the choice. */
  async erase(): Promise<WayBack> {
    const before = this.#copy();
    this.reportsOff ||= this.ledgerKept;
    this.#forgetAll([]);
    this.#changed();
    await this.#write(async (adapter) => {
      await this.#wipe(adapter, [...REMEMBERED, 'reminders'], []);
      this.#tell();
    });
    return this.#undo(before, this.consent);
  }

  async close(): Promise<void> {
    this.#channel?.close();
    await this.#queue;
    this.#adapter.close();
  }

  // ---------------------------------------------------------------- reading

  async #read(consent?: Consent): Promise<void> {
    const kept = await this.#adapter.all('choice');
    const choice = kept.find(({ key }) => key === CHOICE_KEY)?.value;
    this.reportsOff = kept.some(({ key }) => key === REPORTS_KEY);
    this.chosen = choice !== undefined;
    this.#setConsent(consent ?? (choice === 'on' ? 'on' : 'off'));
    this.#machine.load_reminders((await this.#adapter.all('reminders')).map(({ value }) => value));
    if (this.consent !== 'on') return;

    const log = await this.#adapter.all('events');
    if (!(await this.#restore())) return;
    const inLog = new Set(log.map(({ key }) => key));
    const inSnapshot = new Set(this.#machine.event_ids());
    this.#machine.forget([...inSnapshot].filter((id) => !inLog.has(id)));
    const missing = log.filter(({ key }) => !inSnapshot.has(key)).map(({ value }) => value);
    // Rows that this engine cannot read stay in the log: a newer one may.
    this.#machine.load(missing);
    const gone = this.#machine.trim(this.#now());
    if (gone.length > 0) await this.#letGo(this.#adapter, gone);
    this.#fresh = missing.length;
    await this.#readLedger(this.#adapter);
  }

  /** Reads the kept ledger and its dice; `false` where none is kept. */
  async #readLedger(adapter: StorageAdapter): Promise<boolean> {
    const kept = new Map((await adapter.all('ledger')).map(({ key, value }) => [key, value]));
    const [ledger, seed] = [kept.get(LEDGER_KEY), kept.get(SEED_KEY)];
    this.ledgerKept = ledger instanceof Uint8Array && seed instanceof Uint8Array;
    if (ledger instanceof Uint8Array) this.#machine.load_ledger(ledger);
    if (seed instanceof Uint8Array) this.seed = seed;
    return this.ledgerKept;
  }

  /** Reads the snapshot; `false` where a newer engine wrote it, and nothing may be touched. */
  async #restore(): Promise<boolean> {
    const kept = (await this.#adapter.all('snapshot')).find(({ key }) => key === SNAPSHOT_KEY)?.value;
    if (kept === undefined) return true;
    try {
      this.#machine.restore(kept instanceof Uint8Array ? kept : new Uint8Array());
    } catch (error) {
      if (error instanceof WindowshopError && error.code === 'snapshot_newer') {
        this.#fall('a newer version of this shop keeps its memory here: this page remembers for the visit alone');
        return false;
      }
      await this.#adapter.put('snapshot', [{ key: SET_ASIDE_KEY, value: kept }]);
      await this.#adapter.remove('snapshot', [SNAPSHOT_KEY]);
    }
    return true;
  }

  /** What another tab did. */
  async #hear(message: Message): Promise<void> {
    if (message.kind === 'events') {
      if (this.consent === 'on') this.#machine.load(message.events);
    } else if (message.kind === 'ledger') {
      if (this.consent === 'on') await this.#readLedger(this.#adapter);
    } else {
      // What this tab remembers for the visit stays with it, unless nothing may be remembered any more.
      const own = this.consent === 'session' && message.consent !== 'off' ? this.#history() : [];
      this.#machine.erase();
      await this.#read(message.consent);
      this.#machine.load(own);
      if (this.consent === 'on') await this.#adapter.put('events', own.map(rowOf));
    }
    this.#changed();
  }

  // ---------------------------------------------------------------- writing

  #setConsent(to: Consent): void {
    this.consent = to;
    this.#machine.set_consent(to);
  }

  #history(): RememberedEvent[] {
    return this.#machine.history() as RememberedEvent[];
  }

  #forgetAll(but: KeptReminder[]): void {
    this.#machine.erase();
    this.#machine.load_reminders(but);
    this.seed = drawSeed();
    this.ledgerKept = false;
  }

  /** Lets go of events; the snapshot holds them too and goes with them. */
  async #letGo(adapter: StorageAdapter, gone: string[]): Promise<void> {
    await adapter.replace(['snapshot'], 'snapshot', []);
    await adapter.remove('events', gone);
  }

  /** Opens the ledger where none is kept. Its first week is left out. */
  async #openLedger(adapter: StorageAdapter): Promise<void> {
    if (this.ledgerKept || (await this.#readLedger(adapter))) return;
    this.#machine.skip_report(this.#now());
    await this.#putLedger(adapter);
    this.#tell({ kind: 'ledger' });
  }

  /** Everything an erasure would take. */
  #copy(): Remembered {
    return { events: this.#history(), reminders: this.#machine.kept_reminders() as KeptReminder[], ledger: this.#machine.ledger_bytes(), seed: this.seed, reportsOff: this.reportsOff };
  }

  /** The way back from an erasure; it leads nowhere once its time is over, or once it was gone. */
  #undo(copy: Remembered, consent: Consent): WayBack {
    let kept: typeof copy | undefined = copy;
    const timer = setTimeout(() => (kept = undefined), UNDO_MILLISECONDS) as unknown as { unref?: () => void };
    timer.unref?.();
    const undo = async (): Promise<boolean> => {
      if (!kept) return false;
      const { events, reminders, ledger, seed, reportsOff } = kept;
      kept = undefined;
      if (this.consent !== consent) await this.choose(consent);
      this.#machine.load(events);
      this.#machine.load_reminders(reminders);
      this.#machine.load_ledger(ledger);
      this.seed = seed;
      this.reportsOff = reportsOff;
      this.#changed();
      await this.#write(async (adapter) => {
        if (this.consent === 'on') await this.#putLedger(adapter);
        await this.#putReportsOff(adapter);
      });
      await this.keepAll();
      return true;
    };
    return { undo, until: Date.now() + UNDO_MILLISECONDS };
  }

  async #snapshot(adapter: StorageAdapter): Promise<void> {
    await adapter.put('snapshot', [{ key: SNAPSHOT_KEY, value: this.#machine.snapshot() }]);
    this.#fresh = 0;
  }

  /**
   * Clears stores and keeps what the choice is then, in one breath: a browser that ends half-way has all of it or nothing of
   * it. With the ledger, which another tab may have opened, goes what was spent: no reports from then on.
   */
  async #wipe(adapter: StorageAdapter, stores: StoreName[], choice: StoredRecord[]): Promise<void> {
    if (stores.includes('ledger')) this.reportsOff ||= (await adapter.all('ledger')).length > 0;
    if (this.reportsOff) choice.push(NO_REPORTS);
    await adapter.replace(stores, 'choice', choice);
  }

  /** That no reports are wanted is part of the choice, the same record for everybody; that they are is none. */
  #putReportsOff(adapter: StorageAdapter): Promise<void> {
    return this.reportsOff ? adapter.put('choice', [NO_REPORTS]) : adapter.remove('choice', [REPORTS_KEY]);
  }

  async #putLedger(adapter: StorageAdapter): Promise<void> {
    await adapter.put('ledger', [
      { key: LEDGER_KEY, value: this.#machine.ledger_bytes() },
      { key: SEED_KEY, value: this.seed },
    ]);
    this.ledgerKept = true;
  }

  /** Tells other tabs; where nothing is said, that what is kept has changed. */
  #tell(message: Message = { kind: 'changed', consent: this.consent }): void {
    this.#channel?.postMessage(message);
  }

  /** Writes after all that was written before. A failure is remembered, not thrown: the shop goes on. */
  async #write(writing: (adapter: StorageAdapter) => Promise<void>): Promise<void> {
    const done = this.#queue.then(() => this.#try(() => writing(this.#adapter)));
    this.#queue = done;
    await done;
  }

  async #try(doing: () => Promise<void>): Promise<void> {
    try {
      await doing();
    } catch (cause) {
      // Whatever an adapter throws is a failure of storage; the engine's own errors are not.
      if (cause instanceof WindowshopError && !(cause instanceof StorageError)) throw cause;
      this.#fall(wordsOf(cause));
    }
  }

  /** From here on, memory alone. */
  #fall(problem: string): void {
    this.#adapter.close();
    this.#adapter = new MemoryStorage();
    this.storage = { kind: 'memory', problem };
  }
}

function drawSeed(): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(32));
}

function rowOf(event: RememberedEvent): StoredRecord {
  return { key: event.id, value: event };
}

/** The choice is the same record for everybody who chose so: no time, no number. */
function choiceOf(consent: Consent): StoredRecord {
  return { key: CHOICE_KEY, value: consent };
}
