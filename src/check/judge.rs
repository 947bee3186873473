//! The judge of one request: gathers what the rules find and demand, and words it as a report.

use std::borrow::Cow;
use std::ops::Range;

use rustc_hash::FxHashSet;
use smallvec::smallvec;
use validator::{Validate, ValidationErrorsKind};

use super::locate::Locator;
use super::remedy::{self, Remedy};
use crate::api::Operation;
use crate::api::context::Context;
use crate::api::field::Field;
use crate::diagnostic::{Diagnostic, Part, Place, Pointer, Related, Report, Severity, Step, Verdict};
use crate::json::{self, FaultKind, LineIndex, SyntaxFault, Tree};
use crate::order::by_number;
use crate::rules::registry::{STANDING, Standing};
use crate::rules::{Judging, Rule, fields, head};
use crate::target::demand::{self, Demand};
use crate::target::{Fault, Outcome, Target, Words};

/// A diagnostic on its way to the report.
struct Finding {
    diagnostic: Diagnostic,
    /// Where in the body's text it is, once that is known.
    range: Option<Range<usize>>,
    /// Whether it points at a member's name and not at its value.
    on_key: bool,
    /// Another stretch of the text that has to do with it.
    other: Option<(Range<usize>, &'static str)>,
    /// What would mend it.
    remedy: Option<Remedy>,
}

/// The judge of one request.
pub struct Judge<'c> {
    pub(super) operation: Operation,
    pub(super) unchecked: Vec<Place>,
    target: Target<'c>,
    findings: Vec<Finding>,
    demands: Vec<Demand>,
    stood: bool,
    /// How many of the findings came before the rules were asked.
    noted: usize,
}

impl<'c> Judge<'c> {
    pub(super) fn new(operation: Operation, context: &'c Context) -> Self {
        Self {
            operation,
            target: Target::new(context),
            findings: Vec::new(),
            demands: Vec::new(),
            unchecked: Vec::new(),
            stood: false,
            noted: 0,
        }
    }

    /// Judges the path parameters and headers.
    pub(super) fn head(&mut self, head: &head::Head<'_>) {
        let Self { findings, unchecked, operation, .. } = self;
        head::judge(
            head,
            &mut |rule, place, words| push(findings, found(rule, *operation, place, words)),
            &mut |place| unchecked.push(place),
        );
    }

    /// Judges what the operation demands of its target whatever the request says.
    pub(super) fn standing(&mut self) {
        if std::mem::replace(&mut self.stood, true) {
            return;
        }
        let space = self.target.space();
        for Standing { rule, operation, fact, permitted } in STANDING {
            if *operation != self.operation {
                continue;
            }
            let known = space.get(*fact);
            let failing = known.without(*permitted);
            if failing == known {
                let shown =
                    self.target.context().word(*fact).map_or_else(|| fact.phrase(known), str::to_owned);
                let words = format!("{} is {}, but must be {}", fact.name(), shown, fact.phrase(*permitted));
                push(&mut self.findings, found(rule, self.operation, Place::request(), words.into()));
            } else if !failing.is_empty() {
                self.demands.push(Demand {
                    rule: rule.name,
                    places: smallvec![Place::request()],
                    fails: smallvec![space.with(*fact, failing)],
                    standing: true,
                });
            }
        }
    }

    pub(super) fn missing_body(&mut self) {
        self.value_fault(&fields::REQUIRED, Pointer::default(), "the body is mandatory", None);
    }

    pub(super) fn syntax(&mut self, faults: &[SyntaxFault]) {
        for fault in faults {
            let mut diagnostic = super::bare_diagnostic(
                &fields::SYNTAX,
                Place::body(Pointer::default()),
                fault.message.clone().into(),
            );
            diagnostic.help = fault.help.clone();
            let other = fault.opener.clone().map(|opener| (opener, "opened here"));
            self.findings.push(Finding {
                diagnostic,
                range: Some(fault.range.clone()),
                on_key: false,
                other,
                remedy: None,
            });
        }
    }

