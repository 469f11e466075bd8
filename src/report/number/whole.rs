//! Probabilities as pictures and headlines have them.

use crate::diagnostic::number::{NONE, count};

/// What stands between a figure and its sign, so that no line begins with the sign.
const GAP: char = '\u{a0}';

/// Smaller probabilities are not told apart: one in a million.
const LEAST: f64 = 1e-6;

/// A probability as a picture or a headline has it, with a no-break space before its sign.
///
/// - From 1 to 99 % it is whole. Near a half a tenth says on which side of it the probability lies, so that nothing that is
///   short of even is printed as 50 %.
/// - Below 1 % and, symmetrically, above 99 % it has the digits that the smaller of it and its complement has to two
///   places.
/// - 0 % and 100 % are exactly that.
///
/// ```
/// use foretell::report::number::whole;
/// let shown = [0.3949, 0.496, 0.5, 0.00428, 0.994, 0.0, 1.0].map(whole);
/// let expected = ["39 %", "49.6 %", "50 %", "0.43 %", "99.4 %", "0 %", "100 %"];
/// assert_eq!(shown, expected.map(|one| one.replace(' ', "\u{a0}")));
/// ```
pub fn whole(probability: f64) -> String {
    match probability {
        value if !value.is_finite() => NONE.into(),
        value if value <= 0.0 => percent("0"),
        value if value >= 1.0 => percent("100"),
        value if rare(value) => percent(&small(value)),
        value if rare(1.0 - value) => percent(&large(1.0 - value)),
        value => percent(&between(100.0 * value)),
    }
}

/// Whether it is printed as 0 % or 100 %.
pub fn certain(probability: f64) -> bool {
    probability <= 0.0 || probability >= 1.0
}

/// A probability below one per cent as "1 in 8 000", to two digits; `None` above.
///
/// ```
/// use foretell::report::number::one_in;
/// assert_eq!([0.000123, 0.0099, 0.01].map(one_in), [Some("1 in 8 100".replace(' ', "\u{a0}")), Some("1 in 100".replace(' ', "\u{a0}")), None]);
/// ```
pub fn one_in(probability: f64) -> Option<String> {
    let is_told = probability >= LEAST && rare(probability);
    let size = 1.0 / probability;
    let step = 10f64.powi(format!("{size:.0}").len() as i32 - 2);
    is_told.then(|| format!("1 in {}", count(((size / step).round() * step) as u64)).replace(' ', "\u{a0}"))
}

/// Whether it is below one per cent when it is printed to two digits.
fn rare(probability: f64) -> bool {
    probability < 0.00995
}

fn percent(figure: &str) -> String {
    format!("{figure}{GAP}%")
}

fn between(value: f64) -> String {
    let (whole, tenths) = (format!("{value:.0}"), format!("{value:.1}"));
    if whole == "50" && tenths != "50.0" { tenths } else { whole }
}

fn small(probability: f64) -> String {
    if probability < LEAST { "<0.0001".into() } else { digits(100.0 * probability, 100.0 * probability) }
}

fn large(complement: f64) -> String {
    match complement < LEAST {
        true => ">99.9999".into(),
        false => digits(100.0 - 100.0 * complement, 100.0 * complement),
    }
}

/// A percentage with as many places as a small one needs for two digits, without noughts at its end.
fn digits(value: f64, small: f64) -> String {
    let places = places(small);
    format!("{value:.places$}").trim_end_matches('0').trim_end_matches('.').into()
}

/// The decimal places of two significant digits of a number below one.
fn places(small: f64) -> usize {
    let scientific = format!("{small:.1e}");
    scientific.rsplit_once("e-").and_then(|(_, digits)| digits.parse().ok()).unwrap_or(0) + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(probability: f64) -> String {
        whole(probability).replace(GAP, " ")
    }

    #[test]
    fn nothing_but_certainty_is_printed_as_certain() {
        for power in 1..300 {
            let (low, high) = (shown(10f64.powi(-power)), shown(1.0 - 10f64.powi(-power).max(f64::EPSILON)));
            assert!(low != "0 %" && high != "100 %", "{power}: {low}, {high}");
        }
        assert_eq!([0.0, 1.0].map(shown), ["0 %", "100 %"]);
    }

    #[test]
    fn the_edges_of_each_rule() {
        let at = [0.00994, 0.00996, 0.0149, 0.0151, 0.98, 0.99004, 0.9901, 0.9999, 0.000001, 0.00000099];
        let expected =
            ["0.99 %", "1 %", "1 %", "2 %", "98 %", "99 %", "99.01 %", "99.99 %", "0.0001 %", "<0.0001 %"];
        assert_eq!(at.map(shown), expected);
        assert_eq!(shown(0.9999999), ">99.9999 %");
        assert_eq!(shown(f64::NAN), NONE);
    }

    #[test]
    fn a_half_is_printed_only_where_the_tenths_say_so_too() {
        let at = [0.4949, 0.495, 0.4994, 0.4996, 0.5, 0.5004, 0.5006, 0.5049, 0.506];
        let expected = ["49 %", "49.5 %", "49.9 %", "50 %", "50 %", "50 %", "50.1 %", "50.5 %", "51 %"];
        assert_eq!(at.map(shown), expected);
    }

    #[test]
    fn what_is_not_rare_has_no_odds() {
        let odds = [0.0, 0.00995, 0.5, f64::NAN, 0.00994, 0.005, 0.000001].map(one_in);
        let expected = [None, None, None, None, Some("1 in 100"), Some("1 in 200"), Some("1 in 1 000 000")];
        assert_eq!(odds, expected.map(|one| one.map(|one| one.replace(' ', "\u{a0}"))));
    }
}
