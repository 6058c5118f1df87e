/** What the shop's ledger states of a member: tier, points, what is missing to the next tier, and the code for a friend. */

import { useApp, useHref, useSetting } from '../app';
import { leave } from '../focus';
import { money } from '../format';

/** The demo's promotion that takes points for money. */
const POINTS = { id: 'points-100', code: 'POINTS' };

export function MemberPage() {
  const { shop, messages } = useApp();
  const language = messages.code === 'zh' ? 'zh' : 'en';
  const setting = useSetting();
  const link = useHref();
  const m = messages.member;
  const { member } = shop;
  const heading = (event: { currentTarget: Element }) =>
    leave(event.currentTarget.closest('main')?.querySelector('h1') ?? event.currentTarget);
  if (!member) {
    return (
      <>
        <div class="head">
          <h1 tabIndex={-1}>{m.title}</h1>
          <p class="sub">{m.out}</p>
        </div>
        <button
          class="btn pri"
          disabled={shop.status !== 'ready'}
          onClick={(event) => {
            heading(event);
            shop.signIn();
          }}
        >
          {m.enter}
        </button>
      </>
    );
  }
  const { account, tier, next, spent, referral } = member;
  const worth = shop.till.worthOf(POINTS) || undefined;
  return (
    <>
      <div class="head">
        <h1 tabIndex={-1}>{m.title}</h1>
        <p class="sub">{m.fromAccount}</p>
      </div>
      <ul class="facts3">
        <li>
          <b>{m.tier}</b>
          <div>
            <p>{tier.name[language]}</p>
            {next ? (
              <>
                <progress
                  value={spent}
                  max={next.tier.from}
                  aria-label={m.missing(money(next.missing, setting), next.tier.name[language])}
                />
                <p class="sub small">{m.missing(money(next.missing, setting), next.tier.name[language])}</p>
              </>
            ) : (
              <p class="sub small">{m.highest}</p>
            )}
          </div>
        </li>
        <li>
          <b>{m.points}</b>
          <div>
            <p class="n">{m.pointsOf(account.points ?? 0)}</p>
            <p class="sub small">
              {worth === undefined ? m.pointsNothing : m.pointsWorth(money(worth, setting))}{' '}
              <a href={link({ page: 'bag' })}>{messages.bag.title}</a>
            </p>
          </div>
        </li>
        <li>
          <b>{m.orders}</b>
          <p>{messages.kept.orders(account.orders?.length ?? 0, money(spent, setting))}</p>
        </li>
        <li>
          <b>{m.referral}</b>
          <div>
            <p class="n">{referral}</p>
            <p class="sub small">{m.referralNote}</p>
          </div>
        </li>
      </ul>
      <button
        class="btn"
        onClick={(event) => {
          heading(event);
          shop.signOut();
        }}
      >
        {m.leave}
      </button>
    </>
  );
}
