//! The sampling error of a whole answer, told once.

use crate::report::number::points;
use crate::report::page::Table;
use crate::session::RunFacts;
use crate::statistics::Estimate;

/// The largest half-width of some probabilities, 0 to 1; what was not drawn, or is not known, has none.
pub fn worst<'e>(all: impl Iterator<Item = &'e Estimate>) -> f64 {
    let drawn = all.filter(|one| !one.exact && one.value.is_finite() && one.half_width().is_finite());
    drawn.map(Estimate::half_width).fold(0.0, f64::max)
}

/// Whether an error bears on a digit that is shown: half a step or more.
///
/// ```
/// use foretell::report::prose::sampling::matters;
/// assert_eq!([0.0004, 0.0006].map(|half| matters(half, 1)), [false, true]);
/// ```
pub fn matters(worst: f64, decimals: usize) -> bool {
    worst >= 0.5 * 10f64.powi(-2 - decimals as i32)
}

/// Takes the errors of some tables of probabilities together, where they bear on no digit that is shown; and says what they are.
pub fn once(tables: Vec<Table>, run: &RunFacts) -> (Vec<Table>, String) {
    let all: Vec<Estimate> = tables.iter().flat_map(Table::estimates).collect();
    let worst = worst(all.iter());
    match matters(worst, run.decimals) {
        true => (tables, "±: the sampling error, half of the 90 % interval".into()),
        false => (tables.into_iter().map(Table::without_errors).collect(), at_most(worst, run)),
    }
}

/// The error in a sentence without a full stop.
pub fn at_most(worst: f64, run: &RunFacts) -> String {
    match run.exact || worst == 0.0 {
        true => "Exact: no draw entered the probabilities".into(),
        false => match points(worst, run.decimals).strip_prefix('<') {
            Some(least) => format!("Sampling error below {least} points"),
            None => format!("Sampling error at most {} points", points(worst, run.decimals)),
        },
    }
}
