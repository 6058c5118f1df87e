/** The kinds of things the shop has, as ways on from a page that has nothing. */

import { useApp, useHref } from '../app';
import { menu } from './header';

export function Kinds() {
  const { shop, messages } = useApp();
  const link = useHref();
  const categories = menu(shop.shelves?.categories ?? []);
  if (categories.length === 0) return null;
  return (
    <>
      <p class="sub">{messages.search.categories}</p>
      <ul class="pair">
        {categories.map(({ id, name }) => (
          <li key={id}>
            <a class="btn" href={link({ page: 'category', id })}>
              {name}
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}
