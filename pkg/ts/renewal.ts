/**
 * Takes into a running engine what is new: deltas in place, or another pack with all that the old one's machine held.
 * Loaded only where something is. Nothing here fetches, for it is part of the sealed worker too.
 */

import type { Parts } from './engine.js';
import type { Keeper } from './keeper.js';
import type { OpenMachine } from './machine.js';
import type { News } from './sources.js';

/**
 * Another pack that came as news, opened; `undefined` where deltas alone did. It is nothing to the running engine yet.
 *
 * @throws {LoadError} where it is refused
 */
export async function openedOf({ bytes, ...rest }: News, { opened }: Parts): Promise<OpenMachine | undefined> {
  return bytes && opened({ ...rest, bytes });
}

/**
 * Takes in what is new, in one go: nothing else happens meanwhile.
 *
 * @param next its pack, opened, where there is another; it is let go of where it is not taken over
 * @param account who is signed in, as it was stated
 * @throws {LoadError} where it is refused; the engine is then as it was or, of several deltas, as the last good one made it
 */
export function takeIn({ text, deltas }: News, next: OpenMachine | undefined, { machine, catalogue }: Parts, { consent }: Keeper, account: unknown): void {
  if (next) {
    try {
      next.set_consent(consent);
      next.restore(machine.snapshot());
      next.load_reminders(machine.kept_reminders() as unknown[]);
      next.load_ledger(machine.ledger_bytes());
      next.set_account(account);
    } catch (cause) {
      next.free();
      throw cause;
    }
    machine.become(next);
    catalogue.read(text);
    return;
  }
  try {
    for (const delta of deltas) machine.apply_delta(delta);
  } finally {
    catalogue.read(catalogue.text);
  }
}
