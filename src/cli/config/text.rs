//! `elblint.toml` as it is written. Its JSON Schema comes from the same types.
//!
//! Says of each value where it stands; what the values mean is for `build`.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::{Deref, Range};

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::value::MapAccessDeserializer;
use serde::de::{self, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Serialize, Serializer};
use toml::Spanned;
use toml::value::Datetime;

use crate::api::Operation;
use crate::cli::args::FailOn;
use crate::policy::Date;

/// The configuration of elblint, which judges requests to the ELB API v3
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
#[schemars(title = "elblint.toml")]
pub(super) struct Text {
    /// Which files found in directories are checked: globs, relative to this file. All request files by default
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) include: Option<Vec<At<String>>>,
    /// Files and folders that are not checked: globs, relative to this file
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) exclude: Option<Vec<At<String>>>,
    /// The rules that are on: rules, groups, beginnings of names (`slow-start-*`), or `all`
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) select: Option<Vec<At<String>>>,
    /// The rules that are off; and, as tables, suppressions by path and pointer
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) ignore: Vec<At<IgnoreText>>,
    /// The least severity that makes the exit code 1
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) fail_on: Option<At<FailOn>>,
    /// The baseline: findings that were there before, relative to this file
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) baseline: Option<At<String>>,
    /// How grave rules are, by rule, group or beginning of names
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) severity: BTreeMap<At<String>, At<Level>>,
    /// Further values of fields with a closed list, by field: `"pool.lb_algorithm" = ["NEW"]`
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) extra_values: BTreeMap<At<String>, Vec<String>>,
    /// What is known of the target of every request
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) context: Option<At<ContextText>>,
    /// What holds for some files only; of several entries for a file the last decides
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) per_file: Vec<PerFileText>,
}

/// What holds for some files
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct PerFileText {
    /// The files: globs, relative to the configuration
    pub(super) files: Many<At<String>>,
    /// Rules that are off
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) ignore: Vec<At<String>>,
    /// How grave rules are
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) severity: BTreeMap<At<String>, At<Level>>,
    /// What is known of the target
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) context: Option<At<ContextText>>,
    /// The operation that bare bodies are for
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "operation")]
    pub(super) operation: Option<At<String>>,
}

fn operation(_: &mut SchemaGenerator) -> Schema {
    let names: Vec<&str> = Operation::ALL.iter().map(|operation| operation.name()).collect();
    schemars::json_schema!({ "type": "string", "enum": names, "description": "The operation that bare bodies are for" })
}

/// A rule that is off, or a suppression
#[derive(Debug, Serialize, JsonSchema)]
#[serde(untagged)]
pub(super) enum IgnoreText {
    /// A rule, a group, or the beginning of names
    Rule(String),
    /// A suppression
    Suppression(SuppressionText),
}

/// What is known and accepted, with the reason why
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SuppressionText {
    /// The files: globs, relative to the configuration. All files by default
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) path: Option<Many<At<String>>>,
    /// A JSON Pointer, with all below it; `*` stands for any one step. Everywhere by default
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) pointer: Option<At<String>>,
    /// What is suppressed: rules, groups, or beginnings of names
    pub(super) rule: Many<At<String>>,
    /// Why
    pub(super) reason: At<String>,
    /// The last day on which it holds
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) until: Option<Day>,
}

/// How grave a rule is
#[derive(Clone, Copy, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum Level {
    Error,
    Warning,
    Info,
    Off,
}

/// What is known of the target: a file with a response of the API's GET, several, or the objects themselves
#[derive(Debug, Serialize, JsonSchema)]
#[serde(untagged)]
pub(super) enum ContextText {
    /// A file, relative to the configuration
    File(String),
    /// Files, relative to the configuration
    Files(Vec<String>),
    /// `pool`, `loadbalancer`, `listeners` and so on, as the API's GET returns them
    Inline(serde_json::Map<String, serde_json::Value>),
}

/// One, or several.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(untagged)]
pub(super) enum Many<T> {
    One(T),
    Several(Vec<T>),
}

