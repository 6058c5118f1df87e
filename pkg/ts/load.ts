/**
 * Fetches what is the same for every shopper: the engine's WebAssembly, the pack's manifest, the pack, its text.
 *
 * This file and sync.ts are the only ones that fetch; scripts of the package come by `import()`. No address here depends on the
 * shopper, nothing is sent along (no cookies, no referrer), and what arrives is checked against the digest that the manifest names.
 */

import { wordsOf } from './errors.js';
import { fail, part } from './failing.js';
import { tellAll } from './listeners.js';
import { textOf } from './text.js';
import type { PackText } from './text.js';
import type { Language, Progress } from './types.js';
import { decoder } from './values.js';

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
  /** The pack's excerpt, where it has one: the same fields again. */
  excerpt?: Pick<Manifest, 'state' | 'pack' | 'text' | 'deltas'>;
}

/** One file, named by its content. */
export interface ManifestFile {
  url: string;
  bytes: number;
  /** SHA-256, in hex. */
  sha256: string;
  /** Of a pack: its state hash, in hex. */
  state?: string;
}

/** How a download is watched and called off. */
export interface Watch {
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: Progress) => void) | undefined;
}

/** Where a pack's bytes go, from the first on. */
export interface Landing {
  /** How many there are. */
  length: number;
  /** All of them. Each time another view may be given: where a memory grows, its bytes are in another buffer. */
  bytes(): Uint8Array<ArrayBuffer>;
  /** Takes in that so many are there. */
  arrived(length: number): void;
}

/** Where a pack of so many bytes goes. */
export type Room = (bytes: number) => Promise<Landing>;

/** A file that was fetched, and what settles when its digest is known: it rejects where the manifest names another. */
export interface Fetched<Bytes> {
  bytes: Bytes;
  sure: Promise<unknown>;
}

/** What the engine's module may be given as. */
export type WasmSource = Response | BufferSource | WebAssembly.Module;

/** Every request of this file: without cookies, without referrer. */
const anonymous = { credentials: 'omit', referrerPolicy: 'no-referrer' } as const satisfies RequestInit;

/** `WebAssembly` modules begin so. */
const WASM_MAGIC = '\0asm';

/** What is fetched; the code of what fails begins so. */
type Stage = Exclude<Progress['stage'], 'ready'>;

/** Asks for something; an answer of any status is one. */
export function request(url: string | URL, { signal = null }: { signal?: AbortSignal | null | undefined }, init?: RequestInit): Promise<Response> {
  return fetch(url, { ...anonymous, ...init, signal });
}

/** Fetches and refuses what is not a success. */
async function get(url: string | URL, stage: Stage, watch: Watch, init?: RequestInit): Promise<Response> {
  const failed = (cause: unknown, status?: number) => fail(`${stage}_load`, 'unreachable', [stage, url, status], cause);
  const response = await request(url, watch, init).catch(failed);
  return response.ok ? response : failed(undefined, response.status);
}

/** The same response, told of as it comes in where somebody asked for that. */
async function told(response: Response, stage: Stage, { onProgress }: Watch, total?: number): Promise<Response> {
  // A start does not fail for being told of.
  return (onProgress && (await import('./progress.js').catch(() => undefined))?.counted(response, stage, total, onProgress, tellAll)) ?? response;
}

/**
 * The engine's module from an address, or in a response that was fetched: as a response that compiles while it streams, or as
 * bytes where the server names another type. `undefined` where something else than a module answers, such as the page that a
 * single-page application serves for every unknown address.
 */
export async function fetchWasm(from: string | URL | Response, watch: Watch): Promise<WasmSource | undefined> {
  const response = from instanceof Response ? from : await get(from, 'wasm', watch);
  if (response.headers.get('content-type') === 'application/wasm') return told(response, 'wasm', watch);
  const bytes = new Uint8Array(await (await told(response, 'wasm', watch)).arrayBuffer());
  return decoder.decode(bytes.subarray(0, 4)) === WASM_MAGIC ? bytes : undefined;
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
  const [[response, heard], { asManifest, correction }] = await Promise.all([
    get(url, 'pack', watch, { cache: 'no-store' }).then((response) => [response, Date.now()] as const),
    part(import('./landing.js')),
  ]);
  const manifest = await response.json().then(asManifest).catch((cause: unknown) => fail('pack_load', 'manifest', [wordsOf(cause), url], cause));
  return { manifest, base: response.url || String(url), correction: correction(response.headers.get('date'), asked, heard) };
}

/** A file that a manifest names; its digest is worked out while others go on. */
export function fetchFile(file: ManifestFile, base: string, watch: Watch, stage: 'pack' | 'text'): Promise<Fetched<Uint8Array<ArrayBuffer>>>;
/** A pack that a manifest names, into its room where there is one. */
export function fetchFile(file: ManifestFile, base: string, watch: Watch, stage: 'pack', room: Room | undefined): Promise<Fetched<Uint8Array<ArrayBuffer> | Landing>>;
export async function fetchFile(file: ManifestFile, base: string, watch: Watch, stage: 'pack' | 'text', room?: Room): Promise<Fetched<Uint8Array<ArrayBuffer> | Landing>> {
  const url = new URL(file.url, base);
  // Room is made while the first byte is on its way.
  const [response, { land }, landing] = await Promise.all([get(url, stage, watch), part(import('./landing.js')), room?.(file.bytes)]);
  const { bytes, digest } = await told(response, stage, watch, file.bytes)
    .then((response) => land(response, file, landing))
    .catch((cause: unknown) => fail(`${stage}_load`, 'incomplete', [stage, url], cause));
  const sure = digest.then((found) => found === file.sha256 || fail(`${stage}_load`, 'altered', [stage, url, found, file.sha256]));
  // Whoever fetches it waits for that; something else may fail before.
  sure.catch(() => undefined);
  return { bytes: landing ?? bytes, sure };
}

/** The bytes of a file once its digest is known. */
async function checked({ bytes, sure }: Fetched<Uint8Array<ArrayBuffer>>): Promise<Uint8Array<ArrayBuffer>> {
  await sure;
  return bytes;
}

/** Deltas that a manifest names, in their order. */
export function fetchDeltas(files: ManifestFile[], base: string, watch: Watch): Promise<Uint8Array<ArrayBuffer>[]> {
  return Promise.all(files.map((file) => fetchFile(file, base, watch, 'pack').then(checked)));
}

/** The display text of one of the languages that a manifest names. */
export async function fetchText(manifest: Manifest, base: string, language: Language, watch: Watch): Promise<PackText> {
  const bytes = await fetchFile(manifest.text[language]!, base, watch, 'text').then(checked);
  try {
    return textOf(bytes);
  } catch (cause) {
    return fail('text_load', 'unreadable', [language, wordsOf(cause)], cause);
  }
}
