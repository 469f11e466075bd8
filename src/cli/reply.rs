//! What a command gives to a program that calls it.

/// What a command gives, in every form at once, so that nothing has to be kept to be told later.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reply {
    /// Whether every claim of the file holds that was tested.
    pub agrees: bool,
    /// The answer as its schema describes it; empty where there is none.
    pub json: Vec<u8>,
    /// The answer as text of 80 columns.
    pub text: Vec<u8>,
    /// The answer as a section of Markdown.
    pub markdown: Vec<u8>,
    /// The answer's main table as comma-separated values.
    pub csv: Vec<u8>,
    /// What was written to standard output besides, such as a picture, a schema or a part of a run.
    pub output: Vec<u8>,
    /// Warnings, as the JSON of mistakes; empty where there are none.
    pub warnings: Vec<u8>,
    /// What was said on the way, warnings among it, as text.
    pub said: String,
}
