/** The page around every place: head, place, foot; and what keeps scroll, focus and title right between places. */

import { Component, type ComponentChildren, render } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useReducer, useRef, useState } from 'preact/hooks';
import { type App, AppContext, useApp, useHref } from './app';
import * as clock from './clock';
import { BagPage } from './pages/bag';
import { CouponsPage } from './pages/coupons';
import { HeardPage } from './pages/heard';
import { Home } from './pages/home';
import { ItemPage } from './pages/item';
import { KeptPage } from './pages/kept';
import { CategoryPage, ComingPage, FivePage, TodayPage } from './pages/lists';
import { MemberPage } from './pages/member';
import { NotHerePage } from './pages/not-here';
import { ReceiptPage } from './pages/receipt';
import { RemindersPage } from './pages/reminders';
import { SalePage } from './pages/sale';
import { SearchPage } from './pages/search';
import { Header } from './parts/header';
import { IconSheet } from './parts/icons';
import { Offline } from './parts/offline';
import { Notice } from './parts/notice';
import { SetClock } from './parts/set-clock';
import { Trouble } from './parts/controls';
import { useArranged } from './opening';
import { href, keyOf, parse, type Route, type Wishes } from './router';
import type { Shop } from './shop';
import { chooseLanguage, type LanguageCode, loadMessages, type Messages } from './text/text';
import { afterTurn } from './turn';

/** Draws the shop into an element, in the words of the visit's first language. */
export function draw(shop: Shop, words: Messages, element: Element): void {
  // What stood in for the shop until now.
  element.replaceChildren();
  render(<Root shop={shop} words={words} />, element);
}

function Root({ shop, words }: { shop: Shop; words: Messages }) {
  const [messages, setMessages] = useState(words);
  const [version, changed] = useReducer((n: number) => n + 1, 0);
  const [now, setNow] = useState(clock.now);
  const first = useRef(true);
  const [place, setPlace] = useState(() => parse(location.hash));
  useEffect(() => shop.subscribe(() => changed(undefined)), [shop]);
  useEffect(() => clock.onTick(() => setNow(clock.now())), []);
  const arranged = useArranged(shop, messages, now);
  useEffect(() => {
    if (place.wishes.shopOrder) shop.lists.setShopOrder(true);
    shop.lists.setSizes(place.wishes.sizes ?? []);
    let here = keyOf(place.route);
    const turn = () => {
      const next = parse(location.hash);
      const stayed = keyOf(next.route) === here;
      here = keyOf(next.route);
      // A new address may ask for the shop's order; otherwise the switch stays as it was set, on Back too.
      if (next.wishes.shopOrder && !history.state) shop.lists.setShopOrder(true);
      shop.lists.setSizes(next.wishes.sizes ?? []);
      // Coming home by a link asks for a fresh list; coming back does where something was looked at meanwhile.
      if (!stayed && next.route.page === 'home') {
        if (history.state) shop.lists.refreshAfterLooking();
        else shop.lists.refresh();
      }
      if (!stayed) shop.notices.turned();
      setPlace(next);
      setNow(clock.now());
      afterTurn(stayed);
    };
    addEventListener('hashchange', turn);
    return () => removeEventListener('hashchange', turn);
  }, [shop]);

  const { route, wishes } = place;
  const language = chooseLanguage(wishes.lang, navigator.languages);
  useEffect(() => {
    let stale = false;
    void turnTo(language, shop, messages).then((loaded) => {
      if (stale || loaded === messages) return;
      if (loaded) return setMessages(() => loaded);
      // The address says again what is spoken.
      const here = parse(location.hash);
      look(here.route, { ...here.wishes, lang: messages.code });
      shop.say(messages.errors.language);
    });
    return () => void (stale = true);
  }, [language]);
  useEffect(() => void (document.documentElement.lang = messages.htmlLang), [messages]);
  // The address follows the switch, whichever tab it was turned in.
  const { shopOrder } = shop.lists;
  useLayoutEffect(() => {
    if (first.current) return void (first.current = false);
    if ((wishes.shopOrder === true) === shopOrder) return;
    const { shopOrder: _, ...rest } = wishes;
    look(route, shopOrder ? { ...rest, shopOrder } : rest);
  }, [shopOrder, wishes]);
  const title = messages.title(titleOf(route, shop, messages));
  useEffect(() => {
    document.title = title;
  }, [title]);

  const look = (to: Route, with_: Wishes = wishes) => {
    history.replaceState(history.state, '', href(to, with_));
    setPlace({ route: to, wishes: with_ });
  };
  const go = (to: Route, with_: Wishes = wishes) => {
    location.hash = href(to, with_);
  };
  const app: App = useMemo(
    () => ({ shop, messages, now, arranged, route, wishes, go, narrow: look, version }),
    [shop, messages, now, arranged, place, version],
  );
  return (
    <AppContext.Provider value={app}>
      <IconSheet />
      <a
        class="skip"
        href="#main"
        onClick={(event) => {
          event.preventDefault();
          document.querySelector<HTMLElement>('main')?.focus();
        }}
      >
        {messages.skip}
      </a>
      <SetClock />
      <Offline />
      <Header key={keyOf(route)} />
      <main class="in" id="main" tabIndex={-1}>
        <Fence key={keyOf(route)}>
          <Place route={route} />
        </Fence>
      </main>
      <Footer />
      <Notice />
    </AppContext.Provider>
  );
}

