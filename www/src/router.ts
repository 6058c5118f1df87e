/**
 * Where one is in the shop. It stands behind the `#`, which browsers never send, so that looking at an item or a sale
 * causes no request and leaves no trace at the shop.
 */

/** A place in the shop. */
export type Route =
  | { page: 'home' }
  | { page: 'today' }
  | { page: 'five' }
  | { page: 'coming' }
  | { page: 'category'; id: string }
  | { page: 'sale'; id: string }
  | { page: 'item'; id: string }
  | { page: 'search'; term: string }
  | { page: 'bag' }
  | { page: 'reminders' }
  | { page: 'kept' };

/** What the address says besides the place: the language, and whether the shopper wants the shop's own order. */
export interface Wishes {
  lang?: string;
  shopOrder?: boolean;
}

/** The place and the wishes that a fragment names. Unknown places are the home page. */
export function parse(hash: string): { route: Route; wishes: Wishes } {
  const [path = '', query = ''] = hash.replace(/^#/, '').split('?');
  const [, page = '', argument = ''] = path.split('/');
  const asked = new URLSearchParams(query);
  const wishes: Wishes = {};
  if (asked.get('lang')) wishes.lang = asked.get('lang')!;
  if (asked.get('order') === 'shop') wishes.shopOrder = true;
  return { route: place(page, decode(argument)), wishes };
}

function place(page: string, argument: string): Route {
  switch (page) {
    case 'today':
    case 'five':
    case 'coming':
    case 'bag':
    case 'reminders':
    case 'kept':
      return { page };
    case 'category':
    case 'sale':
    case 'item':
      return argument ? { page, id: argument } : { page: 'home' };
    case 'search':
      return { page, term: argument };
    default:
      return { page: 'home' };
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The fragment of a place, carrying the wishes along. */
export function href(route: Route, wishes: Wishes = {}): string {
  const argument =
    'id' in route ? `/${encodeURIComponent(route.id)}` : 'term' in route ? `/${encodeURIComponent(route.term)}` : '';
  const query = new URLSearchParams();
  if (wishes.lang) query.set('lang', wishes.lang);
  if (wishes.shopOrder) query.set('order', 'shop');
  const asked = query.toString();
  return `#/${route.page === 'home' ? '' : route.page}${argument}${asked ? `?${asked}` : ''}`;
}
