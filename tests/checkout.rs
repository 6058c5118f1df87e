//! The checkout as a shop's own backend meets it: a feed, a pack and a delta made by the real command, quotes and
//! redemptions over real connections.

#![cfg(all(feature = "native", unix))]
#![allow(missing_docs, reason = "tests and their helpers")]

#[path = "endpoint/client.rs"]
mod client;
#[path = "endpoint/database.rs"]
mod database;
#[path = "endpoint/server.rs"]
mod server;
#[path = "checkout/till.rs"]
mod till;

use client::{get, request};
use database::{Database, on_each_store};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use till::{KEY, Till};
use windowshop::base::time::Timestamp;

on_each_store!(
    a_quote_knows_what_the_account_has_left,
    an_order_is_granted_once_and_given_back_once,
    a_quote_promises_no_more_than_is_left_of_a_budget,
    budgets_and_caps_hold_under_two_hundred_at_once_and_a_kill,
);

fn cart(quantity: u32) -> Value {
    json!({ "lines": [{ "item": "coat", "quantity": quantity }], "codes": ["ten"] })
}

#[test]
fn the_checkout_is_off_unless_asked_for_and_opens_for_the_shop_key_alone() {
    let closed = Till::open(&[]);
    let asked = closed.post("/v1/quotes", &cart(1));
    assert_eq!((asked.status, asked.code().as_str()), (404, "not_found"));
    let till = Till::open(&["--checkout"]);
    let body = cart(1).to_string();
    for key in [None, Some("Bearer wrong"), Some(KEY)] {
        let mut headers = vec![("Content-Type", "application/json")];
        headers.extend(key.map(|key| ("Authorization", key)));
        for (method, path) in
            [("POST", "/v1/quotes"), ("POST", "/v1/redemptions"), ("DELETE", "/v1/redemptions/o-1")]
        {
            let refused = request(&till.address, method, path, &headers, body.as_bytes());
            assert_eq!((refused.status, refused.code().as_str()), (401, "shop_key"), "{path}");
        }
    }
    let asked = get(&till.address, "/v1/quotes", &[]);
    assert_eq!((asked.status, asked.header("allow")), (405, Some("POST")));
    assert_eq!(till.post("/v1/quotes", &cart(1)).status, 200);
}

#[test]
fn the_demo_shops_backend_takes_orders_without_a_key_and_only_as_they_were_shown() {
    let closed = Till::open(&["--checkout"]);
    let order = |order: &str, state: &str, payable: i64| {
        json!({
            "order": order, "state": state, "payable": payable,
            "lines": [{ "item": "coat", "quantity": 2 }], "codes": ["ten"],
        })
    };
    let send = |till: &Till, body: &Value| {
        let headers = [("Content-Type", "application/json")];
        request(&till.address, "POST", "/demo/orders", &headers, body.to_string().as_bytes())
    };
    let refused = send(&closed, &order("o-1", &closed.state(), 36_000));
    assert_eq!((refused.status, refused.code().as_str()), (404, "not_found"));
    let till = Till::open(&["--demo-backend"]);
    let state = till.state();
    let other = send(&till, &order("o-1", &state, 35_999));
    assert_eq!((other.status, other.code().as_str()), (409, "price_changed"));
    assert_eq!(other.json()["quote"]["receipt"]["payable"], 36_000);
    let unknown = send(&till, &order("o-1", &"0".repeat(64), 36_000));
    assert_eq!((unknown.status, unknown.code().as_str()), (409, "pack_changed"));
    let taken = send(&till, &order("o-1", &state, 36_000));
    assert_eq!(taken.status, 201, "{}", taken.text());
    assert_eq!(taken.json()["receipt"]["used"][0]["amount"], 4_000);
    assert_eq!(send(&till, &order("o-1", &state, 36_000)).status, 201, "asked again, ordered once");
    // The shop's own routes stay closed without the key.
    let body = cart(1).to_string();
    let headers = [("Content-Type", "application/json")];
    let quote = request(&till.address, "POST", "/v1/quotes", &headers, body.as_bytes());
    assert_eq!(quote.status, 401);
}

