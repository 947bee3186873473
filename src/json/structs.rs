//! The members of one object, as the fields of a struct: what is known of the names there and not there.
//!
//! A name is judged here and nowhere else. Names that are not known are told of and passed over.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::de::value::CowStrDeserializer;
use serde::de::{DeserializeSeed, IntoDeserializer, MapAccess};
use smallvec::{SmallVec, smallvec};

use super::fill::{FaultKind, Notes};
use super::near::{near, shortened};
use super::placeholder::is_placeholder;
use super::tree::{Child, Kind, Member, Node, Tree};
use super::values::{Refused, Unknown, Value};
use crate::diagnostic::Step;

pub(super) struct Fields<'s, 't, 'a> {
    notes: &'s mut Notes<'t, 'a>,
    members: &'t [Child],
    /// The names of the struct; none for a map, which takes any.
    known: Option<&'static [&'static str]>,
    /// For each known name, what is known of its field.
    fields: SmallVec<[Presence; 20]>,
    /// For each member, which of the known names it has.
    names: SmallVec<[Option<u16>; 20]>,
    /// For each other name, the member that counts.
    others: BTreeMap<Cow<'a, str>, usize>,
    index: usize,
    /// How many fields need not be looked at for unknown ones.
    passed: usize,
    /// The value of the name that was given out last; none for a field that is not there.
    next: Option<(Step, Node)>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Presence {
    Absent,
    /// It is not there, but what was meant for it may be.
    Unknown,
    /// It is there, as the member at this place.
    At(u32),
}

impl<'s, 't, 'a> Fields<'s, 't, 'a> {
    pub(super) fn new(
        notes: &'s mut Notes<'t, 'a>,
        object: Node,
        known: Option<&'static [&'static str]>,
    ) -> Self {
        let tree = notes.tree;
        let known_names = known.unwrap_or_default();
        let all = tree.object(object);
        let members = notes.own(known_names, all);
        let open = tree.is_open(object) || members.len() < all.len();
        let absent = if open { Presence::Unknown } else { Presence::Absent };
        let mut fields: SmallVec<[Presence; 20]> = smallvec![absent; known_names.len()];
        let mut names: SmallVec<[Option<u16>; 20]> = smallvec![None; members.len()];
        let mut others = BTreeMap::new();
        let slots = fields.as_mut_slice();
        for (index, (member, name)) in (0_u32..).zip(members.iter().zip(names.as_mut_slice())) {
            match position(tree, known_names, member) {
                Some(position) => {
                    *name = u16::try_from(position).ok();
                    if let Some(field) = slots.get_mut(position) {
                        *field = Presence::At(index);
                    }
                }
                None => other(&mut others, tree, member, index as usize),
            }
        }
        if let Some(outer) = &mut notes.outer {
            outer.push(known_names);
        }
        let passed = if absent == Presence::Unknown { 0 } else { fields.len() };
        Self { notes, members, known, fields, names, others, index: 0, passed, next: None }
    }

    /// Tells of a name the struct does not have, and makes what it may have been meant for unknown.
    fn unknown(&mut self, known: &'static [&'static str], member: &Member<'a>) {
        let step = Step::Other(Box::from(&*member.key));
        if is_placeholder(&member.key) {
            self.notes.at.push(step);
            self.notes.unchecked();
            self.notes.at.pop();
            return self.forgive_all();
        }
        let absent = known.iter().zip(&self.fields).filter(|(_, field)| !matches!(field, Presence::At(_)));
        let absent = absent.map(|(name, _)| *name);
        let near = near(&member.key, absent.clone()).or_else(|| shortened(&member.key, absent));
        let wrapper = near.is_none() && wraps(self.notes.tree, member.value, known);
        if wrapper {
            self.forgive_all();
        }
        if let Some(field) = near.and_then(|near| known.iter().position(|name| *name == near)) {
            self.forgive(field);
        }
        let kind = FaultKind::UnknownField { name: member.key.to_string(), near, known, wrapper };
        self.notes.fault_at(step, member.key_range.clone(), kind);
    }

    fn forgive(&mut self, field: usize) {
        if let Some(field) = self.fields.get_mut(field)
            && *field == Presence::Absent
        {
            *field = Presence::Unknown;
            self.passed = 0;
        }
    }

    fn forgive_all(&mut self) {
        for field in 0..self.fields.len() {
            self.forgive(field);
        }
    }

    /// Tells of a member that another of the same name follows.
    #[cold]
    fn overridden(&mut self, step: Step, member: &Child, last: usize) {
        let tree = self.notes.tree;
        let last = self.members.get(last).map(|last| tree.named(last).key_range).unwrap_or_default();
        self.notes.fault_at(step, tree.named(member).key_range, FaultKind::DuplicateKey { last });
    }

    /// Whether a member whose name the struct does not have, or of a map, is to be given out, and by what name.
    #[cold]
    fn other(&mut self, index: usize, child: &Child) -> Option<Cow<'a, str>> {
        let member = self.notes.tree.named(child);
        let last = self.others.get(&member.key).copied().unwrap_or(index);
        if last != index {
            self.overridden(Step::Other(Box::from(&*member.key)), child, last);
            return None;
        }
        match self.known {
            Some(known) => {
                self.unknown(known, &member);
                None
            }
            None => Some(member.key),
        }
    }
}

