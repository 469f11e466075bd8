//! Where a key that is missing can be put into a table of the file.

use crate::diagnostic::{Hint, Span};

/// A place for one more key in a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    /// The empty span of the place.
    span: Span,
    kind: Kind,
}

/// How the table is written.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Kind {
    /// Under a header, a key a line.
    Section,
    /// There only by the header of a table below it: before that goes a header of its own.
    Above { header: String },
    /// Between braces.
    Inline { is_empty: bool },
}

impl Opening {
    /// That of the table whose name or header stands at `span` of a text; `None` where a table is written in another way.
    pub(super) fn of(text: &str, span: Span) -> Option<Opening> {
        let (start, end) = (span.start as usize, span.end as usize);
        let line = text.get(..start)?.rfind('\n').map_or(0, |at| at + 1);
        let at = |place: usize, kind: Kind| Opening { span: Span::new(span.source, place..place), kind };
        if text[line..].trim_start().starts_with('[') {
            let below = |place: usize| {
                let rest = &text[place..];
                at(place + rest.find(['\r', '\n']).unwrap_or(rest.len()), Kind::Section)
            };
            let rest = text.get(end..)?;
            let quote = if rest.starts_with(['"', '\'']) { &rest[..1] } else { "" };
            if !rest[quote.len()..].trim_start_matches([' ', '\t']).starts_with('.') {
                return Some(below(end));
            }
            let name = text[line..end].trim_start().trim_start_matches('[');
            let header = format!("[{name}{quote}]");
            return Some(match text.match_indices(&header).find(|(place, _)| is_at_start(text, *place)) {
                Some((place, _)) => below(place),
                None => at(line, Kind::Above { header }),
            });
        }
        let rest = text.get(end..)?.strip_prefix(['"', '\'']).unwrap_or(&text[end..]);
        let inner = rest.trim_start().strip_prefix('=')?.trim_start().strip_prefix('{')?;
        let is_empty = inner.trim_start().starts_with('}');
        Some(at(text.len() - inner.len(), Kind::Inline { is_empty }))
    }

    /// A hint with the edit that puts `key = value` there.
    pub fn filled(&self, hint: Hint, entry: &str) -> Hint {
        let text = match &self.kind {
            Kind::Above { header } => format!("{header}\n{entry}\n"),
            Kind::Section => format!("\n{entry}"),
            Kind::Inline { is_empty: true } => format!(" {entry} "),
            Kind::Inline { is_empty: false } => format!(" {entry},"),
        };
        hint.edit(self.span, text)
    }
}

/// Whether a place is the first of its line.
fn is_at_start(text: &str, place: usize) -> bool {
    text[..place].trim_end_matches([' ', '\t']).chars().next_back().is_none_or(|one| one == '\n')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::SourceId;

    #[test]
    fn a_key_goes_below_the_header_or_behind_the_brace() {
        for (text, name, filled) in [
            (
                "[factors.oil] # dear\nlabel = 'Oil'\n",
                "oil",
                "[factors.oil] # dear\nvalue = 1\nlabel = 'Oil'\n",
            ),
            ("[factors.oil]", "oil", "[factors.oil]\nvalue = 1"),
            ("[factors.oil]\r\n", "oil", "[factors.oil]\nvalue = 1\r\n"),
            (
                "[factors]\noil = { label = 'Oil' }\n",
                "oil",
                "[factors]\noil = { value = 1, label = 'Oil' }\n",
            ),
            ("[factors]\noil = {}\n", "oil", "[factors]\noil = { value = 1 }\n"),
            (
                "[factors.oil.peace]\nbase = 1\n",
                "oil",
                "[factors.oil]\nvalue = 1\n[factors.oil.peace]\nbase = 1\n",
            ),
            (
                "[factors.oil.peace]\n[factors.oil]\nlabel = 'Oil'\n",
                "oil",
                "[factors.oil.peace]\n[factors.oil]\nvalue = 1\nlabel = 'Oil'\n",
            ),
            (
                " [[factors.\"oil\" . a.b]]\n",
                "oil",
                "[factors.\"oil\"]\nvalue = 1\n [[factors.\"oil\" . a.b]]\n",
            ),
            ("[[claims]]\ntext = 'a'\n", "[[claims]]", "[[claims]]\nvalue = 1\ntext = 'a'\n"),
        ] {
            let start = text.find(name).unwrap();
            let span = Span::new(SourceId::FILE, start..start + name.len());
            let hint = Opening::of(text, span).unwrap().filled(Hint::default(), "value = 1");
            let mut mended = text.to_string();
            mended.replace_range(hint.edits[0].span.range(), &hint.edits[0].text);
            assert_eq!(mended, filled);
        }
        let dotted = Span::new(SourceId::FILE, 10..13);
        assert_eq!(Opening::of("[factors]\noil.label = 'Oil'\n", dotted), None);
    }
}
