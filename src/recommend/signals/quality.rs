//! Ratings shrunk by their count, less the share that came back.

use super::columns::Dense;
use super::{Column, Signal, weighted};
use crate::base::ids::ItemIndex;
use crate::recommend::context::Context;
use alloc::boxed::Box;

/// The signal `quality`: the shop's own, the same for everybody.
pub(super) struct Quality;

impl Signal for Quality {
    fn code(&self) -> &'static str {
        "quality"
    }

    fn is_personal(&self) -> bool {
        false
    }

    fn default_weight(&self) -> i32 {
        500
    }

    fn prepare<'a>(&self, context: &'a Context<'a>, weight: i32) -> Box<dyn Column + 'a> {
        let items = (0..context.catalogue.item_count()).map(|row| ItemIndex(row as u32));
        Box::new(Dense(items.map(|item| weighted(value(context, item), weight)).collect()))
    }
}

/// The rating everybody starts from, in millionths of a star: ratings are inflated (`docs/feed.md`).
const ORDINARY_RATING: i64 = 4_700_000;
/// Ratings that the ordinary counts as.
const ORDINARY_COUNT: i64 = 20;
/// Units sold that an ordinary share of returns counts as.
const ORDINARY_SOLD: i64 = 30;

/// -1,000,000 to 300,000: stars above the ordinary, less the share returned; both shrunk towards what is
/// ordinary by how few there are.
fn value(context: &Context<'_>, item: ItemIndex) -> i64 {
    let (rating, count) = context.catalogue.rating(item).unwrap_or((0, 0));
    let (rating, count) = (i64::from(rating) * 10_000, i64::from(count));
    let shrunk = (rating * count + ORDINARY_RATING * ORDINARY_COUNT) / (count + ORDINARY_COUNT);
    let (sold, returned) = context.catalogue.sold_and_returned(item);
    let returned = i64::from(returned) * 1_000_000 / (i64::from(sold) + ORDINARY_SOLD);
    (shrunk - ORDINARY_RATING - returned).max(-1_000_000)
}
