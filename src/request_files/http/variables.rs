//! `@name = value`, and `{{name}}` where it is used.
//!
//! What no definition is known for stays as it is written: the core knows a placeholder when it sees one.

use std::collections::HashMap;
use std::ops::Range;

use super::super::source_map::Derived;
use super::parse::Definition;

/// How many uses one use may lead to, and how long its value may become. Beyond that it stays a placeholder, so
/// that variables made of each other cannot grow without bound.
const MOST_USES: usize = 1000;
const LONGEST: usize = 1 << 20;

/// The longest name that is looked for.
const LONGEST_NAME: usize = 256;

/// The variables of a file.
pub(super) struct Variables<'t> {
    text: &'t str,
    /// For each name where it is defined, ascending, and the value.
    definitions: HashMap<&'t str, Vec<(usize, &'t str)>>,
}

impl<'t> Variables<'t> {
    pub(super) fn new(text: &'t str, definitions: &[Definition]) -> Self {
        let slice = |range: &Range<usize>| text.get(range.clone()).unwrap_or_default();
        let mut by_name: HashMap<&str, Vec<_>> = HashMap::new();
        for Definition { name, value } in definitions {
            by_name.entry(slice(name)).or_default().push((name.start, slice(value)));
        }
        Self { text, definitions: by_name }
    }

    /// Stretches of the file with the variables replaced that hold for the request at `at`.
    pub(super) fn expand(&self, ranges: &[Range<usize>], at: usize) -> Derived<'t> {
        let mut derived = Derived::default();
        for range in ranges {
            self.expand_into(&mut derived, self.text, range.clone(), at);
        }
        derived
    }

    /// The text of another file, with the same variables.
    pub(super) fn expand_other<'o>(&self, text: &'o str, at: usize) -> Derived<'o> {
        let mut derived = Derived::default();
        self.expand_into(&mut derived, text, 0..text.len(), at);
        derived
    }

    fn expand_into<'o>(&self, derived: &mut Derived<'o>, text: &'o str, range: Range<usize>, at: usize) {
        let mut done = range.start;
        if !self.definitions.is_empty() {
            let piece = text.get(range.clone()).unwrap_or_default();
            let mut from = 0;
            while let Some((start, end, name)) = next_use(piece, from) {
                let mut value = String::new();
                if self.write_value(name, at, &mut value, &mut Budget::default()).is_some() {
                    derived.push_verbatim(text, done..range.start + start);
                    derived.push_replaced(&value, range.start + start..range.start + end);
                    done = range.start + end;
                    from = end;
                } else {
                    from = start + 1;
                }
            }
        }
        derived.push_verbatim(text, done..range.end);
    }

    /// The value of a variable, with the variables in it replaced; none if it has no definition, or is made of
    /// itself.
    fn write_value(&self, name: &str, at: usize, out: &mut String, budget: &mut Budget<'t>) -> Option<()> {
        let definitions = self.definitions.get(name)?;
        let before = definitions.partition_point(|(defined, _)| *defined < at);
        let (_, value) = definitions.get(before.saturating_sub(1))?;
        let (key, _) = self.definitions.get_key_value(name)?;
        budget.enter(key, out.len())?;
        let mut done = 0;
        let mut from = 0;
        while let Some((start, end, inner)) = next_use(value, from) {
            if self.definitions.contains_key(inner) {
                out.push_str(value.get(done..start)?);
                self.write_value(inner, at, out, budget)?;
                done = end;
                from = end;
            } else {
                from = start + 1;
            }
        }
        out.push_str(value.get(done..)?);
        budget.within.pop();
        Some(())
    }
}

/// What keeps one use of a variable from leading to too much.
#[derive(Default)]
struct Budget<'t> {
    /// The variables whose values are being written.
    within: Vec<&'t str>,
    uses: usize,
}

impl<'t> Budget<'t> {
    fn enter(&mut self, name: &'t str, length: usize) -> Option<()> {
        self.uses += 1;
        // The stack of calls is as deep as this list is long.
        let fits = self.uses <= MOST_USES && length <= LONGEST && self.within.len() < 32;
        if !fits || self.within.contains(&name) {
            return None;
        }
        self.within.push(name);
        Some(())
    }
}

/// The next `{{name}}` at or after an offset: where it begins and ends, and the name.
fn next_use(text: &str, from: usize) -> Option<(usize, usize, &str)> {
    let bytes = text.as_bytes();
    let mut at = from;
    loop {
        at += crate::search::memmem::find(bytes.get(at..)?, b"{{")?;
        let rest = bytes.get(at + 2..)?;
        let near = rest.get(..LONGEST_NAME).unwrap_or(rest);
        let close = crate::search::memmem::find(near, b"}}");
        // In `{{{name}}` the inner braces are the pair.
        if let Some(close) = close.filter(|_| rest.first() != Some(&b'{')) {
            let name = text.get(at + 2..at + 2 + close)?.trim();
            return Some((at, at + close + 4, name));
        }
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse::parse;
    use super::*;

    fn expand(definitions: &str, used: &str) -> String {
        let text = format!("{definitions}\nGET {used}\n@late = 1\n");
        let file = parse(&text, 0);
        let variables = Variables::new(&text, &file.definitions);
        let request = &file.requests[0];
        variables.expand(&request.target, request.line.start).text().to_owned()
    }

    #[test]
    fn variables_are_replaced() {
        assert_eq!(expand("@a = 1\n@b={{a}}{{ a }}", "/{{b}}/{{ b }}/{{c}}"), "/11/11/{{c}}");
        assert_eq!(expand("@a = 1\n@a = 2", "{{a}}"), "2", "the last one before the request");
        assert_eq!(expand("", "{{late}}"), "1");
        assert_eq!(expand("@a =", "x{{a}}y"), "xy");
        assert_eq!(expand("@a = 1", "{{{a}}}"), "{1}");
        assert_eq!(expand("@a = {{b}}", "{{a}}"), "{{b}}", "its own placeholder is what is left");
    }

    #[test]
    fn variables_made_of_themselves_stay() {
        assert_eq!(expand("@a = {{b}}\n@b = {{a}}", "{{a}}"), "{{a}}");
        assert_eq!(expand("@a = {{a}}", "{{a}}"), "{{a}}");
        let doubling: String =
            (1..60).map(|n| format!("@v{n} = {{{{v{}}}}}{{{{v{}}}}}\n", n - 1, n - 1)).collect();
        assert_eq!(expand(&format!("@v0 = x\n{doubling}"), "{{v59}}"), "{{v59}}");
    }
}
