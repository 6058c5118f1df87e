//! Questions: what a pack asks shoppers, with the purpose in plain words.
//!
//! A [`Question`] is data of the pack (section `questions`). [`Questions`] checks it against the constants of
//! the engine: a pack that asks for more than law 8 allows is refused whole. [`Asked`] is a question joined
//! with its domain and randomiser, ready to be answered and counted.

use super::budget::EPSILON_MAX_THOUSANDTHS;
use super::domains::{Domain, DomainError, NONE, OTHER};
use super::randomisers::Randomiser;
use super::survey::{Survey, SurveyItem};
use crate::base::digest::DigestBuilder;
use crate::base::ids::{CategoryIndex, IdError, check_id};
use crate::base::order;
use crate::base::time::Week;
use crate::catalogue::Catalogue;
use crate::catalogue::format::Section;
use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// The fewest reports that any estimate needs, whatever a pack says: below it intervals span nearly everything.
pub const COHORT_MIN: u32 = 100;
/// The most questions a pack can carry.
pub const QUESTIONS_MAX: usize = 64;

/// A text in the languages of the shop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wording {
    /// English.
    pub en: String,
    /// Chinese.
    pub zh: String,
}

impl Wording {
    /// Whether it is not said in one of the languages.
    pub fn is_lacking(&self) -> bool {
        self.en.trim().is_empty() || self.zh.trim().is_empty()
    }
}

/// Where a question's answers come from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnswerSpace {
    /// The pack's top-level categories by stable id, and then `none`.
    Categories,
    /// A list of its own.
    Labels(Vec<String>),
    /// The brands of the pack with a sale that opens after the pack was made, by stable id, and then `none`.
    AnnouncedBrands,
    /// Groups of brands by their labels, then `other` and `none`.
    BrandGroups(Vec<BrandGroup>),
}

/// Brands that are counted as one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BrandGroup {
    /// What the group is called in answers.
    pub label: String,
    /// Stable ids of its brands.
    pub brands: Vec<String>,
}

/// A question of the pack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Stable id.
    pub id: String,
    /// Which true answer it asks for: the name of a file of `answers`.
    pub answer: String,
    /// Where its answers come from.
    pub domain: AnswerSpace,
    /// ε of a report in thousandths, 1 to [`EPSILON_MAX_THOUSANDTHS`].
    pub epsilon_thousandths: u16,
    /// The question in plain words.
    pub text: Wording,
    /// What the shop does with the answer, in plain words.
    pub purpose: Wording,
    /// Reports below which no estimate is made, at least [`COHORT_MIN`].
    pub minimum_cohort: u32,
}

/// The questions of a pack, checked, by ascending id.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Questions {
    all: Vec<Question>,
    survey: Survey,
}

/// Why questions are refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum QuestionError {
    /// The bytes of the section cannot be read.
    #[error("the section 'questions' cannot be read; the pack is damaged or of another version")]
    Unreadable,
    /// A pack carries too many.
    #[error("a pack has at most {QUESTIONS_MAX} questions, this one has {0}")]
    TooMany(usize),
    /// An id is not one.
    #[error("the question {id:?}: {cause}")]
    Id {
        /// The id.
        id: String,
        /// What is wrong with it.
        cause: IdError,
    },
    /// Two questions have one id.
    #[error("the question {0:?} is there twice; ids are unique")]
    Twice(String),
    /// A question wants more privacy than a report may spend.
    #[error(
        "the question {id:?} asks for ε = {asked} thousandths; a report spends 1 to {EPSILON_MAX_THOUSANDTHS} \
         (a constant of the engine)"
    )]
    Epsilon {
        /// The question.
        id: String,
        /// What it asks for, in thousandths.
        asked: u16,
    },
    /// A question would estimate from too few.
    #[error(
        "the question {id:?} has a minimum cohort of {asked}; it is at least {COHORT_MIN} (a constant of the engine)"
    )]
    Cohort {
        /// The question.
        id: String,
        /// What it says.
        asked: u32,
    },
    /// A question or its purpose is not said in both languages.
    #[error("the question {0:?} lacks its text or its purpose in English or Chinese")]
    Wording(String),
    /// An item of the survey cannot be asked.
    #[error("the survey's item {id:?} {problem}")]
    Survey {
        /// Id of its question.
        id: String,
        /// What is wrong.
        problem: &'static str,
    },
    /// A question's answers are not a closed list of the allowed size.
    #[error("the question {id:?}: {cause}")]
    Domain {
        /// The question.
        id: String,
        /// What is wrong.
        cause: DomainError,
    },
}

