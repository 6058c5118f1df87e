// Claim 17: what the program is made of. Licences, sources and duplicates by cargo-deny (deny.toml); advisories where their
// database can be had; a package that ships no dependency; and a bill of materials for the module and for the endpoint.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { hold, need, json, run, tell } from './common.mjs';

/** What is compiled into what: cargo's own words for it. */
const PRODUCTS = {
  'engine.wasm': { package: 'windowshop-wasm', target: 'wasm32-unknown-unknown' },
  windowshop: { package: 'windowshop', target: undefined },
};

/** Crates that are linked into a product, our own among them: name, version, licence. Those that only build others are not. */
function crates(root, product) {
  const { package: name, target } = PRODUCTS[product];
  const words = ['tree', '--locked', '--edges', 'normal,no-proc-macro', '--package', name, '--prefix', 'none', '--no-dedupe', '--format', '{p}|{l}'];
  const lines = run(root, 'cargo', [...words, ...(target ? ['--target', target] : [])]).trim().split('\n');
  const rows = [...new Set(lines)].sort().map((line) => {
    const [, name, version, licence] = /^(\S+) v(\S+)(?: \(.*?\))?\|(.*)$/.exec(line) ?? [];
    hold(name, `cargo tree says what this script cannot read: ${line}`);
    return { name, version, licence };
  });
  hold(rows.length > 10, `cargo tree names hardly a crate of ${product}`);
  return rows;
}

/** SHA-256 of each crate's archive, as the lock file has it. */
function checksums(root) {
  const found = new Map();
  for (const entry of readFileSync(join(root, 'Cargo.lock'), 'utf8').split('[[package]]')) {
    const field = (name) => new RegExp(`^${name} = "(.*)"$`, 'm').exec(entry)?.[1];
    if (field('checksum')) found.set(`${field('name')} ${field('version')}`, field('checksum'));
  }
  return found;
}

/** A bill of materials in CycloneDX 1.5, with nothing in it that depends on the hour or the machine. */
function bill(product, rows, sums) {
  const own = new Set(['windowshop', 'windowshop-kernel', 'windowshop-wasm']);
  const [self] = rows.filter(({ name }) => name === PRODUCTS[product].package);
  const components = rows
    .filter(({ name }) => name !== self.name)
    .map(({ name, version, licence }) => {
      const sum = sums.get(`${name} ${version}`);
      hold(sum || own.has(name), `${name} ${version} has no checksum in Cargo.lock`);
      const expression = licence.replaceAll('/', ' OR ');
      return {
        type: 'library',
        name,
        version,
        purl: `pkg:cargo/${name}@${version}`,
        licenses: [{ expression }],
        ...(sum && { hashes: [{ alg: 'SHA-256', content: sum }] }),
      };
    });
  return { bomFormat: 'CycloneDX', specVersion: '1.5', version: 1, metadata: { component: { type: 'application', name: product, version: self.version } }, components };
}

/** cargo-deny over the whole workspace. */
function denied(root) {
  const { status, text } = tell(root, 'cargo', ['deny', '--workspace', '--log-level', 'error', '--offline', 'check', '--hide-inclusion-graph', 'licenses', 'bans', 'sources']);
  need(!/no such command/.test(text), "cargo-deny is not installed: run 'scripts/setup deny'");
  hold(status === 0, `cargo deny refuses\n${text.slice(-2500)}`);
}

/** Known holes: of Rust by the RustSec database, of npm by the registry. What cannot be asked is said, and is no proof. */
function advisories(root) {
  const silent = [];
  const rust = tell(root, 'timeout', ['120', 'cargo', 'deny', '--workspace', '--log-level', 'error', 'check', '--hide-inclusion-graph', 'advisories']);
  if (/failed to (fetch|load|clone|open).*advisory/i.test(rust.text) || rust.status === 124) silent.push('RustSec');
  else hold(rust.status === 0, `cargo deny knows advisories\n${rust.text.slice(-2500)}`);
  const npm = tell(root, 'timeout', ['120', 'npm', 'audit', '--omit=dev', '--json']);
  let answer;
  try {
    answer = JSON.parse(npm.out);
  } catch {
    // Said below, as for any answer that is none.
  }
  const found = answer?.metadata?.vulnerabilities;
  if (found === undefined) silent.push('npm');
  else hold((found.high ?? 0) + (found.critical ?? 0) === 0, `npm knows advisories: ${JSON.stringify(found)}`);
  return silent;
}

