/** Things and what is said of them: prices, stock, sizes, reasons, and the page of one. */

import { many, value } from './words';

export const goods = {
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

  /** Who goods are for. */
  audience: { children: 'Children', men: 'Men', women: 'Women' },

  save: (name: string) => `Save: ${name}`,

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

  item: {
    like: 'Much like it',
    size: 'Size',
    oneSize: 'One size',
    /** A size that is somebody's height. */
    height: (size: string) => `${size} cm`,
    choose: 'Choose a size first',
    add: 'Put in the bag',
    added: (name: string) => `In your bag: ${name}.`,
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
};
