//! `key = value` in a line that TOML can't read: what was meant by the value, and how it is written.

use super::Date;
use super::table::dated;
use crate::diagnostic::{Diagnostic, Excerpt, Hint, SourceId, Span};
use crate::expression::{self, Node};

/// The code of every message about TOML's own grammar.
pub(super) const CODE: &str = "toml-syntax";

/// Keys whose values are dates.
const DATES: [&str; 3] = ["as_of", "by", "date"];

/// Keys whose values are expressions, besides the names of factors and states.
const TEXTS: [&str; 16] = [
    "title",
    "question",
    "label",
    "short",
    "note",
    "text",
    "where",
    "kind",
    "quote",
    "url",
    "author",
    "publisher",
    "unit",
    "id",
    "about",
    "resolves",
];

/// A key and what stands behind its `=`.
pub(super) struct Assigned<'t> {
    text: &'t str,
    key: &'t str,
    /// Where the value begins.
    start: usize,
    /// Where the value ends: before a comment, and before what closes the table that it stands in.
    end: usize,
    /// Where the line ends.
    pub(super) line_end: usize,
}

impl<'t> Assigned<'t> {
    /// The last that begins at or before byte `at`, in its line.
    pub(super) fn at(text: &'t str, at: usize) -> Option<Assigned<'t>> {
        let at = at.min(text.len());
        let at = (0..=at).rev().find(|at| text.is_char_boundary(*at))?;
        let line_start = text[..at].rfind('\n').map_or(0, |end| end + 1);
        let line = text[line_start..].lines().next().unwrap_or("");
        let line_end = line_start + line.trim_end().len();
        let sign = line.match_indices('=').map(|(sign, _)| sign).filter(|sign| line_start + sign <= at);
        let sign = sign.rev().find(|sign| is_assignment(line, *sign))?;
        let before = line[..sign].trim_end();
        let key_start = before
            .rfind(|c: char| !c.is_alphanumeric() && !"_-.".contains(c))
            .map_or(0, |end| end + before[end..].chars().next().map_or(1, char::len_utf8));
        let blank = line[sign + 1..].len() - line[sign + 1..].trim_start().len();
        let start = (line_start + sign + 1 + blank).min(line_end);
        let is_nested = before[..key_start].contains(['{', '[']) && !before.trim_start().starts_with('[');
        let end = start + extent(&text[start..line_end], is_nested);
        Some(Assigned { text, key: &before[key_start..], start, end, line_end })
    }

    /// What stands behind the sign, to the end of the line.
    pub(super) fn rest(&self) -> &'t str {
        &self.text[self.start..self.line_end]
    }

    fn value(&self) -> &'t str {
        &self.text[self.start..self.end]
    }

    /// What is wrong with the value, if it is a value that TOML does not know.
    pub(super) fn explain(&self, source: SourceId) -> Option<Diagnostic> {
        let value = self.value();
        let span = Span::new(source, self.start..self.end);
        let key = self.key.rsplit('.').next().unwrap_or(self.key);
        if value.is_empty() || format!("x = {value}").parse::<toml::Table>().is_ok() {
            return None;
        }
        let readings = Date::readings(value.trim_matches(['"', '\'']));
        if DATES.contains(&key) && !readings.is_empty() {
            let error = Diagnostic::error(CODE, "a date is written year-month-day");
            let error = error.at(span, "not a date of TOML");
            return Some(dated(key, &readings, span).into_iter().fold(error, Diagnostic::hint));
        }
        if value.starts_with(['"', '\'']) {
            return quoted_within(value, span);
        }
        let is_open = value.starts_with(['[', '{']) || DATES.contains(&key);
        (!is_open).then(|| self.unquoted(source, span, key))
    }

    fn unquoted(&self, source: SourceId, span: Span, key: &str) -> Diagnostic {
        let error =
            |message: &str| Diagnostic::error(CODE, message).at(span, "neither a number nor a quoted text");
        let straight: String = self.value().chars().filter(|c| !"\"'“”‘’„".contains(*c)).collect();
        let straight = straight.trim();
        let quotes = "this value must stand in quotes";
        if TEXTS.contains(&key) {
            let new = format!("\"{}\"", straight.replace('\\', "\\\\"));
            return error(quotes).hint(Hint::write(span, new));
        }
        let all = meant(source, straight, key);
        let is_number = |(_, new): &(String, String)| number(new).is_some();
        let error = error(if !all.is_empty() && all.iter().all(is_number) {
            "this can't be read as a number"
        } else {
            quotes
        });
        if all.is_empty() {
            return error.hint(
                "put it between straight quotes, as in `'beta(2, 5)'`, and mend what is no expression in it",
            );
        }
        all.iter().fold(error, |error, (words, new)| match number(new) {
            Some(number) if number == *new => error.hint(Hint::new(words.as_str()).edit(span, new.as_str())),
            Some(number) => error.hint(Hint::write(span, number)),
            None => {
                error.hint(Hint::new(format!("{words}, in straight quotes")).edit(span, format!("'{new}'")))
            }
        })
    }
}

