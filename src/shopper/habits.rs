//! How somebody buys: how deep the discounts were, and how often it was the same brand. Of orders, which are kept longer
//! than the rest; a sensitive item says nothing here.

use super::event::EventKind;
use super::history::History;
use alloc::vec::Vec;

/// Habits, as shares of ten thousand; nothing where there is nothing to tell from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Habits {
    /// What was saved of the list prices of all that was bought.
    pub discount: Option<u16>,
    /// Orders that held the brand that most orders held, of all that named one.
    pub loyalty: Option<u16>,
}

impl Habits {
    /// What the orders of a history say.
    pub fn of(history: &History) -> Self {
        let (mut list, mut paid) = (0_i128, 0_i128);
        // A shopper has few brands: a list is looked through.
        let mut brands: Vec<(&str, u32)> = Vec::new();
        let mut orders = 0_u32;
        for order in history.orders().iter().filter(|order| order.kind == EventKind::Purchase) {
            let mut of_order: Vec<&str> = Vec::new();
            for item in order.items.iter().filter(|item| !item.sensitive) {
                if let (Some(price), Some(before)) = (item.price, item.list_price)
                    && before > 0
                {
                    list += i128::from(before) * i128::from(item.quantity);
                    paid += i128::from(price.min(before)) * i128::from(item.quantity);
                }
                of_order.extend(item.brand.as_deref().filter(|brand| !of_order.contains(brand)));
            }
            orders += u32::from(!of_order.is_empty());
            for brand in of_order {
                match brands.iter_mut().find(|(known, _)| *known == brand) {
                    Some((_, count)) => *count += 1,
                    None => brands.push((brand, 1)),
                }
            }
        }
        let most = brands.iter().map(|(_, count)| *count).max();
        Self {
            discount: (list > 0).then(|| ((list - paid) * 10_000 / list.max(1)) as u16),
            loyalty: most.map(|most| (u64::from(most) * 10_000 / u64::from(orders.max(1))) as u16),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::time::Timestamp;
    use crate::shopper::event::Event;
    use crate::shopper::sample::{event, item};
    use alloc::vec;

    #[test]
    fn habits_are_of_what_was_bought() {
        let mut history = History::default();
        assert_eq!(Habits::of(&history), Habits::default());
        for (at, brand, price, sensitive) in
            [(1, "a", 300, false), (2, "a", 500, false), (3, "b", 400, false), (4, "c", 1, true)]
        {
            let mut bought = item("it-00");
            bought.brand = Some(brand.into());
            (bought.price, bought.list_price, bought.sensitive) = (Some(price), Some(1_000), sensitive);
            let order = Some(alloc::format!("{at}"));
            let bought = event(at, Timestamp(i64::from(at)), EventKind::Purchase, vec![bought]);
            history.insert(Event { order, ..bought });
        }
        assert_eq!(Habits::of(&history), Habits { discount: Some(6_000), loyalty: Some(6_666) });
    }
}
