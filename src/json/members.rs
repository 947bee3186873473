//! The members of one object, as the fields of a model: what is known of the names there and not there.
//!
//! A name is judged here and nowhere else. Names that are not known are told of and passed over.

use std::borrow::Cow;

use crate::lists::{SmallVec, smallvec};

use super::fill::{FaultKind, Notes};
use super::model::Shape;
use super::near::meant;
use super::placeholder::is_placeholder;
use super::tree::{Child, Kind, Member, Node, Tree};
use crate::diagnostic::Step;
use crate::search;

pub(super) struct Members<'t, 'a> {
    tree: &'t Tree<'a>,
    members: &'t [Child],
    known: &'static [&'static str],
    /// Whether there may be members with other names.
    open: bool,
    /// For each known name, what is known of its field.
    fields: SmallVec<[Presence; 20]>,
    /// For each member, which of the known names it has.
    names: SmallVec<[Option<u16>; 20]>,
    /// The members with other names, in the order of these.
    others: Vec<(Cow<'a, str>, usize)>,
    index: usize,
    /// How many fields have been looked at for unknown ones.
    passed: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Presence {
    Absent,
    /// It is not there, but what was meant for it may be.
    Unknown,
    /// It is there, as the member at this place.
    At(u32),
}

impl<'t, 'a> Members<'t, 'a> {
    pub(super) fn new(notes: &mut Notes<'t, 'a>, object: Node, shape: &'static Shape) -> Self {
        let Shape { names: known, open, .. } = *shape;
        let tree = notes.tree;
        let all = tree.object(object);
        let members = notes.own(known, all);
        if let Some(outer) = &mut notes.outer {
            outer.push(known);
        }
        let cut_off = tree.is_open(object) || members.len() < all.len();
        let absent = if cut_off { Presence::Unknown } else { Presence::Absent };
        let mut fields: SmallVec<[Presence; 20]> = smallvec![absent; known.len()];
        let mut names: SmallVec<[Option<u16>; 20]> = smallvec![None; members.len()];
        let mut others = Vec::new();
        for (index, (member, name)) in (0_u32..).zip(members.iter().zip(names.as_mut_slice())) {
            match position(tree, known, member) {
                Some(position) => {
                    *name = u16::try_from(position).ok();
                    if let Some(field) = fields.get_mut(position) {
                        *field = Presence::At(index);
                    }
                }
                None => others.push((tree.named(member).key, index as usize)),
            }
        }
        others.sort_unstable();
        Self { tree, members, known, open, fields, names, others, index: 0, passed: 0 }
    }

    /// The number of the next field to fill, and with which value; without one where it is not known.
    pub(super) fn next(&mut self, notes: &mut Notes<'_, 'a>) -> Option<(usize, Option<(Step, Node)>)> {
        while let Some(member) = self.members.get(self.index) {
            let index = self.index;
            self.index += 1;
            let Some(number) = self.names.get(index).copied().flatten().map(usize::from) else {
                self.other(notes, index, member);
                continue;
            };
            let Some(name) = self.known.get(number) else { continue };
            match self.fields.get(number) {
                Some(Presence::At(last)) if *last as usize != index => {
                    self.overridden(notes, Step::Name(name), member, *last as usize);
                }
                _ => return Some((number, Some((Step::Name(name), member.value)))),
            }
        }
        while let Some(field) = self.fields.get(self.passed) {
            self.passed += 1;
            if *field == Presence::Unknown {
                if let Some(name) = self.known.get(self.passed - 1) {
                    notes.forgiven.push(notes.at.then(Step::Name(name)));
                }
                return Some((self.passed - 1, None));
            }
        }
        None
    }

    /// Tells of a member whose name the model does not have.
    #[cold]
    fn other(&mut self, notes: &mut Notes<'_, 'a>, index: usize, child: &Child) {
        let member = self.tree.named(child);
        let after = self.others.partition_point(|(name, _)| *name <= member.key);
        let last =
            after.checked_sub(1).and_then(|last| self.others.get(last)).map_or(index, |(_, last)| *last);
        if last == index {
            if !self.open {
                self.unknown(notes, &member);
            }
        } else {
            self.overridden(notes, Step::Other(Box::from(&*member.key)), child, last);
        }
    }

    /// Tells of a name the model does not have, and makes what it may have been meant for unknown.
    fn unknown(&mut self, notes: &mut Notes<'_, 'a>, member: &Member<'a>) {
        let step = Step::Other(Box::from(&*member.key));
        if is_placeholder(&member.key) {
            notes.at.push(step);
            notes.unchecked();
            notes.at.pop();
            return self.forgive_all();
        }
        let known = self.known;
        let mut absent = Vec::with_capacity(known.len());
        for (name, field) in known.iter().zip(&self.fields) {
            if !matches!(field, Presence::At(_)) {
                absent.push(*name);
            }
        }
        let near = meant(&member.key, known, &absent);
        // Beside members that are where they belong, it is a mere object.
        let wrapper = near.is_none()
            && absent.len() == known.len()
            && may_wrap(notes.at.steps(), &member.key)
            && wraps(self.tree, member.value, known);
        if wrapper {
            self.forgive_all();
        }
        if let Some(field) = near.and_then(|near| search::position(known, near.as_bytes())) {
            self.forgive(field);
        }
        let kind = FaultKind::UnknownField { name: member.key.to_string(), near, known, wrapper };
        notes.fault_at(step, member.key_range.clone(), kind);
    }

    fn forgive(&mut self, field: usize) {
        if let Some(field) = self.fields.get_mut(field)
            && *field == Presence::Absent
        {
            *field = Presence::Unknown;
        }
    }

    fn forgive_all(&mut self) {
        for field in 0..self.fields.len() {
            self.forgive(field);
        }
    }

    /// Tells of a member that another of the same name follows.
    #[cold]
    fn overridden(&self, notes: &mut Notes<'_, 'a>, step: Step, member: &Child, last: usize) {
        let last = self.members.get(last).map(|last| self.tree.named(last).key_range).unwrap_or_default();
        let range = self.tree.named(member).key_range;
        notes.fault_at(step, range, FaultKind::DuplicateKey { last });
    }
}

impl<'t> Notes<'t, '_> {
    /// The members of an object, up to the first that belongs to an object around it.
    fn own(&self, known: &[&str], members: &'t [Child]) -> &'t [Child] {
        let Some(outer) = &self.outer else { return members };
        let elsewhere = |member: &Child| {
            let name = self.tree.named(member).key;
            !known.contains(&&*name) && outer.iter().any(|known| known.contains(&&*name))
        };
        let end = members.iter().position(elsewhere).unwrap_or(members.len());
        members.get(..end).unwrap_or(members)
    }
}

/// Which of the known names, none of which has a backslash, a member has.
fn position(tree: &Tree<'_>, known: &[&str], member: &Child) -> Option<usize> {
    let quoted = tree.quoted_name(member).unwrap_or_default();
    search::position(known, quoted)
        .or_else(|| if known.is_empty() { None } else { position_of_other(tree, known, member) })
}

#[cold]
fn position_of_other(tree: &Tree<'_>, known: &[&str], member: &Child) -> Option<usize> {
    search::position(known, tree.named(member).key.as_bytes())
}

/// Whether a member of this name may be around what should stand in its place: at the root any, further in only one named
/// as what it is in. Others share some names with it by chance.
fn may_wrap(at: &[Step], name: &str) -> bool {
    let around = at.iter().rev().find_map(|step| match step {
        Step::Name(around) => Some(around),
        _ => None,
    });
    around.is_none_or(|around| around.starts_with(name))
}

/// Whether a value is an object, or a list that begins with one, with members that belong outside of it.
fn wraps(tree: &Tree<'_>, value: Node, known: &[&str]) -> bool {
    let object = if tree.kind(value) == Kind::Array { tree.element(value, 0) } else { Some(value) };
    object.is_some_and(|object| tree.members(object).any(|member| known.contains(&&*member.key)))
}
