//! Numbers and texts as bytes, so that nothing can be read in two ways.

use alloc::string::String;
use alloc::vec::Vec;

/// Appends an integer that is mostly small in as few bytes as it needs: seven bits a byte, the last byte below 128, signs folded in
/// (0, -1, 1, -2, … are 0, 1, 2, 3, …).
#[inline(never)]
pub fn small(value: i64, into: &mut Vec<u8>) {
    one(value, into);
}

/// Appends integers one behind the other, each as [`small`] does.
#[inline(never)]
pub fn smalls(values: &[i32], into: &mut Vec<u8>) {
    into.reserve(5 * values.len());
    for value in values {
        one(i64::from(*value), into);
    }
}

#[inline]
fn one(value: i64, into: &mut Vec<u8>) {
    let mut left = ((value << 1) ^ (value >> 63)) as u64;
    while left >= 128 {
        into.push(left as u8 | 128);
        left >>= 7;
    }
    into.push(left as u8);
}

/// Appends a text that is mostly short, as UTF-8: its bytes behind their count.
#[inline(never)]
pub fn word(text: &[u8], into: &mut Vec<u8>) {
    small(text.len() as i64, into);
    into.extend_from_slice(text);
}

/// Bytes as lower-case hexadecimal digits.
#[inline(never)]
pub fn hex(bytes: &[u8]) -> String {
    let digit = |nibble: u8| char::from(if nibble < 10 { b'0' + nibble } else { b'a' - 10 + nibble });
    let mut text = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        text.push(digit(byte >> 4));
        text.push(digit(byte & 15));
    }
    text
}

/// Numbers by their differences, which [`summed`](crate::numbers::summed) reads: of each what it is more than the one before, the first
/// as it is, as [`small`] writes it.
pub fn differences(numbers: &[u32]) -> Vec<u8> {
    let (mut bytes, mut before) = (Vec::new(), 0);
    for number in numbers.iter().map(|number| i64::from(*number)) {
        small(number - before, &mut bytes);
        before = number;
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(write: impl Fn(&mut Vec<u8>)) -> Vec<u8> {
        let mut bytes = Vec::new();
        write(&mut bytes);
        bytes
    }

    #[test]
    fn what_is_small_takes_few_bytes() {
        for (value, bytes) in [(0, &[0][..]), (-1, &[1]), (63, &[126]), (64, &[128, 1]), (-64, &[127])] {
            assert_eq!(written(|into| small(value, into)), bytes);
        }
        assert_eq!(written(|into| small(i64::MIN, into)).len(), 10);
        let several = [0, -1, 64, i32::MIN, i32::MAX];
        let one_by_one = written(|into| several.iter().for_each(|value| small(i64::from(*value), into)));
        assert_eq!(written(|into| smalls(&several, into)), one_by_one);
    }

    #[test]
    fn a_word_says_how_long_it_is() {
        let words = ["ab", "", "c"];
        assert_eq!(
            written(|into| words.iter().for_each(|text| word(text.as_bytes(), into))),
            [4, b'a', b'b', 0, 2, b'c']
        );
    }
}
