//! Budgets, caps and orders, on every database.

use super::*;
use crate::endpoint::limits;
use crate::endpoint::place::sample::{Sample, Tables, on_each_store};
use anyhow::Context as _;
use windowshop::base::digest::Digest;
use windowshop::base::money::Money;
use windowshop::base::time::{DAY, HOUR};
use windowshop::pricing::Budget;

const TABLES: Tables = Tables { file: super::sqlite::FILE, schema: "windowshop_checkout" };

on_each_store!(
    an_account_has_its_uses_and_a_refund_gives_them_back,
    an_order_is_granted_all_or_nothing_and_answered_alike_when_asked_again,
    at_its_end_a_campaign_forgets_who,
    a_pack_may_change_limits_and_what_was_used_stays,
    what_is_kept_is_what_the_page_says,
    two_tills_grant_no_more_than_one_would,
);

const NOW: Timestamp = Timestamp(1_795_600_000_000);

fn campaign(promotion: &str) -> PromotionLimits {
    PromotionLimits {
        promotion: promotion.into(),
        closes: Some(NOW.plus(HOUR)),
        per_account: None,
        budget: None,
    }
}

fn uses(uses: u32) -> Budget {
    Budget { uses: Some(uses), ..Budget::default() }
}

fn spend(amount: i64) -> Budget {
    Budget { spend: Money::new(amount).ok(), ..Budget::default() }
}

fn asks(order: &str, account: &str, asked: &[(&str, i64)]) -> Redemption {
    let asked =
        asked.iter().map(|(promotion, amount)| Asked { promotion: (*promotion).into(), amount: *amount });
    Redemption { order: order.into(), account: account.into(), asked: asked.collect() }
}

/// A sample's redemptions, which know some campaigns.
struct Till(Arc<dyn Redemptions>);

impl Till {
    async fn open(sample: &Sample, campaigns: &[PromotionLimits]) -> Result<Self> {
        let redemptions = open(&sample.place()).await?;
        redemptions.learn(campaigns).await?;
        Ok(Self(redemptions))
    }

    async fn grant(&self, asked: &Redemption) -> Result<Result<Done, Refused>> {
        self.0.grant(asked, NOW).await
    }

    /// Uses and minor units spent of a promotion.
    async fn used(&self, promotion: &str) -> Result<(i64, i64)> {
        let spending = self.0.spending().await?;
        let of = spending.iter().find(|one| one.promotion == promotion).context("the campaign is known")?;
        Ok((of.uses, of.spent))
    }
}

/// The key of the only campaign, in hex; empty where it is gone.
async fn key_of(sample: &Sample) -> Result<String> {
    let asked = ["SELECT hex(key) FROM campaigns", "SELECT upper(encode(key, 'hex')) FROM campaigns"];
    sample.text(&TABLES, asked).await
}

fn unhex(text: &str) -> Result<CampaignKey> {
    let pairs: Vec<&str> = (0..32).filter_map(|at| text.get(at * 2..at * 2 + 2)).collect();
    let bytes: Vec<u8> =
        pairs.into_iter().map(|pair| u8::from_str_radix(pair, 16)).collect::<Result<_, _>>()?;
    bytes.try_into().map_err(|_| anyhow::anyhow!("{text:?} is no key"))
}

async fn an_account_has_its_uses_and_a_refund_gives_them_back(sample: &Sample) -> Result<()> {
    let till = Till::open(sample, &[PromotionLimits { per_account: Some(2), ..campaign("ten-off") }]).await?;
    let of = |order: &str, account: &str| asks(order, account, &[("ten-off", 1_000)]);
    for (order, uses_left) in [("o1", 1), ("o2", 0)] {
        let done = till.grant(&of(order, "ann")).await??;
        assert_eq!((done.known, done.granted[0].uses_left), (false, Some(uses_left)));
    }
    let refused = till.grant(&of("o3", "ann")).await?;
    assert_eq!(refused, Err(Refused::UsedUp { promotion: "ten-off".into(), used: 2, of: 2 }));
    assert!(till.grant(&of("o3", "bob")).await?.is_ok(), "another account has its own; o3 was not spent");
    let back = till.0.give_back("o1").await??;
    assert_eq!((back.known, back.granted[0].amount), (false, 1_000));
    assert!(till.0.give_back("o1").await??.known, "once");
    assert_eq!(till.used("ten-off").await?, (2, 2_000));
    assert!(till.grant(&of("o4", "ann")).await?.is_ok(), "she may use it again");
    assert_eq!(till.grant(&of("o1", "ann")).await?, Err(Refused::GivenBack { order: "o1".into() }));
    assert_eq!(till.0.give_back("o9").await?, Err(Refused::UnknownOrder { order: "o9".into() }));
    Ok(())
}

