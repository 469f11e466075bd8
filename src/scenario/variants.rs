//! `[variants.*]`: named what-ifs.

use std::collections::BTreeSet;

use toml::de::DeValue;

use super::document::Document;
use super::reader::{Entry, Reader};
use super::sections::Variant;
use super::table::TomlTable;
use super::value::{Override, Written};
use super::{origin, overrides};
use crate::diagnostic::{Diagnostic, Hint, Span, did_you_mean, list};
use crate::expression::{self, Expr, Ident, Node};

pub(super) fn variant(reader: &mut Reader, name: Ident, mut table: TomlTable) -> Variant {
    let label = table.plain(reader, "label");
    let mut set = Vec::new();
    if let Some(changes) = table.table(reader, "set") {
        collect(reader, changes, None, &mut set);
    }
    let given = given(reader, &mut table);
    let origin = origin::read(reader, &mut table);
    let is_empty = set.is_empty() && given.is_empty();
    // A key that is misspelt is told already.
    let is_known = table.entries.iter().all(|(key, _)| table.asked.contains(key.get_ref().as_ref()));
    if table.is_real && is_empty && is_known && !reader.is_unreadable(&table.path) {
        reader.report(empty(&table.path, name.span));
    }
    table.finish(reader);
    Variant { name, label, set, given, origin }
}

fn empty(path: &str, span: Span) -> Diagnostic {
    Diagnostic::error("empty-variant", format!("`{path}` changes nothing"))
        .at(span, "neither sets nor learns anything")
        .hint("add what is made so, as in `set = { some_factor = 0.9 }`")
        .hint("or what is learned, as in `given = ['some_factor > 0.6']`")
}

/// Every entry as a replacement; tables within are parts of addresses, as TOML reads keys with full stops in them.
fn collect(
    reader: &mut Reader,
    table: TomlTable,
    before: Option<&Ident>,
    found: &mut Vec<Written<Override>>,
) {
    let owner = table.path.clone();
    for (key, entry) in table.entries {
        let own = Ident { text: key.get_ref().to_string(), span: Span::new(reader.source, key.span()) };
        let address = match before {
            Some(before) => Ident { text: format!("{}.{}", before.text, own.text), span: own.span },
            None => own,
        };
        let path = format!("{owner}.{}", key.get_ref());
        if let DeValue::Table(entries) = entry.get_ref() {
            let inner = TomlTable {
                entries,
                source: reader.source,
                span: address.span,
                path,
                asked: BTreeSet::new(),
                is_real: true,
            };
            collect(reader, inner, Some(&address), found);
        } else if let Some(expr) = expression(reader, &address, &path, entry) {
            let value = match entry.get_ref() {
                DeValue::String(text) => text.to_string(),
                _ => reader.file.text.get(entry.span()).unwrap_or_default().to_string(),
            };
            let text = format!("{}={}", address.text, value.trim());
            found.push(Written { text, value: Override { address, expr } });
        }
    }
}

/// What an entry puts under an address.
fn expression(reader: &mut Reader, address: &Ident, path: &str, entry: Entry) -> Option<Expr> {
    match entry.get_ref() {
        DeValue::String(_) => {
            let word = overrides::word(address, &reader.excerpt(entry));
            word.or_else(|| reader.expression(path, entry))
        }
        DeValue::Array(items) if address.text.ends_with(".range") => {
            let number = |item| reader.expression(path, item);
            let items: Option<Vec<Expr>> = items.iter().map(number).collect();
            Some(Expr { node: Node::List(items?), span: reader.span_of(entry) })
        }
        _ => reader.expression(path, entry),
    }
}

/// `given = ['…', …]`.
fn given(reader: &mut Reader, table: &mut TomlTable) -> Vec<Written<Expr>> {
    let Some(entry) = table.take("given") else { return Vec::new() };
    let path = table.join("given");
    let hint = "propositions stand in quotes, as in `['some_factor > 0.6', 'some_event']`";
    let items: Vec<Entry> = match entry.get_ref() {
        DeValue::Array(items) => items.iter().collect(),
        DeValue::String(_) => vec![entry],
        _ => {
            reader.wrong_kind(&path, entry, "a list of propositions", hint);
            return Vec::new();
        }
    };
    let mut found = Vec::new();
    for item in items {
        if let DeValue::String(_) = item.get_ref() {
            let excerpt = reader.excerpt(item);
            let text = excerpt.content().trim().to_string();
            match expression::parse(&excerpt) {
                Ok(value) => found.push(Written { text, value }),
                Err(problem) => reader.unreadable(&path, problem),
            }
        } else {
            reader.wrong_kind(&path, item, "a list of propositions", hint);
        }
    }
    found
}

impl Variant {
    /// Whether a place of the file is one of what the variant sets or learns.
    pub fn holds(&self, place: Span) -> bool {
        let set = self.set.iter().flat_map(|one| [one.value.address.span, one.value.expr.span]);
        let given = self.given.iter().map(|one| one.value.span);
        let is_inside =
            |own: Span| own.source == place.source && own.start <= place.start && place.end <= own.end;
        set.chain(given).any(is_inside)
    }
}

impl Document {
    /// The variant that a flag names.
    ///
    /// # Errors
    /// A name that no variant has.
    pub fn variant(&self, name: &Ident) -> Result<&Variant, Diagnostic> {
        let known = || self.variants.iter().map(|one| one.name.text.as_str());
        let found = self.variants.iter().find(|one| one.name.text == name.text);
        found.ok_or_else(|| {
            let error = Diagnostic::error("unknown-variant", format!("no variant is called `{}`", name.text));
            let error = error.at(name.span, "not a section `[variants.*]` of the file");
            let error = match did_you_mean(&name.text, known()) {
                Some(near) => error.hint(Hint::meant(name.span, &name.text, near)),
                None => error,
            };
            match self.variants.len() {
                0 => error.hint("the file has no variants: add `[variants.some_name]` with `set` below it"),
                1 => error.hint(format!("the file's only variant is `{}`", self.variants[0].name.text)),
                _ => error.hint(format!("the file's variants are {}", list(known(), "and"))),
            }
        })
    }
}
