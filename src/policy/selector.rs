//! Names of rules as users write them: a rule, a group, the beginning of names, or all.

use crate::json::near;
use crate::rules::{Group, RULES, Rule};

/// What a user names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Selector {
    /// `all`
    All,
    /// `suspicious`
    Group(Group),
    /// `slow-start-*`, without the asterisk.
    Prefix(Box<str>),
    /// `slow-start-on-layer-4`
    Rule(&'static str),
}

/// Nothing has this name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no rule or group `{name}`")]
pub struct UnknownRule {
    /// The name.
    pub name: String,
    /// The one that was surely meant.
    pub near: Option<&'static str>,
}

impl Selector {
    /// Reads a name.
    ///
    /// # Errors
    /// Where it is neither a rule, nor a group, nor the beginning of any.
    pub fn parse(name: &str) -> Result<Self, UnknownRule> {
        if name == "all" || name == "*" {
            return Ok(Self::All);
        }
        if let Some(prefix) = name.strip_suffix('*')
            && RULES.iter().any(|rule| rule.name.starts_with(prefix))
        {
            return Ok(Self::Prefix(prefix.into()));
        }
        if let Some(group) = Group::ALL.iter().find(|group| group.name() == name) {
            return Ok(Self::Group(*group));
        }
        if let Some(rule) = crate::rules::by_name(name) {
            return Ok(Self::Rule(rule.name));
        }
        let known = RULES.iter().map(|rule| rule.name).chain(Group::ALL.iter().map(|group| group.name()));
        Err(UnknownRule { name: name.to_owned(), near: near(name, known) })
    }

    /// Whether it names this rule.
    pub fn names(&self, rule: &Rule) -> bool {
        match self {
            Self::All => true,
            Self::Group(group) => rule.group == *group,
            Self::Prefix(prefix) => rule.name.starts_with(&**prefix),
            Self::Rule(name) => rule.name == *name,
        }
    }

    /// How closely it names its rules; the closer name decides.
    pub(super) fn closeness(&self) -> usize {
        match self {
            Self::All => 0,
            Self::Group(_) => 1,
            Self::Prefix(prefix) => 2 + prefix.len(),
            Self::Rule(_) => usize::MAX,
        }
    }
}

/// How closely a rule is named by any of these; none if it is not.
pub(super) fn closest(selectors: &[Selector], rule: &Rule) -> Option<usize> {
    selectors.iter().filter(|selector| selector.names(rule)).map(Selector::closeness).max()
}
