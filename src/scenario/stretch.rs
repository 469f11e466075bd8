//! Values that a number goes through, as after `--vary ADDRESS=a:b[:n]`, and values that it takes, as after `--also`.

use super::overrides::split;
use crate::diagnostic::{Diagnostic, Excerpt, SourceFile, SourceId};
use crate::expression::Ident;

/// A number of the file, and from where to where it goes, all as written.
#[derive(Clone, Debug, PartialEq)]
pub struct Stretch {
    /// What it is the address of, as after `--set`.
    pub address: Ident,
    /// The first and the last value.
    pub ends: [Ident; 2],
    /// At how many values it is looked at.
    pub count: Option<Ident>,
}

/// A name or an address of the file, and the values that it takes, all as written; none if it takes its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Levels {
    /// What it is the address of, as after `--set`.
    pub address: Ident,
    /// The values.
    pub values: Vec<Ident>,
}

const HOW: &str = "write ADDRESS=FROM:TO, as in china_approval=0:1, or with a number of values, as in china_approval=0:1:11";

/// Reads `ADDRESS=a:b` or `ADDRESS=a:b:n`; `file` is the text of the flag, registered under `id`.
///
/// # Errors
/// Anything else.
///
/// ```
/// use foretell::diagnostic::{SourceFile, SourceId};
/// let flag = SourceFile::new("--vary", "china_approval=0:1:11");
/// let stretch = foretell::scenario::parse_stretch(&flag, SourceId(1)).unwrap();
/// assert_eq!((stretch.address.text.as_str(), stretch.count.unwrap().text.as_str()), ("china_approval", "11"));
/// ```
pub fn parse_stretch(file: &SourceFile, id: SourceId) -> Result<Stretch, Diagnostic> {
    let whole = Excerpt::verbatim(id, 0, file.text.as_str());
    let refused = |what: &str| {
        Diagnostic::error("vary", "a number to vary needs an address and two values")
            .at(whole.whole(), what)
            .hint(HOW)
    };
    let Some((name, values)) = split(&file.text) else { return Err(refused("there is no `=` in it")) };
    let address = word(&whole, 0, name);
    if address.text.is_empty() {
        return Err(refused("no address before the `=`"));
    }
    let mut words = words(&whole, name.len() + 1, values, ':').into_iter();
    let (Some(from), Some(to), count, None) = (words.next(), words.next(), words.next(), words.next()) else {
        return Err(refused("not two values with `:` between, or three"));
    };
    if [Some(&from), Some(&to), count.as_ref()].into_iter().flatten().any(|one| one.text.is_empty()) {
        return Err(refused("a value is missing"));
    }
    Ok(Stretch { address, ends: [from, to], count })
}

/// Reads `NAME` or `ADDRESS=v,v,…`; `file` is the text of the flag, registered under `id`.
///
/// # Errors
/// Anything else.
pub fn parse_levels(file: &SourceFile, id: SourceId) -> Result<Levels, Diagnostic> {
    let whole = Excerpt::verbatim(id, 0, file.text.as_str());
    let (name, values) =
        split(&file.text).map_or((file.text.as_str(), None), |(name, list)| (name, Some(list)));
    let address = word(&whole, 0, name);
    let values = values.map_or(Vec::new(), |list| words(&whole, name.len() + 1, list, ','));
    if address.text.is_empty() || values.iter().any(|one| one.text.is_empty()) {
        return Err(Diagnostic::error("also", "what is held besides needs a name, or an address and values")
            .at(whole.whole(), "something is missing")
            .hint(
                "write a name, as in trade_demand, or an address and values, as in weight_of_pattern=1,2,3",
            ));
    }
    Ok(Levels { address, values })
}

/// The words of `text`, which begins at byte `from`, between separators.
fn words(whole: &Excerpt, from: usize, text: &str, separator: char) -> Vec<Ident> {
    let mut start = from;
    let one = |part: &str| {
        let word = word(whole, start, part);
        start += part.len() + separator.len_utf8();
        word
    };
    text.split(separator).map(one).collect()
}

/// `text`, which begins at byte `from`, without the spaces around it.
fn word(whole: &Excerpt, from: usize, text: &str) -> Ident {
    let trimmed = text.trim();
    let start = from + (text.len() - text.trim_start().len()).min(text.len() - trimmed.len());
    Ident { text: trimmed.into(), span: whole.span(start..start + trimmed.len()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stretch(text: &str) -> Result<Stretch, Diagnostic> {
        parse_stretch(&SourceFile::new("--vary", text), SourceId(1))
    }

    #[test]
    fn parts_keep_their_places() {
        let found = stretch(" x = -1 : 2e1:5").expect("a stretch");
        let texts = [&found.address, &found.ends[0], &found.ends[1]].map(|one| one.text.as_str());
        assert_eq!(texts, ["x", "-1", "2e1"]);
        assert_eq!(found.ends[1].span.range(), 10..13);
        assert_eq!(found.count.map(|one| one.text).as_deref(), Some("5"));
        // A condition of a cause is a part of the address.
        let cause = stretch("events.e.causes.a == b=0:1").expect("a stretch");
        assert_eq!(cause.address.text, "events.e.causes.a == b");
    }

    #[test]
    fn what_is_no_stretch_is_refused() {
        for wrong in ["", "x", "x=", "x=1", "=0:1", "x=0:", "x=:1", "x=0:1:", "x=0:1:2:3", "x=::"] {
            assert!(stretch(wrong).is_err(), "{wrong}");
        }
        let levels = |text: &str| parse_levels(&SourceFile::new("--also", text), SourceId(1));
        assert_eq!(levels("x=1, 2").expect("levels").values[1].span.range(), 5..6);
        assert!(levels("x").expect("levels").values.is_empty());
        for wrong in ["", " ", "x=", "x=1,", "=1"] {
            assert!(levels(wrong).is_err(), "{wrong}");
        }
    }
}
