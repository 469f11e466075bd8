//! TOML tables with spans, read key by key, so that every mistake is found and nothing passes unread.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::document::{Located, Value};
use super::{Date, name, text};
use crate::diagnostic::{Diagnostic, Diagnostics, Excerpt, SourceFile, SourceId, Span, did_you_mean, list};
use crate::expression::{self, Expr, Ident, Node, scale};

/// Reads values out of one file and collects what is wrong with them.
pub(super) struct Reader<'a> {
    pub(super) file: &'a SourceFile,
    found: Diagnostics,
    unreadable: BTreeSet<String>,
}

/// A table of the file, of which keys are taken one by one.
pub(super) struct Table<'a> {
    pub(super) entries: &'a DeTable<'a>,
    pub(super) span: Span,
    pub(super) path: String,
    pub(super) asked: BTreeSet<&'static str>,
    /// Whether this is what stands in the file, and not a stand-in for what could not be read.
    pub(super) is_real: bool,
}

/// Stands in for a section that is no table, so that its name is known.
static NOTHING: LazyLock<DeTable<'static>> = LazyLock::new(DeTable::new);

/// Keys that are easily confused: under one that is known, the other is meant.
const CONFUSED: [(&str, &str); 15] = [
    ("value", "probability"),
    ("value", "base"),
    ("probability", "value"),
    ("probability", "base"),
    ("prior", "base"),
    ("formula", "value"),
    ("name", "label"),
    ("rule", "when"),
    ("otherwise", "else"),
    ("of", "between"),
    ("spearman", "rank"),
    ("correlation", "rank"),
    ("name", "id"),
    ("likelihoods", "likelihood"),
    ("ratio", "likelihood_ratio"),
];

pub(super) type Entry<'a> = &'a Spanned<DeValue<'a>>;

impl<'a> Reader<'a> {
    pub(super) fn new(file: &'a SourceFile) -> Reader<'a> {
        Reader { file, found: Diagnostics::new(), unreadable: BTreeSet::new() }
    }

    pub(super) fn report(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
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
                .at(span_of(entry), format!("this is {}", kind(entry.get_ref())))
                .hint(hint),
        );
    }

    /// The decoded text of a string entry.
    pub(super) fn excerpt(&self, entry: Entry) -> Excerpt {
        text::decode(&self.file.text, entry.span().start, entry.span().end)
    }

    /// An expression: a number, a truth or a string to be read.
    pub(super) fn expression(&mut self, path: &str, entry: Entry) -> Option<Expr> {
        let span = span_of(entry);
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

    fn float(&mut self, path: &str, entry: Entry) -> Option<f64> {
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
        self.report(not_finite(path, entry, self.written(entry)));
        None
    }
}

/// Why a number can't be used, and what can.
fn not_finite(path: &str, entry: Entry, written: &str) -> Diagnostic {
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
    Diagnostic::error("not-finite", format!("`{path}` must be a finite number"))
        .at(span_of(entry), what)
        .hint(hint)
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

impl<'a> Table<'a> {
    /// The whole file.
    pub(super) fn root(entries: &'a DeTable<'a>, length: usize) -> Table<'a> {
        let span = Span::new(SourceId::FILE, 0..length.min(1));
        Table { entries, span, path: String::new(), asked: BTreeSet::new(), is_real: true }
    }

    /// Stands in for a table that could not be read.
    fn missing(span: Span, path: String) -> Table<'a> {
        Table { entries: &NOTHING, span, path, asked: BTreeSet::new(), is_real: false }
    }

    /// Where the table's header stands.
    pub(super) fn span(&self) -> Span {
        self.span
    }

    pub(super) fn join(&self, key: &str) -> String {
        if self.path.is_empty() { key.into() } else { format!("{}.{key}", self.path) }
    }

    pub(super) fn name_of(&self, key: &str) -> Option<Ident> {
        self.entries
            .iter()
            .find(|(name, _)| name.get_ref() == key)
            .map(|(name, _)| Ident { text: key.into(), span: Span::new(SourceId::FILE, name.span()) })
    }

    /// Whether the key stands here, readable or not.
    pub(super) fn has(&self, key: &str) -> bool {
        self.name_of(key).is_some()
    }

