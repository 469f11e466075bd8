//! How do two or three things go together: factors with states, events, the outcome, the theory, propositions?

mod aspect;
mod finding;
mod question;

pub use aspect::{Aspect, State};
pub use finding::{AspectFinding, CellFinding, JointFinding, MarginFinding, StateName};
pub use question::{Joint, JointAsked};
