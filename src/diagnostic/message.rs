//! One message about the input, as facts: what kind, where, what to write instead.

use super::{Hint, Span};

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing can be run before this is mended.
    Error,
    /// The run goes on.
    Warning,
}

/// A place with what is to be said of it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Label {
    /// The underlined text.
    pub span: Span,
    /// What stands beside the underline.
    pub text: String,
}

/// One message: a stable code, a sentence, the places, and hints that say what to write instead.
///
/// ```
/// use foretell::diagnostic::{Diagnostic, SourceId, Span};
/// let message = Diagnostic::error("unknown-name", "nothing is called `chian`")
///     .at(Span::new(SourceId::FILE, 0..5), "not defined in this file")
///     .hint("did you mean `china`?");
/// assert_eq!(message.code, "unknown-name");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Diagnostic {
    /// Error or warning.
    pub severity: Severity,
    /// A stable kebab-case name of the kind of mistake.
    pub code: &'static str,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// Places; the first is the one the message is about.
    pub labels: Vec<Label>,
    /// What to write instead.
    pub hints: Vec<Hint>,
}

impl Diagnostic {
    /// An error without a place yet.
    pub fn error(code: &'static str, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            severity: Severity::Error,
            code,
            message: message.into(),
            labels: Vec::new(),
            hints: Vec::new(),
        }
    }

    /// A warning without a place yet.
    pub fn warning(code: &'static str, message: impl Into<String>) -> Diagnostic {
        Diagnostic { severity: Severity::Warning, ..Diagnostic::error(code, message) }
    }

    /// Adds a place; the first one added is the primary one.
    pub fn at(mut self, span: Span, text: impl Into<String>) -> Diagnostic {
        self.labels.push(Label { span, text: text.into() });
        self
    }

    /// Adds a hint.
    pub fn hint(mut self, hint: impl Into<Hint>) -> Diagnostic {
        self.hints.push(hint.into());
        self
    }

    /// Where the message is about, if anywhere.
    pub fn span(&self) -> Option<Span> {
        self.labels.first().map(|label| label.span)
    }
}

/// The sentence alone; [`render`](super::render) shows places and hints as well.
impl std::fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Diagnostic {}

/// As many messages as are shown at a time.
pub const MOST_SHOWN: usize = 50;

/// Everything found wrong so far, in the order of the text once [sorted](Diagnostics::sort).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// None yet.
    pub fn new() -> Diagnostics {
        Diagnostics::default()
    }

    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    /// Adds all of another's.
    pub fn extend(&mut self, others: impl IntoIterator<Item = Diagnostic>) {
        self.list.extend(others);
    }

    /// Keeps those that `keep` holds of.
    pub fn retain(&mut self, keep: impl FnMut(&Diagnostic) -> bool) {
        self.list.retain(keep);
    }

    /// Whether anything forbids going on.
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|one| one.severity == Severity::Error)
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// How many are errors and how many are warnings.
    pub fn counts(&self) -> (usize, usize) {
        let errors = self.list.iter().filter(|one| one.severity == Severity::Error).count();
        (errors, self.list.len() - errors)
    }

    /// The messages.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.list.iter()
    }

    /// Those that are shown, and how many are left out: of more than [`MOST_SHOWN`] the first errors, and warnings where errors
    /// leave room. Whoever mends fifty mistakes looks again.
    ///
    /// ```
    /// use foretell::diagnostic::{Diagnostic, Diagnostics};
    /// let mut list = Diagnostics::new();
    /// list.extend((0..60).map(|at| Diagnostic::error("odd", format!("mistake {at}"))));
    /// let (shown, hidden) = list.shown();
    /// assert_eq!((shown.len(), hidden), (50, 10));
    /// ```
    pub fn shown(&self) -> (Vec<&Diagnostic>, usize) {
        let (errors, _) = self.counts();
        let (mut room, mut warnings) = (MOST_SHOWN, MOST_SHOWN.saturating_sub(errors));
        let mut fits = |one: &&Diagnostic| {
            let left = if one.severity == Severity::Error { &mut room } else { &mut warnings };
            let fits = *left > 0;
            *left = left.saturating_sub(1);
            fits
        };
        let shown: Vec<&Diagnostic> = self.list.iter().filter(|one| fits(one)).collect();
        let hidden = self.list.len() - shown.len();
        (shown, hidden)
    }

    /// Puts them in the order of the text (messages without a place first) and drops repetitions.
    pub fn sort(&mut self) {
        self.list.sort_by_key(|one| (one.span(), one.severity));
        self.list.dedup();
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;
    fn into_iter(self) -> Self::IntoIter {
        self.list.into_iter()
    }
}
