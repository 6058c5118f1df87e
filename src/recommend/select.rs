//! Puts candidates in their final order: by score, mixed so that no brand fills a page.

use alloc::vec::Vec;

/// How mixed a list is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mixing {
    /// Items mixed together, at least 1. It does not depend on how many are asked for, so that asking for more gives
    /// the same list, continued.
    pub(super) window: usize,
    /// Items of one brand in a window, at least 1.
    pub(super) brands: usize,
    /// Items of one category in a window, at least 1.
    pub(super) categories: usize,
    /// Items in a window that the shopper has just looked at, at least 1: they come back, but a page is for what else
    /// there is.
    pub(super) seen: usize,
}

impl Mixing {
    /// A stroll: of twelve in a row at most two of a brand, four of a kind and two that were just looked at.
    pub(super) const STROLL: Self = Self { window: 12, brands: 2, categories: 4, seen: 2 };

    /// Not mixed at all.
    pub(super) fn none() -> Self {
        Self { window: usize::MAX, brands: usize::MAX, categories: usize::MAX, seen: usize::MAX }
    }
}

impl Default for Mixing {
    fn default() -> Self {
        Self::none()
    }
}

/// The brand and the category of an item, and whether it was just looked at.
pub(super) type Groups = (u16, u16, bool);

/// How many of each group a window has taken, by the group's number.
#[derive(Default)]
struct Counts {
    /// The window that a count is of, and the count. A window does not clear what those before it counted.
    counts: Vec<(u32, u32)>,
}

impl Counts {
    /// How many of a group a window has taken.
    fn taken(&self, window: u32, group: u16) -> u32 {
        self.counts.get(usize::from(group)).map_or(0, |(of, count)| if *of == window { *count } else { 0 })
    }

    fn of(&mut self, window: u32, group: u16) -> &mut u32 {
        let group = usize::from(group);
        if self.counts.len() <= group {
            self.counts.resize(group + 1, (0, 0));
        }
        // Just made as long as that.
        let slot = &mut self.counts[group];
        if slot.0 != window {
            *slot = (window, 0);
        }
        &mut slot.1
    }
}

/// How many of each brand and category a window has taken.
pub(super) struct Taken {
    mixing: Mixing,
    window: u32,
    brands: Counts,
    categories: Counts,
    seen: usize,
}

impl Taken {
    fn by(mixing: Mixing) -> Self {
        Self { mixing, window: 0, brands: Counts::default(), categories: Counts::default(), seen: 0 }
    }

    /// A window that is never full.
    pub(super) fn none() -> Self {
        Self::by(Mixing::none())
    }

    /// Whether a brand is full.
    pub(super) fn is_brand_full(&self, brand: u16) -> bool {
        self.brands.taken(self.window, brand) as usize >= self.mixing.brands
    }

    /// Whether a category is full.
    pub(super) fn is_category_full(&self, category: u16) -> bool {
        self.categories.taken(self.window, category) as usize >= self.mixing.categories
    }

    /// Begins the next window.
    fn begin(&mut self) {
        self.window += 1;
        self.seen = 0;
    }

    /// Takes an item of these groups, if neither is full.
    fn take(&mut self, (brand, category, seen): Groups) -> bool {
        let mixing = self.mixing;
        let (brand, category) =
            (self.brands.of(self.window, brand), self.categories.of(self.window, category));
        let room = (*brand as usize) < mixing.brands
            && (*category as usize) < mixing.categories
            && (!seen || self.seen < mixing.seen);
        if room {
            *brand += 1;
            *category += 1;
            self.seen += usize::from(seen);
        }
        room
    }
}

/// Items in order, those of one brand, category and kind of look together: where one of them finds its group full, all do.
pub(super) trait Source {
    /// The groups of the next item; items whose brand or category is full may be set aside before it.
    fn peek(&mut self, taken: &Taken) -> Option<Groups>;

    /// Takes the next item.
    fn take(&mut self) -> Option<u32>;

    /// Sets the next item aside, and all that share its groups.
    fn set_aside(&mut self);

    /// Brings back what was set aside.
    fn bring_back(&mut self);

    /// Takes the first item that was set aside.
    fn take_aside(&mut self) -> Option<u32>;
}