async fn an_order_is_granted_all_or_nothing_and_answered_alike_when_asked_again(
    sample: &Sample,
) -> Result<()> {
    let till = Till::open(
        sample,
        &[
            PromotionLimits { budget: Some(spend(2_500)), ..campaign("budget") },
            PromotionLimits { budget: Some(uses(1)), ..campaign("once") },
            PromotionLimits { per_account: Some(5), ..campaign("plain") },
        ],
    )
    .await?;
    let first = asks("o1", "ann", &[("budget", 1_500), ("once", 300), ("plain", 10)]);
    let done = till.grant(&first).await??;
    let left: Vec<_> = done.granted.iter().map(|one| one.budget_left).collect();
    assert_eq!(left, [Some(1_000), Some(0), None]);
    // The budget has room, the other promotion has none: nothing of the order is granted.
    let second = asks("o2", "bob", &[("budget", 100), ("once", 300)]);
    let gone = Refused::BudgetGone { promotion: "once".into(), left: 0, asked: 1 };
    assert_eq!(till.grant(&second).await?, Err(gone));
    assert_eq!(till.used("budget").await?, (1, 1_500));
    let third = asks("o3", "bob", &[("budget", 1_001)]);
    let gone = Refused::BudgetGone { promotion: "budget".into(), left: 1_000, asked: 1_001 };
    assert_eq!(till.grant(&third).await?, Err(gone));
    assert!(till.grant(&asks("o3", "bob", &[("budget", 1_000)])).await?.is_ok(), "to the last cent");

    let again = till.grant(&first).await??;
    assert_eq!((again.known, &again.granted), (true, &done.granted));
    let differs = || Err(Refused::OrderDiffers { order: "o1".into() });
    for other in [
        asks("o1", "ann", &[("budget", 1_500), ("once", 300)]),
        asks("o1", "ann", &[("budget", 1_501), ("once", 300), ("plain", 10)]),
        asks("o1", "eve", &[("budget", 1_500), ("once", 300), ("plain", 10)]),
    ] {
        assert_eq!(till.grant(&other).await?, differs());
    }
    let unknown = till.grant(&asks("o4", "ann", &[("plain", 1), ("what", 1)])).await?;
    assert_eq!(unknown, Err(Refused::Unknown { promotion: "what".into() }));
    assert_eq!(till.used("plain").await?, (1, 10));
    Ok(())
}

async fn at_its_end_a_campaign_forgets_who(sample: &Sample) -> Result<()> {
    let till = Till::open(sample, &[PromotionLimits { per_account: Some(1), ..campaign("brief") }]).await?;
    let order = asks("o1", "ann@example.org", &[("brief", 700)]);
    till.grant(&order).await??;
    let key = unhex(&key_of(sample).await?)?;
    let name = nullifier(&key, "ann@example.org");
    assert!(sample.holds(&name)? && sample.holds(&key)?, "the test can see them");
    assert!(!sample.holds(b"ann@example")?, "an account is never kept");

    till.0.tidy(NOW).await?;
    assert!(till.grant(&order).await??.known, "not over yet");
    let later = NOW.plus(2 * HOUR);
    till.0.tidy(later).await?;
    assert!(!sample.holds(&key)?, "the key is nowhere");
    let names = "SELECT CAST(count(nullifier) AS text) FROM grants";
    assert_eq!(sample.text(&TABLES, [names, names]).await?, "0");
    // PostgreSQL does not overwrite what it frees (docs/endpoint.md); without the key a nullifier is nobody's.
    assert!(matches!(sample, Sample::Postgres(_)) || !sample.holds(&name)?);
    let other = asks("o2", "bob", &[("brief", 700)]);
    assert_eq!(till.0.grant(&other, later).await?, Err(Refused::Ended { promotion: "brief".into() }));
    assert!(till.0.grant(&order, later).await??.known, "a lost answer can still be asked for");
    till.0.learn(&[PromotionLimits { per_account: Some(1), ..campaign("brief") }]).await?;
    assert_eq!(key_of(sample).await?, "", "the same end makes no new key");
    assert!(!till.0.give_back("o1").await??.known, "and it can be refunded");
    till.0.tidy(NOW.plus((limits::ORDERS_KEPT_DAYS + 2) * DAY)).await?;
    assert_eq!(till.0.give_back("o1").await?, Err(Refused::UnknownOrder { order: "o1".into() }));
    Ok(())
}

async fn a_pack_may_change_limits_and_what_was_used_stays(sample: &Sample) -> Result<()> {
    let till = Till::open(sample, &[PromotionLimits { budget: Some(uses(5)), ..campaign("five") }]).await?;
    till.grant(&asks("o1", "ann", &[("five", 100)])).await??;
    till.0.learn(&[PromotionLimits { budget: Some(uses(1)), ..campaign("five") }]).await?;
    let refused = till.grant(&asks("o2", "ann", &[("five", 100)])).await?;
    assert_eq!(refused, Err(Refused::BudgetGone { promotion: "five".into(), left: 0, asked: 1 }));
    Ok(())
}

