/** Every word of the storefront in English. `zh.ts` has the same keys; a key that is missing there does not compile. */

import type { Disguise } from '../shop/disguise';
import { VALUES } from './en-values';

const WORDS =
  'no one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty'.split(
    ' ',
  );

/** A count as a word where a headline would spell it. */
const word = (n: number) => WORDS[n] ?? String(n);
const Word = (n: number) => word(n).replace(/^./, (c) => c.toUpperCase());
const many = (n: number, one: string, more = one + 's') => `${n.toLocaleString('en')} ${n === 1 ? one : more}`;

/** An attribute's word as it reads. */
const value = (attribute: string, word: string): string =>
  VALUES[attribute]?.[word] ?? word.replaceAll('-', ' ').replaceAll('_', ' ');

/** Answers of the shop's questions that would read oddly as they are. */
const ANSWERS: Record<string, string> = {
  potential: 'not yet',
  new: 'for the first time',
  active: 'now and then',
  loyal: 'often',
  lapsing: 'not for a while',
  lost: 'long ago',
  unknown: 'don’t know',
  chance: 'by chance',
  no_wish: 'no wish',
};

/** The five parts of the index. */
const DIMENSIONS: Record<string, string> = {
  site: 'These pages',
  goods: 'What we sell',
  payment: 'Payment',
  service: 'Service',
  delivery: 'Delivery',
};

