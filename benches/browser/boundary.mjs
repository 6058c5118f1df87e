// Handing over alone, in the page: decisions that were made before are turned into the objects that a shop gets, as words and by
// serde-wasm-bindgen. The module is one that is built for this (`scripts/build-package bench`), the scripts are the package's.
import { catalogueOf } from '/boundary/catalogue.js';
import { openPack, startWasm } from '/boundary/machine.js';
import { messagesOf, sentencesOf } from '/boundary/messages.js';
import { readRanking, speakerOf } from '/boundary/ranking.js';
import { textOf } from '/boundary/text.js';
import { openColumns } from './pack.mjs';
import { explained } from './requests.mjs';
import { inTurns } from './turns.mjs';

/** Takes fields that hold nothing out of what serde-wasm-bindgen made, as the package did while rankings crossed so. */
function plain(value) {
  if (typeof value !== 'object' || value === null) return value;
  for (const key in value) {
    if (value[key] === undefined) delete value[key];
    else plain(value[key]);
  }
  return value;
}

/** By way of handing over each shopper's `{ least, median, first }` in milliseconds, checked to give the same objects; and how many reasons a list has. */
export async function timeHandingOver({ name, pack, text, covisited, now, rounds, every }) {
  await startWasm(() => fetch('/boundary/engine.wasm'));
  const bytes = await (await fetch(`/catalogues/${name}/pack/${pack}`)).arrayBuffer();
  const names = textOf(new Uint8Array(await (await fetch(`/catalogues/${name}/pack/${text}`)).arrayBuffer()));
  const shoppers = await (await fetch(`/catalogues/${name}/shoppers.json`)).json();
  const machine = await openPack(new Uint8Array(bytes), 1);
  const say = speakerOf(sentencesOf(await messagesOf('en')), catalogueOf(machine, names, () => now));
  const request = explained(openColumns(bytes, covisited), now);
  const inner = machine.inner.machine;
  const serde = () => inner.bench_objects();
  // As rankings crossed before they crossed as words.
  const told = () => {
    const { items, ...rest } = plain(serde());
    const worded = ({ code, contribution, events, ...said }) => ({ code, contribution, text: say(said), events });
    return { ...rest, items: items.map(({ reasons, ...item }) => ({ ...item, reasons: reasons.map(worded) })) };
  };
  const ways = { 'as words': () => readRanking(inner.bench_words(), say), 'serde-wasm-bindgen alone': serde, 'serde-wasm-bindgen, reasons in words': told };
  const sorted = (value) => JSON.stringify(value, (_, part) => (part?.constructor === Object ? Object.fromEntries(Object.entries(part).sort()) : part));
  const times = Object.fromEntries(Object.keys(ways).map((way) => [way, []]));
  for (const { name: who, memory } of shoppers.filter((_, at) => at % every === 0)) {
    machine.erase();
    machine.set_consent('session');
    machine.import(structuredClone(memory));
    inner.bench_decide(request, now);
    if (sorted(ways['as words']()) !== sorted(told())) throw new Error(`${who}: words and serde-wasm-bindgen give different objects`);
    for (const { name: way, ...figures } of await inTurns(Object.entries(ways), rounds)) times[way].push(figures);
    await new Promise((resolve) => setTimeout(resolve));
  }
  return times;
}
