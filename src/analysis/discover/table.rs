//! Boxes in a table of somebody else's experiments.

use super::Looking;
use super::finding::{DiscoverFinding, FieldName, FoundBox, Measured, MeasuredOn, Numbers, Target, Without};
use super::region::Region;
use super::rows::{Field, Rows, Sums};
use super::search::{Boxes, Found, Search};
use super::test::binomial;
use super::tidy::sums;
use crate::analysis::estimated::{Figure, Probability};
use crate::diagnostic::Diagnostic;
use crate::interchange::experiments::{Column, Experiments};
use crate::random::{Key, Permutation};
use crate::simulation::Watch;
use crate::statistics::Estimate;

/// In which rows of a table is something so?
#[derive(Clone, Debug, PartialEq)]
pub struct DiscoverRows {
    /// The column that tells.
    pub of: String,
    /// What it tells.
    pub test: Test,
    /// The columns that boxes may restrict; without any, all others.
    pub by: Vec<String>,
    /// How boxes are looked for.
    pub looking: Looking,
    /// Which random numbers halve the rows.
    pub seed: u64,
}

/// When a row is of interest.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Test {
    /// Where the column holds 1, and not where it holds 0.
    #[default]
    One,
    /// Where it holds more.
    Above(f64),
    /// Where it holds less.
    Below(f64),
    /// Where it holds this.
    Is(String),
}

/// What is found in a table.
#[derive(Clone, Debug, PartialEq)]
pub struct RowsFinding {
    /// The boxes.
    pub found: DiscoverFinding,
    /// Rows that were looked at.
    pub rows: usize,
    /// Rows that lack a cell of a column that was looked at.
    pub left_out: usize,
    /// Columns that hold neither numbers nor a few words.
    pub unused: Vec<String>,
    /// What the reader should know of it.
    pub doubts: Vec<Diagnostic>,
}

/// From so many rows on, a half is held out to measure on.
const HELD_OUT: usize = 1000;
/// The most states that words in a column are taken for.
const STATES: usize = 40;
/// As many half samples as tell whether the same is found again.
const HALVES: u64 = 10;

/// A column that boxes may restrict, in the rows of the table.
struct Usable<'a> {
    column: &'a Column,
    values: Values,
}

enum Values {
    Numbers(Vec<Option<f64>>),
    States(Vec<Option<usize>>, Vec<String>),
}

impl DiscoverRows {
    /// Looks for boxes, as long as `watch` leaves time.
    ///
    /// # Errors
    /// A column that is not there or can't be tested so, or no row with all cells.
    pub fn find(&self, table: &Experiments, watch: &Watch) -> Result<RowsFinding, Diagnostic> {
        let of = table.column(&self.of)?;
        let target = self.test.of(of)?;
        let chosen = self.chosen(table)?;
        let usable: Vec<Usable> = chosen.iter().filter_map(|one| usable(one)).collect();
        let unused = chosen.iter().filter(|one| !usable.iter().any(|own| own.column.name == one.name));
        let is_whole = |at: &usize| target[*at].is_some() && usable.iter().all(|one| one.values.has(*at));
        let whole: Vec<usize> = (0..table.rows).filter(is_whole).collect();
        if whole.is_empty() {
            let message = format!("no row has a cell in `{}` and in all columns that are looked at", self.of);
            let hint = "name columns that are filled with --by";
            return Err(Diagnostic::error("table", message).hint(hint));
        }
        let names: Vec<FieldName> = usable.iter().map(Usable::name).collect();
        let target = |at: &usize| target[*at].unwrap_or(0.0);
        let rows = Rows {
            fields: usable.iter().map(|one| one.values.field(&whole)).collect(),
            weights: vec![1.0; whole.len()],
            target: whole.iter().map(target).collect(),
        };
        let (found, doubts) = self.found(&rows, &names, watch)?;
        Ok(RowsFinding {
            found,
            doubts,
            rows: whole.len(),
            left_out: table.rows - whole.len(),
            unused: unused.map(|one| one.name.clone()).collect(),
        })
    }

