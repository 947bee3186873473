//! Sentences with values in them. They are texts already, so none of what `format!` brings into a module for the
//! browser is needed.

use crate::search::memchr;

/// Makes a sentence: every `{}` of the template is the next of the values, which are all texts.
macro_rules! say {
    ($template:literal $(, $value:expr)+ $(,)?) => {{
        const { assert!($crate::say::holes($template) == <[&str]>::len(&[$(stringify!($value)),+])) };
        $crate::say::fill($template, &[$(AsRef::<str>::as_ref(&$value)),+])
    }};
}

pub(crate) use say;

/// How many values a template takes.
pub(crate) const fn holes(template: &str) -> usize {
    let mut rest = template.as_bytes();
    let mut count = 0;
    while let [byte, after @ ..] = rest {
        count += (*byte == HOLE) as usize;
        rest = after;
    }
    count
}

const HOLE: u8 = b'{';

/// The template with these values in it.
#[cfg_attr(target_family = "wasm", inline(never))]
pub(crate) fn fill(template: &str, values: &[&str]) -> String {
    let length = values.iter().map(|value| value.len()).sum::<usize>() + template.len();
    let mut sentence = String::with_capacity(length);
    let mut rest = template;
    for value in values {
        let hole = memchr(HOLE, rest.as_bytes()).unwrap_or(rest.len());
        sentence.push_str(rest.get(..hole).unwrap_or_default());
        sentence.push_str(value);
        rest = rest.get(hole + "{}".len()..).unwrap_or_default();
    }
    sentence.push_str(rest);
    sentence
}

#[cfg(test)]
mod tests {
    #[test]
    fn values_stand_where_the_template_says() {
        let owned = String::from("{}");
        assert_eq!(say!("{} is {}, not é{}", "a", owned, 'b'.to_string()), "a is {}, not éb");
        assert_eq!(say!("{}", ""), "");
        assert_eq!(say!("a {}", "b"), "a b");
    }
}