impl Questions {
    /// The questions of a pack.
    ///
    /// # Errors
    /// [`QuestionError`] where they ask for too much; the pack is then refused.
    pub fn of(catalogue: &Catalogue) -> Result<Self, QuestionError> {
        let questions = match catalogue.pack().section(Section::Questions) {
            [] => Self::default(),
            bytes => Self::from_bytes(bytes)?,
        };
        // Packs of before the survey have none.
        match catalogue.pack().section(Section::Survey) {
            [] => Ok(questions),
            bytes => Ok(Self { survey: Survey::from_bytes(bytes, &questions.all)?, ..questions }),
        }
    }

    /// The questions, some of which are the survey's.
    ///
    /// # Errors
    /// [`QuestionError::Survey`] at the first item that cannot be asked.
    pub fn with_survey(self, items: Vec<SurveyItem>) -> Result<Self, QuestionError> {
        Ok(Self { survey: Survey::new(items, &self.all)?, ..self })
    }

    /// Checks questions and puts them in order.
    ///
    /// # Errors
    /// [`QuestionError`] at the first that asks for what law 8 or a closed domain forbids.
    pub fn new(mut questions: Vec<Question>) -> Result<Self, QuestionError> {
        if questions.len() > QUESTIONS_MAX {
            return Err(QuestionError::TooMany(questions.len()));
        }
        order::sort_by(&mut questions, |a, b| a.id.cmp(&b.id));
        let mut last: Option<&str> = None;
        for question in &questions {
            question.check()?;
            if last == Some(question.id.as_str()) {
                return Err(QuestionError::Twice(question.id.clone()));
            }
            last = Some(&question.id);
        }
        Ok(Self { all: questions, survey: Survey::default() })
    }

    /// Reads the pack's section.
    ///
    /// # Errors
    /// [`QuestionError`] where it cannot be read or asks for too much; the pack is then refused.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, QuestionError> {
        match postcard::take_from_bytes::<Vec<Question>>(bytes) {
            Ok((questions, [])) => Self::new(questions),
            _ => Err(QuestionError::Unreadable),
        }
    }

    /// Writes the pack's section; the survey has its own.
    pub fn to_bytes(&self) -> Vec<u8> {
        // Writing to memory cannot fail: every length is known and nothing is refused by the format.
        postcard::to_allocvec(&self.all).unwrap_or_default()
    }

    /// The questions, by ascending id.
    pub fn all(&self) -> &[Question] {
        &self.all
    }

    /// Which of them are the survey's.
    pub fn survey(&self) -> &Survey {
        &self.survey
    }

    /// What has its turn by itself, by ascending id: the survey's items have one together, that of the first of them.
    fn places(&self) -> impl Iterator<Item = &Question> {
        let first = self.survey.items().first().map(|item| item.question.as_str());
        self.all.iter().filter(move |question| {
            first == Some(question.id.as_str()) || self.survey.find(&question.id).is_none()
        })
    }

    /// The question of an id, or of one with a cell behind it.
    pub fn find(&self, id: &str) -> Option<&Question> {
        let of = |id: &str| self.all.iter().find(|question| question.id == id);
        of(id).or_else(|| of(id.split_once(CELL_MARK)?.0))
    }

    /// The one question of a week: by the week's number and the pack's list alone, so that being asked says
    /// nothing about a shopper, and every question has its turn. The survey has one turn, in which its first item stands
    /// for whichever a browser draws. `None` where the pack asks nothing.
    pub fn of_week(&self, week: Week) -> Option<&Question> {
        let count = i64::try_from(self.places().count()).ok().filter(|count| *count > 0)?;
        self.places().nth(usize::try_from(week.number().rem_euclid(count)).ok()?)
    }

    /// Which of `count` things a question is about in a week in which it has its turn: each in its turn, the same for
    /// everybody. Nothing where there are none.
    pub fn turn(&self, week: Week, count: usize) -> Option<usize> {
        let (all, count) = (i64::try_from(self.places().count()).ok()?, i64::try_from(count).ok()?);
        let turn = week.number().checked_div_euclid(all)?.checked_rem_euclid(count)?;
        usize::try_from(turn).ok()
    }
}

