// For each claim, ways to break it, and the words with which its check must then fail. A check that a broken build passes shows
// nothing.
//
// `cheap` ones spoil a file that is built, or a script that is built again in seconds: `make test` runs them. The others open
// a browser, ask cargo, or compile Rust (`compiles`): `make audit-sabotage`.
import { appendFileSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import binaryen from 'binaryen';
import { change, rebuild } from './copy.mjs';
import { epsilonHolds } from './epsilon.mjs';
import { noMarks, sameRequests } from './requests.mjs';
import { allStored } from './storage.mjs';
import { supply } from './supply.mjs';

const first = (folder, ending) => join(folder, readdirSync(folder).sort().find((name) => name.endsWith(ending)));
const last = (folder, ending) => join(folder, readdirSync(folder).sort().findLast((name) => name.endsWith(ending)));

/** What cargo's harnesses say of a test that failed; its name alone is said of one that passed too. */
const failed = (test) => new RegExp(`FAIL .*${test}|${test} \\.\\.\\. FAILED`);

/** A new crate in a copy, under a licence, that the module is linked with. */
function crate(copy, licence) {
  mkdirSync(join(copy, 'spoilt/src'), { recursive: true });
  writeFileSync(join(copy, 'spoilt/Cargo.toml'), `[package]\nname = "spoilt"\nversion = "1.0.0"\nedition = "2024"\nlicense = "${licence}"\npublish = false\n`);
  writeFileSync(join(copy, 'spoilt/src/lib.rs'), '//! Nothing.\n');
  change(copy, 'Cargo.toml', 'members = [".", "kernel", "pkg"]', 'members = [".", "kernel", "pkg", "spoilt"]');
  change(copy, 'pkg/Cargo.toml', '[dependencies]\n', '[dependencies]\nspoilt = { path = "../spoilt", version = "1.0.0" }\n');
  execFileSync('cargo', ['metadata', '--offline', '--format-version', '1'], { cwd: copy, stdio: 'ignore', maxBuffer: 1 << 28 });
}

/** A copy's sources as a repository of their own, as a check that clones them needs. */
function committed(copy) {
  const git = (...words) => execFileSync('git', ['-c', 'user.name=sabotage', '-c', 'user.email=sabotage@localhost', ...words], { cwd: copy, stdio: 'ignore' });
  git('init', '--quiet');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'spoilt');
}

/** A script of the package, changed and built again. */
const scripts = (path, from, to) => (copy) => {
  change(copy, path, from, to);
  rebuild.scripts(copy);
};
const storefront = (path, from, to) => (copy) => {
  change(copy, path, from, to);
  rebuild.storefront(copy);
};

