// Serves what the measured pages load, from this machine: the package, these files, the catalogues. Never kept by the browser, so
// that every fresh page loads everything; isolated, so that the page's clock has steps of 5 µs. Uncompressed, or as `windowshop
// serve` compresses, once a file and before it is asked for.
import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { extname, join, normalize } from 'node:path';

/** Smaller files are served as they are. */
const LEAST = 1_024;
const KINDS = { '.html': 'text/html', '.js': 'text/javascript', '.mjs': 'text/javascript', '.json': 'application/json', '.wasm': 'application/wasm' };

/**
 * Starts it; `roots` are folders by the first part of an address, or functions that give the folder of the second part, and `compress`
 * is how bytes are compressed where they are. A page that nobody watches (`unwatched.html`) is asked through it: `ask` gives what the
 * next of them tells.
 */
export async function serve(roots, compress) {
  const compressed = new Map();
  let asked;
  const sent = (file) => {
    if (!compress || statSync(file).size < LEAST) return undefined;
    if (!compressed.has(file)) compressed.set(file, compress(readFileSync(file)));
    return compressed.get(file);
  };
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url, 'http://localhost').pathname);
    const head = { 'Cache-Control': 'no-store', 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };
    if (path === '/asked') {
      response.writeHead(200, { ...head, 'Content-Type': KINDS['.json'] }).end(JSON.stringify(asked.question));
      return;
    }
    if (path === '/told') {
      response.writeHead(204, head).end();
      json(request).then(asked.tell, asked.fail);
      return;
    }
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
    const bytes = sent(file);
    const coding = bytes && { 'Content-Encoding': 'br', Vary: 'Accept-Encoding' };
    response.writeHead(200, { ...head, ...coding, 'Content-Type': KINDS[extname(file)] ?? 'application/octet-stream', 'Content-Length': bytes?.length ?? statSync(file).size });
    if (bytes) response.end(bytes);
    else createReadStream(file).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const ask = (question) => new Promise((tell, fail) => (asked = { question, tell, fail }));
  return { address: `http://127.0.0.1:${server.address().port}`, ask, close: () => server.close() };
}
