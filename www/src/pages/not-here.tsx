/** An address that leads nowhere in this shop, and the ways on from it. */

import { useApp, useHref } from '../app';
import { Empty } from '../parts/controls';
import { Kinds } from '../parts/kinds';

export function NotHerePage() {
  const { messages } = useApp();
  const link = useHref();
  return (
    <>
      <div class="head">
        <h1 tabIndex={-1}>{messages.notHere.title}</h1>
      </div>
      <Empty text={messages.notHere.text}>
        <a class="btn pri" href={link({ page: 'home' })}>
          {messages.footer.back}
        </a>
        <Kinds />
      </Empty>
    </>
  );
}
