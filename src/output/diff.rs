//! What would change in a file, as a unified diff.

use similar::TextDiff;

use super::mask::Secrets;

/// The lines of a file that would change, with those around them. Credentials among them are covered.
pub(crate) fn diff(name: &str, before: &str, after: &str) -> String {
    let covered = |text: &str| Secrets::find(text).cover(text, 0..text.len());
    let (before, after) = (covered(before), covered(after));
    TextDiff::from_lines(&before, &after).unified_diff().header(name, name).to_string()
}
