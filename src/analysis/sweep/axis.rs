//! A number that is varied, and how it is put into the model.

use crate::diagnostic::Span;
use crate::expression::{Expr, Ident, Node};
use crate::program::Held;
use crate::scenario::Override;

/// A number of the file that is varied.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    /// As the user wrote it.
    pub name: String,
    /// Its address in the file.
    pub address: String,
    /// What people call it.
    pub label: String,
    /// How it is put into the model.
    pub hold: Hold,
    /// Where it goes.
    pub steps: Steps,
    /// What it is already, if that is a number by itself: there the model is as it is.
    pub own: Option<f64>,
}

/// How a number is put into the model.
#[derive(Clone, Debug, PartialEq)]
pub enum Hold {
    /// It is held in a world of the model: nothing is built again.
    Setting(Held),
    /// It is put into the file, and the model is built again.
    File {
        /// Its address as written.
        address: Ident,
        /// Where its values are written.
        place: Span,
    },
}

/// The values that a number takes.
#[derive(Clone, Debug, PartialEq)]
pub enum Steps {
    /// So many, at least two, evenly from one to another.
    Range {
        /// The first.
        from: f64,
        /// The last, which is more.
        to: f64,
        /// How many.
        count: usize,
    },
    /// These, each with its name: nothing lies between.
    Each(Vec<(f64, String)>),
}

impl Steps {
    /// All values, in order.
    ///
    /// ```
    /// use foretell::analysis::sweep::Steps;
    /// assert_eq!(Steps::Range { from: 0.0, to: 1.0, count: 3 }.values(), [0.0, 0.5, 1.0]);
    /// ```
    pub fn values(&self) -> Vec<f64> {
        match self {
            Steps::Range { from, to, count } => {
                let last = count.saturating_sub(1).max(1) as f64;
                let between = |at: usize| ((last - at as f64) * from + at as f64 * to) / last;
                // The ends are the numbers that were asked for.
                let value = |at: usize| match at {
                    0 => *from,
                    _ if at + 1 == *count => *to,
                    _ => between(at),
                };
                (0..*count).map(value).collect()
            }
            Steps::Each(all) => all.iter().map(|(value, _)| *value).collect(),
        }
    }

    /// The names of the values, if they have any.
    pub fn names(&self) -> Vec<String> {
        match self {
            Steps::Range { .. } => Vec::new(),
            Steps::Each(all) => all.iter().map(|(_, name)| name.clone()).collect(),
        }
    }

    /// The first and the last, if something lies between.
    pub fn range(&self) -> Option<(f64, f64)> {
        match self {
            Steps::Range { from, to, .. } => Some((*from, *to)),
            Steps::Each(_) => None,
        }
    }
}

impl Hold {
    /// The change of the file that makes the number so; `None` if the file need not be changed.
    pub(super) fn change(&self, value: f64) -> Option<Override> {
        match self {
            Hold::Setting(_) => None,
            Hold::File { address, place } => {
                let expr = Expr { node: Node::Number(value), span: *place };
                Some(Override { address: address.clone(), expr })
            }
        }
    }
}

/// Something that is held besides, once at each of some values.
#[derive(Clone, Debug, PartialEq)]
pub struct Also {
    /// As the user wrote it.
    pub name: String,
    /// Its address in the file.
    pub address: String,
    /// What people call it.
    pub label: String,
    /// How it is put into the model.
    pub hold: Hold,
    /// The values, each with its name; none for the 5th, 50th and 95th percentile of what it is.
    pub values: Vec<(f64, String)>,
    /// What it is already, if that is a number by itself.
    pub own: Option<f64>,
}
