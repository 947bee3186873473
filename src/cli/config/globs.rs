//! Patterns for paths, all of one kind: those of `.gitignore` without negation.
//!
//! A pattern without a slash matches a file or folder of that name anywhere, one with a slash from the folder of the
//! configuration on. What matches a folder matches all that is in it.

use std::collections::HashMap;

use globset::{Glob, GlobBuilder, GlobSet, GlobSetBuilder};

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
            for glob in globs(pattern)? {
                set.add(glob);
            }
        }
        built(&set).map(Self)
    }

    /// Whether any matches a path.
    pub(super) fn matches(&self, path: &str) -> bool {
        self.0.is_match(path)
    }
}

/// The patterns of several entries, each of which may match. All are looked at together, since there may be thousands.
#[derive(Debug, Default)]
pub(super) struct Entries {
    set: GlobSet,
    /// The entries that have each glob of the set.
    owners: Vec<Vec<usize>>,
    /// The entries without patterns, which match all paths.
    unbound: Vec<usize>,
}

impl Entries {
    /// Reads the patterns of entries; tells of the first that is none.
    pub(super) fn new<'p>(
        entries: impl IntoIterator<Item = Option<&'p Many<At<String>>>>,
    ) -> Result<Self, ConfigError> {
        let mut set = GlobSetBuilder::new();
        let mut known: HashMap<&str, usize> = HashMap::new();
        let (mut owners, mut unbound) = (Vec::<Vec<usize>>::new(), Vec::new());
        for (entry, patterns) in entries.into_iter().enumerate() {
            let Some(patterns) = patterns else {
                unbound.push(entry);
                continue;
            };
            for pattern in patterns.iter() {
                let number = *known.entry(pattern).or_insert(owners.len());
                if number == owners.len() {
                    for glob in globs(pattern)? {
                        set.add(glob);
                    }
                    owners.push(Vec::new());
                }
                owners.get_mut(number).into_iter().for_each(|own| own.push(entry));
            }
        }
        Ok(Self { set: built(&set)?, owners, unbound })
    }

    /// The entries that match a path, in their order, but for those that match all.
    pub(super) fn matching(&self, path: &str) -> Vec<usize> {
        // Of each pattern there are two globs.
        let globs = self.set.matches(path).into_iter().filter_map(|glob| self.owners.get(glob / 2));
        let mut entries: Vec<usize> = globs.flatten().copied().collect();
        entries.sort_unstable();
        entries.dedup();
        entries
    }

    /// The entries that match all paths.
    pub(super) fn unbound(&self) -> &[usize] {
        &self.unbound
    }
}

fn built(set: &GlobSetBuilder) -> Result<GlobSet, ConfigError> {
    set.build().map_err(|error| ConfigError { message: error.to_string(), ..ConfigError::default() })
}

/// What a pattern matches: a file or folder, and what is in it.
fn globs(pattern: &At<String>) -> Result<[Glob; 2], ConfigError> {
    let glob = |text: &str| {
        GlobBuilder::new(text).literal_separator(true).build().map_err(|error| {
            ConfigError::new(pattern, format!("`{}` is no glob: {}", &**pattern, error.kind()))
        })
    };
    let [own, inside] = parts(pattern).map_err(|message| ConfigError::new(pattern, message))?;
    Ok([glob(&own)?, glob(&inside)?])
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
    fn entries_are_found_by_their_patterns() {
        let many = |patterns: &[&str]| {
            Many::Several(patterns.iter().map(|pattern| At::from((*pattern).to_owned())).collect())
        };
        let written = [many(&["*.http", "a"]), many(&["b"]), many(&["a", "b/*.http"])];
        let entries = [Some(&written[0]), None, Some(&written[1]), Some(&written[2])];
        let entries = Entries::new(entries).unwrap();
        assert_eq!(entries.unbound(), [1]);
        for (path, matching) in [("a/b.http", vec![0, 3]), ("b/x.http", vec![0, 2, 3]), ("b/c", vec![2])] {
            assert_eq!(entries.matching(path), matching, "{path}");
        }
        assert!(entries.matching("c").is_empty() && Entries::new([]).unwrap().matching("a").is_empty());
    }

    #[test]
    fn what_is_no_pattern_is_told() {
        for wrong in ["", "/", "!a", "../a", "a/{b", "[", "a/../b"] {
            assert!(Globs::new([&At::from(wrong.to_owned())]).is_err(), "{wrong}");
        }
    }
}
