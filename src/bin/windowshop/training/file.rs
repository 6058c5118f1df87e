//! The file between `windowshop train` and `windowshop pack build --trained`.
//!
//! One JSON value, UTF-8, gzip-compressed where the name ends with `.gz`; the same log and settings give the
//! same bytes. Its fields are those of [`Trained`]; `docs/training.md` shows one. Weights are whole millionths.
//! What is read from a file is checked before use: the pack builder takes it from anybody.

use super::metrics::SegmentFigures;
use super::rows::compressed;
use super::scorer::fixed;
use super::settings::Settings;
pub(crate) use super::sources::Source;
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Write as _};
use std::path::{Path, PathBuf};
use windowshop::base::ids::check_id;
use windowshop::catalogue::format::Section;
use windowshop::catalogue::input::{CovisitationRow, TrainedInput, Unnamed};
use windowshop::recommend::{Weights, WeightsError};

/// The layout that this command reads and writes.
pub(crate) const FORMAT: u32 = 1;

/// What training found in a log.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Trained {
    /// [`FORMAT`].
    pub(crate) format: u32,
    /// What it was learned from.
    pub(crate) source: Source,
    /// What training chose.
    pub(crate) settings: Settings,
    /// What the log held and how much of it is in the table.
    pub(crate) log: LogFacts,
    /// How well the settings did on the last tenth of the sessions, before those were learned too.
    pub(crate) validation: SegmentFigures,
    /// Each item's neighbours, by ascending item id.
    pub(crate) covisitation: Vec<Row>,
    /// Views by brand id, ascending; empty where the log does not name brands.
    pub(crate) brand_views: Vec<(String, u64)>,
    /// Views by category id, ascending; empty where the log does not name categories.
    pub(crate) category_views: Vec<(String, u64)>,
}

/// What a log held and how much of it is in the table. Of orders, a session is a customer (or an order, where customers
/// are not named) and a click is a purchase; of estimates, all is 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LogFacts {
    /// Sessions read.
    pub(crate) sessions: u64,
    /// Clicks read.
    pub(crate) clicks: u64,
    /// Different items clicked.
    pub(crate) items: u64,
    /// Different pairs of items seen close together in a session.
    pub(crate) pairs: u64,
    /// Those of them that enough sessions have.
    pub(crate) pairs_kept: u64,
    /// Items that have a neighbour.
    pub(crate) items_with_neighbours: u64,
}

/// An item and its neighbours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Row {
    /// Stable id of the item.
    pub(crate) item: String,
    /// Stable ids of its neighbours and their weights in millionths, strongest first, equal ones by id.
    pub(crate) neighbours: Vec<(String, u32)>,
}

/// Why a file of trained tables could not be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub(crate) enum TrainedError {
    /// It could not be opened, read or written.
    #[error("cannot {doing} {}", file.display())]
    Storage {
        /// What was tried.
        doing: &'static str,
        /// The file.
        file: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// It is not JSON, or not of this layout.
    #[error("{} is not a file of `windowshop train`", file.display())]
    Layout {
        /// The file.
        file: PathBuf,
        /// Where and why reading stopped.
        source: serde_json::Error,
    },
    /// It has a format that this command does not know.
    #[error("{} has format {found}, this command reads format {FORMAT}; train again", file.display())]
    Format {
        /// The file.
        file: PathBuf,
        /// Its format.
        found: u32,
    },
    /// A value in it makes no sense.
    #[error("{}: {field} of {id:?} {problem}", file.display())]
    Value {
        /// The file.
        file: PathBuf,
        /// The field.
        field: &'static str,
        /// The row.
        id: String,
        /// What is wrong with it.
        problem: String,
    },
}

