// A real Chromium of our own: started on a profile, driven over its own protocol, and killed outright where that is wanted.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { envOf, need, NotShown, start } from './common.mjs';

const FLAGS = [
  // Who walks faster than two hundred pages in ten seconds is not let through otherwise: location.hash then stays as it was.
  '--disable-ipc-flooding-protection',
  '--headless=new', '--no-sandbox', '--disable-gpu', '--remote-debugging-port=0', '--lang=en-GB', '--window-size=1440,900', '--no-first-run', '--disable-quic',
  '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-default-apps', '--disable-domain-reliability', '--no-pings',
  '--disable-features=OptimizationHints,MediaRouter,Translate,AutofillServerCommunication',
];

/** Browsers that run: none outlives the audit. */
const running = new Set();
process.once('exit', () => {
  for (const { pid } of running) process.kill(-pid, 'SIGKILL');
});

/** Where Chromium is: $CHROMIUM, or what is on PATH. */
function binary(root) {
  const { CHROMIUM } = envOf(root);
  if (CHROMIUM) return CHROMIUM;
  try {
    return execFileSync('sh', ['-c', 'command -v chromium || command -v chromium-browser || command -v google-chrome'], { encoding: 'utf8' }).trim();
  } catch {
    throw new NotShown("there is no Chromium: run 'scripts/setup browser', or set CHROMIUM to its path");
  }
}

/** Starts Chromium on a profile; `netLog` is a file for every byte that its network service sends. */
export async function openBrowser(root, profile, netLog) {
  mkdirSync(profile, { recursive: true });
  const words = [...FLAGS, `--user-data-dir=${profile}`, ...(netLog ? [`--log-net-log=${netLog}`, '--net-log-capture-mode=Everything'] : []), 'about:blank'];
  // A group of its own, so that all of its processes end at once.
  const { child, gone } = start(root, binary(root), words, { stdio: ['ignore', 'ignore', 'pipe'], detached: true });
  const kill = async () => {
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
    await gone;
  };
  running.add(child);
  void gone.then(() => running.delete(child));
  const address = await new Promise((resolve, reject) => {
    let told = '';
    child.stderr.on('data', (piece) => {
      told += piece;
      const found = /DevTools listening on (ws:\S+)/.exec(told)?.[1];
      if (found) resolve(found);
    });
    child.on('exit', (code) => reject(new Error(`Chromium ended with ${code}: ${told.slice(-800)}`)));
  });
  const browser = await chromium.connectOverCDP(address);
  const [context] = browser.contexts();
  return {
    context,
    page: () => context.newPage(),
    kill,
    /** Ends it in good order, so that its files are whole. */
    close: async () => {
      const session = await browser.newBrowserCDPSession();
      await Promise.race([session.send('Browser.close').catch(() => undefined), gone]);
      await Promise.race([gone, new Promise((resolve) => setTimeout(resolve, 10_000))]);
      await kill();
    },
  };
}

/** The bytes of a request's body, one character each. */
const bodyOf = ({ postData = '', postDataEntries = [] }) =>
  postDataEntries.every(({ bytes }) => bytes) && postDataEntries.length > 0 ? Buffer.concat(postDataEntries.map(({ bytes }) => Buffer.from(bytes, 'base64'))) : Buffer.from(postData);

/** Writes down every request of a page as the browser's protocol tells it: address without fragment, headers, body. */
export async function watched(context, page) {
  const session = await context.newCDPSession(page);
  const requests = [];
  const bodies = [];
  session.on('Network.requestWillBeSent', ({ requestId, type, request }) => {
    if (request.url.startsWith('data:') || request.url.startsWith('blob:')) return;
    const { pathname, search, host } = new URL(request.url);
    const seen = { method: request.method, url: request.url.split('#')[0], path: `${host}${pathname}${search}`, type, headers: request.headers, body: bodyOf(request) };
    requests.push(seen);
    if (request.hasPostData && seen.body.length === 0) {
      bodies.push(session.send('Network.getRequestPostData', { requestId }).then(({ postData }) => void (seen.body = Buffer.from(postData)), () => undefined));
    }
  });
  // What the browser adds by itself, cookies among it.
  session.on('Network.requestWillBeSentExtraInfo', ({ headers, associatedCookies }) => requests.push({ extra: true, headers, cookies: associatedCookies.map(({ cookie }) => cookie) }));
  session.on('Network.webSocketCreated', ({ url }) => requests.push({ method: 'WEBSOCKET', url, path: url, headers: {}, body: '' }));
  await session.send('Network.enable', { maxPostDataSize: 1 << 20 });
  return { requests, settled: () => Promise.all(bodies) };
}

/** What a net log says was sent: every byte of every socket, and every name that was looked up. */
export function sentBytes(netLog) {
  const text = readFileSync(netLog, 'utf8').trim();
  // A browser that was ended hard has written no end.
  const whole = text.endsWith('}]}') || text.endsWith('}') && text.includes('"polledData"') ? text : `${text.replace(/,\s*$/, '')}]}`;
  const { constants, events } = JSON.parse(whole);
  const names = new Map(Object.entries(constants.logEventTypes).map(([name, number]) => [number, name]));
  const bySource = new Map();
  const hosts = new Set();
  for (const { type, source, params } of events) {
    const name = names.get(type) ?? '';
    if (/BYTES_SENT$/.test(name) && params?.bytes) bySource.set(source.id, [...(bySource.get(source.id) ?? []), Buffer.from(params.bytes, 'base64')]);
    if (name.startsWith('HOST_RESOLVER') && params?.host) hosts.add(params.host);
    if (name === 'TCP_CONNECT_ATTEMPT' && params?.address) hosts.add(params.address);
  }
  need(bySource.size > 0, 'the net log holds no byte that was sent');
  return { streams: [...bySource.values()].map((pieces) => Buffer.concat(pieces)), hosts: [...hosts] };
}

/** Waits until something holds, for as long as it takes a slow machine. */
export async function until(what, holds, most = 90_000) {
  for (const began = Date.now(); Date.now() - began < most; ) {
    const found = await holds();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new NotShown(`waited in vain for ${what}`);
}

export const profileOf = (root, name) => join(root, 'target/audit', name, 'profile');
