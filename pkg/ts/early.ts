/**
 * Windowshop in the browser, sooner: an engine over the pack's excerpt, which is the whole one as soon as that is there.
 *
 * The excerpt has every sale and brand, today's items and the first of the others (docs/pack.md), the same for every shopper.
 * What is listed from it has the scores of the whole pack, but for co-visitation with items that are not there. Nothing here but
 * when which file is fetched, and what waits for it.
 */

import { createEngineWith } from './core.js';
import { EngineError, LoadError, wordsOf } from './errors.js';
import { fail, part } from './failing.js';
import { fetchManifest } from './load.js';
import { fetchAll, isDevelopment, isPackBytes, packOf } from './sources.js';
import type { Arrival, News, Pack } from './sources.js';
import type { Engine, EngineOptions, EventItem } from './types.js';
import { defaultWasm } from './wasm-file.js';

export * from './public.js';

/** An engine that may begin with the excerpt of its pack. */
export interface EarlyEngine extends Engine {
  /** Whether the whole pack is open. Listeners of `subscribe` are told when it is. */
  readonly isWhole: boolean;
  /**
   * When the whole pack is open: `true` where it came after the excerpt, `false` where the engine began with it. Until then
   * `catalogue` and lists have the excerpt's items alone.
   *
   * Rejects with a {@link LoadError} where the rest cannot be fetched; the excerpt stays open then, and `refresh` tries again.
   * Rejects with an {@link EngineError} `disposed` where the engine is let go of before.
   */
  readonly whole: Promise<boolean>;
}

/** An engine as this package's own files call it. */
interface Inner extends Omit<Engine, 'observe' | 'refresh'> {
  observe(event: unknown, params?: unknown): Promise<void>;
  /** Takes in what was fetched, or looks for it. */
  refresh(news?: News): Promise<boolean>;
}

/**
 * Makes an engine over the excerpt of its pack, and goes on to fetch the whole. Where the manifest names no excerpt or it
 * cannot be used, or where the pack is handed over, it begins with the whole.
 *
 * @throws {@link LoadError} where something cannot be fetched or is refused. Rejects with `signal.reason` when it is aborted
 * before the engine is there; after that `dispose` calls the rest off.
 */
export async function createEngine(options: EngineOptions): Promise<EarlyEngine> {
  const leaving = new AbortController();
  /** The whole pack, on its way; nothing where it is open. */
  let rest: Promise<News> | undefined;

  async function first(given: EngineOptions, arrival: Arrival): Promise<Pack> {
    const { pack: address } = given;
    if (isPackBytes(address)) return packOf(given, arrival);
    const found = await fetchManifest(address, given);
    const { manifest } = found;
    if (!manifest.excerpt) return fetchAll(found, given, arrival);
    const { asManifest } = await part(import('./landing.js'));
    const excerpt = await Promise.resolve({ ...manifest, ...manifest.excerpt }).then(asManifest).catch((cause: unknown) => fail('pack_load', 'manifest', [wordsOf(cause), address], cause));
    const pack = await fetchAll({ ...found, manifest: excerpt }, given, arrival);
    // Asked for at once, before anything that is remembered is read: when it is asked for tells nothing of it. So does what is
    // fetched to take it in.
    rest = Promise.all([fetchAll(found, { language: given.language, signal: leaving.signal }, { room: arrival.room! }), part(import('./renewal.js'))])
      .then(([news]) => news)
      .catch((cause: unknown) => {
        leaving.signal.throwIfAborted();
        throw cause;
      });
    rest.catch(() => undefined);
    return pack;
  }

  const engine = await createEngineWith(options, defaultWasm, first).catch((cause: unknown) => {
    leaving.abort(cause);
    rest = undefined;
    if (!(cause instanceof LoadError) || !/^(pack|text)_/.test(cause.code)) throw cause;
    // The shop does not have to do without for what is only there to be sooner.
    warn(cause);
    return createEngineWith(options, defaultWasm);
  });
  return rest ? becoming(engine as Inner, rest, leaving, options) : Object.assign(engine, { isWhole: true, whole: Promise.resolve(false) });
}

/** Tells developers of what nobody has to wait for. */
function warn(cause: unknown, strict = isDevelopment()): void {
  if (strict) console.warn(cause);
}

/** An engine over an excerpt, on its way to be one over the whole pack. */
function becoming(engine: Inner, rest: Promise<News>, leaving: AbortController, { strict }: EngineOptions): EarlyEngine {
  const { consent, history, dispose, observe, refresh } = engine;
  const { set } = consent;
  const { erase } = history;
  const begun = engine.state;
  /** Whether the rest is still coming. */
  let coming = true;
  /** Lets events go on that wait for their items, or drops them. */
  const waiting = new Set<(drop: boolean) => void>();
  const release = (drop = false): void => {
    for (const go of [...waiting]) go(drop);
    waiting.clear();
  };

  // A page that is left has no whole to wait for: what waits, and what is told on the way out, is kept as the shop states it, like
  // any item that the pack lacks. It may be come back to.
  let left = false;
  const look = ({ type }: Event): void => {
    left = type === 'pagehide';
    if (left) release();
  };
  const moves = ['pagehide', 'pageshow'];
  for (const move of moves) globalThis.addEventListener?.(move, look);

  const whole = rest.then((news) => refresh(news)).finally(() => {
    coming = false;
    release();
    for (const move of moves) globalThis.removeEventListener?.(move, look);
  });
  whole.catch((cause: unknown) => {
    if (!leaving.signal.aborted) warn(cause, strict);
  });

  // Heard before any page's own listener. What may no longer be remembered is not remembered later either, whichever tab said so.
  let remembers = false;
  const holds = (): boolean => waiting.size > 0 && history.list().length > 0;
  const unsubscribe = engine.subscribe(() => {
    const before = remembers;
    remembers = holds();
    if (consent.state === 'off' || (before && !remembers)) release(true);
    early.isWhole = engine.state !== begun;
    if (early.isWhole) unsubscribe();
  });

  /** Whether an event is about no other items than those at hand; what it should be, `observe` says. */
  const isAtHand = (event: unknown): boolean => {
    const items = (event as { params?: { items?: unknown } } | undefined)?.params?.items;
    return !Array.isArray(items) || items.every((item: Partial<EventItem> | null) => engine.catalogue.item(String(item?.item_id)));
  };

  Object.assign(consent, {
    set(to: Parameters<typeof set>[0]) {
      if (to === 'off') release(true);
      return set(to);
    },
  });
  Object.assign(history, {
    erase() {
      release(true);
      return erase();
    },
  });
  const early = Object.assign(engine, {
    isWhole: false,
    whole,
    observe(...given: Parameters<Inner['observe']>) {
      const [event, params] = given;
      if (!coming || left || consent.state === 'off' || isAtHand(typeof event === 'string' ? { params } : event)) return observe(...given);
      const waits = new Promise<boolean>((go) => waiting.add(go));
      remembers = holds();
      return waits.then((drop) => (drop ? undefined : observe(...given)));
    },
    refresh: () => (coming ? whole : refresh()),
    async dispose() {
      leaving.abort(new EngineError('disposed', 'this engine was disposed of before the whole pack was there'));
      // What waits is kept as the shop states it, like any item that the pack lacks.
      release();
      await Promise.resolve();
      return dispose();
    },
  });
  return early as unknown as EarlyEngine;
}
