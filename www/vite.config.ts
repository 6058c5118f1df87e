import { defineConfig, type Plugin } from 'vite';
import { fileURLToPath } from 'node:url';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/**
 * With FIXTURE=1 the storefront shows a small made-up shop without the native command and without the engine's
 * WebAssembly: the companion files come from dev/fixture.ts and the engine from dev/engine.ts.
 */
const fixture = process.env.FIXTURE === '1';

/** Answers the companion files' addresses in `vite` and `vite preview`. */
function fixtureFiles(): Plugin {
  type Middlewares = { use(handler: (request: { url?: string }, response: Answer, next: () => void) => void): void };
  type Answer = { setHeader(name: string, value: string): void; end(text: string): void };
  const serve = (middlewares: Middlewares) => {
    middlewares.use((request, response, next) => {
      const [, name] = /^\/v1\/([\w.-]+)$/.exec(request.url ?? '') ?? [];
      if (!name) return next();
      void import('./dev/fixture').then(({ answer }) => {
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify(answer(name)));
      });
    });
  };
  return {
    name: 'fixture-files',
    configureServer: ({ middlewares }) => serve(middlewares),
    configurePreviewServer: ({ middlewares }) => serve(middlewares),
  };
}

export default defineConfig({
  plugins: fixture ? [fixtureFiles()] : [],
  resolve: { alias: fixture ? [{ find: /^windowshop$/, replacement: here('./dev/engine.ts') }] : [] },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    target: 'es2022',
    // Files in data: addresses would be refused by the page's own policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  // The shop's own server, for working on pages with the real pack.
  server: { proxy: fixture ? {} : { '/v1': 'http://localhost:8080' } },
  preview: { proxy: fixture ? {} : { '/v1': 'http://localhost:8080' } },
});
