/** The frame of every page: its header and footer, the notices, and what is shared by all. */

import { word } from './words';

export const shell = {
  code: 'en',
  htmlLang: 'en',
  locale: 'en-GB',
  /** The other language's name in itself. */
  other: {
    code: 'zh',
    label: '中文',
    htmlLang: 'zh-CN',
    searchFor: (term: string) => `用中文搜索“${term}”`,
  },

  title: (page: string) => (page ? `${page} | Windowshop` : 'Windowshop: today’s windows'),
  skip: 'Skip to the windows',
  /** A word and what belongs to it; two names side by side; a size behind a name. */
  pair: (word: string, what: string) => `${word}: ${what}`,
  both: (one: string, other: string) => `${one}, ${other}`,
  /** What stands between two sentences. */
  gap: ' ',
  inSize: (size: string) => ` (${size})`,
  sentence: (...parts: string[]) => parts.map((part) => `${part}`.replace(/[.]?$/, '.')).join(' '),

  header: {
    yours: 'Yours',
    search: 'Search',
    searchHint: 'Brands, coats, size 38…',
    onThisDevice: 'On this device',
    onThisDeviceLong: 'On this device: what it remembers',
    reminders: 'Reminders',
    bag: 'Bag',
    categories: 'Categories',
    today: 'Today',
    coming: 'Coming up',
  },

  zones: { 'Asia/Shanghai': 'Shanghai time', 'Europe/Berlin': 'Berlin time' } as Record<string, string>,
  zone: (name: string) => `${name} time`,
  date: (weekday: string, day: number, month: string) => `${weekday} ${day} ${month}`,

  consent: {
    label: 'What this browser may remember',
    text: 'This shop can pick for you inside your own browser. What you look at never leaves it. May it remember?',
    report: 'With “Keep”, at most one scrambled answer a week is sent.',
    noReport: 'Your browser asks for no reports, so none is ever sent.',
    reportLink: 'See it before it goes',
    keep: 'Keep',
    visit: 'This visit',
    off: 'Off',
    keptSaid: 'Kept on this device. You can wipe it any time under “On this device”.',
    heldSaid: 'This browser does not let it be kept: remembered until this page is closed or reloaded.',
    visitSaid: 'Remembered until this page is closed or reloaded.',
    offSaid: 'Nothing is remembered. You see the shop’s own order.',
    waiting: 'The engine is still being fetched. Your choice counts as soon as it is here.',
  },

  vow: {
    title: 'You look in. Nobody looks back.',
    text: (reports: number) =>
      `What you look at, save and think twice about is remembered by this device, and this device does the picking. Reports sent today: ${reports ? word(reports) : 'none'}.`,
    textOff:
      'If you allow it, this device remembers what you look at, and this device does the picking. While it is off no report is sent.',
    textBlind:
      'What this device remembers cannot be read now: the engine did not start. Nothing is sent from here meanwhile.',
    link: 'See what it remembers',
  },

  /** Where the address sets the page's clock. */
  setClock: {
    says: (when: string) => `The clock of this page is set to ${when} by its address.`,
    /** The same where there is room for one line. */
    brief: (when: string) => `Clock set to ${when}`,
    apart:
      'What is remembered here is kept apart from the real days’, and no report leaves. Off, or a wipe, empties both at once.',
    trial: 'This page is served for a trial: what is done here counts.',
    back: 'To the present',
  },

  footer: {
    label: 'About this shop',
    returns: 'Returns: 7 days',
    genuine: 'Genuine goods, insured',
    privacy: 'Privacy: what this device keeps',
    back: 'Back to the windows',
  },

  errors: {
    offline:
      'No network. You can look around and fill your bag as before; only an order, and the other language, wait until the network is back.',
    language: 'The other language could not be fetched, so the shop goes on in this one. Nothing was lost.',
    turning: 'The other language is being fetched…',
    engine:
      'Your personal order could not start, so you see the shop’s own. Everything can be bought as usual, and nothing was lost.',
    files: 'The shop’s shelves could not be fetched. Nothing was changed.',
    again: 'Try again',
    code: (code: string) => `Code: ${code}`,
    page: 'Something went wrong while drawing this page. Your bag and what this browser remembers are untouched.',
  },

  /** An address that leads nowhere. */
  notHere: {
    title: 'There is nothing here',
    text: 'This address leads to no place of this shop: it may be old, or have a mistake in it.',
  },

  loading: 'Opening the shutters…',
};
