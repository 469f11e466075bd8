//! What a question found, and how.

use super::course::Course;
use crate::diagnostic::Diagnostic;

/// What a question found, and how the draws went.
#[derive(Clone, Debug, PartialEq)]
pub struct Answered<F> {
    /// What was found.
    pub finding: F,
    /// How it was found.
    pub course: Course,
    /// What the reader should know of the finding.
    pub doubts: Vec<Diagnostic>,
}

impl<F> Answered<F> {
    /// A finding of which nothing need be said.
    pub fn new(finding: F, course: Course) -> Answered<F> {
        Answered { finding, course, doubts: Vec::new() }
    }
}
