//! Eight bytes at a time: most strings are too short for anything wider to pay.
//!
//! Marks bytes by their highest bit. Bytes above a marked one may be marked wrongly; the first never is.

const ONES: u64 = u64::MAX / 0xFF;
const HIGHEST: u64 = ONES << 7;

/// Marks the bytes that are this one.
#[inline(always)]
pub(super) const fn like(bytes: &[u8; 8], byte: u8) -> u64 {
    let zero = u64::from_le_bytes(*bytes) ^ (ONES * byte as u64);
    zero.wrapping_sub(ONES) & !zero & HIGHEST
}

/// Marks the control characters and the double quote, which differ from what is below 0x21 in one bit alone.
#[inline(always)]
const fn control_or_quote(bytes: &[u8; 8]) -> u64 {
    let flipped = u64::from_le_bytes(*bytes) ^ (ONES * 0x02);
    flipped.wrapping_sub(ONES * 0x21) & !flipped & HIGHEST
}

/// Which of the bytes is the first that is marked.
#[inline(always)]
pub(super) const fn first(marks: u64) -> Option<usize> {
    if marks == 0 { None } else { Some((marks.trailing_zeros() / 8) as usize) }
}

/// Where the characters of a string end that stand for themselves, of those from here on.
#[inline(always)]
pub(super) fn plain(bytes: &[u8], start: usize) -> usize {
    let mut rest = bytes.get(start..).unwrap_or_default();
    while let Some((chunk, tail)) = rest.split_first_chunk() {
        if let Some(offset) = first(control_or_quote(chunk) | like(chunk, b'\\')) {
            return bytes.len() - rest.len() + offset;
        }
        rest = tail;
    }
    while let [byte, tail @ ..] = rest
        && !matches!(byte, b'"' | b'\\' | 0..0x20)
    {
        rest = tail;
    }
    bytes.len() - rest.len()
}
