//! Brands whose reminder the shopper asked for.

use super::columns::Coded;
use super::{Column, Signal, weighted};
use crate::base::ids::ItemIndex;
use crate::recommend::context::Context;
use crate::recommend::reason::Reason;
use alloc::boxed::Box;
use alloc::vec;

/// The signal `reminder`.
pub(super) struct Reminder;

struct Prepared<'a> {
    context: &'a Context<'a>,
    column: Coded<'a, u16>,
}

impl Signal for Reminder {
    fn code(&self) -> &'static str {
        "reminder"
    }

    fn is_personal(&self) -> bool {
        true
    }

    fn default_weight(&self) -> i32 {
        2_000
    }

    fn prepare<'a>(&self, context: &'a Context<'a>, weight: i32) -> Box<dyn Column + 'a> {
        let catalogue = context.catalogue;
        let mut table = vec![0; catalogue.brand_count()];
        // A reminder is kept without consent, but the order of the shop is then the same for all.
        if context.consent.remembers() {
            for reminder in context.reminders.list() {
                let brand = catalogue.find_brand(&reminder.brand);
                if let Some(slot) = brand.and_then(|brand| table.get_mut(brand.row())) {
                    *slot = weighted(1_000_000, weight);
                }
            }
        }
        Box::new(Prepared { context, column: Coded { codes: catalogue.item_brands(), table } })
    }
}

impl Column for Prepared<'_> {
    fn add(&self, scores: &mut [i32]) {
        self.column.add(scores);
    }

    fn contribution(&self, item: ItemIndex) -> i32 {
        self.column.at(item.row())
    }

    fn reason(&self, item: ItemIndex) -> Option<Reason> {
        let brand = self.context.catalogue.brand_id(self.context.catalogue.item_brand(item));
        Some(Reason {
            code: "reminder",
            message: "reminder",
            brand: Some(brand.into()),
            count: 1,
            ..Reason::default()
        })
    }
}
