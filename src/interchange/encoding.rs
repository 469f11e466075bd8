//! Bytes of other programs to text.

use super::format::Format;

/// The characters of Windows-1252 from 0x80 to 0x9f, where it is not Latin-1.
const WINDOWS_1252: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";

/// Names of Latin-1 and what is read as if it were: as browsers do, by its superset Windows-1252.
const LATIN: [&str; 7] =
    ["iso-8859-1", "iso8859-1", "latin1", "latin-1", "us-ascii", "ascii", "windows-1252"];

/// Bytes as text: UTF-8; UTF-16 with a mark; Windows-1252, where an XML text says so or a format of Windows programs says
/// nothing. `None` if it is none of these. `format` is what the user says of it.
///
/// ```
/// use foretell::interchange::decoded;
/// let text = b"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><smile id=\"\xd6l\"/>";
/// assert!(decoded("x.xdsl", text, None).unwrap().ends_with("<smile id=\"Öl\"/>"));
/// assert_eq!(decoded("x.bif", b"\xd6l", None), None);
/// ```
pub fn decoded(name: &str, bytes: &[u8], format: Option<Format>) -> Option<String> {
    if let [0xff, 0xfe, rest @ ..] = bytes {
        return utf_16(rest, u16::from_le_bytes);
    }
    if let [0xfe, 0xff, rest @ ..] = bytes {
        return utf_16(rest, u16::from_be_bytes);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Some(text.into());
    }
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(1 << 12)]);
    let is_latin = match format.unwrap_or_else(|| Format::of(name, &start)) {
        Format::Bif => false,
        Format::Hugin | Format::Netica => true,
        Format::Xmlbif | Format::Xdsl => {
            declared(&start).is_some_and(|one| LATIN.contains(&one.to_ascii_lowercase().as_str()))
        }
    };
    is_latin.then(|| bytes.iter().map(|byte| windows_1252(*byte)).collect())
}

/// The encoding that an XML text declares in its first line.
fn declared(text: &str) -> Option<&str> {
    let (declaration, _) = text.split_once("?>")?;
    let (_, rest) = declaration.split_once("encoding")?;
    let rest = rest.trim_start().strip_prefix('=')?.trim_start();
    let quote = rest.chars().next().filter(|one| *one == '"' || *one == '\'')?;
    rest[1..].split_once(quote).map(|(name, _)| name)
}

fn utf_16(bytes: &[u8], word: impl Fn([u8; 2]) -> u16) -> Option<String> {
    let (words, rest) = bytes.as_chunks::<2>();
    let text = char::decode_utf16(words.iter().map(|one| word(*one))).collect::<Result<String, _>>();
    text.ok().filter(|_| rest.is_empty())
}

fn windows_1252(byte: u8) -> char {
    match byte {
        0x80..=0x9f => WINDOWS_1252.chars().nth(usize::from(byte - 0x80)).unwrap_or('\u{fffd}'),
        _ => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_told_apart() {
        assert_eq!(WINDOWS_1252.chars().count(), 32);
        assert_eq!(decoded("x.net", b"% \x80 \xe9\n", None).as_deref(), Some("% € é\n"));
        assert_eq!(decoded("x.net", "% é".as_bytes(), None).as_deref(), Some("% é"));
        let utf_16: Vec<u8> =
            [0xfeff].into_iter().chain("é𝄞".encode_utf16()).flat_map(u16::to_be_bytes).collect();
        assert_eq!(decoded("x.bif", &utf_16, None).as_deref(), Some("é𝄞"));
        assert_eq!(decoded("x.bif", &utf_16[..utf_16.len() - 1], None), None);
        assert_eq!(decoded("x.xml", b"<?xml version='1.0' encoding='Shift_JIS'?>\x83\x41", None), None);
        assert_eq!(decoded("-", b"\xd6", Some(Format::Netica)).as_deref(), Some("Ö"));
    }
}
