//! Probabilities that the file states with few digits: rows that miss 1 by no more than rounding makes are divided by their
//! sums, and that is told as a reading. Rows that miss it by more are found wanting where they are used.

use super::builder::Builder;
use crate::diagnostic::Span;
use crate::expression::Node;
use crate::math::rounding::{self, Digits, Verdict};
use crate::model::{Reading, Term, constant};
use crate::scenario::{Category, CategoryChance, Grid, Outcome, Value};

/// Rows of one thing that were rounded.
#[derive(Default)]
struct Rounded {
    /// The first of them.
    first: Option<(Span, String)>,
    count: usize,
}

impl Rounded {
    /// Those of a table that is a text; where a state is left out, it takes what is missing.
    fn of_grid(category: &Category, grid: &Grid) -> Rounded {
        let mut found = Rounded::default();
        let rows = if grid.states().len() == category.states.len() { grid.len() } else { 0 };
        for row in 0..rows {
            if let Some(sum) = divisor_of(grid, row) {
                found.add(&grid.numbers(row).collect::<Vec<_>>(), sum, grid.span(row));
            }
        }
        found
    }

    fn add(&mut self, numbers: &[f64], sum: f64, span: Span) {
        self.count += 1;
        if self.first.is_none() {
            let shown: Vec<String> = numbers.iter().take(6).map(f64::to_string).collect();
            let more = if numbers.len() > 6 { ", …" } else { "" };
            // A sum without the dust of binary fractions.
            let sum = (sum * 1e12).round() / 1e12;
            self.first = Some((span, format!("{}{more} sum to {sum}", shown.join(", "))));
        }
    }
}

/// What rounded numbers of a row are divided by; nothing if they are not rounded.
fn divisor(numbers: &[(f64, Digits)]) -> Option<f64> {
    let are_shares = numbers.iter().all(|(value, _)| (0.0..=1.0).contains(value));
    let (sum, verdict) = rounding::sum(numbers.iter().copied());
    (verdict == Verdict::Rounded && are_shares).then_some(sum)
}

/// As [`divisor`], of a row of a table that is a text.
pub(super) fn divisor_of(grid: &Grid, row: usize) -> Option<f64> {
    // Digits are counted only where there is something to explain.
    let is_whole = rounding::is_whole(grid.numbers(row).sum());
    if is_whole { None } else { divisor(&grid.written(row).collect::<Vec<_>>()) }
}

impl Builder<'_> {
    /// Divides every row that is rounded by its sum: probabilities of states, bases of outcomes, weights of theories.
    pub(super) fn divide_rounded(&mut self) {
        let document = self.document;
        for category in &document.categories {
            let rows = match &category.chance {
                None => Vec::new(),
                Some(CategoryChance::Plain(shares)) => vec![shares],
                Some(CategoryChance::Table(rows)) => rows.iter().map(|row| &row.shares).collect(),
                Some(CategoryChance::Grid(grid)) => {
                    self.tell(Rounded::of_grid(category, grid), "rows");
                    continue;
                }
            };
            let mut found = Rounded::default();
            // Where a state is left out, it takes what is missing.
            for row in rows.into_iter().filter(|row| row.entries.len() == category.states.len()) {
                let values: Vec<&Value> = row.entries.iter().map(|(_, value)| value).collect();
                self.divide(&values, row.span, &mut found);
            }
            self.tell(found, "rows");
        }
        let has_bases = |outcomes: &[Outcome]| outcomes.iter().all(|one| one.base.is_some());
        let lists = document.theories.iter().map(|one| &one.outcomes[..]).chain([&document.outcomes[..]]);
        for outcomes in lists.filter(|one| has_bases(one)) {
            let values: Vec<&Value> = outcomes.iter().filter_map(|one| one.base.as_ref()).collect();
            self.divide_all(&values);
        }
        if document.theories.iter().all(|one| one.weight.is_some()) {
            let values: Vec<&Value> =
                document.theories.iter().filter_map(|one| one.weight.as_ref()).collect();
            self.divide_all(&values);
        }
    }

    fn divide_all(&mut self, values: &[&Value]) {
        let Some(first) = values.first() else { return };
        let mut found = Rounded::default();
        self.divide(values, first.expr.span, &mut found);
        self.tell(found, "lists");
    }

    /// Divides one row by its sum, if all of it are numbers and it is rounded.
    fn divide(&mut self, values: &[&Value], span: Span, found: &mut Rounded) {
        let number = |value: &&Value| {
            let number = constant(self.terms.get(&value.address)?)?;
            Some((number, digits(value)))
        };
        let numbers: Option<Vec<(f64, Digits)>> = values.iter().map(number).collect();
        let Some(numbers) = numbers else { return };
        let Some(sum) = divisor(&numbers) else { return };
        for (value, (number, _)) in values.iter().zip(&numbers) {
            let term = Term::constant(number / sum, value.expr.span);
            self.terms.insert(value.address.clone(), term);
        }
        let numbers: Vec<f64> = numbers.iter().map(|(value, _)| *value).collect();
        found.add(&numbers, sum, span);
    }

    fn tell(&mut self, found: Rounded, what: &str) {
        let Some((span, shown)) = found.first else { return };
        let text = match found.count {
            1 => format!("{shown}, as rounded numbers do, and are divided by it"),
            count => format!("{shown}, as rounded numbers do: {count} {what} are divided by their sums"),
        };
        self.resolver.readings.push(Reading { span, text, is_rounding: true });
    }
}

/// How a value is written: a number with the fewest digits that say it, or a formula.
fn digits(value: &Value) -> Digits {
    match value.expr.node {
        Node::Number(number) => Digits::of_value(number),
        _ => Digits::Exact,
    }
}
