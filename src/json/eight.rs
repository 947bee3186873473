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

/// Marks the control characters.
#[inline(always)]
pub(super) const fn control(bytes: &[u8; 8]) -> u64 {
    let bytes = u64::from_le_bytes(*bytes);
    bytes.wrapping_sub(ONES * 0x20) & !bytes & HIGHEST
}

/// Marks the control characters and the double quote, which differ from what is below 0x21 in one bit alone.
#[inline(always)]
pub(super) const fn control_or_quote(bytes: &[u8; 8]) -> u64 {
    let flipped = u64::from_le_bytes(*bytes) ^ (ONES * 0x02);
    flipped.wrapping_sub(ONES * 0x21) & !flipped & HIGHEST
}

/// Which of the bytes is the first that is marked.
#[inline(always)]
pub(super) const fn first(marks: u64) -> Option<usize> {
    if marks == 0 { None } else { Some((marks.trailing_zeros() / 8) as usize) }
}
