//! Whole worlds: a draw of what is not known, and then in it, one after the other, what chance decides.

mod chain;
mod chosen;
mod drawing;
mod future;
mod nearest;
mod typical;

pub use future::{Decided, Future};

pub(super) use drawing::{Drawing, Laid, Number as Place, laid};
pub(super) use typical::Reference;
