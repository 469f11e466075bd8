//! How probable is each outcome, how sure is that, and what drives it?
//!
//! A [`Question`] says what is wanted of a model; compiled it is [`Asked`], which draws and says what came out: a [`Run`].

mod asked;
mod finding;
mod places;
mod question;

pub use asked::{Asked, Run};
pub use question::Question;