#[test]
fn account_facts_are_handed_in_and_change_what_they_are_about() {
    let till = Till::open(&["--checkout"]);
    let mut asked = cart(1);
    asked["account"] = json!({ "tier": 1, "usesLeft": { "ten": 0 } });
    asked["shipping"] = json!(1_200);
    let said = till.post("/v1/quotes", &asked).json();
    let plain = till.post("/v1/quotes", &cart(1)).json();
    assert_eq!(said["receipt"]["shipping"]["total"], 1_200);
    assert_eq!(said["receipt"]["subtotal"], plain["receipt"]["subtotal"]);
    asked["account"] = json!({ "level": 1 });
    assert_eq!(till.post("/v1/quotes", &asked).status, 400, "an unknown fact is refused");
}

#[test]
fn the_command_prices_a_cart_as_the_checkout_does() {
    let mut till = Till::open(&["--checkout"]);
    till.delta(&json!({ "item": "coat", "price": "180.00" }));
    let mut asked = cart(60);
    asked["codes"] = json!(["ten", "MANY", "spring"]);
    asked["shipping"] = json!(1_200);
    let quote = till.post("/v1/quotes", &asked).json();
    let now = Timestamp(quote["now"].as_i64().expect("a time"));
    let priced: Value = serde_json::from_str(&till.priced(&["--json"], &asked, now)).expect("JSON");
    assert_eq!(priced, quote);
    let text = till.priced(&[], &asked, now);
    let lines: Vec<&str> = text.lines().skip(1).collect();
    let expected = [
        "     8095.50  coat × 60, 50 to be had: 9000.00 − 5.00 many − 899.50 ten",
        "       12.00  shipping: 12.00",
        "     8107.50  in all, 904.50 off, tax in it 0.00",
    ];
    assert_eq!(lines.get(..3), Some(&expected[..]), "{text}");
    assert!(text.contains("used          ten (TEN): 899.50\n"), "{text}");
    assert!(text.contains("no such code  SPRING\n"), "{text}");
}

#[test]
fn a_quote_is_the_receipt_of_every_tab_and_names_its_state_and_time() {
    let till = Till::open(&["--checkout"]);
    let said = till.post("/v1/quotes", &cart(2));
    assert_eq!(said.status, 200, "{}", said.text());
    let said = said.json();
    assert_eq!(said["state"], till.state());
    assert_eq!(said["receipt"]["state"], said["state"]);
    assert_eq!(
        [&said["receipt"]["subtotal"], &said["receipt"]["discount"], &said["receipt"]["total"]],
        [40_000, 4_000, 36_000]
    );
    let now = said["now"].as_i64().expect("a time");
    assert!((now - till::now().0).abs() < 60_000);
    let again = till.post("/v1/quotes", &cart(2)).json();
    assert_eq!(again["receipt"], said["receipt"]);
    for (body, code) in [
        (json!({}), "malformed"),
        (json!({ "lines": [], "who": 1 }), "malformed"),
        (json!({ "lines": [{ "item": "hat", "quantity": 1 }] }), "unknown"),
        (json!({ "lines": [{ "item": "coat", "quantity": 0 }] }), "cart"),
    ] {
        let refused = till.post("/v1/quotes", &body);
        assert_eq!((refused.status, refused.code().as_str()), (400, code), "{body}");
    }
}

