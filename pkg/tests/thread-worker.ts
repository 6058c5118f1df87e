/**
 * A worker without a thread, for Node.js: it runs the built script with a global object of its own, and copies messages as
 * a browser does. It has no seal to try, so it says of itself what a sealed one would; tests/browser/sealed.test.ts tries
 * real ones.
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileFunction } from 'node:vm';
import { root } from './fixture.js';

const script = readFileSync(join(root, 'pkg/dist/sealed-worker.js'), 'utf8');
const run = compileFunction(script, ['globalThis']) as (scope: object) => void;

type Listener = (event: { data: unknown }) => void;
interface Message {
  ask?: string;
}

/** What a sealed worker says when it is asked to try its ways out. */
export const SEALED = { open: [] as string[], policies: ["default-src 'none'; script-src 'wasm-unsafe-eval'"] };

export class ThreadWorker {
  /** Those that run now. */
  static readonly running = new Set<ThreadWorker>();
  /** What the next ones say of their ways out. */
  static tried = SEALED;
  onmessage?: Listener;
  onerror?: (event: { message?: string; preventDefault(): void }) => void;
  /** What the script hears. */
  readonly #listeners: Listener[] = [];

  constructor() {
    ThreadWorker.running.add(this);
    const scope = {
      // Not the page's: what a browser tells its pages it need not tell its workers.
      navigator: {},
      location: { href: 'https://shop.example/sealed-worker.js' },
      postMessage: (message: unknown) => this.say(message),
      addEventListener: (_: string, listener: Listener) => this.#listeners.push(listener),
    };
    run(scope);
  }

  /** Says something to the page, as the script does. */
  say(message: unknown): void {
    const data = structuredClone(message);
    setImmediate(() => ThreadWorker.running.has(this) && this.onmessage?.({ data }));
  }

  postMessage(message: Message, transfer: Transferable[] = []): void {
    const data = structuredClone(message, { transfer: transfer as never });
    if (message.ask === 'seal') this.say({ tell: 'seal', tried: ThreadWorker.tried });
    else setImmediate(() => ThreadWorker.running.has(this) && this.#listeners.forEach((listener) => listener({ data })));
  }

  terminate(): void {
    ThreadWorker.running.delete(this);
  }
}
