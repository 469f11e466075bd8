//! TOML tables with spans, read key by key, so that every mistake is found and nothing passes unread.

use std::collections::BTreeSet;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::document::{Located, Value};
use super::{Date, text};
use crate::diagnostic::{Diagnostic, Diagnostics, Excerpt, SourceFile, SourceId, Span, did_you_mean, list};
use crate::distribution::Family;
use crate::expression::{self, Expr, Function, Ident, KEYWORDS, Node, scale};

/// Reads values out of one file and collects what is wrong with them.
pub(super) struct Reader<'a> {
    file: &'a SourceFile,
    found: Diagnostics,
}

/// A table of the file, of which keys are taken one by one.
pub(super) struct Table<'a> {
    entries: &'a DeTable<'a>,
    span: Span,
    path: String,
    asked: BTreeSet<&'static str>,
}

type Entry<'a> = &'a Spanned<DeValue<'a>>;

impl<'a> Reader<'a> {
    pub(super) fn new(file: &'a SourceFile) -> Reader<'a> {
        Reader { file, found: Diagnostics::new() }
    }

    pub(super) fn report(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }

    pub(super) fn finish(self) -> Diagnostics {
        self.found
    }

    fn wrong_kind(&mut self, path: &str, entry: Entry, wanted: &str, hint: &str) {
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
                if scale::band(excerpt.content()).is_some() {
                    self.report(verbal(path, excerpt.content(), span));
                    return None;
                }
                expression::parse(&excerpt).map_err(|problem| self.report(problem)).ok()
            }
            _ => {
                self.wrong_kind(path, entry, "a number or an expression", "write 0.35 or 'beta(2, 5)'");
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
            _ => {
                self.wrong_kind(path, entry, "a number", "write a number such as 0.35");
                return None;
            }
        };
        if value.is_some_and(f64::is_finite) {
            return value;
        }
        self.report(
            Diagnostic::error("not-finite", format!("`{path}` must be a finite number"))
                .at(span_of(entry), "infinite, not a number, or too large")
                .hint("leave the key out if there is no bound"),
        );
        None
    }

    /// Reports a key of a capability that this version does not have.
    pub(super) fn refuse(&mut self, table: &mut Table, key: &'static str) {
        let Some(name) = table.name_of(key) else { return };
        table.asked.insert(key);
        let path = table.join(key);
        self.report(
            Diagnostic::error(
                "unsupported",
                format!("`{path}` is not supported by this version of foretell"),
            )
            .at(name.span, "can't be used yet")
            .hint("remove it, or comment it out with #"),
        );
    }
}

fn verbal(path: &str, word: &str, span: Span) -> Diagnostic {
    let band = scale::band(word).map_or((0.0, 1.0), |band| (band.low, band.high));
    let hint = format!("write its band as `uniform({}, {})`, or a number", band.0, band.1);
    Diagnostic::error("unsupported", format!("`{path}`: words are not supported as values by this version"))
        .at(span, "a word of the verbal scale")
        .hint(hint)
}