#[test]
fn a_tab_that_held_another_state_is_told_both_receipts_where_it_matters() {
    let mut till = Till::open(&["--checkout"]);
    let first = till.state();
    let held = |state: &str| {
        let mut asked = cart(2);
        asked["state"] = json!(state);
        asked
    };
    assert_eq!(till.post("/v1/quotes", &held(&first)).status, 200);
    // What was sold elsewhere leaves enough for this cart: nothing to say.
    till.delta(&json!({ "item": "coat", "size": "M", "left": 30 }));
    let second = till.state();
    assert_ne!(first, second);
    let said = till.post("/v1/quotes", &held(&first));
    assert_eq!((said.status, &said.json()["state"]), (200, &json!(second)), "{}", said.text());
    till.delta(&json!({ "item": "coat", "price": "150.00" }));
    let changed = till.post("/v1/quotes", &held(&first));
    assert_eq!((changed.status, changed.code().as_str()), (409, "pack_changed"));
    let changed = changed.json();
    assert_eq!(
        [&changed["quote"]["receipt"]["total"], &changed["tab"]["receipt"]["total"]],
        [27_000, 36_000]
    );
    assert_eq!([&changed["quote"]["state"], &changed["tab"]["state"]], [&json!(till.state()), &json!(first)]);
    assert_eq!(till.post("/v1/quotes", &held(&till.state())).status, 200, "asked again with the state told");
    let unknown = till.post("/v1/quotes", &held(&"0".repeat(64)));
    assert_eq!((unknown.status, unknown.code().as_str()), (409, "pack_changed"));
    assert_eq!(unknown.json()["tab"]["receipt"], Value::Null, "nobody knows what it was");
    // A pack replaced by another is still known to tabs that hold it.
    till.pack("140.00");
    let changed = till.post("/v1/quotes", &held(&second)).json();
    assert_eq!(
        [&changed["quote"]["receipt"]["total"], &changed["tab"]["receipt"]["total"]],
        [25_200, 36_000]
    );
    // And it is after a restart, which finds it in the list of packs.
    till.crash_and_restart();
    for (state, total) in [(&first, 36_000), (&second, 36_000)] {
        let changed = till.post("/v1/quotes", &held(state)).json();
        assert_eq!(changed["tab"]["receipt"]["total"], total, "{changed}");
        assert_eq!(changed["quote"]["receipt"]["total"], 25_200);
    }
}

fn asks(order: &str, account: &str, promotion: &str, amount: i64) -> Value {
    json!({ "order": order, "account": account, "promotions": [{ "promotion": promotion, "amount": amount }] })
}

fn an_order_is_granted_once_and_given_back_once(database: Database) {
    let mut till = Till::open_on(database, &["--checkout"]);
    let first = till.post("/v1/redemptions", &asks("o-1", "ann", "ten", 1_000));
    assert_eq!(first.status, 201, "{}", first.text());
    let granted = first.json();
    assert_eq!(
        granted["granted"],
        json!([{ "promotion": "ten", "amount": 1_000, "usesLeft": 0, "budgetLeft": 9 }])
    );
    till.crash_and_restart();
    let again = till.post("/v1/redemptions", &asks("o-1", "ann", "ten", 1_000));
    assert_eq!((again.status, &again.json()["granted"]), (200, &granted["granted"]), "a lost answer");
    for (body, code) in [
        (asks("o-2", "ann", "ten", 1_000), "used_up"),
        (asks("o-1", "ann", "ten", 999), "order_differs"),
        (asks("o-1", "bob", "ten", 1_000), "order_differs"),
        (asks("o-2", "bob", "eleven", 1_000), "unknown_promotion"),
    ] {
        let refused = till.post("/v1/redemptions", &body);
        assert_eq!((refused.status, refused.code().as_str()), (409, code), "{body}");
    }
    let used = till.post("/v1/redemptions", &asks("o-2", "ann", "ten", 1_000)).json();
    assert_eq!(
        [&used["error"]["used"], &used["error"]["of"], &used["error"]["promotion"]],
        [&json!(1), &json!(1), &json!("ten")]
    );
    assert_eq!(till.delete("o-1").status, 200);
    assert_eq!(till.delete("o-1").json()["known"], json!(true));
    assert_eq!(till.delete("o-9").code(), "unknown_order");
    assert_eq!(till.post("/v1/redemptions", &asks("o-1", "ann", "ten", 1_000)).code(), "given_back");
    let back = till.post("/v1/redemptions", &asks("o-3", "ann", "ten", 1_000));
    assert_eq!((back.status, &back.json()["granted"][0]["budgetLeft"]), (201, &json!(9)));
}

