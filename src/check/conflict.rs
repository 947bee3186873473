//! Demands that no target meets together: how they are told of, and what is left when some of them are suppressed.

use super::bare_diagnostic;
use crate::api::Operation;
use crate::diagnostic::{Diagnostic, Part, Place, Related, Report, Span};
use crate::order::by_number;
use crate::rules::fields;
use crate::say::say;
use crate::target::demand::{Clash, Conflict, Demand, resolve};
use crate::target::space::Space;

/// Tells of demands in conflict at the first of them. `start` says where a place begins in the text.
pub(super) fn tell(
    operation: Operation,
    demands: &mut dyn Iterator<Item = &Demand>,
    space: Space,
    start: &dyn Fn(&Place) -> Option<usize>,
) -> Diagnostic {
    let mut sides: Vec<(&Demand, &Place)> = Vec::new();
    for demand in demands {
        sides.extend(demand.places.iter().map(|place| (demand, place)));
    }
    by_number(&mut sides, |(demand, place)| {
        u64::from(demand.standing) << 63 | start(place).map_or(u64::MAX >> 1, |start| start as u64)
    });
    let mut related = Vec::new();
    for (demand, place) in sides {
        let who = match place.part {
            Part::Body => fields::subject(&place.pointer),
            _ => operation.name().into(),
        };
        let message = say!("{} needs {}", who, demand.words(space));
        related.push(Related { message, place: place.clone(), span: None });
    }
    let mut said: Vec<&str> = Vec::new();
    for Related { message, .. } in &related {
        if said.len() < 4 && !said.contains(&&**message) {
            said.push(message);
        }
    }
    let message = say!("no target can take this request: {}", said.join("; "));
    let place = if related.is_empty() { Place::request() } else { related.remove(0).place };
    let source = (place.part == Part::Body).then(|| operation.source(&place.pointer));
    let mut diagnostic = bare_diagnostic(&fields::NO_TARGET_FITS, place, message);
    diagnostic.source = source;
    diagnostic.related = related;
    diagnostic
}

/// Takes out of the conflicts of a report the demands of which this says so, by rule and place. What is left is told
/// anew, or required if a target can meet it.
pub(crate) fn take_out(
    report: &mut Report,
    is_out: &mut dyn FnMut(&'static str, &Place, Option<Span>) -> bool,
) {
    let operation = report.operation.and_then(Operation::from_name);
    for mut conflict in std::mem::take(&mut report.conflicts) {
        let told = report.diagnostics.iter().position(|told| {
            let mut places = conflict.demands.iter().flat_map(|demand| &demand.places);
            told.rule == fields::NO_TARGET_FITS.name && places.any(|place| *place == told.place)
        });
        let (Some(told), Some(operation)) = (told, operation) else { continue };
        let mut spans = Vec::new();
        if let Some(Diagnostic { place, span, related, .. }) = report.diagnostics.get(told) {
            spans.push((place.clone(), *span));
            spans.extend(related.iter().map(|other| (other.place.clone(), other.span)));
        }
        let span = |place: &Place| spans.iter().find(|(own, _)| own == place).and_then(|(_, span)| *span);
        let mut is_changed = false;
        conflict.demands.retain_mut(|demand| {
            let rule = demand.rule;
            demand.places.retain(|place| {
                let is_out = is_out(rule, place, span(place));
                is_changed |= is_out;
                !is_out
            });
            !demand.places.is_empty()
        });
        if !is_changed {
            report.conflicts.push(conflict);
            continue;
        }
        let old = report.diagnostics.remove(told);
        let Conflict { mut demands, space } = conflict;
        let resolution = resolve(&mut demands, space);
        for Clash { parties, group } in resolution.conflicts {
            let start = |place: &Place| span(place).map(|span| span.start.offset);
            let mut left = tell(operation, &mut parties.of(&demands), space, &start);
            left.severity = old.severity;
            left.span = span(&left.place);
            left.related.iter_mut().for_each(|other| other.span = span(&other.place));
            report.diagnostics.push(left);
            report.conflicts.push(Conflict::of(group, &demands, space));
        }
        report.requires.extend(resolution.requirements);
    }
}
