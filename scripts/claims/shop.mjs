// The shop that the audit walks into: the demo's, with a mark in everything that names an item, a brand or a sale, packed
// anew, served by the real command at its most talkative, behind a proxy that writes down every request it passes on.
import { randomBytes } from 'node:crypto';
import { cpSync, mkdirSync, openSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { join } from 'node:path';
import { DIGITS } from './marks.mjs';
import { commandOf, hold, json, need, run, start } from './common.mjs';

const DAY = 86_400_000;
const CHINA = 8 * 3_600_000;

/** A text that nothing else holds: letters that are rare beside one another, and a draw of chance. */
export const stemOf = () => `zq${[...randomBytes(8)].map((byte) => 'bcdfghjkmnpqrtvwxyz23456789'[byte % 27]).join('')}`;

/** A moment as the storefront's address and feeds write it, in the demo's zone. */
export const text = (at) => `${new Date(at + CHINA).toISOString().slice(0, 19)}+08:00`;

/**
 * Noon in the demo's zone, so many days from today. Today is that of UTC, by which the endpoint counts weeks: so a report made
 * at today's noon is of the week that it is there.
 */
export const noon = (days) => Math.floor(Date.now() / DAY) * DAY + days * DAY + DAY / 2 - CHINA;

const lines = (path) => readFileSync(path, 'utf8').trim().split('\n').map((line) => JSON.parse(line));

/** The demo's feed with marks for its ids and brands' names, and sales that are open for weeks; the ids by kind. */
function marked(from, to, stem) {
  mkdirSync(to, { recursive: true });
  let number = 0;
  const mark = (letter) => `${letter}${stem}${String((number += 1)).padStart(DIGITS, '0')}`;
  const tables = Object.fromEntries(['brands', 'sales', 'items'].map((table) => [table, lines(join(from, `${table}.jsonl`))]));
  const named = Object.fromEntries(Object.entries(tables).map(([table, rows]) => [table, new Map(rows.map(({ id }) => [id, mark(table[0])]))]));
  for (const brand of tables.brands) {
    brand.id = named.brands.get(brand.id);
    brand.name = { en: `House ${brand.id}`, zh: `House ${brand.id}` };
  }
  const today = text(noon(0));
  for (const sale of tables.sales) {
    sale.id = named.sales.get(sale.id);
    sale.brand = named.brands.get(sale.brand);
    if (sale.opens <= today) [sale.opens, sale.closes] = [text(noon(-16)), text(noon(6))];
  }
  for (const item of tables.items) {
    item.id = named.items.get(item.id);
    item.sale = named.sales.get(item.sale);
    if (item.outfit !== undefined) item.outfit = `o${stem}${item.outfit.replace(/\W/g, '')}`;
  }
  for (const name of readdirSync(from)) {
    const rows = tables[name.replace('.jsonl', '')];
    writeFileSync(join(to, name), rows ? rows.map((row) => `${JSON.stringify(row)}\n`).join('') : readFileSync(join(from, name)));
  }
  const open = new Set(tables.sales.filter(({ opens }) => opens <= today).map(({ id }) => id));
  const items = tables.items.filter(({ sale, stock }) => open.has(sale) && stock.some(({ left }) => left > 0)).map(({ id }) => id);
  return { items, sales: [...open], brands: tables.brands.map(({ id }) => id) };
}

/**
 * The storefront as it is built, and in its page the one line by which a clock that is set counts as the real one
 * (`www/src/shop/trial.ts`): weeks are walked through in minutes. The scripts are those that ship.
 */
function trialOf(root, site) {
  cpSync(join(root, 'www/dist'), site, { recursive: true });
  const page = readFileSync(join(site, 'index.html'), 'utf8');
  hold(page.split('<head>').length === 2, 'the page has no head to be marked in');
  writeFileSync(join(site, 'index.html'), page.replace('<head>', '<head><meta name="windowshop-trial" content="set-clock-counts" />'));
  return site;
}

/** A server that passes everything on to `to` and writes down what it was asked. */
async function recorder(to) {
  const seen = [];
  const server = createServer((asked, answer) => {
    const pieces = [];
    asked.on('data', (piece) => pieces.push(piece));
    asked.on('end', () => {
      const body = Buffer.concat(pieces);
      const row = { method: asked.method, path: asked.url, headers: asked.rawHeaders, body, status: undefined };
      seen.push(row);
      const passed = request(to, { method: asked.method, path: asked.url, headers: asked.headers }, (came) => {
        row.status = came.statusCode;
        answer.writeHead(came.statusCode, came.rawHeaders);
        came.pipe(answer);
      });
      passed.on('error', () => answer.destroy());
      passed.end(body);
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () => (server.closeAllConnections(), server.close());
  return { address: `http://127.0.0.1:${server.address().port}`, seen, close };
}

/** Makes the shop and serves it: its address, its marks, what it was asked, what it keeps and what it said. */
export async function openShop(root, name, stem = stemOf()) {
  const folder = join(root, 'target/audit', name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const [demo, feed, packs, data, log] = ['demo', 'feed', 'packs', 'data', 'log.txt'].map((part) => join(folder, part));
  const command = commandOf(root);
  run(root, command, ['demo', '--out', demo, '--date', text(noon(0)).slice(0, 10)]);
  const marks = marked(join(demo, 'feed'), feed, stem);
  need(marks.items.length > 1000, 'the demo has hardly an item to look at');
  run(root, command, ['pack', 'build', feed, '--out', packs]);
  const { child, gone } = start(root, command, ['--json', '--log', 'trace', 'serve', '--site', trialOf(root, join(folder, 'site')), '--packs', packs, '--data', data, '--demo-backend', '--port', '0'], {
    stdio: ['ignore', 'pipe', openSync(log, 'w')],
  });
  const address = await new Promise((resolve, reject) => {
    let told = '';
    child.stdout.on('data', (piece) => {
      told += piece;
      const line = /^(\{.*\})\n/m.exec(told)?.[1];
      if (line !== undefined) resolve(JSON.parse(line).address);
    });
    child.on('exit', (code) => reject(new Error(`windowshop serve ended with ${code}: ${readFileSync(log, 'utf8').slice(-500)}`)));
  });
  const proxy = await recorder(address);
  return {
    stem,
    marks,
    data,
    log,
    packs,
    address: proxy.address,
    seen: proxy.seen,
    /** The storefront at a moment. */
    at: (moment, hash = '') => `${proxy.address}/?now=${text(moment)}${hash}`,
    /** What the endpoint keeps and said, as it lies on the disk now. */
    files: () => ({
      data: Object.fromEntries(readdirSync(data).map((file) => [file, readFileSync(join(data, file))])),
      log: readFileSync(log),
    }),
    /** The pack's bytes. */
    pack: () => readFileSync(join(packs, json(join(packs, 'pack.json')).pack.url)),
    close: async () => {
      proxy.close();
      child.kill();
      await gone;
    },
  };
}
