//! Mistakes of TOML itself, in the words of this project.

use toml::de::{DeTable, DeValue, Error};

use crate::diagnostic::{Diagnostic, Diagnostics, SourceFile, SourceId, Span};

/// The code of every message about TOML's own grammar.
const CODE: &str = "toml-syntax";

/// What the TOML reader found, with what to write instead.
pub(super) fn explain(file: &SourceFile, source: SourceId, root: &DeTable, error: &Error) -> Diagnostic {
    let text = &file.text;
    let range = error.span().unwrap_or(0..0);
    let span = Span::new(source, range.clone());
    let said = error.message().trim();
    let says = |words: &str| said.contains(words);
    let about = |message: &str, label: &str| Diagnostic::error(CODE, message).at(span, label);
    if says("must be quoted") {
        return unquoted(text, span);
    }
    if says("duplicate key") {
        return duplicate(text, root, span);
    }
    if says("recursion") || says("recurse") {
        return about("lists and tables are nested too deep", "too deep from here on")
            .hint("a scenario file needs no more than three levels");
    }
    if says("string") && says("expected `") {
        return about("this text does not end", "a quote is missing")
            .hint("close it with the quote that it opens with; write texts of several lines between `\"\"\"` and `\"\"\"`");
    }
    if says("unclosed table") {
        return about("this header does not end", "a `]` is missing")
            .hint("write `[section.name]`, or `[[section]]` for one of a list");
    }
    if says("date") || says("month") || says("time") {
        return about(&format!("this is no date: {}", last(said)), "not in the calendar")
            .hint("write year, month and day, as in `2023-09-15`");
    }
    let label = "TOML can't be read here";
    about(&format!("the file is no TOML here: {said}"), label).hint(
        "write `key = value`, one to a line, with texts and expressions in quotes; `#` begins a comment",
    )
}

fn last(said: &str) -> &str {
    said.rsplit("expected ").next().map_or(said, str::trim)
}

/// A value that needs quotes, underlined to the end of its line.
fn unquoted(text: &str, place: Span) -> Diagnostic {
    let start = place.start as usize;
    let rest = text.get(start..).unwrap_or("");
    let line = rest.lines().next().unwrap_or("");
    let value = line.split('#').next().unwrap_or(line).trim_end();
    let straight: String = value.chars().filter(|c| !"\"'“”‘’".contains(*c)).collect();
    Diagnostic::error(CODE, "this value must stand in quotes")
        .at(Span::new(place.source, start..start + value.len()), "neither a number nor a quoted text")
        .hint(format!("write `'{}'`, with straight quotes", straight.trim()))
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
    let line = |one: &Diagnostic| one.span().map_or(0, |span| file.position(span.start as usize).line);
    let mut broken: Vec<usize> = Vec::new();
    let mut repeated: Option<usize> = None;
    let headers: Vec<usize> = file
        .text
        .lines()
        .enumerate()
        .filter(|(_, line)| line.trim_start().starts_with('['))
        .map(|(at, _)| at + 1)
        .collect();
    let section = |line: usize| headers.partition_point(|header| *header <= line);
    let mut kept = Diagnostics::new();
    let all: Vec<Diagnostic> = found.into_iter().collect();
    if all.iter().all(|one| one.code != CODE) {
        kept.extend(all);
        return kept;
    }
    let unreadable: Vec<usize> = all.iter().filter(|one| one.code == CODE).map(line).collect();
    for one in all {
        let here = line(&one);
        let is_syntax = one.code == CODE;
        let is_lost = one.code == "missing-key" || (!is_syntax && unreadable.contains(&here));
        let is_repeated = is_syntax && repeated == Some(section(here)) && one.message.contains("twice");
        if is_lost || is_repeated || (is_syntax && broken.contains(&here)) {
            continue;
        }
        if is_syntax {
            broken.push(here);
            if one.message.starts_with("the section") {
                repeated = Some(section(here));
            }
        }
        kept.push(one);
    }
    kept
}
