//! What a cell looks like to people.

use crate::report::number::{
    count, difference, estimate, general, general_difference, general_error, percent_figure, points, quantity,
};
use crate::report::page::{Cell, Measure};
use crate::report::wrapping::plain;
use crate::statistics::Estimate;

/// What stands for a number that does not exist.
const NONE: &str = "n/a";
/// What stands for the error of a number that no draw entered.
const EXACT: &str = "exact";

/// The cell of a column on one line; percentages have that many decimals.
pub fn shown(cell: &Cell, measure: Measure, decimals: usize) -> String {
    match cell {
        Cell::Blank => String::new(),
        Cell::Words(words) => plain(words),
        Cell::Number(value) => {
            figure(&Estimate { exact: false, ..Estimate::exact(*value) }, measure, decimals)
        }
        Cell::Exact(value) => figure(&Estimate::exact(*value), measure, decimals),
        Cell::Estimate(estimate) => figure(estimate, measure, decimals),
        Cell::Measured(own, cell) => shown(cell, *own, decimals),
    }
}

/// Half of the cell's 90 % interval, without "±"; empty for a cell that is no estimate.
pub fn error(cell: &Cell, measure: Measure, decimals: usize) -> String {
    match cell {
        Cell::Measured(own, cell) => error(cell, *own, decimals),
        _ => cell.estimate().map_or(String::new(), |one| half_width(&one, measure, decimals)),
    }
}

fn figure(one: &Estimate, measure: Measure, decimals: usize) -> String {
    match measure {
        Measure::Probability | Measure::Bar => estimate(one, decimals),
        Measure::Percent => percentage(one, decimals),
        Measure::Points => difference(one.value, decimals),
        Measure::Margin => margin(one.value, decimals),
        Measure::Quantity => quantity(one),
        Measure::Words => general(one.value),
        Measure::Change => general_difference(one.value),
        Measure::LogOdds => log_odds(one.value),
        _ if !one.value.is_finite() => NONE.into(),
        Measure::Correlation => format!("{:.3}", one.value),
        Measure::Count => count(one.value.round() as u64),
    }
}

fn half_width(one: &Estimate, measure: Measure, decimals: usize) -> String {
    let size = match measure {
        _ if one.exact => return EXACT.into(),
        Measure::Probability | Measure::Bar | Measure::Percent | Measure::Points | Measure::Margin => {
            points(one.half_width(), decimals)
        }
        Measure::LogOdds => log_odds_error(one.half_width()),
        _ => general_error(one),
    };
    size.trim_start_matches("± ").into()
}

/// 0 and 100 only where they are exact, as in [`estimate`].
fn percentage(one: &Estimate, decimals: usize) -> String {
    match (one.exact, one.value) {
        (true, 0.0) => "0".into(),
        (true, 1.0) => "100".into(),
        (_, value) => percent_figure(value, decimals),
    }
}

/// In points; a difference that tenths would hide has its own digits.
fn margin(value: f64, decimals: usize) -> String {
    let points = 100.0 * value;
    let is_hidden = points != 0.0 && points.abs() < 0.095;
    if is_hidden { general(points) } else { difference(value, decimals) }
}

/// With a sign and two decimals; what became certain has infinite odds.
fn log_odds(value: f64) -> String {
    let shown = match value {
        value if value.is_nan() => return NONE.into(),
        value if value.is_infinite() => "∞".into(),
        value => format!("{:.2}", value.abs()),
    };
    match shown.as_str() {
        "0.00" => shown,
        _ if value < 0.0 => format!("−{shown}"),
        _ => format!("+{shown}"),
    }
}

fn log_odds_error(size: f64) -> String {
    match size {
        size if !size.is_finite() => NONE.into(),
        size if size < 0.0005 => "<0.001".into(),
        size => format!("{size:.3}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Measure::*;

    const MEASURES: [Measure; 10] =
        [Words, Probability, Percent, Points, Margin, Quantity, Change, LogOdds, Correlation, Count];

    fn sampled(value: f64, half: f64) -> Cell {
        Estimate { value, std_error: half, interval: (value - half, value + half), exact: false }.into()
    }

    fn all(cell: impl Into<Cell>) -> [String; 10] {
        let cell = cell.into();
        MEASURES.map(|measure| shown(&cell, measure, 1))
    }

    #[test]
    fn each_measure_has_its_look() {
        let expected =
            ["0.250", "25.0 %", "25.0", "+25.0", "+25.0", "0.250", "+0.250", "+0.25", "0.250", "0"];
        assert_eq!(all(0.25), expected);
        assert_eq!(shown(&65_536.0.into(), Count, 1), "65 536");
        assert_eq!(shown(&(-0.7).into(), LogOdds, 1), "−0.70");
        assert_eq!(shown(&(-0.001).into(), LogOdds, 1), "0.00");
    }

    #[test]
    fn no_margin_but_none_is_hidden() {
        let margins = [-0.47, 0.00095, 0.00094, -0.0000451, 0.0].map(|value| shown(&value.into(), Margin, 1));
        assert_eq!(margins, ["−47.0", "+0.1", "0.0940", "−0.00451", "0.0"]);
    }

    #[test]
    fn only_what_is_exact_is_certain() {
        let at = |cell: Cell| [shown(&cell, Probability, 1), shown(&cell, Percent, 1)];
        assert_eq!(at(Cell::Exact(0.0)), ["0 %", "0"]);
        assert_eq!(at(Cell::Exact(1.0)), ["100 %", "100"]);
        assert_eq!(at(Cell::Number(0.0)), ["<0.1 %", "<0.1"]);
        assert_eq!(at(sampled(1.0, 0.0)), [">99.9 %", ">99.9"]);
    }

    #[test]
    fn errors_have_no_sign() {
        let cell = sampled(0.25, 0.0123);
        let errors = MEASURES.map(|measure| error(&cell, measure, 1));
        assert_eq!(
            errors,
            ["0.0123", "1.2", "1.2", "1.2", "1.2", "0.0123", "0.0123", "0.012", "0.0123", "0.0123"]
        );
        assert_eq!(MEASURES.map(|measure| error(&Cell::Exact(0.25), measure, 1)), ["exact"; 10]);
        assert_eq!(error(&sampled(1.0, 0.0001), LogOdds, 1), "<0.001");
        for cell in [Cell::Blank, "rain".into(), 0.25.into()] {
            assert_eq!(error(&cell, Probability, 1), "");
        }
    }

    #[test]
    fn what_does_not_exist_is_said_so() {
        assert_eq!(all(f64::NAN), ["n/a"; 10]);
        let infinite = all(f64::NEG_INFINITY);
        assert_eq!(infinite, ["n/a", "n/a", "n/a", "n/a", "n/a", "n/a", "n/a", "−∞", "n/a", "n/a"]);
        let unknown = Estimate::unknown().into();
        assert_eq!(MEASURES.map(|measure| error(&unknown, measure, 1)), ["n/a"; 10]);
    }

    #[test]
    fn a_cell_may_measure_something_else() {
        let cell = sampled(12.5, 0.25).measured(Quantity);
        assert_eq!([shown(&cell, Probability, 1), error(&cell, Probability, 1)], ["12.5", "0.250"]);
        assert_eq!(shown(&Cell::from("a\u{1b}[1m\nb"), Probability, 1), "a [1m b");
    }
}
