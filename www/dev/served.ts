/** A page for tests that have none: an address, and a server that has the fixture's files and writes down what it was asked. */

import { vi } from 'vitest';
import { answer } from './fixture';

/**
 * Stubs the page and its fetch; `vi.unstubAllGlobals` takes it back.
 *
 * @param besides what is served in the place of a file, by its path
 * @returns the paths asked for, as they come
 */
export function servePage(besides: (path: string) => unknown = () => undefined): string[] {
  const requests: string[] = [];
  vi.stubGlobal('document', { baseURI: 'https://shop.example/' });
  vi.stubGlobal('location', { search: '' });
  vi.stubGlobal('fetch', async (url: URL) => {
    requests.push(url.pathname);
    const body = besides(url.pathname) ?? answer(url.pathname.replace('/v1/', ''));
    return body ? new Response(JSON.stringify(body)) : new Response('', { status: 404 });
  });
  return requests;
}
