/** The home page and the lists: windows, what is found and what is put forward. */

import { many, ordinal, word, Word } from './words';

export const home = {
  today: {
    opened: (n: number) =>
      n === 0 ? 'No window opened this morning' : `${Word(n)} ${n === 1 ? 'window' : 'windows'} opened this morning`,
    openIn: (n: number, left: string) =>
      `${n ? Word(n) : 'New'} ${n === 1 ? 'window opens' : 'windows open'} in ${left}`,
    asked: (n: number) =>
      n === 1 ? 'One is a brand you asked to hear of.' : `${Word(n)} are brands you asked to hear of.`,
    yesterday: (n: number) => `The ${n === 1 ? 'window' : `${word(n)} windows`} of yesterday stay lit.`,
    rail: 'The shop’s day, from one opening to the next',
    startToday: 'Today 10:00',
    startYesterday: 'Yesterday 10:00',
    endTomorrow: 'Tomorrow 10:00',
    endToday: 'Today 10:00',
    now: (time: string) => `Now ${time}, `,
    next: (left: string) => `next opening in ${left}`,
    noNext: 'no further opening is announced',
    noneAnnounced: 'No window is announced',
    some: (shown: number, total: number) =>
      `${Word(shown)} of today’s ${word(total)}. There is no ${ordinal(total + 1)}: the list has an end.`,
    someYesterday: (shown: number, total: number) => `${Word(shown)} of the ${word(total)} that opened yesterday.`,
    every: (total: number) => `That is ${total === 1 ? 'the one window' : `all ${word(total)}`}. The list has an end.`,
    seeAll: (n: number) => `See all ${word(n)}`,
    nowOpen: (n: number) => `${Word(n)} ${n === 1 ? 'window is' : 'windows are'} open.`,
    allTitle: 'Today’s windows',
    allTitleYesterday: 'Yesterday’s windows',
    stillOpen: 'Opened on other days, still open',
    stillOpenSub: (n: number) => `${many(n, 'window')} from the days before.`,
  },

  five: {
    link: 'In five minutes',
    title: 'Today in five minutes',
    sub: (n: number) => `${Word(n)} of this morning’s things, one of each window first.`,
    subYesterday: (n: number) => `${Word(n)} of yesterday’s things, one of each window first.`,
    titleYesterday: 'Yesterday in five minutes',
    end: 'That is all. The list ends here.',
  },

  again: {
    title: 'Running low?',
    sub: 'Bought before, and due about now. Worked out on this device.',
  },

  taste: {
    title: 'Which would you look at?',
    sub: (chosen: number, choices: number) =>
      chosen === 0
        ? `Pick up to ${word(choices)}, or none. They count as saved things, and choosing again takes them back.`
        : `${Word(chosen)} of ${word(choices)} picked. The list below follows.`,
    skip: 'No, thanks',
    done: 'Done',
  },

  windows: {
    list: 'Windows',
    to: 'to',
    closes: (when: string) => `Closes ${when}`,
    opens: (when: string) => `Opens ${when}`,
    asked: 'You asked',
    open: 'Open now',
    ended: 'Ended',
    endedBack: (date: string) => `Ended. Back around ${date}.`,
    pieces: (n: number) => many(n, 'piece'),
    lookInside: 'Look inside',
    visit: (brand: string) => `Look inside: ${brand}`,
  },

  feed: {
    personal: 'Picked for you, on this device',
    shop: 'From the windows that are open',
    from: (n: number) =>
      `From ${many(n, 'thing')} you looked at. The picking happened here; we have not seen this list.`,
    shopOff: 'The shop’s own order, the same for everybody. Nothing is remembered.',
    shopEmpty: 'The shop’s own order for now. Look around, and it will follow you, in this browser only.',
    shopChosen: 'The shop’s own order, because you switched the personal one off.',
    shopRefused: 'The shop’s own order, the same for everybody.',
    on: 'Personal order: on',
    offLabel: 'Personal order: off',
    shown: (n: number, total: number) => `${n} shown of ${many(total, 'pick')}`,
    more: (n: number) => `Show ${word(n)} more`,
    end: (n: number) => `That is all ${n}. The list ends here.`,
    added: (n: number) => `${n} more shown.`,
    nothing: 'Nothing is on sale right now',
    empty: 'As soon as a window opens, what is in it stands here.',
    emptyNext: (when: string) => `The next windows open ${when}.`,
  },

  closing: {
    title: 'Closing at the next 10:00',
    sub: 'What they still have is what you see. At closing the shutter comes down.',
    none: 'No window closes at the next 10:00.',
  },

  sale: {
    list: 'Items',
    items: (n: number) => many(n, 'item'),
    shown: (n: number, total: number) => (n === total ? `${many(total, 'item')}` : `${n} of ${many(total, 'item')}`),
    filters: 'Narrow down',
    category: 'Category',
    size: 'Size',
    all: 'All',
    inStock: 'In stock only',
    sort: 'Order',
    sorts: { shop: 'The shop’s order', up: 'Price, low to high', down: 'Price, high to low', saving: 'Largest saving' },
    sortNote: 'Sold-out items are last in every order.',
    more: (n: number) => `Show ${n} more`,
    end: (n: number) => `That is all ${n}. The list ends here.`,
    none: 'Nothing here fits. Widen the size or the category.',
    clear: 'Clear',
    preview: 'Not open yet: you can look, save and be reminded. Nothing can be bought before opening.',
    unknownTitle: 'This window is not there',
    unknown: 'It may have closed, or the address has a mistake in it.',
    others: 'Similar windows, open now',
    like: (brand: string) => `Like ${brand}, on sale now`,
  },

  search: {
    title: (term: string) => `“${term}”`,
    found: (items: number, sales: number) => `${many(items, 'item')}, ${many(sales, 'window')}`,
    none: 'Nothing on sale fits these words.',
    nearest: 'Did you mean:',
    shorter: 'Fewer words find more:',
    categories: 'Or look through a category:',
    otherSizes: (size: string) => `Nothing of this is here in ${size}. Shown in the sizes there are:`,
    waiting: 'Looking through the windows…',
  },

  category: {
    sub: (n: number) => (n ? `${many(n, 'window')} open now.` : 'No window of this kind is open now.'),
    coming: 'Opening next',
  },
};
