//! `[factors.*]` with states.

use std::collections::BTreeMap;

use super::reader::Reader;
use super::sections::Category;
use super::table::TomlTable;
use super::{chances, cost, name, origin};
use crate::diagnostic::Diagnostic;
use crate::expression::Ident;

/// Keys that only a factor with states has.
const KEYS: [&str; 4] = ["states", "state_labels", "probabilities", "table"];

/// Whether the section is that of a factor with states.
pub(super) fn is_category(table: &TomlTable) -> bool {
    KEYS.iter().any(|key| table.has(key))
}

pub(super) fn read(reader: &mut Reader, name: Ident, mut table: TomlTable) -> Category {
    let states = table.names(reader, "states");
    table.require(reader, "states", "[\"low\", \"high\"]");
    let labels = table.table(reader, "state_labels").map(|inner| inner.texts(reader));
    for key in ["value", "range", "neutral"] {
        if let Some(own) = table.name_of(key) {
            reader.report(of_numbers(&own));
            table.skip(key);
        }
    }
    let category = Category {
        label: table.plain(reader, "label"),
        chance: chances::of_category(reader, &mut table),
        cost: cost::read(reader, &mut table),
        origin: origin::read(reader, &mut table),
        state_labels: labels.unwrap_or_default(),
        states: states.unwrap_or_default(),
        name,
    };
    check(reader, &category);
    table.finish(reader);
    category
}

fn check(reader: &mut Reader, category: &Category) {
    let states = &category.states;
    let mut first: BTreeMap<&str, &Ident> = BTreeMap::new();
    for state in states {
        if let Some(problem) = name::state_problem(state) {
            reader.report(problem);
        }
        let first = *first.entry(&state.text).or_insert(state);
        if !std::ptr::eq(first, state) {
            let message = format!("the state `{}` stands twice", state.text);
            reader.report(
                Diagnostic::error("states", message)
                    .at(state.span, "again")
                    .at(first.span, "the first")
                    .hint("remove one of the two"),
            );
        }
    }
    for (state, _) in &category.state_labels {
        if !first.contains_key(state.text.as_str()) && !states.is_empty() {
            reader.report(
                Diagnostic::error(
                    "states",
                    format!("`{}` has no state `{}`", category.name.text, state.text),
                )
                .at(state.span, "not among `states`")
                .hint(format!(
                    "states are {}",
                    crate::diagnostic::list(states.iter().map(|one| one.text.as_str()), "and")
                )),
            );
        }
    }
}

fn of_numbers(key: &Ident) -> Diagnostic {
    Diagnostic::error("states", format!("a factor with states has no `{}`", key.text))
        .at(key.span, "belongs to a factor with numbers")
        .hint("remove it; numbers that depend on the state go into `[derived]`, as in `'if china == approves then 1 else 0'`")
}
