// Joins what every page loads into few minified files, each with a source map, and leaves apart what only some load.
//   node scripts/bundle-package.mjs IN OUT
// The module stays a file of its own: `new URL('./engine.wasm', import.meta.url)` is left as written, for the shop's bundler.
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { rolldown } from 'rolldown';

const [input, output] = process.argv.slice(2);
const entries = ['companions', 'early', 'index', 'node', 'sealed', 'workerd'];
// Files that are data: they are copied as they are, for every entry alike.
const data = readdirSync(input).filter((name) => /^(inline-bytes|messages-\w+)\.js$/.test(name));

// What page and worker are told apart by where a shop serves one of them from elsewhere: everything they are made of.
const made = createHash('sha256');
for (const name of readdirSync(input, { recursive: true }).sort()) if (/\.(js|wasm)$/.test(name)) made.update(readFileSync(join(input, name)));
const define = { WINDOWSHOP_BUILD: JSON.stringify(made.digest('hex').slice(0, 16)) };

// Each apart, so that what every page loads is one file.
for (const entry of ['companions', 'early', 'index', 'sealed', 'workerd']) await bundle({ [entry]: entry }, { minify: true, sourcemap: true });
// One file that imports nothing, served under its own policy. Its map lies beside it and is not named in it: bundlers copy
// this file as it is, and nothing else.
await bundle({ 'sealed-worker': 'sealed/worker' }, { minify: true, sourcemap: 'hidden', format: 'iife' });
// Node.js downloads nothing, and shows the line that failed: left readable.
await bundle({ node: 'node' }, { minify: false, sourcemap: false, prefix: 'node-' });
for (const name of data) copyFileSync(join(input, name), join(output, name));
for (const entry of entries) copyTypes(`${entry}.d.ts`);

async function bundle(files, { minify, sourcemap, prefix = '', format = 'esm' }) {
  const made = await rolldown({
    input: Object.fromEntries(Object.entries(files).map(([name, file]) => [name, `${input}/${file}.js`])),
    platform: 'neutral', // so that `process.env.NODE_ENV` is left for the shop's bundler to answer
    external: format === 'iife' ? [/^data:/] : [/engine\.wasm(\?module)?$/, /\/inline-bytes\.js$/, /\/messages-\w+\.js$/],
    transform: { define },
    treeshake: { moduleSideEffects: false },
  });
  await made.write({
    dir: output,
    format,
    codeSplitting: format !== 'iife',
    minify,
    // What a minifier says of calls without effect stands in functions alone, where no bundler needs it.
    comments: { annotation: false },
    sourcemap,
    // Maps name the files of this package and no folder of the machine that made them.
    sourcemapPathTransform: (path) => `windowshop/${path.replace(/^.*\//, '')}`,
    entryFileNames: '[name].js',
    // What is loaded when it is needed imports nothing, so it is the same file whichever entry loads it.
    chunkFileNames({ isDynamicEntry, name }) {
      if (!isDynamicEntry) throw new Error(`${name} is a file that two others share: hand over what they need of it`);
      return `${prefix}${name}.js`;
    },
    plugins: [{ name: 'plain-quotes', generateBundle: (_, files) => Object.values(files).forEach(plainQuotes) }],
  });
  await made.close();
}

// The minifier writes addresses as templates, which not every bundler reads. No length changes, so maps stay true.
function plainQuotes(file) {
  if (file.type === 'chunk') file.code = file.code.replace(/(new URL\(|import\(|from)`([^`$]+)`/g, '$1"$2"');
}

// The types, only those that the entries lead to.
function copyTypes(file) {
  if (existsSync(join(output, file))) return;
  const types = readFileSync(join(input, file), 'utf8');
  mkdirSync(dirname(join(output, file)), { recursive: true });
  writeFileSync(join(output, file), types);
  for (const [, target] of types.matchAll(/from '(\.[^']+)\.js'/g)) copyTypes(join(dirname(file), `${target}.d.ts`));
}