impl Trained {
    /// Reads a file and checks what is in it.
    ///
    /// # Errors
    /// [`TrainedError`], with the file and the row.
    pub(crate) fn read(path: &Path) -> Result<Self, TrainedError> {
        let storage = |source| TrainedError::Storage { doing: "read", file: path.into(), source };
        let file = BufReader::new(File::open(path).map_err(storage)?);
        let mut text = Vec::new();
        if compressed(path) {
            flate2::bufread::MultiGzDecoder::new(file).read_to_end(&mut text).map_err(storage)?;
        } else {
            BufReader::new(file).read_to_end(&mut text).map_err(storage)?;
        }
        let layout = |source| TrainedError::Layout { file: path.into(), source };
        // The format first: a newer file may have other fields, and should be told by its number.
        let Format { format } = serde_json::from_slice(&text).map_err(layout)?;
        if format != FORMAT {
            return Err(TrainedError::Format { file: path.into(), found: format });
        }
        let trained: Self = serde_json::from_slice(&text).map_err(layout)?;
        trained.check(path)?;
        Ok(trained)
    }

    /// Writes the file.
    ///
    /// # Errors
    /// [`TrainedError::Storage`].
    pub(crate) fn write(&self, path: &Path) -> Result<(), TrainedError> {
        let storage = |source| TrainedError::Storage { doing: "write", file: path.into(), source };
        let mut file = BufWriter::new(File::create(path).map_err(storage)?);
        // Written as it is made: the text of a large table is larger than the table.
        if compressed(path) {
            // The header keeps no name and no time: equal tables make equal files.
            let gzip = flate2::write::GzEncoder::new(file, flate2::Compression::best());
            let mut text = BufWriter::with_capacity(1 << 16, gzip);
            serde_json::to_writer(&mut text, self).map_err(|error| storage(error.into()))?;
            let gzip = text.into_inner().map_err(|error| storage(error.into_error()))?;
            file = gzip.finish().map_err(storage)?;
        } else {
            serde_json::to_writer(&mut file, self).map_err(|error| storage(error.into()))?;
        }
        file.flush().map_err(storage)
    }

    /// The tables as the pack writer takes them.
    pub(crate) fn input(&self) -> TrainedInput {
        let row = |row: &Row| CovisitationRow { item: row.item.clone(), neighbours: row.neighbours.clone() };
        TrainedInput {
            covisitation: self.covisitation.iter().map(row).collect(),
            brand_views: self.brand_views.clone(),
            category_views: self.category_views.clone(),
            unnamed: match self.source {
                Source::Estimates => Unnamed::Ordinary,
                Source::Logs | Source::Orders => Unnamed::Rare,
            },
        }
    }

    /// The weights as the engine takes them; what training does not choose is the engine's own.
    pub(crate) fn weights(&self) -> Weights {
        let blend = self.settings.blend;
        Weights {
            position_decay: fixed(blend.decay_thousandths),
            repeat: blend.repeat_thousandths,
            ..Weights::default()
        }
    }

    /// What a pack holds besides the tables.
    ///
    /// # Errors
    /// [`WeightsError`] where a weight is beyond what the engine takes.
    pub(crate) fn rooms(&self) -> Result<Vec<(Section, Vec<u8>)>, WeightsError> {
        Ok(vec![(Section::Weights, self.weights().to_section()?)])
    }

