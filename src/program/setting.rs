//! What is held at a number in a world, without building its model again.

use std::collections::BTreeMap;
use std::fmt;

use super::held::Held;
use crate::model::{Model, OutcomeId, Outcomes, ShareFault, Term, TheoryId, Variable, share_fault};

/// Numbers that are held, each possible where it stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Setting {
    held: BTreeMap<Held, f64>,
}

/// A number that can't be held, or not at this.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Unholdable {
    /// The model has no such number.
    Unknown(Held),
    /// It can't have the value.
    Value {
        /// What it would have to be.
        wanted: String,
        /// What it was to be.
        value: f64,
    },
}

impl fmt::Display for Unholdable {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Unholdable::Unknown(what) => write!(f, "{what:?} can't be held: the model has no such number"),
            Unholdable::Value { wanted, value } => write!(f, "{value} can't be held: it must be {wanted}"),
        }
    }
}

impl std::error::Error for Unholdable {}

impl Setting {
    /// Nothing is held.
    pub fn new() -> Setting {
        Setting::default()
    }

    /// This setting, with one more number held.
    ///
    /// # Errors
    /// A number that the model does not have. A value that the number can't have: outside of a factor's range, no state, no
    /// probability, a base of 0 or 1, shares that leave less than nothing for the others, or whose others are all 0.
    pub fn hold(mut self, model: &Model, what: Held, value: f64) -> Result<Setting, Unholdable> {
        if !what.is_in(model) {
            return Err(Unholdable::Unknown(what));
        }
        let what = what.of_file(model);
        if let Some(wanted) = wanted(model, what, value) {
            return Err(Unholdable::Value { wanted, value });
        }
        self.held.insert(what, value);
        match self.share_fault(model, what) {
            Some(fault) => Err(Unholdable::Value { wanted: format!("another share, as {fault}"), value }),
            None => Ok(self),
        }
    }

    /// What is wrong with all shares of one whole that are held.
    fn share_fault(&self, model: &Model, what: Held) -> Option<ShareFault> {
        let (own, held) = match what {
            Held::Share(id, _) => {
                let own = model.categories[id.0].probabilities.clone();
                let held = self.shares(&own, |at| Held::Share(id, at));
                (own, held)
            }
            Held::Base(theory, _) => {
                let Outcomes::Weighted { bases, .. } = &model.theories[theory.0].form else { return None };
                (bases.clone(), self.shares(bases, |at| Held::Base(theory, OutcomeId(at))))
            }
            Held::Theory(_) => {
                let own = model.weights_of_theories();
                let held = self.shares(&own, |at| Held::Theory(TheoryId(at)));
                (own, held)
            }
            _ => return None,
        };
        share_fault(&own, &held, matches!(what, Held::Base(..)))
    }

    /// Whether nothing is held.
    pub fn is_empty(&self) -> bool {
        self.held.is_empty()
    }

    /// What a number is held at.
    pub fn get(&self, what: Held) -> Option<f64> {
        self.held.get(&what).copied()
    }

    /// What a variable is held at, cut from its causes.
    pub(super) fn variable(&self, variable: Variable) -> Option<f64> {
        self.get(Held::Variable(variable))
    }

    /// Everything that is held.
    pub(super) fn all(&self) -> impl Iterator<Item = (Held, f64)> + '_ {
        self.held.iter().map(|(what, value)| (*what, *value))
    }

    /// What is held of some exclusive shares, by position.
    pub(super) fn shares(&self, own: &[Term], of: impl Fn(usize) -> Held) -> BTreeMap<usize, Term> {
        if self.held.is_empty() {
            return BTreeMap::new();
        }
        let share = |(at, one): (usize, &Term)| {
            Some((at, Term::constant(self.held.get(&of(at)).copied()?, one.span)))
        };
        own.iter().enumerate().filter_map(share).collect()
    }
}

/// What a number would have to be, if it can't be `value`.
fn wanted(model: &Model, what: Held, value: f64) -> Option<String> {
    let (fits, wanted) = match what {
        Held::Variable(Variable::Factor(id)) => {
            let (low, high) = model.factors[id.0].range;
            (value.is_finite() && value >= low && value <= high, format!("a number from {low} to {high}"))
        }
        Held::Variable(Variable::Derived(_)) | Held::Weight(..) => {
            (value.is_finite(), "a finite number".into())
        }
        Held::Variable(Variable::Event(_)) => (value == 0.0 || value == 1.0, "0 or 1".into()),
        Held::Variable(Variable::Category(id)) => {
            let count = model.categories[id.0].states.len();
            let is_state = value.fract() == 0.0 && value >= 0.0 && value < count as f64;
            (is_state, format!("the position of a state, from 0 to {}", count - 1))
        }
        Held::Probability(_) | Held::Share(..) | Held::Theory(_) => {
            ((0.0..=1.0).contains(&value), "a probability, from 0 to 1".into())
        }
        Held::Base(..) => (value > 0.0 && value < 1.0, "a share above 0 and below 1".into()),
    };
    (!fits).then_some(wanted)
}
