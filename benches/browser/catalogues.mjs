// The catalogues that are measured: the demo's two shops, each as it is, shuffled, thinned, cut, and repeated, with the facts of
// each in JSON and shoppers of it. Made once for a program and kept in a folder.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { factsOf } from './facts.mjs';
import { openColumns } from './pack.mjs';
import { dice, madeUp, shoppersOf } from './shoppers.mjs';

export const DATE = '2026-11-28';
// In the midst of a minute: what is kept for the whole of it has to show.
export const NOW = Date.parse(`${DATE}T12:00:31.250+08:00`);
/** Made-up shoppers fill up what personas leave. */
const SHOPPERS = 64;
/** Items up to which there are facts in JSON, which is one text, and so many shoppers: beyond, a quarter of them. */
const FACTS_MOST = 500_000;
/** What catalogues are made by, beside the program: where it changes they are made anew. */
const MAKERS = ['catalogues', 'facts', 'pack', 'shoppers'].map((name) => readFileSync(join(import.meta.dirname, `${name}.mjs`), 'utf8')).join('');
/** Histories of so many events, for the growth with them. */
export const HISTORIES = [10, 100, 1_000, 2_000];

const linesOf = (file) => readFileSync(file, 'utf8').trimEnd().split('\n');
const write = (file, lines) => writeFileSync(file, `${lines.join('\n')}\n`);

function shuffled(list, seed) {
  const roll = dice(seed);
  for (let at = list.length - 1; at > 0; at--) {
    const other = roll(at + 1);
    [list[at], list[other]] = [list[other], list[at]];
  }
  return list;
}

/** Every line of a feed's tables at another place, and sales under other ids, by which a pack orders them. */
function shuffle(feed) {
  const sales = linesOf(join(feed, 'sales.jsonl')).map((line) => JSON.parse(line));
  const names = shuffled(sales.map((_, at) => at), 2).map((number, at) => [sales[at].id, `s${String(number).padStart(5, '0')}`]);
  const named = new Map(names);
  write(join(feed, 'sales.jsonl'), shuffled(sales.map((sale) => JSON.stringify({ ...sale, id: named.get(sale.id) })), 3));
  const items = linesOf(join(feed, 'items.jsonl')).map((line) => {
    const item = JSON.parse(line);
    return JSON.stringify({ ...item, sale: named.get(item.sale) });
  });
  write(join(feed, 'items.jsonl'), shuffled(items, 4));
}

/** Leaves every so-manieth sale, and its items. */
function thin(feed, every) {
  const sales = linesOf(join(feed, 'sales.jsonl')).filter((_, at) => at % every === 0);
  const kept = new Set(sales.map((line) => JSON.parse(line).id));
  write(join(feed, 'sales.jsonl'), sales);
  write(join(feed, 'items.jsonl'), linesOf(join(feed, 'items.jsonl')).filter((line) => kept.has(JSON.parse(line).sale)));
}

/** Leaves the first so many items, sale by sale in the order of the feed; the last sale is cut where it would be more. */
function cut(feed, count) {
  const items = new Map();
  for (const line of linesOf(join(feed, 'items.jsonl'))) {
    const { sale } = JSON.parse(line);
    if (!items.has(sale)) items.set(sale, []);
    items.get(sale).push(line);
  }
  const [kept, sales] = [[], []];
  for (const sale of linesOf(join(feed, 'sales.jsonl'))) {
    if (kept.length >= count) break;
    sales.push(sale);
    kept.push(...(items.get(JSON.parse(sale).id) ?? []).slice(0, count - kept.length));
  }
  if (kept.length < count) throw new Error(`the feed has ${kept.length} items, not ${count}`);
  write(join(feed, 'sales.jsonl'), sales);
  write(join(feed, 'items.jsonl'), kept);
}

/** Repeats every sale and its items so many times; the copies are of the same brands and have ids of their own. */
function repeat(feed, times) {
  const copied = (id, copy) => (id === undefined || copy === 0 ? id : `${id}~${copy}`);
  for (const [table, ids] of [['sales', ['id']], ['items', ['id', 'sale', 'outfit']]]) {
    const file = join(feed, `${table}.jsonl`);
    const lines = linesOf(file);
    rmSync(file);
    // Copy by copy: all of them together are more than a text can hold.
    for (let copy = 0; copy < times; copy++) {
      const told = lines.map((line) => {
        const row = JSON.parse(line);
        return `${JSON.stringify({ ...row, ...Object.fromEntries(ids.map((id) => [id, copied(row[id], copy)])) })}\n`;
      });
      appendFileSync(file, told.join(''));
    }
  }
}

/** How a feed is changed for each kind of catalogue. */
const KINDS = { shuffled: shuffle, every: thin, items: cut, times: repeat };

/** The personas that remember anything about goods: for the others the list is the shop's own order, which nobody scores. */
function personasOf(program, full) {
  const scale = full ? ['--full'] : [];
  const all = JSON.parse(execFileSync(program, ['--json', 'demo', 'persona'], { encoding: 'utf8' }));
  return all
    .map(({ id }) => ({ name: id, memory: JSON.parse(execFileSync(program, ['demo', 'persona', id, '--date', DATE, ...scale], { encoding: 'utf8' })) }))
    .filter(({ memory }) => [...memory.events, ...memory.orders].some(({ items, brand, category }) => items.length > 0 || brand || category));
}

