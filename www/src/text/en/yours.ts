/** What is the shopper’s own: reminders, membership, everything kept, the survey and what was heard. */

import type { Disguise } from '../../shop/disguise';
import { ANSWERS, DIMENSIONS, many, word, Word } from './words';

export const yours = {
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
    pointsOf: (n: number) => `${n.toLocaleString('en')} points`,
    pointsWorth: (amount: string) => `Worth ${amount} in your bag with the code POINTS.`,
    pointsNothing: 'Worth nothing in your bag as it is.',
    orders: 'Orders',
    referral: 'Code for a friend',
    referralNote: 'Give it to whom you like. Nobody is told who you gave it to.',
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
    on: ['Kept', 'On this device, at most 90 days; orders three years, choices until you change them'],
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
      'Off, they leave no trace in your list and are put forward only beside others of their kind that you opened or put in your bag. On, they count like everything else. Toys always do.',
    coupons: 'Put coupons forward',
    couponsNote: 'Off, none is put forward. All of them stay open to you on the page of all coupons.',
    ofOrders: 'Worked out of your orders',
    ofOrdersNote: 'which coupons are put forward hangs on it',
    orders: (n: number, sum: string) =>
      `${n === 1 ? 'One order' : `${Word(n)} orders`}, ${sum} of goods before coupons`,
    lastOrder: (days: number) =>
      days === 0 ? 'The last one today' : days === 1 ? 'The last one yesterday' : `The last one ${days} days ago`,
    saved: (percent: number) => `${percent}% below list prices on average`,
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
    inClear:
      'In clear stands which trial it is about and which part of it this browser drew by chance: without that nothing could be compared. What you did is scrambled.',
    nextGone: 'This week’s report was handed over and may have left: it stands in the ledger.',
    nextNone: 'No report is waiting.',
    nextNoneOff: 'No report is waiting. Reports need the memory to be “Kept”.',
    nextNonePrivacy: 'Your browser asks shops to pass nothing on (Global Privacy Control), so no report is ever made.',
    nextNoneRefused: 'Reports are off: none is made.',
    nextNoneSet: 'No report is made while the clock is set.',
    reportsSwitch: 'Weekly report',
    reportsNote:
      'Off, nothing is ever reported. After a wipe it is off, because the ledger is gone too; on, it begins next week.',
    purpose: (purpose: string) => `Why the shop asks: ${purpose}`,
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
    pricesFrom: (from: string) => `Prices from ${from}`,
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
    share: (value: number, low: number, high: number) => `${value}%, between ${low} and ${high}`,
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
};
