//! Places of expressions, and what they allow.

/// What the place of an expression allows.
#[derive(Clone, Debug)]
pub(super) struct Place<'a> {
    /// Its address.
    pub(super) address: &'a str,
    /// Whether distributions may stand here, and how an interval is read if so.
    pub(super) randomness: Randomness,
    /// Whether outcomes may be named: in claims and payoffs.
    pub(super) outcomes: bool,
}

/// Whether distributions may stand in an expression.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Randomness {
    /// No; the text says what has no randomness here.
    No(&'static str),
    /// Yes, as a factor with this declared range.
    Factor(Option<(f64, f64)>),
    /// Yes, as a weight or a base.
    Signed,
}
