//! Making the changes that fixes describe, and finding out which of them are for the better.
//!
//! Pure: text in, text out. A change counts only if a check of the changed text finds what it mends gone and no new
//! error; so whoever calls hands over the check.

use std::collections::{HashMap, HashSet};

use crate::diagnostic::{Diagnostic, Edit, Fix, Place, Report, Severity};

/// How often what fixes have brought to light is mended with them.
const MOST_ROUNDS: usize = 10;

/// How often a text is checked in all, before what is left of its fixes is left as it is.
const MOST_CHECKS: usize = 200;

/// A text with fixes applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mended {
    /// The text.
    pub text: String,
    /// How many diagnostics have been mended.
    pub fixed: usize,
}

/// Makes edits of a text. They are in source order and do not overlap; one that does is left out, and so is one that
/// does not fit the text.
pub fn apply<'e>(text: &str, edits: impl IntoIterator<Item = &'e Edit>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for edit in edits {
        let (start, end) = (edit.span.start.offset, edit.span.end.offset);
        if let (Some(kept), true) = (text.get(done..start), text.get(start..end).is_some()) {
            out.push_str(kept);
            out.push_str(&edit.text);
            done = end;
        }
    }
    out.push_str(text.get(done..).unwrap_or_default());
    out
}

/// Applies the fixes of a text: the safe ones, and if so told the others too. `reports` is what the check says of the
/// text as it is; the spans in what it says are of the text that it is given. None where nothing is changed.
///
/// Fixes that bring an error to light are left out, and so are those that do not mend what they should. The rest of
/// the text is kept byte for byte.
///
/// ```
/// use elblint::{Context, Operation, check_body, fix};
///
/// let mut check = |text: &str| vec![check_body(Operation::UpdateMember, text, &Context::default())];
/// let text = r#"{"member": {"wieght": "10"}}"#;
/// let reports = check(text);
/// let mended = fix::mend(text, &reports, false, &mut check).expect("there is a fix");
/// assert_eq!(mended.text, r#"{"member": {"weight": 10}}"#);
/// assert_eq!(mended.fixed, 2);
/// ```
pub fn mend(
    text: &str,
    reports: &[Report],
    unsafe_too: bool,
    check: &mut dyn FnMut(&str) -> Vec<Report>,
) -> Option<Mended> {
    let mut best: Option<(Mended, Vec<Report>)> = None;
    // Of the text as it is now: in another one the same fix may be for the better.
    let mut refused = HashSet::new();
    let mut checks_left = MOST_CHECKS;
    while checks_left > 0 {
        let (text, reports) = match &best {
            Some((mended, reports)) => (mended.text.as_str(), reports.as_slice()),
            None => (text, reports),
        };
        let candidates = candidates(reports, unsafe_too, |found| !refused.contains(&found.spot()));
        if candidates.is_empty() {
            break;
        }
        let mut trial =
            Trial { text, before: Tally::of(reports), unsafe_too, check: &mut *check, checks_left };
        let mut accepted = Accepted::default();
        trial.choose(&candidates, &mut accepted);
        checks_left = trial.checks_left;
        let Some((mut attempt, reports)) = accepted.attempt else {
            // They may have been in the way of others, which they overlap.
            refused.extend(candidates.iter().map(Found::spot));
            continue;
        };
        refused.clear();
        attempt.fixed += best.map_or(0, |(mended, _)| mended.fixed);
        best = Some((attempt, reports));
    }
    best.map(|(mended, _)| mended)
}

/// What stays the same of a diagnostic while the text around it changes: the request, the rule and the place.
type Key = (usize, &'static str, Place);

/// A diagnostic that can be mended.
#[derive(Clone, Copy)]
struct Found<'r> {
    request: usize,
    diagnostic: &'r Diagnostic,
    fix: &'r Fix,
}

impl Found<'_> {
    fn key(&self) -> Key {
        (self.request, self.diagnostic.rule, self.diagnostic.place.clone())
    }

    /// What tells it from all others of its text.
    fn spot(&self) -> (&'static str, usize, usize) {
        (self.diagnostic.rule, self.start(), self.end())
    }

    fn start(&self) -> usize {
        self.fix.edits.first().map_or(0, |edit| edit.span.start.offset)
    }

    fn end(&self) -> usize {
        self.fix.edits.iter().map(|edit| edit.span.end.offset).max().unwrap_or(0)
    }
}