    /// The columns that boxes may restrict, each once: never that which tells, by which it would be said of itself.
    fn chosen<'t>(&self, table: &'t Experiments) -> Result<Vec<&'t Column>, Diagnostic> {
        let others = || table.columns.iter().filter(|one| one.name != self.of);
        if self.by.is_empty() {
            return Ok(others().collect());
        }
        let named = self.by.iter().map(|name| table.column(name)).collect::<Result<Vec<_>, _>>()?;
        if named.iter().any(|one| one.name == self.of) {
            return Err(self.said_of_itself(others().map(|one| one.name.as_str()).collect()));
        }
        Ok(table.columns.iter().filter(|one| self.by.contains(&one.name)).collect())
    }

    fn said_of_itself(&self, others: Vec<&str>) -> Diagnostic {
        let wanted = |name: &&str| self.by.iter().any(|one| one == name);
        let mut by: Vec<&str> = others.iter().copied().filter(wanted).collect();
        by = if by.is_empty() { others } else { by };
        let message = format!("`{}` is what is asked about, and can't tell where it is so", self.of);
        let hint = match by.len() {
            0 => "the table has no other column: give it those that may tell".into(),
            // Some of a wide table are an example.
            1..=6 => format!("look at others, as with --by {}", by.join(",")),
            _ => "leave it out of --by; without --by all other columns are looked at".into(),
        };
        Diagnostic::error("table", message).hint(hint)
    }

    fn found(
        &self,
        rows: &Rows,
        names: &[FieldName],
        watch: &Watch,
    ) -> Result<(DiscoverFinding, Vec<Diagnostic>), Diagnostic> {
        let key = Key::new(self.seed).named("discover");
        let all: Vec<usize> = (0..rows.len()).collect();
        let (searched, judged, measured_on) = match rows.len() >= HELD_OUT {
            true => {
                let [one, other] = halves(&all, key.named("held out"));
                (one, other, MeasuredOn::HeldOutRows)
            }
            false => (all.clone(), all, MeasuredOn::SameRows),
        };
        let parts: Vec<Vec<usize>> =
            (0..HALVES).map(|at| halves(&searched, key.numbered(at))[0].clone()).collect();
        let search = self.looking.search(watch);
        let Boxes { boxes, doubts } = search.boxes(rows, (searched.clone(), &parts))?;
        let judge = Judge { rows, judged, measured_on };
        let measured = boxes
            .iter()
            .enumerate()
            .map(|(at, one)| FoundBox::of(one, judge.numbers(one, &boxes[..at]), rows, names));
        let name = self.test.named(&self.of);
        let found = DiscoverFinding {
            of: Target { id: self.of.clone(), label: name.clone(), short: name },
            probability: Probability(judge.share(judge.sums(&judge.judged))),
            measured_on,
            searched: searched.len() as u64,
            support: self.support(&search, rows, &searched),
            boxes: measured.collect(),
            together: (boxes.len() > 1).then(|| judge.together(&boxes)),
        };
        Ok((found, doubts))
    }

    fn support(&self, search: &Search, rows: &Rows, searched: &[usize]) -> f64 {
        search.peeling.support(&rows.sums(searched.iter().copied()))
    }
}

/// Two halves of some rows, by chance; the first is the larger one of an odd number.
fn halves(rows: &[usize], key: Key) -> [Vec<usize>; 2] {
    let shuffle = Permutation::new(key, rows.len() as u64);
    let middle = rows.len().div_ceil(2) as u64;
    let (one, other): (Vec<_>, Vec<_>) =
        rows.iter().enumerate().partition(|(at, _)| shuffle.at(*at as u64) < middle);
    [one, other].map(|half| half.into_iter().map(|(_, row)| *row).collect())
}

/// What rows say of boxes.
struct Judge<'a> {
    rows: &'a Rows,
    judged: Vec<usize>,
    measured_on: MeasuredOn,
}

impl Judge<'_> {
    fn numbers(&self, found: &Found, before: &[Found]) -> Numbers {
        let is_left = |at: &usize| !before.iter().any(|one| one.region.holds(self.rows, *at));
        let left: Vec<usize> = self.judged.iter().copied().filter(is_left).collect();
        let own = sums(&found.region, self.rows, &left);
        let measured = |region: &Region| match region.restricted().is_empty() && before.is_empty() {
            true => self.everything(),
            false => self.measured(&sums(region, self.rows, &left)),
        };
        let without = |field: usize| {
            let wider = found.region.without(field, self.rows);
            let measured = measured(&wider);
            let wider = sums(&wider, self.rows, &left);
            let p_value = binomial(own.hits as u64, own.count, wider.density());
            Without { field, density: measured.density, coverage: measured.coverage, p_value }
        };
        Numbers {
            measured: measured(&found.region),
            outside: Figure(self.share(self.sums(&left).without(&own))),
            path: found.path.iter().map(|stage| measured(&stage.region)).collect(),
            without: found.region.restricted().into_iter().map(without).collect(),
        }
    }

    fn together(&self, all: &[Found]) -> Measured {
        let is_in = |at: &usize| all.iter().any(|one| one.region.holds(self.rows, *at));
        self.measured(&self.rows.sums(self.judged.iter().copied().filter(is_in)))
    }

    /// All rows, of which nothing but the density is counted.
    fn everything(&self) -> Measured {
        let whole = Figure(Estimate::exact(1.0));
        Measured { mass: whole, coverage: whole, ..self.measured(&self.sums(&self.judged)) }
    }

    fn sums(&self, rows: &[usize]) -> Sums {
        self.rows.sums(rows.iter().copied())
    }

    fn measured(&self, own: &Sums) -> Measured {
        let all = self.sums(&self.judged);
        let share = |part: f64, whole: f64| Figure(self.estimate(part, whole));
        Measured {
            mass: share(own.weight, all.weight),
            coverage: share(own.hits, all.hits),
            density: share(own.hits, own.weight),
        }
    }

    fn share(&self, own: Sums) -> Estimate {
        self.estimate(own.hits, own.weight)
    }

    /// So many of so many rows: of those that the boxes were chosen on, what they hold; of others, what they tell.
    fn estimate(&self, part: f64, whole: f64) -> Estimate {
        match (whole > 0.0, self.measured_on) {
            (false, _) => Estimate::unknown(),
            (true, MeasuredOn::HeldOutRows) => Estimate::of_share(part / whole, whole),
            (true, _) => Estimate::exact(part / whole),
        }
    }
}

