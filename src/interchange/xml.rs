//! XML as a tree of elements that know their places. Entities are the five of XML and numbers of characters: nothing is
//! fetched, and nothing that a document type defines is expanded.

use std::ops::Range;

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::blocks::Word;
use crate::diagnostic::{Diagnostic, SourceFile, SourceId, Span};

/// Elements nested deeper are refused, so that no text can exhaust the stack.
const DEPTH: usize = 64;

/// An element.
#[derive(Clone, Debug, Default)]
pub(super) struct Element {
    /// What it is called, and the place of its opening tag.
    pub name: String,
    /// Where its opening tag stands.
    pub span: Span,
    /// Its attributes.
    attributes: Vec<(String, Word)>,
    /// The elements in it.
    pub children: Vec<Element>,
    /// The text in it, piece by piece.
    pieces: Vec<Piece>,
}

/// Text as it is meant, and where it stands.
#[derive(Clone, Debug)]
struct Piece {
    text: String,
    place: Range<usize>,
}

impl Piece {
    /// The place of a part of the text: within it where both are as long, else all of it.
    fn place(&self, part: Range<usize>) -> Range<usize> {
        match self.text.len() == self.place.len() {
            true => self.place.start + part.start..self.place.start + part.end,
            false => self.place.clone(),
        }
    }
}