export const en = {
  code: 'en',
  htmlLang: 'en',
  locale: 'en-GB',
  /** The other language's name in itself. */
  other: { code: 'zh', label: '中文', htmlLang: 'zh-CN' },

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

  off: (percent: number) => `−${percent}%`,
  left: {
    daysHours: (d: number, h: number) => (h ? `${d} d ${h} h` : `${d} d`),
    hoursMinutes: (h: number, m: number) => (h ? (m ? `${h} h ${m} min` : `${h} h`) : `${m} min`),
    until: (left: string, _opening: boolean) => left,
    closesIn: (m: number) => `closes in ${m} min`,
  },
  when: {
    weekday: (day: string, time: string) => `${day} ${time}`,
    dated: (day: string, time: string) => `${day} ${time}`,
    tomorrow: (time: string) => `tomorrow ${time}`,
    today: (time: string) => `today ${time}`,
  },

  price: {
    now: 'Now ',
    was: 'was ',
    lowest: (price: string) => `30-day lowest ${price}`,
  },

  stock: {
    low: (left: number, total: number) => `${left} of ${total} left`,
    lowIn: (left: number, total: number, size: string) => `${left} of ${total} left in ${size}`,
    left: (n: number) => `${n} left`,
    lastSizes: (sizes: string) => `Left in ${sizes}`,
    soldOut: 'Sold out',
    none: 'Not available',
  },

  save: (name: string) => `Save: ${name}`,

  remind: {
    off: 'Remind me',
    next: 'Remind me next time',
    on: 'Will remind you',
    onNext: 'Will remind you next time',
    /** `when` is a time, or that none is known. */
    set: (brand: string, when: string) =>
      `Kept on this device: the next opening of ${brand}, ${when}. Its window will stand first then.`,
    around: (date: string) => `around ${date}`,
    unannounced: 'not announced yet',
    stopped: (brand: string) => `You will not be reminded of ${brand}.`,
    stoppedAll: 'You will be reminded of no brand.',
    enter: 'Look inside',
    label: (brand: string) => `Remind me of ${brand}`,
    calendar: 'Put it in my calendar',
    calendarLabel: (brand: string) => `Put it in my calendar: ${brand}`,
    event: (brand: string) => `${brand} opens at Windowshop`,
    eventText: 'You asked to be reminded of this opening. The reminder is kept on your device only.',
  },

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
    visitSaid: 'Remembered until this page is closed or reloaded.',
    offSaid: 'Nothing is remembered. You see the shop’s own order.',
    waiting: 'The engine is still being fetched. Your choice counts as soon as it is here.',
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
    more: 'Show twelve more',
    end: (n: number) => `That is all ${n}. The list ends here.`,
    added: (n: number) => `${n} more shown.`,
    nothing: 'Nothing is on sale right now',
    empty: 'As soon as a window opens, what is in it stands here.',
    emptyNext: (when: string) => `The next windows open ${when}.`,
  },

  sizes: {
    any: 'My sizes: any',
    only: (sizes: string) => `My sizes: ${sizes}`,
    letters: 'Clothes',
    others: 'Others',
    note: 'Only what is here in one of them, and what comes in one size; a size counts for whatever comes in it. They stand in the address of this page and nowhere else.',
    clear: 'Any size again',
    none: 'Nothing is here in these sizes right now. Choose more sizes, or any.',
  },

  why: {
    ask: 'Why this?',
    title: 'Why this one?',
    titleOf: (name: string) => `Why “${name}”?`,
    mark: 'Worked out on this device',
    dontUse: 'Don’t use',
    dontUseLabel: (what: string) => `Don’t use: ${what}`,
    notInterested: 'Not interested',
    lessOf: (brand: string) => `Less of ${brand}`,
    noEvents: 'No single visit stands behind this; it is the sum of many small ones.',
    here: 'In this shop today',
    subject: 'It goes by what is open on this page, the same for everybody.',
    hereLong: 'Nothing you did speaks for it. It stands here because it is on sale today.',
    close: 'Close',
    forgotten: 'Forgotten. The list is worked out again.',
    dismissed: 'Gone from your list.',
    lessed: (brand: string) => `You will see less of ${brand}.`,
  },

  /** What was remembered, as a sentence without its stop; `what` is a name. */
  remembered: {
    view_item: (what) => `You looked at “${what}”`,
    view_item_list: (what) => `You saw “${what}”`,
    select_item: (what) => `You opened “${what}”`,
    add_to_cart: (what) => `You put “${what}” in your bag`,
    remove_from_cart: (what) => `You took “${what}” out of your bag`,
    add_to_wishlist: (what) => `You saved “${what}”`,
    favourite_on: (what) => `You saved “${what}”`,
    favourite_off: (what) => `You let go of “${what}”`,
    purchase: (what) => `You bought “${what}”`,
    refund: (what) => `You sent back “${what}”`,
    view_promotion: (what) => (what ? `You saw the offer “${what}”` : 'You saw an offer'),
    search: (what) => `You searched for “${what}”`,
    reminder_on: (what) => `You asked to hear of ${what}`,
    reminder_off: (what) => `You no longer asked to hear of ${what}`,
    dismiss: (what) => `You were not interested in “${what}”`,
    undismiss: (what) => `You wanted to see “${what}” again`,
    sensitive_on: () => 'You allowed baby, intimate and health goods to count',
    sensitive_off: () => 'You no longer allowed baby, intimate and health goods to count',
    coupons_on: () => 'You allowed coupons to be put forward',
    coupons_off: () => 'You wanted no coupons put forward',
    return_opened: () => 'You asked to send something back',
    return_closed: () => 'That return was settled',
    complaint_opened: () => 'You complained',
    complaint_closed: () => 'That complaint was settled',
    satisfaction: () => 'You said how satisfied you are',
  } as Record<string, (what: string) => string>,

  coupon: {
    everybody: 'Its code works for every shopper.',
    why: (text: string) =>
      `${text}. Put forward by this browser, from what it keeps of your own orders; the shop is not told.`,
    until: (date: string) => `Until ${date}.`,
    code: (code: string) => `Code ${code}`,
    use: 'Use it in the bag',
    used: 'It counts in your bag now.',
    dismiss: 'Not for me',
    dismissed: 'You will not be shown this coupon again. Its code still works.',
    close: 'Close',
    read: 'Closed. Nothing more comes of it.',
  },

  soon: {
    title: (when: string) => `Opening ${when}`,
    tomorrow: 'tomorrow at 10:00',
    today: 'today at 10:00',
    sub: (when: string) =>
      `Prices can be seen now and paid from ${when}. A reminder is kept on this device and asks no permission.`,
    all: 'All that is coming up',
    pageTitle: 'Coming up',
    pageSub: 'What opens in the next days. Look inside any of them; nothing can be bought before 10:00.',
    none: 'Nothing is announced yet.',
  },

  closing: {
    title: 'Closing at the next 10:00',
    sub: 'What they still have is what you see. At closing the shutter comes down.',
    none: 'No window closes at the next 10:00.',
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

  item: {
    like: 'Much like it',
    size: 'Size',
    oneSize: 'One size',
    choose: 'Choose a size first',
    add: 'Put in the bag',
    added: (name: string) => `${name} is in your bag.`,
    inBag: (n: number) => `${n} in your bag`,
    toBag: 'To the bag',
    saveOn: 'Saved',
    saveOff: 'Save',
    notYet: (when: string) => `Can be bought from ${when}`,
    ended: 'Ended',
    soldOut: 'Sold out',
    first: 'What buyers ask first',
    returns: 'Sent back',
    returnsShare: (returned: number, sold: number, percent: number) =>
      `${returned} of ${sold} sold came back, ${percent}%.`,
    returnsFew: (sold: number) =>
      `${sold ? many(sold, 'piece') : 'None'} sold so far. How many come back is shown from 30 on.`,
    returnsNone: (sold: number) => `None of ${sold} sold came back.`,
    reasons: [
      'too small',
      'too large',
      'differs from the picture',
      'quality',
      'fabric',
      'does not suit',
      'late',
      'other reasons',
    ],
    rating: (value: string, count: number) => `${value} of 5 from ${many(count, 'rating')}`,
    noRating: 'Not rated yet',
    ratingLabel: 'Rating',
    insured: 'Genuine, insured',
    offSeason: 'From another season',
    shelfLife: (date: string) => `Good until ${date}`,
    pastDate: (date: string) => `Past its date: it was good until ${date}.`,
    details: 'The piece',
    attribute: {
      cloth: 'Material',
      colour: 'Colour',
      pattern: 'Pattern',
      cut: 'Cut',
      style: 'Style',
      skin_type: 'Skin type',
      season: 'Season',
    } as Record<string, string>,
    /** What an attribute says, from the word that the feed carries. */
    value,
    /** The same where the language has a word for it, else nothing. */
    named: (attribute: string, word: string): string | undefined => value(attribute, word),
    more: (brand: string) => `More from the ${brand} window`,
    wornWith: 'Worn with',
    window: 'The window',
    picture:
      'Every picture is drawn in your browser from the item’s row. No picture is requested, so nobody learns which ones you open.',
    unknownTitle: 'This item is not there',
    unknown: 'Its sale may have closed, or the address has a mistake in it.',
    undo: 'Undo',
  },

  /** What buyers ask first, answered where there is an answer. */
  asked: {
    size: (small: number, large: number, sold: number) =>
      `Size: of ${sold} sold, ${small || 'none'} came back as too small and ${large || 'none'} as too large.`,
    picture: (n: number, sold: number) =>
      `True to picture: ${n || 'none'} of ${sold} sold came back because it differs.`,
    quality: (n: number, sold: number) => `Quality: ${n || 'none'} of ${sold} sold came back for it.`,
    fabric: (cloth: string) => `Fabric: ${cloth}.`,
    genuine: 'Genuine: insured against imitation.',
    shelfLife: (date: string) => `Shelf life: good until ${date}.`,
    effect: (rating: string) => `How it does: ${rating}.`,
    skin: (type: string) => `Skin: made for ${type} skin.`,
  },

  bag: {
    title: 'Your bag',
    empty: 'Your bag is empty.',
    emptyAction: 'Back to the windows',
    blind: 'Your bag cannot be read now: the engine did not start. What was kept in it is not lost.',
    blindRest:
      'What was kept in your bag before cannot be read now; it is not lost. Below is what you put in on this page.',
    brief: 'Your bag lasts until this page is reloaded or closed: nothing of it is stored.',
    quantity: 'Quantity',
    remove: 'Take out',
    removeLabel: (name: string) => `Take out ${name}`,
    removed: (name: string) => `${name} is no longer in your bag.`,
    undo: 'Undo',
    soldOut: 'Sold out since you put it in. It costs nothing here and you can take it out.',
    onlyLeft: (n: number) => `${n} left; the receipt counts these alone.`,
    ended: 'Its sale has ended. It costs nothing here and you can take it out.',
    notOpen: 'Its sale is not open yet.',
    receipt: 'Receipt',
    subtotal: 'Goods',
    discount: 'Off',
    total: 'Total',
    refused: 'Not used',
    unknownCode: (code: string) => `No coupon has the code ${code}. Your bag is unchanged.`,
    notIncluded: 'not included',
    plain:
      'Only the goods are added up here. Shipping and coupons are worked out by the engine, which did not start: nothing can be ordered without it.',
    code: 'Coupon code',
    codes: (n: number) => `${n === 1 ? 'One coupon' : `${Word(n)} coupons`} with a code that you can enter now`,
    codeUsed: (name: string) => `${name} counts in your bag now.`,
    codeRefused: (name: string, why: string) => `Not used: ${name}. ${`${why}`.replace(/[.]?$/, '.')}`,
    codeEntered: (code: string) => `Code entered: ${code}`,
    codeDropped: (code: string) => `Code ${code} is taken out.`,
    dropCode: 'Take out',
    dropCodeLabel: (code: string) => `Take out the code ${code}`,
    use: 'Use',
    codeWaits: (name: string) => `Entered: ${name}. It counts as soon as something it is about is in your bag.`,
    pay: 'To the checkout',
    payNext: 'Nothing is ordered or sent yet: the next step shows what would be.',
    payWaits: 'Shipping and coupons are still being worked out.',
    payNote: 'No checkout could be reached, so nothing was ordered. Your bag stays as it is.',
    lost: 'No answer came from the checkout. Ask again when you like: the same bag is ordered once, never twice.',
    both: 'Two receipts that differ',
    shown: 'Shown to you',
    byCheckout: 'By the checkout',
    changed: (shown: string, now: string | undefined, gone: readonly string[]) =>
      [
        now === undefined || now === shown
          ? 'Not ordered: prices or stock have changed.'
          : `Not ordered: you were shown ${shown}, and by the checkout it is ${now} now.`,
        ...(gone.length > 0 ? [`No longer there, or fewer: ${gone.join(', ')}.`] : []),
        'Load the page again to see the new receipt.',
      ].join(' '),
    nothingToBuy: 'Nothing in the bag can be bought now.',
    closes: (when: string) => `Its window closes ${when}.`,
    gap: (name: string, amount: string) => `${amount} more for “${name}”`,
    gapAgain: (name: string, amount: string, more: string) => `${amount} more, and “${name}” takes ${more} more off`,
    gapSub: 'Any of these would close the gap. You need none of them.',
    likeGone: (name: string) => `Like “${name}”, and still there`,
    goesWith: 'Goes with your bag',
    shipping: 'Shipping',
    gift: (name: string) => `Gift: ${name}`,
    beforeVouchers: 'Before vouchers',
    paidWith: (name: string) => `Paid with: ${name}`,
    vouchersPay: 'Payment vouchers pay the bill. They do not count as a second discount.',
    next: (name: string, missing: string, more: string) =>
      `${missing} more on its items, and “${name}” takes ${more} more off.`,
    best: 'Pick the best coupons for me',
    bestPicked: (n: number) =>
      n === 1
        ? 'One coupon saves most on this bag. It counts now.'
        : `${Word(n)} coupons save most together. They count now.`,
    bestNone: 'No coupon saves anything on this bag.',
    bestAlready: 'Nothing saves more: the best coupons count already.',
    sameForAll: 'Same bag, same codes, same price: for everybody, with or without a personal order.',
  },

  /** The step before an order. */
  confirm: {
    title: 'This would be sent',
    to: (host: string) => `To the checkout of this demonstration, at ${host}, and to nobody else:`,
    codes: (codes: string) => `Code: ${codes}`,
    noCodes: 'No code',
    shipping: (charged: string, fee: string) =>
      charged === fee ? `Shipping: ${fee}` : `Shipping: ${charged}, instead of a fee of ${fee}`,
    total: (amount: string) => `Total: ${amount}`,
    besides: 'An order number drawn by chance, and which catalogue the prices are from',
    never: 'No name, no address, no way to pay, and nothing of what this browser remembers.',
    send: 'Order now (demo)',
    sendNote: 'Sends the above. Nothing is paid and nothing is shipped.',
    pretend: 'Pretend to buy (demo)',
    pretendNote: 'Sends nothing. This page goes on as if you had ordered.',
    back: 'Not yet: back to the bag',
  },

  /** The receipt of an order. */
  ordered: {
    title: 'Your receipt',
    sent: 'The checkout of this demonstration took your order. Nothing was paid and nothing will be shipped.',
    pretended: 'You pretended to buy: nothing was sent to anybody, paid or shipped.',
    kept: 'From what this browser keeps of your order: its goods, without coupons and shipping.',
    number: 'Order number',
    goods: 'Goods before coupons',
    demo: 'This demo sends no letter and no parcel: this page is the receipt.',
    lasts: 'This receipt lasts until this page is reloaded or closed: nothing of it is stored.',
    lastsKept:
      'With its coupons and shipping this receipt lasts until this page is reloaded or closed. Number and goods stay under “On this device”.',
    unknown: 'There is no such receipt here. A receipt that is not kept lasts until its page is reloaded or closed.',
    blind: 'What this browser keeps of your orders cannot be read now: the engine did not start. It is not lost.',
    last: 'Your last receipt',
    of: (date: string) => `Receipt of ${date}`,
  },

  member: {
    title: 'Members',
    out: 'Your shop’s own account page would be here. Nobody signs in at this demonstration: play its member to see what a ledger states, and how it counts.',
    enter: 'Play a member',
    leave: 'Sign out',
    fromAccount: 'From your account, as the shop’s ledger states it. This page holds it and stores nothing of it.',
    tier: 'Tier',
    missing: (amount: string, tier: string) => `${amount} more to ${tier}`,
    highest: 'There is no tier above.',
    points: 'Points',
    pointsOf: (n: number) => `${n} points`,
    pointsWorth: (amount: string) => `Worth ${amount} in your bag with the code POINTS.`,
    pointsNothing: 'Worth nothing in your bag as it is.',
    orders: 'Orders',
    referral: 'Code for a friend',
    referralNote: 'Give it to whom you like. Nobody is told who you gave it to.',
  },

  coupons: {
    title: 'All coupons',
    sub: 'Every promotion of this shop: none is kept from anybody. Some ask for something, such as a tier, a birthday or a way to pay, and say so. What each does in your bag is worked out in this page.',
    none: 'There are no coupons now.',
    blind: 'Coupons cannot be read now: the engine did not start.',
    noBag: 'Your bag is empty. A code can be entered now and counts once something it is about is in the bag.',
    would: (amount: string) => `By itself it takes ${amount} off your bag`,
    idle: (amount: string) => `Spending ${amount} more for it would save nothing more`,
    oneOfKind: 'Only one of its kind can be used, and the one that is saves as much',
    asMuch: 'What is used saves as much',
    named: 'Only for those that its name says',
    forTier: (tier: string) => `For members, from the tier “${tier}” on`,
    from: (date: string) => `From ${date} on`,
    byItself: 'Counts by itself',
    counts: (amount: string) => `Counts in your bag: ${amount} off`,
    pays: (amount: string) => `Pays ${amount} of your bag`,
  },

  reminders: {
    title: 'Reminders',
    sub: 'Brands you asked to hear of. Kept on this device even when remembering is off, because you asked.',
    empty: 'You have not asked to hear of any brand.',
    blind: 'Your reminders cannot be read now: the engine did not start. They are not lost.',
    emptyAction: 'See what is coming up',
    more: 'You looked at these brands',
    moreSub: 'Worked out here from what you looked at. Nothing is asked for until you ask.',
    since: (date: string) => `Asked on ${date}`,
    state: {
      open: (when: string) => `Open now, closes ${when}`,
      next: (when: string, closes: string) =>
        `Waits for the next opening: ${when}. The window that was open when you asked closes ${closes}.`,
      preview: (when: string) => `Opens ${when}`,
      away: 'Away for now',
      awayUntil: (date: string) => `Away. Back around ${date}.`,
      ended: 'Ended',
    },
    stop: 'No longer',
    stopLabel: (brand: string) => `No longer: ${brand}`,
  },

  kept: {
    title: 'What you look at stays here',
    sub: 'This shop picks for you inside your own browser. Below is everything it remembers and every report that left since the last wipe. Take it all with you, or wipe it all away.',
    inside: 'Inside',
    count: (n: number, days: number, orders: number, reminders: number) =>
      [
        n > 0 && `${many(n, 'event')}, the oldest ${days < 1 ? 'from today' : `${many(days, 'day')} old`}`,
        orders > 0 && many(orders, 'order'),
        reminders > 0 && many(reminders, 'reminder'),
      ]
        .filter(Boolean)
        .join('; ') || 'nothing remembered',
    memory: 'Memory',
    off: ['Off', 'The shop’s own order, nothing kept'],
    visit: ['This visit', 'Forgotten when this page is closed or reloaded'],
    on: ['Kept', 'On this device, at most 90 days; orders three years'],
    noEngine:
      'The engine did not start, so what this browser remembers cannot be read now. Nothing is added to it and nothing of it is lost.',
    blind: 'cannot be read now',
    reading: 'being read',
    lookedAt: 'Looked at',
    lookedAtNote: (n: number) => `${many(n, 'item')}, kept 90 days`,
    keptThings: 'Saved',
    keptNote: (n: number) => `${many(n, 'item')}, until you let go`,
    bought: 'Bought',
    boughtNote: (n: number) => (n ? `${many(n, 'order')}; the shop has only what was sent to it` : 'no order'),
    bagged: 'Put in the bag',
    baggedNote: (n: number) => many(n, 'piece'),
    searched: 'Searched',
    searchedNote: (n: number) => many(n, 'word'),
    offers: 'Coupons shown',
    words: 'A word of the shop',
    offersNote: (n: number) => many(n, 'time'),
    dismissed: 'Not interested',
    dismissedNote: (n: number) => many(n, 'thing'),
    sensitive: 'Let baby, intimate and health goods count',
    sensitiveNote:
      'Off, they leave no trace in your list and are put forward only beside others of their kind that you opened or put in your bag. On, they count like everything else.',
    coupons: 'Put coupons forward',
    couponsNote: 'Off, none is put forward. All of them stay open to you on the page of all coupons.',
    ofOrders: 'Worked out of your orders',
    ofOrdersNote: 'which coupons are put forward hangs on it',
    orders: (n: number, sum: string) =>
      `${n === 1 ? 'One order' : `${Word(n)} orders`}, ${sum} of goods before coupons`,
    lastOrder: (days: number) =>
      days === 0 ? 'The last one today' : days === 1 ? 'The last one yesterday' : `The last one ${days} days ago`,
    saved: (percent: number) => `${percent} % below list prices on average`,
    expected: (days: number, within: number) => `About ${days.toFixed(1)} more orders expected in ${within} days`,
    survey: 'Questions of the shop',
    surveyNote: (n: number) =>
      `${many(n, 'answer')}. After an unhappy one about the shop on the whole no coupon is put forward.`,
    surveySkipped: 'skipped',
    derived: 'Worked out from these',
    derivedNote: 'redone at every change',
    asked: 'Asked to hear of',
    askedNote: (n: number) => `${many(n, 'brand')}, kept even when off`,
    nothing: 'nothing',
    forget: 'Forget',
    forgetLabel: (what: string) => `Forget: ${what}`,
    forgot: (n: number) => `${many(n, 'event')} forgotten, as if never seen.`,
    unread: 'What this browser remembers is being read.',
    take: 'Take it all (JSON)',
    bring: 'Bring it back (JSON)',
    brought: (added: number, known: number) => `${added} added, ${known} already known.`,
    bringFailed: {
      unreadable: 'That is not a JSON file, or it was cut short. Nothing was changed.',
      other: 'That JSON file was not made by “Take it all”. Nothing was changed.',
      version: 'That file was made by another version of this shop, which this one cannot read. Nothing was changed.',
      damaged: 'A record in that file has a mistake in it, so none was taken in. Nothing was changed.',
    },
    decision: 'Take this decision along (for windowshop replay)',
    decisionNote:
      '“This decision” is how the home page’s list was worked out, with what is remembered of you in it: the file is yours, and is sent nowhere.',
    raw: 'See raw records',
    rawClose: 'Close raw records',
    rawSub: 'Every record, newest first, as it is kept.',
    rawRest: (n: number) => `${n.toLocaleString('en')} older ones are in the file of “Take it all”.`,
    wipe: 'Wipe everything',
    wipeNote:
      'Your bag is emptied too, in every tab of this shop. Ten seconds to undo; after that this shop cannot bring it back. What was done here under another clock (an address with “?now=”, or without) goes at once, also with “Off”. The browser’s own history is its own: clear it there.',
    wiped: 'Forgotten. Undo within 10 seconds.',
    undo: 'Undo',
    undone: 'Back as it was.',
    undoLate: 'Too late: the ten seconds are over, and it is gone.',
    outside: 'Outside',
    outsideNote: 'Reports that left this device today',
    weekly:
      'At most one a week, and the answer is scrambled before it goes. One report says nothing sure about you; ten thousand say something about everybody.',
    budget: (days: number) => `Privacy allowance, ${days} days`,
    spent: (spent: string, limit: string) =>
      `ε ${spent} of ${limit} spent. When it is gone, sending stops; the shop cannot raise it.`,
    spentLabel: (spent: string, limit: string) => `${spent} of ${limit} spent`,
    next: 'The next one, byte for byte',
    /** What a disguise says by itself: the answers it supports, by their places in the question's list. */
    disguise: (of: Disguise | undefined, answers = 0) =>
      of?.places === undefined
        ? 'A scrambled answer.'
        : of.kind === 'named'
          ? `Scrambled: it names answer ${of.places.join()}${answers ? ` of ${answers}` : ''}, which may be any by chance.`
          : `Scrambled: ${of.places.length}${answers ? ` of ${answers}` : ''} answers are set${of.places.length > 0 ? ` (${of.places.join(', ')})` : ''}, most of them by chance.`,
    notSent: (randomiser: string, epsilon: string) =>
      `Those four fields go, with the headers that your browser adds to every request, and no cookie. The last begins with how it was scrambled (${randomiser}). Not sent: the words of the question, and your own answer. ε is ${epsilon}, which the shop knows too.`,
    nextGone: 'This week’s report was handed over and may have left: it stands in the ledger.',
    nextNone: 'No report is waiting.',
    nextNoneOff: 'No report is waiting. Reports need the memory to be “Kept”.',
    nextNonePrivacy: 'Your browser asks shops to pass nothing on (Global Privacy Control), so no report is ever made.',
    nextNoneRefused: 'Reports are off: none is made.',
    nextNoneSet: 'No report is made while the clock is set.',
    reportsSwitch: 'Weekly report',
    reportsNote:
      'Off, nothing is ever reported. After a wipe it is off, because the ledger is gone too; on, it begins next week.',
    yourAnswer: (answer: string) => `Your own answer is “${answer}”; it stays here. What would go:`,
    skip: 'Do not send this one',
    skipped: 'This week’s report stays here.',
    skippedLate: 'Too late: this week’s report has left already.',
    tried: 'may have left',
    ledger: 'The ledger',
    ledgerSub: 'Every report that left since the last wipe, or may have.',
    ledgerBlind: 'It cannot be read now; it is not lost.',
    ledgerNone: 'Nothing has left since the last wipe.',
    columns: ['Date', 'What was asked', 'Your answer', 'What went', 'Cost'],
    yours: 'Yours:',
    waiting: 'waiting',
    /** An answer that is no category, as it reads. */
    answer: (word: string) => ANSWERS[word] ?? (/^[a-z_-]+$/.test(word) ? word.replaceAll(/[-_]/g, ' ') : word),
    answers: (n: number) => (n === 2 ? 'yes or no' : `one of ${word(n)} answers`),
    never: 'Never asked, never used',
    nevers: [
      'Name, gender, age, income, occupation',
      'What you look at in other shops',
      'Contacts and social accounts',
      'Baby, intimate and health goods, unless you let them count here; for a report never',
    ],
    prices: (from: string, to: string) => `Prices from ${from} to ${to}`,
    storage: (kind: string) => `Kept in: ${kind}.`,
    storageNone: 'Memory is off: nothing of what you do is kept.',
    storageReminders: (kind: string) => `Memory is off: only your reminders are kept, in ${kind}.`,
    storageVisit: 'Held in the memory of this page, until it is reloaded or closed.',
    storages: {
      indexeddb: 'this browser’s IndexedDB',
      'indexeddb-set-clock': 'a database of its own in this browser’s IndexedDB, because the clock is set',
      memory: 'the memory of this page',
    } as Record<string, string>,
  },

  /** The week's question. */
  survey: {
    skip: 'Never had to do with it, or skip',
    leaves:
      'Your answer is kept on this device. What may leave it is a scrambled one, once, with next week’s report: by itself it says nothing sure about you.',
    thanks: 'Thank you. That helps.',
    thanksNote:
      'Your own answer stays on this device, and you can take it back. Only a scrambled one may leave, with next week’s report.',
    skipped: 'Skipped. It will not be asked again.',
    skippedNote: 'That you skipped it stays on this device.',
    back: 'See what is kept',
    results: 'What everybody said',
  },

  heard: {
    title: 'What you told us',
    link: 'What everybody said is on a page of its own.',
    sub: 'What shoppers said when they were asked, all of them together, and what we changed because of it. Every answer was scrambled in the browser before it came to us, so each number has a margin, and we show it.',
    waiting: 'Adding it up…',
    unfetched: 'The results could not be fetched. Nothing was changed.',
    none: 'Nothing can be said yet: no week of questions is over, or too few answered. The first results will stand here.',
    index: 'Satisfaction, of a hundred',
    of100: (low: number, high: number) => `The true figure lies between ${low} and ${high} in 95 of 100 cases.`,
    noIndex: 'There is no index yet: each of the five parts needs enough answers first.',
    basis: (reports: number, from?: string, to?: string) =>
      from && to ? `${many(reports, 'report')}, from ${from} to ${to}` : many(reports, 'report'),
    how: 'Very satisfied counts 100, satisfied 75, fair 50, dissatisfied 25, very dissatisfied 0. A part is the mean of its questions, the whole the mean of the five parts.',
    dimension: (id: string) => DIMENSIONS[id] ?? id,
    score: (value: number, low: number, high: number) => `${value} of 100, between ${low} and ${high}`,
    share: (value: number, low: number, high: number) => `${value} %, between ${low} and ${high}`,
    tooFew: 'Too few answers to say anything.',
    reports: (n: number, answered: number | undefined) =>
      answered === undefined
        ? many(n, 'report')
        : `${many(n, 'report')}, about ${answered.toLocaleString('en')} of them with an answer`,
    first: (n: number) => `The ${word(n)} most frequent answers.`,
    others: 'Asked besides',
    changes: 'What we changed',
    noChanges: 'Nothing yet.',
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

  errors: {
    offline:
      'No network. You can look around and fill your bag as before; only an order waits until the network is back.',
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

const ORDINALS =
  'zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first'.split(
    ' ',
  );

function ordinal(n: number): string {
  return ORDINALS[n] ?? `number ${n}`;
}

/** What every language must say. */
export type Messages = typeof en;
