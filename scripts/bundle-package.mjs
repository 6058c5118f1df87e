// Joins what every page loads into few minified files, each with a source map, and leaves apart what only some load.
//   node scripts/bundle-package.mjs IN OUT
// The module stays a file of its own: `new URL('./engine.wasm', import.meta.url)` is left as written, for the shop's bundler.
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { rolldown } from 'rolldown';

const [input, output] = process.argv.slice(2);
const entries = ['companions', 'index', 'node', 'workerd'];
// Files that are data: they are copied as they are, for every entry alike.
const data = readdirSync(input).filter((name) => /^(inline-bytes|messages-\w+)\.js$/.test(name));

await bundle(['companions', 'index', 'workerd'], { minify: true, sourcemap: true, shared: 'shared.js' });
// Node.js downloads nothing, and shows the line that failed: left readable.
await bundle(['node'], { minify: false, sourcemap: false, shared: 'node-shared.js' });
for (const name of data) copyFileSync(join(input, name), join(output, name));
for (const entry of entries) copyTypes(`${entry}.d.ts`);

async function bundle(names, { minify, sourcemap, shared }) {
  const made = await rolldown({
    input: names.map((name) => `${input}/${name}.js`),
    platform: 'neutral', // so that `process.env.NODE_ENV` is left for the shop's bundler to answer
    external: [/engine\.wasm$/, /\/inline-bytes\.js$/, /\/messages-\w+\.js$/],
    treeshake: { moduleSideEffects: false },
  });
  await made.write({
    dir: output,
    format: 'esm',
    minify,
    sourcemap,
    // Maps name the files of this package and no folder of the machine that made them.
    sourcemapPathTransform: (path) => `windowshop/${path.replace(/^.*\//, '')}`,
    entryFileNames: '[name].js',
    chunkFileNames: ({ isDynamicEntry, name }) => (!isDynamicEntry ? shared : shared.startsWith('node') ? `node-${name}.js` : `${name}.js`),
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
