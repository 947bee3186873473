//! The span tree of a JSON text, and the tolerant deserializer over it.
