//! The sampling error of a whole answer, told once.

use super::{capitalised, draws};
use crate::report::number::{counted, points};
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

/// What is to be said of a run where only some of its estimates are shown: that it is exact if no draw entered any of these.
pub fn seen<'e>(run: &RunFacts, shown: impl IntoIterator<Item = &'e Estimate>) -> RunFacts {
    let mut told = shown.into_iter().filter(|one| !one.value.is_nan()).peekable();
    let exact = run.exact || (told.peek().is_some() && told.all(|one| one.exact));
    RunFacts { exact, ..run.clone() }
}

/// Takes the errors of some tables of probabilities together, where they bear on no digit that is shown; and says what they are.
pub fn once(tables: Vec<Table>, run: &RunFacts) -> (Vec<Table>, String) {
    let all: Vec<Estimate> = tables.iter().flat_map(Table::estimates).collect();
    match matters(worst(all.iter()), run.decimals) {
        true => (tables, "±: the sampling error, half of the 90 % interval".into()),
        false => (tables.into_iter().map(Table::without_errors).collect(), at_most(&all, run)),
    }
}

/// The error of some probabilities in a sentence without a full stop; of none at all, how draws were made.
pub fn at_most(shown: &[Estimate], run: &RunFacts) -> String {
    let run = seen(run, shown);
    match points(worst(shown.iter()), run.decimals) {
        _ if run.exact || shown.is_empty() => capitalised(&draws(&run)),
        size => match size.strip_prefix('<') {
            Some(least) => format!("Sampling error below {least} points"),
            // Half-widths of nothing were estimated: no draw differed from another.
            None if size.parse() == Ok(0.0) => format!("No error seen in {}", counted(run.draws, "draw")),
            None => format!("Sampling error at most {size} points"),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::run::Run;
    use crate::diagnostic::SourceFile;
    use crate::report::page::{Cell, Column, Measure};
    use crate::session::{Changes, Session};
    use crate::simulation::Settings;

    fn run(exact: bool) -> RunFacts {
        let file = SourceFile::new("x.toml", "[outcomes.a]\nbase = 0.5\n[outcomes.b]\nbase = 0.5\n");
        let session = Session::open(file, |name| Err(name.into())).unwrap();
        let answer = session.case(&Changes::default()).unwrap().answer(&Run::default(), &Settings::default());
        RunFacts { exact, draws: 4096, ..answer.unwrap().facts.run }
    }

    fn drawn(value: f64, half: f64) -> Estimate {
        Estimate { value, std_error: half, interval: (value - half, value + half), exact: false }
    }

    #[test]
    fn exact_is_said_where_no_draw_entered_and_only_there() {
        let exact = "Exact: no draw entered the probabilities";
        assert_eq!(at_most(&[Estimate::exact(0.5)], &run(false)), exact);
        assert_eq!(at_most(&[], &run(true)), exact);
        assert!(at_most(&[], &run(false)).starts_with("4 096 draws"));
        assert_eq!(at_most(&[drawn(0.5, 1e-6)], &run(false)), "Sampling error below 0.01 points");
        assert_eq!(
            at_most(&[Estimate::exact(0.5), drawn(0.5, 0.002)], &run(false)),
            "Sampling error at most 0.20 points"
        );
        assert_eq!(at_most(&[drawn(0.5, 0.0)], &run(false)), "No error seen in 4 096 draws");
    }

    #[test]
    fn cells_with_a_measure_of_their_own_count_if_they_are_probabilities() {
        let mut table = Table::new(1, [Column::points("difference", "Change")]);
        table.row([Cell::from(drawn(0.1, 0.0002)).measured(Measure::Points)]);
        table.row([Cell::from(drawn(50.0, 3.0)).measured(Measure::Change)]);
        assert_eq!(once(vec![table], &run(false)).1, "Sampling error at most 0.02 points");
    }
}
