//! Floor 7: a text is opened, changed and asked, and every policy is held once.
//!
//! A [`Session`] is a text that was read and parsed. Under some [`Changes`] it is a [`Case`], which answers questions; what an
//! answer has besides its finding are its [`Facts`].

mod answer;
mod case;
mod changes;
mod comparison;
mod evidence;
mod facts;
mod failure;
mod flags;
mod ground;
mod hash;
mod joint;
mod labels;
mod names;
mod policy;
mod refusal;
#[allow(clippy::module_inception)]
mod session;
mod sweep;
mod variants;

pub use answer::{Answer, CONTRACT};
pub use case::Case;
pub use changes::{Changes, Exactness};
pub use comparison::Comparison;
pub use facts::{Facts, Reading, RunFacts, ScenarioFacts, SourceFacts, VoidFacts};
pub use failure::Failure;
pub use session::Session;
