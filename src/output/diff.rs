//! What would change in a file, as a unified diff.

use similar::TextDiff;

use super::mask::Secrets;

/// The lines of a file that would change, with those around them, and whether credentials among them are covered.
pub(crate) fn diff(name: &str, before: &str, after: &str) -> (String, bool) {
    let covered = |text: &str| Secrets::find(text).cover(text, 0..text.len());
    let unified = |before: &str, after: &str| {
        TextDiff::from_lines(before, after).unified_diff().header(name, name).to_string()
    };
    let (own_before, own_after) = (covered(before), covered(after));
    let shown = unified(&own_before, &own_after);
    // What is covered may be far from what would change.
    let is_covered = (own_before != before || own_after != after) && shown != unified(before, after);
    (shown, is_covered)
}
