//! The survey: those questions of a pack that a shopper answers with a click, how their answers read, and which dimension
//! each counts towards.
//!
//! All of them together have one place among the weeks' questions ([`super::Questions::of_week`]). In the week of that place
//! each browser reports on one item, which chance draws for it: the item is a coin that is told in clear. When an item may be
//! put to somebody and what they answered is not known here (`engine`), nor what the answers of many say (`score`).

use super::domains::NONE;
use super::questions::{AnswerSpace, Question, QuestionError, Wording};
use crate::base::digest::toss;
use crate::base::scale::SATISFACTION;
use crate::base::time::Week;
use alloc::string::String;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// What a shop is judged by: the five parts of its index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dimension {
    /// How the pages look and how easily they are used.
    Site,
    /// What is sold: quality, price, supply.
    Goods,
    /// How it is paid.
    Payment,
    /// How people are treated, and how what went wrong is put right.
    Service,
    /// How it arrives.
    Delivery,
}

impl Dimension {
    /// Every dimension, in the order of the index.
    pub const ALL: [Self; 5] = [Self::Site, Self::Goods, Self::Payment, Self::Service, Self::Delivery];

    /// Its name in files and answers.
    pub fn name(self) -> &'static str {
        match self {
            Self::Site => "site",
            Self::Goods => "goods",
            Self::Payment => "payment",
            Self::Service => "service",
            Self::Delivery => "delivery",
        }
    }
}

/// An item of the survey: what a question of the pack has besides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SurveyItem {
    /// Id of its question.
    pub question: String,
    /// The dimension that it counts towards; the answers are then the five of satisfaction.
    pub dimension: Option<Dimension>,
    /// How the question's labels read, in their order; `none`, which stands last, is not among them.
    pub options: Vec<Wording>,
}

impl SurveyItem {
    /// Whether it can be asked: its question has labels of its own and a wording for each but the last, `none`.
    fn fits(&self, question: &Question) -> bool {
        let labels = match &question.domain {
            AnswerSpace::Labels(labels) => labels.as_slice(),
            _ => &[],
        };
        question.id == self.question
            && labels.last().is_some_and(|last| last == NONE)
            && labels.len() == self.options.len().saturating_add(1)
            && (self.dimension.is_none()
                || self.options.len() == SATISFACTION.len()
                    && labels.iter().zip(SATISFACTION).all(|(label, of)| label == of))
    }

    /// Why it cannot be asked, in words.
    fn problem(&self, question: Option<&Question>) -> Option<&'static str> {
        let Some(question) = question else { return Some("is no question of the pack") };
        let AnswerSpace::Labels(labels) = &question.domain else { return Some("has no labels of its own") };
        if labels.last().is_none_or(|last| last != NONE) {
            return Some("needs the label \"none\", last, for those who do not answer");
        }
        if labels.len() != self.options.len().saturating_add(1) {
            return Some("needs one wording for each label but \"none\", in their order");
        }
        if self.options.iter().any(Wording::is_lacking) {
            return Some("lacks an answer's wording in English or Chinese");
        }
        (!self.fits(question))
            .then_some("has a dimension and therefore the five answers of satisfaction, best first")
    }
}

/// The items of a pack's survey, checked, by ascending id of their questions.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Survey(Vec<SurveyItem>);

impl Survey {
    /// Checks items, which stand by ascending id of their questions, against the questions that they belong to.
    ///
    /// # Errors
    /// [`QuestionError::Survey`] at the first that cannot be asked, saying why.
    pub fn new(items: Vec<SurveyItem>, questions: &[Question]) -> Result<Self, QuestionError> {
        let mut last = "";
        for item in &items {
            let id = item.question.as_str();
            let question = questions.iter().find(|question| question.id == id);
            let problem =
                if id <= last { Some("is there twice or out of order") } else { item.problem(question) };
            if let Some(problem) = problem {
                return Err(QuestionError::Survey { id: id.into(), problem });
            }
            last = id;
        }
        Ok(Self(items))
    }

    /// Reads the pack's section. What [`Survey::new`] refuses by name is refused here without: it is the packer that has to
    /// be told.
    ///
    /// # Errors
    /// [`QuestionError::Unreadable`] where it cannot be read or does not fit the questions; the pack is then refused.
    pub(super) fn from_bytes(bytes: &[u8], questions: &[Question]) -> Result<Self, QuestionError> {
        match postcard::take_from_bytes::<Vec<SurveyItem>>(bytes) {
            Ok((items, []))
                if items.is_sorted_by(|a, b| a.question < b.question)
                    && items.iter().all(|item| questions.iter().any(|question| item.fits(question))) =>
            {
                Ok(Self(items))
            }
            _ => Err(QuestionError::Unreadable),
        }
    }

    /// Writes the pack's section.
    pub fn to_bytes(&self) -> Vec<u8> {
        // Writing to memory cannot fail: every length is known and nothing is refused by the format.
        postcard::to_allocvec(&self.0).unwrap_or_default()
    }

    /// The items, by ascending id of their questions.
    pub fn items(&self) -> &[SurveyItem] {
        &self.0
    }

    /// The item of a question; `None` where it is no item of the survey.
    pub fn find(&self, question: &str) -> Option<&SurveyItem> {
        self.0.iter().find(|item| item.question == question)
    }

