//! Whose manners a case is priced by, as settings of one engine.

use anyhow::bail;
use windowshop::pricing::Manners;
use windowshop::pricing::manners::{Halves, OverBudget, Remainder, Strategy, UnitBase, Weights};

/// Whose manners.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Semantics {
    /// Windowshop's own.
    Ours,
    Sylius,
    Medusa,
    Saleor,
    Vendure,
    /// The best of all legal combinations, version 1.
    BestCombination,
}

impl Semantics {
    /// The semantics of a name; ours where there is none.
    pub(super) fn of(name: Option<&str>) -> anyhow::Result<Self> {
        Ok(match name {
            None | Some("ours" | "windowshop") => Self::Ours,
            Some("sylius") => Self::Sylius,
            Some("medusa") => Self::Medusa,
            Some("saleor") => Self::Saleor,
            Some("vendure") => Self::Vendure,
            Some("bestcombo-v1") => Self::BestCombination,
            Some(other) => bail!(
                "semantics {other:?} is not known; there are ours, sylius, medusa, saleor, vendure and bestcombo-v1"
            ),
        })
    }

    /// The engine's settings.
    pub(super) fn manners(self, codes_at_most: Option<u32>) -> Manners {
        let ours = Manners { codes_at_most, ..Manners::default() };
        match self {
            Self::Ours => ours,
            Self::BestCombination => Manners { over_budget: OverBudget::Refuse, ..ours },
            Self::Sylius => Manners {
                strategy: Strategy::Priority,
                without_layers: true,
                unit_base: UnitBase::Original,
                remainder: Remainder::First,
                ..ours
            },
            Self::Medusa => Manners {
                strategy: Strategy::Priority,
                without_layers: true,
                over_budget: OverBudget::Refuse,
                ..ours
            },
            // The better of two catalogue promotions and one voucher: a choice, so ours.
            Self::Saleor => Manners { codes_at_most: Some(1), ..ours },
            Self::Vendure => Manners {
                strategy: Strategy::Priority,
                halves: Halves::Shop,
                weights: Weights::WithTax,
                ..ours
            },
        }
    }

    /// Whether each unit is a line of its own, because odd cents go to units.
    pub(super) fn by_unit(self) -> bool {
        self == Self::Sylius
    }
}
