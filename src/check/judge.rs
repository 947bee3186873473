//! The judge of one request: gathers what the rules find and demand, and words it as a report.

use std::borrow::Cow;
use std::ops::Range;

use super::conflict;
use super::findings::{Findings, Note};
use super::locate::Locator;
use super::pointers::Pointers;
use super::remedy::{self, Remedy};
use crate::api::Operation;
use crate::api::context::Context;
use crate::api::field::Field;
use crate::diagnostic::{Diagnostic, Part, Place, Pointer, Related, Report, Severity, Span, Step, Verdict};
#[cfg(target_family = "wasm")]
use crate::json::checks::breaches;
use crate::json::checks::{Breach, Checked, is_empty};
use crate::json::model::{Gap, Model};
use crate::json::{self, FaultKind, SyntaxFault, Tree};
use crate::lists::{SmallVec, smallvec};
use crate::rules::registry::{STANDING, Standing};
use crate::rules::{Judging, Rule, fields, head};
use crate::say::say;
use crate::target::demand::{self, Clash, Conflict, Demand, Demands};
use crate::target::{Fault, Outcome, Target, Words};

/// The judge of one request.
pub struct Judge<'c> {
    pub(super) operation: Operation,
    pub(super) unchecked: Vec<Place>,
    target: Target<'c>,
    findings: Findings,
    demands: Demands,
    stood: bool,
    /// How many of the findings came before the rules were asked.
    noted: usize,
    /// Whether no single value has a fault and no object is empty, as their reader has seen to.
    values_hold: bool,
}

impl<'c> Judge<'c> {
    pub(super) fn new(operation: Operation, context: &'c Context) -> Self {
        Self {
            operation,
            target: Target::new(context),
            findings: Findings::default(),
            demands: Demands::new(),
            unchecked: Vec::new(),
            stood: false,
            noted: 0,
            values_hold: false,
        }
    }