impl Question {
    fn check(&self) -> Result<(), QuestionError> {
        let id = || self.id.clone();
        check_id(&self.id).map_err(|cause| QuestionError::Id { id: id(), cause })?;
        check_id(&self.answer).map_err(|cause| QuestionError::Id { id: id(), cause })?;
        if self.epsilon_thousandths == 0 || self.epsilon_thousandths > EPSILON_MAX_THOUSANDTHS {
            return Err(QuestionError::Epsilon { id: id(), asked: self.epsilon_thousandths });
        }
        if self.minimum_cohort < COHORT_MIN {
            return Err(QuestionError::Cohort { id: id(), asked: self.minimum_cohort });
        }
        if self.text.is_lacking() || self.purpose.is_lacking() {
            return Err(QuestionError::Wording(id()));
        }
        if let AnswerSpace::Labels(_) | AnswerSpace::BrandGroups(_) = &self.domain {
            self.domain_among(core::iter::empty())?;
        }
        Ok(())
    }

    /// Joins the question with its domain, which may come from what is on sale.
    ///
    /// # Errors
    /// [`QuestionError::Domain`] where the pack's categories are too many or too few to be asked for.
    pub fn asked(&self, catalogue: &Catalogue) -> Result<Asked, QuestionError> {
        if self.domain == AnswerSpace::AnnouncedBrands {
            let brand = |sale| catalogue.brand_id(catalogue.sale_brand(sale));
            return self.asked_among(catalogue.announced_sales().map(brand));
        }
        let rows = (0..catalogue.category_count()).map(|row| CategoryIndex(row as u32));
        let top = rows.filter(|category| catalogue.category_parent(*category).is_none());
        self.asked_among(top.map(|category| catalogue.category_id(category)))
    }

    /// Joins the question with its domain; `ids` are what the pack has of what is asked for: top-level categories or
    /// announced brands, and nothing for a question with answers of its own.
    ///
    /// # Errors
    /// [`QuestionError::Domain`] where they are too many or too few to be asked for.
    pub fn asked_among<'a>(&self, ids: impl Iterator<Item = &'a str>) -> Result<Asked, QuestionError> {
        Ok(self.with(self.id.clone(), self.domain_among(ids)?))
    }

    fn domain_among<'a>(&self, ids: impl Iterator<Item = &'a str>) -> Result<Domain, QuestionError> {
        let answers = match &self.domain {
            AnswerSpace::Labels(labels) => labels.clone(),
            AnswerSpace::Categories | AnswerSpace::AnnouncedBrands => {
                let mut ids: Vec<&str> = ids.collect();
                order::sort(&mut ids);
                ids.dedup();
                ids.push(NONE);
                ids.into_iter().map(ToOwned::to_owned).collect()
            }
            AnswerSpace::BrandGroups(groups) => {
                let labels = groups.iter().map(|group| group.label.clone());
                labels.chain([OTHER, NONE].map(ToOwned::to_owned)).collect()
            }
        };
        Domain::new(answers).map_err(|cause| QuestionError::Domain { id: self.id.clone(), cause })
    }

    /// The question under an id, with its domain and randomiser.
    fn with(&self, id: String, domain: Domain) -> Asked {
        let randomiser = Randomiser::of(domain.size(), self.epsilon_thousandths);
        let mut print = DigestBuilder::new("windowshop question");
        print.text(&id).text(&self.answer).text(randomiser.name());
        print.integer(i64::from(self.epsilon_thousandths)).integer(domain.size() as i64);
        for answer in domain.answers() {
            print.text(answer);
        }
        let mut edition = print.finish().to_hex();
        edition.truncate(EDITION_DIGITS);
        Asked { question: Self { id, ..self.clone() }, domain, randomiser, edition }
    }
}