/** What a catalogue's files are. */
export const manifestOf = (folder) => JSON.parse(readFileSync(join(folder, 'pack/pack.json'), 'utf8'));

/** The names of a pack as JSON alone, as one would write them. */
function namesOf(folder) {
  const [head, ...items] = readFileSync(join(folder, 'pack', manifestOf(folder).text.en.url), 'utf8').trimEnd().split('\n');
  const { brands, categories, sales } = JSON.parse(head);
  return JSON.stringify({ brands, categories, sales, items });
}

function sizesOf(folder, facts, names) {
  const pack = join(folder, 'pack');
  const { excerpt, ...whole } = manifestOf(folder);
  const gzipped = (bytes) => ({ bytes: bytes.length, gzip: gzipSync(bytes).length });
  const parts = (of) => ({ pack: gzipped(readFileSync(join(pack, of.pack.url))), text: gzipped(readFileSync(join(pack, of.text.en.url))) });
  const sizes = { ...parts(whole), ...(excerpt && { excerpt: parts(excerpt) }) };
  return facts === undefined ? sizes : { ...sizes, facts: gzipped(Buffer.from(facts)), names: gzipped(Buffer.from(names)) };
}

/** Everything beside the pack: facts, shoppers, figures. */
function describe(folder, demo, program, { full, whole }) {
  const { url: pack } = manifestOf(folder).pack;
  const bytes = readFileSync(join(folder, 'pack', pack));
  const trained = JSON.parse(gunzipSync(readFileSync(join(demo, 'trained.json.gz'))));
  const columns = openColumns(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length), trained.covisitation.map(({ item }) => item));
  if (columns.covisitation.rows.size !== columns.covisitation.starts.length - 1) throw new Error('not every row of the co-visitation is known by its id');
  const many = columns.items.length > FACTS_MOST;
  const facts = many ? undefined : JSON.stringify(factsOf(columns));
  const names = many ? undefined : namesOf(folder);
  if (!many) {
    writeFileSync(join(folder, 'facts.json'), facts);
    writeFileSync(join(folder, 'names.json'), names);
  }
  const personas = whole ? personasOf(program, full) : [];
  const shoppers = [...personas, ...shoppersOf(columns, (many ? SHOPPERS / 4 : SHOPPERS) - personas.length, NOW)];
  writeFileSync(join(folder, 'shoppers.json'), JSON.stringify(shoppers));
  const histories = HISTORIES.map((events) => ({ name: `${events} events`, events, memory: madeUp(columns, 1_000 + events, events, NOW) }));
  writeFileSync(join(folder, 'histories.json'), JSON.stringify(histories));
  const live = columns.items.filter((_, row) => columns.opens[columns.itemSale[row]] <= NOW && NOW < columns.closes[columns.itemSale[row]]).length;
  const about = { rows: columns.items.length, live, shoppers: shoppers.length, pack, sizes: sizesOf(folder, facts, names), covisited: [...columns.covisitation.rows.keys()] };
  writeFileSync(join(folder, 'about.json'), JSON.stringify(about));
}

/**
 * Makes a catalogue where it is not there yet, and says what it is: `small` or `full`, perhaps `-shuffled`, thinned to every
 * k-th sale as in `full-every-10`, cut to so many items as in `full-items-100000`, or repeated as in `full-times-10`.
 */
export function catalogue(name, folder, program) {
  const [size, kind, number] = name.split('-');
  const stamp = createHash('sha256').update(`${DATE} ${statSync(program).size} ${statSync(program).mtimeMs} ${MAKERS}`).digest('hex').slice(0, 12);
  const [demo, here] = [join(folder, `${size}-${stamp}`), join(folder, `${name}-${stamp}`)];
  const run = (...given) => execFileSync(program, given, { stdio: ['ignore', 'ignore', 'inherit'] });
  if (!existsSync(join(here, 'about.json'))) {
    process.stderr.write(`making ${name}\n`);
    mkdirSync(folder, { recursive: true });
    // Those that another program made are of no use any more.
    const ofOthers = readdirSync(folder).filter((found) => /-[0-9a-f]{12}$/.test(found) && found.slice(0, -13) === name && !found.endsWith(stamp));
    for (const old of ofOthers) rmSync(join(folder, old), { recursive: true });
    if (!existsSync(join(demo, 'trained.json.gz'))) run('demo', '--out', demo, '--date', DATE, ...(size === 'full' ? ['--full'] : []));
    if (here !== demo) {
      rmSync(here, { recursive: true, force: true });
      mkdirSync(here, { recursive: true });
      cpSync(join(demo, 'feed'), join(here, 'feed'), { recursive: true });
      KINDS[kind](join(here, 'feed'), Number(number));
      run('pack', 'build', join(here, 'feed'), '--out', join(here, 'pack'), '--trained', join(demo, 'trained.json.gz'));
      rmSync(join(here, 'feed'), { recursive: true });
    }
    describe(here, demo, program, { full: size === 'full', whole: kind === undefined || kind === 'shuffled' });
  }
  return { name, folder: here, ...JSON.parse(readFileSync(join(here, 'about.json'), 'utf8')) };
}
