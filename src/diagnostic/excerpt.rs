//! A piece of a source as it reads once unquoted and unescaped, whose every byte still knows its place.

use std::ops::Range;

use super::{SourceId, Span};

/// Decoded text with a map back to the source, so that a mistake inside a string of the file, even one with
/// escapes or over several lines, is underlined where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    source: SourceId,
    content: String,
    /// In the order of the text, without gaps in `content`.
    pieces: Vec<Piece>,
}

/// Some of the text: bytes of `content` from `start` on, which stand in the source from `from` to `to`.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Piece {
    start: u32,
    from: u32,
    to: u32,
    /// Whether both advance together; else the piece stands for the whole of its source, as an escape does.
    is_verbatim: bool,
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
        let mut excerpt = Excerpt { source, content: String::new(), pieces: Vec::new() };
        excerpt.push(&content.into(), start);
        excerpt
    }

    /// An empty excerpt to [push](Excerpt::push) to.
    pub fn empty(source: SourceId) -> Excerpt {
        Excerpt { source, content: String::new(), pieces: Vec::new() }
    }

    /// Appends `piece`, which stands in the source as it reads, from byte `from` on.
    pub fn push(&mut self, piece: &str, from: usize) {
        self.append(piece, from..from + piece.len(), true);
    }

    /// Appends `piece`, which the source writes otherwise, in the bytes `place`.
    pub fn push_escape(&mut self, piece: &str, place: Range<usize>) {
        self.append(piece, place, false);
    }

    fn append(&mut self, piece: &str, place: Range<usize>, is_verbatim: bool) {
        let (start, from, to) = (self.content.len() as u32, place.start as u32, place.end as u32);
        self.pieces.push(Piece { start, from, to, is_verbatim });
        self.content.push_str(piece);
    }

    /// Marks where the text ends in the source.
    pub fn end(&mut self, at: usize) {
        self.append("", at..at, true);
    }

    /// The decoded text.
    pub fn content(&self) -> &str {
        &self.content
    }

    /// Where a range of the decoded text stands in the source.
    pub fn span(&self, range: Range<usize>) -> Span {
        let start = self.place(range.start);
        let end = if range.is_empty() { start } else { self.place_of_end(range.end) };
        Span { source: self.source, start, end: end.max(start) }
    }

    /// Where the whole text stands.
    pub fn whole(&self) -> Span {
        self.span(0..self.content.len())
    }

    /// Where the character at `offset` begins.
    fn place(&self, offset: usize) -> u32 {
        let after = self.pieces.partition_point(|piece| piece.start as usize <= offset);
        match after.checked_sub(1).and_then(|index| self.pieces.get(index)) {
            Some(piece) if piece.is_verbatim => piece.from + (offset as u32 - piece.start),
            Some(piece) => piece.from,
            None => 0,
        }
    }

    /// Where the character before `offset` ends.
    fn place_of_end(&self, offset: usize) -> u32 {
        let after = self.pieces.partition_point(|piece| (piece.start as usize) < offset);
        match after.checked_sub(1).and_then(|index| self.pieces.get(index)) {
            Some(piece) if piece.is_verbatim => piece.from + (offset as u32 - piece.start),
            Some(piece) => piece.to,
            None => 0,
        }
    }
}
