//! What everybody looks at: the views that the shares of brands and categories are counted from.
//!
//! A file of views rarely names every row of the catalogue: a question about categories asks for those at the top
//! alone, a log names what enough sessions looked at. What the rows say that are not named is settled here; shares
//! themselves are the writer's.

use super::super::input::Unnamed;
use crate::base::maps::Map;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

/// How deep a tree of categories is followed.
const DEPTH_MAX: usize = 16;

/// Views by row. `named` are views by id, `own` the items of each row, `above` the row above each (itself where it is
/// at the top); a table without levels has every row at the top. Without any `named` row it is the items.
///
/// Views of a category beneath which none is named are those of all beneath it, and are spread over them by their
/// items. Any other row that is not named has none, or as many an item as the named ones have.
pub(super) fn views(
    place: &Map<&str, usize>,
    (named, unnamed): (&[(String, u64)], Unnamed),
    own: Vec<u64>,
    above: &[usize],
) -> Vec<u64> {
    let mut said: Vec<Option<u64>> = vec![None; own.len()];
    for (id, count) in named {
        if let Some(slot) = place.get(id.as_str()).and_then(|row| said.get_mut(*row)) {
            *slot = Some(slot.unwrap_or(0).saturating_add(*count));
        }
    }
    let mut named_beneath = vec![false; own.len()];
    for row in (0..own.len()).filter(|row| is_said(&said, *row)) {
        for higher in ancestors(row, above) {
            if let Some(slot) = named_beneath.get_mut(higher) {
                *slot = true;
            }
        }
    }
    // Each row speaks for itself, or is spoken for by the one above it that speaks for all beneath.
    let speaker = |row: usize| {
        let alone =
            |row: &usize| is_said(&said, *row) && !named_beneath.get(*row).is_some_and(|named| *named);
        if is_said(&said, row) { Some(row) } else { ancestors(row, above).find(alone) }
    };
    let speakers: Vec<Option<usize>> = (0..own.len()).map(speaker).collect();
    let (mut spoken_for, mut views_said, mut items_said) = (vec![0_u64; own.len()], 0_u64, 0_u64);
    for (speaker, items) in speakers.iter().zip(&own) {
        if let Some(slot) = speaker.and_then(|row| spoken_for.get_mut(row)) {
            *slot = slot.saturating_add(*items);
            items_said = items_said.saturating_add(*items);
        }
    }
    for count in said.iter().flatten() {
        views_said = views_said.saturating_add(*count);
    }
    if named.is_empty() || (unnamed == Unnamed::Ordinary && (views_said == 0 || items_said == 0)) {
        return own;
    }
    let row_views = |(row, (speaker, items)): (usize, (&Option<usize>, &u64))| {
        let Some(speaker) = *speaker else {
            return if unnamed == Unnamed::Rare { 0 } else { part(views_said, *items, items_said) };
        };
        let of_speaker = said.get(speaker).copied().flatten().unwrap_or(0);
        match spoken_for.get(speaker).copied().unwrap_or(0) {
            // Nothing of it is in the catalogue, so that there is nothing to spread over.
            0 if speaker == row => of_speaker,
            all => part(of_speaker, *items, all),
        }
    };
    speakers.iter().zip(&own).enumerate().map(row_views).collect()
}

fn is_said(said: &[Option<u64>], row: usize) -> bool {
    said.get(row).is_some_and(Option::is_some)
}

/// The rows above a row, nearest first.
fn ancestors(row: usize, above: &[usize]) -> impl Iterator<Item = usize> + '_ {
    let next = |row: &usize| above.get(*row).copied().filter(|higher| higher != row);
    core::iter::successors(next(&row), next).take(DEPTH_MAX)
}

/// `whole` times `part` over `all`.
fn part(whole: u64, part: u64, all: u64) -> u64 {
    u64::try_from(u128::from(whole) * u128::from(part) / u128::from(all.max(1))).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const IDS: [&str; 6] = ["women", "dresses", "coats", "home", "beds", "garden"];
    /// Dresses and coats stand under women, beds under home.
    const ABOVE: [usize; 6] = [0, 0, 0, 3, 3, 5];

    fn of(named: &[(&str, u64)], unnamed: Unnamed, own: [u64; 6]) -> Vec<u64> {
        let place: Map<&str, usize> = IDS.iter().enumerate().map(|(row, id)| (*id, row)).collect();
        let named: Vec<(String, u64)> = named.iter().map(|(id, count)| ((*id).into(), *count)).collect();
        views(&place, (&named, unnamed), own.to_vec(), &ABOVE)
    }

    #[test]
    fn views_of_a_top_are_those_of_all_beneath_it() {
        let own = [0, 30, 10, 10, 40, 10];
        // 800 over women's 40 items, 100 over the 50 of home; garden is not asked for: 10 items of 90 that have 900.
        let asked = [("women", 800), ("home", 100)];
        assert_eq!(of(&asked, Unnamed::Ordinary, own), [0, 600, 200, 20, 80, 100]);
        assert_eq!(of(&asked, Unnamed::Rare, own), [0, 600, 200, 20, 80, 0]);
        // Where something beneath is named, each row's views are its own.
        assert_eq!(of(&[("women", 7), ("dresses", 80), ("coats", 13)], Unnamed::Rare, own)[..3], [7, 80, 13]);
    }

    #[test]
    fn what_is_not_named_is_rare_in_a_log_and_ordinary_where_nobody_was_asked() {
        let own = [0, 30, 10, 10, 40, 10];
        let named = [("dresses", 300), ("coats", 0)];
        assert_eq!(of(&named, Unnamed::Ordinary, own), [0, 300, 0, 75, 300, 75]);
        assert_eq!(of(&named, Unnamed::Rare, own), [0, 300, 0, 0, 0, 0]);
        assert_eq!(of(&[], Unnamed::Rare, own), own);
        // What the catalogue does not have says nothing of it.
        assert_eq!(of(&[("elsewhere", 5)], Unnamed::Ordinary, own), own);
        assert_eq!(of(&[("dresses", 0)], Unnamed::Ordinary, own), own);
    }

    proptest! {
        #[test]
        fn any_views_are_laid_out(
            named in proptest::collection::vec((0_usize..7, any::<u64>()), 0..8),
            own in any::<[u64; 6]>(),
            ordinary in any::<bool>(),
        ) {
            let unnamed = if ordinary { Unnamed::Ordinary } else { Unnamed::Rare };
            let id = |at: usize| IDS.get(at).copied().unwrap_or("elsewhere");
            let named: Vec<(&str, u64)> = named.iter().map(|(at, count)| (id(*at), *count)).collect();
            prop_assert_eq!(of(&named, unnamed, own).len(), own.len());
        }
    }
}