impl<'a> Fields<'_, '_, 'a> {
    /// The next name to give out. Apart from what is made anew for each struct, so that it is made once.
    #[inline(never)]
    fn next_name(&mut self) -> Option<Cow<'a, str>> {
        while let Some(member) = self.members.get(self.index) {
            let index = self.index;
            self.index += 1;
            let field = self.names.get(index).copied().flatten().map(usize::from);
            let name = field.and_then(|field| self.known?.get(field)).copied();
            if let (Some(field), Some(name)) = (field, name) {
                match self.fields.get(field) {
                    Some(Presence::At(last)) if *last as usize != index => {
                        self.overridden(Step::Name(name), member, *last as usize);
                    }
                    _ => {
                        self.next = Some((Step::Name(name), member.value));
                        return Some(Cow::Borrowed(name));
                    }
                }
            } else if let Some(name) = self.other(index, member) {
                self.next = Some((Step::Other(Box::from(&*name)), member.value));
                return Some(name);
            }
        }
        while let Some(field) = self.fields.get(self.passed) {
            let name = self.known.and_then(|known| known.get(self.passed)).copied();
            self.passed += 1;
            if let (Presence::Unknown, Some(name)) = (field, name) {
                self.next = None;
                self.notes.forgiven.push(self.notes.at.then(Step::Name(name)));
                return Some(Cow::Borrowed(name));
            }
        }
        None
    }
}

impl<'a> MapAccess<'a> for Fields<'_, '_, 'a> {
    type Error = Refused;

    fn next_key_seed<K: DeserializeSeed<'a>>(&mut self, seed: K) -> Result<Option<K::Value>, Refused> {
        let Some(name) = self.next_name() else { return Ok(None) };
        let key: CowStrDeserializer<'_, Refused> = name.into_deserializer();
        seed.deserialize(key).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'a>>(&mut self, seed: V) -> Result<V::Value, Refused> {
        let Some((step, node)) = self.next.take() else { return seed.deserialize(Unknown) };
        self.notes.at.push(step);
        let value = seed.deserialize(Value { notes: &mut *self.notes, node });
        self.notes.at.pop();
        value
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

#[cold]
fn other<'a>(others: &mut BTreeMap<Cow<'a, str>, usize>, tree: &Tree<'a>, member: &Child, index: usize) {
    others.insert(tree.named(member).key, index);
}

/// Which of the known names, none of which has a backslash, a member has.
fn position(tree: &Tree<'_>, known: &[&str], member: &Child) -> Option<usize> {
    let quoted = tree.quoted_name(member).unwrap_or_default();
    known
        .iter()
        .position(|name| name.as_bytes() == quoted)
        .or_else(|| if known.is_empty() { None } else { position_of_other(tree, known, member) })
}

#[cold]
fn position_of_other(tree: &Tree<'_>, known: &[&str], member: &Child) -> Option<usize> {
    let name = tree.named(member).key;
    known.iter().position(|known| *known == name)
}

/// Whether a value is an object, or a list that begins with one, with members that belong outside of it.
fn wraps(tree: &Tree<'_>, value: Node, known: &[&str]) -> bool {
    let object = if tree.kind(value) == Kind::Array { tree.element(value, 0) } else { Some(value) };
    object.is_some_and(|object| tree.members(object).any(|member| known.contains(&&*member.key)))
}