/// The fixes that can be made together, in source order: of those that overlap the first.
fn candidates<'r>(
    reports: &'r [Report],
    unsafe_too: bool,
    wanted: impl Fn(&Found<'_>) -> bool,
) -> Vec<Found<'r>> {
    let mut found: Vec<Found<'r>> = Vec::new();
    for (request, report) in reports.iter().enumerate() {
        for diagnostic in &report.diagnostics {
            let fix = diagnostic.fix.as_deref().filter(|fix| fix.safe || unsafe_too);
            found.extend(fix.map(|fix| Found { request, diagnostic, fix }).filter(&wanted));
        }
    }
    found.sort_by_key(Found::start);
    let mut done = 0;
    found.retain(|found| {
        let free = found.start() >= done;
        if free {
            done = found.end();
        }
        free
    });
    found
}

fn make(text: &str, fixes: &[Found<'_>]) -> String {
    apply(text, fixes.iter().flat_map(|found| &found.fix.edits))
}

/// How often each diagnostic is there.
struct Tally {
    requests: usize,
    /// Those that are errors, or can be mended.
    counts: HashMap<Key, usize>,
}

impl Tally {
    fn of(reports: &[Report]) -> Self {
        let mut counts = HashMap::new();
        for (request, report) in reports.iter().enumerate() {
            for diagnostic in &report.diagnostics {
                if diagnostic.severity == Severity::Error || diagnostic.fix.is_some() {
                    *counts.entry((request, diagnostic.rule, diagnostic.place.clone())).or_default() += 1;
                }
            }
        }
        Self { requests: reports.len(), counts }
    }

    /// Whether what is left after these fixes is less than this by just what they mend.
    fn is_mended_by(&self, fixes: &[Found<'_>], reports: &[Report]) -> bool {
        let mut permitted = self.counts.clone();
        for key in fixes.iter().map(Found::key) {
            match permitted.get_mut(&key) {
                Some(count) if *count > 0 => *count -= 1,
                _ => return false,
            }
        }
        let mended: HashSet<Key> = fixes.iter().map(Found::key).collect();
        let left = |(request, diagnostic): (usize, &Diagnostic)| {
            let key = (request, diagnostic.rule, diagnostic.place.clone());
            if diagnostic.severity < Severity::Error && !mended.contains(&key) {
                return true;
            }
            match permitted.get_mut(&key) {
                Some(count) if *count > 0 => {
                    *count -= 1;
                    true
                }
                _ => false,
            }
        };
        let told = reports.iter().enumerate();
        let mut told =
            told.flat_map(|(request, report)| report.diagnostics.iter().map(move |own| (request, own)));
        reports.len() == self.requests && told.all(left)
    }
}

/// The search for those fixes of a text that are for the better.
struct Trial<'t, 'c> {
    text: &'t str,
    before: Tally,
    unsafe_too: bool,
    check: &'c mut dyn FnMut(&str) -> Vec<Report>,
    checks_left: usize,
}

/// The fixes that have been found to be for the better, and what comes of them.
#[derive(Default)]
struct Accepted<'r> {
    fixes: Vec<Found<'r>>,
    attempt: Option<(Mended, Vec<Report>)>,
}

impl Trial<'_, '_> {
    /// Accepts of these fixes all that go together with those that are accepted already. Nearly always that is all of
    /// them; where it is not, halves are tried, so that few bad ones cost few checks.
    fn choose<'r>(&mut self, fixes: &[Found<'r>], accepted: &mut Accepted<'r>) {
        let mut together = accepted.fixes.clone();
        together.extend_from_slice(fixes);
        together.sort_by_key(Found::start);
        if let Some(attempt) = self.attempt(&together) {
            *accepted = Accepted { fixes: together, attempt: Some(attempt) };
        } else if let (half @ 1.., true) = (fixes.len() / 2, self.checks_left > 0) {
            let (first, second) = fixes.split_at(half);
            self.choose(first, accepted);
            self.choose(second, accepted);
        }
    }

    /// Makes fixes, and those that they bring to light; none if that is not for the better.
    fn attempt(&mut self, fixes: &[Found<'_>]) -> Option<(Mended, Vec<Report>)> {
        let mut mended = Mended { text: make(self.text, fixes), fixed: fixes.len() };
        for _ in 0..MOST_ROUNDS {
            self.checks_left = self.checks_left.checked_sub(1)?;
            let reports = (self.check)(&mended.text);
            let before = &self.before.counts;
            let further = candidates(&reports, self.unsafe_too, |found| !before.contains_key(&found.key()));
            if further.is_empty() {
                return self.before.is_mended_by(fixes, &reports).then_some((mended, reports));
            }
            mended = Mended { text: make(&mended.text, &further), fixed: mended.fixed + further.len() };
        }
        None
    }
}
