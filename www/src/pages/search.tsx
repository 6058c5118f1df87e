/**
 * What was searched for: windows and goods, those first whose own name says it, in this shopper's order among equals; where nothing
 * is remembered, of one window after the other, the newest first.
 */

import { useEffect, useMemo } from 'preact/hooks';
import { useApp, useHref } from '../app';
import { Card } from '../parts/card';
import { Empty, FilesTrouble } from '../parts/controls';
import { Kinds } from '../parts/kinds';
import { More, useShown } from '../parts/more';
import { Street } from '../parts/window';
import { href } from '../router';
import { inTurn } from '../shop/arrange';
import { HAN } from '../shop/han';
import { type Item, type SaleRow, type Shelves, stateOf } from '../shop/rows';
import { Finder, type ValueOf } from '../shop/search';
import { suggestionsFor } from '../shop/suggest';

/** How many found items are shown at first, and from among how many of one rank. */
const FOUND = 60;
const RANKED = 2_000;
/** What can be bought stands before what opens later, and that before what is sold out, however well those fit. */
const THERE = 1_000_000;

let last: { shelves: Shelves; value: ValueOf; finder: Finder } | undefined;

/** What was learned of the goods stands for every search of the visit. */
function finderOf(shelves: Shelves, value: ValueOf): Finder {
  if (last?.shelves !== shelves || last.value !== value) last = { shelves, value, finder: new Finder(shelves, value) };
  return last.finder;
}

interface Found {
  items: Item[];
  sales: SaleRow[];
  /** The size in which nothing is there, so that other sizes are shown. */
  without?: string;
}

/** Adds one to the list of its rank. */
function addTo<One>(ranks: Map<number, One[]>, rank: number, one: One): void {
  const list = ranks.get(rank);
  if (list) list.push(one);
  else ranks.set(rank, [one]);
}

/** Other searches, by a link each. */
function Instead({ label, terms }: { label: string; terms: readonly string[] }) {
  const link = useHref();
  return (
    <p class="sub">
      {label}{' '}
      {terms.map((term) => (
        <a class="instead" key={term} href={link({ page: 'search', term })}>
          {term}
        </a>
      ))}
    </p>
  );
}

/** The same search in the language that it is written in: names are looked through in the one that is read. */
function InItsLanguage({ term }: { term: string }) {
  const { messages, route, wishes } = useApp();
  const { other } = messages;
  if (HAN.test(term) === (messages.code === 'zh')) return null;
  return (
    <p class="sub">
      <a href={href(route, { ...wishes, lang: other.code })} lang={other.htmlLang} hreflang={other.htmlLang}>
        {other.searchFor(term)}
      </a>
    </p>
  );
}

export function SearchPage({ term }: { term: string }) {
  const { shop, arranged, messages } = useApp();
  const { shelves } = shop;
  const { shown, more, list } = useShown(`search ${term}`, FOUND);
  const waiting = !shelves || (shelves.sales.length > 0 && shelves.itemsOf(shelves.sales[0]!.id) === undefined);
  useEffect(() => {
    if (waiting) shop.needShelf();
  });
  useEffect(() => {
    void shop.observe({ name: 'search', params: { search_term: term } });
  }, [term]);
  const finder = shelves && finderOf(shelves, messages.item.value);
  const found = useMemo(() => find(finder, waiting), [term, finder, waiting]);

  const nothing = !waiting && found.items.length + found.sales.length === 0;
  const instead = useMemo(
    () =>
      finder && nothing
        ? suggestionsFor(term, {
            vocabulary: () => finder.vocabulary(),
            compounds: () => finder.compounds(),
            brands: () => finder.brands(),
            parts: (text) => finder.parts(text),
            finds: (text) => {
              const { items, sales } = find(finder, false, text);
              return items.length + sales.length > 0;
            },
          })
        : undefined,
    [term, finder, nothing],
  );

  function find(by: Finder | undefined, empty: boolean, words = term): Found {
    if (!shelves || !by || empty) return { items: [], sales: [] };
    const asked = by.ask(words);
    const size = asked.find(({ kind }) => kind === 'size')?.text;
    const first = fitting(by, asked);
    if (first.items.length > 0 || size === undefined) return first;
    return {
      ...fitting(
        by,
        asked.filter(({ kind }) => kind !== 'size'),
      ),
      without: size.toUpperCase(),
    };
  }

  function fitting(by: Finder, asked: ReturnType<Finder['ask']>): Found {
    if (!shelves) return { items: [], sales: [] };
    const open = shelves.sales.filter((sale) => stateOf(sale, arranged) !== 'ended');
    // What is of the kind that is asked for stands first, and of that what is called so.
    const ranks = new Map<number, Item[][]>();
    for (const sale of [...open].sort((a, b) => b.opens - a.opens)) {
      const here = new Map<number, Item[]>();
      const there = stateOf(sale, arranged) === 'open' ? 2 * THERE : THERE;
      for (const item of shelves.itemsOf(sale.id) ?? []) {
        const fit = by.fit(item, asked);
        if (fit === undefined) continue;
        addTo(here, fit + (item.stock > 0 ? there : 0), item);
      }
      for (const [rank, group] of here) addTo(ranks, rank, group);
    }
    const items: Item[] = [];
    for (const [, windows] of [...ranks].sort(([a], [b]) => b - a)) {
      const group = inTurn(windows);
      if (items.length >= FOUND) {
        items.push(...group);
        continue;
      }
      const ids = group.slice(0, RANKED).map(({ id }) => id);
      const ranked = shop.lists.list({ surface: 'search', items: ids, limit: FOUND }).map(({ item }) => item);
      const first = new Set(ranked);
      items.push(...ranked, ...group.filter((item) => !first.has(item)));
    }
    return { items, sales: open.filter((sale) => by.fitsSale(sale, asked)) };
  }

  return (
    <>
      <div class="head">
        <h1 tabIndex={-1}>{messages.search.title(term)}</h1>
        <p class="sub" role="status">
          {waiting
            ? shop.filesProblem
              ? ''
              : messages.search.waiting
            : found.items.length + found.sales.length > 0
              ? `${found.without === undefined ? '' : messages.search.otherSizes(found.without) + messages.gap}${messages.search.found(found.items.length, found.sales.length)}`
              : ''}
        </p>
      </div>
      {waiting && <FilesTrouble />}
      {nothing && (
        <Empty text={messages.search.none}>
          <InItsLanguage term={term} />
          {instead?.nearest !== undefined && <Instead label={messages.search.nearest} terms={[instead.nearest]} />}
          {instead && instead.shorter.length > 0 && <Instead label={messages.search.shorter} terms={instead.shorter} />}
          <Kinds />
        </Empty>
      )}
      {found.sales.length > 0 && (
        <section aria-label={messages.windows.list}>
          <h2 class="vh">{messages.windows.list}</h2>
          <Street sales={found.sales.slice(0, 8)} />
        </section>
      )}
      <h2 class="vh">{messages.sale.list}</h2>
      <div class="feed" ref={list}>
        {found.items.slice(0, shown).map((item) => (
          <Card key={item.id} item={item} place="q" />
        ))}
      </div>
      {found.items.length > FOUND && (
        <More shown={Math.min(shown, found.items.length)} total={found.items.length} more={more} />
      )}
    </>
  );
}
