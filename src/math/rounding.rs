//! Probabilities as people and machines write them: with few digits, so that those of one row miss the sum 1.
//!
//! Rounding a number to its last written place moves it by at most half a unit of that place. A row can miss 1 by no more
//! than all its numbers together; what misses it by more is a mistake, whatever the number of digits.

/// Sums that differ from 1 by less are those of binary fractions: nothing was rounded.
const BINARY: f64 = 1e-12;

/// How far a number that was one of single precision may be from what was meant, however many digits are written of it: half the
/// step from 1 to the next of them, 2⁻²⁴.
const SINGLE: f64 = f32::EPSILON as f64 / 2.0;

/// Numbers with fewer decimals are taken to be exact to so many: thirds are written as 0.33, and tenths that sum to 0.9 are a
/// mistake.
const FEWEST: i32 = 2;

/// Rows with as many significant digits, or with an exponent, are written by programs, which keep the same number of them in all
/// numbers.
const MACHINE: i32 = 5;

/// Half a unit of every number, but for what adding them leaves.
const SLACK: f64 = 1.0 + 1e-9;

/// How a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Digits {
    /// With so many decimals. Zeros at the end are often left out, so that the numbers of a row share the most decimals of all.
    Plain(i32),
    /// As `1.25e-3`, its last digit so many places behind the point.
    Scientific(i32),
    /// Not with digits: a formula, or nothing.
    Exact,
}

impl Digits {
    /// Those of a number as it is written; a per cent sign counts two places.
    ///
    /// ```
    /// use foretell::math::rounding::Digits;
    /// assert_eq!(Digits::of("0.330"), Digits::Plain(3));
    /// assert_eq!(Digits::of("33.3%"), Digits::Plain(3));
    /// assert_eq!(Digits::of("1.25e-3"), Digits::Scientific(5));
    /// assert_eq!(Digits::of("0.000e+00"), Digits::Exact);
    /// assert_eq!(Digits::of("1/3"), Digits::Exact);
    /// ```
    pub fn of(text: &str) -> Digits {
        let (number, shift) = match text.trim().strip_suffix('%') {
            Some(percent) => (percent.trim_end(), 2),
            None => (text.trim(), 0),
        };
        let (mantissa, exponent) = match number.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, Some(exponent)),
            None => (number, None),
        };
        let is_number = !mantissa.is_empty()
            && mantissa.bytes().all(|one| one.is_ascii_digit() || b".+-_".contains(&one));
        let decimals =
            mantissa.split_once('.').map_or(0, |(_, rest)| rest.bytes().filter(u8::is_ascii_digit).count());
        let decimals = i32::try_from(decimals).unwrap_or(i32::MAX / 4);
        let is_zero = mantissa.bytes().all(|one| !(b'1'..=b'9').contains(&one));
        match exponent.map(|one| one.parse::<i32>()) {
            _ if !is_number => Digits::Exact,
            None => Digits::Plain(decimals + shift),
            // A zero has no digits that its exponent could move.
            Some(Ok(exponent)) if !is_zero => Digits::Scientific(decimals.saturating_sub(exponent) + shift),
            Some(_) => Digits::Exact,
        }
    }

    /// Those of a number whose text is not kept: the fewest that say it.
    ///
    /// ```
    /// use foretell::math::rounding::Digits;
    /// assert_eq!(Digits::of_value(33.3 / 100.0), Digits::Plain(3));
    /// assert_eq!(Digits::of_value(1e-5), Digits::Plain(5));
    /// ```
    pub fn of_value(value: f64) -> Digits {
        // Fifteen digits are kept by every number, whatever it was computed from: 33.3 % is 0.333. The shortest text is written
        // without an exponent, however small the number is.
        let kept = format!("{value:.14e}").parse::<f64>().unwrap_or(value);
        Digits::of(&format!("{kept}"))
    }
}

/// What the sum of a row says of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is 1.
    Whole,
    /// It misses 1 by no more than rounding makes: every number is to be divided by the sum.
    Rounded,
    /// It misses 1 by more.
    Mistaken,
}

/// Whether a row with this sum was not rounded.
pub fn is_whole(sum: f64) -> bool {
    (sum - 1.0).abs() <= BINARY
}

/// The sum of a row's numbers, and what that says.
///
/// ```
/// use foretell::math::rounding::{Digits, Verdict, sum};
/// let row = |numbers: &[&str]| {
///     let entries = numbers.iter().map(|one| (one.parse().unwrap(), Digits::of(one)));
///     sum(entries.collect::<Vec<_>>()).1
/// };
/// assert_eq!(row(&["0.2", "0.3", "0.5"]), Verdict::Whole);
/// assert_eq!(row(&["0.33", "0.33", "0.33"]), Verdict::Rounded);
/// assert_eq!(row(&["0.333", "0.333", "0.33"]), Verdict::Mistaken);
/// assert_eq!(row(&["0.3", "0.3", "0.3"]), Verdict::Mistaken);
/// ```
pub fn sum(row: impl IntoIterator<Item = (f64, Digits)>) -> (f64, Verdict) {
    let row: Vec<(f64, Digits)> = row.into_iter().collect();
    let sum: f64 = row.iter().map(|(value, _)| value).sum();
    let places = Places::of(&row);
    let allowed: f64 = row.iter().map(|one| places.half_unit(*one) + SINGLE).sum();
    let off = (sum - 1.0).abs();
    let verdict = match () {
        () if is_whole(sum) => Verdict::Whole,
        () if off <= SLACK * allowed => Verdict::Rounded,
        () => Verdict::Mistaken,
    };
    (sum, verdict)
}

