//! What training may choose, in integers, so that a file of settings means the same everywhere.

use super::scorer::Protocol;
use serde::{Deserialize, Serialize};

/// How far apart two clicks of a session may be and still count as a pair, in positions.
pub(crate) const WINDOW: usize = 10;

/// One, in 16.16 fixed point, the unit of a decay's powers.
pub(crate) const FIXED_ONE: u64 = 1 << 16;

/// How the co-visitation table is shaped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_field_names, reason = "the file of training names each field's unit")]
pub(crate) struct Shape {
    /// What a pair counts from the later item to the earlier one, in thousandths of the way forward.
    pub(crate) backward_thousandths: u32,
    /// A weight is divided by the neighbour's clicks to this power, in thousandths.
    pub(crate) popularity_thousandths: u32,
    /// What the way through another item counts, in thousandths of a pair's own weight: `back_off.rs`.
    #[serde(default)]
    pub(crate) back_off_thousandths: u32,
}

impl Default for Shape {
    /// The middle of what won on public logs.
    fn default() -> Self {
        Self { backward_thousandths: 500, popularity_thousandths: 0, back_off_thousandths: 0 }
    }
}

/// How a history is turned into scores.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Blend {
    /// What one step back in the history counts, in thousandths of the step after it.
    pub(crate) decay_thousandths: u32,
    /// What having looked at an item counts, in thousandths of the best co-visitation score.
    pub(crate) repeat_thousandths: u32,
}

/// Everything that training chose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Settings {
    /// A pair is kept when at least this many sessions have it.
    pub(crate) min_sessions: u32,
    /// How the table is shaped.
    pub(crate) shape: Shape,
    /// How a history is turned into scores.
    pub(crate) blend: Blend,
}

impl Default for Settings {
    /// The middle of what won on public logs, for a log too small to choose on.
    fn default() -> Self {
        Self {
            min_sessions: 5,
            shape: Shape::default(),
            blend: Blend { decay_thousandths: 800, repeat_thousandths: 2_000 },
        }
    }
}

/// The shapes that are tried, in the order in which an equal result keeps the earlier one.
pub(crate) fn shapes() -> impl Iterator<Item = Shape> {
    const BACKWARD: [u32; 4] = [500, 750, 1_000, 250];
    const POPULARITY: [u32; 4] = [0, 150, 300, 450];
    BACKWARD.into_iter().flat_map(|backward_thousandths| {
        let shape = move |popularity_thousandths| Shape {
            backward_thousandths,
            popularity_thousandths,
            back_off_thousandths: 0,
        };
        POPULARITY.into_iter().map(shape)
    })
}

/// The back-offs that are tried, in the shape that is best without.
pub(crate) const BACK_OFFS: [u32; 3] = [300, 100, 1_000];

/// The decays that are tried, in thousandths.
pub(crate) const DECAYS: [u32; 5] = [600, 700, 800, 900, 500];
/// The repeat weights that are tried, in thousandths.
pub(crate) const REPEATS: [u32; 6] = [2_000, 4_000, 1_000, 8_000, 500, 250];

/// The blends that are tried under a protocol, in the order in which an equal result keeps the earlier one.
pub(crate) fn blends(protocol: Protocol) -> Vec<Blend> {
    // Items that may not be shown need no weight.
    let repeats: &[u32] = if protocol.without_seen { &[1_000] } else { &REPEATS };
    let blend = |decay_thousandths| {
        repeats.iter().map(move |repeat| Blend { decay_thousandths, repeat_thousandths: *repeat })
    };
    DECAYS.into_iter().flat_map(blend).collect()
}
