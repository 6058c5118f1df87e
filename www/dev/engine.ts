/**
 * A stand-in for the engine, for working on pages: it remembers in this tab, ranks by what was looked at, and says
 * so. It is not in the built storefront.
 */

import type {
  Consent,
  Engine,
  EngineOptions,
  EventName,
  ExportedMemory,
  Item,
  Receipt,
  RememberedEvent,
  ShopEvent,
} from '../../pkg/ts/types';
import { shelvesOf } from '../src/shop/files';
import { companion } from './fixture';

const SURVEY_QUESTION = {
  id: 'how-price',
  text: 'How satisfied are you with our prices?',
  options: [
    { answer: 'satisfied', text: 'Satisfied' },
    { answer: 'dissatisfied', text: 'Dissatisfied' },
  ],
};

const REPORT = {
  question: 'top-category',
  text: 'Which category did you look at most this week?',
  week: '2026-W47',
  answer: 'women',
  randomiser: 'k-ary response',
  epsilon: 1,
  answers: 10,
  body: { question: 'top-category', week: '2026-W47', id: '6f1c', answer: 'home' },
};

/** Stands in for the package's own, and keeps nothing. */
export class IndexedDbStorage {}

export async function createEngine(options: EngineOptions): Promise<Engine> {
  if (/engine=off/.test(location.search))
    throw Object.assign(new Error('switched off by ?engine=off'), { code: 'wasm_load' });
  await new Promise((done) => setTimeout(done, 300));
  const language = options.language ?? 'en';
  const now = options.now ?? Date.now;
  const shelves = shelvesOf(companion(language), true, now());
  const seeded = /seed=1/.test(location.search);
  let state: Consent = seeded ? 'on' : 'off';
  let events: RememberedEvent[] = [];
  const reminders = new Map<string, number>();
  const dismissed = new Set<string>();
  const listeners = new Set<() => void>();
  let n = 0;
  const tell = () => listeners.forEach((listener) => listener());
  const take = ({ name, params = {} }: ShopEvent, at = now()) => {
    if (name === 'reminder_on') reminders.set(params.brand!, at);
    if (name === 'reminder_off') reminders.delete(params.brand!);
    if (name === 'dismiss')
      for (const id of [params.brand, ...(params.items ?? []).map((i) => String(i.item_id))]) if (id) dismissed.add(id);
    if (name === 'undismiss')
      for (const id of [params.brand, ...(params.items ?? []).map((i) => String(i.item_id))])
        if (id) dismissed.delete(id);
    if (state === 'off') return;
    const items = (params.items ?? []).map(({ item_id, quantity, item_variant }) => {
      const id = String(item_id);
      const item = shelves.item(id);
      return {
        id,
        name: item?.name,
        brand: item?.brand,
        category: item?.category,
        price: item?.price,
        quantity: Number(quantity ?? 1),
        size: item_variant === undefined ? undefined : String(item_variant),
        attributes: Object.entries(item?.attributes ?? {}).map(([k, v]) => `${k}=${v}`),
      };
    });
    events = [
      {
        id: `t-${n++}`,
        at,
        name: name as EventName,
        items,
        brand: params.brand,
        term: params.search_term,
        reason: params.reason,
        question: params.question,
      },
      ...events,
    ];
  };
  if (seeded) {
    for (const [i, item] of shelves.front.slice(0, 9).entries())
      take({ name: 'view_item', params: { items: [{ item_id: item.id }] } }, now() - (9 - i) * 7_100_000);
    for (const item of shelves.front.slice(3, 5))
      take({ name: 'favourite_on', params: { items: [{ item_id: item.id }] } });
    for (const sale of shelves.sales.slice(60, 63)) take({ name: 'reminder_on', params: { brand: sale.brand } });
    for (const item of shelves.front.slice(1, 3))
      take({
        name: 'add_to_cart',
        params: { items: [{ item_id: item.id, item_variant: item.sizes.find((s) => s.stock > 0)?.size || undefined }] },
      });
  }
  const open = (item: Item) => {
    const sale = shelves.sale(item.sale)!;
    return (
      sale.opens <= now() &&
      now() < sale.closes &&
      item.stock > 0 &&
      !dismissed.has(item.id) &&
      !dismissed.has(item.brand)
    );
  };
  const all = shelves.sales.flatMap((sale) => shelves.itemsOf(sale.id)!);
  const say = (reason: string) => {
    const asked = engine.survey.question() !== undefined;
    if (asked) take({ name: 'satisfaction', params: { question: SURVEY_QUESTION.id, reason } });
    tell();
    return asked;
  };
  const engine = {
    language,
    state: 'fixture',
    isolation: 'page',
    storage: { kind: 'memory' },
    refused: {},
    lastRefusal: undefined,
    catalogue: {
      ...shelves,
      sales: () => [...shelves.sales],
      categories: () => [...shelves.categories],
      itemsOf: (id: string) => [...shelves.itemsOf(id)!],
      brand: (id: string) => ({ id, name: id, tier: 'second', expectedBack: now() + 30 * 86_400_000 }),
      brands: () => [],
      category: () => undefined,
      zoneOffset: () => 28_800_000,
      today: () => ({ opened: 0, next: 0 }),
    },
    observe: async (event: ShopEvent) => (take(event), tell()),
    record: (request: unknown) => ({ request, events: events.length }),
    recommend({ limit = 24 }: { limit?: number }) {
      const views = events.filter((e) => e.items.length > 0 && e.name !== 'dismiss');
      const score = (item: Item) =>
        views.reduce(
          (sum, e, i) =>
            sum +
            e.items.reduce((s, v) => s + (v.brand === item.brand ? 3 : 0) + (v.category === item.category ? 1 : 0), 0) /
              (i + 2),
          0,
        );
      const live = all.filter(open);
      const ranked = views.length
        ? live
            .map((item) => ({ item, s: score(item) }))
            .sort((a, b) => b.s - a.s || (a.item.id < b.item.id ? -1 : 1))
            .map(({ item }) => item)
        : shelves.front.filter(open);
      const taken = new Map<string, number>();
      const capped = ranked.filter(
        (item) => (taken.set(item.brand, (taken.get(item.brand) ?? 0) + 1), taken.get(item.brand)! <= 3),
      );
      const items = capped.slice(0, limit).map((item) => {
        const same = views.filter((e) => e.items.some((v) => v.brand === item.brand)).slice(0, 2);
        const zh = language === 'zh';
        const text = same.length
          ? zh
            ? `您看过 ${item.brandName} ${same.length} 次`
            : `You looked at ${item.brandName} ${same.length === 1 ? 'once' : 'twice'}`
          : zh
            ? '试一试：您没看过的品牌'
            : 'A try: this brand is new to you';
        return {
          id: item.id,
          score: 0,
          reasons: views.length
            ? [{ code: 'brand_affinity', contribution: 1, text, events: same.map((e) => e.id) }]
            : [],
        };
      });
      return {
        surface: 'home',
        personal: views.length > 0,
        items,
        total: Math.min(60, capped.length),
        state: 'fixture',
        digest: '',
        now: now(),
      };
    },
    reminders: () =>
      [...reminders].map(([brand, since]) => {
        const sale = shelves.sales.find((s) => s.brand === brand && s.closes > now());
        return {
          brand,
          brandName: sale?.brandName ?? brand,
          since,
          sale: sale?.id,
          opens: sale?.opens,
          state: sale ? (sale.opens > now() ? 'preview' : 'open') : 'away',
        };
      }),
    favourites: () => events.flatMap((e) => (e.name === 'favourite_on' ? e.items.map((i) => i.id) : [])),
    price(cart: { item: string; size?: string; quantity: number }[]): Receipt {
      const lines = cart.map((line) => {
        const item = shelves.item(line.item)!;
        const subtotal = item.price * line.quantity;
        return {
          ...line,
          unitPrice: item.price,
          subtotal,
          discounts: [{ promotion: 'c1', amount: Math.floor(subtotal / 10) }],
          total: subtotal,
          tax: 0,
          available: line.quantity,
        };
      });
      const subtotal = lines.reduce((sum, line) => sum + line.subtotal, 0);
      const discount = lines.reduce((sum, line) => sum + line.discounts[0]!.amount, 0);
      return {
        lines,
        subtotal,
        discount,
        tax: 0,
        total: subtotal - discount,
        tenders: [],
        payable: subtotal - discount,
        gifts: [],
        points: [],
        pointsSpent: 0,
        used: [{ id: 'c1', name: 'Ten in a hundred', amount: discount }],
        refused: [{ id: 'c2', name: '¥40 off from ¥299', reason: 'short', text: 'Home goods only.', shortfall: 3800 }],
        unknownCodes: [],
        state: 'fixture',
      };
    },
    offer: () => undefined,
    setAccount: () => undefined,
    history: {
      list: () => events,
      orders: () => [],
      derived: () => ({
        brands: [...new Set(events.flatMap((e) => e.items.map((i) => i.brand!)))]
          .slice(0, 3)
          .map((id) => ({ id, name: shelves.sales.find((s) => s.brand === id)?.brandName ?? id, weight: 1 })),
        categories: [],
        prices: events.length ? [{ from: 20000, to: 90000, weight: 1 }] : [],
        sizes: events.length ? [{ size: '38', weight: 1 }] : [],
        attributes: events.length ? [{ attribute: 'cloth=wool', weight: 1 }] : [],
        favourites: [],
        dismissed: { items: [], brands: [], categories: [] },
      }),
      forget: async (ids: string[]) => {
        const before = events.length;
        events = events.filter((e) => !ids.includes(e.id));
        tell();
        return before - events.length;
      },
      export: (): ExportedMemory => ({
        format: 1,
        exported: now(),
        consent: state,
        events,
        orders: [],
        reminders: [...reminders].map(([brand, since]) => ({ brand, since })),
      }),
      import: async (memory: ExportedMemory | string) => {
        if (typeof memory === 'string')
          throw Object.assign(new Error('the file is not JSON'), { code: 'import_refused' });
        const known = new Set(events.map(({ id }) => id));
        const added = memory.events.filter(({ id }) => !known.has(id));
        events = [...events, ...added].sort((a, b) => b.at - a.at);
        tell();
        return { added: added.length, known: memory.events.length - added.length };
      },
      erase: async () => {
        const kept = events;
        events = [];
        tell();
        return {
          until: now() + 10_000,
          undo: async () => {
            events = kept;
            tell();
            return true;
          },
        };
      },
    },
    consent: {
      get chosen() {
        return state !== 'off';
      },
      get state() {
        return state;
      },
      set: async (to: Consent) => {
        const kept = events;
        const from = state;
        state = to;
        if (to === 'off') events = [];
        tell();
        return to === 'off' && kept.length
          ? {
              until: now() + 10_000,
              undo: async () => {
                events = kept;
                state = from;
                tell();
                return true;
              },
            }
          : {};
      },
    },
    reports: {
      // As in the engine, looking at a report makes it, and making it is a change.
      preview: () => {
        tell();
        return state === 'on' ? REPORT : undefined;
      },
      ledger: () =>
        seeded
          ? [
              {
                question: 'top-category',
                text: 'Which category did you look at most this week?',
                week: '2026-W46',
                answer: 'shoes',
                randomiser: 'k-ary response, 10 answers',
                epsilon: 1,
                body: { question: 'top-category', week: '2026-W46', id: 'a', answer: 'women' },
                made: now() - 6 * 86_400_000,
                sent: now() - 6 * 86_400_000,
              },
            ]
          : [],
      budget: () => ({ spent: seeded ? 1 : 0, limit: 8, days: 90 }),
      skip: async () => undefined,
    },
    survey: {
      question: () =>
        state === 'on' && !events.some(({ name }) => name === 'satisfaction') ? SURVEY_QUESTION : undefined,
      answer: async (reason: string) => say(reason),
      skip: async () => say('none'),
    },
    subscribe: (listener: () => void) => (listeners.add(listener), () => listeners.delete(listener)),
    dispose: async () => undefined,
  };
  return engine as unknown as Engine;
}
