//! `[[decisions]]`: what can be done, what each option pays, and what could be found out first.

use super::decision::{Decision, Knowable, Payoff, PayoffPart, Sense, Trial};
use super::reader::Reader;
use super::table::TomlTable;
use super::value::Located;
use super::{name, origin, unit};
use crate::diagnostic::{Diagnostic, Hint, did_you_mean, list};
use crate::expression::Ident;

pub(super) fn read(reader: &mut Reader, root: &mut TomlTable) -> Vec<Decision> {
    let tables = root.array(reader, "decisions").into_iter().enumerate();
    tables.map(|(at, table)| decision(reader, at, table)).collect()
}

fn decision(reader: &mut Reader, at: usize, mut table: TomlTable) -> Decision {
    let id = id(reader, &mut table, at);
    table.path = format!("decisions.{}", id.text);
    table.require(reader, "options", "{ act = { payoff = 10 }, wait = { payoff = 0 } }");
    let decision = Decision {
        label: table.plain(reader, "label"),
        unit: unit::read(reader, &mut table),
        sense: sense(reader, &mut table),
        options: named(reader, &mut table, ("options", "payoff"), option),
        trials: named(reader, &mut table, ("tests", "of"), trial),
        groups: groups(reader, &mut table),
        origin: origin::read(reader, &mut table),
        span: table.span(),
        id,
    };
    table.finish(reader);
    decision
}

/// The name of a decision, by which addresses call it.
fn id(reader: &mut Reader, table: &mut TomlTable, at: usize) -> Ident {
    let Some(written) = table.text(reader, "id") else {
        return Ident { text: format!("decision_{}", at + 1), span: table.span() };
    };
    let id = Ident { text: written.value, span: written.span };
    name::problem(&id).into_iter().for_each(|problem| reader.report(problem));
    id
}

/// `sense = "minimize"`: whether payoffs are costs.
fn sense(reader: &mut Reader, table: &mut TomlTable) -> Sense {
    let Some(written) = table.text(reader, "sense") else { return Sense::Maximize };
    let known = Sense::ALL.into_iter().find(|one| one.key() == written.value);
    if known.is_none() {
        let names = Sense::ALL.map(Sense::key);
        let hint = match did_you_mean(&written.value, names) {
            Some(near) => {
                Hint::new(format!("did you mean \"{near}\"?")).renaming(written.span, &written.value, near)
            }
            None => format!("it is {}", list(names, "or")).into(),
        };
        reader.report(
            Diagnostic::error("unknown-word", format!("\"{}\" is not what payoffs are for", written.value))
                .at(written.span, "more is better, or less?")
                .hint(hint),
        );
    }
    known.unwrap_or_default()
}

/// Every table under `[key]`.
fn named<T>(
    reader: &mut Reader,
    table: &mut TomlTable,
    (key, main): (&'static str, &str),
    read: impl Fn(&mut Reader, Ident, TomlTable) -> T,
) -> Vec<T> {
    let Some(group) = table.table(reader, key) else { return Vec::new() };
    group.sections(reader, main).into_iter().map(|(name, table)| read(reader, name, table)).collect()
}

fn option(reader: &mut Reader, name: Ident, mut table: TomlTable) -> Payoff {
    let option = Payoff {
        label: table.plain(reader, "label"),
        short: table.plain(reader, "short"),
        parts: payoff(reader, &mut table),
        origin: origin::read(reader, &mut table),
        name,
    };
    table.require_such(reader, "payoff", "10");
    table.finish(reader);
    option
}

/// `payoff`: one expression, or one for each outcome or each state of a factor; nothing if it can't be read.
fn payoff(reader: &mut Reader, table: &mut TomlTable) -> Vec<PayoffPart> {
    if !table.holds_table("payoff") {
        let value = table.value(reader, "payoff").into_iter();
        return value.map(|value| PayoffPart { name: None, state: None, value }).collect();
    }
    let entries = table.table(reader, "payoff").map(|table| table.nested_values(reader));
    let part = |(name, state, value)| PayoffPart { name: Some(name), state, value };
    entries.unwrap_or_default().into_iter().map(part).collect()
}

fn trial(reader: &mut Reader, name: Ident, mut table: TomlTable) -> Trial {
    let cost = table.number(reader, "cost").and_then(|cost| {
        let fault = negative(&cost);
        reader.sound(cost, fault)
    });
    let trial = Trial {
        label: table.plain(reader, "label"),
        short: table.plain(reader, "short"),
        of: table.names(reader, "of").unwrap_or_default(),
        cost,
        origin: origin::read(reader, &mut table),
        name,
    };
    table.require(reader, "of", "[\"some_event\"]");
    table.finish(reader);
    trial
}

/// The error of a cost below 0.
pub(super) fn negative(cost: &Located<f64>) -> Option<Diagnostic> {
    let error = Diagnostic::error("decision", "a test can't cost less than nothing");
    (cost.value < 0.0).then(|| {
        error.at(cost.span, format!("this is {}", cost.value)).hint("say what it costs, as in `cost = 10`")
    })
}

/// `groups`: lists of names that could be known together.
fn groups(reader: &mut Reader, table: &mut TomlTable) -> Vec<Knowable> {
    let Some(group) = table.table(reader, "groups") else { return Vec::new() };
    let all = group.lists(reader).into_iter();
    all.map(|(name, of)| {
        name::problem(&name).into_iter().for_each(|problem| reader.report(problem));
        Knowable { name, of }
    })
    .collect()
}