/// The first `wanted` of an ordered list, mixed: windows of items, each with only so many of one brand and of one
/// category while others are left, each item as high in the order as that allows. What was shown does not change when
/// more is asked for.
pub(super) fn mix(source: &mut impl Source, mixing: Mixing, wanted: usize) -> Vec<u32> {
    let mut list = Vec::new();
    let mut taken = Taken::by(mixing);
    let is_mixed = mixing != Mixing::none();
    while list.len() < wanted {
        // A window is always filled whole, so that its last items do not depend on how many are wanted.
        let end = if is_mixed { list.len().saturating_add(mixing.window) } else { wanted };
        taken.begin();
        source.bring_back();
        let before = list.len();
        while list.len() < end {
            let Some(groups) = source.peek(&taken) else { break };
            if !is_mixed || taken.take(groups) {
                list.extend(source.take());
            } else {
                source.set_aside();
            }
        }
        // Only full groups are left: rather a window of one brand than an empty one.
        while list.len() < end {
            let Some(row) = source.take_aside() else { break };
            list.push(row);
        }
        if list.len() == before {
            break;
        }
    }
    list.truncate(wanted);
    list
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use alloc::vec;
    use proptest::prelude::*;

    /// Rows in their order, one by one.
    pub(in crate::recommend) struct Plain {
        rows: Vec<(u32, Groups)>,
        aside: Vec<(u32, Groups)>,
    }

    impl Plain {
        pub(in crate::recommend) fn of(rows: impl Iterator<Item = (u32, Groups)>) -> Self {
            Self { rows: rows.collect(), aside: Vec::new() }
        }
    }

    impl Source for Plain {
        fn peek(&mut self, _: &Taken) -> Option<Groups> {
            self.rows.first().map(|(_, groups)| *groups)
        }

        fn take(&mut self) -> Option<u32> {
            Some(self.rows.remove(0).0)
        }

        fn set_aside(&mut self) {
            self.aside.push(self.rows.remove(0));
        }

        fn bring_back(&mut self) {
            self.rows.splice(0..0, self.aside.drain(..));
        }

        fn take_aside(&mut self) -> Option<u32> {
            (!self.aside.is_empty()).then(|| self.aside.remove(0).0)
        }
    }

    fn run(groups: &[(u16, u16)], window: usize, caps: (usize, usize), wanted: usize) -> Vec<u32> {
        let mixing = Mixing { window, brands: caps.0, categories: caps.1, seen: 1 };
        let groups = groups.iter().map(|(brand, category)| (*brand, *category, false));
        mix(&mut Plain::of((0..).zip(groups)), mixing, wanted)
    }

    #[test]
    fn a_full_brand_waits_for_the_next_window() {
        let brands = [1, 1, 1, 2, 2, 3].map(|brand| (brand, 0));
        assert_eq!(run(&brands, 3, (2, 9), 6), vec![0, 1, 3, 2, 4, 5]);
    }

    #[test]
    fn a_full_category_waits_as_well() {
        let groups = [(1, 7), (2, 7), (3, 7), (4, 8)];
        assert_eq!(run(&groups, 3, (2, 2), 4), vec![0, 1, 3, 2]);
    }

    #[test]
    fn what_was_just_seen_does_not_fill_the_page() {
        let groups = (0..8).map(|row| (row, row, row < 3));
        let mixing = Mixing { window: 4, brands: 9, categories: 9, seen: 1 };
        assert_eq!(mix(&mut Plain::of((0..).zip(groups)), mixing, 8), vec![0, 3, 4, 5, 1, 6, 7, 2]);
    }

    #[test]
    fn one_brand_alone_still_fills_the_window() {
        assert_eq!(run(&[(1, 1); 5], 4, (2, 1), 5), vec![0, 1, 2, 3, 4]);
    }

    proptest! {
        #[test]
        fn lists_are_stable_whole_and_mixed(
            groups in prop::collection::vec((0u16..5, 0u16..3), 1..60),
            window in 1usize..9, brands in 1usize..4, categories in 1usize..5, wanted in 1usize..70,
        ) {
            let whole = run(&groups, window, (brands, categories), groups.len());
            let mut seen = whole.clone();
            seen.sort_unstable();
            prop_assert_eq!(seen, (0..groups.len() as u32).collect::<Vec<_>>(), "each is there once");
            let some = run(&groups, window, (brands, categories), wanted);
            prop_assert_eq!(&some[..], &whole[..wanted.min(whole.len())], "asking for fewer gives the same ones");
            // The first window is the longest prefix of a greedy walk that keeps both caps; behind it come only items
            // that found one of their groups full.
            let mut taken = Taken::by(Mixing { window, brands, categories, seen: 1 });
            let of = |row: u32| (groups[row as usize].0, groups[row as usize].1, false);
            let greedy: Vec<u32> = (0..groups.len() as u32)
                .filter(|row| taken.take(of(*row)))
                .take(window)
                .collect();
            prop_assert_eq!(&whole[..greedy.len()], &greedy[..]);
        }
    }
}
