//! Mistakes of TOML itself, in the words of this project.

use std::collections::BTreeSet;

use toml::de::{DeTable, DeValue, Error};

use super::assigned::{Assigned, CODE};
use crate::diagnostic::{Diagnostic, Diagnostics, Hint, SourceFile, SourceId, Span};

/// What the TOML reader found, with what to write instead.
pub(super) fn explain(file: &SourceFile, source: SourceId, root: &DeTable, error: &Error) -> Diagnostic {
    let text = &file.text;
    let range = error.span().unwrap_or(0..0);
    let span = Span::new(source, range.clone());
    let said = error.message().trim();
    let says = |words: &str| said.contains(words);
    let about = |message: &str, label: &str| Diagnostic::error(CODE, message).at(span, label);
    if says("duplicate key") {
        return duplicate(text, root, span);
    }
    if says("recursion") || says("recurse") {
        return about("lists and tables are nested too deep", "too deep from here on")
            .hint("a scenario file needs no more than three levels");
    }
    if let Some(mended) = Assigned::at(text, range.start).and_then(|one| one.explain(source)) {
        return mended;
    }
    if says("string") && says("expected `") {
        return about("this text does not end", "a quote is missing").hint(unended(text, span));
    }
    if says("unclosed table") {
        return about("this header does not end", "a `]` is missing").hint(unclosed(text, span));
    }
    if says("date") || says("month") || says("time") {
        return about(&format!("this is no date: {}", last(said)), "not in the calendar")
            .hint("a date has year, month and day, as in `2023-09-15`");
    }
    let label = "TOML can't be read here";
    about(&format!("the file is no TOML here: {said}"), label)
        .hint("each line says `key = value`, with texts and expressions in quotes; `#` begins a comment")
}

/// A mistake that comes after as many others as are looked at one by one.
pub(super) fn unexplained(source: SourceId, error: &Error) -> Diagnostic {
    let span = Span::new(source, error.span().unwrap_or(0..0));
    Diagnostic::error(CODE, format!("the file is no TOML here: {}", error.message().trim()))
        .at(span, "TOML can't be read here")
        .hint("mend what comes before it first")
}

/// The error of a text that is no scenario at all, as a table of data is none.
pub(super) fn foreign(file: &SourceFile, source: SourceId) -> Option<Diagnostic> {
    let text = &file.text;
    let start = Span::new(source, 0..0);
    if text.as_bytes().iter().take(1024).any(|byte| *byte == 0) {
        return Some(
            Diagnostic::error(CODE, "this text is not UTF-8: every other byte of it is 0, as in UTF-16")
                .at(start, "its beginning")
                .hint("save it as UTF-8 in your editor, or convert it, as with `iconv -f UTF-16 -t UTF-8 old.toml > new.toml`"),
        );
    }
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let is_plain = |line: &str| !line.contains('=') && !line.starts_with('[');
    let ending = file.name.rsplit('.').next().unwrap_or("").to_lowercase();
    let is_table = file.name.contains('.') && ["csv", "tsv"].contains(&ending.as_str());
    let first = lines.next().filter(|line| is_table || is_plain(line))?;
    if !is_table && !lines.all(is_plain) {
        return None;
    }
    let at = text.find(first).unwrap_or(0);
    let error = Diagnostic::error(
        CODE,
        "this file is no scenario: it has no sections and no line with `key = value`",
    )
    .at(Span::new(source, at..at + first.len()), "its first line");
    Some(match is_table || first.contains([',', ';', '\t']) {
        true => error.hint(table(&file.name, first)),
        false => error.hint("a scenario has sections such as `[factors.some_name]`; `foretell new NAME` writes one to begin with"),
    })
}

/// What to type to ask a table that stands where a scenario does, with the last of its columns.
fn table(name: &str, header: &str) -> String {
    let column = header.rsplit([',', ';', '\t']).next().unwrap_or("").trim().trim_matches('"');
    let is_plain = |text: &str| {
        !text.is_empty() && text.chars().all(|one| one.is_ascii_alphanumeric() || "_-./".contains(one))
    };
    let column = if is_plain(column) { column } else { "COLUMN" };
    let name = if is_plain(name) { name } else { "FILE.csv" };
    format!(
        "it looks like a table of data, which only `discover` asks: type `foretell discover --data {name} --of {column}`, with the \
         column that tells; `-o DIR` draws what is found"
    )
}

fn last(said: &str) -> &str {
    said.rsplit("expected ").next().map_or(said, str::trim)
}

/// The hint at a text without its last quote: it ends with its line, if nothing else is in question.
fn unended(text: &str, end: Span) -> Hint {
    let hint = Hint::new(
        "close it with the quote that it opens with; texts of several lines stand between `\"\"\"` and `\"\"\"`",
    );
    let Some(one) = Assigned::at(text, (end.start as usize).saturating_sub(1)) else { return hint };
    let quote = one.rest().chars().next().unwrap_or(' ');
    let is_plain =
        matches!(quote, '"' | '\'') && one.rest().matches(['"', '\'', '#', '\\', ',', '}', ']']).count() == 1;
    match is_plain
        || (one.rest().starts_with('\'') && one.rest().matches(['"', '\'', '#', '}', ']']).count() == 1)
    {
        true => hint.edit(Span::new(end.source, one.line_end..one.line_end), quote.to_string()),
        false => hint,
    }
}

