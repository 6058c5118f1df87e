/**
 * Whether a worker is sealed: tried from within, before anything is handed to it, and read off the policy that the browser
 * says it enforces.
 *
 * Trying alone proves too little: a way may fail because nobody answers at its other end, and a policy may close the
 * addresses that were tried and leave others open. So a worker counts as sealed only where nothing got through **and** the
 * browser, refusing, named a policy that opens nothing at all (`securitypolicyviolation`, CSP level 3 §5).
 */

import type { Tried } from './wire.js';

/** The policy that the worker's script is served with. */
export const POLICY = "default-src 'none'; script-src 'wasm-unsafe-eval'";

/** A try that neither got through nor was refused by then counts as through. */
const PATIENCE_MILLISECONDS = 5_000;
/** How long to wait for the browser's word on a refusal, which may come after the refusal itself. */
const WORD_MILLISECONDS = 1_000;

/** One way out: resolves where something got through, fails where it was refused or is not there. */
type Way = (address: string) => unknown;

/** What comes first, of an event that says yes and one that says no. */
function event(target: EventTarget, yes: string, close: () => void): Promise<unknown> {
  return new Promise<unknown>((resolve, reject) => {
    target.addEventListener(yes, resolve);
    target.addEventListener('error', reject);
  }).finally(close);
}

declare function importScripts(address: string): void;

const WAYS: Record<string, Way> = {
  fetch: (address) => fetch(address, { credentials: 'omit', referrerPolicy: 'no-referrer' }),
  XMLHttpRequest: (address) => {
    const request = new XMLHttpRequest();
    request.open('GET', address);
    request.send();
    return event(request, 'load', () => request.abort());
  },
  WebSocket: (address) => {
    const socket = new WebSocket(address.replace(/^http/, 'ws'));
    return event(socket, 'open', () => socket.close());
  },
  EventSource: (address) => {
    const source = new EventSource(address);
    return event(source, 'open', () => source.close());
  },
  // Workers have none today. Where they come to, only the policy can tell what became of one.
  sendBeacon: (address) => navigator.sendBeacon(address) || Promise.reject(new TypeError('refused')),
  // Written out, for development servers rewrite what is not, and only an address that needs no network can be.
  // @ts-expect-error it has no types, and nothing in it
  'import()': () => import('data:text/javascript,'),
  importScripts: (address) => importScripts(address),
  Worker: (address) => {
    const worker = new Worker(address);
    worker.postMessage({ ask: 'ping' });
    return event(worker, 'message', () => worker.terminate());
  },
};

/** Scripts that need no network: they get through wherever nothing forbids them. */
const SCRIPT = 'data:text/javascript,';
const SPEAKING = `${SCRIPT}postMessage(0)`;

/**
 * Tries every way out of this worker, to addresses that answer: its own script's, and some that need no network. The
 * addresses are the same for everybody.
 *
 * @param own the address of this worker's script
 */
export async function tryAll(own: string): Promise<Tried> {
  const policies = new Set<string>();
  let word: () => void;
  const closed = new Promise<void>((resolve) => (word = resolve));
  const hear = ({ disposition, originalPolicy }: SecurityPolicyViolationEvent): void => {
    // A policy that only reports refuses nothing.
    if (disposition !== 'enforce') return;
    policies.add(originalPolicy);
    if (isClosed(originalPolicy)) word();
  };
  const heard = 'securitypolicyviolation';
  addEventListener(heard, hear);
  const open = new Set<string>();
  let through: () => void;
  const first = new Promise<void>((resolve) => (through = resolve));
  const tried = Promise.all(
    Object.entries(WAYS).flatMap(([name, way]) =>
      [own, name === 'Worker' ? SPEAKING : SCRIPT].map(async (address) => {
        try {
          await Promise.race([(async () => way(address))(), later(PATIENCE_MILLISECONDS)]);
          open.add(name);
          through();
        } catch {
          // Refused, or not there.
        }
      }),
    ),
  );
  // One that got through says it all; the others may hang on a server that never answers them.
  await Promise.race([tried, first]);
  if (open.size === 0) await Promise.race([closed, later(WORD_MILLISECONDS)]);
  removeEventListener(heard, hear);
  return { open: [...open].sort(), policies: [...policies] };
}

function later(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Whether what was tried shows a seal. */
export function isSealed({ open, policies }: Tried): boolean {
  return open.length === 0 && policies.some(isClosed);
}

/**
 * Whether a policy leaves no way out: nothing may be fetched from anywhere, no code but WebAssembly be made, and no report
 * of a violation be sent, for that would be a way too.
 */
export function isClosed(policy: string): boolean {
  const directives = new Map<string, string[]>();
  for (const part of policy.toLowerCase().split(';')) {
    const [name = '', ...sources] = part.trim().split(/\s+/);
    // Of two directives of one name the first counts.
    if (name !== '' && !directives.has(name)) directives.set(name, sources);
  }
  if (directives.get('default-src')?.join() !== "'none'") return false;
  return [...directives].every(([name, sources]) => {
    if (name.startsWith('report-')) return false;
    const harmless = name === 'script-src' ? ["'none'", "'wasm-unsafe-eval'"] : ["'none'"];
    return !/-src(-|$)/.test(name) || sources.every((source) => harmless.includes(source));
  });
}
