//! A piece of a source as it reads once unquoted and unescaped, whose every byte still knows its place.

use std::ops::Range;

use super::{SourceId, Span};

/// Decoded text with a map back to the source, so that a mistake inside a string of the file, even one with
/// escapes or over several lines, is underlined where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    source: SourceId,
    content: String,
    /// (offset in `content`, offset in the source), ascending; between two entries both advance together.
    anchors: Vec<(u32, u32)>,
}

impl Excerpt {
    /// Text that stands in the source exactly as it reads, starting at byte `start`.
    ///
    /// ```
    /// use foretell::diagnostic::{Excerpt, SourceId};
    /// let text = Excerpt::verbatim(SourceId::FILE, 10, "a + b");
    /// assert_eq!(text.span(4..5).range(), 14..15);
    /// ```
    pub fn verbatim(source: SourceId, start: usize, content: impl Into<String>) -> Excerpt {
        let mut excerpt = Excerpt { source, content: String::new(), anchors: Vec::new() };
        excerpt.push(&content.into(), start);
        excerpt
    }

    /// An empty excerpt to [push](Excerpt::push) to.
    pub fn empty(source: SourceId) -> Excerpt {
        Excerpt { source, content: String::new(), anchors: Vec::new() }
    }

    /// Appends `piece`, whose first byte comes from the source's byte `from`.
    pub fn push(&mut self, piece: &str, from: usize) {
        self.anchors.push((self.content.len() as u32, from as u32));
        self.content.push_str(piece);
    }

    /// Marks where the text ends in the source.
    pub fn end(&mut self, at: usize) {
        self.anchors.push((self.content.len() as u32, at as u32));
    }

    /// The decoded text.
    pub fn content(&self) -> &str {
        &self.content
    }

    /// Where a range of the decoded text stands in the source.
    pub fn span(&self, range: Range<usize>) -> Span {
        let (start, end) = (self.place(range.start), self.place(range.end));
        Span { source: self.source, start, end: end.max(start) }
    }

    /// Where the whole text stands.
    pub fn whole(&self) -> Span {
        self.span(0..self.content.len())
    }

    fn place(&self, offset: usize) -> u32 {
        let after = self.anchors.partition_point(|(decoded, _)| *decoded as usize <= offset);
        match after.checked_sub(1).and_then(|index| self.anchors.get(index)) {
            Some((decoded, source)) => source + (offset as u32 - decoded),
            None => 0,
        }
    }
}