/// What stands between a question's id and its cell's.
pub const CELL_MARK: char = '/';

/// Hexadecimal digits of an edition.
pub const EDITION_DIGITS: usize = 8;

/// A question with its domain and randomiser: what is needed to answer it, and to count answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    question: Question,
    domain: Domain,
    randomiser: Randomiser,
    edition: String,
}

impl Asked {
    /// The question.
    pub fn question(&self) -> &Question {
        &self.question
    }

    /// The question for those of one cell alone, such as an arm: a coin that is told in clear. It is counted by itself.
    ///
    /// # Errors
    /// [`QuestionError::Id`] where the id of both together is too long.
    pub fn of_cell(&self, cell: &str) -> Result<Self, QuestionError> {
        let id = alloc::format!("{}{CELL_MARK}{cell}", self.question.id);
        check_id(&id).map_err(|cause| QuestionError::Id { id: id.clone(), cause })?;
        Ok(self.question.with(id, self.domain.clone()))
    }

    /// The question with its answers listed out, whatever the pack has: joined again it is of the same edition.
    pub fn closed(&self) -> Question {
        Question { domain: AnswerSpace::Labels(self.domain.answers().to_vec()), ..self.question.clone() }
    }

    /// Its closed list of answers.
    pub fn domain(&self) -> &Domain {
        &self.domain
    }

    /// What disguises its answers.
    pub fn randomiser(&self) -> Randomiser {
        self.randomiser
    }