/// A number as TOML has it: digits stand on both sides of a point.
fn number(text: &str) -> Option<String> {
    let value = text.parse::<f64>().ok().filter(|value| value.is_finite())?;
    let is_toml = format!("x = {text}").parse::<toml::Table>().is_ok();
    Some(if is_toml { text.into() } else { format!("{value:?}") })
}

/// What may be meant by a text, each in words and as an expression: itself, or what hints at its mistake say.
fn meant(source: SourceId, text: &str, key: &str) -> Vec<(String, String)> {
    let read = |text: &str| expression::parse(&Excerpt::verbatim(source, 0, text));
    let problem = match read(text).map(|expr| expr.node) {
        Ok(Node::Loose(loose)) if key == "probability" => {
            return vec![(format!("write `{}`, the middle", loose.middle), loose.middle)];
        }
        Ok(Node::Loose(loose)) => {
            let spreads = loose.spreads.into_iter();
            return spreads.map(|(new, meaning)| (format!("write `{new}`{meaning}"), new)).collect();
        }
        Ok(_) => return vec![(format!("write `{text}`"), text.into())],
        Err(problem) => problem,
    };
    let mended = |hint: Hint| {
        let mut edits = hint.edits;
        edits.sort_by_key(|edit| std::cmp::Reverse(edit.span));
        let mut mended = text.to_string();
        edits.iter().for_each(|edit| mended.replace_range(edit.span.range(), &edit.text));
        (!edits.is_empty() && read(&mended).is_ok()).then_some((hint.text, mended))
    };
    problem.hints.into_iter().filter_map(mended).collect()
}

/// The error of a quotation mark, or an apostrophe, inside a text that has the same around it.
fn quoted_within(value: &str, span: Span) -> Option<Diagnostic> {
    let quote = value.chars().next()?;
    let inner = value.strip_prefix(quote)?.strip_suffix(quote)?;
    if !inner.contains(quote) || inner.starts_with(quote) {
        return None;
    }
    let other = if quote == '\'' { '"' } else { '\'' };
    let what = if quote == '\'' { "an apostrophe" } else { "a quotation mark" };
    let at = span.start + 1 + inner.find(quote)? as u32;
    let hint = Hint::new(format!("put the text between other quotes: {other}…{other}"));
    let hint = match inner.contains([other, '\\']) {
        true => Hint::new("put the text between `\"\"\"` and `\"\"\"`"),
        false => hint
            .edit(Span { end: span.start + 1, ..span }, other.to_string())
            .edit(Span { start: span.end - 1, ..span }, other.to_string()),
    };
    Some(
        Diagnostic::error(CODE, format!("{what} ends this text before its end"))
            .at(Span { start: at, end: at + 1, ..span }, "the text ends here")
            .hint(hint),
    )
}

/// Whether the `=` at a byte of a line is no part of a comparison and in no quotes.
fn is_assignment(line: &str, sign: usize) -> bool {
    let is_compared =
        line[..sign].ends_with(['=', '<', '>', '!']) || line[sign + 1..].starts_with(['=', '>', '<']);
    let mut open = None;
    for c in line[..sign].chars() {
        match open {
            Some(quote) if c == quote => open = None,
            None if matches!(c, '"' | '\'') => open = Some(c),
            _ => {}
        }
    }
    !is_compared && open.is_none()
}

/// The length of the value that begins a text: to a comment, and in a table to the comma or bracket behind it.
fn extent(rest: &str, is_nested: bool) -> usize {
    let (mut depth, mut quote) = (0usize, None);
    if let Some(mark) = rest.chars().next().filter(|c| matches!(c, '"' | '\'')) {
        // Of a text with a stray quote the last one closes it.
        let comment = rest.rfind('#').filter(|at| !rest[*at..].contains(mark));
        return rest[..comment.unwrap_or(rest.len())].trim_end().len();
    }
    for (at, c) in rest.char_indices() {
        match c {
            _ if quote == Some(c) => quote = None,
            _ if quote.is_some() => {}
            '"' => quote = Some(c),
            '#' => return rest[..at].trim_end().len(),
            ',' | '}' | ']' if is_nested && depth == 0 => return rest[..at].trim_end().len(),
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    rest.trim_end().len()
}
