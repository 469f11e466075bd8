//! What could the future look like? Concrete worlds: what is the case, what happens, which outcome follows.

mod finding;
mod question;

pub use finding::{
    Called, FutureFinding, Happening, InState, NumberCalled, OutcomeOf, Ranked, WorldsFinding,
};
pub use question::{MOST, Worlds};
