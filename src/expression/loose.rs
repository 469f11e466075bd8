//! What people write for a range of values and the language does not read so: `20-70%`, `between 20 and 70%`, `0.5 ± 0.1`, or a word
//! of the verbal scale. It is read, so that a message can say what to write where it stands.

use super::scale;

/// A range in another notation, or a word that stands for one.
#[derive(Clone, Debug, PartialEq)]
pub struct Loose {
    /// What kind of notation it is.
    pub kind: LooseKind,
    /// What to write where a value may be uncertain, each with what is then meant.
    pub spreads: Vec<(String, &'static str)>,
    /// What to write where one number must stand: the middle.
    pub middle: String,
    /// What it is worth as arithmetic, if it is that too.
    pub difference: Option<f64>,
    /// The two numbers, where it is written as a list of them, which a place for two numbers takes.
    pub list: Option<[f64; 2]>,
    /// Whether it stands in the file without quotes, which whatever is no number needs.
    pub is_bare: bool,
}

/// Notations of ranges.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum LooseKind {
    /// Two ends, as in `20-70%`.
    Ends,
    /// A middle and a tolerance, as in `5 ± 2`.
    Tolerance,
    /// A word of the verbal scale.
    Word(String),
}

/// A plain number as written.
#[derive(Clone, Copy)]
struct Amount {
    written: f64,
    is_percent: bool,
}

impl Amount {
    fn value(self) -> f64 {
        if self.is_percent { self.written / 100.0 } else { self.written }
    }

    fn with(self, written: f64) -> Amount {
        Amount { written: (written * 1e12).round() / 1e12, ..self }
    }

    fn text(self) -> String {
        format!("{}{}", self.written, if self.is_percent { "%" } else { "" })
    }
}

/// Words and signs between the ends of a range that are not `to`.
const BETWEEN: [&str; 6] = ["...", "..", "…", "–", "—", "−"];

/// The range that a whole value means in another notation, if it does.
///
/// ```
/// use foretell::expression::loose;
/// let range = loose::of("20-70%").unwrap();
/// assert_eq!((range.spreads[0].0.as_str(), range.middle.as_str()), ("20% to 70%", "45%"));
/// assert!(loose::of("20% to 70%").is_none() && loose::of("1 - 0.3").is_none());
/// ```
pub fn of(text: &str) -> Option<Loose> {
    let text = text.trim().to_lowercase();
    word(&text).or_else(|| tolerance(&text)).or_else(|| ends(&text))
}

/// The range that a word of the verbal scale stands for.
pub fn word(text: &str) -> Option<Loose> {
    let band = scale::band(text)?;
    let middle = Amount { written: 0.0, is_percent: false }.with(0.5 * (band.low + band.high));
    Some(Loose {
        kind: LooseKind::Word(text.trim().into()),
        spreads: vec![(
            format!("uniform({}, {})", band.low, band.high),
            ": the band that the word stands for",
        )],
        middle: middle.text(),
        difference: None,
        list: None,
        is_bare: false,
    })
}

fn tolerance(text: &str) -> Option<Loose> {
    let (middle, around) = ["±", "+/-", "+-"]
        .into_iter()
        .find_map(|sign| text.split_once(sign))
        .map(|(a, b)| (amount(a), amount(b)))?;
    let (mut middle, around) = (middle?, around?);
    middle.is_percent |= around.is_percent;
    let ends = [middle.with(middle.written - around.written), middle.with(middle.written + around.written)];
    if around.written <= 0.0 {
        return None;
    }
    let interval = format!("{} to {}", ends[0].text(), ends[1].text());
    let deviation = Amount { written: around.written, ..middle };
    let normal = format!("normal({}, {})", middle.text(), deviation.text());
    Some(Loose {
        kind: LooseKind::Tolerance,
        spreads: vec![
            (interval, " if it lies between with nine chances in ten"),
            (normal, " if the second number is a standard deviation"),
        ],
        middle: middle.text(),
        difference: None,
        list: None,
        is_bare: false,
    })
}

