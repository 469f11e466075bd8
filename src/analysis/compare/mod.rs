//! What did an edit change, and which edit moved which answer?

mod answers;
mod blocks;
mod finding;
mod pool;
mod question;
mod shapley;

pub use finding::{
    Attribution, Change, ChangeKind, CompareFinding, Compared, ComparedAnswer, EditFinding, Effect, Measure,
    Method, Said,
};
pub use question::Compare;