fn a_quote_knows_what_the_account_has_left(database: Database) {
    let till = Till::open_on(database, &["--checkout"]);
    let quote = |account: &Value| {
        let mut asked = cart(1);
        asked["account"] = account.clone();
        let answer = till.post("/v1/quotes", &asked);
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer.json()["receipt"].clone()
    };
    let (ann, bob) = (json!({ "id": "ann", "tier": 1 }), json!({ "id": "bob" }));
    assert_eq!([&quote(&ann)["discount"], &quote(&bob)["discount"]], [2_000, 2_000]);
    assert_eq!(till.post("/v1/redemptions", &asks("o-1", "ann", "ten", 2_000)).status, 201);
    let used_up = quote(&ann);
    assert_eq!((&used_up["discount"], used_up["used"].as_array().map(Vec::len)), (&json!(0), Some(0)));
    assert_eq!(quote(&bob)["discount"], 2_000, "another account has its own");
    // Whatever the backend says of uses, those counted here are known better.
    assert_eq!(quote(&json!({ "id": "ann", "usesLeft": { "ten": 9 } }))["discount"], 0);
    assert_eq!(quote(&json!({ "id": "bob", "usesLeft": { "ten": 0 } }))["discount"], 2_000);
    assert_eq!(quote(&json!({ "usesLeft": { "ten": 0 } }))["discount"], 0, "nobody is named");
    let back = till.delete("o-1").json();
    assert_eq!([&back["givenBack"], &back["known"]], [true, false]);
    assert_eq!(quote(&ann)["discount"], 2_000, "given back");
    for id in [json!(""), json!(7), json!("a".repeat(257))] {
        let mut asked = cart(1);
        asked["account"] = json!({ "id": id });
        let refused = till.post("/v1/quotes", &asked);
        assert_eq!((refused.status, refused.code().as_str()), (400, "malformed"), "{}", refused.text());
    }
}

fn a_quote_promises_no_more_than_is_left_of_a_budget(database: Database) {
    let till = Till::open_on(database, &["--checkout"]);
    let discount = |code: &str| {
        let asked = json!({ "lines": [{ "item": "coat", "quantity": 1 }], "codes": [code] });
        till.post("/v1/quotes", &asked).json()["receipt"]["discount"].clone()
    };
    assert_eq!([discount("ten"), discount("many")], [2_000, 500]);
    for order in 0..10 {
        let asked = asks(&format!("t-{order}"), &format!("account-{order}"), "ten", 2_000);
        assert_eq!(till.post("/v1/redemptions", &asked).status, 201);
    }
    assert_eq!(till.post("/v1/redemptions", &asks("m-1", "ann", "many", 99_700)).status, 201);
    // Of the thousand 3.00 are left, which come off and are granted.
    assert_eq!([discount("ten"), discount("many")], [0, 300]);
    assert_eq!(till.post("/v1/redemptions", &asks("m-2", "bob", "many", 300)).status, 201);
    assert_eq!(discount("many"), 0);
    // What is given back may be given again.
    assert_eq!(till.delete("t-3").status, 200);
    assert_eq!(discount("ten"), 2_000);
}

