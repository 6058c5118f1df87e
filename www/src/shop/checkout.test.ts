import type { Receipt } from 'windowshop';
import { afterEach, expect, test, vi } from 'vitest';
import { linesOf, order, orderId, taken } from './checkout';

afterEach(() => vi.unstubAllGlobals());

const LINE = {
  item: 'coat',
  size: 'M',
  quantity: 2,
  available: 2,
  unit: 500,
  subtotal: 1000,
  discounts: [],
  total: 800,
};
const receipt = {
  state: 'a5',
  lines: [LINE],
  used: [{ id: 'ten', name: 'Ten off', code: 'TEN', amount: 200 }],
  tenders: [{ id: 'card', name: 'A card', code: 'GIFT', amount: 100 }],
  refused: [{ id: 'more', name: 'More off', code: 'MORE', reason: 'below_threshold' }],
  unknownCodes: ['MY-SECRET-CODE'],
  gifts: [],
  subtotal: 1000,
  discount: 200,
  total: 800,
  payable: 700,
} as unknown as Receipt;

/** Sends an order and gives all that was asked of the network. */
async function sent(codes: string[]): Promise<{ url: unknown; init: RequestInit }[]> {
  const asked: { url: unknown; init: RequestInit }[] = [];
  vi.stubGlobal('fetch', (url: unknown, init: RequestInit) => {
    asked.push({ url, init });
    return Promise.resolve(new Response(JSON.stringify({ receipt: { payable: 700 } }), { status: 201 }));
  });
  await order('demo-1', receipt, codes);
  return asked;
}

test('an order is the lines, what is to be paid, and the codes that count as the shop spells them; nothing else', async () => {
  const [{ url, init } = { url: '', init: {} }, ...more] = await sent(['my-secret-code', 'ten', 'MORE', 'gift']);
  expect(more).toEqual([]);
  expect(url).toBe('/demo/orders');
  expect({ ...init, body: undefined }).toMatchObject({ credentials: 'omit', referrerPolicy: 'no-referrer' });
  expect(JSON.parse(String(init.body))).toEqual({
    order: 'demo-1',
    state: 'a5',
    payable: 700,
    lines: [{ item: 'coat', size: 'M', quantity: 2 }],
    codes: ['TEN', 'GIFT'],
  });
});

test('what is not there is neither shown nor sent, and makes no other order', async () => {
  const lines = [
    { ...LINE, quantity: 9 },
    { ...LINE, item: 'hat', available: 0 },
  ];
  const short = { ...receipt, lines } as unknown as Receipt;
  expect(linesOf(short)).toEqual(linesOf(receipt));
  expect(orderId(short, ['TEN'])).toBe(orderId(receipt, ['TEN']));
});

test('the next order of the same bag is another one, once the first was taken or pretended', () => {
  const id = orderId(receipt, ['TEN']);
  expect(orderId(receipt, ['TEN'])).toBe(id);
  taken();
  expect(orderId(receipt, ['TEN'])).not.toBe(id);
});

test('what was typed and refused makes no other order of it', () => {
  const id = orderId(receipt, ['TEN']);
  expect(orderId(receipt, ['ten', 'MY-SECRET-CODE'])).toBe(id);
  expect(orderId(receipt, ['TEN', 'GIFT'])).not.toBe(id);
});

test('an order that has changed is told with what the checkout says now; where nothing is left there is nothing to compare', async () => {
  const answered = async (lines: object[]) => {
    const quote = { receipt: { lines, subtotal: 0, discount: 0, payable: 1200 } };
    vi.stubGlobal('fetch', () => Promise.resolve(new Response(JSON.stringify({ quote }), { status: 409 })));
    return order('demo-2', receipt, []);
  };
  const hat = { ...LINE, item: 'hat', available: 0 };
  expect(await answered([LINE, hat])).toMatchObject({ kind: 'changed', now: { payable: 1200 }, gone: ['hat'] });
  expect(await answered([hat])).toEqual({ kind: 'nothing' });
});
