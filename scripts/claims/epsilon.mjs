// Claim 7: samples of the shipped module's own disguises, from which ε is estimated as an attacker would.
//
// For a pair of true answers the likeliest tell-tale is known: of k-ary response that the report says the first, of unary
// encoding that the first's bit is set and the second's is not. How often it is seen under either truth gives a lower bound
// of ε at 99.9 % (Wilson's intervals of both frequencies; after StatDP, Ding et al., CCS 2018, and LDP-Audit, PETS 2024). A
// bound above the ε that is claimed is a proof that the claim is false.
import { randomBytes } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { commandOf, hold, json, run } from './common.mjs';

/** Draws of each pair, half of them under either truth; the sabotage that has odds off by a fifth is told from 60,000. */
const DRAWS = Number(process.env.DRAWS ?? 1_000_000);
/** Two-sided 99.9 % of the normal distribution. */
const Z = 3.2905;
const NOW = Date.parse('2026-11-22T12:00:00+01:00');
/** Answers that the fixture's shop has, by what has to be looked at: nothing for `none`. */
const LOOKS = { men: 'ar-1', beauty: 'tg-1', none: undefined };

/** How many answers, and between which two truths it is to tell: each randomiser at both ends of its range. */
const PAIRS = [
  [2, 'men', 'none'],
  [5, 'men', 'beauty'],
  [10, 'beauty', 'none'],
  [11, 'men', 'none'],
  [40, 'men', 'beauty'],
  [256, 'beauty', 'none'],
];

/** The answers of a question: the pair's first in front, its second last, and others that are never true between; a pack is refused without `none`. */
function answersOf([size, one, other]) {
  const between = Array.from({ length: size - 2 }, (_, at) => `other-${at}`);
  if (other !== 'none') between[0] = 'none';
  return [one, ...between, other];
}

/** Packs of the fixture's shop, one a pair, each with its question. */
function packs(root, folder) {
  rmSync(folder, { recursive: true, force: true });
  return PAIRS.map((pair) => {
    const [feed, out] = [join(folder, `feed-${pair[0]}`), join(folder, `pack-${pair[0]}`)];
    mkdirSync(feed, { recursive: true });
    cpSync(join(root, 'tests/fixtures/feed-jsonl'), feed, { recursive: true });
    const text = { en: 'Which?', zh: '哪个？' };
    const question = { id: 'audit', answer: 'most_viewed_category', domain: { labels: answersOf(pair) }, epsilon_thousandths: 1000, text, purpose: text, minimum_cohort: 100 };
    writeFileSync(join(feed, 'questions.json'), JSON.stringify([question]));
    run(root, commandOf(root), ['pack', 'build', feed, '--out', out]);
    return join(out, json(join(out, 'pack.json')).pack.url);
  });
}

/** A machine that has looked at what makes an answer true. */
async function shopper(root, pack, truth) {
  const { openPack, startWasm } = await import(pathToFileURL(join(root, 'target/package/js/machine.js')).href);
  await startWasm(() => Promise.resolve(readFileSync(join(root, 'pkg/dist/engine.wasm'))));
  const machine = await openPack(new Uint8Array(readFileSync(pack)), 1);
  machine.set_consent('on');
  if (LOOKS[truth] !== undefined) machine.observe({ name: 'view_item', items: [{ id: LOOKS[truth] }] }, NOW);
  return machine;
}

/** Whether a disguise is the tell-tale for the answer at a place, beside that at another. */
function tells(randomiser, disguise, at, beside) {
  if (randomiser === 'krr') return disguise[0] === at;
  const set = (place) => (disguise[place >> 3] >> (place & 7)) & 1;
  return set(at) === 1 && set(beside) === 0;
}

