/** Rankings cross as words: what comes out is what went in, field by field, beside the other ways that a decision is told. */

import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createEngine } from '../dist/node.js';
import type { Engine, EventName, Language, Recommendations, RecommendRequest } from '../dist/node.js';
import { sentencesOf } from '../ts/messages.js';
import { readRanking } from '../ts/ranking.js';
import type { ToldSentence } from '../ts/ranking.js';
import { couponPackBytes, folder, manifest, NOON, packBytes, root } from './fixture.js';

/** A generator whose numbers are the same on every run: 0 up to a bound. */
function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

interface Told extends Omit<Recommendations, 'items'> {
  items: { row: number; id: string; score: number; explored?: number; reasons: { code: string; contribution: number; told: ToldSentence; events: [number, number][] }[] }[];
}

/** Writes words plainly, nothing shared: the order is that of src/engine/views/flat.rs, and nothing else is. */
function wordsOf({ surface, personal, variant, items, total, state, digest, now }: Told): Uint32Array {
  const texts: string[] = [];
  const text = (value: string | undefined): number => (value === undefined ? 0 : texts.push(value));
  const grounds = items.flatMap(({ reasons }) => reasons).map(({ code, told, events }) => {
    const { message, item, brand, category, attribute, size, count } = told;
    return [...[code, message, item, brand, category, attribute, size].map(text), count, events.length, ...events.flat()];
  });
  let ground = 0;
  const entries = items.map(({ row, id, score, explored, reasons }) => [row, text(id), score, explored ?? 0, reasons.length, ...reasons.flatMap(({ contribution }) => [ground++, contribution])]);
  const list = [text(surface), Number(personal), text(variant), entries.length, ...entries.flat(), total, text(state), text(digest), now % 2 ** 32, Math.floor(now / 2 ** 32)];
  const bytes = new TextEncoder().encode(texts.join(''));
  const words = [bytes.length, texts.length, ...texts.map(({ length }) => length), grounds.length, ...grounds.flat(), ...list];
  const whole = new Uint32Array(words.length + Math.ceil(bytes.length / 4));
  whole.set(words);
  new Uint8Array(whole.buffer).set(bytes, 4 * words.length);
  return whole;
}

/** Texts of one, two, three and four bytes a character, and of such as begin what a decoder might drop. */
const TEXTS = ['', 'a', 'brand-07', 'Größe 38', '条纹府绸衬衫', '👗 of 2', '\uFEFFmarked', 'line\nbreak', '{brand}', 'toString'];

function anyRanking(roll: (below: number) => number): Told {
  const text = () => TEXTS[roll(TEXTS.length)] ?? '';
  const maybe = () => (roll(2) === 0 ? undefined : text());
  const number = () => [0, 1, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1, roll(2 ** 32)][roll(6)] ?? 0;
  const signed = () => number() | 0;
  const list = <Row>(most: number, make: () => Row): Row[] => Array.from({ length: roll(most + 1) }, make);
  const variant = maybe();
  return {
    surface: text() as 'home',
    personal: roll(2) === 0,
    ...(variant === undefined ? {} : { variant }),
    items: list(5, () => {
      const explored = roll(3) === 0 ? { explored: 1 + roll(900) } : {};
      const reasons = list(4, () => ({
        code: text(),
        contribution: signed(),
        told: { message: text(), item: maybe(), brand: maybe(), category: maybe(), attribute: maybe(), size: maybe(), count: number() },
        events: list(4, (): [number, number] => [number(), number()]),
      }));
      return { row: number(), id: text(), score: signed(), ...explored, reasons };
    }),
    total: number(),
    state: text(),
    digest: text(),
    now: [0, NOON, -1, -NOON, 2 ** 53 - 1, 2 ** 32][roll(6)] ?? 0,
  };
}

/** What a sentence is made of, as a text. */
const spelled = (told: ToldSentence): string => JSON.stringify(Object.entries(told).filter(([, value]) => value !== undefined).sort());