    fn check(&self, path: &Path) -> Result<(), TrainedError> {
        let wrong = |field, id: &str, problem: String| TrainedError::Value {
            file: path.into(),
            field,
            id: id.into(),
            problem,
        };
        let id = |field, id: &str| {
            check_id(id).map_err(|error| wrong(field, id, format!("is not an id: {error}")))
        };
        self.rooms().map_err(|error| wrong("settings", "blend", format!("cannot be used: {error}")))?;
        for row in &self.covisitation {
            id("item", &row.item)?;
            for (neighbour, weight) in &row.neighbours {
                id("neighbours", neighbour)?;
                if *weight == 0 {
                    return Err(wrong("neighbours", &row.item, "have a weight of zero".into()));
                }
            }
            let mut once: Vec<&str> = row.neighbours.iter().map(|(id, _)| id.as_str()).collect();
            once.sort_unstable();
            once.dedup();
            if once.len() < row.neighbours.len() {
                return Err(wrong("neighbours", &row.item, "have an item twice".into()));
            }
        }
        let ascending = |field, ids: &mut dyn Iterator<Item = &String>| {
            let ids: Vec<&String> = ids.collect();
            match ids.windows(2).find(|pair| matches!(pair, [one, next] if one >= next)) {
                Some([_, next]) => Err(wrong(field, next, "does not come after the one before it".into())),
                _ => Ok(()),
            }
        };
        ascending("item", &mut self.covisitation.iter().map(|row| &row.item))?;
        for (field, views) in [("brand_views", &self.brand_views), ("category_views", &self.category_views)] {
            for (named, _) in views {
                id(field, named)?;
            }
            ascending(field, &mut views.iter().map(|(id, _)| id))?;
        }
        Ok(())
    }
}

/// The one field that every format has.
#[derive(Deserialize)]
struct Format {
    format: u32,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::training::metrics::Segments;

    fn small() -> Trained {
        let mut validation = Segments::default();
        validation.count(&[1], &2, Some(2));
        Trained {
            format: FORMAT,
            source: Source::Logs,
            settings: Settings::default(),
            log: LogFacts {
                sessions: 9,
                clicks: 30,
                items: 3,
                pairs: 2,
                pairs_kept: 1,
                items_with_neighbours: 2,
            },
            validation: validation.figures(),
            covisitation: vec![
                Row { item: "coat".into(), neighbours: vec![("hat".into(), 1_000_000)] },
                Row { item: "hat".into(), neighbours: vec![("coat".into(), 1_000_000)] },
            ],
            brand_views: vec![("lumen".into(), 30)],
            category_views: vec![],
        }
    }

    #[test]
    fn a_file_reads_back_and_is_the_same_every_time() -> anyhow::Result<()> {
        let folder = tempfile::tempdir()?;
        for name in ["trained.json", "trained.json.gz"] {
            let (one, other) = (folder.path().join(name), folder.path().join(format!("again-{name}")));
            small().write(&one)?;
            small().write(&other)?;
            assert_eq!(Trained::read(&one)?, small());
            assert_eq!(std::fs::read(&one)?, std::fs::read(&other)?);
        }
        Ok(())
    }

    #[test]
    fn the_layout_is_the_documented_one() -> anyhow::Result<()> {
        insta::assert_json_snapshot!(serde_json::to_value(small())?);
        Ok(())
    }

    #[test]
    fn a_file_that_makes_no_sense_is_refused_whole() -> anyhow::Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("trained.json");
        let spoil = |change: &dyn Fn(&mut Trained)| -> anyhow::Result<String> {
            let mut trained = small();
            change(&mut trained);
            trained.write(&path)?;
            Ok(Trained::read(&path).err().map_or_else(String::new, |error| error.to_string()))
        };
        assert!(spoil(&|trained| trained.format = 2)?.contains("has format 2"));
        assert!(spoil(&|trained| trained.covisitation.swap(0, 1))?.contains("does not come after"));
        assert!(spoil(&|trained| trained.brand_views[0].0 = "a b".into())?.contains("is not an id"));
        assert!(spoil(&|trained| trained.covisitation[0].neighbours[0].1 = 0)?.contains("a weight of zero"));
        assert!(
            spoil(&|trained| trained.covisitation[0].neighbours.push(("hat".into(), 1)))?.contains("twice")
        );
        assert!(
            spoil(&|trained| trained.settings.blend.repeat_thousandths = 100_001)?.contains("out of range")
        );
        std::fs::write(&path, "{\"format\":1")?;
        assert!(matches!(Trained::read(&path), Err(TrainedError::Layout { .. })));
        Ok(())
    }
}
