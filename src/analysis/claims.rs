//! Whether a model agrees with what its source claims.

use crate::diagnostic::Span;

/// What became of one claim.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// The claim in words.
    pub text: String,
    /// The test as written.
    pub written: String,
    /// Where it stands.
    pub span: Span,
    /// What came out.
    pub answer: Answer,
    /// The numbers behind it, one for each comparison.
    pub comparisons: Vec<Comparison>,
}

/// What can be said of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The model agrees.
    Agrees,
    /// The model disagrees.
    Disagrees,
    /// The difference is too small to tell with these draws.
    CannotTell,
}

/// One comparison inside a claim.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// What is compared, in words, such as `P(sanctioned) − 30.0 %`.
    pub what: String,
    /// Left side minus right side.
    pub difference: f64,
    /// The standard error of the difference.
    pub std_error: f64,
    /// What came out.
    pub answer: Answer,
}

/// The verdicts on all claims of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdicts {
    /// One for each claim, in the order of the file.
    pub claims: Vec<Verdict>,
    /// Draws that the last look took.
    pub draws: u64,
    /// Claims that cannot hold together, whatever the model: sets of positions in `claims`.
    pub conflicts: Vec<Vec<usize>>,
}
