//! What became of claims.

use crate::analysis::void::VoidSummary;
use crate::diagnostic::Span;
use crate::expression::Comparison as Sign;
use crate::statistics::Estimate;

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
    pub agreement: Agreement,
    /// The numbers behind it, one for each comparison.
    pub comparisons: Vec<Comparison>,
}

/// What can be said of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Agreement {
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
    /// What is compared, in words, such as `P(sanctioned) − 30 %`.
    pub what: String,
    /// The sign that the claim asks for.
    pub sign: Sign,
    /// Left side minus right side.
    pub difference: Estimate,
    /// What came out.
    pub agreement: Agreement,
}

/// The verdicts on all claims of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdicts {
    /// One for each claim, in the order of the file.
    pub claims: Vec<Verdict>,
    /// Draws that the last look took; 0 if nothing had to be drawn.
    pub draws: u64,
    /// Draws that were left out.
    pub void: VoidSummary,
    /// (ΣW)² / ΣW² over the draws' weights W under what was learned; infinite where all weigh the same.
    pub effective_draws: f64,
    /// Claims that cannot hold together, whatever the model: sets of positions in `claims`.
    pub conflicts: Vec<Vec<usize>>,
}

impl Verdicts {
    /// Whether no draw enters any comparison.
    pub fn is_exact(&self) -> bool {
        self.claims.iter().flat_map(|claim| &claim.comparisons).all(|one| one.difference.exact)
    }
}