    /// The item that chance draws for a browser in a week; `id` is the browser's. Each item has its own lot and the highest
    /// wins, so that an item that is added or taken out moves only those whom it wins or had won.
    pub fn draw(&self, week: Week, id: &[u8]) -> Option<&SurveyItem> {
        let week = week.to_text();
        let lot = |item: &&SurveyItem| {
            let salt = alloc::format!("{week} {}", item.question);
            toss("windowshop survey", &salt, id, u64::MAX)
        };
        self.0.iter().max_by_key(lot)
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::super::questions::Questions;
    use super::super::questions::tests::question;
    use super::*;
    use crate::base::time::Timestamp;
    use alloc::vec;

    /// A question with labels and `none`, and its item.
    pub(crate) fn item(id: &str, labels: &[&str], dimension: Option<Dimension>) -> (Question, SurveyItem) {
        let words = |label: &&str| Wording { en: (*label).into(), zh: (*label).into() };
        let all = labels.iter().chain(&["none"]).map(|label| String::from(*label)).collect();
        let asking =
            Question { answer: "survey_item".into(), domain: AnswerSpace::Labels(all), ..question(id, 2) };
        let options = labels.iter().map(words).collect();
        (asking, SurveyItem { question: id.into(), dimension, options })
    }

    #[test]
    fn an_item_that_cannot_be_asked_is_refused() {
        let refused = |change: &dyn Fn(&mut Question, &mut SurveyItem)| {
            let (mut question, mut item) = item("site", &SATISFACTION, Some(Dimension::Site));
            change(&mut question, &mut item);
            match Survey::new(vec![item], &[question]) {
                Err(QuestionError::Survey { problem, .. }) => problem,
                other => panic!("{other:?}"),
            }
        };
        assert!(refused(&|_, item| item.question = "other".into()).contains("no question"));
        assert!(
            refused(&|question, _| question.domain = AnswerSpace::Categories).contains("labels of its own")
        );
        assert!(refused(&|_, item| item.options.clear()).contains("one wording"));
        assert!(refused(&|_, item| item.options[0].zh = " ".into()).contains("Chinese"));
        let swapped = |question: &mut Question, _: &mut SurveyItem| {
            if let AnswerSpace::Labels(labels) = &mut question.domain {
                labels.swap(0, 1);
            }
        };
        assert!(refused(&swapped).contains("five answers"));
        let without_none = |question: &mut Question, item: &mut SurveyItem| {
            question.domain = AnswerSpace::Labels(vec!["yes".into(), "no".into()]);
            item.options.truncate(1);
        };
        assert!(refused(&without_none).contains("\"none\""));
        let (question, one) = item("site", &SATISFACTION, None);
        let twice = Survey::new(vec![one.clone(), one], &[question]);
        assert!(matches!(twice, Err(QuestionError::Survey { problem, .. }) if problem.contains("twice")));
    }

    #[test]
    fn all_items_are_one_place_in_the_rotation() {
        let (a, of_a) = item("b-site", &SATISFACTION, Some(Dimension::Site));
        let (b, of_b) = item("d-price", &SATISFACTION, Some(Dimension::Goods));
        let all = vec![question("a", 2), a, question("c", 2), b, question("e", 2)];
        let questions = Questions::new(all).expect("questions");
        let questions = questions.with_survey(vec![of_a, of_b]).expect("items");
        let mut week = Week::of(Timestamp(0));
        let mut asked = Vec::new();
        for _ in 0..8 {
            asked.push(questions.of_week(week).map(|question| question.id.clone()).expect("asked"));
            week = week.after();
        }
        let (first, again) = asked.split_at(4);
        assert_eq!(first, again, "four places: three questions and the survey");
        let mut first = first.to_vec();
        first.sort();
        assert_eq!(first, ["a", "b-site", "c", "e"]);
    }

    #[test]
    fn each_browser_draws_its_own_item_each_week_anew_and_all_alike_often() {
        let (questions, items): (Vec<_>, Vec<_>) =
            ["a", "b", "c", "d"].iter().map(|id| item(id, &SATISFACTION, None)).unzip();
        let survey = Survey::new(items.clone(), &questions).expect("items");
        let fewer = Survey::new(items.into_iter().skip(1).collect(), &questions).expect("items");
        let week = Week::of(Timestamp(1_790_000_000_000));
        let mut counts = [0_u32; 4];
        let mut moved = 0;
        for browser in 0..2_000_u32 {
            let id = browser.to_le_bytes();
            let drawn = survey.draw(week, &id).expect("drawn");
            assert_eq!(survey.draw(week, &id), Some(drawn), "the same however often it is drawn");
            let place = survey.items().iter().position(|item| item == drawn).expect("an item");
            counts[place] += 1;
            if drawn.question != "a" {
                assert_eq!(fewer.draw(week, &id), Some(drawn), "an item less moves nobody else");
            }
            moved += u32::from(survey.draw(week.after(), &id) != Some(drawn));
        }
        // 500 each, with a standard deviation of 19; three quarters of them draw another item in another week.
        assert!(counts.iter().all(|count| (420..=580).contains(count)), "{counts:?}");
        assert!((1_400..=1_600).contains(&moved), "{moved}");
        assert_eq!(Survey::default().draw(week, &[1]), None);
    }

    #[test]
    fn the_section_reads_back_and_a_cut_or_longer_one_is_refused() {
        let (question, of) = item("site", &SATISFACTION, Some(Dimension::Site));
        let survey = Survey::new(vec![of], core::slice::from_ref(&question)).expect("items");
        let bytes = survey.to_bytes();
        let questions = [question];
        assert_eq!(Survey::from_bytes(&bytes, &questions), Ok(survey));
        for cut in 0..bytes.len() {
            let part = bytes.get(..cut).unwrap_or_default();
            assert!(Survey::from_bytes(part, &questions).is_err(), "cut at {cut}");
        }
        let longer: Vec<u8> = bytes.iter().copied().chain([0]).collect();
        assert_eq!(Survey::from_bytes(&longer, &questions), Err(QuestionError::Unreadable));
        for dimension in Dimension::ALL {
            assert_eq!(serde_json::to_value(dimension).expect("writes"), dimension.name());
        }
    }
}