impl Element {
    /// Whether it is called so, in whatever letters.
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// An attribute.
    pub fn attribute(&self, name: &str) -> Option<&Word> {
        self.attributes.iter().find(|(one, _)| one.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    /// The elements in it of a name.
    pub fn all<'e>(&'e self, name: &'e str) -> impl Iterator<Item = &'e Element> {
        self.children.iter().filter(move |one| one.is(name))
    }

    /// The first element in it of a name.
    pub fn first(&self, name: &str) -> Option<&Element> {
        self.children.iter().find(|one| one.is(name))
    }

    /// Its text without the white space around it; its opening tag is the place of an empty one.
    pub fn text(&self) -> Word {
        let text: String = self.pieces.iter().map(|one| one.text.as_str()).collect();
        let filled: Vec<&Piece> = self.pieces.iter().filter(|one| !one.text.trim().is_empty()).collect();
        let place = filled.first().zip(filled.last()).map(|(first, last)| {
            let before = first.text.len() - first.text.trim_start().len();
            let start = first.place(before..first.text.len()).start;
            start..last.place(0..last.text.trim_end().len()).end
        });
        let span = place.map_or(self.span, |place| Span::new(SourceId::FILE, place));
        Word { text: text.trim().into(), span }
    }

    /// The words of its text.
    pub fn words(&self) -> Vec<Word> {
        let mut words = Vec::new();
        let mut open: Option<(String, Range<usize>)> = None;
        let close = |open: &mut Option<(String, Range<usize>)>, words: &mut Vec<Word>| {
            if let Some((text, place)) = open.take() {
                words.push(Word { text, span: Span::new(SourceId::FILE, place) });
            }
        };
        for piece in &self.pieces {
            for (at, c) in piece.text.char_indices() {
                let place = piece.place(at..at + c.len_utf8());
                match (&mut open, c.is_whitespace()) {
                    (_, true) => close(&mut open, &mut words),
                    (Some((text, whole)), false) => {
                        text.push(c);
                        whole.end = place.end;
                    }
                    (None, false) => open = Some((c.into(), place)),
                }
            }
        }
        close(&mut open, &mut words);
        words
    }
}

/// The outermost element of a text.
///
/// # Errors
/// The text is no XML, has none, or nests too deep.
pub(super) fn parse(file: &SourceFile) -> Result<Element, Diagnostic> {
    let mut reader = Reader::from_str(&file.text);
    let mut open: Vec<Element> = vec![Element::default()];
    loop {
        let start = offset(reader.buffer_position());
        let event = reader.read_event().map_err(|error| {
            let start = offset(reader.error_position());
            malformed(&error.to_string(), mark(&file.text, start))
        })?;
        let place = start..offset(reader.buffer_position());
        match event {
            Event::Start(tag) if open.len() > DEPTH => {
                let message = format!("elements stand in each other {DEPTH} deep");
                let error = Diagnostic::error("network-syntax", message).at(span(place), "one more");
                return Err(error.hint(format!("close `<{}>` before the next begins", tag.name().as_ref())));
            }
            Event::Start(tag) => open.push(element(&file.text, &tag, place)?),
            Event::Empty(tag) => {
                let element = element(&file.text, &tag, place)?;
                within(&mut open).children.push(element);
            }
            Event::End(_) => {
                if let Some(element) = open.pop() {
                    within(&mut open).children.push(element);
                }
            }
            Event::Text(text) => within(&mut open).pieces.push(Piece { text: text.to_string(), place }),
            Event::CData(text) => {
                // `<![CDATA[` before it and `]]>` behind.
                let place = place.start + 9..place.end.saturating_sub(3).max(place.start + 9);
                within(&mut open).pieces.push(Piece { text: text.to_string(), place });
            }
            Event::GeneralRef(reference) => {
                let text = resolved(&reference).ok_or_else(|| unknown_entity(&reference, place.clone()))?;
                within(&mut open).pieces.push(Piece { text, place });
            }
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
            Event::Eof => break,
        }
    }
    if open.len() > 1 {
        let last = &open[open.len() - 1];
        let message = format!("`<{}>` is not closed", last.name);
        let error = Diagnostic::error("network-syntax", message).at(last.span, "opened here");
        return Err(error.hint(format!("close it with `</{}>`", last.name)));
    }
    let root = within(&mut open);
    match root.children.is_empty() {
        true => Err(malformed("no element stands in it", Span::new(SourceId::FILE, 0..0))),
        false => Ok(root.children.swap_remove(0)),
    }
}

/// The innermost open element. The first stands for the text itself, and is never closed.
fn within(open: &mut Vec<Element>) -> &mut Element {
    if open.is_empty() {
        open.push(Element::default());
    }
    let last = open.len() - 1;
    &mut open[last]
}

fn offset(position: u64) -> usize {
    usize::try_from(position).unwrap_or(usize::MAX)
}

fn span(place: Range<usize>) -> Span {
    Span::new(SourceId::FILE, place)
}

/// The character at an offset, or the end.
fn mark(text: &str, offset: usize) -> Span {
    let start = (0..=offset.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let end = text[start..].chars().next().map_or(start, |one| start + one.len_utf8());
    span(start..end)
}

fn element(text: &str, tag: &BytesStart, place: Range<usize>) -> Result<Element, Diagnostic> {
    let mut attributes = Vec::new();
    for attribute in tag.attributes() {
        let attribute = attribute.map_err(|error| malformed(&error.to_string(), span(place.clone())))?;
        let own = within_tag(text, &place, &attribute.value);
        let mut value = String::new();
        let mut rest: &str = &attribute.value;
        while let Some((before, reference)) = rest.split_once('&') {
            value.push_str(before);
            let (name, behind) = reference.split_once(';').unwrap_or((reference, ""));
            let name = BytesRef::new(name);
            value.push_str(&resolved(&name).ok_or_else(|| unknown_entity(&name, own.clone()))?);
            rest = behind;
        }
        value.push_str(rest);
        attributes.push((attribute.key.as_ref().to_string(), Word { text: value, span: span(own) }));
    }
    let name = tag.name().as_ref().to_string();
    Ok(Element { name, span: span(place), attributes, ..Element::default() })
}

/// Where a value stands in its tag; a value without letters stands where its tag does.
fn within_tag(text: &str, place: &Range<usize>, value: &str) -> Range<usize> {
    let tag = text.get(place.clone()).unwrap_or_default();
    let found = ['"', '\''].iter().find_map(|quote| tag.find(&format!("{quote}{value}{quote}")));
    found.map_or(place.clone(), |at| place.start + at + 1..place.start + at + 1 + value.len())
}

fn resolved(reference: &BytesRef) -> Option<String> {
    match reference.resolve_char_ref() {
        Ok(Some(character)) => Some(character.into()),
        Ok(None) => resolve_predefined_entity(reference).map(str::to_string),
        Err(_) => None,
    }
}

fn unknown_entity(reference: &BytesRef, place: Range<usize>) -> Diagnostic {
    let name: &str = reference;
    let message = format!("`&{};` is not known", name.escape_debug());
    Diagnostic::error("network-syntax", message)
        .at(span(place), "stands for nothing")
        .hint("write the characters themselves; `&amp;` and `&lt;` stand for & and <")
}

fn malformed(reason: &str, place: Span) -> Diagnostic {
    Diagnostic::error("network-syntax", format!("this is no XML: {reason}"))
        .at(place, "here")
        .hint("mend the tag, or save the network again in the program that it comes from")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Element, Diagnostic> {
        parse(&SourceFile::new("x.xml", text))
    }

    #[test]
    fn text_is_what_is_meant_and_knows_its_place() {
        let text = "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY x 'y'>]><A k='1 &lt; 2'>\n a&#233;<![CDATA[<b]]>  <!-- no -->12&amp;<B/> </A>";
        let root = read(text).expect("an element");
        assert!(root.is("a") && root.first("b").is_some());
        assert_eq!(root.attribute("K").map(|one| one.text.as_str()), Some("1 < 2"));
        let words = root.words();
        let shown: Vec<(&str, &str)> =
            words.iter().map(|one| (one.text.as_str(), &text[one.span.range()])).collect();
        assert_eq!(shown, [("aé<b", "a&#233;<![CDATA[<b"), ("12&", "12&amp;")]);
        assert_eq!(root.text().text, "aé<b  12&");
        assert_eq!(&text[root.text().span.range()], "a&#233;<![CDATA[<b]]>  <!-- no -->12&amp;");
    }

    #[test]
    fn what_is_no_xml_is_said() {
        let deep = "<a>".repeat(100_000);
        for text in [
            "",
            "x",
            "<a",
            "<a>",
            "<a></b>",
            "<a>&x;</a>",
            "<a k='&x;'/>",
            "<a k/>",
            "<a k='1' k='2'/>",
            "<!-- a",
            &deep,
        ] {
            let found = read(text).map(|one| one.name);
            assert!(found.is_err(), "{found:?} of {:.20}", text);
        }
    }
}
