//! Which codes occur in a part of a column.

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

    /// Takes codes of four bytes.
    #[inline(never)]
    pub fn take(&mut self, codes: &[u32]) {
        for code in codes {
            self.take_one(*code);
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

    /// Begins with a range of codes of two bytes.
    #[inline(never)]
    pub fn begin_words(&mut self, codes: &[u16], range: &Range<usize>) {
        self.begin();
        let codes = codes.get(range.clone()).unwrap_or(&[]);
        for code in codes {
            self.take_one((*code).into());
        }
    }

    /// Begins with a range of codes of four bytes.
    pub fn begin_large(&mut self, codes: &[u32], range: &Range<usize>) {
        self.begin();
        self.take(codes.get(range.clone()).unwrap_or(&[]));
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_code_is_found_once_a_part() {
        let mut seen = Seen::of(5);
        seen.begin_bytes(&[9, 4, 1, 4, 7, 1], &(1..5));
        assert_eq!(seen.found(), [4, 1], "7 is beyond the count");
        seen.begin_words(&[4, 0], &(0..2));
        seen.take(&[0, 2]);
        assert_eq!(seen.found(), [4, 0, 2]);
        seen.begin_large(&[1, 1], &(0..9));
        assert!(seen.found().is_empty(), "no such range");
    }
}
