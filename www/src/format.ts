/** Money, dates and remaining time as people read them. Times are those of the shop's zone, whatever the device's. */

import type { Messages } from './text/text';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The shop's hour of opening. */
export const OPENING_HOUR = 10;

/** What the formats depend on. */
export interface Setting {
  messages: Messages;
  zone: string;
  currency: { code: string; exponent: number };
}

/** A wall clock's reading in a zone. */
export interface WallTime {
  year: number;
  /** 1 to 12. */
  month: number;
  day: number;
  hour: number;
  minute: number;
}

const wallFormats = new Map<string, Intl.DateTimeFormat>();

/** What the wall clock shows in a zone at an instant. */
export function wallTime(at: number, zone: string): WallTime {
  let format = wallFormats.get(zone);
  if (!format) {
    const options = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' } as const;
    format = new Intl.DateTimeFormat('en-GB', { ...options, hourCycle: 'h23', timeZone: zone });
    wallFormats.set(zone, format);
  }
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  return { year: parts.year!, month: parts.month!, day: parts.day!, hour: parts.hour!, minute: parts.minute! };
}

/** The zone's distance from UTC at an instant, in milliseconds, to the minute. */
export function offset(at: number, zone: string): number {
  const w = wallTime(at, zone);
  return Date.UTC(w.year, w.month - 1, w.day, w.hour, w.minute) - Math.floor(at / MINUTE) * MINUTE;
}

/** The shop's day that holds an instant: from its latest opening to the next. */
export function shopDay(at: number, zone: string): { opened: number; next: number } {
  const w = wallTime(at, zone);
  const opening = (day: number) => {
    const wall = Date.UTC(w.year, w.month - 1, day, OPENING_HOUR);
    // Twice, so that a change of daylight saving between guess and opening is seen.
    const guess = wall - offset(wall, zone);
    return wall - offset(guess, zone);
  };
  const today = opening(w.day);
  return at >= today ? { opened: today, next: opening(w.day + 1) } : { opened: opening(w.day - 1), next: today };
}

/** Days between the calendar dates of two instants in a zone. */
export function daysBetween(from: number, to: number, zone: string): number {
  const day = (at: number) => {
    const w = wallTime(at, zone);
    return Date.UTC(w.year, w.month - 1, w.day) / DAY;
  };
  return day(to) - day(from);
}

/** An amount of minor units: `¥267`, `¥1,980.50`; less than nothing with the minus sign that is used everywhere: `−¥5`. */
export function money(minor: number, { messages, currency }: Setting): string {
  const whole = minor % 10 ** currency.exponent === 0;
  return new Intl.NumberFormat(messages.locale, {
    style: 'currency',
    currency: currency.code,
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: whole ? 0 : currency.exponent,
    maximumFractionDigits: whole ? 0 : currency.exponent,
  })
    .format(minor / 10 ** currency.exponent)
    .replace('-', '−');
}

/** `12:34` in the shop's zone. */
export function timeOfDay(at: number, { zone }: Setting): string {
  const w = wallTime(at, zone);
  return `${String(w.hour).padStart(2, '0')}:${String(w.minute).padStart(2, '0')}`;
}