#[test]
fn malformed_redemptions_are_told_what_is_wrong_and_change_nothing() {
    let till = Till::open(&["--checkout"]);
    for body in [
        json!([]),
        json!({ "order": "o-1", "account": "ann", "promotions": [] }),
        asks("", "ann", "ten", 1),
        asks("two words", "ann", "ten", 1),
        asks("o-1", "", "ten", 1),
        asks("o-1", &"a".repeat(257), "ten", 1),
        asks("o-1", "ann", "ten", -1),
        asks("o-1", "ann", "ten", i64::MAX),
        json!({ "order": "o-1", "account": "ann", "promotions": [{ "promotion": "ten", "amount": 1.5 }] }),
        json!({ "order": "o-1", "account": "ann", "promotions": [{ "promotion": "ten", "amount": 1 }, { "promotion": "ten", "amount": 1 }] }),
    ] {
        let refused = till.post("/v1/redemptions", &body);
        assert_eq!((refused.status, refused.code().as_str()), (400, "malformed"), "{body}");
    }
    let large = till.post("/v1/redemptions", &asks("o-1", &"a".repeat(9_000), "ten", 1));
    assert_eq!((large.status, large.code().as_str()), (413, "too_large"));
    let granted = till.post("/v1/redemptions", &asks("o-1", "ann", "ten", 1)).json();
    assert_eq!(granted["granted"][0]["budgetLeft"], 9, "nothing was spent before");
}

/// Two hundred orders at once, of two hundred accounts and of twenty that try ten times each; the process is killed in
/// the middle of it, and everybody who got no answer asks again.
fn budgets_and_caps_hold_under_two_hundred_at_once_and_a_kill(database: Database) {
    let mut till = Till::open_on(database, &["--checkout"]);
    let orders: Vec<Value> = (0..200)
        .map(|number| {
            let account = if number < 100 { format!("one-{number}") } else { format!("ten-{}", number % 10) };
            asks(&format!("o-{number}"), &account, if number < 100 { "ten" } else { "many" }, 1_000)
        })
        .collect();
    let mut answers: BTreeMap<usize, (u16, Value)> = BTreeMap::new();
    for kill in [true, false] {
        let address = till.address.clone();
        let (told, heard) = std::sync::mpsc::channel();
        std::thread::scope(|scope| {
            for (number, order) in orders.iter().enumerate() {
                let (told, address) = (told.clone(), &address);
                scope.spawn(move || {
                    let answer = till::try_post(address, "/v1/redemptions", order);
                    let _ = told.send((number, answer.map(|answer| (answer.status, answer.json()))));
                });
            }
            drop(told);
            for (at, (number, answer)) in heard.iter().enumerate() {
                let Some((status, body)) = answer else { continue };
                if status == 503 {
                    continue;
                }
                if let Some((before, earlier)) = answers.get(&number)
                    && *before < 300
                {
                    assert_eq!(
                        (status, &body["granted"]),
                        (200, &earlier["granted"]),
                        "what was granted stays granted"
                    );
                }
                answers.insert(number, (status, body));
                if kill && at == 40 {
                    till.kill();
                }
            }
        });
        if kill {
            till.start();
        }
    }
    // Somebody may have been turned away for the crowd: they ask once more, one at a time.
    for (number, order) in orders.iter().enumerate() {
        let answer = till.post("/v1/redemptions", order);
        answers.insert(number, (answer.status, answer.json()));
    }
    let granted = |promotion: &str| {
        let of =
            |(status, body): &&(u16, Value)| *status < 300 && body["granted"][0]["promotion"] == promotion;
        answers.values().filter(of).count()
    };
    assert_eq!(granted("ten"), 10, "the budget has ten uses, however many ask");
    assert_eq!(granted("many"), 20, "ten accounts have two uses each");
    let refused = |code: &str| answers.values().filter(|(_, body)| body["error"]["code"] == code).count();
    assert_eq!((refused("budget_gone"), refused("used_up")), (90, 80));
    let of_ten = answers.values().filter(|(_, body)| body["granted"][0]["promotion"] == "ten");
    let mut left: Vec<i64> =
        of_ten.filter_map(|(_, body)| body["granted"][0]["budgetLeft"].as_i64()).collect();
    left.sort_unstable();
    assert_eq!(left, (0..10).collect::<Vec<_>>(), "each use was counted once");
}
