//! `[outcomes.*]`.

use super::document::{Outcome, Weight};
use super::origin;
use super::table::{Reader, Table};
use crate::expression::Ident;

pub(super) fn outcome(reader: &mut Reader, name: Ident, mut table: Table) -> Outcome {
    let (label, resolves) = (table.plain(reader, "label"), table.plain(reader, "resolves"));
    Outcome { label, resolves, ..decided(reader, name, table) }
}

/// What decides an outcome, without what it is called and how it resolves.
pub(super) fn decided(reader: &mut Reader, name: Ident, mut table: Table) -> Outcome {
    let weights = table.table(reader, "weights").map(|table| table.nested_values(reader)).unwrap_or_default();
    let outcome = Outcome {
        label: None,
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