    /// Takes over what the tolerant deserializer has noted.
    pub(super) fn faults(&mut self, faults: &[json::Fault]) {
        let remedies = remedy::of_faults(faults);
        for (fault, remedy) in faults.iter().zip(remedies) {
            let told = fields::fault(self.operation, fault);
            let remedy = if told.removable { Some(Remedy::Remove) } else { remedy };
            self.value_fault(told.rule, fault.pointer.clone(), told.message, told.help);
            if let Some(finding) = self.findings.last_mut() {
                finding.range = Some(fault.range.clone());
                finding.remedy = remedy;
                if let FaultKind::DuplicateKey { last } = &fault.kind {
                    finding.other = Some((last.clone(), "this one counts"));
                }
            }
        }
        self.noted = self.findings.len();
    }

    /// Takes back what rules have said of a field by its presence alone, where the field is not there after all, or
    /// where its fault has been told already.
    pub(super) fn hush(&mut self, forgiven: &[Pointer]) {
        let said = self.findings.split_off(self.noted.min(self.findings.len()));
        if said.is_empty() && self.demands.is_empty() {
            return;
        }
        let at_fault =
            self.findings.iter().map(|finding| &finding.diagnostic).filter(|diagnostic| {
                [fields::WRONG_TYPE.name, fields::ONE_OF.name].contains(&diagnostic.rule)
            });
        let told: FxHashSet<&Pointer> =
            forgiven.iter().chain(at_fault.map(|diagnostic| &diagnostic.place.pointer)).collect();
        let is_told = |place: &Place| place.part == Part::Body && told.contains(&place.pointer);
        for demand in &mut self.demands {
            demand.places.retain(|place| !is_told(place));
        }
        self.demands.retain(|demand| !demand.places.is_empty());
        let kept: Vec<Finding> =
            said.into_iter().filter(|finding| !is_told(&finding.diagnostic.place)).collect();
        self.findings.extend(kept);
    }

    /// Says of a missing object that the members of the body belong into it.
    pub(super) fn belongs_into(&mut self, missing: Option<&'static str>) {
        let Some(object) = missing else { return };
        let place = Place::body(Pointer::new([Step::Name(object)]));
        if let Some(finding) = self.findings.iter_mut().find(|finding| finding.diagnostic.place == place) {
            let help = format!("put the members of the body into `{object}`");
            finding.diagnostic.help = Some(Cow::Owned(help));
        }
    }

    /// Judges the single values of an object.
    pub(super) fn object<T: Validate>(&mut self, object: &T, at: impl FnOnce() -> Pointer) {
        if let Err(errors) = object.validate() {
            let at = at();
            for (name, kind) in errors.into_errors() {
                let (ValidationErrorsKind::Field(errors), Cow::Borrowed(name)) = (kind, name) else {
                    continue;
                };
                let pointer = at.then(name);
                for error in errors {
                    let told = fields::validation(&pointer, &error);
                    self.value_fault(told.rule, pointer.clone(), told.message, told.help);
                }
            }
        }
    }

    /// Judges the elements of a list: none may be null.
    pub(super) fn elements<T>(
        &mut self,
        list: &Field<Vec<Field<T>>>,
        expected: &str,
        at: impl Fn() -> Pointer,
    ) {
        for (index, element) in list.set().into_iter().flatten().enumerate() {
            if element.is_null() {
                let pointer = at().then(index);
                let message = format!("{} must be {expected}, but is null", fields::name(&pointer));
                self.value_fault(&fields::WRONG_TYPE, pointer, message, None);
            }
        }
    }

    /// Judges an update object: it must update something. Where it has an unknown member, that is the one mistake.
    pub(super) fn update(&mut self, empty: bool, object: &'static str) {
        if !empty {
            return;
        }
        let inside = |finding: &Finding| {
            finding.diagnostic.place.part == Part::Body
                && matches!(finding.diagnostic.place.pointer.steps(), [Step::Name(name), _, ..] if *name == object)
        };
        if !self.findings.iter().any(inside) {
            let help = Some(Cow::Borrowed(
                "a client that drops zero values sends such a body for a value of 0 or false",
            ));
            self.value_fault(
                &fields::EMPTY_UPDATE,
                Pointer::new([Step::Name(object)]),
                "the update updates nothing",
                help,
            );
        }
    }