/// What the numbers of a row that are written with decimals have in common.
struct Places {
    /// The most decimals.
    decimals: i32,
    /// The most significant digits.
    significant: i32,
    /// Whether they are kept in all numbers.
    is_machine: bool,
}

impl Places {
    fn of(row: &[(f64, Digits)]) -> Places {
        let mut places = Places { decimals: FEWEST, significant: 0, is_machine: false };
        for (value, digits) in row {
            if let Digits::Plain(count) = digits {
                places.decimals = places.decimals.max(*count);
                let digits = first_place(*value).map_or(0, |first| count - first + 1);
                places.significant = places.significant.max(digits);
            }
            places.is_machine |= matches!(digits, Digits::Scientific(_));
        }
        places.is_machine |= places.significant >= MACHINE;
        places
    }

    /// How far a number may be from what was rounded to it.
    fn half_unit(&self, (value, digits): (f64, Digits)) -> f64 {
        let place = match (digits, first_place(value)) {
            (Digits::Exact, _) => return 0.0,
            (Digits::Scientific(place), _) => place.max(FEWEST),
            // Programs write as many significant digits of each number, so that small ones have more decimals.
            (Digits::Plain(_), Some(first)) if self.is_machine => {
                self.decimals.min((self.significant + first - 1).max(FEWEST))
            }
            (Digits::Plain(_), _) => self.decimals,
        };
        0.5 * 10f64.powi(-place)
    }
}

/// The decimal place of a number's first digit that is not 0, counted from 1; 0 for numbers from 1 on, nothing for 0.
fn first_place(value: f64) -> Option<i32> {
    let is_shown = |place: &i32| value * 10f64.powi(*place) >= 1.0 - 1e-12;
    (value > 0.0).then(|| (0..=308).find(is_shown)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(numbers: &str) -> Verdict {
        let entries = numbers.split_whitespace();
        sum(entries.map(|one| (one.parse().unwrap_or(f64::NAN), Digits::of(one)))).1
    }

    #[test]
    fn rounding_is_told_from_mistakes_by_the_digits_alone() {
        for thirds in ["0.33 0.33 0.33", "0.3333 0.6666", "0.333333333 0.333333333 0.333333333"] {
            assert_eq!(verdict(thirds), Verdict::Rounded, "{thirds}");
        }
        // Numbers that stand for exact ones share the decimals of the others: 0.5 may be 0.500.
        assert_eq!(verdict("0.5 0.333 0.166"), Verdict::Rounded);
        assert_eq!(verdict("0.5 0.33 0.15"), Verdict::Mistaken);
        assert_eq!(verdict("0.48 0.5"), Verdict::Mistaken);
        for tenths in ["0.3 0.3 0.3", "0.5 0.4", "5e-1 4e-1", "1 1"] {
            assert_eq!(verdict(tenths), Verdict::Mistaken, "{tenths}");
        }
        assert_eq!(verdict("0.333 0.333 0.331"), Verdict::Mistaken);
        assert_eq!(verdict("0.333 0.333 0.331 0"), Verdict::Mistaken);
        assert_eq!(verdict("nan 1"), Verdict::Mistaken);
        assert_eq!(verdict(""), Verdict::Mistaken);
    }

    #[test]
    fn significant_digits_have_places_of_their_own() {
        assert_eq!(verdict("7.682262e-05 1.183068e-01 8.816163e-01"), Verdict::Rounded);
        assert_eq!(verdict("7.68e-05 1.183e-01 8.815e-01"), Verdict::Mistaken);
        // Zeros of scientific notation are exact.
        assert_eq!(verdict("0.0e+00 0.0e+00 9.999e-01"), Verdict::Mistaken);
        assert_eq!(verdict("1e-3 9.99e-01"), Verdict::Whole);
        // Six of them, as programs write numbers: the second was 0.327780.
        assert_eq!(verdict("0.672118 0.32778 0.000102849"), Verdict::Rounded);
        assert_eq!(verdict("0.672118 0.32779 0.000102849"), Verdict::Mistaken);
        assert_eq!(verdict("0.9987 0.0009997 9.997e-05 9.997e-05 9.997e-05"), Verdict::Rounded);
        // Few of them are decimals that people wrote: 0.9 is 0.900.
        assert_eq!(verdict("0.9 0.098"), Verdict::Mistaken);
    }

    #[test]
    fn single_precision_is_no_mistake() {
        let third = f64::from(1.0f32 / 3.0);
        let row = [third; 3].map(|one| (one, Digits::of_value(one)));
        assert_eq!(sum(row).1, Verdict::Rounded);
        let off = [third, third, third + 1e-6].map(|one| (one, Digits::of_value(one)));
        assert_eq!(sum(off).1, Verdict::Mistaken);
    }

    /// Whatever is rounded to a number of decimals is known as rounded: every row of hundredths, thousandths and so on of random
    /// shares (a generator of Steele, Lea & Flood 2014).
    #[test]
    fn what_is_rounded_is_known_as_rounded() {
        let mut state = 7u64;
        let mut word = || {
            state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let z = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            ((z ^ (z >> 27)) >> 11) as f64 / (1u64 << 53) as f64
        };
        for round in 0..3000 {
            let parts: Vec<f64> = (0..2 + round % 6).map(|_| word() + 1e-3).collect();
            let whole: f64 = parts.iter().sum();
            let decimals = 2 + round % 4;
            let row = parts.iter().map(|one| format!("{:.decimals$}", one / whole));
            let found = sum(row.map(|one| (one.parse().expect("a number"), Digits::of(&one))));
            assert_ne!(found.1, Verdict::Mistaken, "{parts:?} with {decimals} decimals: {}", found.0);
        }
    }
}
