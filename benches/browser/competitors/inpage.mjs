// What runs in the page for runtimes of tensors: scoring alone, from tables to the best, over the same codes and tables as the
// baseline over typed arrays, which takes its turn beside them. Everything else of a call (memory, tables, the mix) they would
// have to do in JavaScript too. The engine takes its turn twice: its whole call, and its list without what it says of it.
import { createEngine } from '/pkg/index.js';
import { freshness, weighted } from '../numbers.mjs';
import { openColumns } from '../pack.mjs';
import { ALONE, HOME, listAlone, remember } from '../requests.mjs';
import { inTurns } from '../turns.mjs';
import { TypedShop } from '../typed.mjs';
import { scoringModel } from './onnx.mjs';

/** As many as the baseline keeps at least. */
const BEST = 1_536;
/** What is not to be shown, where numbers have 32 bits: two of them added do not overflow. */
const OUT = -1_000_000_000;

async function onnx(tables, items) {
  const ort = await import('/competitors/node_modules/onnxruntime-web/dist/ort.wasm.min.mjs');
  ort.env.wasm.wasmPaths = '/competitors/node_modules/onnxruntime-web/dist/';
  ort.env.wasm.numThreads = 1;
  const session = await ort.InferenceSession.create(scoringModel(tables, items, BEST), { executionProviders: ['wasm'], graphOptimizationLevel: 'all' });
  return async (values) => {
    const feeds = Object.fromEntries(Object.entries(values).map(([name, table]) => [name, new ort.Tensor('int32', table, [table.length])]));
    return (await session.run(feeds)).values.data;
  };
}

function script(address) {
  return new Promise((resolve, reject) => {
    const element = document.createElement('script');
    Object.assign(element, { src: address, onload: resolve, onerror: () => reject(new Error(`${address} cannot be loaded`)) });
    document.head.append(element);
  });
}

async function tensorflow(tables) {
  const from = '/competitors/node_modules/@tensorflow';
  for (const file of ['tfjs-core/dist/tf-core.min.js', 'tfjs-backend-cpu/dist/tf-backend-cpu.min.js', 'tfjs-backend-wasm/dist/tf-backend-wasm.min.js']) await script(`${from}/${file}`);
  const { tf } = globalThis;
  tf.wasm.setWasmPaths(`${from}/tfjs-backend-wasm/dist/`);
  tf.wasm.setThreadsCount(1);
  await tf.setBackend('wasm');
  await tf.ready();
  const codes = Object.fromEntries(tables.map(([name, table]) => [name, tf.tensor1d(Int32Array.from(table.codes), 'int32')]));
  return async (values) => {
    const best = tf.tidy(() => {
      const parts = tables.map(([name]) => tf.gather(tf.tensor1d(values[name], 'int32'), codes[name]));
      return tf.topk(tf.addN([...parts, tf.tensor1d(values.base, 'int32')]), BEST, true).values;
    });
    const list = await best.data();
    best.dispose();
    return list;
  };
}

/** What a model is given for a memory: tables by code, and what items have of their own, freshness and being out among it. */
function valuesOf({ layout, tables }, { opens, closes, saleItems, weights, attributes, attributeStarts, flags }, now, discreet) {
  const whole = (table) => Int32Array.from(table, (value) => Math.max(value, OUT));
  const base = new Int32Array(layout.base.length).fill(OUT);
  for (let sale = 0; sale < opens.length; sale++) {
    if (now < opens[sale] || now >= closes[sale]) continue;
    const fresh = weighted(freshness(opens[sale], closes[sale], now), weights.signals.freshness);
    // Sensitive goods are out for a model: what memory adds could not be taken back from them in sums alone.
    for (let row = saleItems[sale]; row < saleItems[sale + 1]; row++) base[row] = discreet && (flags[row] & 1) !== 0 ? OUT : Math.max(layout.base[row] + fresh, OUT);
  }
  const { starts, rows } = layout.attributeSets;
  const sets = new Int32Array(layout.attributeSets.count);
  for (let set = 0; set < sets.length; set++) for (let at = starts[set]; at < starts[set + 1]; at++) sets[set] += tables.past.attributes[rows[at]];
  return { pairs: whole(tables.past.pairs), places: whole(tables.past.places), sets, base };
}

/** Times scoring for some shoppers, in turns of a few calls; by name each shopper's `{ least, median, first }`, as the home list is timed. */
export async function timeScoring({ name, pack, covisited, now, rounds, every }) {
  const bytes = await (await fetch(`/catalogues/${name}/pack/${pack}`)).arrayBuffer();
  const columns = openColumns(bytes, covisited);
  const engine = await createEngine({ pack: `/catalogues/${name}/pack/pack.json`, language: 'en', consent: 'session', storage: 'memory', now: () => now });
  const typed = new TypedShop(columns);
  const shoppers = (await (await fetch(`/catalogues/${name}/shoppers.json`)).json()).filter((_, at) => at % every === 0);
  const times = {};
  let models;
  for (const { name: who, memory } of shoppers) {
    const taken = typed.remember(memory);
    await typed.scoring(taken, now, ({ layout, tables }) => {
      if (tables.apart) return;
      models ??= [['pairs', layout.pairs], ['places', layout.places], ['sets', layout.attributeSets]];
    });
    if (models === undefined) continue;
    const runs = (timeScoring.runs ??= { 'onnxruntime-web': await onnx(models, columns.items.length), 'tfjs-backend-wasm': await tensorflow(models) });
    // A memory of which the session's part is cut for itself has no one sum.
    const given = typed.scoring(taken, now, (scoring) => (scoring.tables.apart ? undefined : valuesOf(scoring, columns, now, !taken.sensitive)));
    if (given === undefined) continue;
    await remember(engine, memory);
    for (const [each, run] of Object.entries(runs)) check(who, each, await run(given), given, models);
    const scoring = () => typed.scoring(taken, now, ({ find }) => {
      const began = performance.now();
      find(BEST);
      return performance.now() - began;
    });
    const others = Object.entries(runs).map(([each, run]) => [each, () => run(given)]);
    const timed = await inTurns([['engine', () => engine.recommend(HOME)], [ALONE, listAlone(engine, who)], ['typed', scoring], ...others], rounds);
    for (const { name: each, ...figures } of timed) (times[each] ??= []).push(figures);
  }
  return times;
}

/** Compares a model's best scores with those of a plain sum and sort. */
function check(who, runtime, best, values, models) {
  const scores = values.base.map((own, row) => models.reduce((sum, [name, { codes }]) => sum + values[name][codes[row]], own));
  const expected = scores.sort().subarray(scores.length - BEST).reverse();
  const wrong = expected.findIndex((score, at) => score !== best[at]);
  if (wrong >= 0) throw new Error(`${who}: ${runtime} has ${best[wrong]} in place ${wrong}, a plain sum ${expected[wrong]}`);
}
