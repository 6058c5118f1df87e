/** What buyers of a kind of goods ask first, answered from an item's own row. A question without an answer is left out. */

import { daysBetween, fullDate, type Setting } from '../format';
import type { Item } from './rows';

/** From so many sold on, the share that came back is shown. */
export const ENOUGH_SOLD = 30;

type Question = 'size' | 'picture' | 'quality' | 'fabric' | 'genuine' | 'shelfLife' | 'effect' | 'skin';

/** What is asked of a kind of goods, by a word of its category's family. The first that fits counts. */
const QUESTIONS: readonly (readonly [RegExp, readonly Question[]])[] = [
  [/matern/, ['quality', 'fabric']],
  [/baby|mother/, ['genuine', 'shelfLife']],
  [/child|kid/, ['quality', 'size']],
  [/beauty|skin/, ['genuine', 'effect', 'skin', 'shelfLife']],
  [/fragrance|perfume/, ['genuine', 'effect']],
  [/men/, ['size', 'picture', 'quality']],
  [/shoe/, ['size', 'quality']],
  [/(?:)/, ['picture', 'quality']],
];

/** The places of reasons among an item's returns. */
const [TOO_SMALL, TOO_LARGE, DIFFERS, QUALITY] = [0, 1, 2, 3];

const questionsOf = (family: string): readonly Question[] => QUESTIONS.find(([kind]) => kind.test(family))?.[1] ?? [];

/** Whether the date until which it is good is among the answers; else it stands with the details. */
export const asksShelfLife = (family: string): boolean => questionsOf(family).includes('shelfLife');

/** Whether the day until which an item is good is over, in the shop's zone. */
export const isPastDate = (item: Pick<Item, 'shelfLifeUntil'>, now: number, { zone }: Pick<Setting, 'zone'>): boolean =>
  item.shelfLifeUntil !== undefined && daysBetween(item.shelfLifeUntil, now, zone) > 0;

/** The answers there are, in the order of the questions. */
export function answers(item: Item, family: string, setting: Setting): string[] {
  const { asked, item: words } = setting.messages;
  const told = item.sold >= ENOUGH_SOLD;
  const back = (reason: number) => item.returnReasons[reason] ?? 0;
  const attribute = (name: string) => {
    const value = item.attributes[name];
    return value === undefined ? undefined : words.value(name, value);
  };
  const cloth = attribute('cloth');
  const skin = attribute('skin_type');
  const say: Record<Question, () => string | undefined | false> = {
    size: () => told && item.sizes.length > 1 && asked.size(back(TOO_SMALL), back(TOO_LARGE), item.sold),
    picture: () => told && asked.picture(back(DIFFERS), item.sold),
    quality: () => told && asked.quality(back(QUALITY), item.sold),
    fabric: () => cloth !== undefined && asked.fabric(cloth),
    genuine: () => item.authenticityInsured && asked.genuine,
    shelfLife: () => item.shelfLifeUntil !== undefined && asked.shelfLife(fullDate(item.shelfLifeUntil, setting)),
    effect: () =>
      item.rating !== undefined && asked.effect(words.rating((item.rating.value / 100).toFixed(1), item.rating.count)),
    skin: () => skin !== undefined && asked.skin(skin),
  };
  return questionsOf(family).flatMap((question) => say[question]() || []);
}
