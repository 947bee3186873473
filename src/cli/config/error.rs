//! What is wrong with a configuration, and where.

use std::ops::Range;

use super::text::At;

/// Something wrong, and where in the text.
#[derive(Debug, Default)]
pub(super) struct ConfigError {
    pub(super) range: Range<usize>,
    pub(super) message: String,
    pub(super) help: Option<String>,
}

impl ConfigError {
    pub(super) fn new<T>(at: &At<T>, message: impl Into<String>) -> Self {
        Self { range: at.span(), message: message.into(), help: None }
    }

    pub(super) fn help(mut self, help: Option<String>) -> Self {
        self.help = help;
        self
    }

    /// What serde says of a text. It names the known words; the one that was surely meant is asked about.
    pub(super) fn of(error: &toml::de::Error, text: &str) -> Self {
        let message = error.message();
        let range = error.span().unwrap_or_default();
        let unknown = ["unknown field `", "unknown variant `"].iter().find_map(|start| {
            let (name, known) = message.strip_prefix(start)?.split_once('`')?;
            let known: Vec<&str> = known.split('`').skip(1).step_by(2).collect();
            Some((name, known, start.contains("field")))
        });
        let Some((name, known, is_field)) = unknown else {
            if let Some(name) = message.strip_prefix("missing field ") {
                return Self { range, message: format!("the key {name} is missing"), help: None };
            }
            if message.contains("duplicate key") {
                let key = text.get(range.clone()).unwrap_or_default().trim();
                let help = match key {
                    "ignore" => {
                        "`ignore = […]` and `[[ignore]]` are one list: turn rules off in [severity] instead"
                    }
                    _ => "remove one of them",
                };
                let message = format!("duplicate key `{key}`");
                return Self { range, message, help: Some(help.to_owned()) };
            }
            let (message, help) = plainly(message, text.get(range.clone()).unwrap_or_default());
            return Self { range, message, help };
        };
        let message =
            if is_field { format!("unknown key `{name}`") } else { format!("unknown value `{name}`") };
        let help = match crate::json::near(name, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("known are {}", known.join(", ")),
        };
        Self { range, message, help: Some(help) }
    }
}

/// What serde says of a value of another type, in words of TOML, and how the value is written instead.
fn plainly(message: &str, value: &str) -> (String, Option<String>) {
    if message == "wanted string or table" {
        return ("this must be a string".to_owned(), None);
    }
    let types = message.strip_prefix("invalid type: ").and_then(|rest| rest.rsplit_once(", expected "));
    let Some((found, wanted)) = types else { return (message.to_owned(), None) };
    let found = match found.split(' ').next() {
        Some("string") => "a string",
        Some("integer" | "floating") => "a number",
        Some("boolean") => "a boolean",
        Some("sequence") => "a list",
        // serde hands a date over as a table.
        _ if value.starts_with(|first: char| first.is_ascii_digit()) => "a date",
        _ => "a table",
    };
    let wanted = match wanted {
        "a sequence" => "a list",
        "a map" => "a table",
        other => other,
    };
    let help = match (found, wanted) {
        ("a string", "a list") if !value.contains('\n') => Some(format!("write `[{value}]`")),
        ("a table", "a list") if value.starts_with('[') => Some(format!("write `[{value}]`")),
        _ => None,
    };
    (format!("this must be {wanted}, but is {found}"), help)
}
