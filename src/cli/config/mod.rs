//! `elblint.toml`: found, read, and turned into what holds for each file.
//!
//! A configuration with a mistake in it ends the run before anything is judged. What is done with reports is
//! [`crate::policy`]'s.

mod args;
mod books;
mod build;
mod command;
mod command_line;
mod error;
mod find;
mod globs;
mod leftovers;
mod settings;
mod source;
mod text;

pub(super) use args::{Choice, ConfigArguments, ConfigCommand};
pub(super) use command::run;
pub(super) use command_line::CommandLine;
pub(super) use find::{Finder, NAME};
pub(super) use leftovers::Leftover;
pub(super) use settings::{FileSettings, Settings};
