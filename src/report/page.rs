//! What a finding reads as, before it takes a form: a title, sentences and tables.
//!
//! A page is data alone. It knows no form; the forms (text, Markdown, comma-separated values) know pages and nothing else.

mod cell;
mod column;
mod table;

pub use cell::Cell;
pub use column::{Column, Measure};
pub use table::{Row, Table};

#[cfg(feature = "charts")]
use crate::chart::Figure;

/// How much is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Detail {
    /// The main table alone.
    Brief,
    /// The answer on one screen, and what was asked for by name.
    Screen,
    /// What most people want on paper.
    Normal,
    /// Everything.
    Full,
}

/// A finding as it is read, from top to bottom. All texts are plain: each form escapes what means something in it.
///
/// ```
/// use foretell::report::page::{Cell, Column, Page, Table};
/// let mut table = Table::new(1, [Column::words("label", "Outcome"), Column::percent("p50", "P50 %")]);
/// table.row([Cell::from("rain"), 0.395.into()]);
/// let mut page = Page::new("The weather");
/// page.table(table.clone()).sentence("Half of the draws lie below P50.");
/// page.main = table;
/// assert_eq!(page.blocks.len(), 2);
/// ```
#[derive(Default)]
pub struct Page {
    /// The title; empty if there is none.
    pub title: String,
    /// The lines below the title: the question, dates, what is set and what is learned.
    pub lead: Vec<String>,
    /// The body.
    pub blocks: Vec<Block>,
    /// The sentences at the end: the draws, and the void ones.
    pub foot: Vec<String>,
    /// Where the finding comes from, for forms that have footnotes.
    pub footnote: Option<Footnote>,
    /// The main table, which comma-separated values hold, unrounded.
    pub main: Table,
}

/// A text with a mark that leads to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Footnote {
    /// What the mark is made of, such as the stem of a file's name; any characters.
    pub name: String,
    /// The text itself.
    pub text: String,
}

/// A part of a page's body.
#[non_exhaustive]
pub enum Block {
    /// A paragraph that says something itself.
    Sentence(String),
    /// A paragraph that says how to read the table above it.
    Note(String),
    /// A table; one without rows is not shown.
    Table(Table),
    /// A picture, for forms that have pictures.
    #[cfg(feature = "charts")]
    Figure(NamedFigure),
}

/// A picture and what its file is called.
#[cfg(feature = "charts")]
pub struct NamedFigure {
    /// The stem of the file's name.
    pub name: &'static str,
    /// The picture.
    pub figure: Box<dyn Figure + Send + Sync>,
}

impl Page {
    /// A page with nothing but a title, which may be empty.
    pub fn new(title: impl Into<String>) -> Page {
        Page { title: title.into(), ..Page::default() }
    }

    /// Adds a paragraph that says something itself.
    pub fn sentence(&mut self, text: impl Into<String>) -> &mut Page {
        self.block(Block::Sentence(text.into()))
    }

    /// Adds a paragraph that says how to read the table above it.
    pub fn note(&mut self, text: impl Into<String>) -> &mut Page {
        self.block(Block::Note(text.into()))
    }

    /// Adds a table.
    pub fn table(&mut self, table: Table) -> &mut Page {
        self.block(Block::Table(table))
    }

    /// Adds a picture and what its file is called, without an ending.
    #[cfg(feature = "charts")]
    pub fn figure(&mut self, name: &'static str, figure: impl Figure + Send + Sync + 'static) -> &mut Page {
        self.block(Block::Figure(NamedFigure { name, figure: Box::new(figure) }))
    }

    fn block(&mut self, block: Block) -> &mut Page {
        self.blocks.push(block);
        self
    }
}