fn ends(text: &str) -> Option<Loose> {
    let bare = text.strip_prefix("from ").unwrap_or(text);
    let is_listed = bare.strip_prefix('[').and_then(|one| one.strip_suffix(']'));
    let split = match (text.strip_prefix("between "), is_listed) {
        (Some(rest), _) => rest.split_once(" and "),
        (_, Some(rest)) => rest.split_once(','),
        _ => BETWEEN.into_iter().find_map(|sign| bare.split_once(sign)),
    };
    if let Some((low, high)) = split {
        let (low, high) = (amount(low)?, amount(high)?);
        let list = is_listed.map(|_| [low.value(), high.value()]);
        return Some(Loose { list, ..range(low, high, None)? });
    }
    if let Some((low, high)) = bare.split_once(" to ") {
        let (low, high) = (amount(low)?, amount(high)?);
        // `20 to 70%` is a slip; `0.2 to 70%` says what it says.
        let is_slip = !low.is_percent && high.is_percent && low.value() > high.value();
        return if is_slip || bare.len() < text.len() { range(low, high, None) } else { None };
    }
    let (low, high) = bare.split_once('-')?;
    let (low, high) = (amount(low)?, amount(high)?);
    let is_plain = !low.is_percent && !high.is_percent;
    range(low, high, is_plain.then(|| low.value() - high.value()))
}

/// A sign of per cent at the higher end is that of the lower one too, where it would not lie below otherwise.
fn range(mut low: Amount, high: Amount, difference: Option<f64>) -> Option<Loose> {
    low.is_percent |= high.is_percent && low.value() > high.value();
    if low.value() >= high.value() {
        return None;
    }
    let middle = match low.is_percent == high.is_percent {
        true => low.with(0.5 * (low.written + high.written)),
        false => Amount { written: 0.0, is_percent: false }.with(0.5 * (low.value() + high.value())),
    };
    Some(Loose {
        kind: LooseKind::Ends,
        spreads: vec![(
            format!("{} to {}", low.text(), high.text()),
            ": nine chances in ten that it lies between",
        )],
        middle: middle.text(),
        difference: difference.map(|value| (value * 1e12).round() / 1e12),
        list: None,
        is_bare: false,
    })
}

/// A number without a sign, with or without one of per cent.
fn amount(text: &str) -> Option<Amount> {
    let text = text.trim();
    let (digits, is_percent) = match text.strip_suffix('%').or_else(|| text.strip_suffix("percent")) {
        Some(digits) => (digits.trim_end(), true),
        None => (text, false),
    };
    let is_plain = digits.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        && digits.chars().all(|c| c.is_ascii_digit() || c == '.');
    let written = digits.parse().ok().filter(|value: &f64| is_plain && value.is_finite())?;
    Some(Amount { written, is_percent })
}

impl Loose {
    /// As a pair of numbers in a list of the file, which stands without quotes.
    pub fn pair(low: f64, high: f64) -> Option<Loose> {
        let amount = |written| Amount { written, is_percent: false };
        Some(Loose { is_bare: true, ..range(amount(low), amount(high), None)? })
    }

    /// `text` as it is written where this stands.
    pub fn quoted(&self, text: &str) -> String {
        match (self.is_bare, text.strip_suffix('%').and_then(|one| one.parse::<f64>().ok())) {
            (true, Some(percent)) => Amount { written: percent, is_percent: true }.value().to_string(),
            (true, None) if text.parse::<f64>().is_err() => format!("'{text}'"),
            _ => text.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<String> {
        of(text).map(|one| format!("{} | {}", one.spreads[0].0, one.middle))
    }

    #[test]
    fn ranges_of_other_notations_are_understood() {
        for (text, meant) in [
            ("20-70%", "20% to 70% | 45%"),
            ("20% - 70%", "20% to 70% | 45%"),
            ("0.2 - 0.7", "0.2 to 0.7 | 0.45"),
            ("20–70 %", "20% to 70% | 45%"),
            ("20 to 70%", "20% to 70% | 45%"),
            ("from 3 to 6", "3 to 6 | 4.5"),
            ("between 20 and 70%", "20% to 70% | 45%"),
            ("[0.2, 0.7]", "0.2 to 0.7 | 0.45"),
            ("0.1..0.3", "0.1 to 0.3 | 0.2"),
            ("5 ± 2", "3 to 7 | 5"),
            ("50 ± 10%", "40% to 60% | 50%"),
            ("Very Likely", "uniform(0.8, 0.95) | 0.875"),
        ] {
            assert_eq!(read(text).as_deref(), Some(meant), "{text}");
        }
    }

    #[test]
    fn arithmetic_and_intervals_are_let_alone() {
        for text in [
            "1 - 0.3",
            "5 - 5",
            "0.2 to 0.7",
            "0.2 to 70%",
            "1e-5",
            "-3",
            "a - 2",
            "2 - a",
            "2 - 1 - 3",
            "3",
            "[1]",
            "",
        ] {
            assert_eq!(of(text), None, "{text}");
        }
    }
}