/** How often each truth's disguises are the tell-tale of the first answer, and of the second; of `draws` each. */
async function sampled({ root, pack, pair, draws }) {
  const [size, ...truths] = pair;
  const last = size - 1;
  const counts = [];
  let epsilon = 0;
  for (const truth of truths) {
    const machine = await shopper(root, pack, truth);
    const count = [0, 0];
    // Fresh secrets, as of so many browsers: each gives the disguise that this browser would send.
    const secrets = randomBytes(32 * 1024);
    for (let draw = 0; draw < draws; draw++) {
      const place = draw % 1024;
      if (place === 0) secrets.set(randomBytes(32 * 1024));
      const made = machine.preview_report(NOW, secrets.subarray(32 * place, 32 * place + 32));
      if (draw === 0) {
        hold(made.truth === truth, `the true answer is ${made.truth} and should be ${truth}`);
        hold(made.answers === size, `the question has ${made.answers} answers and should have ${size}`);
        epsilon = made.epsilon_thousandths / 1000;
      }
      const [randomiser, , hex] = made.body.answer.split('-');
      const disguise = Buffer.from(hex, 'hex');
      if (tells(randomiser, disguise, 0, last)) count[0] += 1;
      if (tells(randomiser, disguise, last, 0)) count[1] += 1;
    }
    counts.push(count);
    machine.free();
  }
  return { counts, epsilon };
}

/** Wilson's interval of a frequency. */
export function wilson(count, draws) {
  const share = count / draws;
  const middle = (share + Z ** 2 / (2 * draws)) / (1 + Z ** 2 / draws);
  const reach = (Z / (1 + Z ** 2 / draws)) * Math.sqrt((share * (1 - share)) / draws + Z ** 2 / (4 * draws ** 2));
  return [middle - reach, middle + reach];
}

/** The lower bound of ε that counts of the tell-tales give, the better of both directions. */
export function bound([[one, otherOfOne], [oneOfOther, other]], draws) {
  const of = (often, seldom) => Math.log(wilson(often, draws)[0] / wilson(seldom, draws)[1]);
  return Math.max(of(one, oneOfOther), of(other, otherOfOne));
}

/** The bounds of all pairs, drawn in as many threads as it is worth. */
export async function epsilons(root, { draws = DRAWS, folder = join(root, 'target/audit/epsilon') } = {}) {
  const made = packs(root, folder);
  const share = Math.ceil(draws / 4);
  const threads = 2;
  const one = (pair, pack) =>
    new Promise((resolve, reject) => {
      const worker = new Worker(new URL(import.meta.url), { workerData: { root, pack, pair, draws: share } });
      worker.once('message', resolve);
      worker.once('error', reject);
    });
  const found = [];
  for (const [at, pair] of PAIRS.entries()) {
    const parts = await Promise.all(Array.from({ length: threads }, () => one(pair, made[at])));
    const counts = [0, 1].map((truth) => [0, 1].map((tale) => parts.reduce((sum, { counts }) => sum + counts[truth][tale], 0)));
    found.push({ pair, draws: share * threads * 2, epsilon: parts[0].epsilon, bound: bound(counts, share * threads) });
  }
  return found;
}

/** No pair tells more than is claimed. */
export async function epsilonHolds(root, options) {
  const found = await epsilons(root, options);
  for (const { pair, epsilon, bound } of found) {
    // Far below it the samples would say nothing either.
    hold(bound > epsilon * 0.9, `${pair}: the bound is ${bound.toFixed(3)}, too low to say anything of ε = ${epsilon}`);
    hold(bound <= epsilon, `of ${pair[0]} answers, '${pair[1]}' or '${pair[2]}': ε is at least ${bound.toFixed(3)} (99.9 %), and ${epsilon} is claimed`);
  }
  return `of ${found[0].draws.toLocaleString('en')} disguises a pair by the module, ε is at least ${found.map(({ pair, bound }) => `${bound.toFixed(3)} (${pair[0]})`).join(', ')}`;
}

if (!isMainThread && workerData?.pair) parentPort.postMessage(await sampled(workerData));