impl<'a> Table<'a> {
    /// The whole file.
    pub(super) fn root(entries: &'a DeTable<'a>, length: usize) -> Table<'a> {
        let span = Span::new(SourceId::FILE, 0..length.min(1));
        Table { entries, span, path: String::new(), asked: BTreeSet::new() }
    }

    /// Where the table's header stands.
    pub(super) fn span(&self) -> Span {
        self.span
    }

    fn join(&self, key: &str) -> String {
        if self.path.is_empty() { key.into() } else { format!("{}.{key}", self.path) }
    }

    fn name_of(&self, key: &str) -> Option<Ident> {
        self.entries
            .iter()
            .find(|(name, _)| name.get_ref() == key)
            .map(|(name, _)| Ident { text: key.into(), span: Span::new(SourceId::FILE, name.span()) })
    }

    fn take(&mut self, key: &'static str) -> Option<Entry<'a>> {
        self.asked.insert(key);
        self.entries.iter().find(|(name, _)| name.get_ref() == key).map(|(_, value)| value)
    }

    /// A table under `key`.
    pub(super) fn table(&mut self, reader: &mut Reader, key: &'static str) -> Option<Table<'a>> {
        let entry = self.take(key)?;
        let name = self.name_of(key)?;
        self.subtable(reader, &name, entry)
    }

    fn subtable(&self, reader: &mut Reader, name: &Ident, entry: Entry<'a>) -> Option<Table<'a>> {
        let path = self.join(&name.text);
        match entry.get_ref() {
            DeValue::Table(entries) => Some(Table { entries, span: name.span, path, asked: BTreeSet::new() }),
            _ => {
                let hint = format!("write it as `[{path}]` with keys below, or as `{{ key = value }}`");
                reader.wrong_kind(&path, entry, "a table", &hint);
                None
            }
        }
    }

    /// The tables under this one, each with its name, which must be fit for expressions.
    pub(super) fn sections(self, reader: &mut Reader) -> Vec<(Ident, Table<'a>)> {
        let mut sections = Vec::new();
        for (key, entry) in self.entries {
            let name = Ident { text: key.get_ref().to_string(), span: Span::new(SourceId::FILE, key.span()) };
            if let Some(problem) = bad_name(&name) {
                reader.report(problem);
            }
            if let Some(table) = self.subtable(reader, &name, entry) {
                sections.push((name, table));
            }
        }
        sections
    }

    /// The tables of an array of tables.
    pub(super) fn array(&mut self, reader: &mut Reader, key: &'static str) -> Vec<Table<'a>> {
        let Some(entry) = self.take(key) else { return Vec::new() };
        let path = self.join(key);
        let DeValue::Array(items) = entry.get_ref() else {
            reader.wrong_kind(
                &path,
                entry,
                "a list of tables",
                &format!("write `[[{path}]]`, once for each"),
            );
            return Vec::new();
        };
        let mut tables = Vec::new();
        for item in items.iter() {
            match item.get_ref() {
                DeValue::Table(entries) => tables.push(Table {
                    entries,
                    span: span_of(item),
                    path: path.clone(),
                    asked: BTreeSet::new(),
                }),
                _ => reader.wrong_kind(&path, item, "a table", &format!("write `[[{path}]]`")),
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
                reader.wrong_kind(&self.join(key), entry, "a text", "put it in quotes");
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
            DeValue::Datetime(datetime) => datetime.date,
            _ => None,
        };
        if found.is_none() {
            reader.wrong_kind(&self.join(key), entry, "a date", "write it without quotes, as in 2023-09-15");
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
                let low = reader.float(&path, items.get(0)?)?;
                let high = reader.float(&path, items.get(1)?)?;
                Some(Located { value: (low, high), span: span_of(entry) })
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
                reader.wrong_kind(&self.join(key), entry, "a text", "put it in quotes");
                None
            }
        }
    }

    /// Reports a key that must be there and is not.
    pub(super) fn require(&self, reader: &mut Reader, key: &'static str, example: &str) {
        if self.name_of(key).is_none() {
            reader.report(
                Diagnostic::error("missing-key", format!("`{}` has no `{key}`", self.path))
                    .at(self.span, format!("needs a `{key}`"))
                    .hint(format!("add `{key} = {example}`")),
            );
        }
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
            let hint = match did_you_mean(written, self.asked.iter().copied()) {
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

fn span_of(entry: Entry) -> Span {
    Span::new(SourceId::FILE, entry.span())
}

fn kind(value: &DeValue) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date or time",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// Why a name can't be used, if it can't.
fn bad_name(name: &Ident) -> Option<Diagnostic> {
    let text = &name.text;
    let is_snake = text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    if !is_snake {
        return Some(
            Diagnostic::error("bad-name", format!("`{text}` can't be used as a name"))
                .at(name.span, "names are lower-case letters, digits and `_`")
                .hint(format!("write `{}` and put the wording into `label`", snake_case(text))),
        );
    }
    let owner = if KEYWORDS.contains(&text.as_str()) {
        "a word of the language"
    } else if Function::from_name(text).is_some() {
        "a function"
    } else if Family::from_name(text).is_some() || expression::COMPOSITE_FAMILIES.contains(&text.as_str()) {
        "a distribution"
    } else if scale::band(text).is_some() {
        "a word of the verbal scale"
    } else {
        return None;
    };
    Some(
        Diagnostic::error("reserved-name", format!("`{text}` is {owner} and can't be used as a name"))
            .at(name.span, "taken")
            .hint(format!("call it something else, such as `{text}_level`")),
    )
}

/// The nearest name that is allowed.
fn snake_case(text: &str) -> String {
    let mut name = String::new();
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            name.push(c.to_ascii_lowercase());
        } else if !name.ends_with('_') && !name.is_empty() {
            name.push('_');
        }
    }
    let name = name.trim_end_matches('_').to_string();
    if name.starts_with(|c: char| c.is_ascii_lowercase()) { name } else { format!("x_{name}") }
}
