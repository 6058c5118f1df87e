/** What every part of a page may need: the shop, the words, the clock's reading, and where one is. */

import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Setting } from './format';
import type { Route, Wishes } from './router';
import { href } from './router';
import type { Shop } from './shop';
import type { Shelves } from './shop/rows';
import type { Messages } from './text/text';

export interface App {
  shop: Shop;
  messages: Messages;
  /** The clock's reading that this drawing is made for. */
  now: number;
  /** The reading by which windows are arranged: a moment behind while shutters are seen going up. */
  arranged: number;
  route: Route;
  wishes: Wishes;
  /** Turns to another place. */
  go(route: Route, wishes?: Wishes): void;
  /** Says in the address how one looks at the place where one is, without turning. */
  narrow(route: Route, wishes?: Wishes): void;
  /** Goes up at every change, so that parts know to draw again. */
  version: number;
}

export const AppContext = createContext<App | undefined>(undefined);

/** The app around a part. */
export function useApp(): App {
  const app = useContext(AppContext);
  if (!app) throw new Error('a part was drawn outside the app');
  return app;
}

/** The address of a place, with the language and the order carried along. */
export function useHref(): (route: Route) => string {
  const { wishes } = useApp();
  return (route) => href(route, wishes);
}

/** What formats depend on. Before the shelves are here, the first shop's zone and currency stand in. */
export function settingOf(messages: Messages, shelves: Shelves | undefined): Setting {
  return {
    messages,
    zone: shelves?.zone ?? 'Asia/Shanghai',
    currency: shelves?.currency ?? { code: 'CNY', exponent: 2 },
  };
}

export function useSetting(): Setting {
  const { messages, shop } = useApp();
  return settingOf(messages, shop.shelves);
}
