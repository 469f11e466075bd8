//! `[outcomes.*]`.

use super::origin;
use super::reader::Reader;
use super::sections::{Outcome, Rule, Weight};
use super::table::TomlTable;
use crate::expression::Ident;
use toml::de::DeValue;

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
        rule: rule(reader, &table),
        when: table.value(reader, "when"),
        otherwise: table.flag(reader, "else"),
        origin: origin::read(reader, &mut table),
        name,
    };
    table.finish(reader);
    outcome
}

/// The condition as it is written.
fn rule(reader: &Reader, table: &TomlTable) -> Option<Rule> {
    let entry = table.whole("when")?;
    let (_, value) = table.entries.iter().find(|(name, _)| name.get_ref() == "when")?;
    let inner = matches!(value.get_ref(), DeValue::String(_)).then(|| reader.excerpt(value))?;
    let is_plain = !inner.content().contains(['\'', '"', '\\', '\n']);
    Some(Rule { entry, inner: inner.whole(), text: is_plain.then(|| inner.content().trim().into()) })
}
