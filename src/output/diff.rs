//! What would change in a file, as a unified diff.

use rustc_hash::FxHashSet;
use similar::udiff::UnifiedHunkHeader;
use similar::{Algorithm, DiffOp, DiffTag, capture_diff_slices, group_diff_ops};

use super::mask::Secrets;

/// As many lines are shown around those that would change.
const AROUND: usize = 3;

/// As many lines are compared at a time, unless they have nothing in common.
const WINDOW: usize = if cfg!(test) { 8 } else { 256 };

/// The lines of a file that would change, with those around them, and whether credentials among them are covered.
pub(crate) fn diff(name: &str, before: &str, after: &str) -> (String, bool) {
    let covered = |text: &str| Secrets::find(text).cover(text, 0..text.len());
    let (own_before, own_after) = (covered(before), covered(after));
    let shown = unified(name, &own_before, &own_after);
    // What is covered may be far from what would change.
    let is_covered = (own_before != before || own_after != after) && shown != unified(name, before, after);
    (shown, is_covered)
}

fn unified(name: &str, before: &str, after: &str) -> String {
    let [before, after] = [before, after].map(|text| text.split_inclusive('\n').collect::<Vec<_>>());
    let mut shown = String::new();
    for hunk in group_diff_ops(changes(&before, &after), AROUND) {
        if shown.is_empty() {
            shown = format!("--- {name}\n+++ {name}\n");
        }
        shown.push_str(&format!("{}\n", UnifiedHunkHeader::new(&hunk)));
        for change in hunk {
            let old = before.get(change.old_range()).unwrap_or_default();
            if change.tag() == DiffTag::Equal {
                add(' ', old, &mut shown);
            } else {
                add('-', old, &mut shown);
                add('+', after.get(change.new_range()).unwrap_or_default(), &mut shown);
            }
        }
    }
    shown
}

fn add(sign: char, lines: &[&str], shown: &mut String) {
    for line in lines {
        shown.push(sign);
        shown.push_str(line);
        if !line.ends_with('\n') {
            shown.push_str("\n\\ No newline at end of file\n");
        }
    }
}

/// What leads from lines to others. Lines that only one of the texts has are set aside, and of the others a window is
/// compared at a time: to compare all takes as long as the square of what differs, and fixes change little at a place.
fn changes(before: &[&str], after: &[&str]) -> Vec<DiffOp> {
    let (old, new) = (Shared::of(before, after), Shared::of(after, before));
    let mut changes = Vec::new();
    let (mut old_index, mut new_index) = (0, 0);
    let mut equal = |old_at: usize, new_at: usize, len: usize| {
        let (old_len, new_len) = (old_at - old_index, new_at - new_index);
        if old_len + new_len > 0 {
            changes.push(DiffOp::Replace { old_index, old_len, new_index, new_len });
        }
        match changes.last_mut() {
            Some(DiffOp::Equal { len: before, .. }) => *before += len,
            _ if len == 0 => {}
            _ => changes.push(DiffOp::Equal { old_index: old_at, new_index: new_at, len }),
        }
        (old_index, new_index) = (old_at + len, new_at + len);
    };
    let (mut done, mut size) = ((0, 0), WINDOW);
    loop {
        let (own, other) = (old.window(done.0, size), new.window(done.1, size));
        let is_last = own.len() < size && other.len() < size;
        // What follows a window may change what is best at its end.
        let most = if is_last { size } else { size / 2 };
        let mut taken = (0, 0);
        for same in capture_diff_slices(Algorithm::Myers, own, other) {
            for (own, other) in same.old_range().zip(same.new_range()) {
                if same.tag() == DiffTag::Equal && own < most && other < most {
                    let numbers = (old.numbers.get(done.0 + own), new.numbers.get(done.1 + other));
                    if let (Some(own), Some(other)) = numbers {
                        equal(*own, *other, 1);
                    }
                    taken = (own + 1, other + 1);
                }
            }
        }
        if is_last {
            break;
        }
        size = if taken == (0, 0) { size * 2 } else { WINDOW };
        done = (done.0 + taken.0, done.1 + taken.1);
    }
    equal(before.len(), after.len(), 0);
    changes
}

/// The lines of a text that another has too, and which these are.
struct Shared<'t> {
    lines: Vec<&'t str>,
    numbers: Vec<usize>,
}

impl<'t> Shared<'t> {
    fn of(lines: &[&'t str], others: &[&str]) -> Self {
        let others: FxHashSet<&str> = others.iter().copied().collect();
        let shared = lines.iter().copied().enumerate().filter(|(_, line)| others.contains(line));
        let (numbers, lines) = shared.unzip();
        Self { lines, numbers }
    }

    /// So many of the lines, from one on.
    fn window(&self, start: usize, size: usize) -> &[&'t str] {
        let end = self.lines.len().min(start.saturating_add(size));
        self.lines.get(start..end).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use similar::TextDiff;

    use super::*;

    #[test]
    fn lines_that_would_change_are_shown_with_those_around() {
        let before = "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk";
        let after = "a\nb\nc\nd\ne\nF\nG\nh\ni\nj\nk\n";
        let expected = "--- x\n+++ x\n@@ -3,9 +3,9 @@\n c\n d\n e\n-f\n-g\n+F\n+G\n h\n i\n j\n-k\n\\ No newline at \
                        end of file\n+k\n";
        assert_eq!(unified("x", before, after), expected);
        assert_eq!(unified("x", before, before), "");
    }

    proptest! {
        #[test]
        fn it_leads_from_one_text_to_the_other(before in "([abc]\n){0,30}[ab]?", after in "([abd]\n){0,30}[ab]?") {
            let [old, new] = [&before, &after].map(|text| text.split_inclusive('\n').collect::<Vec<_>>());
            let changes = changes(&old, &new);
            let mut made = Vec::new();
            let mut changed = 0;
            for change in &changes {
                let (old, new) = (&old[change.old_range()], &new[change.new_range()]);
                if change.tag() == DiffTag::Equal {
                    prop_assert_eq!(old, new);
                } else {
                    changed += old.len() + new.len();
                }
                made.extend_from_slice(new);
            }
            prop_assert_eq!(&made, &new);
            // No more changes than need be, where all is compared at once.
            let least = TextDiff::from_slices(&old, &new);
            let least = least.iter_all_changes().filter(|change| change.tag() != similar::ChangeTag::Equal).count();
            prop_assert!(changed <= least || old.len().max(new.len()) >= WINDOW, "{changes:?}");
        }
    }
}
