//! What reads one file: its values, and what is wrong with them.

use std::collections::BTreeSet;

use toml::Spanned;
use toml::de::DeValue;

use super::text;
use crate::diagnostic::{Diagnostic, Diagnostics, Excerpt, SourceFile, SourceId, Span};
use crate::expression::{self, Expr, Node, scale};
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

    pub(super) fn wrong_kind(&mut self, path: &str, entry: Entry, wanted: &str, hint: &str) {
        self.unreadable.insert(path.to_string());
        self.report(
            Diagnostic::error("wrong-kind", format!("`{path}` must be {wanted}"))
                .at(self.span_of(entry), format!("this is {}", kind(entry.get_ref())))
                .hint(hint),
        );
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
                let excerpt = self.excerpt(entry);
                let read = match verbal(&excerpt) {
                    Some(problem) => Err(problem),
                    None => expression::parse(&excerpt),
                };
                if read.is_err() {
                    self.unreadable.insert(path.to_string());
                }
                read.map_err(|problem| self.report(problem)).ok()
            }
            _ => {
                self.wrong_kind(path, entry, "a number or an expression", "write `0.35` or `'beta(2, 5)'`");
                None
            }
        }
    }

    pub(super) fn float(&mut self, path: &str, entry: Entry) -> Option<f64> {
        let value = match entry.get_ref() {
            DeValue::Integer(integer) => {
                i64::from_str_radix(integer.as_str(), integer.radix()).ok().map(|value| value as f64)
            }
            DeValue::Float(float) => float.as_str().parse().ok(),
            DeValue::String(text) if text.trim().parse::<f64>().is_ok() => {
                let hint = format!("leave the quotes out: `{}`", text.trim());
                self.wrong_kind(path, entry, "a number", &hint);
                return None;
            }
            _ => {
                self.wrong_kind(path, entry, "a number", "write a number such as `0.35`");
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
    let hint = match (entry.get_ref(), path.rsplit('.').next()) {
        (DeValue::Integer(_), _) => match written.replace('_', "").parse::<f64>() {
            Ok(value) => format!("write it with an exponent, as `{value:e}`"),
            Err(_) => "write it with an exponent, as in `1e20`".into(),
        },
        (_, Some("range")) => {
            "write a bound that is never reached, such as `1e9`, or leave `range` out".into()
        }
        (_, Some("neutral")) => "leave `neutral` out to use the middle of the range".into(),
        _ => "write a number such as `0.35`, or a distribution such as `'normal(0, 1)'`".into(),
    };
    Diagnostic::error("not-finite", format!("`{path}` must be a finite number")).at(span, what).hint(hint)
}

/// The error of a word of the verbal scale that stands for a value, if `text` is one.
pub(super) fn verbal(text: &Excerpt) -> Option<Diagnostic> {
    let word = text.content().trim();
    let band = scale::band(word)?;
    Some(
        Diagnostic::error(
            "unsupported",
            format!("the word \"{word}\" as a value is not supported by this version of foretell"),
        )
        .at(text.whole(), "a word of the verbal scale")
        .hint(format!("write its band as `uniform({}, {})`, or a number", band.low, band.high)),
    )
}

pub(super) fn text_hint(entry: Entry, written: &str) -> String {
    match entry.get_ref() {
        DeValue::Array(_) | DeValue::Table(_) => "write one text in quotes".into(),
        _ => format!("put it in quotes: `\"{written}\"`"),
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
