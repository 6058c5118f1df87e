// Serves what the measured pages load, from this machine: the package, these files, the catalogues. Uncompressed and never
// kept by the browser, so that every fresh page loads everything; isolated, so that the page's clock has steps of 5 µs.
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

const KINDS = { '.html': 'text/html', '.js': 'text/javascript', '.mjs': 'text/javascript', '.json': 'application/json', '.wasm': 'application/wasm' };

/** Starts it; `roots` are folders by the first part of an address, or functions that give the folder of the second part. */
export async function serve(roots) {
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url, 'http://localhost').pathname);
    const head = { 'Cache-Control': 'no-store', 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };
    if (path === '/') {
      response.writeHead(200, { ...head, 'Content-Type': 'text/html' }).end('<!doctype html><title>bench</title><link rel="icon" href="data:,">');
      return;
    }
    const [, root, ...rest] = path.split('/');
    const folder = typeof roots[root] === 'function' ? roots[root](rest.shift()) : roots[root];
    const file = folder && join(folder, ...rest);
    if (!file || !existsSync(file) || !statSync(file).isFile()) {
      response.writeHead(404, head).end();
      return;
    }
    response.writeHead(200, { ...head, 'Content-Type': KINDS[extname(file)] ?? 'application/octet-stream', 'Content-Length': statSync(file).size });
    createReadStream(file).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { address: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}
