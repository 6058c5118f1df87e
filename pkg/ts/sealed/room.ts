/**
 * The page's side of the worker: starts it, asks whether it is sealed, calls it, and hears what it tells.
 *
 * What comes out of the worker is data and nothing else: answers, errors, and the one report a visit that the page then sends
 * for it.
 */

import { EngineError, EventError, LoadError, RequestError, StorageError, WindowshopError, wordsOf } from '../errors.js';
import { tellAll } from '../listeners.js';
import type { TrustedAddress } from '../types.js';
import { BUILD } from './build.js';
import { isSealed, POLICY } from './seal.js';
import type { Asked, Method, Start, Told, ToldError } from './wire.js';

/** Without the fields that {@link Room} adds. */
type Question = Asked extends infer One ? (One extends { id: number } ? Omit<One, 'id' | 'at'> : never) : never;

interface Waiting {
  resolve: (answer: unknown) => void;
  reject: (reason: unknown) => void;
}

/** What the page does for the worker. */
export interface Services {
  /** The shop's own clock, where there is one. */
  now: (() => number) | undefined;
  /** Sends a report to the endpoint, where there is one. */
  send: ((body: unknown) => Promise<boolean>) | undefined;
}

const KINDS: readonly (typeof WindowshopError)[] = [EngineError, EventError, LoadError, RequestError, StorageError];

/** A worker, and what was asked of it. */
export class Room {
  readonly listeners = new Set<() => void>();
  /** What the worker told last, by path. */
  readonly values: Record<string, unknown> = {};
  readonly #worker: Worker;
  readonly #address: string;
  readonly #services: Services;
  readonly #waiting = new Map<number, Waiting>();
  /** Why nothing can be asked any more. */
  #over: Error | undefined;
  #last = 0;
  #heard = false;