    pub(super) fn take(&mut self, key: &'static str) -> Option<Entry<'a>> {
        self.asked.insert(key);
        self.entries.iter().find(|(name, _)| name.get_ref() == key).map(|(_, value)| value)
    }

    /// Takes `key` without reading it.
    pub(super) fn skip(&mut self, key: &'static str) {
        self.take(key);
    }

    /// A table under `key`.
    pub(super) fn table(&mut self, reader: &mut Reader, key: &'static str) -> Option<Table<'a>> {
        let entry = self.take(key)?;
        let name = self.name_of(key)?;
        let example = match (key, entry.get_ref()) {
            ("source", DeValue::String(_)) if self.path == "scenario" => {
                format!("title = {}", reader.written(entry))
            }
            ("source", DeValue::String(_)) => format!("where = {}", reader.written(entry)),
            ("source", _) => "title = \"…\"".into(),
            ("set", _) => "some_factor = 0.9".into(),
            ("weights", _) => "some_factor = 1.5".into(),
            ("probabilities", _) => "low = 0.3, high = 0.7".into(),
            ("state_labels", _) => "low = \"Below 5\"".into(),
            ("likelihood", _) => "some_outcome = 0.8, other = \"unlikely\"".into(),
            ("likelihood_ratio", _) => "some_outcome = 4".into(),
            ("when", _) => "some_factor = \"state\", some_event = true".into(),
            ("causes", _) => "some_event = 0.3".into(),
            ("noisy_or" | "noisy_and", _) => "causes = { some_event = 0.3 }".into(),
            ("scenario", _) => "title = \"…\"".into(),
            _ => String::new(),
        };
        self.subtable(reader, &name, entry, &example)
    }

    fn subtable(
        &self,
        reader: &mut Reader,
        name: &Ident,
        entry: Entry<'a>,
        example: &str,
    ) -> Option<Table<'a>> {
        let path = self.join(&name.text);
        match entry.get_ref() {
            DeValue::Table(entries) => {
                Some(Table { entries, span: name.span, path, asked: BTreeSet::new(), is_real: true })
            }
            _ => {
                let hint = match example {
                    "" => format!("write sections such as `[{path}.some_name]`"),
                    _ => format!("write `{} = {{ {example} }}`", name.text),
                };
                reader.wrong_kind(&path, entry, "a table", &hint);
                None
            }
        }
    }

    /// The tables under this one, each with its name, which must be fit for expressions.
    /// `main` is the key that a value written in place of a table was meant for.
    pub(super) fn sections(self, reader: &mut Reader, main: &str) -> Vec<(Ident, Table<'a>)> {
        let mut sections = Vec::new();
        for (key, entry) in self.entries {
            let name = Ident { text: key.get_ref().to_string(), span: Span::new(SourceId::FILE, key.span()) };
            if let Some(problem) = name::problem(&name) {
                reader.report(problem);
            }
            let example = format!("{main} = {}", reader.written(entry));
            let table = self.subtable(reader, &name, entry, &example);
            let table = table.unwrap_or_else(|| Table::missing(name.span, self.join(&name.text)));
            sections.push((name, table));
        }
        sections
    }

    /// The tables of an array of tables.
    pub(super) fn array(&mut self, reader: &mut Reader, key: &'static str) -> Vec<Table<'a>> {
        let Some(entry) = self.take(key) else { return Vec::new() };
        let path = self.join(key);
        let DeValue::Array(items) = entry.get_ref() else {
            let hint = format!("write `[[{path}]]` with the keys of one below it, once for each");
            reader.wrong_kind(&path, entry, "a list of tables", &hint);
            return Vec::new();
        };
        let mut tables = Vec::new();
        for (index, item) in items.iter().enumerate() {
            match item.get_ref() {
                DeValue::Table(entries) => tables.push(Table {
                    entries,
                    span: span_of(item),
                    path: path.clone(),
                    asked: BTreeSet::new(),
                    is_real: true,
                }),
                _ => {
                    let example = match key {
                        "correlations" => "between = [\"a\", \"b\"]",
                        "evidence" => "date = 2023-10-13",
                        _ => "expect = 'P(a) > P(b)'",
                    };
                    let hint = format!("write `[[{path}]]` with `{example}` below it");
                    reader.wrong_kind(&format!("{path}[{index}]"), item, "a table", &hint);
                }
            }
        }
        tables
    }

    /// A text.
    pub(super) fn text(&mut self, reader: &mut Reader, key: &'static str) -> Option<Located<String>> {
        let entry = self.take(key)?;
        match entry.get_ref() {
            DeValue::String(text) => Some(Located { value: text.to_string(), span: span_of(entry) }),
            _ => {
                let hint = text_hint(entry, reader.written(entry));
                reader.wrong_kind(&self.join(key), entry, "a text", &hint);
                None
            }
        }
    }

    /// A text without its place.
    pub(super) fn plain(&mut self, reader: &mut Reader, key: &'static str) -> Option<String> {
        self.text(reader, key).map(|text| text.value)
    }

    /// A finite number.
    pub(super) fn number(&mut self, reader: &mut Reader, key: &'static str) -> Option<Located<f64>> {
        let entry = self.take(key)?;
        let value = reader.float(&self.join(key), entry)?;
        Some(Located { value, span: span_of(entry) })
    }

    /// A date.
    pub(super) fn date(&mut self, reader: &mut Reader, key: &'static str) -> Option<Located<Date>> {
        let entry = self.take(key)?;
        let found = match entry.get_ref() {
            DeValue::Datetime(datetime) if datetime.time.is_none() => datetime.date,
            _ => None,
        };
        if found.is_none() {
            let hint = format!("write it without quotes, as in `{key} = 2023-09-15`");
            reader.wrong_kind(&self.join(key), entry, "a date", &hint);
        }
        found.map(|date| Located {
            value: Date { year: date.year, month: date.month, day: date.day },
            span: span_of(entry),
        })
    }

    /// `[low, high]`.
    pub(super) fn pair(&mut self, reader: &mut Reader, key: &'static str) -> Option<Located<(f64, f64)>> {
        let entry = self.take(key)?;
        let path = self.join(key);
        match entry.get_ref() {
            DeValue::Array(items) if items.len() == 2 => {
                let (low, high) = (reader.float(&path, items.first()?), reader.float(&path, items.get(1)?));
                Some(Located { value: (low?, high?), span: span_of(entry) })
            }
            _ => {
                reader.wrong_kind(
                    &path,
                    entry,
                    "two numbers",
                    "write `[0, 1]`: the lowest and the highest value",
                );
                None
            }
        }
    }

    /// `key = true`, and where it stands.
    pub(super) fn flag(&mut self, reader: &mut Reader, key: &'static str) -> Option<Span> {
        let entry = self.take(key)?;
        match entry.get_ref() {
            DeValue::Boolean(true) => Some(span_of(entry)),
            _ => {
                reader.wrong_kind(
                    &self.join(key),
                    entry,
                    "`true`",
                    &format!("write `{key} = true`, or remove it"),
                );
                None
            }
        }
    }

    /// An expression with its address.
    pub(super) fn value(&mut self, reader: &mut Reader, key: &'static str) -> Option<Value> {
        let entry = self.take(key)?;
        let address = self.join(key);
        let expr = reader.expression(&address, entry)?;
        Some(Value { address, expr })
    }

    /// Every entry as an expression under its name.
    pub(super) fn values(self, reader: &mut Reader) -> Vec<(Ident, Value)> {
        let mut values = Vec::new();
        for (key, entry) in self.entries {
            let name = Ident { text: key.get_ref().to_string(), span: Span::new(SourceId::FILE, key.span()) };
            let address = self.join(&name.text);
            if let Some(expr) = reader.expression(&address, entry) {
                values.push((name, Value { address, expr }));
            }
        }
        values
    }

    /// The decoded text of a string that holds a little language of its own.
    pub(super) fn excerpt(&mut self, reader: &mut Reader, key: &'static str) -> Option<Excerpt> {
        let entry = self.take(key)?;
        match entry.get_ref() {
            DeValue::String(_) => Some(reader.excerpt(entry)),
            _ => {
                let hint = text_hint(entry, reader.written(entry));
                reader.wrong_kind(&self.join(key), entry, "a text", &hint);
                None
            }
        }
    }

    /// Reports a key that must be there and is not.
    pub(super) fn require(&self, reader: &mut Reader, key: &'static str, example: &str) {
        let meant = |(name, _): (&Spanned<std::borrow::Cow<str>>, _)| {
            !self.asked.contains(name.get_ref().as_ref()) && self.near(name.get_ref()) == Some(key)
        };
        if self.is_real && self.name_of(key).is_none() && !self.entries.iter().any(meant) {
            reader.report(
                Diagnostic::error("missing-key", format!("`{}` has no `{key}`", self.path))
                    .at(self.span, format!("needs `{key}`"))
                    .hint(format!("add `{key} = {example}`")),
            );
        }
    }

    /// The known key that is probably meant by one that is not.
    fn near(&self, written: &str) -> Option<&'static str> {
        let confused = CONFUSED.iter().find(|(wrong, right)| *wrong == written && self.asked.contains(right));
        confused.map(|(_, right)| *right).or_else(|| did_you_mean(written, self.asked.iter().copied()))
    }

    /// Reports every key that nothing asked for.
    pub(super) fn finish(self, reader: &mut Reader) {
        for (key, _) in self.entries {
            let written = key.get_ref();
            if self.asked.contains(written.as_ref()) {
                continue;
            }
            let place =
                if self.path.is_empty() { "a scenario file".into() } else { format!("`{}`", self.path) };
            let hint = match self.near(written) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("known keys are {}", list(self.asked.iter().copied(), "and")),
            };
            reader.report(
                Diagnostic::error("unknown-key", format!("{place} has no key `{written}`"))
                    .at(Span::new(SourceId::FILE, key.span()), "not known here")
                    .hint(hint),
            );
        }
    }
}

pub(super) fn span_of(entry: Entry) -> Span {
    Span::new(SourceId::FILE, entry.span())
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
