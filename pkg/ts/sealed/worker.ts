/**
 * The worker's side: an engine that is asked by messages. Built into one file, `sealed-worker.js`, which imports nothing
 * and holds no code that fetches, but for the tries of seal.ts, which have to fail.
 */

import { begin } from '../begin.js';
import { WindowshopError, wordsOf } from '../errors.js';
import { startWasm } from '../machine.js';
import type { Engine } from '../types.js';
import { BUILD } from './build.js';
import { tryAll } from './seal.js';
import { METHODS, VALUES } from './wire.js';
import type { Asked, Method, Start, Telling, Told, ToldError, Tried, Value } from './wire.js';

/** What a worker's global object has, of what is used here. */
interface Room extends EventTarget {
  readonly location: { readonly href: string };
  readonly navigator: object;
  postMessage(told: Told): void;
  /** Set once: the tries of an open worker may run this script a second time in it. */
  windowshop?: true;
}
const room = globalThis as unknown as Room;

let engine: Engine | undefined;
/** The shop's own clock, as the page told it last; absent where the worker's is used. */
let told: number | undefined;
/** The values that were told last, each as it was written. */
const known = new Map<Value, string | undefined>();
/** Ways back from an erasure, by number. */
const undos: (() => Promise<void>)[] = [];
/** Reports that the page was asked to send, by number. */
const sending: ((accepted: boolean) => void)[] = [];

if (!room.windowshop) {
  room.windowshop = true;
  room.addEventListener('message', ({ data }: Event & { data?: Asked }) => {
    if (data) hear(data);
  });
}

function hear(asked: Asked): void {
  if (asked.ask === 'ping') room.postMessage({ tell: 'pong', build: BUILD });
  else if (asked.ask === 'seal') void trySeal().then((tried) => room.postMessage({ tell: 'seal', tried }));
  else if (asked.ask === 'sent') sending[asked.report]?.(asked.accepted);
  else {
    told = asked.at;
    // Asked at once and in turn, as in the page: what is called later sees what was called before.
    void answer(asked.id, async () => {
      if (asked.ask === 'start') return start(asked.start);
      return asked.ask === 'undo' ? undos[asked.undo]?.() : call(asked.method, asked.given);
    });
  }
}

async function trySeal(): Promise<Tried> {
  try {
    return await tryAll(room.location.href);
  } catch (thrown) {
    // What could not be tried is not known to be refused.
    return { open: [wordsOf(thrown)], policies: [] };
  }
}

async function start({ wasm, pack, reports, privacyControl, ...settings }: Start): Promise<void> {
  // A browser's extension may set it in pages alone.
  if (privacyControl) Object.defineProperty(room.navigator, 'globalPrivacyControl', { value: true });
  await startWasm(() => Promise.resolve(wasm));
  engine = await begin(pack, {
    ...settings,
    now: () => told ?? Date.now() + pack.correction,
    reports: reports ? async () => (body) => new Promise((resolve) => room.postMessage({ tell: 'report', report: sending.push(resolve) - 1, body })) : undefined,
  });
  engine.subscribe(() => room.postMessage({ tell: 'change', ...telling() }));
}

function call(method: Method | 'dispose', given: unknown[]): unknown {
  if (!engine) throw new TypeError('the engine is not started');
  if (method === 'dispose') return engine.dispose();
  if (!METHODS.includes(method)) throw new TypeError('an engine has no such method');
  const [owner, name] = find(engine, method);
  return (owner[name] as (...given: unknown[]) => unknown).apply(owner, given);
}

/** The object that a path leads to, and the name in it. */
function find(whole: Engine, path: string): [owner: Record<string, unknown>, name: string] {
  const names = path.split('.');
  const name = names.pop() ?? '';
  return [names.reduce((owner, inner) => owner[inner] as Record<string, unknown>, whole as unknown as Record<string, unknown>), name];
}

async function answer(id: number, asked: () => Promise<unknown>): Promise<void> {
  let message: Told;
  try {
    const given = await asked();
    const { undo } = (given ?? {}) as { undo?: () => Promise<void> };
    const plain = typeof undo === 'function' ? { answer: { ...(given as object), undo: undefined }, undo: undos.push(undo) - 1 } : { answer: given };
    message = { tell: 'answer', id, ...plain, ...telling() };
  } catch (thrown) {
    message = { tell: 'error', id, error: toldError(thrown), ...telling() };
  }
  room.postMessage(message);
}

function toldError(thrown: unknown): ToldError {
  const { name, code } = thrown instanceof WindowshopError ? thrown : { name: 'Error', code: undefined };
  return { name, code, message: wordsOf(thrown) };
}

/** The values that changed since they were told last. */
function telling(): Telling {
  if (!engine) return {};
  const values: Record<string, unknown> = {};
  for (const path of VALUES) {
    let value: unknown;
    try {
      const [owner, name] = find(engine, path);
      value = owner[name];
    } catch {
      continue; // of an engine that was disposed of
    }
    const written = JSON.stringify(value);
    if (known.has(path) && known.get(path) === written) continue;
    known.set(path, written);
    values[path] = value;
  }
  return Object.keys(values).length > 0 ? { values } : {};
}