impl Test {
    /// Whether each cell is of interest, where there is one.
    fn of(&self, column: &Column) -> Result<Vec<Option<f64>>, Diagnostic> {
        let truth = |is_so: bool| f64::from(u8::from(is_so));
        if let Some(bound) = self.bound().filter(|bound| !bound.is_finite()) {
            let message = format!("{bound} is no number that a cell could be above or below");
            return Err(
                Diagnostic::error("table", message).hint("say from where on a row counts, as in --above 0.5")
            );
        }
        if let Test::Is(wanted) = self {
            let of = |cell: &Option<String>| cell.as_ref().map(|cell| truth(cell == wanted));
            let all: Vec<Option<f64>> = column.cells.iter().map(of).collect();
            return match all.contains(&Some(1.0)) {
                true => Ok(all),
                false => Err(untold(column, &format!("never holds `{wanted}`"))),
            };
        }
        let numbers = column.numbers().ok_or_else(|| untold(column, "does not hold numbers alone"))?;
        let is_truth = |one: &f64| *one == 0.0 || *one == 1.0;
        if *self == Test::One && !numbers.iter().flatten().all(is_truth) {
            return Err(untold(column, "holds other numbers than 0 and 1"));
        }
        let of = |one: f64| match self {
            Test::Above(bound) => truth(one > *bound),
            Test::Below(bound) => truth(one < *bound),
            Test::One | Test::Is(_) => one,
        };
        Ok(numbers.into_iter().map(|one| one.map(of)).collect())
    }

    fn bound(&self) -> Option<f64> {
        match self {
            Test::Above(bound) | Test::Below(bound) => Some(*bound),
            Test::One | Test::Is(_) => None,
        }
    }

    /// What is so in the rows of interest.
    fn named(&self, column: &str) -> String {
        match self {
            Test::One => column.into(),
            Test::Above(bound) => format!("{column} > {bound}"),
            Test::Below(bound) => format!("{column} < {bound}"),
            Test::Is(wanted) => format!("{column}: {wanted}"),
        }
    }
}

/// What can't be tested so.
fn untold(column: &Column, why: &str) -> Diagnostic {
    let mut known: Vec<&str> = column.cells.iter().flatten().map(String::as_str).collect();
    known.sort_unstable();
    known.dedup();
    let word = known.first().copied().unwrap_or("yes");
    let hint = match column.numbers() {
        Some(_) => "say from where on a row counts, as in --above 0.5 or --below 100".to_string(),
        None => format!("say which word counts, as in --is {word}"),
    };
    Diagnostic::error("table", format!("the column `{}` {why}", column.name)).hint(hint)
}

/// A column of numbers, or of a few words; `None` of one that never differs or holds too many words.
fn usable(column: &Column) -> Option<Usable<'_>> {
    if let Some(numbers) = column.numbers() {
        return Some(Usable { column, values: Values::Numbers(numbers) });
    }
    let mut states: Vec<String> = column.cells.iter().flatten().cloned().collect();
    states.sort();
    states.dedup();
    if states.is_empty() || states.len() > STATES {
        return None;
    }
    let state = |cell: &Option<String>| cell.as_ref().and_then(|cell| states.binary_search(cell).ok());
    let values = column.cells.iter().map(state).collect();
    Some(Usable { column, values: Values::States(values, states) })
}

impl Usable<'_> {
    fn name(&self) -> FieldName {
        let states = match &self.values {
            Values::Numbers(_) => Vec::new(),
            Values::States(_, states) => states.iter().map(|one| (one.clone(), one.clone())).collect(),
        };
        let name = self.column.name.clone();
        FieldName { id: name.clone(), label: name.clone(), short: name, states, ..FieldName::default() }
    }
}

impl Values {
    fn has(&self, at: usize) -> bool {
        match self {
            Values::Numbers(all) => all[at].is_some(),
            Values::States(all, _) => all[at].is_some(),
        }
    }

    fn field(&self, rows: &[usize]) -> Field {
        match self {
            Values::Numbers(all) => Field::Number(rows.iter().filter_map(|at| all[*at]).collect()),
            Values::States(all, states) => {
                Field::States(rows.iter().filter_map(|at| all[*at]).collect(), states.len())
            }
        }
    }
}
