//! Which codes occur in a part of a column, and its rows apart by one.

use crate::score::Lists;
use alloc::vec::Vec;
use core::ops::Range;

/// Tells which codes occur, part by part. What one part found is forgotten with the next, in no time.
#[derive(Debug)]
pub struct Seen {
    /// By code the last part it occurred in, counted from 1.
    last: Vec<u32>,
    part: u32,
    found: Vec<u32>,
}

impl Seen {
    /// For codes below a count; others are passed over.
    pub fn of(count: usize) -> Self {
        Self { last: alloc::vec![0; count], part: 0, found: Vec::new() }
    }

    /// Begins the next part.
    pub fn begin(&mut self) {
        self.part += 1;
        self.found.clear();
    }

    /// The codes of the part so far, as they first occurred.
    pub fn found(&self) -> &[u32] {
        &self.found
    }

    /// Takes the codes of some lists.
    #[inline(never)]
    pub fn take_lists(&mut self, lists: Lists<'_>, which: &[u32]) {
        for list in which {
            for code in lists.get(*list as usize) {
                self.take_one(*code);
            }
        }
    }

    /// Takes the codes of some rows of a column.
    #[inline(never)]
    pub fn take_at(&mut self, codes: &[u32], rows: &[u32]) {
        for row in rows {
            if let Some(code) = codes.get(*row as usize) {
                self.take_one(*code);
            }
        }
    }

    /// Begins with a range of codes of one byte.
    #[inline(never)]
    pub fn begin_bytes(&mut self, codes: &[u8], range: &Range<usize>) {
        self.begin();
        let codes = codes.get(range.clone()).unwrap_or(&[]);
        for code in codes {
            self.take_one((*code).into());
        }
    }

    #[inline]
    fn take_one(&mut self, code: u32) {
        let Some(last) = self.last.get_mut(code as usize) else { return };
        if *last != self.part {
            *last = self.part;
            self.found.push(code);
        }
    }
}

/// Puts the places of a part, which begins at `first`, down as rows; as many as there is room for.
#[inline(never)]
pub fn as_rows(places: &[u32], first: u32, rows: &mut [u32]) {
    for (row, place) in rows.iter_mut().zip(places) {
        *row = first + *place;
    }
}

/// What is known of rows, a column each; `hidden` may be shorter, then the rest has nothing.
#[derive(Debug, Clone, Copy)]
pub struct Rows<'a> {
    /// Groups.
    pub groups: &'a [u16],
    /// Rows without it are passed over.
    pub shown: &'a [bool],
    /// Rows with it are passed over.
    pub hidden: &'a [bool],
    /// Bits.
    pub flags: &'a [u8],
}

/// The rows of a part, apart by group.
#[derive(Debug)]
pub struct Apart {
    /// By group how many rows it has, and how many of them without the mark.
    counts: Vec<(u32, u32)>,
    /// By group where the next of its places belongs.
    next: Vec<u32>,
    /// The groups of the part.
    found: Vec<u32>,
    places: Vec<u32>,
    /// Whether any row of the part has the mark, shown or not.
    pub any_marked: bool,
}

impl Apart {
    /// For groups below a count; rows of others are passed over.
    pub fn of(groups: usize) -> Self {
        let (counts, next) = (alloc::vec![(0, 0); groups], alloc::vec![0; groups]);
        Self { counts, next, found: Vec::new(), places: Vec::new(), any_marked: false }
    }

    /// Takes the rows of a range; what another part was is forgotten. `mark` is a bit of their flags.
    #[inline(never)]
    pub fn take(&mut self, rows: Rows<'_>, range: &Range<usize>, mark: u8) {
        for group in self.found.drain(..) {
            if let Some(count) = self.counts.get_mut(group as usize) {
                *count = (0, 0);
            }
        }
        self.any_marked = false;
        let is_shown = |row: usize| rows.shown.get(row) == Some(&true) && rows.hidden.get(row) != Some(&true);
        for row in range.clone() {
            let marked = rows.flags.get(row).is_some_and(|flags| flags & mark != 0);
            self.any_marked |= marked;
            let group = rows.groups.get(row).copied().unwrap_or(0);
            let Some(count) = self.counts.get_mut(usize::from(group)).filter(|_| is_shown(row)) else {
                continue;
            };
            if count.0 == 0 {
                self.found.push(group.into());
            }
            *count = (count.0 + 1, count.1 + u32::from(!marked));
        }
        let mut end = 0;
        for group in &self.found {
            let (next, count) = (self.next.get_mut(*group as usize), self.counts.get(*group as usize));
            if let (Some(next), Some((count, _))) = (next, count) {
                *next = end;
                end += count;
            }
        }
        self.places.clear();
        self.places.resize(end as usize, 0);
        for row in range.clone().filter(|row| is_shown(*row)) {
            let next = rows.groups.get(row).and_then(|group| self.next.get_mut(usize::from(*group)));
            let Some(next) = next else { continue };
            if let Some(place) = self.places.get_mut(*next as usize) {
                *place = (row - range.start) as u32;
            }
            *next += 1;
        }
    }

    /// The groups that have rows, as they first occurred.
    pub fn found(&self) -> &[u32] {
        &self.found
    }

    /// How many rows each of these has, and how many of them without the mark.
    pub fn counts(&self) -> impl Iterator<Item = (u32, u32)> {
        self.found.iter().map(|group| self.counts.get(*group as usize).copied().unwrap_or_default())
    }

    /// The places of the rows in the range: those of one group behind the other, ascending in each.
    pub fn places(&self) -> &[u32] {
        &self.places
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_code_is_found_once_a_part() {
        let mut seen = Seen::of(5);
        seen.begin_bytes(&[9, 4, 1, 4, 7, 1], &(1..5));
        assert_eq!(seen.found(), [4, 1], "7 is beyond the count");
        seen.begin();
        let lists = Lists { starts: &[0, 2, 3, 5], codes: &[4, 0, 1, 0, 2] };
        seen.take_lists(lists, &[0, 2, 9]);
        assert_eq!(seen.found(), [4, 0, 2], "there is no list 9");
        seen.begin();
        seen.take_at(&[9, 3, 1, 1], &[3, 9, 2, 1]);
        assert_eq!(seen.found(), [1, 3], "there is no row 9");
    }

    #[test]
    fn rows_are_put_apart_by_their_group() {
        let rows = Rows {
            groups: &[9, 2, 0, 2, 2, 0, 7],
            shown: &[true, true, true, false, true, true, true],
            hidden: &[false, false, true],
            flags: &[0, 1, 0, 1, 0, 1, 0],
        };
        let mut apart = Apart::of(3);
        let told = |apart: &Apart| {
            (apart.found().to_vec(), apart.counts().collect::<Vec<_>>(), apart.places().to_vec())
        };
        apart.take(rows, &(1..7), 1);
        assert_eq!(told(&apart), ([2, 0].to_vec(), [(2, 1), (1, 0)].to_vec(), [0, 3, 4].to_vec()));
        assert!(apart.any_marked);
        apart.take(rows, &(4..5), 1);
        assert_eq!(told(&apart), ([2].to_vec(), [(1, 1)].to_vec(), [0].to_vec()));
        assert!(!apart.any_marked);
        apart.take(rows, &(3..4), 1);
        assert!(
            apart.found().is_empty() && apart.any_marked,
            "a row that is sold out still says what the part may hold"
        );
    }
}