    /// Notes a member that is newer than the page.
    pub(super) fn newer<T>(&mut self, field: &Field<T>, at: impl FnOnce() -> Pointer) {
        if !field.is_absent() {
            let pointer = at();
            let message =
                format!("{} is newer than the page; an older site may refuse it", fields::name(&pointer));
            self.value_fault(&fields::NEWER_FIELD, pointer, message, None);
            if let Some(finding) = self.findings.last_mut() {
                finding.on_key = true;
            }
        }
    }

    fn value_fault(
        &mut self,
        rule: &'static Rule,
        pointer: Pointer,
        message: impl Into<String>,
        help: Option<Cow<'static, str>>,
    ) {
        let source = Some(self.operation.source(&pointer));
        let diagnostic =
            Diagnostic { help, source, ..super::bare_diagnostic(rule, Place::body(pointer), message.into()) };
        let finding = Finding { diagnostic, range: None, on_key: false, other: None, remedy: None };
        push(&mut self.findings, finding);
    }

    #[cold]
    #[inline(never)]
    fn try_out(&mut self, rule: &'static Rule, check: &dyn Fn(&Target<'_>) -> Option<Fault>) {
        match self.target.judge(rule.severity != Severity::Error, check) {
            Outcome::Holds => {}
            Outcome::Fails(told) => {
                push(&mut self.findings, found(rule, self.operation, told.place, told.words))
            }
            Outcome::Depends(place, fails) => demand::add(
                &mut self.demands,
                Demand { rule: rule.name, places: smallvec![place], fails, standing: false },
            ),
        }
    }

    /// The report. Places are sought only now, if there is something to point at.
    pub(super) fn finish(mut self, tree: Option<Tree<'_>>, text: &str) -> Report {
        let context = self.target.context();
        self.demands.retain(|demand| !context.waives(demand.rule));
        let resolution = demand::resolve(&mut self.demands, self.target.space());
        if !self.findings.is_empty() || !resolution.conflicts.is_empty() {
            let locator = Locator::new(tree, text, self.places(&resolution.conflicts));
            for parties in &resolution.conflicts {
                let conflict = self.conflict(parties, &locator);
                self.findings.push(conflict);
            }
            self.locate(&locator, text);
        }
        let mut report = Report {
            line: None,
            operation: Some(self.operation.name()),
            method: Cow::Borrowed(self.operation.method()),
            verdict: Verdict::Ready,
            diagnostics: self.findings.into_iter().map(|finding| finding.diagnostic).collect(),
            requires: resolution.requirements,
            unchecked: self.unchecked,
        };
        report.judge();
        report
    }

    /// The places that the report will point at.
    fn places(&self, conflicts: &[Vec<usize>]) -> impl Iterator<Item = &Place> {
        let demands = conflicts.iter().flatten().filter_map(|party| self.demands.get(*party));
        let diagnostics = self.findings.iter().map(|finding| &finding.diagnostic);
        diagnostics
            .flat_map(|told| {
                std::iter::once(&told.place).chain(told.related.iter().map(|other| &other.place))
            })
            .chain(demands.flat_map(|demand| &demand.places))
    }

    /// A conflict between demands, told at the first of them.
    fn conflict(&self, parties: &[usize], locator: &Locator<'_>) -> Finding {
        let start = |place: &Place| locator.nearest(place).map_or(usize::MAX, |range| range.start);
        let demands = parties.iter().filter_map(|party| self.demands.get(*party));
        let mut sides: Vec<(&Demand, &Place)> =
            demands.flat_map(|demand| demand.places.iter().map(move |place| (demand, place))).collect();
        by_number(&mut sides, |(demand, place)| {
            u64::from(demand.standing) << 63 | (start(place) as u64).min(u64::MAX >> 1)
        });
        let space = self.target.space();
        let words = |demand: &Demand, place: &Place| {
            let who = if place.part == Part::Body {
                fields::name(&place.pointer)
            } else {
                Cow::Borrowed(self.operation.name())
            };
            format!("{who} needs {}", demand.words(space))
        };
        let mut said: Vec<String> = Vec::new();
        for (demand, place) in &sides {
            let sentence = words(demand, place);
            if said.len() < 4 && !said.contains(&sentence) {
                said.push(sentence);
            }
        }
        let place = sides.first().map_or_else(Place::request, |(_, place)| (*place).clone());
        let mut diagnostic = super::bare_diagnostic(
            &fields::NO_TARGET_FITS,
            place.clone(),
            format!("no target can take this request: {}", said.join("; ")),
        );
        diagnostic.source = (place.part == Part::Body).then(|| self.operation.source(&place.pointer));
        diagnostic.related = sides
            .iter()
            .skip(1)
            .map(|(demand, place)| Related {
                message: words(demand, place),
                place: (*place).clone(),
                span: None,
            })
            .collect();
        Finding { diagnostic, range: None, on_key: false, other: None, remedy: None }
    }

    /// Turns places into spans, and puts the findings in source order.
    fn locate(&mut self, locator: &Locator<'_>, text: &str) {
        for Finding { diagnostic, range, on_key, .. } in &mut self.findings {
            if range.is_none() {
                let place = &diagnostic.place;
                *range = if *on_key { locator.key(place) } else { locator.nearest(place) };
            }
        }
        by_number(&mut self.findings, |finding| {
            let start = finding.range.as_ref().map_or(0, |range| range.start as u64);
            (finding.diagnostic.place.part as u64) << 60 | start
        });
        let lines = LineIndex::new(text);
        let mendable = locator.is_whole();
        for Finding { diagnostic, range, other, remedy, .. } in &mut self.findings {
            let edit = remedy.take().filter(|_| mendable).and_then(|remedy| {
                let name = || locator.name(&diagnostic.place);
                remedy.edit(text, range.as_ref()?, name, &diagnostic.place)
            });
            diagnostic.span = range.take().map(|range| lines.span(range));
            diagnostic.fix = edit.map(|edit| Box::new(edit.fix(&lines)));
            if let Some((range, message)) = other.take() {
                let place = diagnostic.place.clone();
                let span = Some(lines.span(range));
                diagnostic.related.push(Related { message: message.to_owned(), place, span });
            }
            for related in &mut diagnostic.related {
                if related.span.is_none() {
                    related.span = locator.nearest(&related.place).map(|range| lines.span(range));
                }
            }
        }
    }
}