async fn what_is_kept_is_what_the_page_says(sample: &Sample) -> Result<()> {
    Till::open(sample, &[]).await?;
    // docs/endpoint.md and docs/privacy.md say the same: change all three.
    let documented = [
        "campaigns.budget_spent",
        "campaigns.budget_uses",
        "campaigns.closes",
        "campaigns.key",
        "campaigns.per_account",
        "campaigns.promotion",
        "campaigns.spent",
        "campaigns.uses",
        "grants.amount",
        "grants.budget_left",
        "grants.nullifier",
        "grants.order_id",
        "grants.promotion",
        "grants.uses_left",
        "orders.day",
        "orders.given_back",
        "orders.id",
    ];
    assert_eq!(sample.columns(&TABLES).await?, documented);
    Ok(())
}

#[test]
fn a_nullifier_is_the_hmac_of_its_account() {
    // RFC 4231, test case 2, has a shorter key: padded with zeros to 32 bytes it is the same key.
    let mut key = [0; 32];
    key[..4].copy_from_slice(b"Jefe");
    let expected = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
    assert_eq!(Digest(nullifier(&key, "what do ya want for nothing?")).to_hex(), expected);
    assert_ne!(nullifier(&[1; 32], "ann"), nullifier(&[2; 32], "ann"), "another campaign, another name");
}

/// Two tills at one place, as two processes have it: budgets, caps and orders hold as if there were one.
async fn two_tills_grant_no_more_than_one_would(sample: &Sample) -> Result<()> {
    let campaigns = [
        PromotionLimits { budget: Some(uses(10)), ..campaign("few") },
        PromotionLimits { budget: Some(spend(2_500)), per_account: Some(2), ..campaign("money") },
    ];
    let tills = [Till::open(sample, &campaigns).await?, Till::open(sample, &campaigns).await?];
    let mut asking = tokio::task::JoinSet::new();
    for number in 0..60 {
        // Every order comes to both tills, as it does when an answer was lost; every third asks for both promotions, and
        // an account comes with five orders.
        let asked: &[(&str, i64)] = match number % 3 {
            0 => &[("few", 10), ("money", 100)],
            1 => &[("few", 10)],
            _ => &[("money", 100)],
        };
        let order = asks(&format!("o{number}"), &format!("a{}", number % 12), asked);
        for till in &tills {
            let (redemptions, order) = (Arc::clone(&till.0), order.clone());
            asking.spawn(async move { anyhow::Ok((order.clone(), redemptions.grant(&order, NOW).await?)) });
        }
    }
    let (mut granted, mut known) = (Vec::new(), Vec::new());
    while let Some(answer) = asking.join_next().await {
        if let (order, Ok(done)) = answer?? {
            (if done.known { &mut known } else { &mut granted }).push((order.order, done.granted));
        }
    }
    granted.sort_by(|a, b| a.0.cmp(&b.0));
    known.sort_by(|a, b| a.0.cmp(&b.0));
    assert_eq!(granted, known, "what one till granted the other knows, and nothing is granted twice");
    let all: Vec<&Granted> = granted.iter().flat_map(|(_, granted)| granted).collect();
    let left_of = |promotion: &str| {
        let mut left: Vec<_> = all.iter().filter(|one| one.promotion == promotion).collect();
        left.sort_by_key(|one| one.budget_left);
        left.iter().filter_map(|one| one.budget_left).collect::<Vec<_>>()
    };
    assert_eq!(left_of("few"), (0..10).collect::<Vec<_>>(), "each use was counted once");
    let money = left_of("money");
    let expected: Vec<i64> = (0..money.len() as i64).rev().map(|taken| 2_400 - 100 * taken).collect();
    assert_eq!(money, expected, "each cent was counted once");
    let used = [tills[0].used("few").await?, tills[1].used("money").await?];
    assert_eq!(used, [(10, 100), (money.len() as i64, 100 * money.len() as i64)]);
    let back: Vec<_> = granted.iter().map(|(order, _)| order.clone()).collect();
    for (at, order) in back.iter().enumerate() {
        let [one, other] = [&tills[at % 2].0, &tills[1 - at % 2].0];
        let (one, other) = tokio::join!(one.give_back(order), other.give_back(order));
        let known = [one??.known, other??.known];
        assert!(known[0] != known[1], "given back once: {known:?}");
    }
    assert_eq!([tills[0].used("few").await?, tills[1].used("money").await?], [(0, 0); 2]);
    Ok(())
}