const part = (at: number, { messages, zone }: Setting, options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(messages.locale, { ...options, timeZone: zone }).format(at);

/** `Thursday 19 November`, `11 月 19 日，星期四`. */
export function longDate(at: number, setting: Setting): string {
  const { month, day } = wallTime(at, setting.zone);
  const name = setting.messages.code === 'zh' ? `${month} 月` : part(at, setting, { month: 'long' });
  return setting.messages.date(part(at, setting, { weekday: 'long' }), day, name);
}

/** `20 December`, `12 月 20 日`. */
export function shortDate(at: number, setting: Setting): string {
  const { month, day } = wallTime(at, setting.zone);
  return setting.messages.code === 'zh' ? `${month} 月 ${day} 日` : `${day} ${part(at, setting, { month: 'long' })}`;
}

/** `2026-11-19` in the shop's zone. */
export function isoDate(at: number, { zone }: Setting): string {
  const w = wallTime(at, zone);
  return `${w.year}-${String(w.month).padStart(2, '0')}-${String(w.day).padStart(2, '0')}`;
}

/** The zone by its name: `Shanghai time`. */
export function zoneName({ messages, zone }: Setting): string {
  return messages.zones[zone] ?? messages.zone(zone.split('/').pop()!.replaceAll('_', ' '));
}

/** When something happens, near things by weekday: `today 10:00`, `Tue 10:00`, `20 December 10:00`. */
export function when(at: number, now: number, setting: Setting): string {
  const days = Math.abs(daysBetween(now, at, setting.zone));
  const time = timeOfDay(at, setting);
  if (days === 0) return setting.messages.when.today(time);
  return days < 7
    ? setting.messages.when.weekday(part(at, setting, { weekday: 'short' }), time)
    : setting.messages.when.dated(shortDate(at, setting), time);
}

/** The same in a sentence: `tomorrow 10:00`. */
export function whenInWords(at: number, now: number, setting: Setting): string {
  const days = daysBetween(now, at, setting.zone);
  return days === 1 ? setting.messages.when.tomorrow(timeOfDay(at, setting)) : when(at, now, setting);
}

/** What is left until `at`: days and hours, under a day hours and minutes. Never seconds; empty at or after `at`. */
export function remaining(at: number, now: number, { messages }: Setting): string {
  const left = at - now;
  if (left <= 0) return '';
  // Rounded up to minutes, so that it never says "0 min", nor less than there is but for the minutes beside whole days.
  const minutes = Math.ceil(left / MINUTE);
  const hours = Math.floor(minutes / 60);
  if (hours >= 24) return messages.left.daysHours(Math.floor(hours / 24), hours % 24);
  return messages.left.hoursMinutes(hours, minutes % 60);
}

/** Minutes left where there are fewer than ten, else undefined. */
export function lastMinutes(at: number, now: number): number | undefined {
  const left = at - now;
  return left > 0 && left < 10 * MINUTE ? Math.ceil(left / MINUTE) : undefined;
}

/** A day such as `2026-09-07`, which is the same in every zone: `7 September 2026`, `2026 年 9 月 7 日`. */
export function longDay(day: string, { code, locale }: Messages): string {
  const at = Date.parse(`${day}T00:00:00Z`);
  if (!Number.isFinite(at)) return day;
  const date = new Date(at);
  return code === 'zh'
    ? `${date.getUTCFullYear()} 年 ${date.getUTCMonth() + 1} 月 ${date.getUTCDate()} 日`
    : new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).format(date);
}

/** The day of an instant in the shop's zone, with its year. */
export const fullDate = (at: number, setting: Setting): string => longDay(isoDate(at, setting), setting.messages);

/** The first and last day of ISO weeks such as `2026-W46`, in words; nothing where there is none to read. */
export function weeksOf(weeks: readonly string[], messages: Messages): [from?: string, to?: string] {
  const mondays = weeks.flatMap((week) => mondayOf(week) ?? []).sort((a, b) => a - b);
  if (mondays.length === 0) return [];
  const day = (at: number) => longDay(new Date(at).toISOString().slice(0, 10), messages);
  return [day(mondays[0]!), day(mondays.at(-1)! + 6 * DAY)];
}

/** The Monday of an ISO week: week 1 is the one that holds 4 January (ISO 8601). */
function mondayOf(week: string): number | undefined {
  const [, year, number] = /^(\d{4})-W(\d{2})$/.exec(week) ?? [];
  if (!year) return undefined;
  const fourth = Date.UTC(Number(year), 0, 4);
  const first = fourth - ((new Date(fourth).getUTCDay() + 6) % 7) * DAY;
  return first + (Number(number) - 1) * 7 * DAY;
}
