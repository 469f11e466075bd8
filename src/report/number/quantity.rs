//! Quantities, in digits that their error allows.

use crate::diagnostic::number::{NONE, count, general};
use crate::report::wrapping::plain;
use crate::statistics::Estimate;

/// Between these, numbers are written out.
const WRITTEN_OUT: std::ops::Range<f64> = 1e-3..1e15;

/// A quantity as [`general`] shows it, but rounded where its error reaches: to the place of the first digit of half its 90 %
/// interval. From 10 000 on its digits stand in groups of three, and large numbers are written out.
///
/// ```
/// use foretell::{report::number::quantity, statistics::Estimate};
/// let shown = |value, half| quantity(&Estimate { value, std_error: half, interval: (value - half, value + half), exact: false });
/// assert_eq!([shown(1234.6, 12.0), shown(0.61234, 0.02), shown(3.7182e9, 1.0)], ["1230", "0.61", "3 720 000 000"]);
/// ```
pub fn quantity(one: &Estimate) -> String {
    let size = one.value.abs();
    let half = one.half_width();
    let errs = !one.exact && half.is_finite() && half > 0.0;
    match size {
        _ if !one.value.is_finite() => NONE.into(),
        size if !WRITTEN_OUT.contains(&size) => general(one.value),
        size if errs => shown(one.value, coarsest(size, own(size).max(exponent(half)))),
        size if size == size.trunc() && size < 1e6 => shown(one.value, 0),
        size => shown(one.value, own(size)),
    }
}

/// A number whose error is not told, as [`quantity`] shows one without.
///
/// ```
/// use foretell::report::number::figure;
/// assert_eq!([0.25, 1234.6, 123_456.7].map(figure), ["0.250", "1235", "123 457"]);
/// ```
pub fn figure(value: f64) -> String {
    quantity(&Estimate::exact(value))
}

/// A number with so many decimals, its digits in groups of three from five on.
///
/// ```
/// use foretell::report::number::fixed;
/// assert_eq!([fixed(-12_345.678, 1), fixed(0.04, 1)], ["−12 345.7", "0.0"]);
/// ```
pub fn fixed(value: f64, decimals: usize) -> String {
    if value.is_finite() { shown(value, -(decimals as i32)) } else { NONE.into() }
}

/// As many characters as a number that is written whole has.
const SHORT: usize = 6;

/// A number that somebody wrote: whole if it is short, else as [`figure`] has it.
///
/// ```
/// use foretell::report::number::short;
/// assert_eq!([0.25, 12000.0, -0.125, 1.0 / 3.0].map(short), ["0.25", "12 000", "−0.125", "0.333"]);
/// ```
pub fn short(value: f64) -> String {
    let whole = format!("{value}");
    match whole.chars().count() <= SHORT && WRITTEN_OUT.contains(&value.abs()) {
        true => fixed(value, whole.split_once('.').map_or(0, |(_, rest)| rest.len())),
        false => figure(value),
    }
}

/// A number with its unit behind it.
///
/// ```
/// use foretell::report::number::with_unit;
/// assert_eq!([with_unit("12", Some("EUR")), with_unit("12", None)], ["12\u{a0}EUR", "12"]);
/// ```
pub fn with_unit(number: &str, unit: Option<&str>) -> String {
    unit.map_or_else(|| number.into(), |unit| format!("{number}\u{a0}{}", plain(unit)))
}

/// At least the first digit is told.
fn coarsest(size: f64, place: i32) -> i32 {
    place.min(exponent(size))
}

/// The power of ten of the last digit that [`general`] shows: the third (the fourth after a 1), and below a million never
/// above the ones.
fn own(size: f64) -> i32 {
    let digits = if format!("{size:.3e}").starts_with('1') { 3 } else { 2 };
    let place = exponent(size) - digits;
    if size < 1e6 { place.min(0) } else { place }
}

/// The power of ten of the first digit.
fn exponent(size: f64) -> i32 {
    format!("{size:.2e}").rsplit('e').next().and_then(|text| text.parse().ok()).unwrap_or(0)
}

/// To a place, with its sign.
fn shown(value: f64, place: i32) -> String {
    let size = value.abs();
    let figure = match usize::try_from(-place) {
        Ok(places) => format!("{size:.places$}"),
        Err(_) => format!("{:.0}", (size * 10f64.powi(-place)).round() * 10f64.powi(place)),
    };
    let is_nothing = figure.parse() == Ok(0.0);
    if value < 0.0 && !is_nothing { format!("−{}", grouped(&figure)) } else { grouped(&figure) }
}

/// The digits before the point in groups of three, from five on.
fn grouped(figure: &str) -> String {
    let (whole, rest) = figure.split_once('.').map_or((figure, None), |(whole, rest)| (whole, Some(rest)));
    let whole = match whole.parse::<u64>() {
        Ok(number) if number >= 10_000 => count(number),
        _ => whole.into(),
    };
    rest.map_or(whole.clone(), |rest| format!("{whole}.{rest}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(value: f64, half: f64) -> String {
        quantity(&Estimate { value, std_error: half, interval: (value - half, value + half), exact: false })
    }

    #[test]
    fn an_error_takes_digits_away_and_never_adds_one() {
        let shown = [(1234.6, 0.0001), (1234.6, 3.0), (1234.6, 300.0), (0.25, 5.0), (-87.3, 1.2)];
        assert_eq!(shown.map(|(value, half)| drawn(value, half)), ["1235", "1235", "1200", "0.2", "−87"]);
    }

    #[test]
    fn exact_numbers_look_as_all_do_but_for_their_groups() {
        let exact = |value| quantity(&Estimate::exact(value));
        for value in [0.61234, 0.12346, 1234.6, 6.0, -0.5, 0.001, 99.96, 0.0, 1e-9, 1e20] {
            assert_eq!(exact(value), general(value));
        }
        assert_eq!([123_456.7, 65_536.0, -2e7].map(exact), ["123 457", "65 536", "−20 000 000"]);
        assert_eq!(exact(f64::NAN), NONE);
    }
}
