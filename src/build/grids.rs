//! The chances of tables that are written as texts.

use super::chances::{ChanceReader, SLACK, by_states, lookup};
use super::rounded::divisor_of;
use crate::diagnostic::Span;
use crate::expression::Node;
use crate::model::Term;
use crate::scenario::{Category, Grid, Row};

impl ChanceReader<'_> {
    /// For each state of a factor, its probability by the states of the parents.
    pub(super) fn category_grid(&mut self, category: &Category, grid: &Grid) -> Option<Vec<Term>> {
        let places = places(category, grid);
        let known: Vec<Option<Vec<Term>>> = (0..grid.len())
            .map(|row| {
                let plain = places.as_ref().and_then(|places| plain(grid, row, places));
                plain.or_else(|| self.shares(category, &valued(grid, row).shares))
            })
            .collect();
        let (parents, order) = self.combinations(&bare(grid), category.states.len(), category.name.span)?;
        let known: Vec<Vec<Term>> = known.into_iter().collect::<Option<_>>()?;
        Some(by_states(category, &known, (&parents, &order)))
    }

    /// The probability of an event by the states of the parents.
    pub(super) fn event_grid(&mut self, grid: &Grid, name: Span) -> Option<Term> {
        let number = |row: usize| Some((grid.numbers(row).next()?, grid.place(row, 0)));
        let known: Vec<Option<Term>> = (0..grid.len())
            .map(|row| number(row).and_then(|(value, place)| self.chance(Term::constant(value, place))))
            .collect();
        let (parents, order) = self.combinations(&bare(grid), 1, name)?;
        let known: Vec<Term> = known.into_iter().collect::<Option<_>>()?;
        Some(lookup(&parents, order.iter().map(|row| known[*row].clone()).collect(), name))
    }
}

/// A row with its numbers in place of fractions.
fn valued(grid: &Grid, at: usize) -> Row {
    let mut row = grid.row(at);
    for ((_, value), number) in row.shares.entries.iter_mut().zip(grid.numbers(at)) {
        value.expr.node = Node::Number(number);
    }
    row
}

fn bare(grid: &Grid) -> Vec<Row> {
    (0..grid.len()).map(|row| grid.bare(row)).collect()
}

/// The column of each state, if every state has one.
fn places(category: &Category, grid: &Grid) -> Option<Vec<usize>> {
    let column = |name: &str| grid.states().iter().position(|one| one.text == name);
    let places: Option<Vec<usize>> = category.states.iter().map(|state| column(&state.text)).collect();
    places.filter(|places| places.len() == grid.states().len())
}

/// The probabilities of a row in which nothing is wrong, in the order of the states: the short way for the many of large tables.
fn plain(grid: &Grid, row: usize, places: &[usize]) -> Option<Vec<Term>> {
    let numbers: Vec<f64> = grid.numbers(row).collect();
    let divisor = divisor_of(grid, row).unwrap_or(1.0);
    let sum: f64 = numbers.iter().sum();
    let is_sound =
        numbers.iter().all(|one| (0.0..=1.0).contains(one)) && (sum / divisor - 1.0).abs() <= SLACK;
    let term = |at: &usize| Term::constant(numbers[*at] / divisor, grid.place(row, *at));
    is_sound.then(|| places.iter().map(term).collect())
}
