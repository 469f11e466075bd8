//! Texts and places in them.

use std::ops::Range;

/// Which text of a [`Sources`] a span lies in. The scenario file is [`SourceId::FILE`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct SourceId(pub u16);

impl SourceId {
    /// The scenario file itself, always the first source.
    pub const FILE: SourceId = SourceId(0);
}

/// A half-open range of bytes in one source, on character boundaries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Span {
    /// The text it lies in.
    pub source: SourceId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The bytes `range` of `source`.
    pub fn new(source: SourceId, range: Range<usize>) -> Span {
        Span { source, start: range.start as u32, end: range.end as u32 }
    }

    /// The smallest span that holds both; they must lie in one source, else the first is returned.
    ///
    /// ```
    /// use foretell::diagnostic::{SourceId, Span};
    /// let (a, b) = (Span::new(SourceId::FILE, 2..4), Span::new(SourceId::FILE, 9..12));
    /// assert_eq!(a.to(b), Span::new(SourceId::FILE, 2..12));
    /// ```
    pub fn to(self, other: Span) -> Span {
        if self.source != other.source {
            return self;
        }
        Span { source: self.source, start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The part of this that is the name `written`: all of it, or what stands between quotes. None where the name is written
    /// otherwise, as with escapes.
    ///
    /// ```
    /// use foretell::diagnostic::{SourceId, Span};
    /// let quoted = Span::new(SourceId::FILE, 4..9);
    /// assert_eq!(quoted.of_name("oil").map(Span::range), Some(5..8));
    /// ```
    pub fn of_name(self, written: &str) -> Option<Span> {
        match self.range().len().checked_sub(written.len())? {
            0 => Some(self),
            2 => Some(Span { start: self.start + 1, end: self.end - 1, ..self }),
            _ => None,
        }
    }

    /// The empty place before it.
    pub fn before(self) -> Span {
        Span { end: self.start, ..self }
    }

    /// The empty place behind it.
    pub fn behind(self) -> Span {
        Span { start: self.end, ..self }
    }

    /// As a range of byte offsets.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A line and a column, both counted from 1; columns count characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// A named text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// The path as the user wrote it, or the flag that the text came from.
    pub name: String,
    /// The text.
    pub text: String,
}

impl SourceFile {
    /// A text with its name. A byte order mark at its start is no part of the text.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> SourceFile {
        let mut text = text.into();
        if text.starts_with('\u{feff}') {
            text.remove(0);
        }
        SourceFile { name: name.into(), text }
    }

    /// Where a byte offset stands; offsets past the end stand at the end.
    ///
    /// ```
    /// use foretell::diagnostic::SourceFile;
    /// let file = SourceFile::new("x.toml", "a = 1\nbé = 2\n");
    /// let place = file.position(10);
    /// assert_eq!((place.line, place.column), (2, 4));
    /// ```
    pub fn position(&self, offset: usize) -> Position {
        let mut end = offset.min(self.text.len());
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        let before = &self.text[..end];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
        Position { line, column: before[line_start..].chars().count() + 1 }
    }
}

/// All the texts that a run's input came from: the scenario file first, then one for each flag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sources {
    files: Vec<SourceFile>,
}

impl Sources {
    /// A collection that begins with the scenario file.
    pub fn new(file: SourceFile) -> Sources {
        Sources { files: vec![file] }
    }

    /// Adds a text and returns its id.
    pub fn add(&mut self, file: SourceFile) -> SourceId {
        self.files.push(file);
        SourceId((self.files.len() - 1) as u16)
    }

    /// The text with this id.
    pub fn get(&self, id: SourceId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    /// The scenario file.
    pub fn file(&self) -> &SourceFile {
        &self.files[0]
    }

    /// The text under a span.
    pub fn text(&self, span: Span) -> &str {
        self.get(span.source).text.get(span.range()).unwrap_or("")
    }

    /// `path:line:column` of a span's start, as editors understand it.
    pub fn place(&self, span: Span) -> String {
        let file = self.get(span.source);
        let at = file.position(span.start as usize);
        format!("{}:{}:{}", file.name, at.line, at.column)
    }
}