impl<T> Many<T> {
    pub(super) fn iter(&self) -> impl Iterator<Item = &T> {
        match self {
            Self::One(one) => std::slice::from_ref(one).iter(),
            Self::Several(several) => several.iter(),
        }
    }
}

/// A day, with or without quotes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Day(pub(super) Date);

/// A value, and where it stands.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct At<T>(Spanned<T>);

impl<T> At<T> {
    pub(super) fn span(&self) -> Range<usize> {
        self.0.span()
    }
}

impl<T> From<T> for At<T> {
    fn from(value: T) -> Self {
        Self(Spanned::new(0..0, value))
    }
}

impl<T> Deref for At<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.0.get_ref()
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for At<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Spanned::deserialize(deserializer).map(Self)
    }
}

impl<T: Serialize> Serialize for At<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.get_ref().serialize(serializer)
    }
}

impl<T: JsonSchema> JsonSchema for At<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        T::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl JsonSchema for Day {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Day".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        schemars::json_schema!({ "type": "string", "format": "date" })
    }
}

/// Implements `Deserialize` for what may be written in more than one way, without losing the places inside.
macro_rules! either {
    ($type:ty $(where $parameter:ident)?, $expected:literal, { $($methods:item)* }) => {
        impl<'de $(, $parameter: Deserialize<'de>)?> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Either<T>(std::marker::PhantomData<T>);
                impl<'de $(, $parameter: Deserialize<'de>)?> Visitor<'de> for Either<$type> {
                    type Value = $type;

                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str($expected)
                    }

                    $($methods)*
                }
                deserializer.deserialize_any(Either(std::marker::PhantomData))
            }
        }
    };
}

either!(IgnoreText, "a rule or a table", {
    fn visit_str<E: de::Error>(self, rule: &str) -> Result<Self::Value, E> {
        Ok(IgnoreText::Rule(rule.to_owned()))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        SuppressionText::deserialize(MapAccessDeserializer::new(map)).map(IgnoreText::Suppression)
    }
});

either!(ContextText, "a file, a list of files, or a table", {
    fn visit_str<E: de::Error>(self, file: &str) -> Result<Self::Value, E> {
        Ok(ContextText::File(file.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut files = Vec::new();
        while let Some(file) = list.next_element()? {
            files.push(file);
        }
        Ok(ContextText::Files(files))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        Deserialize::deserialize(MapAccessDeserializer::new(map)).map(ContextText::Inline)
    }
});

either!(Day, "a date", {
    fn visit_str<E: de::Error>(self, date: &str) -> Result<Self::Value, E> {
        day(date.parse().map_err(|_| E::custom(NO_DAY))?).ok_or_else(|| E::custom(NO_DAY))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        let date = Datetime::deserialize(MapAccessDeserializer::new(map))?;
        day(date).ok_or_else(|| de::Error::custom(NO_DAY))
    }
});

const NO_DAY: &str = "this is not a date, as 2026-12-31 is";

fn day(date: Datetime) -> Option<Day> {
    let toml::value::Date { year, month, day } = date.date?;
    Some(Day(Date { year, month, day }))
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Many<At<T>> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // The place of the whole, which is that of the value if there is but one.
        let whole: Spanned<OneOrList<T>> = Spanned::deserialize(deserializer)?;
        let span = whole.span();
        Ok(match whole.into_inner() {
            OneOrList::One(one) => Self::One(At(Spanned::new(span, one))),
            OneOrList::List(list) => Self::Several(list),
        })
    }
}

enum OneOrList<T> {
    One(T),
    List(Vec<At<T>>),
}

either!(OneOrList<T> where T, "a string or a list of strings", {
    fn visit_str<E: de::Error>(self, one: &str) -> Result<Self::Value, E> {
        T::deserialize(one.into_deserializer()).map(OneOrList::One)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut several = Vec::new();
        while let Some(one) = list.next_element()? {
            several.push(one);
        }
        Ok(OneOrList::List(several))
    }
});
