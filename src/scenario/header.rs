//! `[scenario]`.

use super::facts::{Header, Source};
use super::reader::Reader;
use super::table::TomlTable;
use crate::diagnostic::{Diagnostic, Hint};

pub(super) fn read(reader: &mut Reader, mut table: TomlTable) -> Header {
    let header = Header {
        title: table.plain(reader, "title"),
        question: table.plain(reader, "question"),
        as_of: table.date(reader, "as_of"),
        by: table.date(reader, "by"),
        source: table.table(reader, "source").map(|table| source(reader, table)).unwrap_or_default(),
        note: table.plain(reader, "note"),
    };
    table.finish(reader);
    if let (Some(as_of), Some(by)) = (&header.as_of, &header.by)
        && by.value < as_of.value
    {
        reader.report(
            Diagnostic::error("dates", "the question resolves before the scenario begins")
                .at(by.span, "`by` lies before `as_of`")
                .at(as_of.span, "what was known then")
                .hint(
                    Hint::new("exchange the two dates")
                        .edit(by.span, as_of.value.to_string())
                        .edit(as_of.span, by.value.to_string()),
                ),
        );
    }
    header
}

fn source(reader: &mut Reader, mut table: TomlTable) -> Source {
    let source = Source {
        title: table.plain(reader, "title"),
        author: table.plain(reader, "author"),
        date: table.date(reader, "date"),
        publisher: table.plain(reader, "publisher"),
        url: table.plain(reader, "url"),
        text: table.text(reader, "text"),
    };
    table.finish(reader);
    source
}
