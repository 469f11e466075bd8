//! Why does it come out as it does? For each outcome the world in which it comes true, the nearest world in which the runner-up wins,
//! and single draws, step by step.

mod combination;
mod finding;
mod followed;
mod nearest;
mod question;
mod shift;
mod text;

pub use finding::{ExplainFinding, Leader, NearestFinding, OutcomeStory, Shift, Tilt};
pub use followed::{Decision, Followed, Given, ScoreOf, Step, StepKind, WeightOf};
pub use question::Explain;
pub use text::PutIn;
