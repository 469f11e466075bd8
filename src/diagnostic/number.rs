//! Numbers as messages and pages have them.

/// What stands for a number that does not exist.
pub const NONE: &str = "n/a";

/// Any number, to three significant digits (four if the first is a 1); whole numbers below a million stay whole.
///
/// ```
/// use foretell::diagnostic::number::general;
/// let shown = [0.61234, 0.12346, 1234.6, 6.0, -0.00001234, 3.7e9].map(general);
/// assert_eq!(shown, ["0.612", "0.1235", "1235", "6", "−1.234e-5", "3.70e9"]);
/// ```
pub fn general(value: f64) -> String {
    if !value.is_finite() {
        return NONE.into();
    }
    let size = value.abs();
    if size == size.trunc() && size < 1e6 {
        return signed(value, format!("{size:.0}"));
    }
    // Rounding can carry into a new first digit, so the exponent is read off the rounded figure.
    let rough = format!("{size:.3e}");
    let digits = if rough.starts_with('1') { 4 } else { 3 };
    let scientific = format!("{size:.*e}", digits - 1);
    let exponent: i32 = scientific.rsplit('e').next().and_then(|text| text.parse().ok()).unwrap_or(0);
    if !(-3..6).contains(&exponent) {
        return signed(value, scientific);
    }
    let places = (digits as i32 - 1 - exponent).max(0) as usize;
    signed(value, format!("{size:.places$}"))
}

/// A percentage as a share of 1, without the dust of binary fractions.
///
/// ```
/// assert_eq!(foretell::diagnostic::number::share(29.6), 0.296);
/// ```
pub fn share(percent: f64) -> f64 {
    (percent * 1e10).round() / 1e12
}

fn signed(value: f64, size: String) -> String {
    if value < 0.0 { format!("−{size}") } else { size }
}

/// A count with its digits in groups of three.
///
/// ```
/// assert_eq!(foretell::diagnostic::number::count(1_048_576), "1 048 576");
/// ```
pub fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut shown = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            shown.push(' ');
        }
        shown.push(digit);
    }
    shown
}

/// "1 draw", "2 draws".
pub fn counted(number: u64, noun: &str) -> String {
    format!("{} {noun}{}", count(number), if number == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn significant_digits_survive_carries() {
        assert_eq!(general(0.99996), "1.000");
        assert_eq!(general(999_999.7), "1.000e6");
        assert_eq!(general(123_456.7), "123457");
        assert_eq!(general(0.0009999), "0.00100");
    }
}
