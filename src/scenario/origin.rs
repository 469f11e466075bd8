//! `source = { where = …, kind = …, note = …, quote = … }`: where an element comes from.

use super::facts::{Origin, OriginKind};
use super::reader::Reader;
use super::table::TomlTable;
use crate::diagnostic::{Diagnostic, Hint, did_you_mean, list};

pub(super) fn read(reader: &mut Reader, parent: &mut TomlTable) -> Option<Origin> {
    let mut table = parent.table(reader, "source")?;
    let origin = Origin {
        place: table.plain(reader, "where"),
        kind: kind(reader, &mut table),
        note: table.plain(reader, "note"),
        quote: table.text(reader, "quote"),
    };
    table.finish(reader);
    Some(origin)
}

fn kind(reader: &mut Reader, table: &mut TomlTable) -> Option<OriginKind> {
    let written = table.text(reader, "kind")?;
    let known = OriginKind::ALL.into_iter().find(|kind| kind.name() == written.value);
    if known.is_none() {
        let names = OriginKind::ALL.map(OriginKind::name);
        let hint = match did_you_mean(&written.value, names) {
            Some(near) => {
                Hint::new(format!("did you mean \"{near}\"?")).renaming(written.span, &written.value, near)
            }
            None => format!("it is {}", list(names, "or")).into(),
        };
        reader.report(
            Diagnostic::error("unknown-word", format!("\"{}\" is not a kind of source", written.value))
                .at(written.span, "who answers for this?")
                .hint(hint),
        );
    }
    known
}
