//! Patterns for paths, all of one kind: those of `.gitignore` without negation.
//!
//! A pattern without a slash matches a file or folder of that name anywhere, one with a slash from the folder of the
//! configuration on. What matches a folder matches all that is in it.

use std::collections::HashMap;

use globset::{Candidate, Glob, GlobBuilder, GlobSet, GlobSetBuilder};

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

/// The patterns of several entries, each of which may match. They are looked at together, since there may be thousands
/// of entries, and as many files.
#[derive(Debug, Default)]
pub(super) struct Entries {
    sets: Vec<Set>,
    /// The entries without patterns, which match all paths.
    unbound: Vec<usize>,
}

/// Some patterns, and the entries that have each of them.
#[derive(Debug)]
struct Set {
    globs: GlobSet,
    owners: Vec<Vec<usize>>,
}

/// Paths without wildcards are looked up, however many they are. Of the others one automaton is made, which may not
/// grow too large.
const MOST_WITH_WILDCARDS: usize = 64;

impl Entries {
    /// Reads the patterns of entries; tells of the first that is none.
    pub(super) fn new<'p>(
        entries: impl IntoIterator<Item = Option<&'p Many<At<String>>>>,
    ) -> Result<Self, ConfigError> {
        let mut known: HashMap<&str, usize> = HashMap::new();
        let mut patterns: Vec<([Glob; 2], Vec<usize>)> = Vec::new();
        let mut unbound = Vec::new();
        for (entry, own) in entries.into_iter().enumerate() {
            if own.is_none() {
                unbound.push(entry);
            }
            for pattern in own.into_iter().flat_map(Many::iter) {
                let number = *known.entry(pattern).or_insert(patterns.len());
                match patterns.get_mut(number) {
                    Some((_, owners)) => owners.push(entry),
                    None => patterns.push((globs(pattern)?, vec![entry])),
                }
            }
        }
        let has_wildcards = |(globs, _): &([Glob; 2], Vec<usize>)| {
            let [own, _] = globs;
            own.glob().trim_start_matches("**/").contains(['*', '?', '[', '{', '\\'])
        };
        let (wild, plain): (Vec<_>, Vec<_>) = patterns.into_iter().partition(has_wildcards);
        let sets = [plain.as_slice()].into_iter().chain(wild.chunks(MOST_WITH_WILDCARDS));
        Ok(Self { sets: sets.map(Set::new).collect::<Result<_, _>>()?, unbound })
    }

    /// The entries that match a path, in their order, but for those that match all.
    pub(super) fn matching(&self, path: &str) -> Vec<usize> {
        let path = Candidate::new(path);
        let mut entries = Vec::new();
        for Set { globs, owners } in &self.sets {
            // Hardly any does, and to tell that is faster.
            if globs.is_match_candidate(&path) {
                // Of each pattern there are two globs.
                let own = globs.matches_candidate(&path).into_iter().filter_map(|glob| owners.get(glob / 2));
                entries.extend(own.flatten().copied());
            }
        }
        entries.sort_unstable();
        entries.dedup();
        entries
    }

    /// The entries that match all paths.
    pub(super) fn unbound(&self) -> &[usize] {
        &self.unbound
    }
}

impl Set {
    fn new(patterns: &[([Glob; 2], Vec<usize>)]) -> Result<Self, ConfigError> {
        let mut set = GlobSetBuilder::new();
        for glob in patterns.iter().flat_map(|(globs, _)| globs) {
            set.add(glob.clone());
        }
        Ok(Self { globs: built(&set)?, owners: patterns.iter().map(|(_, owners)| owners.clone()).collect() })
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
