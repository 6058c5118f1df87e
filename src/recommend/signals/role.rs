//! What an item is for in the shop's assortment: traffic leads, marginal goods do not.

use super::columns::Dense;
use super::{Column, Signal, weighted};
use crate::base::ids::ItemIndex;
use crate::catalogue;
use crate::recommend::context::Context;
use alloc::boxed::Box;

/// The signal `role`: the shop's own, the same for everybody.
pub(super) struct Role;

impl Signal for Role {
    fn code(&self) -> &'static str {
        "role"
    }

    fn is_personal(&self) -> bool {
        false
    }

    fn default_weight(&self) -> i32 {
        100
    }

    fn prepare<'a>(&self, context: &'a Context<'a>, weight: i32) -> Box<dyn Column + 'a> {
        let items = (0..context.catalogue.item_count()).map(|row| ItemIndex(row as u32));
        Box::new(Dense(items.map(|item| weighted(value(context, item), weight)).collect()))
    }
}

/// -500,000 to a million, by role.
fn value(context: &Context<'_>, item: ItemIndex) -> i64 {
    match context.catalogue.role(item) {
        catalogue::Role::Traffic => 1_000_000,
        catalogue::Role::Profit | catalogue::Role::Potential => 500_000,
        catalogue::Role::None => 0,
        catalogue::Role::Marginal => -500_000,
    }
}
