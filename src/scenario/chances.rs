//! Probabilities of states and events: plain, as conditional tables, or by many causes.

use super::grid::Grid;
use super::reader::Reader;
use super::row::{Row, Shares};
use super::sections::{CategoryChance, EventChance, Gate, Noisy};
use super::table::TomlTable;
use crate::diagnostic::{Diagnostic, Span};
use crate::expression::Ident;

/// Keys that say how probable an event is, and the keys of a factor with states.
const EVENT: [&str; 4] = ["probability", "table", "noisy_or", "noisy_and"];
const CATEGORY: [&str; 2] = ["probabilities", "table"];

pub(super) fn of_event(reader: &mut Reader, table: &mut TomlTable) -> Option<EventChance> {
    one_of(reader, table, &EVENT);
    let plain = table.value(reader, "probability").map(EventChance::Plain);
    let rows = rows(reader, table, event_shares).map(EventChance::Table);
    let grid = grid(reader, table, true).map(EventChance::Grid);
    let or = noisy(reader, table, "noisy_or", Gate::Or, "leak");
    let and = noisy(reader, table, "noisy_and", Gate::And, "ceiling");
    if !EVENT.iter().any(|key| table.has(key)) {
        table.require_such(reader, "probability", "0.3");
    }
    plain.or(rows).or(grid).or(or).or(and)
}

pub(super) fn of_category(reader: &mut Reader, table: &mut TomlTable) -> Option<CategoryChance> {
    one_of(reader, table, &CATEGORY);
    let plain = shares(reader, table).map(CategoryChance::Plain);
    let rows = rows(reader, table, shares).map(CategoryChance::Table);
    let grid = grid(reader, table, false).map(CategoryChance::Grid);
    if !CATEGORY.iter().any(|key| table.has(key)) {
        table.require(reader, "probabilities", "{ low = 0.3, high = 0.7 }");
    }
    plain.or(rows).or(grid)
}

/// Reports keys that say the same thing twice.
fn one_of(reader: &mut Reader, table: &TomlTable, keys: &[&str]) {
    let given: Vec<Ident> = keys.iter().filter_map(|key| table.name_of(key)).collect();
    if let [first, second, ..] = &given[..] {
        let message = format!("`{}` and `{}` can't stand together", first.text, second.text);
        reader.report(
            Diagnostic::error("chance", message)
                .at(second.span, "says it again")
                .at(first.span, "says how probable it is")
                .hint("keep one of the two"),
        );
    }
}

fn shares(reader: &mut Reader, table: &mut TomlTable) -> Option<Shares> {
    let inner = table.table(reader, "probabilities")?;
    let (span, count) = (inner.span(), inner.entries.len());
    let entries = inner.values(reader);
    // One that can't be read would look like one that is left out.
    (entries.len() == count).then_some(Shares { entries, span })
}

fn event_shares(reader: &mut Reader, table: &mut TomlTable) -> Option<Shares> {
    let value = table.value(reader, "probability");
    table.require_such(reader, "probability", "0.3");
    let value = value?;
    let span = value.expr.span;
    Some(Shares { entries: vec![(Ident { text: "true".into(), span }, value)], span })
}

fn rows(
    reader: &mut Reader,
    table: &mut TomlTable,
    shares: impl Fn(&mut Reader, &mut TomlTable) -> Option<Shares>,
) -> Option<Vec<Row>> {
    if !table.has("table") || table.holds_text("table") {
        table.skip("table");
        return None;
    }
    let is_bare = table.is_empty_list("table");
    let tables = table.array(reader, "table").into_iter().enumerate();
    if let Some(name) = table.name_of("table").filter(|_| is_bare) {
        reader.report(
            Diagnostic::error("chance-table", "a table has at least one row")
                .at(name.span, "no row stands in it")
                .hint("give a row to each combination of what it depends on, as in `{ when = { storm = true }, … }`, or `{ else = true, … }` to all"),
        );
        return None;
    }
    // A row that can't be read would look like a gap.
    let rows: Vec<Option<Row>> = tables.map(|(at, one)| row(reader, one.numbered(at + 1), &shares)).collect();
    rows.into_iter().collect()
}

fn grid(reader: &mut Reader, table: &mut TomlTable, is_event: bool) -> Option<Grid> {
    if !table.holds_text("table") {
        return None;
    }
    let text = table.excerpt(reader, "table")?;
    let read = Grid::read(&text, table.join("table"), is_event);
    read.map_err(|faults| faults.into_iter().for_each(|one| reader.report(one))).ok()
}

fn row(
    reader: &mut Reader,
    mut table: TomlTable,
    shares: &impl Fn(&mut Reader, &mut TomlTable) -> Option<Shares>,
) -> Option<Row> {
    let span = table.span();
    let when = table.table(reader, "when").map(|inner| inner.choices(reader));
    let otherwise = table.flag(reader, "else");
    let has_when = table.has("when");
    let shares = shares(reader, &mut table);
    table.finish(reader);
    match (has_when, otherwise) {
        (true, Some(rest)) => reader.report(both(rest)),
        (false, None) => reader.report(neither(span)),
        _ => {}
    }
    let when = if has_when { Some(when??) } else { None };
    Some(Row { when, shares: shares?, span })
}

fn both(rest: Span) -> Diagnostic {
    Diagnostic::error("chance-table", "a row has either `when` or `else`")
        .at(rest, "takes every combination that no other row names")
        .hint("remove one of the two")
}

fn neither(span: Span) -> Diagnostic {
    Diagnostic::error("chance-table", "a row must say when it holds")
        .at(span, "neither `when` nor `else`")
        .hint("say which states it is for, as in `when = { parent = \"state\" }`, or `else = true` for all other combinations")
}

fn noisy(
    reader: &mut Reader,
    table: &mut TomlTable,
    key: &'static str,
    gate: Gate,
    limit: &'static str,
) -> Option<EventChance> {
    let mut inner = table.table(reader, key)?;
    let span = inner.span();
    let limit = inner.value(reader, limit);
    let causes = inner.table(reader, "causes").map(|causes| causes.conditions(reader));
    inner.require(reader, "causes", "{ some_event = 0.3 }");
    inner.finish(reader);
    Some(EventChance::Noisy(Noisy { gate, limit, causes: causes?, span }))
}
