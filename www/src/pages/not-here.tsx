/** An address that leads nowhere in this shop, and the ways on from it. */

import { useApp, useHref } from '../app';
import { Empty } from '../parts/controls';
import { menu } from '../parts/header';

export function NotHerePage() {
  const { shop, messages } = useApp();
  const link = useHref();
  const categories = menu(shop.shelves?.categories ?? []);
  return (
    <>
      <div class="head">
        <h1 tabIndex={-1}>{messages.notHere.title}</h1>
      </div>
      <Empty text={messages.notHere.text}>
        <a class="btn pri" href={link({ page: 'home' })}>
          {messages.footer.back}
        </a>
        {categories.length > 0 && (
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
        )}
      </Empty>
    </>
  );
}
