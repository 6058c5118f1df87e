//! The true answer to each question, worked out from what this browser remembers; one file a question.
//!
//! A truth never leaves by itself: `report` disguises it first. A new question is its file and one line in the
//! list below; the pack then names it as a question's `answer`.

use crate::base::time::Week;
use crate::catalogue::Catalogue;
use crate::report::domains::NONE;
use crate::report::{Asked, Domain};
use crate::shopper::reminders::Reminder;
use crate::shopper::{EventKind, History, RememberedItem, Stage};
use alloc::string::String;
use alloc::vec;

/// What an answer may be worked out from.
#[derive(Clone, Copy)]
pub struct Evidence<'a> {
    /// What this browser remembers.
    pub history: &'a History,
    /// What is on sale.
    pub catalogue: &'a Catalogue,
    /// The week that the answer is about.
    pub week: Week,
    /// What was asked to be reminded of.
    pub reminders: &'a [Reminder],
    /// The lifecycle stage.
    pub stage: Stage,
}

impl<'a> Evidence<'a> {
    /// Whether an order was placed in a week.
    fn ordered_in(&self, week: Week) -> bool {
        let mut orders = self.history.orders().iter();
        orders.any(|order| order.kind == EventKind::Purchase && Week::of(order.at) == week)
    }

    /// The reason of a week's latest event of a kind that gave one of the answers; where it is an answer to an item of the
    /// survey, to that one alone.
    fn latest_reason(&self, kind: EventKind, week: Week, item: Option<&str>, domain: &Domain) -> String {
        let of_week = self.history.of_kind(kind, week).filter(|event| event.question.as_deref() == item);
        let given = of_week.filter_map(|event| Some((event.at, event.reason.as_deref()?)));
        let known = given.filter(|(_, reason)| domain.position(reason).is_some());
        known.max().map_or_else(|| NONE.into(), |(_, reason)| reason.into())
    }

    /// The answer that most of the week's looks at goods count for, of equals the earlier; none where no look counts.
    /// Sensitive goods never do.
    fn most_looked_at(
        &self,
        domain: &Domain,
        counts_for: impl Fn(&'a RememberedItem) -> Option<&'a str>,
    ) -> String {
        let mut looks = vec![0_u32; domain.size()];
        let events = self.history.events().iter();
        let of_week =
            events.filter(|event| event.kind == EventKind::ViewItem && Week::of(event.at) == self.week);
        for item in of_week.flat_map(|event| &event.items).filter(|item| !item.sensitive) {
            let place = counts_for(item).and_then(|answer| domain.position(answer));
            if let Some(count) = place.and_then(|place| looks.get_mut(place)) {
                *count = count.saturating_add(1);
            }
        }
        let most = looks.iter().copied().max().filter(|most| *most > 0);
        let place = most.and_then(|most| looks.iter().position(|count| *count == most));
        place.and_then(|place| domain.answers().get(place)).map_or_else(|| NONE.into(), Clone::clone)
    }
}

/// The answers to whether something was so.
const YES_OR_NO: [&str; 2] = ["no", "yes"];

fn yes_or_no(holds: bool) -> &'static str {
    let [no, yes] = YES_OR_NO;
    if holds { yes } else { no }
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AnswerError {
    /// The pack asks for something that this engine cannot work out.
    #[error(
        "the question {question:?} asks for {answer:?}, which this engine does not know; the known answers are {known}"
    )]
    Unknown {
        /// The question.
        question: String,
        /// What it asks for.
        answer: String,
        /// What can be asked for.
        known: String,
    },
    /// The question's answers do not fit what it asks for.
    #[error("the question {question:?} has no answer {missing:?}, which {answer:?} can be")]
    Domain {
        /// The question.
        question: String,
        /// What it asks for.
        answer: String,
        /// The answer its domain lacks.
        missing: String,
    },
}

macro_rules! answers {
    ($($module:ident;)*) => {
        $(mod $module;)*

        /// What questions can ask for, by name.
        pub const KNOWN: &[&str] = &[$(stringify!($module),)*];

        /// The answers that a list for what is asked must have.
        fn always(answer: &str) -> Option<&'static [&'static str]> {
            match answer {
                $(stringify!($module) => Some($module::ALWAYS),)*
                _ => None,
            }
        }

        fn work_out(answer: &str, evidence: Evidence<'_>, asked: &Asked) -> Option<String> {
            match answer {
                $(stringify!($module) => Some($module::answer(evidence, asked)),)*
                _ => None,
            }
        }
    };
}

answers! {
    campaign_outcome;
    dismissal_reason;
    most_viewed_brand_group;
    most_viewed_category;
    purchase_entry;
    reminded_brand;
    return_reason;
    satisfaction;
    stage;
    survey_item;
    variant_outcome;
}

