/** A server that answers everything that a worker might ask, to whoever asks: what is refused there was not refused here. */

import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';

const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.wasm': 'application/wasm', '.json': 'application/json' };
/** What RFC 6455 §1.3 has a server add to a key. */
const WEBSOCKET = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

export interface OpenServer {
  address: string;
  /** Paths below `/probe/` that were asked for, with the way that stands in them. */
  asked: string[];
  stop(): void;
}

/**
 * Serves a folder, packs at `/v1/` and answers to probes.
 *
 * @param headers what the files of a name are served with besides
 */
export async function openServer(site: string, packs: string, headers: (path: string) => Record<string, string>): Promise<OpenServer> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    response.setHeader('access-control-allow-origin', '*');
    if (path.startsWith('/probe/')) {
      asked.push(path);
      const stream = path.endsWith('EventSource');
      response.setHeader('content-type', stream ? 'text/event-stream' : 'text/javascript');
      // A script that says so where it runs as a worker, and a stream that begins.
      response.end(stream ? 'data: 1\n\n' : 'globalThis.postMessage?.({ probe: true });\n');
      return;
    }
    const file = path.startsWith('/v1/') ? join(packs, path.slice(4)) : join(site, path === '/' ? 'index.html' : path);
    if (!existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream', ...headers(path) }).end(readFileSync(file));
  });
  server.on('upgrade', (request, socket) => {
    asked.push(request.url ?? '');
    const key = createHash('sha1').update(`${request.headers['sec-websocket-key'] ?? ''}${WEBSOCKET}`).digest('base64');
    socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${key}\r\n\r\n`);
    socket.on('error', () => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
