//! Facts of the target.

/// A fact of the target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Fact(pub(crate) u8);
impl Fact {
    /// Its name.
    pub const fn name(self) -> &'static str {
        ""
    }
    /// One of its values.
    pub fn value(self, _index: u8) -> serde_json::Value {
        serde_json::Value::Null
    }
}
/// A set of values of a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Values(pub u16);
impl Values {
    /// The values by their index.
    pub fn iter(self) -> impl Iterator<Item = u8> {
        (0..16).filter(move |index| self.0 >> index & 1 == 1)
    }
}
