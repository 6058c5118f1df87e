import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

/**
 * With FIXTURE=1, `npm run dev` shows a small made-up shop without the native command and without the engine's
 * WebAssembly: the companion files come from dev/fixture.ts and the engine from dev/engine.ts.
 */
const fixture = process.env.FIXTURE === '1';

/** Answers the companion files' addresses. */
function fixtureFiles(): Plugin {
  return {
    name: 'fixture-files',
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const [, name] = /^\/v1\/([\w.-]+)$/.exec(request.url ?? '') ?? [];
        if (!name) return next();
        server.ssrLoadModule('/dev/fixture.ts').then(({ answer }) => {
          response.setHeader('content-type', 'application/json');
          response.end(JSON.stringify((answer as (name: string) => unknown)(name)));
        }, next);
      });
    },
  };
}

// The shop's own server, for working on pages with the real pack.
const proxy: Record<string, string> = fixture ? {} : { '/v1': 'http://localhost:8080' };

export default defineConfig({
  plugins: fixture ? [fixtureFiles()] : [],
  resolve: {
    alias: fixture
      ? [{ find: /^windowshop(\/early)?$/, replacement: fileURLToPath(new URL('dev/engine.ts', import.meta.url)) }]
      : [],
  },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    target: 'es2022',
    // Files in data: addresses would be refused by the page's own policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The engine's bytes as a script, fetched only where no .wasm file can be served, are as large as they are.
    chunkSizeWarningLimit: 1_500,
  },
  server: { proxy },
  preview: { proxy },
});
