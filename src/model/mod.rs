//! Floor 3: what a scenario means, as types that can't be wrong, and their evaluation.
//!
//! A [`Model`] comes out of [`build`](crate::build): every name resolved, every kind right, every constant possible, the
//! order of computation known. Nothing in a model can be invalid any more; what can still go wrong goes wrong in single
//! draws, which are then void. [`Definition`] says what each draw is worth.

mod category;
mod claim;
mod correlation;
mod decision;
mod definition;
mod evaluate;
mod event;
mod evidence;
mod factor;
mod factorised;
mod id;
mod latent;
mod level;
mod mentions;
#[allow(clippy::module_inception)]
mod model;
mod named;
mod outcome;
mod quantity;
mod selection;
mod shape;
mod shares;
mod term;
mod theory;

pub use category::{Category, State};
pub use claim::{Claim, ClaimTest, Condition, Measure, Move, Probability};
pub use correlation::{Correlated, Draw};
pub use decision::{Alternative, Decision, Group, Trial};
pub use definition::{Definition, World};
pub use evaluate::{constant, evaluate, within};
pub use event::{Event, Product};
pub use evidence::Evidence;
pub use factor::{Derived, Factor};
pub use id::{CategoryId, DerivedId, EventId, FactorId, OutcomeId, QuantityId, TheoryId, Variable};
pub use latent::{Latent, Part, Side, end};
pub use level::{Quantile, level, normal, scores, shares};
pub use mentions::mentions;
pub use model::{Model, Reading};
pub use named::Named;
pub use outcome::{Outcome, Outcomes, Weight, ruled, score, softmax};
pub use quantity::{Mixing, Quantity};
pub use selection::Selection;
pub use shape::Shape;
pub use shares::{ShareFault, rescaled, share_fault};
pub use term::{Lookup, Term, TermKind};
pub use theory::Theory;
