import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { answer } from '../../dev/fixture';
import { fetchCompanion } from './files';

/** What is served in place of a file, by its name. */
let instead: Record<string, string> = {};

beforeEach(() => {
  instead = {};
  vi.stubGlobal('document', { baseURI: 'https://shop.example/' });
  vi.stubGlobal('fetch', (url: URL) => {
    const name = url.pathname.replace('/v1/', '');
    return Promise.resolve(new Response(instead[name] ?? JSON.stringify(answer(name))));
  });
});
afterEach(() => vi.unstubAllGlobals());

for (const kind of ['front', 'shelf'] as const) {
  it(`a ${kind} that is not the one which the manifest names is refused`, async () => {
    const shelf = await fetchCompanion(kind, 'en');
    const [sale] = shelf.sales;
    instead[`${kind}-en.json`] = JSON.stringify({ ...shelf, sales: [{ ...sale!, title: 'For you alone' }] });
    await expect(fetchCompanion(kind, 'en')).rejects.toMatchObject({ code: 'files_format' });
    await expect(fetchCompanion(kind, 'en')).rejects.toThrow(`/v1/${kind}-en.json is not the file`);
  });
}

it('a manifest without a digest is refused', async () => {
  const manifest = answer('pack.json') as { front: Record<string, object> };
  instead['pack.json'] = JSON.stringify({ ...manifest, front: { en: { url: 'front-en.json' } } });
  await expect(fetchCompanion('front', 'en')).rejects.toMatchObject({ code: 'files_format' });
});

it('where the browser can work out no digest nothing is checked', async () => {
  const shelf = await fetchCompanion('front', 'en');
  instead['front-en.json'] = JSON.stringify({ ...shelf, made: 1 });
  vi.stubGlobal('crypto', {});
  await expect(fetchCompanion('front', 'en')).resolves.toMatchObject({ made: 1 });
});
