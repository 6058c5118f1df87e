/** The bag, its coupons, and what becomes of it: confirming, ordering. */

import { Word } from './words';

export const bag = {
  coupon: {
    everybody: 'Its code works for every shopper.',
    why: (text: string) =>
      `${text}. Put forward by this browser, from what it keeps of your own orders. The shop is told of it only if you use the code in an order.`,
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
    gone: 'This is no longer in the shop. It costs nothing here and you can take it out.',
    soldOut: 'Sold out since you put it in. It costs nothing here and you can take it out.',
    onlyLeft: (n: number) => `${n} left; the receipt counts these alone.`,
    ended: 'Its sale has ended. It costs nothing here and you can take it out.',
    notOpen: 'Its sale is not open yet.',
    receipt: 'Receipt',
    subtotal: 'Goods',
    discount: 'Off',
    total: 'Total',
    unknownCode: (code: string) => `No coupon has the code ${code}. Your bag is unchanged.`,
    notIncluded: 'not included',
    plain:
      'Only the goods are added up here. Shipping and coupons are worked out by the engine, which did not start: nothing can be ordered without it.',
    code: 'Coupon code',
    codes: (n: number) => `${n === 1 ? 'One coupon' : `${Word(n)} coupons`} with a code that you can enter now`,
    codeUsed: (name: string) => `${name} counts in your bag now.`,
    codeRefused: (name: string, why: string) => `Not used: “${name}”. ${`${why}`.replace(/[.]?$/, '.')}`,
    codeEntered: (code: string) => `Code entered: ${code}`,
    codeDropped: (code: string) => `Code ${code} is taken out.`,
    dropCode: 'Take out',
    dropCodeLabel: (code: string) => `Take out the code ${code}`,
    use: 'Use',
    codesBrief: 'A code counts until this page is reloaded.',
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
      ].join(' '),
    reload: 'Load the page again to see the new receipt.',
    noneLeft: 'Not ordered: at the checkout nothing of it can be bought now.',
    clockSet:
      'The clock of this page is set by its address, and the checkout goes by its own: it may know other prices and stock, and sales that are over or not open yet.',
    toPresent: 'To order, go back to the present.',
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
    staysKept: 'Number and goods of it stay under “On this device”.',
    lastsKept:
      'With its coupons and shipping this receipt lasts until this page is reloaded or closed. Number and goods stay under “On this device”.',
    unknown: 'There is no such receipt here. A receipt that is not kept lasts until its page is reloaded or closed.',
    blind: 'What this browser keeps of your orders cannot be read now: the engine did not start. It is not lost.',
    last: 'Your last receipt',
    of: (date: string) => `Receipt of ${date}`,
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
};
