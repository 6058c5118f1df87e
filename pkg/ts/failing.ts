/** Makes the errors of a start, or of news, that failed. Their words are fetched then and not before. */

import { LoadError, wordsOf } from './errors.js';
import type { ErrorCode } from './errors.js';
import type { FAULTS } from './faults.js';

/**
 * Throws the error of a fault. A page that lost its connection too has its code, its name and what it is about.
 *
 * @param about what the words name, in their order
 */
export async function fail<Fault extends keyof typeof FAULTS>(code: ErrorCode, fault: Fault, about: Parameters<(typeof FAULTS)[Fault]>, cause?: unknown): Promise<never> {
  const words = (await import('./faults.js').catch(() => undefined))?.FAULTS[fault] as ((...about: unknown[]) => string) | undefined;
  throw new LoadError(code, words?.(...about) ?? [fault, ...about].filter(Boolean).join(', '), { cause });
}

/** A script of the package that is fetched only where it is needed: a page that was opened before the shop published anew may ask in vain. */
export function part<Module>(loading: Promise<Module>): Promise<Module> {
  return loading.catch((cause: unknown) => fail('script_load', 'part', [wordsOf(cause)], cause));
}
