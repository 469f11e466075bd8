//! Kinds of values in expressions.

/// Number, truth, or one of the states of a factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Number,
    Truth,
    State,
}

impl Kind {
    pub(super) fn describe(self) -> &'static str {
        match self {
            Kind::Number => "a number",
            Kind::Truth => "true or false",
            Kind::State => "one of several states",
        }
    }
}
