//! `[[claims]]`.

use super::origin;
use super::reader::Reader;
use super::sections::ClaimEntry;
use super::table::TomlTable;
use crate::expression;

pub(super) fn read(reader: &mut Reader, root: &mut TomlTable) -> Vec<ClaimEntry> {
    root.array(reader, "claims").into_iter().map(|table| claim(reader, table)).collect()
}

fn claim(reader: &mut Reader, mut table: TomlTable) -> ClaimEntry {
    let text = table.plain(reader, "text");
    let expect = table.excerpt(reader, "expect");
    let origin = origin::read(reader, &mut table);
    table.require(reader, "expect", "'P(a) > P(b)'");
    let span = expect.as_ref().map_or(table.span(), |excerpt| excerpt.whole());
    let written = expect.as_ref().map(|excerpt| excerpt.content().to_string()).unwrap_or_default();
    let parsed = expect
        .and_then(|excerpt| expression::parse_claim(&excerpt).map_err(|problem| reader.report(problem)).ok());
    table.finish(reader);
    ClaimEntry { text, expect: parsed, written, origin, span }
}
