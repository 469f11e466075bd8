//! Numbers as people read them.
//!
//! A probability that was sampled is never shown as 0 % or 100 %; one that no draw entered may be.

mod quantity;
mod whole;

use crate::diagnostic::number::NONE;
pub use crate::diagnostic::number::{count, counted, general};
use crate::statistics::Estimate;
pub use quantity::{figure, fixed, quantity, short, with_unit};
pub use whole::{certain, one_in, whole};

/// A sampled probability in percent, without its sign.
///
/// ```
/// use foretell::report::number::percent_figure;
/// assert_eq!(percent_figure(0.3949, 1), "39.5");
/// assert_eq!(percent_figure(0.0001, 1), "<0.1");
/// assert_eq!(percent_figure(1.0, 1), ">99.9");
/// ```
pub fn percent_figure(probability: f64, decimals: usize) -> String {
    if !probability.is_finite() {
        return NONE.into();
    }
    let (step, shown) = (10f64.powi(-(decimals as i32)), format!("{:.decimals$}", 100.0 * probability));
    match shown.parse::<f64>() {
        Ok(value) if value <= 0.0 => format!("<{step:.decimals$}"),
        Ok(value) if value >= 100.0 => format!(">{:.decimals$}", 100.0 - step),
        _ => shown,
    }
}

/// A sampled probability in percent, as in "39.5 %".
pub fn percent(probability: f64, decimals: usize) -> String {
    unit(percent_figure(probability, decimals))
}

/// An estimated probability in percent; "0 %" and "100 %" only where they are exact.
///
/// ```
/// use foretell::{report::number::estimate, statistics::Estimate};
/// assert_eq!(estimate(&Estimate::exact(1.0), 1), "100 %");
/// assert_eq!(estimate(&Estimate { exact: false, ..Estimate::exact(1.0) }, 1), ">99.9 %");
/// ```
pub fn estimate(probability: &Estimate, decimals: usize) -> String {
    match (probability.exact, probability.value) {
        (true, 0.0) => "0 %".into(),
        (true, 1.0) => "100 %".into(),
        (_, value) => percent(value, decimals),
    }
}

fn unit(figure: String) -> String {
    if figure == NONE { figure } else { figure + " %" }
}

/// The half-width of a probability's interval in percentage points, to two digits where the decimals allow: "0.04";
/// "exact" if no draw entered it.
pub fn error(probability: &Estimate, decimals: usize) -> String {
    if probability.exact {
        "exact".into()
    } else {
        format!("± {}", points(probability.half_width(), decimals))
    }
}

/// A size in percentage points, to two digits where the decimals allow.
///
/// ```
/// use foretell::report::number::points;
/// assert_eq!(points(0.0004321, 1), "0.04");
/// assert_eq!(points(0.0234, 1), "2.3");
/// assert_eq!(points(0.00001, 1), "<0.01");
/// ```
pub fn points(size: f64, decimals: usize) -> String {
    if !size.is_finite() {
        return NONE.into();
    }
    let value = 100.0 * size;
    let most = decimals + 1;
    let places = match value {
        value if value >= 9.95 => 0,
        value if value >= 0.995 => 1,
        _ => most,
    };
    let shown = format!("{value:.places$}");
    let vanishes = value > 0.0 && shown.parse() == Ok(0.0);
    if vanishes { format!("<{:.most$}", 10f64.powi(-(most as i32))) } else { shown }
}

/// A difference of probabilities in percentage points, with its sign.
///
/// ```
/// use foretell::report::number::difference;
/// assert_eq!(difference(-0.2381, 1), "−23.8");
/// assert_eq!(difference(0.00001, 1), "0.0");
/// ```
pub fn difference(value: f64, decimals: usize) -> String {
    if !value.is_finite() {
        return NONE.into();
    }
    let shown = format!("{:.decimals$}", 100.0 * value.abs());
    match shown.parse::<f64>() {
        Ok(0.0) => shown,
        _ if value < 0.0 => format!("−{shown}"),
        _ => format!("+{shown}"),
    }
}

/// The half-width of a number's interval, to one digit more than [`general`] shows of the number.
///
/// ```
/// use foretell::{report::number::general_error, statistics::Estimate};
/// let shown = |error| general_error(&Estimate { value: 0.3746, std_error: error, interval: (0.3746 - error, 0.3746 + error), exact: false });
/// assert_eq!([shown(0.0123), shown(0.0000123)], ["± 0.0123", "± <0.0001"]);
/// ```
pub fn general_error(number: &Estimate) -> String {
    let (shown, size) = (general(number.value), number.half_width());
    let places = shown.split_once('.').map_or(0, |(_, after)| after.len()) + 1;
    match size {
        _ if number.exact => "exact".into(),
        size if shown.contains('e') || !size.is_finite() || size == 0.0 => format!("± {}", general(size)),
        size if size < 0.5 * 10f64.powi(-(places as i32)) => {
            format!("± <{:.places$}", 10f64.powi(-(places as i32)))
        }
        size => format!("± {size:.places$}"),
    }
}

/// A difference of quantities with its sign.
///
/// ```
/// use foretell::report::number::general_difference;
/// assert_eq!([0.25, -1200.0, 0.0, 45678.0].map(general_difference), ["+0.250", "−1200", "0", "+45 678"]);
/// ```
pub fn general_difference(value: f64) -> String {
    if value > 0.0 { format!("+{}", figure(value)) } else { figure(value) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_sampled_probability_is_certain() {
        for decimals in 1..5 {
            for tiny in [0.0, 1e-300, 1e-9, 4.9e-6] {
                let (low, high) = (percent(tiny, decimals), percent(1.0 - tiny, decimals));
                assert!(low != "0 %" && !low.starts_with("0.0 "), "{low}");
                assert!(!high.starts_with("100"), "{high}");
            }
        }
        assert_eq!(percent(0.0006, 1), "0.1 %");
        assert_eq!(percent(0.9994, 1), "99.9 %");
        assert_eq!(percent(0.9996, 1), ">99.9 %");
    }

    #[test]
    fn what_does_not_exist_is_said_so() {
        for shown in
            [percent(f64::NAN, 1), general(f64::INFINITY), points(f64::NAN, 1), difference(f64::NAN, 1)]
        {
            assert_eq!(shown, "n/a");
        }
    }
}
