/** The survey over a real (if pretended) IndexedDB: asked once, answered or skipped, and reported a week later or not at all. */

import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createEngine, RequestError } from '../dist/node.js';
import type { Engine, EngineOptions, SurveyQuestion } from '../dist/node.js';
import { NOON, surveyPackBytes } from './fixture.js';

const WEEK = 7 * 86_400_000;
const pack = surveyPackBytes();
const engines: Engine[] = [];
let now = NOON;
let fetched = 0;

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory());
  vi.stubGlobal('fetch', () => {
    fetched++;
    return Promise.resolve(new Response('{}', { status: 202 }));
  });
  [now, fetched] = [NOON, 0];
});
afterEach(async () => {
  await Promise.all(engines.splice(0).map((engine) => engine.dispose()));
  vi.unstubAllGlobals();
});

async function open(options: Partial<EngineOptions> = {}): Promise<Engine> {
  const engine = await createEngine({ pack, language: 'en', now: () => now, storage: 'indexeddb', reports: 'https://shop.example/v1/reports', ...options });
  engines.push(engine);
  return engine;
}

/** A browser that remembers something. */
async function remembering(options: Partial<EngineOptions> = {}): Promise<Engine> {
  const engine = await open(options);
  await engine.consent.set('on');
  await engine.observe('view_item', { items: [{ item_id: 'tg-1' }] });
  return engine;
}

const asked = (engine: Engine): SurveyQuestion => {
  const question = engine.survey.question();
  expect(question).toBeDefined();
  return question!;
};

test('a question is asked once something is kept, in the language of the shop, the same however often it is looked at', async () => {
  const engine = await open();
  expect(engine.survey.question()).toBeUndefined();
  await engine.consent.set('on');
  expect(engine.survey.question(), 'nothing is remembered yet').toBeUndefined();
  await engine.observe('view_item', { items: [{ item_id: 'tg-1' }] });
  const question = asked(engine);
  expect(['how-price', 'how-was-it']).toContain(question.id);
  expect(question.options.map(({ answer }) => answer)).toEqual(['very_satisfied', 'satisfied', 'fair', 'dissatisfied', 'very_dissatisfied']);
  expect(question.options[0]!.text).toBe('Very satisfied');
  expect(engine.survey.question()).toEqual(question);
  await engine.dispose();
  const chinese = await open({ language: 'zh' });
  expect(asked(chinese)).toMatchObject({ id: question.id, options: [{ text: '非常满意' }, {}, {}, {}, {}] });
});

test('an answer is an event, given once, kept, and what next week reports', async () => {
  const engine = await remembering();
  const { id } = asked(engine);
  expect(await engine.survey.answer('fair')).toBe(true);
  expect([engine.survey.question(), await engine.survey.answer('fair'), await engine.survey.skip()]).toEqual([undefined, false, false]);
  const [event] = engine.history.list();
  expect(event).toMatchObject({ name: 'satisfaction', reason: 'fair' });
  expect(event!.question, 'the one on the whole is named by nothing').toBe(id === 'how-was-it' ? undefined : id);
  expect(fetched, 'nothing is sent by answering').toBe(0);
  await engine.dispose();
  now += WEEK;
  const later = await open();
  expect(later.reports.preview()).toMatchObject({ question: id, answer: 'fair' });
  expect(later.survey.question(), 'the next week has its own').toBeDefined();
});

test('two clicks at once are one answer, and two tabs know of it', async () => {
  const one = await remembering();
  const other = await open();
  expect(await Promise.all([one.survey.answer('fair'), one.survey.answer('satisfied')])).toEqual([true, false]);
  await vi.waitFor(() => expect(other.survey.question()).toBeUndefined());
});

test('a skipped question is not asked again, and says nothing', async () => {
  const engine = await remembering();
  expect(await engine.survey.skip()).toBe(true);
  expect(engine.survey.question()).toBeUndefined();
  now += WEEK;
  expect(engine.reports.preview()?.answer).toBe('none');
});

test('what is taken back was never said', async () => {
  const engine = await remembering();
  await engine.survey.answer('dissatisfied');
  await engine.history.forget([engine.history.list()[0]!.id]);
  expect(engine.survey.question()).toBeDefined();
  now += WEEK;
  expect(engine.reports.preview()?.answer).toBe('none');
});

test('nothing is asked where no report would go', async () => {
  const engine = await remembering();
  await engine.reports.set(false);
  expect([engine.survey.question(), await engine.survey.answer('fair')]).toEqual([undefined, false]);
  await engine.reports.set(true);
  expect(engine.survey.question()).toBeDefined();
  vi.stubGlobal('navigator', { globalPrivacyControl: true });
  expect(engine.survey.question()).toBeUndefined();
  vi.unstubAllGlobals();
  vi.stubGlobal('indexedDB', new IDBFactory());
  const without = await createEngine({ pack, language: 'en', now: () => now });
  engines.push(without);
  await without.consent.set('on');
  await without.observe('view_item', { items: [{ item_id: 'tg-1' }] });
  expect(without.survey.question(), 'there is nowhere to report to').toBeUndefined();
  const brief = await open();
  await brief.consent.set('session');
  await brief.observe('view_item', { items: [{ item_id: 'tg-1' }] });
  expect(brief.survey.question()).toBeUndefined();
});

test.each([7, undefined, 'cheap', 'none'])('answer(%j) is refused', async (option) => {
  const engine = await remembering();
  const words = "survey.answer's option must be 'very_satisfied' or 'satisfied' or 'fair' or 'dissatisfied' or 'very_dissatisfied'";
  await expect(engine.survey.answer(option as string)).rejects.toThrow(words);
  await expect(engine.survey.answer(option as string)).rejects.toBeInstanceOf(RequestError);
  expect(engine.survey.question(), 'nothing was said').toBeDefined();
});

test('an export with an answer comes back', async () => {
  const engine = await remembering();
  await engine.survey.answer('satisfied');
  const text = JSON.stringify(engine.history.export());
  await engine.history.erase();
  expect(await engine.history.import(text)).toEqual({ added: 2, known: 0 });
});
