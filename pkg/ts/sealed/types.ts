/** The public types of `windowshop/sealed`: the engine's own, with each answer in a promise. Types only; nothing here runs. */

import type { Engine, EngineOptions, Isolation, TrustedAddress } from '../types.js';

/**
 * The same object as it is reached through a worker: what its methods return comes in a promise, also in the objects it
 * holds. What returns a promise already stays as it is, and so does what takes a listener. Values that are no methods are
 * those that the worker told last, which is with every answer and every change.
 */
export type Sealed<Whole> = {
  readonly [Name in keyof Whole]: Whole[Name] extends (...given: never[]) => Promise<unknown> | (() => void)
    ? Whole[Name]
    : Whole[Name] extends (...given: infer Given) => infer Answer
      ? (...given: Given) => Promise<Answer>
      : Whole[Name] extends object
        ? Sealed<Whole[Name]>
        : Whole[Name];
};

/** The engine, running in a worker of its own. */
export interface SealedEngine extends Sealed<Omit<Engine, 'isolation'>> {
  /** `sealed`: nothing can be fetched or sent from where it runs. `worker`: the seal is missing, and was not insisted on. */
  readonly isolation: Exclude<Isolation, 'page'>;
}

/** What {@link createSealedEngine} takes. */
export interface SealedEngineOptions extends EngineOptions {
  /** Where kept things go. An adapter of the shop's own cannot be handed to a worker. Default: `'indexeddb'`. */
  storage?: 'indexeddb' | 'memory' | undefined;
  /**
   * The worker's script, `sealed-worker.js`, for shops that serve it from elsewhere on the page's own origin. Default: the
   * file beside this module. Under `require-trusted-types-for 'script'` a policy named `windowshop` is made for it; a page
   * that allows none passes a TrustedScriptURL of its own.
   */
  worker?: string | URL | TrustedAddress | undefined;
  /**
   * `true`: where the script is served without its policy, run all the same; {@link SealedEngine.isolation} is then
   * `worker`. For development servers. Default: the start is refused with `not_sealed`.
   */
  allowUnsealed?: boolean | undefined;
}
