//! What reads one file: its values, and what is wrong with them.

use std::collections::BTreeSet;

use toml::Spanned;
use toml::de::{DeArray, DeValue};

use super::text;
use crate::diagnostic::{Diagnostic, Diagnostics, Excerpt, Hint, SourceFile, SourceId, Span};
use crate::expression::{self, Expr, Loose, Node};
use crate::limits::Meter;

/// Reads values out of one file and collects what is wrong with them.
pub(super) struct Reader<'a> {
    pub(super) file: &'a SourceFile,
    /// Which source the file is.
    pub(super) source: SourceId,
    pub(super) meter: &'a Meter,
    found: Diagnostics,
    unreadable: BTreeSet<String>,
}

pub(super) type Entry<'a> = &'a Spanned<DeValue<'a>>;

impl<'a> Reader<'a> {
    pub(super) fn new(file: &'a SourceFile, source: SourceId, meter: &'a Meter) -> Reader<'a> {
        Reader { file, source, meter, found: Diagnostics::new(), unreadable: BTreeSet::new() }
    }

    pub(super) fn report(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }

    /// What was read, if nothing is wrong with it.
    pub(super) fn sound<T>(&mut self, read: T, fault: Option<Diagnostic>) -> Option<T> {
        let is_sound = fault.is_none();
        fault.into_iter().for_each(|one| self.report(one));
        is_sound.then_some(read)
    }

    /// The messages, and the addresses of what stands in the file but could not be read.
    pub(super) fn finish(self) -> (Diagnostics, BTreeSet<String>) {
        (self.found, self.unreadable)
    }

    /// Reports what keeps the value under `path` from being read.
    pub(super) fn unreadable(&mut self, path: &str, problem: Diagnostic) {
        self.unreadable.insert(path.to_string());
        self.report(problem);
    }

    /// Where an entry stands.
    pub(super) fn span_of(&self, entry: Entry) -> Span {
        Span::new(self.source, entry.span())
    }

    /// Whether anything under `path` could not be read.
    pub(super) fn is_unreadable(&self, path: &str) -> bool {
        self.unreadable.iter().any(|one| one.strip_prefix(path).is_some_and(|rest| rest.starts_with('.')))
    }

    /// As written, if that is short enough to be repeated in a hint.
    pub(super) fn written(&self, entry: Entry) -> &'a str {
        let text = self.file.text.get(entry.span()).unwrap_or("…");
        if text.len() <= 40 && !text.contains('\n') { text } else { "…" }
    }

    pub(super) fn wrong_kind(&mut self, path: &str, entry: Entry, wanted: &str, hint: impl Into<Hint>) {
        self.wrong_kinds(path, entry, wanted, vec![hint.into()]);
    }

    /// As [`wrong_kind`](Reader::wrong_kind), where several things may be meant.
    pub(super) fn wrong_kinds(&mut self, path: &str, entry: Entry, wanted: &str, hints: Vec<Hint>) {
        self.unreadable.insert(path.to_string());
        let error = Diagnostic::error("wrong-kind", format!("`{path}` must be {wanted}"))
            .at(self.span_of(entry), format!("this is {}", kind(entry.get_ref())));
        self.report(hints.into_iter().fold(error, Diagnostic::hint));
    }

    /// The decoded text of a string entry.
    pub(super) fn excerpt(&self, entry: Entry) -> Excerpt {
        text::decode(self.source, &self.file.text, entry.span().start, entry.span().end)
    }

    /// An expression: a number, a truth or a string to be read.
    pub(super) fn expression(&mut self, path: &str, entry: Entry) -> Option<Expr> {
        let span = self.span_of(entry);
        match entry.get_ref() {
            DeValue::Integer(_) | DeValue::Float(_) => {
                self.float(path, entry).map(|value| Expr { node: Node::Number(value), span })
            }
            DeValue::Boolean(value) => Some(Expr { node: Node::Truth(*value), span }),
            DeValue::String(_) => {
                let read = expression::parse(&self.excerpt(entry));
                if read.is_err() {
                    self.unreadable.insert(path.to_string());
                }
                read.map_err(|problem| self.report(problem)).ok()
            }
            DeValue::Array(items) => match pair(items) {
                Some(loose) => Some(Expr { node: Node::Loose(loose), span }),
                None => self.no_expression(path, entry),
            },
            _ => self.no_expression(path, entry),
        }
    }

    fn no_expression(&mut self, path: &str, entry: Entry) -> Option<Expr> {
        let hint = "give a number such as `0.35`, or an expression in quotes, such as `'beta(2, 5)'`";
        self.wrong_kind(path, entry, "a number or an expression", hint);
        None
    }

    pub(super) fn float(&mut self, path: &str, entry: Entry) -> Option<f64> {
        let value = match entry.get_ref() {
            DeValue::Integer(integer) => {
                i64::from_str_radix(integer.as_str(), integer.radix()).ok().map(|value| value as f64)
            }
            DeValue::Float(float) => float.as_str().parse().ok(),
            DeValue::String(text) if text.trim().parse::<f64>().is_ok() => {
                let hint = Hint::new(format!("leave the quotes out: `{}`", text.trim()));
                let hint = hint.edit(self.span_of(entry), text.trim());
                self.wrong_kind(path, entry, "a number", hint);
                return None;
            }
            _ => {
                self.wrong_kind(path, entry, "a number", "give a number such as `0.35`");
                return None;
            }
        };
        if value.is_some_and(f64::is_finite) {
            return value;
        }
        self.unreadable.insert(path.to_string());
        self.report(not_finite(path, entry, self.span_of(entry), self.written(entry)));
        None
    }
}

