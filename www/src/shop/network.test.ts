import { afterEach, describe, expect, it, vi } from 'vitest';
import { servePage } from '../../dev/served';
import { Shop } from '../shop';
import { FilesError } from './files';
import { Network } from './network';
import { isUnanswered } from './problem';

afterEach(() => vi.unstubAllGlobals());

describe('the network', () => {
  it('is gone where the browser says so, or where the last request got no answer', () => {
    const listeners = new Map<string, () => void>();
    vi.stubGlobal('addEventListener', (name: string, listener: () => void) => void listeners.set(name, listener));
    vi.stubGlobal('navigator', { onLine: true });
    const changed = vi.fn();
    const network = new Network(changed);
    expect(network.gone).toBe(false);
    network.answered(true);
    expect(changed, 'no news').not.toHaveBeenCalled();
    network.answered(false);
    network.answered(false);
    expect([network.gone, changed.mock.calls.length]).toEqual([true, 1]);
    network.answered(true);
    expect(network.gone).toBe(false);
    vi.stubGlobal('navigator', { onLine: false });
    listeners.get('offline')!();
    expect([network.gone, changed.mock.calls.length]).toEqual([true, 3]);
    network.answered(false);
    vi.stubGlobal('navigator', { onLine: true });
    listeners.get('online')!();
    expect(network.gone, 'what failed while it was gone').toBe(false);
  });

  it('is not gone where a server refuses', () => {
    const cause = new TypeError('Failed to fetch');
    expect(isUnanswered(new FilesError('files_fetch', 'no answer', { cause }))).toBe(true);
    expect(isUnanswered(new FilesError('files_fetch', 'answered 503'))).toBe(false);
    expect(isUnanswered(Object.assign(new Error('no', { cause }), { code: 'pack_load' }))).toBe(true);
    expect(isUnanswered(Object.assign(new Error('no', { cause }), { code: 'wasm_compile' }))).toBe(false);
  });

  it('is seen to be gone by the shop’s own files, and to be back', async () => {
    vi.stubGlobal('document', { baseURI: 'https://shop.example/' });
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
    const shop = new Shop('en', () => Promise.reject(new Error('no engine')));
    await shop.start();
    expect(shop.network.gone).toBe(true);
    servePage();
    await shop.start();
    expect(shop.network.gone).toBe(false);
  });
});