describe('words of any ranking', () => {
  test('are read as they were written, in the order of the keys', () => {
    const roll = dice(7);
    for (let round = 0; round < 500; round++) {
      const { items, ...rest } = anyRanking(roll);
      const expected = {
        ...rest,
        items: items.map(({ reasons, ...item }) => ({ ...item, reasons: reasons.map(({ code, contribution, told, events }) => ({ code, contribution, text: spelled(told), events: events.map((pair) => pair.join('-')) })) })),
      };
      const read = readRanking(wordsOf({ items, ...rest }), spelled);
      expect(read).toStrictEqual(expected);
      expect(Object.keys(read)).toEqual(['surface', 'personal', ...('variant' in rest ? ['variant'] : []), 'items', 'total', 'state', 'digest', 'now']);
      for (const item of read.items) expect(Object.keys(item)).toEqual(['row', 'id', 'score', ...('explored' in item ? ['explored'] : []), 'reasons']);
      for (const reason of read.items.flatMap(({ reasons }) => reasons)) expect(Object.keys(reason)).toEqual(['code', 'contribution', 'text', 'events']);
    }
  });

  test('are read alone: no text comes from behind them, wherever they end', () => {
    const roll = dice(8);
    for (let round = 0; round < 50; round++) {
      const words = wordsOf(anyRanking(roll));
      const room = new Uint32Array(words.length + 64).fill(0x41414141);
      room.set(words, 3);
      for (let length = 0; length < words.length; length++) {
        let read: unknown;
        try {
          read = readRanking(room.subarray(3, 3 + length), spelled);
        } catch (thrown) {
          // A reason of a ground that was cut off, or texts that were.
          expect([TypeError, RangeError]).toContain((thrown as Error).constructor);
        }
        expect(JSON.stringify(read) ?? '').not.toContain('AAAA');
      }
    }
  });
});

test('a message is said with its arguments, and otherwise for a count of one', () => {
  const say = sentencesOf({ seen: '{count} times {brand}', 'seen.one': 'once {brand}', plain: 'as it is' });
  expect([say('seen', { count: 2, brand: 'B' }), say('seen', { count: 1, brand: 'B' }), say('seen', { count: 1 })]).toEqual(['2 times B', 'once B', 'once ']);
  expect([say('plain', {}), say('seen', { count: 0, brand: '{count}' })]).toEqual(['as it is', '0 times {count}']);
  expect(say('not {there}', { there: 'here' }), 'a gap is seen').toBe('not here');
});

// ---------------------------------------------------------------- shoppers of the fixture

const ITEMS = ['ar-1', 'ar-2', 'tg-1', 'tg-2', 'ml-1'];
const EVENTS: EventName[] = ['view_item', 'view_item', 'view_item', 'add_to_cart', 'favourite_on'];

/** A shopper who did what a seed says. */
async function shopper(seed: number, language: Language, pack = packBytes()): Promise<Engine> {
  const engine = await createEngine({ pack, language, now: () => NOON - 60_000 * seed, consent: seed % 3 === 0 ? 'on' : 'session', storage: 'memory' });
  const roll = dice(seed);
  for (let count = roll(14); count > 0; count--) {
    const item = engine.catalogue.item(ITEMS[roll(ITEMS.length)] ?? '');
    if (item) await engine.observe(EVENTS[roll(EVENTS.length)] ?? 'view_item', { items: [{ item_id: item.id, item_variant: item.sizes[0]?.size }] });
  }
  if (roll(2) === 0) await engine.observe('reminder_on', { brand: 'mossling' });
  return engine;
}

const REQUESTS: RecommendRequest[] = [
  { surface: 'home' },
  { surface: 'home', limit: 2, offset: 1, explore: false },
  { surface: 'search', items: ['tg-1', 'ar-1'] },
  { surface: 'similar', item: 'ar-1' },
  { surface: 'cart', items: ['tg-1'] },
  { surface: 'sale', sale: 'anselm-row-1122' },
  { surface: 'closing_soon' },
];
const SHOPPERS = [1, 2, 3, 4, 5, 6, 7, 8];

