//! JSON in the making: keeps the order of members and may have a member twice, as a text can.

use std::fmt::Write;

#[derive(Clone)]
pub(crate) enum Json {
    /// A number, boolean, null or string, as it is written.
    Plain(String),
    List(Vec<Json>),
    Object(Vec<(&'static str, Json)>),
}

impl From<&str> for Json {
    fn from(text: &str) -> Self {
        Self::Plain(format!("{text:?}"))
    }
}

impl From<String> for Json {
    fn from(text: String) -> Self {
        text.as_str().into()
    }
}

impl From<u64> for Json {
    fn from(number: u64) -> Self {
        Self::Plain(number.to_string())
    }
}

impl From<bool> for Json {
    fn from(flag: bool) -> Self {
        Self::Plain(flag.to_string())
    }
}

impl Json {
    pub(crate) fn null() -> Self {
        Self::Plain("null".to_owned())
    }

    /// Sets a member, whether it is there or not.
    pub(crate) fn set(&mut self, name: &'static str, value: impl Into<Json>) {
        let Self::Object(members) = self else { return };
        let value = value.into();
        match members.iter_mut().find(|(known, _)| *known == name) {
            Some((_, old)) => *old = value,
            None => members.push((name, value)),
        }
    }

    /// Adds a member, even if it is there.
    pub(crate) fn add(&mut self, name: &'static str, value: impl Into<Json>) {
        if let Self::Object(members) = self {
            members.push((name, value.into()));
        }
    }

    pub(crate) fn remove(&mut self, name: &str) {
        if let Self::Object(members) = self {
            members.retain(|(known, _)| *known != name);
        }
    }

    pub(crate) fn member(&mut self, name: &str) -> Option<&mut Json> {
        let Self::Object(members) = self else { return None };
        members.iter_mut().find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    pub(crate) fn elements(&mut self) -> &mut [Json] {
        if let Self::List(elements) = self { elements } else { &mut [] }
    }

    pub(crate) fn text(&self, pretty: bool) -> String {
        let mut text = String::new();
        self.write(&mut text, pretty.then_some(0));
        text
    }

    fn write(&self, text: &mut String, depth: Option<usize>) {
        let deeper = depth.map(|depth| depth + 1);
        let mut first = true;
        let mut next = |text: &mut String| {
            if !std::mem::take(&mut first) {
                text.push(',');
            }
            line(text, deeper);
        };
        match self {
            Self::Plain(plain) => text.push_str(plain),
            Self::List(elements) => {
                text.push('[');
                for element in elements {
                    next(text);
                    element.write(text, deeper);
                }
                line(text, depth);
                text.push(']');
            }
            Self::Object(members) => {
                text.push('{');
                for (name, value) in members {
                    next(text);
                    let colon = if depth.is_some() { ": " } else { ":" };
                    // Writing to a string cannot fail.
                    let _ = write!(text, "\"{name}\"{colon}");
                    value.write(text, deeper);
                }
                line(text, depth);
                text.push('}');
            }
        }
    }
}

fn line(text: &mut String, depth: Option<usize>) {
    if let Some(depth) = depth {
        text.push('\n');
        text.extend(std::iter::repeat_n("  ", depth));
    }
}
