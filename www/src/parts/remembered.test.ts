import type { Reason, RememberedEvent } from 'windowshop';
import { describe, expect, it } from 'vitest';
import { en } from '../text/en';
import { linesOf, rememberedSentence } from './remembered';

const look = (id: string, at: number, item: string, name: string): RememberedEvent => ({
  id,
  at,
  name: 'view_item',
  items: [{ id: item, name, attributes: [] }] as unknown as RememberedEvent['items'],
});

const because = (...events: string[]): Reason =>
  ({ code: 'brand_affinity', text: 'You looked at things of this brand', events }) as unknown as Reason;

const say = (event: RememberedEvent) => rememberedSentence(event, en, undefined);

describe('what is behind the reasons', () => {
  // Newest first, as the history is.
  const history = [
    look('5', 50, 'a', 'Wool coat'),
    look('4', 40, 'b', 'Wool coat'),
    look('3', 30, 'a', 'Wool coat'),
    look('2', 20, 'c', 'Mug'),
    look('1', 10, 'd', 'Vase'),
  ];

  it('says a thing once, with the time of the newest, and takes all of it along', () => {
    const lines = linesOf([because('5', '3'), because('3', '2')], history, say);
    expect(lines.map(({ said, event, ids }) => [said, event.at, ids])).toEqual([
      [say(history[0]!), 50, ['5', '3']],
      [say(history[3]!), 20, ['2']],
    ]);
  });

  it('keeps two things of one name apart, and shows three lines at most', () => {
    const lines = linesOf([because('1', '2', '3', '4', '5')], history, say);
    expect(lines.map(({ ids }) => ids)).toEqual([['5', '3'], ['4'], ['2']]);
  });

  it('says nothing of what is not remembered any more', () => {
    expect(linesOf([because('9')], history, say)).toEqual([]);
  });
});
