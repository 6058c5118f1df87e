//! What a shop has without us: the most clicked items for everybody, or the session's own items first.

use crate::training::scorer::Protocol;
use std::cmp::Reverse;

/// The list of the most clicked items, and of a session's own items before them.
pub(crate) struct Baselines {
    /// Items by clicks, most first, equal ones by id.
    popular: Vec<u32>,
}

impl Baselines {
    /// Baselines over all items, by their clicks; `ranks` order items of equal clicks.
    pub(crate) fn new(clicks: &[u64], ranks: &[u32]) -> Self {
        let mut popular: Vec<u32> = (0..clicks.len() as u32).collect();
        popular.sort_unstable_by_key(|item| (Reverse(clicks[*item as usize]), ranks[*item as usize]));
        Self { popular }
    }

    /// The most clicked items.
    pub(crate) fn popularity(&self, history: &[Option<u32>], protocol: Protocol, length: usize) -> Vec<u32> {
        let allowed = |item: &u32| protocol.allows(history, &Some(*item));
        self.popular.iter().copied().filter(allowed).take(length).collect()
    }

    /// The session's own items, most clicked in it first and of equals the latest, then the most clicked of all.
    pub(crate) fn own_session(&self, history: &[Option<u32>], protocol: Protocol, length: usize) -> Vec<u32> {
        let mut own: Vec<(usize, usize, u32)> = Vec::new();
        for (age, item) in history.iter().rev().enumerate() {
            let Some(item) = *item else { continue };
            match own.iter_mut().find(|(.., known)| *known == item) {
                Some((times, ..)) => *times += 1,
                None => own.push((1, age, item)),
            }
        }
        own.sort_by_key(|(times, age, _)| (Reverse(*times), *age));
        let mut list: Vec<u32> = own.into_iter().map(|(.., item)| item).collect();
        list.retain(|item| protocol.allows(history, &Some(*item)));
        list.truncate(length);
        for item in self.popularity(history, protocol, length) {
            if list.len() < length && !list.contains(&item) {
                list.push(item);
            }
        }
        list
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_the_ones_worked_out_by_hand() {
        // Items 0 to 4 with these clicks; 3 and 1 are equal and 3 has the earlier id.
        let baselines = Baselines::new(&[5, 2, 9, 2, 1], &[0, 2, 3, 1, 4]);
        let history = [Some(4), Some(1), None, Some(4), Some(0)];
        let free = Protocol::default();
        assert_eq!(baselines.popularity(&history, free, 4), [2, 0, 3, 1]);
        assert_eq!(baselines.own_session(&history, free, 5), [4, 0, 1, 2, 3]);
        let strict = Protocol { exclude_last: true, without_seen: false };
        assert_eq!(baselines.popularity(&history, strict, 3), [2, 3, 1]);
        assert_eq!(baselines.own_session(&history, strict, 3), [4, 1, 2]);
        let unseen = Protocol { exclude_last: false, without_seen: true };
        assert_eq!(baselines.own_session(&history, unseen, 5), [2, 3]);
    }
}
