//! Whole worlds: a draw of what is not known, and then in it, one after the other, what chance decides.

mod chain;
mod chosen;
mod drawing;
mod future;
mod mode;
mod nearest;
mod own;
mod place;
mod tables;
mod typical;

pub use future::{Decided, Future};

pub(super) use drawing::{Drawing, Laid, laid};
pub(super) use mode::Mode;
pub(super) use place::Place;
pub(super) use typical::Reference;
