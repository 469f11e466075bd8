//! TOML tables with spans, read key by key, so that every mistake is found and nothing passes unread.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::opening::Opening;
use super::range::Range;
use super::reader::{Entry, Reader, text_hint};
use super::value::{Located, Value};
use super::{Date, name};
use crate::diagnostic::{Diagnostic, Excerpt, Hint, SourceId, Span, did_you_mean, list};
use crate::expression::Ident;

/// A table of the file, of which keys are taken one by one.
pub(super) struct TomlTable<'a> {
    pub(super) entries: &'a DeTable<'a>,
    /// Which source it stands in.
    pub(super) source: SourceId,
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

impl<'a> TomlTable<'a> {
    /// The whole file.
    pub(super) fn root(entries: &'a DeTable<'a>, source: SourceId, length: usize) -> TomlTable<'a> {
        let span = Span::new(source, 0..length.min(1));
        TomlTable { entries, source, span, path: String::new(), asked: BTreeSet::new(), is_real: true }
    }

    /// Stands in for a table that could not be read.
    fn missing(span: Span, path: String) -> TomlTable<'a> {
        TomlTable {
            entries: &NOTHING,
            source: span.source,
            span,
            path,
            asked: BTreeSet::new(),
            is_real: false,
        }
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
            .map(|(name, _)| Ident { text: key.into(), span: Span::new(self.source, name.span()) })
    }

    /// Whether the key stands here, readable or not.
    pub(super) fn has(&self, key: &str) -> bool {
        self.name_of(key).is_some()
    }

    pub(super) fn take(&mut self, key: &'static str) -> Option<Entry<'a>> {
        self.asked.insert(key);
        self.entries.iter().find(|(name, _)| name.get_ref() == key).map(|(_, value)| value)
    }

    /// Whether a table stands under `key`.
    pub(super) fn holds_table(&self, key: &str) -> bool {
        let found = self.entries.iter().find(|(name, _)| name.get_ref() == key);
        found.is_some_and(|(_, entry)| matches!(entry.get_ref(), DeValue::Table(_)))
    }

    /// Whether a text stands under `key`.
    pub(super) fn holds_text(&self, key: &str) -> bool {
        let found = self.entries.iter().find(|(name, _)| name.get_ref() == key);
        found.is_some_and(|(_, entry)| matches!(entry.get_ref(), DeValue::String(_)))
    }

    /// Takes `key` without reading it.
    pub(super) fn skip(&mut self, key: &'static str) {
        self.take(key);
    }

    /// A table under `key`.
    pub(super) fn table(&mut self, reader: &mut Reader, key: &'static str) -> Option<TomlTable<'a>> {
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
            ("groups", _) => "some_group = [\"some_factor\", \"other\"]".into(),
            _ => String::new(),
        };
        let is_meant = matches!((key, entry.get_ref()), ("source", DeValue::String(_)));
        self.subtable(reader, &name, entry, (&example, is_meant))
    }

    /// The table under a name. `example` is what it could hold, and `is_meant` says that this is what stands there.
    fn subtable(
        &self,
        reader: &mut Reader,
        name: &Ident,
        entry: Entry<'a>,
        (example, is_meant): (&str, bool),
    ) -> Option<TomlTable<'a>> {
        let path = self.join(&name.text);
        match entry.get_ref() {
            DeValue::Table(entries) => Some(TomlTable {
                entries,
                source: self.source,
                span: name.span,
                path,
                asked: BTreeSet::new(),
                is_real: true,
            }),
            _ => {
                let hint = match (example, is_meant) {
                    ("", _) => format!("it has sections such as `[{path}.some_name]`").into(),
                    (_, true) => Hint::new(format!("write `{} = {{ {example} }}`", name.text))
                        .edit(reader.span_of(entry), format!("{{ {example} }}")),
                    _ => format!("it is a table, as in `{} = {{ {example} }}`", name.text).into(),
                };
                reader.wrong_kind(&path, entry, "a table", hint);
                None
            }
        }
    }

    /// The tables under this one, each with its name, which must be fit for expressions.
    /// `main` is the key that a value written in place of a table was meant for.
    pub(super) fn sections(self, reader: &mut Reader, main: &str) -> Vec<(Ident, TomlTable<'a>)> {
        let mut sections = Vec::new();
        for (key, entry) in self.entries {
            if !reader.meter.goes_on() {
                break;
            }
            let name = Ident { text: key.get_ref().to_string(), span: Span::new(self.source, key.span()) };
            if let Some(problem) = name::problem(&name) {
                reader.report(problem);
            }
            let example = format!("{main} = {}", reader.written(entry));
            let is_scalar = matches!(
                entry.get_ref(),
                DeValue::Integer(_) | DeValue::Float(_) | DeValue::String(_) | DeValue::Boolean(_)
            );
            let is_meant = is_scalar && !example.contains('…');
            let table = self.subtable(reader, &name, entry, (&example, is_meant));
            let table = table.unwrap_or_else(|| TomlTable::missing(name.span, self.join(&name.text)));
            sections.push((name, table));
        }
        sections
    }

    /// Whether a list without anything in it stands at a key.
    pub(super) fn is_empty_list(&self, key: &str) -> bool {
        self.entries.get(key).and_then(|entry| entry.get_ref().as_array()).is_some_and(|all| all.is_empty())
    }

    /// The tables of an array of tables.
    pub(super) fn array(&mut self, reader: &mut Reader, key: &'static str) -> Vec<TomlTable<'a>> {
        let Some(entry) = self.take(key) else { return Vec::new() };
        let path = self.join(key);
        let DeValue::Array(items) = entry.get_ref() else {
            let hint = format!("each has a section `[[{path}]]`, with its keys below it");
            reader.wrong_kind(&path, entry, "a list of tables", hint);
            return Vec::new();
        };
        let mut tables = Vec::new();
        for (index, item) in items.iter().enumerate() {
            if !reader.meter.goes_on() {
                break;
            }
            match item.get_ref() {
                DeValue::Table(entries) => tables.push(TomlTable {
                    entries,
                    source: self.source,
                    span: reader.span_of(item),
                    path: path.clone(),
                    asked: BTreeSet::new(),
                    is_real: true,
                }),
                _ => {
                    let example = match key {
                        "correlations" => "between = [\"a\", \"b\"]",
                        "evidence" => "date = 2023-10-13",
                        "decisions" => "id = \"some_decision\"",
                        _ => "expect = 'P(a) > P(b)'",
                    };
                    let hint =
                        format!("each has a section `[[{path}]]`, with keys such as `{example}` below it");
                    reader.wrong_kind(&format!("{path}[{index}]"), item, "a table", hint);
                }
            }
        }
        tables
    }

    /// A text.
    pub(super) fn text(&mut self, reader: &mut Reader, key: &'static str) -> Option<Located<String>> {
        let entry = self.take(key)?;
        match entry.get_ref() {
            DeValue::String(text) => Some(Located { value: text.to_string(), span: reader.span_of(entry) }),
            _ => {
                let hint = text_hint(reader, entry);
                reader.wrong_kind(&self.join(key), entry, "a text", hint);
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
        Some(Located { value, span: reader.span_of(entry) })
    }

    /// A date.
    pub(super) fn date(&mut self, reader: &mut Reader, key: &'static str) -> Option<Located<Date>> {
        let entry = self.take(key)?;
        let found = match entry.get_ref() {
            DeValue::Datetime(datetime) if datetime.time.is_none() => datetime.date,
            _ => None,
        };
        if found.is_none() {
            let readings = match entry.get_ref() {
                DeValue::String(text) => Date::readings(text),
                _ => Vec::new(),
            };
            let hints = dated(key, &readings, reader.span_of(entry));
            reader.wrong_kinds(&self.join(key), entry, "a date", hints);
        }
        found.map(|date| Located {
            value: Date { year: date.year, month: date.month, day: date.day },
            span: reader.span_of(entry),
        })
    }

    /// `[low, high]`.
    pub(super) fn pair(&mut self, reader: &mut Reader, key: &'static str) -> Option<Range> {
        let entry = self.take(key)?;
        let path = self.join(key);
        match entry.get_ref() {
            DeValue::Array(items) if items.len() == 2 => {
                let mut end = |entry: Entry| {
                    let span = reader.span_of(entry);
                    reader.float(&path, entry).map(|value| Located { value, span })
                };
                let (low, high) = (end(items.first()?), end(items.get(1)?));
                Some(Range { low: low?, high: high?, span: reader.span_of(entry) })
            }
            _ => {
                reader.wrong_kind(
                    &path,
                    entry,
                    "two numbers",
                    "it has the lowest and the highest value, as in `[0, 1]`",
                );
                None
            }
        }
    }

    /// `key = true`, and where it stands.
    pub(super) fn flag(&mut self, reader: &mut Reader, key: &'static str) -> Option<Span> {
        let entry = self.take(key)?;
        match entry.get_ref() {
            DeValue::Boolean(true) => Some(reader.span_of(entry)),
            _ => {
                let hint = match entry.get_ref() {
                    DeValue::String(text) if text.trim().eq_ignore_ascii_case("true") => {
                        Hint::write(reader.span_of(entry), "true")
                    }
                    _ => format!("remove it: only `{key} = true` says something").into(),
                };
                reader.wrong_kind(&self.join(key), entry, "`true`", hint);
                None
            }
        }
    }

    /// A key with its value, from the beginning of the one to the end of the other.
    pub(super) fn whole(&self, key: &str) -> Option<Span> {
        let (name, entry) = self.entries.iter().find(|(name, _)| name.get_ref() == key)?;
        Some(Span::new(self.source, name.span().start..entry.span().end))
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
            let name = Ident { text: key.get_ref().to_string(), span: Span::new(self.source, key.span()) };
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
                let hint = "put it in quotes: claims are such as `'P(a) >= 30%'`";
                reader.wrong_kind(&self.join(key), entry, "a text", hint);
                None
            }
        }
    }

    /// Where another key can be put.
    pub(super) fn opening(&self, reader: &Reader) -> Option<Opening> {
        Opening::of(&reader.file.text, self.span).filter(|_| self.is_real && self.source == reader.source)
    }

    /// Reports a key that must be there and is not; the example speaks of things that the file may not have.
    pub(super) fn require(&self, reader: &mut Reader, key: &'static str, example: &str) {
        self.missing_key(reader, key, example, None);
    }

    /// As [`require`](TomlTable::require), where the example can stand in any file.
    pub(super) fn require_such(&self, reader: &mut Reader, key: &'static str, example: &str) {
        let opening = self.opening(reader);
        self.missing_key(reader, key, example, opening);
    }

    fn missing_key(&self, reader: &mut Reader, key: &'static str, example: &str, opening: Option<Opening>) {
        let meant = |(name, _): (&Spanned<std::borrow::Cow<str>>, _)| {
            !self.asked.contains(name.get_ref().as_ref()) && self.near(name.get_ref()) == Some(key)
        };
        let entry = format!("{key} = {example}");
        let hint = || Hint::new(format!("say it, as in `{entry}`"));
        if self.is_real && self.name_of(key).is_none() && !self.entries.iter().any(meant) {
            reader.report(
                Diagnostic::error("missing-key", format!("`{}` has no `{key}`", self.path))
                    .at(self.span, format!("needs `{key}`"))
                    .hint(opening.map_or(hint(), |opening| opening.filled(hint(), &entry))),
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
                Some(near) if self.has(near) => format!("remove it: `{near}` is here already").into(),
                Some(near) => Hint::meant(Span::new(self.source, key.span()), written, near),
                None => format!("known keys are {}", list(self.asked.iter().copied(), "and")).into(),
            };
            reader.report(
                Diagnostic::error("unknown-key", format!("{place} has no key `{written}`"))
                    .at(Span::new(self.source, key.span()), "not known here")
                    .hint(hint),
            );
        }
    }
}

/// What a date is to be written as, if it can be read in some other notation: once for each day that may be meant.
pub(super) fn dated(key: &str, readings: &[Date], span: Span) -> Vec<Hint> {
    match readings {
        [] => {
            vec![format!("a date has year, month and day, without quotes, as in `{key} = 2023-09-15`").into()]
        }
        [one] => vec![Hint::new(format!("write `{key} = {one}`")).edit(span, one.to_string())],
        all => {
            let one = |date: &Date| {
                Hint::new(format!("for {} write `{key} = {date}`", date.named())).edit(span, date.to_string())
            };
            all.iter().map(one).collect()
        }
    }
}