  /** Starts the worker; one that cannot be started fails what is asked of it. */
  constructor(address: string | URL | TrustedAddress, services: Services) {
    this.#address = String(address);
    this.#services = services;
    try {
      this.#worker = new Worker(trusted(address) as string, { name: 'windowshop' });
    } catch (cause) {
      throw new LoadError('worker_load', `the worker could not be started (${wordsOf(cause)}): its script lies on the page's own origin, and the page's Content-Security-Policy allows worker-src to it and, where it has require-trusted-types-for, 'windowshop' in trusted-types; or pass a TrustedScriptURL of your own as 'worker' (${this.#address})`, { cause });
    }
    this.#worker.onmessage = ({ data }: MessageEvent<Told>) => {
      this.#heard = true;
      this.#hear(data);
    };
    this.#worker.onerror = (event) => {
      event.preventDefault();
      // What has not said a word yet is not the worker: nothing, or something else that is served there, such as a page.
      const why = event.message ? ` (${event.message})` : '';
      this.close(
        this.#heard
          ? new EngineError('engine_failed', `the engine failed${why}: reload the page`)
          : new LoadError('worker_load', `the worker's script could not be loaded${why}: is it served there, as JavaScript, and does the page's Content-Security-Policy allow worker-src to it? (${this.#address})`),
      );
    };
  }

  /**
   * Whether the worker is sealed.
   *
   * @throws {LoadError} `not_sealed` where it is not and has to be
   */
  async sealed(allowUnsealed: boolean): Promise<boolean> {
    const tried = await new Promise<Extract<Told, { tell: 'seal' }>['tried']>((resolve, reject) => {
      this.#waiting.set(0, { resolve: resolve as Waiting['resolve'], reject });
      this.#post({ ask: 'ping' });
      this.#post({ ask: 'seal' });
    });
    if (isSealed(tried)) return true;
    if (allowUnsealed) return false;
    const found = tried.open.length > 0 ? `${tried.open.join(', ')} got through` : `its policy is ${tried.policies.join(' and ') || 'not told by this browser'}`;
    throw new LoadError('not_sealed', `the worker is not sealed (${found}): serve its script with the header Content-Security-Policy: ${POLICY} (${this.#address})`);
  }

  /** Starts the engine in it. What is listed is moved and not copied. */
  async start(start: Start, moved: Transferable[]): Promise<void> {
    await this.#ask({ ask: 'start', start }, moved);
  }

  /** Calls a method of the engine. */
  call(method: Method | 'dispose', given: unknown[]): Promise<unknown> {
    return this.#ask({ ask: 'call', method, given });
  }

  /** Ends the worker. Whatever waits or is called later fails so. */
  close(reason: Error): void {
    if (this.#over) return;
    this.#over = reason;
    this.#worker.terminate();
    this.listeners.clear();
    for (const { reject } of this.#waiting.values()) reject(reason);
    this.#waiting.clear();
  }

  async #ask(question: Question, moved: Transferable[] = []): Promise<unknown> {
    if (this.#over) throw this.#over;
    const at = this.#services.now?.();
    const id = ++this.#last;
    const answered = new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    try {
      this.#post({ ...question, id, at } as Asked, moved);
    } catch (cause) {
      this.#waiting.delete(id);
      throw cause;
    }
    return answered;
  }

  #post(asked: Asked, moved: Transferable[] = []): void {
    try {
      this.#worker.postMessage(asked, moved);
    } catch (cause) {
      // Functions, elements, a framework's proxies: what cannot be copied is nothing that the engine reads.
      this.#worker.postMessage(copied(asked, cause), moved);
    }
  }

  #hear(told: Told): void {
    if (told.tell === 'seal') this.#settle(0)?.resolve(told.tried);
    else if (told.tell === 'report') void this.#report(told.report, told.body);
    else if (told.tell === 'pong') this.#check(told.build);
    else {
      Object.assign(this.values, told.values);
      if (told.tell === 'change') tellAll(this.listeners);
      else if (told.tell === 'error') this.#settle(told.id)?.reject(errorOf(told.error));
      else this.#settle(told.id)?.resolve(this.#revived(told));
    }
  }

  /** The worker's glue fits the module of its own build alone. */
  #check(build: string): void {
    if (build !== BUILD) this.close(new LoadError('worker_load', `the worker's script is of another build of this package: copy 'windowshop/sealed-worker.js' to it anew (${this.#address})`));
  }

  #settle(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    return waiting;
  }

  /** An answer whose way back is a function again. */
  #revived({ answer, undo }: Extract<Told, { tell: 'answer' }>): unknown {
    if (undo === undefined) return answer;
    return { ...(answer as object), undo: () => this.#ask({ ask: 'undo', undo }) };
  }

  async #report(report: number, body: unknown): Promise<void> {
    const accepted = (await this.#services.send?.(body)) ?? false;
    if (!this.#over) this.#post({ ask: 'sent', report, accepted });
  }
}

/** What a browser that knows Trusted Types has of them. */
interface TrustedTypes {
  isScriptURL(value: unknown): boolean;
  createPolicy(name: string, rules: { createScriptURL: (address: string) => string }): { createScriptURL(address: string): TrustedAddress };
}

let policy: ReturnType<TrustedTypes['createPolicy']> | undefined;

/**
 * The worker's address as a page with `require-trusted-types-for 'script'` wants it: the shop's own TrustedScriptURL, else one
 * of our policy, which nobody else can reach. Where the page allows no policy of this name the address stays what it is, and
 * the browser decides.
 */
function trusted(address: string | URL | TrustedAddress): string | URL | TrustedAddress {
  const { trustedTypes: types } = globalThis as { trustedTypes?: TrustedTypes };
  if (!types || types.isScriptURL(address)) return address;
  try {
    // A policy is made once a page; a second of the same name may be refused.
    policy ??= types.createPolicy('windowshop', { createScriptURL: (text) => text });
    return policy.createScriptURL(String(address));
  } catch {
    return address;
  }
}

/** A copy of what cannot be copied otherwise: its plain data. */
function copied(asked: Asked, cause: unknown): Asked {
  try {
    if (asked.ask === 'call') return { ...asked, given: JSON.parse(JSON.stringify(asked.given)) as unknown[] };
  } catch {
    // Not even so; told as what it was first.
  }
  throw new RequestError('request_invalid', `an argument cannot be handed to the worker: ${wordsOf(cause)}`, { cause });
}

function errorOf({ name, code, message }: ToldError): Error {
  const Kind = KINDS.find(({ prototype }) => prototype.name === name) ?? WindowshopError;
  return code === undefined ? new Error(message) : new Kind(code, message);
}
