//! What a document says of itself and of where things come from.

use super::date::Date;
use super::value::Located;

/// `[scenario]`: what the file is about.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Header {
    /// The title.
    pub title: Option<String>,
    /// The question that the outcomes answer.
    pub question: Option<String>,
    /// What was known when.
    pub as_of: Option<Located<Date>>,
    /// When the question resolves.
    pub by: Option<Located<Date>>,
    /// The text that the file encodes.
    pub source: Source,
    /// A remark.
    pub note: Option<String>,
}

/// The text that the file encodes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Source {
    /// Its title.
    pub title: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// When it appeared.
    pub date: Option<Located<Date>>,
    /// Where it appeared.
    pub publisher: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// A file with its words, for checking quotes.
    pub text: Option<Located<String>>,
}

/// Where an element comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct Origin {
    /// The place in the source, such as "second scenario".
    pub place: Option<String>,
    /// Whether the source says it.
    pub kind: Option<OriginKind>,
    /// What the source says there, in own words.
    pub note: Option<String>,
    /// Its very words, checked against the source's text if there is one.
    pub quote: Option<Located<String>>,
}

/// Who answers for an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OriginKind {
    /// The source says so.
    Stated,
    /// It follows from what the source says.
    Inferred,
    /// The analyst supplies it.
    Analyst,
}

impl OriginKind {
    /// All kinds.
    pub const ALL: [OriginKind; 3] = [OriginKind::Stated, OriginKind::Inferred, OriginKind::Analyst];

    /// As written in the file.
    pub fn name(self) -> &'static str {
        match self {
            OriginKind::Stated => "stated",
            OriginKind::Inferred => "inferred",
            OriginKind::Analyst => "analyst",
        }
    }
}