impl Judging for Judge<'_> {
    #[cfg_attr(not(target_family = "wasm"), inline)]
    #[cfg_attr(target_family = "wasm", inline(never))]
    fn run(
        &mut self,
        rule: &'static Rule,
        #[cfg(not(target_family = "wasm"))] first: impl Fn(&Target<'_>) -> Option<Fault>,
        further: &dyn Fn(&Target<'_>) -> Option<Fault>,
    ) {
        #[cfg(target_family = "wasm")]
        let first = further;
        if !self.target.holds_at_once(rule.severity != Severity::Error, first) {
            self.try_out(rule, further);
        }
    }

    fn run_all(&mut self, rule: &'static Rule, check: impl Fn(&Target<'_>, &mut dyn FnMut(Fault))) {
        let Self { findings, target, operation, .. } = self;
        target.telling(|target| {
            check(target, &mut |fault| {
                if let Some(told) = fault.told() {
                    push(findings, found(rule, *operation, told.place, told.words));
                }
            });
        });
    }
}

/// Most requests that have a finding have one, and a list that grows by itself begins with room for four.
fn push(findings: &mut Vec<Finding>, finding: Finding) {
    if findings.is_empty() {
        findings.reserve_exact(1);
    }
    findings.push(finding);
}

fn found(rule: &'static Rule, operation: Operation, place: Place, words: Words) -> Finding {
    let source = rule.source(operation);
    let remedy = words.removable.then_some(Remedy::Remove);
    let diagnostic = Diagnostic {
        help: words.help.map(Cow::Owned),
        source,
        related: words.related,
        ..super::bare_diagnostic(rule, place, words.message)
    };
    Finding { diagnostic, range: None, on_key: false, other: None, remedy }
}
