//! `[outcomes.*]`.

use super::origin;
use super::reader::Reader;
use super::sections::{Outcome, Weight};
use super::table::TomlTable;
use crate::expression::Ident;

pub(super) fn outcome(reader: &mut Reader, name: Ident, mut table: TomlTable) -> Outcome {
    let (label, short) = (table.plain(reader, "label"), table.plain(reader, "short"));
    let resolves = table.plain(reader, "resolves");
    Outcome { label, short, resolves, ..decided(reader, name, table) }
}

/// What decides an outcome, without what it is called and how it resolves.
pub(super) fn decided(reader: &mut Reader, name: Ident, mut table: TomlTable) -> Outcome {
    let weights = table.table(reader, "weights").map(|table| table.nested_values(reader)).unwrap_or_default();
    let outcome = Outcome {
        label: None,
        short: None,
        resolves: None,
        base: table.value(reader, "base"),
        weights: weights.into_iter().map(|(name, state, value)| Weight { name, state, value }).collect(),
        score: table.value(reader, "score"),
        when: table.value(reader, "when"),
        otherwise: table.flag(reader, "else"),
        origin: origin::read(reader, &mut table),
        name,
    };
    table.finish(reader);
    outcome
}