/** Every sabotage: of which claim, by which of its checks it has to be seen, how it is done, and what must be said. */
export const sabotages = [
  {
    claim: 1,
    check: 'seal',
    name: 'the glue of an import reaches for the global object',
    cheap: true,
    spoil: (copy) => change(copy, 'target/package/js/instance.js', 'throw new Error(new TextDecoder().decode(at(place, length)));', 'throw globalThis[new TextDecoder().decode(at(place, length))];'),
    words: /every import stands in the golden file/,
  },
  {
    claim: 1,
    check: 'seal',
    name: 'the module imports one function more',
    cheap: true,
    spoil: (copy) => {
      const file = join(copy, 'pkg/dist/engine.wasm');
      const module = binaryen.readBinary(new Uint8Array(readFileSync(file)));
      const { BulkMemory, Multivalue, MutableGlobals, NontrappingFPToInt, ReferenceTypes, SignExt, SIMD128 } = binaryen.Features;
      module.setFeatures(BulkMemory | Multivalue | MutableGlobals | NontrappingFPToInt | ReferenceTypes | SignExt | SIMD128);
      module.addFunctionImport('spy', 'host', 'spy', binaryen.createType([]), binaryen.none);
      writeFileSync(file, module.emitBinary());
    },
    words: /spy/,
  },
  {
    claim: 2,
    check: 'bytes',
    name: 'the module holds the folder it was built in',
    compiles: true,
    spoil: (copy) => {
      change(copy, 'pkg/src/lib.rs', '#[wasm_bindgen]\nimpl Machine {\n', '#[wasm_bindgen]\nimpl Machine {\n    /// Spoilt.\n    pub fn spoilt(&self) -> String {\n        env!("CARGO_MANIFEST_DIR").into()\n    }\n\n');
      committed(copy);
    },
    words: /here and [0-9a-f]{64} there/,
  },
  {
    claim: 3,
    check: 'places',
    name: 'a path stands in the module',
    cheap: true,
    spoil: (copy) => {
      const text = Buffer.from(`\x04name${copy}/src/lib.rs`);
      appendFileSync(join(copy, 'pkg/dist/engine.wasm'), Buffer.concat([Buffer.from([0, text.length]), text]));
    },
    words: /the module names/,
  },
  {
    claim: 4,
    check: 'worker',
    name: 'the page takes any worker for sealed',
    spoil: scripts('pkg/ts/sealed/seal.ts', 'return open.length === 0 && policies.some(isClosed);', 'return open.length >= 0 || policies.some(isClosed);'),
    words: /FAIL .*sealed\.test\.ts/,
  },
  {
    claim: 5,
    check: 'marks',
    name: 'the storefront asks for what is looked at, wrapped in base64',
    spoil: storefront('www/src/shop.ts', '  observe(event: ShopEvent): Promise<void> {\n', '  observe(event: ShopEvent): Promise<void> {\n    void fetch(`v1/pack.json?v=${btoa(unescape(encodeURIComponent(JSON.stringify(event))))}`);\n'),
    run: (copy) => noMarks(copy, { views: 3 }),
    words: /a mark leaves the tab, seen by the browser’s protocol: GET .*base64/,
  },
  {
    claim: 5,
    check: 'marks',
    name: 'an order carries every code that was typed',
    spoil: storefront('www/src/shop/checkout.ts', '    codes: codesOf(receipt, codes),\n', '    codes,\n'),
    run: (copy) => noMarks(copy, { views: 3 }),
    words: /an order holds .*MY-SECRET-CODE/,
  },
  {
    claim: 6,
    check: 'package',
    name: 'the package makes a request for each look',
    cheap: true,
    spoil: scripts('pkg/ts/engine.ts', 'if (observed.reminders)', "if (observed.event) void fetch('https://shop.example/v1/pack.json');\n    if (observed.reminders)"),
    words: /two opposite shoppers make the same requests/,
  },
  {
    claim: 6,
    check: 'storefront',
    name: 'the storefront fetches a file when somebody searches',
    spoil: storefront('www/src/shop.ts', '  observe(event: ShopEvent): Promise<void> {\n', "  observe(event: ShopEvent): Promise<void> {\n    if (event.name === 'search') void fetch('v1/pack.json?searched');\n"),
    run: (copy) => sameRequests(copy, { views: 10 }),
    words: /of a shopper of \d+ page views is GET \S+pack\.json\?searched/,
  },
  {
    claim: 6,
    check: 'language',
    name: 'the storefront fetches what reads an export where a visit is remembered alone',
    spoil: storefront('www/src/shop.ts', '      await engine.history.import(visit ?', '      if (visit) await engine.history.import(visit ?'),
    words: /what carries the memory of a visit over is fetched by everybody/,
  },
  {
    claim: 7,
    check: 'draws',
    name: 'other answers are said four fifths as often, in the source',
    compiles: true,
    spoil: (copy) => spoilDisguises(copy),
    words: /ε is at least 1\.\d+/,
  },
  {
    claim: 7,
    check: 'module',
    name: 'other answers are said four fifths as often, in the module',
    compiles: true,
    spoil: (copy) => {
      spoilDisguises(copy);
      rebuild.module(copy);
    },
    run: (copy) => epsilonHolds(copy, { draws: 60_000 }),
    words: /ε is at least 1\.\d+ \(99\.9 %\), and 1 is claimed/,
  },
  {
    claim: 8,
    check: 'package',
    name: 'each look throws the dice anew',
    cheap: true,
    spoil: scripts('pkg/ts/reports.ts', 'machine.preview_report(now(), keeper.seed)', 'machine.preview_report(now(), crypto.getRandomValues(new Uint8Array(32)))'),
    words: /FAIL .*what is shown is what goes/,
  },
  {
    claim: 8,
    check: 'engine',
    name: 'a week’s report is made anew each time',
    compiles: true,
    spoil: (copy) => change(copy, 'src/report/ledger.rs', 'if let Some(row) = self.of_week(week) {\n            return Ok(row.clone());\n        }\n        if self.is_skipped(week) {', 'if self.is_skipped(week) {'),
    words: failed('a_weeks_report_is_made_once_whatever_comes_after'),
  },
  {
    claim: 9,
    check: 'budget',
    name: 'the budget is raised',
    compiles: true,
    spoil: (copy) => change(copy, 'src/report/budget.rs', 'pub const BUDGET_THOUSANDTHS: u32 = 8_000;', 'pub const BUDGET_THOUSANDTHS: u32 = 80_000;'),
    words: failed('a_spent_budget_says_so'),
  },
  {
    claim: 10,
    check: 'storage',
    name: 'an erasure leaves the snapshot',
    spoil: storefront('pkg/ts/keeper.ts', "const REMEMBERED: StoreName[] = ['events', 'ledger', 'snapshot'];", "const REMEMBERED: StoreName[] = ['events', 'ledger'];"),
    run: (copy) => allStored(copy, { kills: false }),
    words: /there is more left than the choice: .*snapshot/,
  },
  {
    claim: 10,
    check: 'storage',
    name: 'an erasure is two writes',
    spoil: storefront('pkg/ts/keeper.ts', "await adapter.replace(stores, 'choice', choice);", "await adapter.replace(stores, 'choice', []);\n    await adapter.put('choice', choice);"),
    run: (copy) => allStored(copy, { shown: false }),
    words: /a browser is left half-way/,
  },
  {
    claim: 11,
    check: 'keeping',
    name: 'events are kept before anybody is asked',
    cheap: true,
    spoil: scripts(
      'pkg/ts/keeper.ts',
      "      if (kept.consent !== 'on') return;\n      tell({ kind: 'events', events: [event] });\n      await writeWhereOn(async () => {",
      "      tell({ kind: 'events', events: [event] });\n      await write(async () => {",
    ),
    words: /FAIL .*for this visit keeps nothing/,
  },
  {
    claim: 12,
    check: 'reports',
    name: 'Global Privacy Control is not looked at',
    cheap: true,
    spoil: scripts('pkg/ts/reports.ts', "?.globalPrivacyControl) return 'global_privacy_control';", "?.globalPrivacyControl === undefined && false) return 'global_privacy_control';"),
    words: /where the browser asks for it by Global Privacy Control/,
  },
  {
    claim: 13,
    check: 'stores',
    name: 'nothing is let go of when the shop is opened',
    cheap: true,
    spoil: scripts('pkg/ts/keeper.ts', 'await letGo(machine.trim(now()));', 'await letGo([]);'),
    words: /events go after 90 days and orders after three years/,
  },
  {
    claim: 13,
    check: 'stores',
    name: 'events are kept for ten years',
    compiles: true,
    spoil: (copy) => {
      change(copy, 'src/shopper/history.rs', 'event_days: 90,', 'event_days: 3_650,');
      rebuild.module(copy);
    },
    words: /events go after 90 days and orders after three years/,
  },
  {
    claim: 14,
    check: 'rooms',
    name: 'the pricing room looks at the shopper',
    compiles: true,
    spoil: (copy) => appendFileSync(join(copy, 'src/pricing.rs'), '\n/// Spoilt.\npub use crate::shopper::Consent;\n'),
    words: failed('rooms_know_only_what_stands_below_them'),
  },
  {
    claim: 15,
    check: 'decisions',
    name: 'the module is told another hour',
    cheap: true,
    spoil: scripts('pkg/ts/engine.ts', 'known().recommend(asked, now())', 'known().recommend(asked, now() + 86_400_000)'),
    words: /a thousand decisions have the digests that they have natively/,
  },
  {
    claim: 16,
    check: 'columns',
    name: 'a table has a column for the sender’s address',
    compiles: true,
    spoil: (copy) => appendFileSync(last(join(copy, 'src/bin/windowshop/endpoint/store/sqlite'), '.sql'), '\nALTER TABLE counted ADD COLUMN ip TEXT;\n'),
    words: /counted\.ip/,
  },
  {
    claim: 17,
    check: 'supply',
    name: 'a crate under the GPL',
    spoil: (copy) => crate(copy, 'GPL-3.0-only'),
    run: (copy) => supply(copy, { ask: false }),
    words: /GPL-3\.0/,
  },
  {
    claim: 17,
    check: 'supply',
    name: 'one more crate reaches the browser',
    spoil: (copy) => crate(copy, 'MIT'),
    run: (copy) => supply(copy, { ask: false }),
    words: /spoilt reach the browser/,
  },
  {
    claim: 17,
    check: 'supply',
    name: 'the package depends on another',
    spoil: (copy) => change(copy, 'pkg/package.json', '"scripts": {', '"dependencies": { "left-pad": "1.3.0" },\n  "scripts": {'),
    run: (copy) => supply(copy, { ask: false }),
    words: /the package has dependencies: left-pad/,
  },
  // Every form in a chunk of the storefront or in the package: [what it is, the code, what must be said of it].
  ...[
    ['draws from Math.random', 'globalThis.spoilt=Math.random();', /has Math\.random/],
    ['draws from Math.random by the global object', 'export const spoilt=globalThis.Math["random"]();', /has Math\.random/],
    ['takes random out of Math', 'const{random:spoilt}=Math;export{spoilt};', /has destructuring that takes out/],
    ['takes the rest of Math', 'const{floor:one,...spoilt}=Math;export{spoilt};', /has Math as a whole/],
    ['hands Math on', 'export const spoilt=Object.values(Math);', /has Math as a whole/],
    ['looks for a member of Math', 'export const spoilt=(name)=>Math[name]();', /has a member of Math that cannot be known/],
    ['calls eval', 'export const spoilt=(text)=>eval(text);', /has eval/],
    ['calls eval from behind', 'export const spoilt=(text)=>(0,window.eval)(text);', /has eval/],
    ['puts the name of eval together', 'export const spoilt=globalThis["ev"+`al`];', /has eval/],
    ['looks for a member of the global object', 'export const spoilt=(name)=>globalThis[name];', /has a member of the global object/],
    ['asks Reflect for eval', 'export const spoilt=Reflect.get(self,"eval");', /has the text 'eval' handed over/],
    ['makes a function of text', 'export const spoilt=(text)=>new Function(text);', /has Function/],
    ['takes Function out of the global object', 'const{Function:spoilt}=globalThis;export{spoilt};', /has destructuring that takes out/],
    ['calls the constructor of a function', 'export const spoilt=(text)=>(()=>0).constructor(text)();', /has a constructor that is called/],
    ['calls the constructor of its constructor', 'export const spoilt=(text)=>new([].at.constructor)(text);', /has a constructor that is called/],
    ['binds a constructor', 'export const spoilt=(text)=>spoilt.constructor.call(null,text);', /has a constructor that is called/],
    ['gives a timer a text', 'setTimeout("spoilt()",5);', /has setTimeout of what is no function/],
    ['gives an interval a text that is worked out', 'export const spoilt=(n)=>window.setInterval(`spoilt(${n})`,5);', /has setInterval of what is no function/],
    ['imports a text', 'export const spoilt=(text)=>import("data:text/javascript,"+text);', /has import\(\) of what cannot be known/],
  ].map(([name, code, words], at) => ({
    claim: 18,
    check: 'tricks',
    name: `${at % 2 ? 'the package' : 'a chunk of the storefront'} ${name}`,
    cheap: true,
    spoil: (copy) => appendFileSync(at % 2 ? join(copy, 'pkg/dist/index.js') : first(join(copy, 'www/dist/assets'), '.js'), `\n;${code}\n`),
    words,
  })),
];

/** Draws disguises by other odds than those that are claimed and published. */
function spoilDisguises(copy) {
  change(copy, 'src/report/randomisers/unary_encoding.rs', 'let threshold = if answer == truth { KEEP } else { self.invent };', 'let threshold = if answer == truth { KEEP } else { self.invent / 5 * 4 };');
  change(copy, 'src/report/randomisers/kary_response.rs', 'let drawn = chance.below(self.whole());\n        if drawn < self.power {', 'let more = self.power / 4;\n        let drawn = chance.below(self.whole() + more).saturating_sub(more);\n        if drawn < self.power {');
}
