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
  | { page: 'sale'; id: string; wish?: SaleWish }
  | { page: 'item'; id: string }
  | { page: 'search'; term: string }
  | { page: 'bag' }
  | { page: 'receipt'; id: string }
  | { page: 'coupons' }
  | { page: 'member' }
  | { page: 'reminders' }
  | { page: 'heard' }
  | { page: 'kept' }
  /** Nothing is there. */
  | { page: 'unknown'; path: string };

/** How a sale's goods are narrowed and ordered; what is not asked for is not there. */
export interface SaleWish {
  category?: string;
  size?: string;
  order?: string;
}

/** What the address says besides the place: the language, and whether the shopper wants the shop's own order. */
export interface Wishes {
  lang?: string;
  shopOrder?: boolean;
  /** The sizes that lists are narrowed to. */
  sizes?: readonly string[];
}

/** The place and the wishes that a fragment names. */
export function parse(hash: string): { route: Route; wishes: Wishes } {
  const [path = '', query = ''] = hash.replace(/^#/, '').split('?');
  const [, page = '', argument = ''] = path.split('/');
  const asked = new URLSearchParams(query);
  const wishes: Wishes = {};
  if (asked.get('lang')) wishes.lang = asked.get('lang')!;
  if (asked.get('order') === 'shop') wishes.shopOrder = true;
  // Sizes are the shop's own texts and may hold a comma: each stands by itself.
  const sizes = asked.getAll('fits').filter(Boolean).slice(0, 24);
  if (sizes.length > 0) wishes.sizes = sizes;
  const route = place(page, decode(argument), asked.get('q') ?? '') ?? {
    page: 'unknown',
    path: path.replace(/^\//, ''),
  };
  if (route.page === 'sale') {
    const wish: SaleWish = {};
    for (const [key, name] of SALE_WISHES) if (asked.get(name)) wish[key] = asked.get(name)!;
    if (Object.keys(wish).length > 0) route.wish = wish;
  }
  return { route, wishes };
}

/** A sale's wishes, and what they are called in an address. */
const SALE_WISHES = [
  ['category', 'category'],
  ['size', 'size'],
  ['order', 'sort'],
] as const;

/** The place of a name; undefined where there is none. */
function place(page: string, argument: string, term: string): Route | undefined {
  switch (page) {
    case '':
      return { page: 'home' };
    case 'today':
    case 'five':
    case 'coming':
    case 'bag':
    case 'coupons':
    case 'member':
    case 'reminders':
    case 'heard':
    case 'kept':
      return { page };
    case 'category':
    case 'sale':
    case 'item':
    case 'receipt':
      return argument ? { page, id: argument } : undefined;
    case 'search': {
      // As other shops write it, too.
      const words = argument.trim() ? argument : term;
      return words.trim() ? { page, term: words } : undefined;
    }
    default:
      return undefined;
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
  if (route.page === 'sale')
    for (const [key, name] of SALE_WISHES) if (route.wish?.[key]) query.set(name, route.wish[key]);
  if (wishes.lang) query.set('lang', wishes.lang);
  if (wishes.shopOrder) query.set('order', 'shop');
  for (const size of wishes.sizes ?? []) query.append('fits', size);
  const asked = query.toString();
  const page = route.page === 'home' ? '' : route.page === 'unknown' ? route.path : route.page;
  return `#/${page}${argument}${asked ? `?${asked}` : ''}`;
}

/** A place alone, however it is narrowed and whoever looks: two addresses with one key are one place. */
export function keyOf(route: Route): string {
  return href(route.page === 'sale' ? { page: 'sale', id: route.id } : route);
}
