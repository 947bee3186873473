//! Searching for bytes and words in texts.
//!
//! `memchr` is fast on long texts. A module for the browser is to be small, and its texts are short: so there the same
//! is done plainly.

#[cfg(not(target_family = "wasm"))]
pub(crate) use memchr::{memchr, memchr_iter, memchr2, memmem, memrchr};

#[cfg(target_family = "wasm")]
pub(crate) use plain::{memchr, memchr_iter, memchr2, memmem, memrchr};

/// Which of these words it is.
#[cfg_attr(target_family = "wasm", inline(never))]
pub(crate) fn position(words: &[&str], word: &[u8]) -> Option<usize> {
    words.iter().position(|known| known.len() == word.len() && is_same(known.as_bytes(), word))
}

/// Whether two words of the same length are the same. Most names have eight to sixteen bytes, which are two numbers each.
#[cfg_attr(target_family = "wasm", inline(never))]
#[cfg_attr(not(target_family = "wasm"), inline)]
pub(crate) fn is_same(one: &[u8], other: &[u8]) -> bool {
    // The first and the last so many bytes are all if there are not more than twice as many.
    let fours = |word: &[u8]| {
        Some((u32::from_ne_bytes(*word.first_chunk()?), u32::from_ne_bytes(*word.last_chunk()?)))
    };
    let eights = |word: &[u8]| {
        Some((u64::from_ne_bytes(*word.first_chunk()?), u64::from_ne_bytes(*word.last_chunk()?)))
    };
    match (eights(one), eights(other)) {
        (Some(ends), Some(other_ends)) if one.len() <= 16 => ends == other_ends,
        (Some(_), _) => one == other,
        (None, _) => match (fours(one), fours(other)) {
            (Some(ends), Some(other_ends)) => ends == other_ends,
            _ => one == other,
        },
    }
}

/// Whether a word is in a text. The search of the standard library would be another one.
pub(crate) fn contains(text: &str, word: &str) -> bool {
    memmem::find(text.as_bytes(), word.as_bytes()).is_some()
}

/// What stands before and after the first byte of a kind. The standard library's `split_once` is for any pattern.
pub(crate) fn split_once(text: &str, byte: u8) -> Option<(&str, &str)> {
    split_at(text, memchr(byte, text.as_bytes())?)
}

/// What stands before and after the last byte of a kind.
pub(crate) fn rsplit_once(text: &str, byte: u8) -> Option<(&str, &str)> {
    split_at(text, memrchr(byte, text.as_bytes())?)
}

fn split_at(text: &str, at: usize) -> Option<(&str, &str)> {
    Some((text.get(..at)?, text.get(at + 1..)?))
}

#[cfg(any(target_family = "wasm", test))]
mod plain {
    pub(crate) fn memchr(byte: u8, text: &[u8]) -> Option<usize> {
        text.iter().position(|other| *other == byte)
    }

    pub(crate) fn memrchr(byte: u8, text: &[u8]) -> Option<usize> {
        text.iter().rposition(|other| *other == byte)
    }

    pub(crate) fn memchr2(one: u8, two: u8, text: &[u8]) -> Option<usize> {
        text.iter().position(|other| *other == one || *other == two)
    }

    pub(crate) fn memchr_iter(byte: u8, text: &[u8]) -> impl Iterator<Item = usize> {
        text.iter().enumerate().filter(move |(_, other)| **other == byte).map(|(at, _)| at)
    }

    pub(crate) mod memmem {
        pub(crate) fn find(text: &[u8], word: &[u8]) -> Option<usize> {
            (0..=text.len()).find(|at| text.get(*at..).is_some_and(|rest| rest.starts_with(word)))
        }

        pub(crate) fn rfind(text: &[u8], word: &[u8]) -> Option<usize> {
            (0..=text.len()).rfind(|at| text.get(*at..).is_some_and(|rest| rest.starts_with(word)))
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{is_same, plain, position};

    proptest! {
        #[test]
        fn words_are_the_same_if_all_their_bytes_are(word in "[ab]{0,20}", at in 0..20_usize) {
            let mut other = word.clone().into_bytes();
            prop_assert!(is_same(word.as_bytes(), &other));
            prop_assert_eq!(position(&["x", &word, "y"], &other), Some(1));
            if let Some(byte) = other.get_mut(at) {
                *byte = b'c';
                prop_assert!(!is_same(word.as_bytes(), &other));
                prop_assert_eq!(position(&["x", &word, "y"], &other), None);
            }
        }

        #[test]
        fn the_plain_way_finds_the_same(text in "[ab}\n]{0,12}", word in "[ab}\n]{0,3}") {
            let (text, word) = (text.as_bytes(), word.as_bytes());
            prop_assert_eq!(plain::memchr(b'}', text), memchr::memchr(b'}', text));
            prop_assert_eq!(plain::memrchr(b'}', text), memchr::memrchr(b'}', text));
            prop_assert_eq!(plain::memchr2(b'}', b'\n', text), memchr::memchr2(b'}', b'\n', text));
            prop_assert!(plain::memchr_iter(b'\n', text).eq(memchr::memchr_iter(b'\n', text)));
            prop_assert_eq!(plain::memmem::find(text, word), memchr::memmem::find(text, word));
            prop_assert_eq!(plain::memmem::rfind(text, word), memchr::memmem::rfind(text, word));
        }
    }
}
