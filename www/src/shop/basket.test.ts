import type { Engine, RememberedEvent, ShopEvent } from 'windowshop';
import { beforeEach, describe, expect, it } from 'vitest';
import { Basket } from './basket';
import type { Item } from './rows';

/** What is remembered, newest first, as an engine lists it; shared as by two tabs. */
let remembered: RememberedEvent[] = [];
let ids = 0;
beforeEach(() => {
  remembered = [];
});

const item = (id: string) => ({ id }) as Item;

function tab(consent: 'on' | 'off' | 'session' = 'on') {
  const listeners: (() => void)[] = [];
  const engine = { consent: { state: consent }, history: { list: () => remembered } } as unknown as Engine;
  const basket = new Basket({
    engine: () => engine,
    observe: async ({ name, params }: ShopEvent) => {
      if (engine.consent.state === 'off') return;
      const items = params!.items!.map((i) => ({
        id: String(i.item_id),
        size: i.item_variant as string | undefined,
        quantity: Number(i.quantity ?? 1),
      }));
      await Promise.resolve();
      remembered = [{ id: `e${ids++}`, at: ids, name: name as RememberedEvent['name'], items }, ...remembered];
      for (const listener of listeners) listener();
    },
    changed: () => undefined,
  });
  return { basket, engine, listen: (listener: () => void) => void listeners.push(listener) };
}

const settled = () => new Promise((done) => setTimeout(done));
const content = (basket: Basket) => basket.lines.map(({ item, size, quantity }) => [item, size, quantity]);

describe('the bags of two tabs', () => {
  it('keep in step where memory is kept', async () => {
    const [a, b] = [tab(), tab()];
    a.listen(() => a.basket.follow(a.engine));
    a.listen(() => b.basket.follow(b.engine));
    a.basket.put(item('x'), 'M');
    a.basket.put(item('x'), 'M');
    a.basket.put(item('y'));
    await settled();
    expect(content(a.basket)).toEqual([
      ['x', 'M', 2],
      ['y', undefined, 1],
    ]);
    expect(content(b.basket)).toEqual(content(a.basket));
    a.basket.setQuantity(a.basket.lines[0]!, 0);
    await settled();
    expect(content(b.basket)).toEqual([['y', undefined, 1]]);
  });

  it('take one change back and leave what was done since', async () => {
    const { basket } = tab();
    for (const id of ['a', 'b', 'c']) basket.put(item(id));
    await settled();
    const back = basket.setQuantity(basket.lines[0]!, 0);
    basket.setQuantity(
      basket.lines.find((line) => line.item === 'c')!,
      3,
    );
    back();
    await settled();
    expect(content(basket)).toEqual([
      ['a', undefined, 1],
      ['b', undefined, 1],
      ['c', undefined, 3],
    ]);
  });

  it('are each its own where nothing is kept', async () => {
    const [a, b] = [tab('session'), tab('session')];
    a.listen(() => b.basket.follow(b.engine));
    a.basket.put(item('x'));
    await settled();
    expect(b.basket.lines).toEqual([]);
  });

  it('come together when one of them is allowed to be remembered, and nothing is lost or counted twice', async () => {
    const [a, b] = [tab('off'), tab('off')];
    a.basket.put(item('both'));
    a.basket.put(item('only-a'));
    b.basket.put(item('both'));
    b.basket.put(item('both'));
    b.basket.put(item('only-b'), 'M');
    await settled();
    for (const { engine } of [a, b]) (engine.consent as { state: string }).state = 'on';
    b.listen(() => a.basket.follow(a.engine));
    await a.basket.remember(a.engine);
    await b.basket.join(b.engine);
    const all = [
      ['both', undefined, 2],
      ['only-a', undefined, 1],
      ['only-b', 'M', 1],
    ];
    expect(content(a.basket).sort()).toEqual(all);
    expect(content(b.basket).sort()).toEqual(all);
    const reloaded = tab();
    reloaded.basket.found(reloaded.engine);
    expect(content(reloaded.basket).sort()).toEqual(all);
  });

  it('stay as they are when memory of them is forgotten', async () => {
    const { basket, engine } = tab();
    basket.put(item('x'));
    await settled();
    remembered = [];
    basket.follow(engine);
    expect(content(basket)).toEqual([['x', undefined, 1]]);
  });
});

describe('a bag', () => {
  it('is found again once, with what was put in before the engine came', async () => {
    const before = tab();
    before.basket.put(item('kept'));
    await settled();
    const { basket, engine } = tab('on');
    const early = new Basket({ engine: () => engine, observe: async () => undefined, changed: () => undefined });
    early.put(item('new'));
    early.found(engine);
    early.found(engine);
    expect(content(early)).toEqual([
      ['kept', undefined, 1],
      ['new', undefined, 1],
    ]);
    expect(basket.lines).toEqual([]);
  });

  it('is remembered from the moment that memory is allowed', async () => {
    const { basket, engine } = tab('off');
    basket.put(item('x'), 'M');
    basket.put(item('x'), 'M');
    await settled();
    expect(remembered).toEqual([]);
    (engine.consent as { state: string }).state = 'on';
    void basket.remember(engine);
    await settled();
    expect(remembered.map(({ name, items }) => [name, items[0]!.quantity])).toEqual([['add_to_cart', 2]]);
    void basket.remember(engine);
    await settled();
    expect(remembered).toHaveLength(1);
    const reloaded = tab();
    reloaded.basket.found(reloaded.engine);
    expect(content(reloaded.basket)).toEqual([['x', 'M', 2]]);
  });

  it('is bought as far as it can be, and the rest stays', async () => {
    const { basket } = tab();
    basket.put(item('open'));
    basket.put(item('ended'));
    await settled();
    const bought = basket.lines.map((line) => ({ ...line, quantity: line.item === 'open' ? 1 : 0 }));
    basket.pretendToBuy('o1', bought);
    await settled();
    expect(content(basket)).toEqual([['ended', undefined, 1]]);
    const purchases = remembered.filter(({ name }) => name === 'purchase');
    expect(purchases.map(({ items }) => items.map(({ id }) => id))).toEqual([['open']]);
    basket.pretendToBuy('o2', [{ item: 'ended', quantity: 0 }]);
    await settled();
    expect(remembered.filter(({ name }) => name === 'purchase')).toHaveLength(1);
  });

  it('takes a code once, whatever its letters, and lets it go', () => {
    const { basket } = tab();
    basket.useCode('Festival30');
    basket.useCode('FESTIVAL30');
    basket.useCode('');
    expect(basket.codes).toEqual(['Festival30']);
    expect(basket.entered('FESTIVAL30')).toBe(true);
    basket.dropCode('FESTIVAL30');
    expect(basket.codes).toEqual([]);
  });
});
