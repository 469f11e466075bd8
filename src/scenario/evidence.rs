//! `[[evidence]]`: what was learned after the scenario was written, and how probable it was under each answer.

use toml::de::DeValue;

use super::reader::{Entry, Reader};
use super::sections::{EvidenceEntry, Likelihood, NumberOrWord};
use super::table::TomlTable;
use super::value::Located;
use super::{cost, name, origin};
use crate::diagnostic::number::share as of_percent;
use crate::diagnostic::{Diagnostic, Hint, Span, did_you_mean};
use crate::expression::{Ident, Node, scale};

pub(super) fn read(reader: &mut Reader, root: &mut TomlTable) -> Vec<EvidenceEntry> {
    let tables = root.array(reader, "evidence").into_iter().enumerate();
    tables.map(|(at, table)| item(reader, at, table)).collect()
}

fn item(reader: &mut Reader, at: usize, mut table: TomlTable) -> EvidenceEntry {
    let span = table.span();
    let entry = EvidenceEntry {
        id: id(reader, &mut table, at),
        date: table.date(reader, "date"),
        text: table.plain(reader, "text"),
        publisher: table.plain(reader, "publisher"),
        url: table.plain(reader, "url"),
        about: table.text(reader, "about").map(|text| Ident { text: text.value, span: text.span }),
        likelihood: likelihood(reader, &mut table),
        reliability: share(reader, &mut table, "reliability"),
        depends_on: table.names(reader, "depends_on").unwrap_or_default(),
        overlap: share(reader, &mut table, "overlap"),
        cost: cost::read(reader, &mut table),
        origin: origin::read(reader, &mut table),
        span,
    };
    table.require_such(reader, "date", "2023-10-13");
    if let (Some(overlap), true) = (&entry.overlap, entry.depends_on.is_empty()) {
        reader.report(
            Diagnostic::error("evidence", "`overlap` says how much of an item earlier ones have said")
                .at(overlap.span, "overlaps with nothing")
                .hint("name them, as in `depends_on = [\"some_id\"]`, or remove `overlap`"),
        );
    }
    table.finish(reader);
    entry
}

/// The name of an item, by which the command line asks for it.
fn id(reader: &mut Reader, table: &mut TomlTable, at: usize) -> Ident {
    let Some(written) = table.text(reader, "id") else {
        return Ident { text: format!("evidence_{}", at + 1), span: table.span() };
    };
    let id = Ident { text: written.value, span: written.span };
    if let Some(problem) = name::problem(&id) {
        reader.report(problem);
    } else if id.text == "all" {
        reader.report(
            Diagnostic::error("reserved-name", "`all` stands for every item and can't be the name of one")
                .at(id.span, "taken")
                .hint("call it something else, such as `all_ships`"),
        );
    }
    id
}

/// A number from 0 to 1.
fn share(reader: &mut Reader, table: &mut TomlTable, key: &'static str) -> Option<Located<f64>> {
    let found = table.number(reader, key)?;
    let fault = no_share(key, &found);
    reader.sound(found, fault)
}

/// The error of a share that lies outside of 0 to 1.
fn no_share(key: &str, found: &Located<f64>) -> Option<Diagnostic> {
    if (0.0..=1.0).contains(&found.value) {
        return None;
    }
    Some(
        Diagnostic::error("evidence", format!("`{key}` must lie between 0 and 1"))
            .at(found.span, format!("this is {}", found.value))
            .hint(format!("give a number such as `{key} = 0.8`")),
    )
}

/// What the numbers of an item can't be.
pub(super) fn faults(item: &EvidenceEntry) -> Vec<Diagnostic> {
    let shares = [("reliability", &item.reliability), ("overlap", &item.overlap)];
    let shares = shares.into_iter().filter_map(|(key, one)| no_share(key, one.as_ref()?));
    let likelihoods = item.likelihood.iter();
    let levels = likelihoods
        .flat_map(|one| one.entries.iter().filter_map(|(_, level)| impossible(&level.number, one.is_ratio)));
    shares.chain(levels).collect()
}