/** So long a language may take before it is said that it is on the way. */
const PATIENCE = 600;

/** The words of a language once the whole shop speaks it; nothing where it cannot, and the old ones where nothing changes. */
async function turnTo(language: LanguageCode, shop: Shop, words: Messages): Promise<Messages | undefined> {
  if (language === words.code) {
    await shop.speak(language);
    return words;
  }
  const timer = setTimeout(() => shop.say(words.errors.turning), PATIENCE);
  try {
    const loaded = await loadMessages(language);
    const spoken = await shop.speak(language);
    return spoken === 'spoken' ? loaded : spoken === 'stayed' ? undefined : words;
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
    if (shop.notices.now?.text === words.errors.turning) shop.notices.hush();
  }
}

function titleOf(route: Route, shop: Shop, messages: App['messages']): string {
  switch (route.page) {
    case 'today':
      return messages.today.allTitle;
    case 'five':
      return messages.five.title;
    case 'coming':
      return messages.soon.pageTitle;
    case 'category':
      return shop.shelves
        ? (shop.shelves.categories.find(({ id }) => id === route.id)?.name ?? messages.notHere.title)
        : '';
    case 'sale':
      return shop.shelves ? (shop.shelves.sale(route.id)?.brandName ?? messages.sale.unknownTitle) : '';
    case 'item':
      return shop.shelves?.item(route.id)?.name ?? (shop.shelfHere ? messages.item.unknownTitle : '');
    case 'search':
      return messages.search.title(route.term);
    case 'bag':
      return messages.bag.title;
    case 'receipt':
      return messages.ordered.title;
    case 'coupons':
      return messages.coupons.title;
    case 'member':
      return messages.member.title;
    case 'reminders':
      return messages.reminders.title;
    case 'heard':
      return messages.heard.title;
    case 'kept':
      return messages.header.onThisDevice;
    case 'unknown':
      return messages.notHere.title;
    default:
      return '';
  }
}

function Place({ route }: { route: Route }) {
  switch (route.page) {
    case 'home':
      return <Home />;
    case 'today':
      return <TodayPage />;
    case 'five':
      return <FivePage />;
    case 'coming':
      return <ComingPage />;
    case 'category':
      return <CategoryPage id={route.id} />;
    case 'sale':
      return <SalePage id={route.id} />;
    case 'item':
      return <ItemPage id={route.id} />;
    case 'search':
      return <SearchPage term={route.term} />;
    case 'bag':
      return <BagPage />;
    case 'receipt':
      return <ReceiptPage id={route.id} />;
    case 'coupons':
      return <CouponsPage />;
    case 'member':
      return <MemberPage />;
    case 'reminders':
      return <RemindersPage />;
    case 'heard':
      return <HeardPage />;
    case 'kept':
      return <KeptPage />;
    case 'unknown':
      return <NotHerePage />;
  }
}

function Footer() {
  const { messages, route } = useApp();
  const link = useHref();
  return (
    <footer>
      <div class="in">
        <ul aria-label={messages.footer.label}>
          {route.page !== 'home' && (
            <li>
              <a href={link({ page: 'home' })}>{messages.footer.back}</a>
            </li>
          )}
          <li>
            <span>{messages.footer.returns}</span>
          </li>
          <li>
            <span>{messages.footer.genuine}</span>
          </li>
          <li>
            <a href={link({ page: 'coupons' })}>{messages.coupons.title}</a>
          </li>
          <li>
            <a href={link({ page: 'member' })}>{messages.member.title}</a>
          </li>
          <li>
            <a href={link({ page: 'heard' })}>{messages.heard.title}</a>
          </li>
          <li>
            <a href={link({ page: 'kept' })}>{messages.footer.privacy}</a>
          </li>
        </ul>
      </div>
    </footer>
  );
}

/** Keeps a fault of one page from taking the whole shop along. */
class Fence extends Component<{ children: ComponentChildren }, { broken: boolean }> {
  override state = { broken: false };
  static override getDerivedStateFromError() {
    return { broken: true };
  }
  override componentDidCatch(error: unknown) {
    console.error(error);
  }
  override render() {
    return this.state.broken ? <Broken again={() => this.setState({ broken: false })} /> : this.props.children;
  }
}

function Broken({ again }: { again: () => void }) {
  const { messages } = useApp();
  return <Trouble text={messages.errors.page} again={again} />;
}