/// Checks that a question can be answered, whatever is remembered.
///
/// # Errors
/// [`AnswerError`] where this engine does not know what is asked for, or the list lacks an answer that may be the true one.
pub fn check(asked: &Asked) -> Result<(), AnswerError> {
    let (question, answer) = (asked.question().id.clone(), asked.question().answer.clone());
    let Some(always) = always(&answer) else {
        return Err(AnswerError::Unknown { question, answer, known: KNOWN.join(", ") });
    };
    match always.iter().find(|answer| asked.domain().position(answer).is_none()) {
        Some(missing) => Err(AnswerError::Domain { question, answer, missing: (*missing).into() }),
        None => Ok(()),
    }
}

/// The true answer to a question: always one of its list. Where the list lacks it, which no pack of this project's does
/// ([`check`]), it is the last of the list: a report that is left out for what its answer would be tells that answer. Nothing
/// where this engine does not know what is asked for, whoever is asked.
pub fn truth(asked: &Asked, evidence: Evidence<'_>) -> Option<String> {
    let answer = work_out(&asked.question().answer, evidence, asked)?;
    match asked.domain().position(&answer) {
        Some(_) => Some(answer),
        None => asked.domain().answers().last().cloned(),
    }
}

#[cfg(test)]
impl<'a> Evidence<'a> {
    /// What a history alone says.
    fn of(history: &'a History, catalogue: &'a Catalogue, week: Week) -> Self {
        Self { history, catalogue, week, reminders: &[], stage: Stage::Potential }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::time::DAY;
    use crate::catalogue::sample;
    use crate::report::{AnswerSpace, BrandGroup, Question, Wording};
    use crate::shopper::Event;
    use crate::shopper::sample::{event, item};
    use alloc::vec::Vec;

    pub(super) fn asked(answer: &str, domain: AnswerSpace) -> Asked {
        asked_of(answer, domain, &sample::catalogue())
    }

    fn asked_of(answer: &str, domain: AnswerSpace, catalogue: &Catalogue) -> Asked {
        let words = Wording { en: "Which?".into(), zh: "哪个？".into() };
        let question = Question {
            id: "q".into(),
            answer: answer.into(),
            domain,
            epsilon_thousandths: 1_000,
            text: words.clone(),
            purpose: words,
            minimum_cohort: 100,
        };
        question.asked(catalogue).expect("a question")
    }

    #[test]
    fn a_question_that_cannot_be_answered_says_why() {
        let (history, catalogue) = (History::default(), sample::catalogue());
        let evidence = Evidence::of(&history, &catalogue, Week::of(sample::NOW));
        let shoe_size = asked("shoe_size", AnswerSpace::Categories);
        assert!(matches!(check(&shoe_size), Err(AnswerError::Unknown { .. })));
        assert_eq!(truth(&shoe_size, evidence), None, "nobody answers");
        let labels = AnswerSpace::Labels(alloc::vec!["women".into(), "men".into()]);
        let narrow = asked("most_viewed_category", labels);
        assert!(matches!(check(&narrow), Err(AnswerError::Domain { missing, .. }) if missing == "none"));
        assert_eq!(truth(&narrow, evidence), Some("men".into()), "that nobody reports would tell the answer");
        for answer in KNOWN {
            let all = always(answer).expect("is known").iter().map(|label| String::from(*label));
            let padded = AnswerSpace::Labels(all.chain(["zz".into()]).collect());
            let asked = asked(answer, padded);
            assert_eq!(check(&asked), Ok(()), "{answer}");
            assert!(
                always(answer)
                    .expect("is known")
                    .contains(&truth(&asked, evidence).expect("answers").as_str())
            );
        }
        let answered = truth(&asked("most_viewed_category", AnswerSpace::Categories), evidence);
        assert_eq!(answered, Some("none".into()));
    }

    #[test]
    fn each_answer_is_what_the_week_says() {
        let catalogue = sample::catalogue();
        let (now, week) = (sample::NOW, Week::of(sample::NOW));
        let labels =
            |labels: &[&str]| AnswerSpace::Labels(labels.iter().map(|label| String::from(*label)).collect());
        let mut history = History::default();
        let reason = |sequence, kind, days: i64, reason: &str| Event {
            reason: Some(reason.into()),
            brand: Some("lumen".into()),
            ..event(sequence, now.plus(-days * DAY), kind, vec![])
        };
        let look = |sequence, brand: &str| {
            let seen = RememberedItem { brand: Some(brand.into()), ..item("it-00") };
            event(sequence, now, EventKind::ViewItem, vec![seen])
        };
        history.merge(vec![
            reason(1, EventKind::Dismiss, 8, "too_dear"),
            reason(2, EventKind::Dismiss, 0, "wrong_size"),
            reason(3, EventKind::Dismiss, 0, "a word that no list has"),
            reason(4, EventKind::ReturnOpened, 0, "quality"),
            reason(5, EventKind::Satisfaction, 7, "fair"),
            reason(10, EventKind::Satisfaction, 0, "satisfied"),
            Event { question: Some("q".into()), ..reason(11, EventKind::Satisfaction, 7, "yes") },
            Event { question: Some("other".into()), ..reason(12, EventKind::Satisfaction, 7, "no") },
            look(6, "lumen"),
            look(7, "ferrow"),
            look(8, "unknown"),
            event(9, now.plus(-7 * DAY), EventKind::Purchase, vec![item("it-00")]),
        ]);
        let groups = AnswerSpace::BrandGroups(vec![BrandGroup {
            label: "seconds".into(),
            brands: vec!["lumen".into(), "ferrow".into()],
        }]);
        for (answer, space, expected) in [
            ("dismissal_reason", labels(&["too_dear", "wrong_size", "none"]), "wrong_size"),
            ("return_reason", labels(&["quality", "none"]), "quality"),
            ("satisfaction", labels(&["fair", "satisfied", "none"]), "fair"),
            ("survey_item", labels(&["yes", "no", "none"]), "yes"),
            ("stage", labels(&["potential", "loyal"]), "loyal"),
            ("variant_outcome", labels(&["no", "yes"]), "yes"),
            ("most_viewed_brand_group", groups, "seconds"),
        ] {
            let evidence = Evidence { stage: Stage::Loyal, ..Evidence::of(&history, &catalogue, week) };
            assert_eq!(truth(&asked(answer, space), evidence), Some(expected.into()), "{answer}");
        }
        let nobody = History::default();
        let quiet = truth(
            &asked("dismissal_reason", labels(&["too_dear", "none"])),
            Evidence::of(&nobody, &catalogue, week),
        );
        assert_eq!(quiet, Some("none".into()));
    }

    #[test]
    fn the_entry_is_the_list_in_which_what_was_ordered_was_chosen_last() {
        let catalogue = sample::catalogue();
        let (now, week) = (sample::NOW, Week::of(sample::NOW));
        let labels = ["search", "sale", "other", "none"].map(String::from).to_vec();
        let asked = asked("purchase_entry", AnswerSpace::Labels(labels));
        let chosen = |sequence, minutes: i64, id: &str, list: Option<&str>| Event {
            list: list.map(Into::into),
            ..event(sequence, now.plus(minutes * 60_000), EventKind::SelectItem, vec![item(id)])
        };
        let order = event(9, now, EventKind::Purchase, vec![item("it-00"), item("it-01")]);
        for (events, expected) in [
            (vec![], "none"),
            (vec![chosen(1, -9, "it-00", Some("sale"))], "none"),
            (vec![order.clone()], "other"),
            (vec![chosen(1, -9, "it-00", Some("sale")), order.clone()], "sale"),
            (
                vec![
                    chosen(1, -9, "it-00", Some("sale")),
                    chosen(2, -5, "it-01", Some("search")),
                    order.clone(),
                ],
                "search",
            ),
            (
                vec![
                    chosen(1, -9, "it-00", Some("sale")),
                    chosen(2, -5, "it-02", Some("search")),
                    order.clone(),
                ],
                "sale",
            ),
            (
                vec![
                    chosen(1, -9, "it-00", Some("sale")),
                    chosen(2, 5, "it-01", Some("search")),
                    order.clone(),
                ],
                "sale",
            ),
            (
                vec![chosen(1, -9, "it-00", Some("sale")), chosen(2, -5, "it-00", None), order.clone()],
                "other",
            ),
            (vec![chosen(1, -9, "it-00", Some("a list of the shop")), order.clone()], "other"),
            (vec![chosen(1, -9, "it-00", Some("none")), order.clone()], "other"),
        ] {
            let mut history = History::default();
            history.merge(events);
            assert_eq!(truth(&asked, Evidence::of(&history, &catalogue, week)), Some(expected.into()));
        }
    }

    #[test]
    fn demand_before_a_sale_is_the_brand_that_opens_first_of_those_asked_for_this_week() {
        let catalogue = sample::with(|input| {
            let first = input.sales.iter().map(|sale| sale.opens).min().expect("sales");
            input.created = first.plus(-1);
        });
        let asked = asked_of("reminded_brand", AnswerSpace::AnnouncedBrands, &catalogue);
        let announced: Vec<String> = asked.domain().answers().to_vec();
        assert!(announced.len() >= 2 && announced.last().is_some_and(|last| last == "none"), "{announced:?}");
        let reminder =
            |brand: &str, days: i64| Reminder { brand: brand.into(), since: sample::NOW.plus(-days * DAY) };
        let first = announced.first().cloned().unwrap_or_default();
        let (of_week, of_before) = ([reminder(&first, 0), reminder("gone", 0)], [reminder(&first, 8)]);
        let history = History::default();
        let evidence =
            |reminders| Evidence { reminders, ..Evidence::of(&history, &catalogue, Week::of(sample::NOW)) };
        assert_eq!(truth(&asked, evidence(&of_week)), Some(first.clone()));
        assert_eq!(truth(&asked, evidence(&of_before)), Some("none".into()));
    }
}