fn likelihood(reader: &mut Reader, table: &mut TomlTable) -> Option<Likelihood> {
    let plain = levels(reader, table, "likelihood", false);
    let ratio = levels(reader, table, "likelihood_ratio", true);
    match (table.name_of("likelihood"), table.name_of("likelihood_ratio")) {
        (Some(first), Some(second)) => reader.report(
            Diagnostic::error("evidence", "`likelihood` and `likelihood_ratio` can't stand together")
                .at(second.span, "says it again")
                .at(first.span, "says how probable the report is")
                .hint("keep one of the two: a ratio leaves out what it does not name, and counts it 1"),
        ),
        (None, None) => table.require(reader, "likelihood", "{ one = 0.8, other = \"unlikely\" }"),
        _ => {}
    }
    plain.or(ratio)
}

fn levels(
    reader: &mut Reader,
    table: &mut TomlTable,
    key: &'static str,
    is_ratio: bool,
) -> Option<Likelihood> {
    let inner = table.table(reader, key)?;
    let span = inner.span();
    let mut entries = Vec::new();
    let mut is_whole = true;
    for (name, entry) in inner.entries {
        let id = Ident { text: name.get_ref().to_string(), span: Span::new(reader.source, name.span()) };
        let found = level(reader, &inner.join(&id.text), entry, is_ratio);
        is_whole &= found.is_some();
        entries.extend(found.map(|level| (id, level)));
    }
    is_whole.then_some(Likelihood { is_ratio, entries, span })
}

fn level(reader: &mut Reader, path: &str, entry: Entry, is_ratio: bool) -> Option<NumberOrWord> {
    let span = reader.span_of(entry);
    let found = match entry.get_ref() {
        DeValue::String(text) if !is_ratio => verbal(text, span),
        DeValue::Integer(_) | DeValue::Float(_) => match reader.expression(path, entry)?.node {
            Node::Number(value) => Ok(NumberOrWord::number(value, span)),
            _ => return None,
        },
        _ => {
            let hint = match is_ratio {
                true => "give a number such as `4`: four times as probable as under what is not named",
                false => "give a number such as `0.7`, or a word such as `\"likely\"`",
            };
            let wanted = if is_ratio { "a number" } else { "a number or a word of the verbal scale" };
            reader.wrong_kind(path, entry, wanted, hint);
            return None;
        }
    };
    let level = found.map_err(|problem| reader.report(problem)).ok()?;
    let fault = impossible(&level.number, is_ratio);
    reader.sound(level, fault)
}

/// The middle of a word's band.
pub(super) fn verbal(text: &str, span: Span) -> Result<NumberOrWord, Diagnostic> {
    if let Some(band) = scale::band(text) {
        let middle = NumberOrWord::number(0.5 * (band.low + band.high), span);
        return Ok(NumberOrWord { word: Some(band), ..middle });
    }
    let hint = match did_you_mean(text, scale::all_words()) {
        Some(near) => Hint::new(format!("did you mean \"{near}\"?")).renaming(span, text, near),
        None => "give a number such as `0.7`, or a word of ICD 203 such as \"likely\"".into(),
    };
    Err(Diagnostic::error("unknown-word", format!("\"{text}\" is not a word of the verbal scale"))
        .at(span, "how probable is the report?")
        .hint(hint))
}

/// The error of a likelihood that can't be.
fn impossible(level: &Located<f64>, is_ratio: bool) -> Option<Diagnostic> {
    let value = level.value;
    if value >= 0.0 && (is_ratio || value <= 1.0) {
        return None;
    }
    let error = |message: &str, hint: Hint| {
        Some(Diagnostic::error("evidence", message).at(level.span, format!("this is {value}")).hint(hint))
    };
    match is_ratio {
        true => error("a likelihood ratio is never negative", "give a number such as `4` or `0.25`".into()),
        false => error(
            "a likelihood lies between 0 and 1",
            match value {
                1.0..10.0 => Hint::new(format!(
                    "proportions stand under `likelihood_ratio`; for {value} % write `{}`",
                    of_percent(value)
                ))
                .edit(level.span, of_percent(value).to_string()),
                10.0..=100.0 => {
                    let share = of_percent(value).to_string();
                    Hint::new(format!("write `{share}`; proportions stand under `likelihood_ratio`"))
                        .edit(level.span, share)
                }
                _ => "give a number such as `0.7`".into(),
            },
        ),
    }
}
