//! `@name = value`, and `{{name}}` where it is used.
//!
//! What no definition is known for stays as it is written: the core knows a placeholder when it sees one.

use std::ops::Range;

use super::super::locate::Lines;
use super::super::source_map::Derived;
use super::parse::Definition;
use crate::search::memmem;

/// How many uses one use may lead to, and how long its value may become. Beyond that it stays a placeholder, so
/// that variables made of each other cannot grow without bound.
const MOST_USES: usize = 1000;
const LONGEST: usize = 1 << 20;

/// How many variables may be made of each other.
const MOST_WITHIN: usize = 32;

/// The longest name that is looked for.
const LONGEST_NAME: usize = 256;

/// The variables of a file.
pub(super) struct Variables<'t> {
    /// Names, where they are defined, and the values there, in this order.
    definitions: Vec<(&'t str, usize, &'t str)>,
}

impl<'t> Variables<'t> {
    pub(super) fn new(lines: &Lines<'t>, definitions: &[Definition]) -> Self {
        let mut sorted = Vec::with_capacity(definitions.len());
        for Definition { name, value } in definitions {
            sorted.push((lines.slice(name), name.start, lines.slice(value)));
        }
        sorted.sort_unstable();
        Self { definitions: sorted }
    }

    /// Stretches of a text with the variables replaced that hold for the request at `at`.
    pub(super) fn expand<'o>(&self, text: &'o str, ranges: &[Range<usize>], at: usize) -> Derived<'o> {
        let mut derived = Derived::default();
        for range in ranges {
            self.expand_into(&mut derived, text, range.clone(), at);
        }
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

    /// The name of a variable, where it is defined, and its value as the file has them: the last one before the
    /// request, else the first.
    fn definition(&self, name: &str, at: usize) -> Option<(&'t str, usize, &'t str)> {
        let after = self.definitions.partition_point(|own| *own < (name, at, ""));
        let named = |place: usize| self.definitions.get(place).filter(|(own, ..)| *own == name);
        after.checked_sub(1).and_then(named).or_else(|| named(after)).copied()
    }

    /// The variable of the file that a text takes its value from: its name, and where it is defined.
    pub(super) fn origin(&self, text: &str, at: usize) -> Option<(&'t str, usize)> {
        let (mut text, mut found) = (text, None);
        for _ in 0..MOST_WITHIN {
            let mut from = 0;
            let next = loop {
                let Some((start, _, name)) = next_use(text, from) else { return found };
                match self.definition(name, at) {
                    Some(next) => break next,
                    None => from = start + 1,
                }
            };
            found = Some((next.0, next.1));
            text = next.2;
        }
        found
    }

    /// The value of a variable, with the variables in it replaced; none if it has no definition, or is made of
    /// itself.
    fn write_value(&self, name: &str, at: usize, out: &mut String, budget: &mut Budget<'t>) -> Option<()> {
        let (name, _, value) = self.definition(name, at)?;
        budget.enter(name, out.len())?;
        let mut done = 0;
        let mut from = 0;
        while let Some((start, end, inner)) = next_use(value, from) {
            from = start + 1;
            if self.definition(inner, at).is_some() {
                out.push_str(value.get(done..start)?);
                self.write_value(inner, at, out, budget)?;
                (done, from) = (end, end);
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
        let fits = self.uses <= MOST_USES && length <= LONGEST && self.within.len() < MOST_WITHIN;
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
        at += memmem::find(bytes.get(at..)?, b"{{")?;
        let rest = bytes.get(at + 2..)?;
        let near = rest.get(..LONGEST_NAME).unwrap_or(rest);
        let close = memmem::find(near, b"}}");
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
        let lines = Lines::new(&text);
        let file = parse(&lines, 0);
        let variables = Variables::new(&lines, &file.definitions);
        let request = &file.requests[0];
        variables.expand(&text, &request.target, request.line.start).text().to_owned()
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
