//! Which top-level category was looked at most in the week?
//!
//! Looks are `view_item` events. Sensitive goods are not counted, nor categories that are no longer in the
//! pack. Of equals the one earlier in the domain is the answer; who looked at nothing answers `none`.

use super::Evidence;
use crate::report::domains::NONE;
use crate::report::Asked;
use alloc::string::String;

/// Answers that a list must have: what is worked out may be any of them, whatever else the list has.
pub(super) const ALWAYS: &[&str] = &[NONE];

pub(super) fn answer<'a>(evidence: Evidence<'a>, asked: &'a Asked) -> String {
    let catalogue = evidence.catalogue;
    evidence.most_looked_at(asked.domain(), |item| {
        let category = catalogue.find_category(item.category.as_deref()?)?;
        Some(catalogue.category_id(catalogue.category_top(category)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answers::tests::asked;
    use crate::base::time::{DAY, Timestamp, Week};
    use crate::catalogue::sample::{self, NOW};
    use crate::report::AnswerSpace;
    use crate::report::domains::NONE;
    use crate::shopper::sample::{event, item};
    use crate::shopper::{Event, EventKind, History, RememberedItem};
    use alloc::vec;
    use alloc::vec::Vec;

    fn view(sequence: u32, at: Timestamp, category: &str, sensitive: bool) -> Event {
        let seen = RememberedItem { category: Some(category.into()), sensitive, ..item("it-00") };
        event(sequence, at, EventKind::ViewItem, vec![seen])
    }

    fn answer_of(events: Vec<Event>) -> String {
        let catalogue = sample::catalogue();
        let mut history = History::default();
        history.merge(events);
        let tops = ["boots", "watches", "women", NONE].map(String::from);
        let asked = asked("most_viewed_category", AnswerSpace::Labels(tops.to_vec()));
        answer(Evidence::of(&history, &catalogue, Week::of(NOW)), &asked)
    }

    #[test]
    fn looks_are_counted_by_top_category() {
        let mixed = vec![
            view(1, NOW, "boots", false),
            view(2, NOW, "boots", false),
            view(3, NOW, "dresses", false),
            view(4, NOW, "coats", false),
            view(5, NOW, "women", false),
        ];
        assert_eq!(answer_of(mixed.clone()), "women");
        assert_eq!(answer_of(mixed[..2].to_vec()), "boots");
        let tied = vec![view(1, NOW, "watches", false), view(2, NOW, "boots", false)];
        assert_eq!(answer_of(tied), "boots", "of equals the earlier in the domain");
    }

    #[test]
    fn what_is_sensitive_of_another_week_or_gone_does_not_count() {
        assert_eq!(answer_of(vec![]), NONE);
        assert_eq!(answer_of(vec![view(1, NOW, "boots", true)]), NONE);
        assert_eq!(answer_of(vec![view(1, NOW.plus(-7 * DAY), "boots", false)]), NONE);
        assert_eq!(answer_of(vec![view(1, NOW, "gone", false)]), NONE);
        let cart = event(1, NOW, EventKind::AddToCart, vec![item("it-00")]);
        assert_eq!(answer_of(vec![cart]), NONE);
    }
}