/** The npm package ships nothing of anybody else: no dependency, and no import but of its own files and of Node.js. */
function shipsNothing(root) {
  const manifest = json(join(root, 'pkg/package.json'));
  for (const group of ['dependencies', 'optionalDependencies', 'peerDependencies', 'bundleDependencies', 'bundledDependencies']) {
    hold(Object.keys(manifest[group] ?? {}).length === 0, `the package has ${group}: ${Object.keys(manifest[group] ?? {})}`);
  }
  const dist = join(root, 'pkg/dist');
  for (const name of readdirSync(dist).filter((file) => file.endsWith('.js'))) {
    for (const [, from] of readFileSync(join(dist, name), 'utf8').matchAll(/(?:^|[;}\s])(?:import|export)\b[^'"`;()]*?\bfrom\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/g)) {
      hold(from === undefined || from.startsWith('.') || builtinModules.includes(from.replace(/^node:/, '')), `${name} of the package imports ${from}`);
    }
  }
}

/** Licences of what the storefront ships, by the manifests of what is installed. */
function storefront(root) {
  const { dependencies } = json(join(root, 'www/package.json'));
  return Object.keys(dependencies)
    .filter((name) => name !== 'windowshop')
    .map((name) => {
      const { license, version } = json(join(root, 'node_modules', name, 'package.json'));
      hold(/^(MIT|Apache-2\.0|BSD-[23]-Clause|ISC|OFL-1\.1)$/.test(license ?? ''), `${name} of the storefront is under ${license}`);
      return `${name} ${version} (${license})`;
    });
}

/** The crates that reach the browser are those that somebody agreed to, each in one version. */
function browserCrates(root, rows) {
  const names = rows.map(({ name }) => name);
  const twice = names.filter((name, at) => names.indexOf(name) !== at);
  hold(twice.length === 0, `two versions of ${twice} reach the browser`);
  const golden = readFileSync(join(root, 'tests/golden/browser-crates.txt'), 'utf8').trim().split('\n');
  const [more, less] = [names.filter((name) => !golden.includes(name)), golden.filter((name) => !names.includes(name))];
  hold(more.length + less.length === 0, `tests/golden/browser-crates.txt does not agree: ${more.length > 0 ? `${more} reach the browser` : `${less} do not reach it any more`}`);
}

/** See the head of this file. */
export function supply(root, { ask = true } = {}) {
  denied(root);
  shipsNothing(root);
  const shown = storefront(root);
  const sums = checksums(root);
  const folder = join(root, 'target/audit');
  mkdirSync(folder, { recursive: true });
  const counts = Object.keys(PRODUCTS).map((product) => {
    const rows = crates(root, product);
    if (product === 'engine.wasm') browserCrates(root, rows);
    const written = `${JSON.stringify(bill(product, rows, sums), null, 2)}\n`;
    writeFileSync(join(folder, `${product}.cdx.json`), written);
    return { product, rows, digest: createHash('sha256').update(written).digest('hex').slice(0, 12) };
  });
  hold(existsSync(join(folder, 'engine.wasm.cdx.json')), 'no bill of materials was written');
  const silent = ask ? advisories(root) : [];
  for (const name of silent) console.log(`!! NOT CHECKED: the advisories of ${name} could not be had (no network, or no such service). Run this again where they can.`);
  const [browser, native] = counts;
  const names = browser.rows.map(({ name }) => name).join(', ');
  return `${browser.rows.length} crates reach the browser (${names}), ${native.rows.length} are in the command; the package ships no dependency, the storefront ${shown.join(', ')}; bills of materials in target/audit${silent.length > 0 ? `; ADVISORIES NOT CHECKED: ${silent.join(', ')}` : ''}`;
}
