//! What holds of any text, and what each fault is told as.
#![allow(clippy::string_slice)]

mod filling;
mod parsing;
mod properties;
mod words;
