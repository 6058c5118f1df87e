/**
 * Windowshop in the browser, sooner: an engine over the pack's excerpt, which is the whole one as soon as that is there.
 *
 * The excerpt has every sale and brand and the first items of each (docs/pack.md), the same for every shopper. What is listed
 * from it has the scores of the whole pack. Nothing here but when which file is fetched.
 */

import { createEngineWith } from './core.js';
import { wordsOf } from './errors.js';
import { fail } from './failing.js';
import { asManifest, fetchManifest } from './load.js';
import { fetchAll, isPackBytes, packOf } from './sources.js';
import type { News, Pack, Told } from './sources.js';
import type { Engine, EngineOptions, EventItem } from './types.js';
import { defaultWasm } from './wasm-file.js';

export * from './public.js';

/** An engine that may begin with the excerpt of its pack. */
export interface EarlyEngine extends Engine {
  /**
   * When the whole pack is open: `true` where it came after the excerpt, `false` where the engine began with it. Until then
   * `catalogue` and lists have the excerpt's items alone, and an event about another item waits. Listeners of `subscribe` are
   * told when it is there.
   *
   * Rejects with a {@link LoadError} where it cannot be fetched; the excerpt stays open then, and `refresh` tries again.
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
 * Makes an engine over the excerpt of its pack, and goes on to fetch the whole. Where the manifest names no excerpt, or the
 * pack is handed over, it begins with the whole.
 *
 * @throws {@link LoadError} where something cannot be fetched or is refused. Rejects with `signal.reason` when it is aborted.
 */
export async function createEngine(options: EngineOptions): Promise<EarlyEngine> {
  const leaving = new AbortController();
  /** Fetches the whole pack; nothing where it is open. */
  let rest: ((language: string) => Promise<News>) | undefined;

  async function first(given: EngineOptions, speaks?: Told): Promise<Pack> {
    const { pack: address } = given;
    if (isPackBytes(address)) return packOf(given, speaks);
    const found = await fetchManifest(address, given);
    const { manifest } = found;
    if (!manifest.excerpt) return fetchAll(found, given, speaks);
    const excerpt = await Promise.resolve({ ...manifest, ...manifest.excerpt }).then(asManifest).catch((cause: unknown) => fail('pack_load', 'manifest', [wordsOf(cause), address], cause));
    rest = (language) => fetchAll(found, { language, signal: leaving.signal });
    return fetchAll({ ...found, manifest: excerpt }, given, speaks);
  }

  const engine = await createEngineWith(options, defaultWasm, first);
  const { dispose, observe, refresh } = engine as Inner;
  let waiting = rest !== undefined;
  /** Events about items that are not in the excerpt, and all that came after them. */
  let queue: Promise<unknown> | undefined;

  /** Only after the whole pack is there, or known not to come, is there anything newer. */
  const whole = rest ? rest(engine.language).then((news) => refresh(news)).finally(() => (waiting = false)) : Promise.resolve(false);
  const settled = whole.catch(() => undefined);

  /** Whether an event is about no other items than those at hand; what it should be, `observe` says. */
  const isAtHand = (event: unknown): boolean => {
    const items = (event as { params?: { items?: unknown } } | undefined)?.params?.items;
    return !Array.isArray(items) || items.every((item: Partial<EventItem> | null) => engine.catalogue.item(String(item?.item_id)));
  };

  return Object.assign(engine, {
    whole,
    observe(...given: Parameters<Inner['observe']>) {
      const [event, params] = given;
      const told = typeof event === 'string' ? { name: event, params } : event;
      if (!waiting || (!queue && isAtHand(told))) return observe(...given);
      const done = (queue ??= settled).then(() => observe(...given));
      queue = done.catch(() => undefined);
      return done;
    },
    refresh: (news?: News) => settled.then(() => refresh(news)),
    dispose() {
      leaving.abort();
      return dispose();
    },
  });
}
