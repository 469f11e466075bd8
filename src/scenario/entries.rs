//! Tables whose keys the author chooses: states, parents, causes.

use std::collections::BTreeSet;

use toml::de::DeValue;

use super::reader::{Entry, Reader, text_hint};
use super::row::Choice;
use super::table::TomlTable;
use super::text;
use super::value::Value;
use crate::diagnostic::{Excerpt, Span};
use crate::expression::{self, Expr, Ident};

impl<'a> TomlTable<'a> {
    /// Every entry as an expression under its name, or under two names where a table stands under the first.
    pub(super) fn nested_values(self, reader: &mut Reader) -> Vec<(Ident, Option<Ident>, Value)> {
        let mut values = Vec::new();
        for (key, entry) in self.entries {
            let name = Ident { text: key.get_ref().to_string(), span: Span::new(reader.source, key.span()) };
            if let DeValue::Table(entries) = entry.get_ref() {
                let path = self.join(&name.text);
                let inner = TomlTable {
                    entries,
                    source: self.source,
                    span: name.span,
                    path,
                    asked: BTreeSet::new(),
                    is_real: self.is_real,
                };
                let inner = inner.values(reader).into_iter();
                values.extend(inner.map(|(state, value)| (name.clone(), Some(state), value)));
                continue;
            }
            let address = self.join(&name.text);
            if let Some(expr) = reader.expression(&address, entry) {
                values.push((name, None, Value { address, expr }));
            }
        }
        values
    }

    /// The same table under the number `at` of its list, from 1.
    pub(super) fn numbered(self, at: usize) -> TomlTable<'a> {
        TomlTable { path: format!("{}.{at}", self.path), ..self }
    }

    /// A list of names.
    pub(super) fn names(&mut self, reader: &mut Reader, key: &'static str) -> Option<Vec<Ident>> {
        let entry = self.take(key)?;
        let found = match entry.get_ref() {
            DeValue::Array(items) => {
                items.iter().map(|item| name_in(reader, item)).collect::<Option<Vec<Ident>>>()
            }
            _ => None,
        };
        if found.is_none() {
            let path = self.join(key);
            reader.wrong_kind(
                &path,
                entry,
                "a list of names",
                "names stand in quotes, as in `[\"low\", \"high\"]`",
            );
        }
        found
    }

    /// Every entry as a list of names under its own.
    pub(super) fn lists(self, reader: &mut Reader) -> Vec<(Ident, Vec<Ident>)> {
        let mut found = Vec::new();
        for (key, entry) in self.entries {
            let name = Ident { text: key.get_ref().to_string(), span: Span::new(reader.source, key.span()) };
            let names = match entry.get_ref() {
                DeValue::Array(items) => {
                    items.iter().map(|item| name_in(reader, item)).collect::<Option<Vec<Ident>>>()
                }
                _ => None,
            };
            match names {
                Some(names) => found.push((name, names)),
                None => reader.wrong_kind(
                    &self.join(&name.text),
                    entry,
                    "a list of names",
                    "names stand in quotes, as in `[\"low\", \"high\"]`",
                ),
            }
        }
        found
    }

    /// `["a", "b"]`: two names.
    pub(super) fn two_names(&mut self, reader: &mut Reader, key: &'static str) -> Option<[Ident; 2]> {
        let entry = self.take(key)?;
        let name = |item: Entry| match item.get_ref() {
            DeValue::String(text) => Some(Ident { text: text.to_string(), span: reader.span_of(item) }),
            _ => None,
        };
        let names = match entry.get_ref() {
            DeValue::Array(items) => items.iter().map(name).collect::<Option<Vec<Ident>>>(),
            _ => None,
        };
        let two = names.and_then(|names| <[Ident; 2]>::try_from(names).ok());
        if two.is_none() {
            reader.wrong_kind(
                &self.join(key),
                entry,
                "a list of two names",
                "two names stand in quotes, as in `[\"a\", \"b\"]`",
            );
        }
        two
    }

    /// Every entry as a text under its name.
    pub(super) fn texts(self, reader: &mut Reader) -> Vec<(Ident, String)> {
        let mut found = Vec::new();
        for (key, entry) in self.entries {
            let name = Ident { text: key.get_ref().to_string(), span: Span::new(reader.source, key.span()) };
            match entry.get_ref() {
                DeValue::String(text) => found.push((name, text.to_string())),
                _ => {
                    let hint = text_hint(reader, entry);
                    reader.wrong_kind(&self.join(&name.text), entry, "a text", hint);
                }
            }
        }
        found
    }

    /// Every entry as one state or a list of states under a parent's name, if all can be read; truths are the states of events.
    pub(super) fn choices(self, reader: &mut Reader) -> Option<Vec<Choice>> {
        let (mut found, count) = (Vec::new(), self.entries.len());
        for (key, entry) in self.entries {
            let parent =
                Ident { text: key.get_ref().to_string(), span: Span::new(reader.source, key.span()) };
            let states = match entry.get_ref() {
                DeValue::Array(items) => {
                    items.iter().map(|item| name_in(reader, item)).collect::<Option<Vec<Ident>>>()
                }
                _ => name_in(reader, entry).map(|one| vec![one]),
            };
            match states {
                Some(states) => found.push(Choice { parent, states }),
                None => reader.wrong_kind(
                    &self.join(&parent.text),
                    entry,
                    "a state or a list of states",
                    "give a state, as in `\"some_state\"`, several, as in `[\"one\", \"other\"]`, or `true` for an event that happens",
                ),
            }
        }
        (found.len() == count).then_some(found)
    }

    /// Every entry as an expression under a condition, which is its key.
    pub(super) fn conditions(self, reader: &mut Reader) -> Vec<(Expr, Value)> {
        let mut found = Vec::new();
        for (key, entry) in self.entries {
            let written = reader.file.text.get(key.span()).unwrap_or("");
            let excerpt = match written.starts_with(['"', '\'']) {
                true => text::decode(reader.source, &reader.file.text, key.span().start, key.span().end),
                false => Excerpt::verbatim(reader.source, key.span().start, written),
            };
            let address = self.join(key.get_ref());
            let condition = expression::parse(&excerpt).map_err(|problem| reader.report(problem)).ok();
            let strength = reader.expression(&address, entry);
            if let (Some(condition), Some(expr)) = (condition, strength) {
                found.push((condition, Value { address, expr }));
            }
        }
        found
    }
}

/// A name in quotes, or a truth, which is the name of a state of an event.
fn name_in(reader: &Reader, item: Entry) -> Option<Ident> {
    match item.get_ref() {
        DeValue::String(text) => Some(Ident { text: text.to_string(), span: reader.span_of(item) }),
        DeValue::Boolean(truth) => Some(Ident { text: truth.to_string(), span: reader.span_of(item) }),
        _ => None,
    }
}
