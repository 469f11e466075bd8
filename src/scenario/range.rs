//! The range of a factor.

use super::value::Located;
use crate::diagnostic::{Diagnostic, Hint, Span};

/// `range = [low, high]`. An override may put another number in the place of either end.
#[derive(Clone, Debug, PartialEq)]
pub struct Range {
    /// The lowest value.
    pub low: Located<f64>,
    /// The highest value.
    pub high: Located<f64>,
    /// Where both are written.
    pub span: Span,
}

impl Range {
    /// The lowest and the highest value.
    pub fn ends(&self) -> (f64, f64) {
        (self.low.value, self.high.value)
    }

    /// The error of a range that does not rise.
    pub(super) fn fault(&self) -> Option<Diagnostic> {
        let (low, high) = self.ends();
        if low < high {
            return None;
        }
        let error =
            Diagnostic::error("range", "the lower end of a range comes first, and lies below the higher one");
        let set = [&self.low, &self.high].map(|end| !self.holds(end.span));
        let goes = || format!("with this it goes from {low} to {high}");
        Some(match set {
            [true, false] => error.at(self.low.span, goes()).hint(format!("set a number below {high}")),
            [false, true] => error.at(self.high.span, goes()).hint(format!("set a number above {low}")),
            _ => error.at(self.place(set[0]), "the first number must be smaller than the second").hint(
                match low == high {
                    true => "give two different numbers, such as `[0, 1]`, or leave `range` out".into(),
                    false => Hint::new(format!("write `[{high}, {low}]`"))
                        .edit(self.low.span, high.to_string())
                        .edit(self.high.span, low.to_string()),
                },
            ),
        })
    }

    /// Where both ends stand, or the later one if each was set by itself.
    fn place(&self, is_set: bool) -> Span {
        match is_set {
            true if self.low.span.source == self.high.span.source => self.low.span.to(self.high.span),
            true => self.high.span,
            false => self.span,
        }
    }

    fn holds(&self, place: Span) -> bool {
        let own = self.span;
        own.source == place.source && own.start <= place.start && place.end <= own.end
    }
}
