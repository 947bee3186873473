//! Patterns for paths, all of one kind: those of `.gitignore` without negation.
//!
//! A pattern without a slash matches a file or folder of that name anywhere, one with a slash from the folder of the
//! configuration on. What matches a folder matches all that is in it.

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

use super::error::ConfigError;
use super::text::{At, Many};

/// Patterns, any of which may match.
#[derive(Clone, Debug)]
pub(super) struct Globs(GlobSet);

impl Globs {
    /// Reads patterns; tells of the first that is none.
    pub(super) fn new<'p>(patterns: impl IntoIterator<Item = &'p At<String>>) -> Result<Self, ConfigError> {
        let mut set = GlobSetBuilder::new();
        for pattern in patterns {
            for glob in parts(pattern).map_err(|message| ConfigError::new(pattern, message))? {
                let glob = GlobBuilder::new(&glob).literal_separator(true).build();
                let kind = |error: globset::Error| format!("`{}` is no glob: {}", &**pattern, error.kind());
                set.add(glob.map_err(|error| ConfigError::new(pattern, kind(error)))?);
            }
        }
        set.build()
            .map(Self)
            .map_err(|error| ConfigError { message: error.to_string(), ..ConfigError::default() })
    }

    /// Reads one pattern, or several.
    pub(super) fn of(patterns: &Many<At<String>>) -> Result<Self, ConfigError> {
        Self::new(patterns.iter())
    }

    /// Whether any matches a path.
    pub(super) fn matches(&self, path: &str) -> bool {
        self.0.is_match(path)
    }
}

fn parts(pattern: &str) -> Result<[String; 2], String> {
    let stem = pattern.trim_start_matches("./").trim_end_matches('/');
    let anchored = stem.strip_prefix('/').unwrap_or(stem);
    if anchored.is_empty() {
        return Err(format!("`{pattern}` is no glob: nothing is named"));
    }
    if anchored.starts_with('!') {
        return Err(format!("`{pattern}`: negation is not supported"));
    }
    if anchored.split('/').any(|step| step == "..") {
        return Err(format!("`{pattern}` leads out of the folder of the configuration"));
    }
    let own = if stem.contains('/') { anchored.to_owned() } else { format!("**/{anchored}") };
    // A folder all of whose files match need not be looked into.
    let own = own.strip_suffix("/**").map_or(own.clone(), str::to_owned);
    let inside = format!("{own}/**");
    Ok([own, inside])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(pattern: &str, path: &str) -> bool {
        Globs::new([&At::from(pattern.to_owned())]).unwrap().matches(path)
    }

    #[test]
    fn patterns_are_those_of_gitignore() {
        for (pattern, path) in [
            ("*.http", "a.http"),
            ("*.http", "deep/er/a.http"),
            ("vendor", "a/vendor/b.json"),
            ("vendor/", "vendor/b.json"),
            ("/vendor", "vendor/b.json"),
            ("requests/prod", "requests/prod/deep/a.json"),
            ("./requests/*.json", "requests/a.json"),
            ("**/prod/**", "a/prod/b/c.json"),
            ("prod/**", "prod"),
            ("prod/**", "prod/a.json"),
            ("**", "a/b.json"),
            ("{a,b}.json", "x/b.json"),
        ] {
            assert!(matches(pattern, path), "{pattern} {path}");
        }
        for (pattern, path) in [
            ("*.http", "a.json"),
            ("/vendor", "a/vendor/b.json"),
            ("requests/*.json", "requests/deep/a.json"),
            ("requests/*.json", "a/requests/a.json"),
            ("prod", "product/a.json"),
            ("prod/**", "a/prod/b.json"),
        ] {
            assert!(!matches(pattern, path), "{pattern} {path}");
        }
    }

    #[test]
    fn what_is_no_pattern_is_told() {
        for wrong in ["", "/", "!a", "../a", "a/{b", "[", "a/../b"] {
            assert!(Globs::new([&At::from(wrong.to_owned())]).is_err(), "{wrong}");
        }
    }
}
