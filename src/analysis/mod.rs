//! Floor 6: questions put to a model, one a file.
//!
//! A [`Question`] asks a [`Study`] and finds plain data. Most are a [`Topic`]: one round of draws answers them, so that several
//! can share it, as a [`Run`](run::Run) does with all that it tells. Findings derive their JSON and its schema.

mod answered;
mod association;
mod chances;
pub mod claims;
pub mod combination;
pub mod compare;
mod consistency;
pub mod convergence;
pub mod correlations;
mod course;
pub mod decide;
pub mod derived;
pub mod discover;
mod draw_column;
pub mod draw_table;
pub mod draws;
pub mod drivers;
pub mod estimated;
pub mod events;
pub mod explain;
pub mod factors;
mod failure;
pub mod flip;
pub mod futures;
pub mod influence;
pub mod information;
pub mod joint;
mod late;
mod learned;
pub mod outcomes;
pub mod priors;
mod quantity;
mod question;
mod remodel;
mod round;
pub mod run;
pub mod second_opinion;
pub mod sensitivity;
pub mod spread;
mod stated;
pub mod states;
mod study;
pub mod sweep;
pub mod tails;
pub mod theories;
pub mod update;
pub mod variance;
mod variant;
pub mod variants;
mod void;
pub mod worlds;

pub use answered::Answered;
pub use chances::{Chance, Chances};
pub use course::{Course, Missed, WorldCourse};
pub use failure::Failure;
pub use learned::Learned;
pub use question::Question;
pub use remodel::{Remodel, Shift};
pub use round::{Inquiry, Round, Told, Topic};
pub use study::Study;
pub use variant::{Variant, VariantFacts};
pub use void::Void;
