/** The fixture shop's pack, built once by the project's own command, as bytes and as a served folder. */

import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Manifest } from '../ts/load.js';
import type { Engine, PackBytes } from '../ts/types.js';

export const root = join(import.meta.dirname, '../..');
export const folder = join(root, 'target/fixture-pack');

/** 2026-11-22 12:00 in Berlin, two hours after the fixture's latest opening. */
export const NOON = Date.parse('2026-11-22T12:00:00+01:00');

/** The same shop with coupons, and campaigns that surface them. */
const couponFolder = join(root, 'target/fixture-coupon-pack');
const coupon = (id: string, off: number) => ({ id, name: { en: `${off} off 199`, zh: `满199减${off}` }, code: id.toUpperCase(), benefit: { threshold: { spend: '199', off: String(off) } } });
const campaign = (id: string, promotion: string, value: string) => ({ id, salt: id, holdout: '1', surfacings: 9, arms: [{ id: 'coupon', coupons: [{ promotion, value, cost: '1' }] }] });
const ASKED = JSON.parse(readFileSync(join(root, 'src/bin/windowshop/demo/data/questions.json'), 'utf8')) as { id: string }[];
// One question, so that every week asks it.
const QUESTIONS = ASKED.filter(({ id }) => id === 'category-of-the-week');
/** The same shop with a survey and no other question, so that every week is the survey's. */
const surveyFolder = join(root, 'target/fixture-survey-pack');
/** After a large order: thanks, and three days later a word of care. */
const words = {
  id: 'words',
  salt: 'words',
  holdout: '1',
  trigger: { at_least: '1000' },
  waves: [0, 3],
  messages: [
    { text: 'thanks', alone: true },
    { step: 1, care: ['men'], alone: true },
  ],
  arms: [{ id: 'words', coupons: [] }],
};
const RULES = {
  'questions.json': QUESTIONS,
  'promotions.json': { promotions: [coupon('thirty', 30), coupon('twenty', 20)] },
  'variants.json': {
    salt: 'lists',
    shop_order: 334,
    variants: [
      { name: 'as_now', share: 333 },
      { name: 'loud_brands', share: 333, weights: { signals: { brand_affinity: 9000 } } },
    ],
  },
  'campaigns.json': { per_day: 1, per_week: 2, campaigns: [campaign('first', 'thirty', '9'), campaign('second', 'twenty', '5'), words] },
  'messages.json': {
    disclosure: { en: 'A program chose.', zh: '由程序选出。' },
    messages: [{ id: 'thanks', text: { en: 'Thank you.', zh: '谢谢。' } }],
    care: [{ category: 'men', text: { en: 'Press it with steam.', zh: '蒸汽熨烫。' } }],
  },
};

/** Vitest's global set-up: builds the packs. */
export default function setup(): void {
  const feed = join(root, 'target/fixture-coupon-feed');
  cpSync(join(root, 'tests/fixtures/feed-jsonl'), feed, { recursive: true });
  for (const [name, rules] of Object.entries(RULES)) writeFileSync(join(feed, name), JSON.stringify(rules));
  const survey = join(root, 'target/fixture-survey-feed');
  cpSync(join(root, 'tests/fixtures/feed-jsonl'), survey, { recursive: true });
  writeFileSync(join(survey, 'questions.json'), JSON.stringify(ASKED.filter(({ id }) => ['how-price', 'how-was-it'].includes(id))));
  build(survey, surveyFolder);
  build('tests/fixtures/feed-jsonl', folder);
  build(feed, couponFolder);
}

function build(feed: string, out: string): void {
  windowshop('pack', 'build', feed, '--out', out);
}

/** Runs this project's own command; in a copy of the project (scripts/audit-sabotage.mjs) the one that WINDOWSHOP names. */
export function windowshop(...words: string[]): void {
  const command = process.env['WINDOWSHOP'];
  const own = ['run', '--quiet', '--locked', '--bin', 'windowshop', '--', ...words];
  execFileSync(command ?? 'cargo', command === undefined ? own : words, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
}

/** The pack with coupons. */
export function couponPackBytes(): PackBytes {
  return packBytes(couponFolder);
}

/** Has an engine take in a pack as if it had been fetched; whether that was news. */
export function renew(engine: Engine, { bytes }: PackBytes, deltas: Uint8Array[] = []): Promise<boolean> {
  const news = { bytes, text: undefined, deltas };
  return (engine as unknown as { refresh(given: typeof news): Promise<boolean> }).refresh(news);
}

/** The pack with a survey. */
export function surveyPackBytes(): PackBytes {
  return packBytes(surveyFolder);
}

export function manifest(from = folder): Manifest {
  return JSON.parse(readFileSync(join(from, 'pack.json'), 'utf8')) as Manifest;
}

/** The pack as `createEngine` takes it. */
export function packBytes(from = folder): PackBytes {
  const { pack, text } = manifest(from);
  const bytes = (url: string): Uint8Array<ArrayBuffer> => new Uint8Array(readFileSync(join(from, url)));
  const texts = Object.entries(text).map(([language, { url }]) => [language, bytes(url)]);
  return { bytes: bytes(pack.url), text: Object.fromEntries(texts) as Record<string, Uint8Array> };
}
