// Joins what every page loads into few minified files, and leaves apart what only some load.
//   node scripts/bundle-package.mjs IN OUT
// The module stays a file of its own: `new URL('./engine.wasm', import.meta.url)` is left as written, for the shop's bundler.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { rolldown } from 'rolldown';

const [input, output] = process.argv.slice(2);
const bundle = await rolldown({
  input: ['companions', 'index', 'node', 'workerd'].map((name) => `${input}/${name}.js`),
  platform: 'neutral', // so that `process.env.NODE_ENV` is left for the shop's bundler to answer
  external: [/engine\.wasm$/],
  treeshake: { moduleSideEffects: false },
});
await bundle.write({
  dir: output,
  format: 'esm',
  minify: true,
  sourcemap: false,
  entryFileNames: '[name].js',
  chunkFileNames: ({ isDynamicEntry }) => (isDynamicEntry ? '[name].js' : 'shared.js'),
  plugins: [{ name: 'plain-quotes', generateBundle: (_, files) => Object.values(files).forEach(plainQuotes) }],
});
await bundle.close();

// The minifier writes addresses as templates, which not every bundler reads.
function plainQuotes(file) {
  if (file.type === 'chunk') file.code = file.code.replace(/(new URL\(|import\(|from)`([^`$]+)`/g, '$1"$2"');
}

// The types, only those that the entries lead to.
for (const entry of ['companions', 'index', 'node', 'workerd']) copyTypes(`${entry}.d.ts`);

function copyTypes(file) {
  if (existsSync(join(output, file))) return;
  const types = readFileSync(join(input, file), 'utf8');
  mkdirSync(dirname(join(output, file)), { recursive: true });
  writeFileSync(join(output, file), types);
  for (const [, target] of types.matchAll(/from '(\.[^']+)\.js'/g)) copyTypes(join(dirname(file), `${target}.d.ts`));
}