    /// What is known of the target.
    pub(super) fn context(&self) -> &'c Context {
        self.target.context()
    }

    /// Judges the path parameters and headers.
    pub(super) fn head(&mut self, head: &head::Head<'_>) {
        let Self { findings, unchecked, operation, .. } = self;
        head::judge(
            head,
            &mut |rule, place, words| tell(findings, rule, *operation, place, words),
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
                let word = self.context().word(*fact).map(fields::shorten);
                let shown = word.unwrap_or_else(|| fact.phrase(known).into());
                let words = say!("{} is {}, but must be {}", fact.name(), shown, fact.phrase(*permitted));
                tell(&mut self.findings, rule, self.operation, Place::request(), words.into());
            } else if !failing.is_empty() && !self.context().waives(rule.name) {
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
        self.tell_of_value(&fields::REQUIRED, "the body is mandatory".into(), Pointer::default());
    }

    pub(super) fn syntax(&mut self, faults: &[SyntaxFault]) {
        for SyntaxFault { range, message, help, opener } in faults {
            let place = Place::body(Pointer::default());
            let mut diagnostic = super::bare_diagnostic(&fields::SYNTAX, place, &**message);
            diagnostic.help = help.clone();
            diagnostic.span = Some(Span::uncounted(range.clone()));
            if let Some(opener) = opener {
                add_related(&mut diagnostic, "opened here", opener.clone());
            }
            self.findings.add(diagnostic, Note::PLAIN);
        }
    }

    /// Takes over what the tolerant reader has noted.
    pub(super) fn faults(&mut self, faults: Vec<json::Fault>) {
        let remedies = remedy::of_faults(&faults);
        for (fault, remedy) in faults.into_iter().zip(remedies) {
            let (rule, words) = fields::fault(self.operation, &fault);
            let remedy = if words.removable { Some(Remedy::Remove) } else { remedy };
            let mut diagnostic = self.of_value(rule, words, fault.pointer);
            diagnostic.span = Some(Span::uncounted(fault.range));
            if let FaultKind::DuplicateKey { last } = fault.kind {
                add_related(&mut diagnostic, "this one counts", last);
            }
            self.findings.add(diagnostic, Note::of(remedy));
        }
        self.noted = self.findings.len();
    }

    /// Notes what only a program can have put into a body. The fields whose values are at fault.
    pub(super) fn gaps<'a>(&mut self, body: &impl Model<'a>) -> Vec<Pointer> {
        let mut at_fault = Vec::new();
        body.gaps(&Pointer::default, &mut |pointer, gap| match gap {
            Gap::Unknown => self.unchecked.push(Place::body(pointer)),
            Gap::OnlyReturned { word, permitted } => {
                let (rule, words) = fields::not_one_of(&pointer, word, permitted);
                self.tell_of_value(rule, words, pointer.clone());
                at_fault.push(pointer);
            }
        });
        self.noted = self.findings.len();
        at_fault
    }

    /// Takes back what rules have said of a field by its presence alone, where the field is not there after all, or
    /// where its fault has been told already.
    pub(super) fn hush(&mut self, forgiven: Vec<Pointer>) {
        if forgiven.is_empty() {
            return;
        }
        let forgiven = Pointers::of(forgiven);
        let is_kept = |place: &Place| place.part != Part::Body || forgiven.times(&place.pointer) == 0;
        self.demands.retain_mut(|demand| {
            demand.places.retain(|place| is_kept(place));
            !demand.places.is_empty()
        });
        self.findings.keep(self.noted, is_kept);
    }

    /// Says of a missing object, or list of such, that the fields of the body belong into it.
    pub(super) fn belongs_into(&mut self, missing: Option<&'static str>) {
        let Some(object) = missing else { return };
        let place = Place::body(Pointer::new([Step::Name(object)]));
        if let Some(diagnostic) = self.findings.at_mut(&place) {
            let into = match object {
                "members" => "an object of the list ",
                _ => "",
            };
            diagnostic.help = Some(say!("put the fields of the body into {}`{}`", into, object).into());
        }
    }

    /// From here on, single values have no fault, and no object is empty.
    #[cfg(target_family = "wasm")]
    pub(super) fn trust_values(&mut self) {
        self.values_hold = true;
    }

    /// Judges the single values of an object.
    #[cfg(not(target_family = "wasm"))]
    #[inline]
    pub(super) fn object<'a>(&mut self, object: &impl Checked<'a>, at: &dyn Fn() -> Pointer) {
        object.breaches(&mut |name, breach| self.breach(at().then(name), breach));
    }

    /// Judges the single values of an object.
    #[cfg(target_family = "wasm")]
    #[inline(always)]
    pub(super) fn object(&mut self, object: &dyn Checked<'_>, at: &dyn Fn() -> Pointer) {
        if !self.values_hold {
            self.breaches(object, at);
        }
    }

    #[cfg(target_family = "wasm")]
    #[inline(never)]
    fn breaches(&mut self, object: &dyn Checked<'_>, at: &dyn Fn() -> Pointer) {
        breaches(object, |name, breach| self.breach(at().then(name), breach));
    }

    #[cold]
    fn breach(&mut self, pointer: Pointer, breach: Breach<'_>) {
        let (rule, words) = fields::breach(&pointer, breach);
        self.tell_of_value(rule, words, pointer);
    }

    /// Judges the elements of a list: none may be null, which one that is absent is written as.
    pub(super) fn elements<T>(&mut self, list: &Field<Vec<Field<T>>>, expected: &str, name: &'static str) {
        for (index, element) in list.set().into_iter().flatten().enumerate() {
            if element.is_null() || element.is_absent() {
                self.null(Pointer::new([name.into(), index.into()]), expected);
            }
        }
    }

    #[cold]
    fn null(&mut self, pointer: Pointer, expected: &str) {
        let message = say!("{} must be {}, but is null", fields::subject(&pointer), expected);
        self.tell_of_value(&fields::WRONG_TYPE, message.into(), pointer);
    }

    /// Judges an update object: it must update something. Where it has an unknown member, that is the one mistake.
    #[inline]
    pub(super) fn update<'a>(&mut self, object: &impl Checked<'a>, name: &'static str) {
        if !self.values_hold && is_empty(object) {
            self.empty_update(name);
        }
    }

    #[cold]
    fn empty_update(&mut self, object: &'static str) {
        let inside = |place: &Place| {
            place.part == Part::Body
                && matches!(place.pointer.steps(), [Step::Name(name), _, ..] if *name == object)
        };
        if !self.findings.diagnostics().any(|known| inside(&known.place)) {
            let help = "a client that drops zero values sends such a body for a value of 0 or false";
            let words = Words::from("the update updates nothing").help(help);
            self.tell_of_value(&fields::EMPTY_UPDATE, words, Pointer::new([Step::Name(object)]));
        }
    }

    /// Notes the members that are newer than the page.
    #[inline]
    pub(super) fn newer(&mut self, at: &dyn Fn() -> Pointer, members: &[(&'static str, bool)]) {
        if members.iter().any(|(_, there)| *there) {
            self.note_newer(at, members);
        }
    }

    #[cold]
    fn note_newer(&mut self, at: &dyn Fn() -> Pointer, members: &[(&'static str, bool)]) {
        for (name, _) in members.iter().filter(|(_, there)| *there) {
            let pointer = at().then(*name);
            let subject = fields::subject(&pointer);
            let message = say!("{} is newer than the documentation; an older site may refuse it", subject);
            let diagnostic = self.of_value(&fields::NEWER_FIELD, message.into(), pointer);
            self.findings.add(diagnostic, Note::ON_KEY);
        }
    }

    #[cfg_attr(target_family = "wasm", inline(never))]
    fn tell_of_value(&mut self, rule: &'static Rule, words: Words, pointer: Pointer) {
        let diagnostic = self.of_value(rule, words, pointer);
        self.findings.add(diagnostic, Note::PLAIN);
    }

    /// A diagnostic of a value of the body, which rests on the field's own row of its table.
    #[cfg_attr(target_family = "wasm", inline(never))]
    fn of_value(&self, rule: &'static Rule, words: Words, pointer: Pointer) -> Diagnostic {
        let source = self.operation.source(&pointer);
        let mut diagnostic = super::worded(rule, Place::body(pointer), words);
        diagnostic.source = Some(source);
        diagnostic
    }

    #[cold]
    #[inline(never)]
    fn try_out(&mut self, rule: &'static Rule, fails: bool, check: &dyn Fn(&Target<'_>) -> Option<Fault>) {
        match self.target.judge(rule.severity != Severity::Error, fails, check) {
            Outcome::Holds => {}
            Outcome::Fails(told) => tell(&mut self.findings, rule, self.operation, told.place, told.words),
            Outcome::Depends(..) if self.context().waives(rule.name) => {}
            Outcome::Depends(place, fails) => demand::add(
                &mut self.demands,
                Demand { rule: rule.name, places: smallvec![place], fails, standing: false },
            ),
        }
    }

    /// The report. Places are sought only now, if there is something to point at.
    pub(super) fn finish(&mut self, tree: Option<Tree<'_>>, text: &str) -> Report {
        let space = self.target.space();
        let resolution = demand::resolve(&mut self.demands, space);
        let (mut diagnostics, mut conflicts) = (Vec::new(), Vec::new());
        if !self.findings.is_empty() || !resolution.conflicts.is_empty() {
            let locator = Locator::new(tree, text, || self.pointers(&resolution.conflicts));
            for Clash { parties, group } in &resolution.conflicts {
                let start = |place: &Place| locator.nearest(place).map(|range| range.start);
                let told = conflict::tell(self.operation, &mut parties.of(&self.demands), space, &start);
                self.findings.add(told, Note::PLAIN);
                conflicts.push(Conflict::of(*group, &self.demands, space));
            }
            diagnostics = std::mem::take(&mut self.findings).located(&locator, text);
        }
        let mut report = Report {
            line: None,
            operation: Some(self.operation.name()),
            method: Cow::Borrowed(self.operation.method()),
            verdict: Verdict::Ready,
            diagnostics,
            requires: resolution.requirements,
            unchecked: std::mem::take(&mut self.unchecked),
            conflicts,
        };
        report.judge();
        report
    }

    /// What the report will point at in the body.
    fn pointers<'j>(&'j self, conflicts: &[Clash]) -> SmallVec<[&'j Pointer; 4]> {
        let mut pointers = smallvec![];
        let mut add = |place: &'j Place| {
            if place.part == Part::Body {
                pointers.push(&place.pointer);
            }
        };
        self.findings.each_place(&mut add);
        for demand in conflicts.iter().flat_map(|clash| clash.parties.of(&self.demands)) {
            demand.places.iter().for_each(&mut add);
        }
        pointers
    }
}