interface Replayed {
  reproduced: boolean;
  digest: string;
  state: string;
  variant?: string;
  items: { id: string; score: number; reasons: string[] }[];
}

/** Makes a decision again natively; the sentences are then those of the command's own wording. */
function replayed(engine: Engine, request: RecommendRequest, from: string): Replayed {
  const record = join(root, 'target/ranking-test/record.json');
  mkdirSync(join(root, 'target/ranking-test'), { recursive: true });
  writeFileSync(record, JSON.stringify(engine.record(request)));
  const { pack, text } = manifest(from);
  const words = ['--json', 'replay', '--pack', join(from, pack.url), '--language', engine.language, '--text', join(from, text[engine.language]?.url ?? ''), record];
  const command = process.env['WINDOWSHOP'];
  const own = ['run', '--quiet', '--locked', '--bin', 'windowshop', '--', ...words];
  return JSON.parse(execFileSync(command ?? 'cargo', command === undefined ? own : words, { cwd: root, encoding: 'utf8' })) as Replayed;
}

describe('a ranking of the fixture’s shop', () => {
  test.each(['en', 'zh'])('has what its items are explained by, in %s', async (language) => {
    let compared = 0;
    for (const seed of SHOPPERS) {
      const engine = await shopper(seed, language);
      for (const request of [{ surface: 'home', explore: false }, { surface: 'search', items: ITEMS }] as const) {
        for (const { id, score, reasons } of engine.recommend(request).items) {
          // Told as values, each object by itself.
          const told = engine.explain(id);
          expect({ id, score, reasons }).toStrictEqual({ id: told.id, score: told.score, reasons: told.reasons });
          compared += reasons.length;
        }
      }
      await engine.dispose();
    }
    expect(compared).toBeGreaterThan(20);
  });

  test.each(['en', 'zh'])('is the decision that is replayed natively, in %s', { timeout: 120_000 }, async (language) => {
    let sentences = 0;
    for (const seed of SHOPPERS.slice(0, 4)) {
      const engine = await shopper(seed, language);
      for (const request of REQUESTS) {
        const { items, digest, state, variant } = engine.recommend(request);
        const native = replayed(engine, request, folder);
        expect(native).toMatchObject({ reproduced: true, digest, state });
        expect(native.variant).toBe(variant);
        expect(items.map(({ id, score, reasons }) => ({ id, score, reasons: reasons.map(({ text }) => text) }))).toEqual(native.items.map(({ id, score, reasons }) => ({ id, score, reasons })));
        sentences += items.flatMap(({ reasons }) => reasons).length;
      }
      await engine.dispose();
    }
    expect(sentences).toBeGreaterThan(20);
  });

  test('tells variant, total and clock as they are', async () => {
    const engine = await shopper(3, 'en', couponPackBytes());
    const list = engine.recommend({ surface: 'home', limit: 1 });
    const { request, now, digest } = engine.record({ surface: 'home', limit: 1 });
    expect(list).toMatchObject({ surface: 'home', variant: request.variant, now, digest, state: engine.state });
    expect(['as_now', 'loud_brands', 'shop_order']).toContain(list.variant);
    expect(list.total).toBeGreaterThan(list.items.length);
    await engine.dispose();
  });

  test('is the caller’s own: reasons that rest on the same events have a list each', async () => {
    const engine = await shopper(5, 'en');
    const reasons = engine.recommend({ surface: 'home' }).items.flatMap((item) => item.reasons);
    const told = reasons.map(({ code, text, events }) => JSON.stringify({ code, text, events }));
    expect(new Set(told).size, 'some share what they rest on').toBeLessThan(told.length);
    expect(new Set(reasons.map(({ events }) => events)).size).toBe(reasons.length);
    await engine.dispose();
  });
});
