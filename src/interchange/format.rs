//! The formats in which other programs keep networks, and how a file tells its own.

/// A format of networks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// The Bayesian Interchange Format 0.15 (Cozman 1998).
    Bif,
    /// Its successor in XML, 0.3 (Cozman 1998).
    Xmlbif,
    /// Hugin's NET language, second and third revision.
    Hugin,
    /// XDSL of GeNIe and SMILE.
    Xdsl,
    /// Netica's DNET-1.
    Netica,
}

impl Format {
    /// All of them.
    pub const ALL: [Format; 5] = [Format::Bif, Format::Xmlbif, Format::Hugin, Format::Xdsl, Format::Netica];

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Format::Bif => "the Bayesian Interchange Format 0.15",
            Format::Xmlbif => "the Bayesian Interchange Format in XML, 0.3",
            Format::Hugin => "Hugin's NET language",
            Format::Xdsl => "GeNIe's XDSL",
            Format::Netica => "Netica's DNET",
        }
    }

    /// What a flag calls it.
    pub fn key(self) -> &'static str {
        self.endings()[0]
    }

    /// How names of its files end, the usual ending first.
    pub fn endings(self) -> &'static [&'static str] {
        match self {
            Format::Bif => &["bif"],
            Format::Xmlbif => &["xmlbif", "bifxml", "xml"],
            Format::Hugin => &["net", "oobn"],
            Format::Xdsl => &["xdsl"],
            Format::Netica => &["dne", "dnet"],
        }
    }

    /// The format of a file: its ending tells it, or its text where the ending says nothing or is that of a text that is
    /// no XML while this one is, or the other way round.
    ///
    /// ```
    /// use foretell::interchange::Format;
    /// assert_eq!(Format::of("rain.net", ""), Format::Hugin);
    /// assert_eq!(Format::of("stdin", "// ~->[DNET-1]->~\nbnet rain {"), Format::Netica);
    /// assert_eq!(Format::of("rain.xml", "<?xml version='1.0'?><smile>"), Format::Xdsl);
    /// assert_eq!(Format::of("rain.bif", "<BIF>"), Format::Xmlbif);
    /// ```
    pub fn of(name: &str, text: &str) -> Format {
        let ending = name.rsplit(['.', '/', '\\']).next().unwrap_or_default().to_ascii_lowercase();
        let by_ending = Format::ALL.into_iter().find(|one| one.endings().contains(&ending.as_str()));
        let by_text = Format::told_by(text);
        match by_ending {
            // XML is unmistakable, and `.xml` stands for several formats.
            Some(format) if !text.is_empty() && (format.is_xml() || by_text.is_xml()) => by_text,
            Some(format) => format,
            None => by_text,
        }
    }

    fn is_xml(self) -> bool {
        matches!(self, Format::Xmlbif | Format::Xdsl)
    }

    /// What the text looks like.
    fn told_by(text: &str) -> Format {
        let start = text.trim_start_matches('\u{feff}').trim_start();
        if start.starts_with('<') {
            return if start.contains("<smile") { Format::Xdsl } else { Format::Xmlbif };
        }
        match first_word(start) {
            "bnet" => Format::Netica,
            "net" | "class" | "node" | "discrete" | "continuous" | "potential" | "decision" | "utility" => {
                Format::Hugin
            }
            _ => Format::Bif,
        }
    }
}

/// The first word that stands in no comment of any of the formats.
fn first_word(text: &str) -> &str {
    let mut rest = text.trim_start();
    loop {
        let comment = match () {
            () if rest.starts_with("//") || rest.starts_with('%') => rest.find('\n'),
            () if rest.starts_with("/*") => rest.find("*/").map(|end| end + 2),
            () => break,
        };
        rest = rest[comment.unwrap_or(rest.len())..].trim_start();
    }
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
    &rest[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_do_not_hide_what_a_text_is() {
        assert_eq!(Format::of("-", "% net\n/* bnet */ // bnet\nnet { }"), Format::Hugin);
        assert_eq!(Format::of("-", "\u{feff}  // x\nnetwork n { }"), Format::Bif);
        assert_eq!(Format::of("a.dne", "network n { }"), Format::Netica);
        assert_eq!(Format::of("a.xdsl", "network n { }"), Format::Bif);
        assert_eq!(Format::of("bif", ""), Format::Bif);
        assert_eq!(Format::of("-", "/* never ends"), Format::Bif);
    }
}
