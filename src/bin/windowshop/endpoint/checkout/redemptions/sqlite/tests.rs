//! Budgets, caps and orders against the real database.

use super::*;
use windowshop::base::time::HOUR;
use windowshop::pricing::Budget;

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

struct Till {
    data: tempfile::TempDir,
    sqlite: Sqlite,
}

impl Till {
    async fn open(campaigns: &[PromotionLimits]) -> Result<Self> {
        let data = tempfile::tempdir()?;
        let sqlite = Sqlite::open(data.path()).await?;
        sqlite.learn(campaigns).await?;
        Ok(Self { data, sqlite })
    }

    async fn grant(&self, asked: &Redemption) -> Result<Result<Done, Refused>> {
        self.sqlite.grant(asked, NOW).await
    }

    /// Uses and minor units spent of a promotion.
    async fn used(&self, promotion: &str) -> Result<(i64, i64)> {
        let row = campaign_of(&self.sqlite, promotion).await?;
        Ok((row.uses, row.spent))
    }
}

async fn campaign_of(sqlite: &Sqlite, promotion: &str) -> Result<CampaignRow> {
    let mut connection = sqlite.0.acquire().await?;
    super::campaign(&mut connection, promotion).await?.context("the campaign is known")
}

#[tokio::test]
async fn an_account_has_its_uses_and_a_refund_gives_them_back() -> Result<()> {
    let till = Till::open(&[PromotionLimits { per_account: Some(2), ..campaign("ten-off") }]).await?;
    let of = |order: &str, account: &str| asks(order, account, &[("ten-off", 1_000)]);
    for (order, uses_left) in [("o1", 1), ("o2", 0)] {
        let done = till.grant(&of(order, "ann")).await??;
        assert_eq!((done.known, done.granted[0].uses_left), (false, Some(uses_left)));
    }
    let refused = till.grant(&of("o3", "ann")).await?;
    assert_eq!(refused, Err(Refused::UsedUp { promotion: "ten-off".into(), used: 2, of: 2 }));
    assert!(till.grant(&of("o3", "bob")).await?.is_ok(), "another account has its own; o3 was not spent");
    let back = till.sqlite.give_back("o1").await??;
    assert_eq!((back.known, back.granted[0].amount), (false, 1_000));
    assert!(till.sqlite.give_back("o1").await??.known, "once");
    assert_eq!(till.used("ten-off").await?, (2, 2_000));
    assert!(till.grant(&of("o4", "ann")).await?.is_ok(), "she may use it again");
    assert_eq!(till.grant(&of("o1", "ann")).await?, Err(Refused::GivenBack { order: "o1".into() }));
    assert_eq!(till.sqlite.give_back("o9").await?, Err(Refused::UnknownOrder { order: "o9".into() }));
    Ok(())
}

#[tokio::test]
async fn an_order_is_granted_all_or_nothing_and_answered_alike_when_asked_again() -> Result<()> {
    let till = Till::open(&[
        PromotionLimits { budget: Some(spend(2_500)), ..campaign("budget") },
        PromotionLimits { budget: Some(uses(1)), ..campaign("once") },
        PromotionLimits { per_account: Some(5), ..campaign("plain") },
    ])
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

#[tokio::test]
async fn at_its_end_a_campaign_forgets_who() -> Result<()> {
    let till = Till::open(&[PromotionLimits { per_account: Some(1), ..campaign("brief") }]).await?;
    let order = asks("o1", "ann@example.org", &[("brief", 700)]);
    till.grant(&order).await??;
    let key = campaign_of(&till.sqlite, "brief").await?.key.context("there is a key")?;
    let name = nullifier(&key, "ann@example.org");
    let everything = |data: &Path| -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        for file in std::fs::read_dir(data)? {
            bytes.extend(std::fs::read(file?.path())?);
        }
        Ok(bytes)
    };
    let holds = |bytes: &[u8], what: &[u8]| bytes.windows(what.len()).any(|part| part == what);
    let before = everything(till.data.path())?;
    assert!(holds(&before, &name) && holds(&before, &key), "the test can see them");
    assert!(!holds(&before, b"ann@example"), "an account is never kept");

    till.sqlite.tidy(NOW).await?;
    assert!(till.grant(&order).await??.known, "not over yet");
    let later = NOW.plus(2 * HOUR);
    till.sqlite.tidy(later).await?;
    let after = everything(till.data.path())?;
    assert!(!holds(&after, &name) && !holds(&after, &key));
    let other = asks("o2", "bob", &[("brief", 700)]);
    assert_eq!(till.sqlite.grant(&other, later).await?, Err(Refused::Ended { promotion: "brief".into() }));
    assert!(till.sqlite.grant(&order, later).await??.known, "a lost answer can still be asked for");
    till.sqlite.learn(&[PromotionLimits { per_account: Some(1), ..campaign("brief") }]).await?;
    assert_eq!(campaign_of(&till.sqlite, "brief").await?.key, None, "the same end makes no new key");
    assert!(!till.sqlite.give_back("o1").await??.known, "and it can be refunded");
    till.sqlite.tidy(NOW.plus((limits::ORDERS_KEPT_DAYS + 2) * DAY)).await?;
    assert_eq!(till.sqlite.give_back("o1").await?, Err(Refused::UnknownOrder { order: "o1".into() }));
    Ok(())
}

#[tokio::test]
async fn a_pack_may_change_limits_and_what_was_used_stays() -> Result<()> {
    let till = Till::open(&[PromotionLimits { budget: Some(uses(5)), ..campaign("five") }]).await?;
    till.grant(&asks("o1", "ann", &[("five", 100)])).await??;
    till.sqlite.learn(&[PromotionLimits { budget: Some(uses(1)), ..campaign("five") }]).await?;
    let refused = till.grant(&asks("o2", "ann", &[("five", 100)])).await?;
    assert_eq!(refused, Err(Refused::BudgetGone { promotion: "five".into(), left: 0, asked: 1 }));
    Ok(())
}

#[tokio::test]
async fn what_is_kept_is_what_the_page_says() -> Result<()> {
    let till = Till::open(&[]).await?;
    let columns: Vec<String> = sqlx::query_scalar(
        "SELECT tables.name || '.' || columns.name FROM sqlite_schema AS tables, pragma_table_info(tables.name) AS columns
         WHERE tables.type = 'table' AND tables.name NOT LIKE '\\_sqlx%' ESCAPE '\\' ORDER BY 1",
    )
    .fetch_all(&till.sqlite.0)
    .await?;
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
    assert_eq!(columns, documented);
    Ok(())
}