/// Why a number can't be used, and what can.
fn not_finite(path: &str, entry: Entry, span: Span, written: &str) -> Diagnostic {
    let what = match entry.get_ref() {
        DeValue::Float(float) if float.as_str().contains("nan") => "not a number",
        DeValue::Float(float) if float.as_str().contains("inf") => "infinite",
        DeValue::Float(_) => "larger than 1.8e308",
        _ => "a whole number of more than 63 bits",
    };
    let hint: Hint = match (entry.get_ref(), path.rsplit('.').next()) {
        (DeValue::Integer(_), _) => match written.replace('_', "").parse::<f64>() {
            Ok(value) => Hint::new(format!("write it with an exponent, as `{value:e}`"))
                .edit(span, format!("{value:e}")),
            Err(_) => "it needs an exponent, as in `1e20`".into(),
        },
        (_, Some("range")) => {
            "give a bound that is never reached, such as `1e9`, or leave `range` out".into()
        }
        (_, Some("neutral")) => "leave `neutral` out to use the middle of the range".into(),
        _ => "give a number such as `0.35`, or a distribution such as `'normal(0, 1)'`".into(),
    };
    Diagnostic::error("not-finite", format!("`{path}` must be a finite number")).at(span, what).hint(hint)
}

/// A list of two numbers, by which somebody means a range of values.
fn pair(items: &DeArray) -> Option<Loose> {
    let number = |item: &Spanned<DeValue>| match item.get_ref() {
        DeValue::Integer(integer) => integer.as_str().parse().ok(),
        DeValue::Float(float) => float.as_str().parse().ok(),
        _ => None,
    };
    match &items[..] {
        [low, high] => Loose::pair(number(low)?, number(high)?),
        _ => None,
    }
}

/// How to make a text of what is none.
pub(super) fn text_hint(reader: &Reader, entry: Entry) -> Hint {
    let written = reader.written(entry);
    match entry.get_ref() {
        DeValue::Array(_) | DeValue::Table(_) => "give one text in quotes".into(),
        _ if written == "…" => "put it in quotes".into(),
        _ => Hint::new(format!("put it in quotes: `\"{written}\"`"))
            .edit(reader.span_of(entry), format!("\"{written}\"")),
    }
}

fn kind(value: &DeValue) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(datetime) if datetime.date.is_none() => "a time of day",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
