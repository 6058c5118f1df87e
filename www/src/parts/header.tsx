/** The head of every page: the wordmark, search, what is the shopper's own, and the categories. */

import { useEffect, useRef, useState } from 'preact/hooks';
import { useApp, useHref } from '../app';
import { href } from '../router';
import type { Category } from '../shop/rows';
import { Icon } from './icons';

export function Header() {
  const { messages, shop, route, wishes } = useApp();
  const link = useHref();
  // What cannot be read is not counted: no number is better than a wrong one.
  const known = shop.status === 'ready';
  const bag = shop.basket.units > 0 || known ? shop.basket.units : '';
  const reminders = known ? shop.reminders().length : '';
  // The list is worked out anew at every call for it, also from where it stands.
  const anew = () => {
    if (route.page === 'home') shop.lists.refresh();
  };
  const { other } = messages;
  const current = (page: string, id?: string) =>
    route.page === page && (id === undefined || ('id' in route && route.id === id)) ? ('page' as const) : undefined;
  const categories = menu(shop.shelves?.categories ?? []);
  const strip = useRef<HTMLElement>(null);
  const place = `${route.page} ${'id' in route ? route.id : ''}`;
  // The strip alone is moved: one that scrolls its tab into view would move the page with it.
  useEffect(() => {
    const [nav, tab] = [strip.current, strip.current?.querySelector('[aria-current]')];
    if (nav && tab) nav.scrollLeft += middleOf(tab) - middleOf(nav);
  }, [place, categories.length, messages]);
  return (
    <header>
      <div class="top">
        <div class="in">
          <a class="wm" href={link({ page: 'home' })} aria-label="Windowshop" onClick={anew}>
            <svg viewBox="0 0 26 26" aria-hidden="true">
              <path fill="var(--ink)" fill-rule="evenodd" d="M0 0h26v26H0zM3 8v15h20V8z" />
              <path fill="var(--ticket)" d="M3 8h20v15H3z" />
              <path fill="#fff" opacity=".55" d="M7 8h5l5 15h-5zM14 8h2l5 15h-2z" />
            </svg>
            <span>Windowshop</span>
          </a>
          <Search />
          <nav class="acts" aria-label={messages.header.yours}>
            <a
              class="mark"
              href={link({ page: 'kept' })}
              aria-label={messages.header.onThisDeviceLong}
              aria-current={current('kept')}
            >
              <Icon name="curtain" />
              <span>{messages.header.onThisDevice}</span>
            </a>
            <a href={link({ page: 'reminders' })} aria-current={current('reminders')}>
              <Icon name="bell" />
              <span>{messages.header.reminders}</span>
              <span class="k n">{reminders}</span>
            </a>
            <a href={link({ page: 'bag' })} aria-current={current('bag')}>
              <Icon name="bag" />
              <span>{messages.header.bag}</span>
              <span class="k n">{bag}</span>
            </a>
            <a href={href(route, { ...wishes, lang: other.code })} lang={other.htmlLang} hreflang={other.htmlLang}>
              <span class="k">{other.label}</span>
            </a>
          </nav>
        </div>
      </div>
      <nav class="cats" ref={strip} aria-label={messages.header.categories}>
        <ul class="in">
          <li>
            <a href={link({ page: 'home' })} aria-current={current('home')} onClick={anew}>
              {messages.header.today}
            </a>
          </li>
          <li>
            <a href={link({ page: 'coming' })} aria-current={current('coming')}>
              {messages.header.coming}
            </a>
          </li>
          {categories.map(({ id, name }) => (
            <li key={id}>
              <a href={link({ page: 'category', id })} aria-current={current('category', id)}>
                {name}
              </a>
            </li>
          ))}
        </ul>
      </nav>
    </header>
  );
}

/** Where the middle of something is, from left to right. */
function middleOf(element: Element): number {
  const { left, width } = element.getBoundingClientRect();
  return left + width / 2;
}

/** The order of the menu; categories that are not named here follow in the pack's order. */
const MENU = ['women', 'men', 'shoes', 'bags', 'accessories', 'beauty', 'fragrance', 'mother-baby', 'children', 'home'];

/** The topmost categories in the order of the menu. */
export function menu(categories: readonly Category[]): Category[] {
  const place = ({ id }: Category) => (MENU.includes(id) ? MENU.indexOf(id) : MENU.length);
  return categories.filter(({ parent }) => parent === undefined).sort((a, b) => place(a) - place(b));
}

function Search() {
  const { messages, route, go } = useApp();
  const [term, setTerm] = useState(route.page === 'search' ? route.term : '');
  return (
    <form
      class="find"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        go(term.trim() ? { page: 'search', term: term.trim() } : { page: 'home' });
      }}
    >
      <Icon name="find" />
      <input
        type="search"
        aria-label={messages.header.search}
        placeholder={messages.header.searchHint}
        value={term}
        maxLength={64}
        onInput={(event) => setTerm(event.currentTarget.value)}
      />
    </form>
  );
}
