//! What holds of any text, and what each fault is told as.

mod checks;
mod filling;
mod parsing;
mod properties;
mod words;