    /// The edition of the question: eight hexadecimal digits that change with its answers, their order, its ε or
    /// its randomiser. Reports name it, so that reports made from different packs are never counted as one.
    pub fn edition(&self) -> &str {
        &self.edition
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::catalogue::sample;
    use alloc::vec;
    use proptest::prelude::*;

    pub(crate) fn question(id: &str, answers: usize) -> Question {
        let words = |text: &str| Wording { en: text.into(), zh: text.into() };
        Question {
            id: id.into(),
            answer: "most_viewed_category".into(),
            domain: AnswerSpace::Labels((0..answers).map(|number| alloc::format!("a{number}")).collect()),
            epsilon_thousandths: 1_000,
            text: words("Which?"),
            purpose: words("To know."),
            minimum_cohort: 100,
        }
    }

    pub(crate) fn asked(answers: usize) -> Asked {
        joined(&question("q", answers))
    }

    /// A question with labels of its own, joined.
    pub(crate) fn joined(question: &Question) -> Asked {
        question.asked_among(core::iter::empty()).expect("a question")
    }

    #[test]
    fn a_pack_that_asks_for_more_is_refused() {
        let refused = |change: &dyn Fn(&mut Question)| {
            let mut asking = question("q", 4);
            change(&mut asking);
            Questions::new(vec![asking]).expect_err("refused")
        };
        let epsilon = refused(&|question| question.epsilon_thousandths = 1_001);
        assert_eq!(epsilon, QuestionError::Epsilon { id: "q".into(), asked: 1_001 });
        assert!(matches!(refused(&|q| q.epsilon_thousandths = 0), QuestionError::Epsilon { .. }));
        assert!(matches!(refused(&|q| q.minimum_cohort = 99), QuestionError::Cohort { asked: 99, .. }));
        assert!(matches!(refused(&|q| q.id = "a b".into()), QuestionError::Id { .. }));
        assert_eq!(refused(&|q| q.purpose.zh = " ".into()), QuestionError::Wording("q".into()));
        let many = (0..257).map(|number| alloc::format!("{number}")).collect();
        let wide = refused(&move |q| q.domain = AnswerSpace::Labels(Vec::clone(&many)));
        assert_eq!(wide, QuestionError::Domain { id: "q".into(), cause: DomainError::Size(257) });
        let twice = Questions::new(vec![question("q", 4), question("q", 5)]);
        assert_eq!(twice, Err(QuestionError::Twice("q".into())));
        let crowd = (0..65).map(|number| question(&alloc::format!("q{number}"), 4)).collect();
        assert_eq!(Questions::new(crowd), Err(QuestionError::TooMany(65)));
    }

    #[test]
    fn too_many_categories_cannot_be_asked_for() {
        let mut asking = question("q", 2);
        asking.domain = AnswerSpace::Categories;
        let ids: Vec<String> = (0..256).map(|number| alloc::format!("c{number}")).collect();
        let refused = asking.asked_among(ids.iter().map(String::as_str)).expect_err("refused");
        assert!(matches!(refused, QuestionError::Domain { cause: DomainError::Size(257), .. }));
        let asked = asking.asked_among(["wear", "home"].into_iter()).expect("a question");
        assert_eq!(asked.domain().answers(), ["home", "wear", "none"]);
        let closed = asked.closed().asked_among(core::iter::empty()).expect("a question");
        assert_eq!((closed.edition(), closed.domain()), (asked.edition(), asked.domain()));
    }

    #[test]
    fn an_edition_changes_with_what_is_counted() {
        let edition = |change: &dyn Fn(&mut Question)| {
            let mut asking = question("q", 4);
            change(&mut asking);
            String::from(asking.asked_among(core::iter::empty()).expect("a question").edition())
        };
        let same = edition(&|_| {});
        assert_eq!(same.len(), EDITION_DIGITS);
        assert_eq!(same, edition(&|q| q.purpose.en = "Said otherwise.".into()));
        assert_ne!(same, edition(&|q| q.epsilon_thousandths = 999));
        assert_ne!(same, edition(&|q| q.domain = AnswerSpace::Labels(vec!["b".into(), "a".into()])));
    }

    #[test]
    fn every_question_has_its_turn_whoever_is_asked() {
        let questions =
            Questions::new(vec![question("c", 4), question("a", 4), question("b", 4)]).expect("questions");
        let first = Week { year: 2026, week: 47 }.number();
        let mut turns: Vec<&str> = (0..3)
            .filter_map(|later| {
                let monday = crate::base::time::Timestamp((first + later) * 7 * crate::base::time::DAY);
                questions.of_week(Week::of(monday)).map(|question| question.id.as_str())
            })
            .collect();
        turns.sort_unstable();
        assert_eq!(turns, ["a", "b", "c"]);
        assert_eq!(Questions::default().of_week(Week { year: 2026, week: 47 }), None);
    }

    #[test]
    fn the_section_reads_back_and_a_cut_or_longer_one_is_refused() {
        let questions = Questions::new(vec![question("a", 4), question("b", 20)]).expect("questions");
        let bytes = questions.to_bytes();
        assert_eq!(Questions::from_bytes(&bytes), Ok(questions));
        for cut in 0..bytes.len() {
            assert!(
                bytes.get(..cut).is_some_and(|part| Questions::from_bytes(part).is_err()),
                "cut at {cut}"
            );
        }
        let mut longer = bytes;
        longer.push(0);
        assert_eq!(Questions::from_bytes(&longer), Err(QuestionError::Unreadable));
    }

    #[test]
    fn questions_travel_in_the_pack() {
        let mut asking = question("q", 2);
        asking.domain = AnswerSpace::Categories;
        let questions = Questions::new(vec![asking]).expect("questions");
        let catalogue = sample::with_room(Section::Questions, questions.to_bytes());
        assert_eq!(Questions::of(&catalogue), Ok(questions.clone()));
        let asked = questions.all().first().map(|question| question.asked(&catalogue)).expect("one");
        assert_eq!(asked.expect("joined").domain().answers(), ["boots", "watches", "women", "none"]);
        assert_eq!(Questions::of(&sample::catalogue()), Ok(Questions::default()));
        let damaged = sample::with_room(Section::Questions, vec![0xff]);
        assert_eq!(Questions::of(&damaged), Err(QuestionError::Unreadable));
    }

    proptest! {
        #[test]
        fn no_bytes_make_reading_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = Questions::from_bytes(&bytes);
        }
    }
}
