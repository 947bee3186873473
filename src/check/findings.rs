//! What a report will say, on its way there: found where it is in the body's text, and put in source order.
//!
//! Knows nothing of rules or targets.

use super::locate::Locator;
use super::remedy::Remedy;
use crate::diagnostic::{Diagnostic, Place, Related, Span};
use crate::json::LineIndex;
use crate::order::by_number;

/// The diagnostics of one request. Until they are located, the spans that they have are not counted.
#[derive(Default)]
pub(super) struct Findings {
    all: Vec<(Diagnostic, Note)>,
}

/// What is to be known of a diagnostic until it is located.
#[derive(Clone, Copy, Default)]
pub(super) struct Note {
    /// It points at a member's name and not at its value.
    pub(super) on_key: bool,
    /// What would mend it.
    pub(super) remedy: Option<Remedy>,
}

impl Findings {
    pub(super) fn add(&mut self, diagnostic: Diagnostic, note: Note) {
        // Most requests that have a finding have one, and a list that grows by itself begins with room for four.
        if self.all.is_empty() {
            self.all.reserve_exact(1);
        }
        self.all.push((diagnostic, note));
    }

    pub(super) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    pub(super) fn diagnostics(&self) -> impl Iterator<Item = &Diagnostic> {
        self.all.iter().map(|(diagnostic, _)| diagnostic)
    }

    /// The first one at this place.
    pub(super) fn at_mut(&mut self, place: &Place) -> Option<&mut Diagnostic> {
        self.all.iter_mut().map(|(diagnostic, _)| diagnostic).find(|diagnostic| diagnostic.place == *place)
    }

    /// Keeps the first so many, and of the others those at the places of which this says so.
    pub(super) fn keep(&mut self, first: usize, is_kept: impl Fn(&Place) -> bool) {
        let mut at = 0..;
        self.all.retain(|(diagnostic, _)| at.next() < Some(first) || is_kept(&diagnostic.place));
    }

    /// Goes through the places that they point at.
    pub(super) fn each_place<'f>(&'f self, seen: &mut dyn FnMut(&'f Place)) {
        for told in self.diagnostics() {
            seen(&told.place);
            for other in &told.related {
                seen(&other.place);
            }
        }
    }

    /// The diagnostics in source order, their places turned into spans.
    pub(super) fn located(self, locator: &Locator<'_>, text: &str) -> Vec<Diagnostic> {
        let mendable = locator.is_whole();
        let mut diagnostics = Vec::with_capacity(self.all.len());
        for (mut diagnostic, note) in self.all {
            let Diagnostic { place, span, related, fix, .. } = &mut diagnostic;
            if span.is_none() {
                let range = if note.on_key { locator.key(place) } else { locator.nearest(place) };
                *span = range.map(Span::uncounted);
            }
            if let (true, Some(remedy), Some(span)) = (mendable, note.remedy, &span) {
                let mended = remedy.fix(text, &span.range(), || locator.name(place), place);
                *fix = mended.map(Box::new);
            }
            for Related { place, span, .. } in related {
                *span = span.or_else(|| locator.nearest(place).map(Span::uncounted));
            }
            diagnostics.push(diagnostic);
        }
        by_number(&mut diagnostics, |diagnostic| {
            let start = diagnostic.span.map_or(0, |span| span.start.offset as u64);
            (diagnostic.place.part as u64) << 60 | start
        });
        let lines = LineIndex::new(text);
        let mut last = None;
        let mut count = |span: &mut Span| {
            // A fix often changes what its diagnostic is about, which has been counted then.
            let known = last.filter(|last: &Span| last.range() == span.range());
            *span = known.unwrap_or_else(|| lines.span(span.range()));
            last = Some(*span);
        };
        for Diagnostic { span, related, fix, .. } in &mut diagnostics {
            if let Some(span) = span {
                count(span);
            }
            if let Some(fix) = fix {
                fix.edits.iter_mut().for_each(|edit| count(&mut edit.span));
            }
            related.iter_mut().filter_map(|other| other.span.as_mut()).for_each(&mut count);
        }
        diagnostics
    }
}

impl Note {
    pub(super) const PLAIN: Self = Self { on_key: false, remedy: None };

    pub(super) const ON_KEY: Self = Self { on_key: true, remedy: None };

    pub(super) const fn of(remedy: Option<Remedy>) -> Self {
        Self { on_key: false, remedy }
    }
}
