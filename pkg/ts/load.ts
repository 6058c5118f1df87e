/**
 * Fetches what is the same for every shopper: the engine's WebAssembly, the pack's manifest, the pack, its text.
 *
 * This file and sync.ts are the only ones that make requests. No address here depends on the shopper, nothing is sent
 * along (no cookies, no referrer), and what arrives is checked against the digest that the manifest names.
 */

import { correction } from './clock.js';
import { LoadError, wordsOf } from './errors.js';
import { tellAll } from './listeners.js';
import type { Language, PackText, Progress } from './types.js';

/** What this package reads of a pack's list (`pack.json`, docs/pack.md). Addresses are relative to the manifest's own. */
export interface Manifest {
  format: 1;
  /** State hash of the pack, in hex. */
  state: string;
  pack: ManifestFile;
  /** The languages of its text, the shop's own first. */
  languages: Language[];
  text: Record<Language, ManifestFile>;
  /** Changes since the pack, in their order: each applies to the state it names. */
  deltas: (ManifestFile & { from: string; to: string })[];
}

/** One file, named by its content. */
export interface ManifestFile {
  url: string;
  bytes: number;
  /** SHA-256, in hex. */
  sha256: string;
}

/** How a download is watched and called off. */
export interface Watch {
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: Progress) => void) | undefined;
}

/** What the engine's module may be given as. */
export type WasmSource = Response | BufferSource | WebAssembly.Module;

/** Every request of this file: without cookies, without referrer. */
const anonymous = { credentials: 'omit', referrerPolicy: 'no-referrer' } as const satisfies RequestInit;

/** `WebAssembly` modules begin so. */
const WASM_MAGIC = 0x0061736d;

/** Fetches and refuses what is not a success. An abort is passed on as it is. */
async function get(url: string | URL, what: string, code: 'pack_load' | 'text_load' | 'wasm_load', watch: Watch, init?: RequestInit): Promise<Response> {
  let response;
  try {
    response = await fetch(url, { ...anonymous, ...init, signal: watch.signal ?? null });
  } catch (cause) {
    watch.signal?.throwIfAborted();
    throw new LoadError(code, `${what} could not be fetched: is the server up, and does the page's Content-Security-Policy allow it in connect-src? (${url})`, { cause });
  }
  if (!response.ok) throw new LoadError(code, `${what} could not be fetched: the server answered ${response.status} (${url})`);
  return response;
}

/** The same response, told of as it comes in where somebody asked for that. */
async function told(response: Response, stage: Progress['stage'], { onProgress }: Watch, total?: number): Promise<Response> {
  if (!onProgress) return response;
  const { counted } = await import('./progress.js');
  // What the page makes of it is the page's: the download goes on.
  return counted(response, (loaded) => tellAll([() => onProgress({ stage, loaded, ...(total === undefined ? {} : { total }) })]));
}

/** The bytes of a response. */
async function read(...given: Parameters<typeof told>): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await (await told(...given)).arrayBuffer());
}

/**
 * The engine's module from an address: as a response that compiles while it streams, or as bytes where the server
 * names another type. `undefined` where something else than a module answers, such as the page that a single-page
 * application serves for every unknown address.
 */
export async function fetchWasm(url: string | URL, watch: Watch): Promise<WasmSource | undefined> {
  const response = await get(url, 'the engine', 'wasm_load', watch);
  if (response.headers.get('content-type')?.startsWith('application/wasm')) return told(response, 'wasm', watch);
  const bytes = await read(response, 'wasm', watch);
  return bytes.length >= 4 && new DataView(bytes.buffer).getUint32(0) === WASM_MAGIC ? bytes : undefined;
}

/** A manifest that was fetched: the address that its files are relative to, and what its Date header says about the page's clock. */
export interface Found {
  manifest: Manifest;
  base: string;
  correction: number;
}

/** The manifest of a pack. */
export async function fetchManifest(url: string | URL, watch: Watch): Promise<Found> {
  const asked = Date.now();
  // Always asked anew: the manifest is the one address whose content changes, and its Date must be of now.
  const response = await get(url, "the pack's manifest", 'pack_load', watch, { cache: 'no-store' });
  const heard = Date.now();
  let manifest;
  try {
    manifest = asManifest(await response.json());
  } catch (cause) {
    watch.signal?.throwIfAborted();
    throw new LoadError('pack_load', `the pack's manifest is not one: ${wordsOf(cause)} (${url})`, { cause });
  }
  return { manifest, base: response.url || String(url), correction: correction(response.headers.get('date'), asked, heard) };
}

/** Checks that a parsed file is a manifest. */
function asManifest(value: unknown): Manifest {
  const manifest = value as Partial<Manifest> | null;
  if (manifest?.format !== 1) throw new TypeError(`its format is ${manifest?.format} and not 1`);
  if (typeof manifest.state !== 'string') throw new TypeError('it names no state');
  const { text = {}, languages = Object.keys(text) } = manifest;
  const deltas = manifest.deltas ?? [];
  for (const file of [manifest.pack, ...languages.map((language) => text[language]), ...deltas]) {
    if (typeof file?.url !== 'string' || typeof file.sha256 !== 'string') throw new TypeError('a file in it lacks its url or sha256');
  }
  return { ...manifest, text, languages, deltas } as Manifest;
}

/** A file that a manifest names, checked against its digest. */
async function fetchFile(file: ManifestFile, base: string, what: string, stage: 'pack' | 'text', watch: Watch): Promise<Uint8Array<ArrayBuffer>> {
  const code = stage === 'pack' ? 'pack_load' : 'text_load';
  const url = new URL(file.url, base);
  let bytes;
  try {
    bytes = await read(await get(url, what, code, watch), stage, watch, file.bytes);
  } catch (cause) {
    watch.signal?.throwIfAborted();
    if (cause instanceof LoadError) throw cause;
    throw new LoadError(code, `${what} broke off while it came in: try again (${url})`, { cause });
  }
  // Pages without TLS have no SubtleCrypto; the engine still checks every section of a pack by itself.
  const digest = await globalThis.crypto?.subtle?.digest('SHA-256', bytes);
  if (digest && hex(digest) !== file.sha256) {
    throw new LoadError(code, `${what} is not the file that the manifest names: its SHA-256 is ${hex(digest)}, not ${file.sha256} (${url})`);
  }
  return bytes;
}

/** A pack or deltas that a manifest names, in their order. */
export function fetchFiles(files: ManifestFile[], base: string, watch: Watch): Promise<Uint8Array<ArrayBuffer>[]> {
  return Promise.all(files.map((file) => fetchFile(file, base, 'the pack or a delta', 'pack', watch)));
}

/** The display text of one of the languages that a manifest names. */
export async function fetchText(manifest: Manifest, base: string, language: Language, watch: Watch): Promise<PackText> {
  const bytes = await fetchFile(manifest.text[language]!, base, `the text in '${language}'`, 'text', watch);
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as PackText;
  } catch (cause) {
    throw new LoadError('text_load', `the text in '${language}' is not JSON: ${wordsOf(cause)}`, { cause });
  }
}

/** Lower-case hex. */
function hex(bytes: ArrayBuffer): string {
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