/// The hint at a header without its end.
fn unclosed(text: &str, place: Span) -> Hint {
    let start = text[..place.start as usize].rfind('\n').map_or(0, |at| at + 1);
    let line = text[start..].lines().next().unwrap_or("");
    let header = line.split('#').next().unwrap_or(line).trim_end();
    let missing = header.matches('[').count().saturating_sub(header.matches(']').count());
    let end = start + header.len();
    let hint = Hint::new("close it, as in `[section.name]`, or `[[section]]` for one of a list");
    // What is no name does not become one by an end.
    let name = header.trim_start().trim_start_matches('[').trim_start();
    let is_bare = |part: &str| {
        !part.is_empty() && part.chars().all(|one| one.is_ascii_alphanumeric() || "_-".contains(one))
    };
    match missing > 0 && name.split('.').all(is_bare) {
        true => hint.edit(Span::new(place.source, end..end), "]".repeat(missing)),
        false => hint,
    }
}

/// A key or a section that stands twice, with the place of the first if it can be found.
fn duplicate(text: &str, root: &DeTable, span: Span) -> Diagnostic {
    let at = span.start as usize;
    let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let is_header = text[line..].trim_start().starts_with('[');
    let name = text.get(span.range()).unwrap_or("").trim_matches(['"', '\'']);
    let (message, hint) = match is_header {
        true => (
            format!("the section of `{name}` stands twice"),
            "put all its keys into one section, or call one of them something else",
        ),
        false => (format!("`{name}` is given twice in this section"), "remove one of the two"),
    };
    let mut path = header(&text[..if is_header { at } else { line }], is_header);
    path.push(name.into());
    let error = Diagnostic::error(CODE, message).at(span, "the second");
    match place(root, span.source, &path)
        .filter(|first| first.start < span.start)
        .or_else(|| same_header(text, line, span))
    {
        Some(first) => error.at(first, "the first"),
        None => error,
    }
    .hint(hint)
}

/// The place in an earlier line that reads as the one at `line` does.
fn same_header(text: &str, line: usize, span: Span) -> Option<Span> {
    let header = text[line..].lines().next()?.trim_end();
    let earlier = text[..line].split_inclusive('\n').scan(0, |at, one| {
        let start = *at;
        *at += one.len();
        Some((start, one))
    });
    let (start, _) =
        earlier.into_iter().find(|(_, one)| header.starts_with('[') && one.trim_end() == header)?;
    let shift = span.start as usize - line;
    Some(Span::new(span.source, start + shift..start + shift + span.range().len()))
}

/// The names of the last header in `text`; of an open one, those before its end.
fn header(text: &str, is_open: bool) -> Vec<String> {
    let lines = text.lines().rev().map(str::trim);
    let line = if is_open {
        text.lines().last().map(str::trim)
    } else {
        lines.into_iter().find(|line| line.starts_with('['))
    };
    let inner = line.unwrap_or("").trim_start_matches('[');
    let inner = inner.split(']').next().unwrap_or("");
    inner
        .split('.')
        .map(|part| part.trim().trim_matches(['"', '\'']).to_string())
        .filter(|part| !part.is_empty())
        .collect()
}

/// Where the last name of a path stands.
fn place(root: &DeTable, source: SourceId, path: &[String]) -> Option<Span> {
    let (first, rest) = path.split_first()?;
    let (key, value) = root.iter().find(|(key, _)| key.get_ref() == first)?;
    match (rest, value.get_ref()) {
        ([], _) => Some(Span::new(source, key.span())),
        (_, DeValue::Table(inner)) => place(inner, source, rest),
        _ => None,
    }
}

/// One mistake, one message: of a line that TOML can't read only the first message stands, and of a section that stands
/// twice only the message about its header.
pub(super) fn without_noise(file: &SourceFile, found: Diagnostics) -> Diagnostics {
    let mut kept = Diagnostics::new();
    if found.iter().all(|one| one.code != CODE) {
        return found;
    }
    let starts: Vec<usize> =
        std::iter::once(0).chain(file.text.match_indices('\n').map(|(at, _)| at + 1)).collect();
    let line = |one: &Diagnostic| {
        one.span().map_or(0, |span| starts.partition_point(|start| *start <= span.start as usize))
    };
    let headers: Vec<usize> = (1..)
        .zip(file.text.lines())
        .filter(|(_, line)| line.trim_start().starts_with('['))
        .map(|(at, _)| at)
        .collect();
    let section = |line: usize| headers.partition_point(|header| *header <= line);
    let unreadable: BTreeSet<usize> = found.iter().filter(|one| one.code == CODE).map(line).collect();
    let mut broken: BTreeSet<usize> = BTreeSet::new();
    let mut repeated: Option<usize> = None;
    for one in found {
        let here = line(&one);
        let is_syntax = one.code == CODE;
        let is_lost = one.code == "missing-key" || (!is_syntax && unreadable.contains(&here));
        let is_repeated = is_syntax && repeated == Some(section(here)) && one.message.contains("twice");
        if is_lost || is_repeated || (is_syntax && broken.contains(&here)) {
            continue;
        }
        if is_syntax {
            broken.insert(here);
            if one.message.starts_with("the section") {
                repeated = Some(section(here));
            }
        }
        kept.push(one);
    }
    kept
}
