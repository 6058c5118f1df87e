/** Reminders: those that are kept, and those that were asked for before the engine was here to keep them. */

import type { Reminder } from 'windowshop';
import * as clock from '../clock';
import { type SaleRow, type Shelves, stateOf } from './rows';

/** Both in one list, each brand once; `asked` tells when a brand was asked for in this page. */
export function joined(
  kept: readonly Reminder[],
  asked: ReadonlyMap<string, number>,
  shelves: Shelves | undefined,
): Reminder[] {
  const at = clock.now();
  const local = [...asked].map(([brand, since]): Reminder => {
    const sale = shelves?.sales.find((s) => s.brand === brand && stateOf(s, at) !== 'ended');
    const state = sale ? stateOf(sale, at) : 'away';
    return { brand, brandName: sale?.brandName ?? brand, since, sale: sale?.id, opens: sale?.opens, state };
  });
  return [...kept, ...local.filter(({ brand }) => kept.every((reminder) => reminder.brand !== brand))];
}

/** Whether a sale is one that was waited for: what was open already when a brand was asked for is not. */
export const isAwaited = ({ since }: Pick<Reminder, 'since'>, sale: SaleRow): boolean => since < sale.opens;

/** The opening that a reminder of a brand waits for: the next that is announced, or about when it is expected. */
export function nextOpening(
  brand: string,
  shelves: Shelves | undefined,
  now: number,
): { at: number; announced: boolean } | undefined {
  const next = shelves?.sales.find((sale) => sale.brand === brand && stateOf(sale, now) === 'preview');
  if (next) return { at: next.opens, announced: true };
  const back = shelves?.expectedBack(brand);
  return back === undefined || back <= now ? undefined : { at: back, announced: false };
}