impl Judging for Judge<'_> {
    #[inline]
    fn run(
        &mut self,
        rule: &'static Rule,
        first: impl Fn(&Target<'_>) -> Option<Fault>,
        further: &dyn Fn(&Target<'_>) -> Option<Fault>,
    ) {
        if let Some(fails) = self.target.first_try(rule.severity != Severity::Error, first) {
            self.try_out(rule, fails, further);
        }
    }

    fn run_all(&mut self, rule: &'static Rule, check: impl Fn(&Target<'_>, &mut dyn FnMut(Fault))) {
        let Self { findings, target, operation, .. } = self;
        target.telling(|target| {
            check(target, &mut |fault| {
                if let Some(told) = target.told(fault) {
                    tell(findings, rule, *operation, told.place, told.words);
                }
            });
        });
    }
}

/// Adds what a named rule has found.
fn tell(findings: &mut Findings, rule: &'static Rule, operation: Operation, place: Place, words: Words) {
    let remedy = words.removable.then_some(Remedy::Remove);
    let source = rule.source(operation, &place);
    let mut diagnostic = super::worded(rule, place, words);
    diagnostic.source = source;
    findings.add(diagnostic, Note::of(remedy));
}

/// Adds another party at the same place.
fn add_related(diagnostic: &mut Diagnostic, message: &str, range: Range<usize>) {
    let (message, place) = (message.to_owned(), diagnostic.place.clone());
    diagnostic.related.push(Related { message, place, span: Some(Span::uncounted(range)) });
}
