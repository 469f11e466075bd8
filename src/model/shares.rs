//! Exclusive shares of a whole, such as the bases of outcomes, of which some are replaced.

use std::collections::BTreeMap;
use std::fmt;

use super::evaluate::constant;
use super::term::{Lookup, Term, TermKind};
use crate::expression::Binary;

/// How far shares may be from summing to 1.
const SLACK: f64 = 1e-9;

/// How far a sum may be from what it should be by rounding alone.
const ROUNDING: f64 = 1e-12;

/// Why shares can't be replaced like this.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ShareFault {
    /// One is no probability, or a base of 0 or 1; its position.
    Outside(usize),
    /// They leave nothing, or less, for the others; their sum.
    TooMuch(f64),
    /// All are replaced, and do not sum to 1; their sum.
    NotWhole(f64),
    /// All others are 0, and can't share what is left.
    NothingElse,
}

impl fmt::Display for ShareFault {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let short = |sum: f64| (sum * 1e12).round() / 1e12;
        match self {
            ShareFault::Outside(_) => f.write_str("a share must lie between 0 and 1"),
            ShareFault::TooMuch(sum) => {
                write!(f, "these shares sum to {}, which leaves nothing for the others", short(*sum))
            }
            ShareFault::NotWhole(sum) => write!(f, "these shares sum to {}, not to 1", short(*sum)),
            ShareFault::NothingElse => f.write_str("all other shares are 0, and can't share what is left"),
        }
    }
}

/// Some of several exclusive shares, by position, at other values: the rest keep their proportions, draw by draw, each
/// q · (1 − Σ held) / Σ q over the open ones. In a table of shares the same in every row. Shares that are held at the very
/// numbers that they are move nothing.
pub fn rescaled(shares: &[Term], held: &BTreeMap<usize, Term>) -> Vec<Term> {
    if held.is_empty() {
        return shares.to_vec();
    }
    if let Some(tables) = tables(shares) {
        return by_row(shares, &tables, held);
    }
    let is_same = |(at, new): (&usize, &Term)| {
        new.as_constant().is_some() && new.as_constant() == shares[*at].as_constant()
    };
    if held.iter().all(is_same) {
        return shares.to_vec();
    }
    let left = left(held);
    let sum = sum(&open(shares, held));
    let share = |(at, own): (usize, &Term)| {
        let span = own.span;
        if let Some(new) = held.get(&at) {
            return new.clone();
        }
        let scale = match (left.as_constant(), sum.as_constant()) {
            (Some(0.0), _) => Term::constant(0.0, span),
            (Some(left), Some(sum)) => Term::constant(left / sum, span),
            _ => Term { span, ..left.clone() }.binary(Binary::Divide, sum.clone(), span),
        };
        match (own.as_constant(), scale.as_constant()) {
            (Some(own), Some(scale)) => Term::constant(own * scale, span),
            _ => own.clone().binary(Binary::Multiply, scale, span),
        }
    };
    shares.iter().enumerate().map(share).collect()
}

/// What is wrong with replacing some of several shares, as far as it can be told before the run. Bases lie above 0 and below 1.
pub fn share_fault(shares: &[Term], held: &BTreeMap<usize, Term>, are_bases: bool) -> Option<ShareFault> {
    let numbers: Vec<(usize, f64)> =
        held.iter().filter_map(|(at, one)| Some((*at, constant(one)?))).collect();
    let fits = |value: f64| match are_bases {
        true => value > 0.0 && value < 1.0,
        false => (0.0..=1.0).contains(&value),
    };
    if let Some((at, _)) = numbers.iter().find(|(_, value)| !fits(*value)) {
        return Some(ShareFault::Outside(*at));
    }
    let sum: f64 = numbers.iter().map(|(_, value)| value).sum();
    let is_known = numbers.len() == held.len();
    if held.len() == shares.len() {
        return (is_known && (sum - 1.0).abs() > SLACK).then_some(ShareFault::NotWhole(sum));
    }
    let is_too_much = if are_bases { sum >= 1.0 - SLACK } else { sum > 1.0 + SLACK };
    if is_too_much {
        return Some(ShareFault::TooMuch(sum));
    }
    let is_left = held.is_empty() || (is_known && sum >= 1.0 - ROUNDING);
    let rows = tables(shares).map(|all| rows(&all)).unwrap_or_else(|| vec![shares.to_vec()]);
    let is_stuck = |row: &Vec<Term>| {
        let is_same = |(at, value): &(usize, f64)| row[*at].as_constant() == Some(*value);
        let is_new = !(is_known && numbers.iter().all(is_same));
        is_new && open(row, held).iter().all(|one| constant(one) == Some(0.0))
    };
    (!is_left && rows.iter().any(is_stuck)).then_some(ShareFault::NothingElse)
}

/// The shares that are not held.
fn open<'t>(shares: &'t [Term], held: &BTreeMap<usize, Term>) -> Vec<&'t Term> {
    (0..shares.len()).filter(|at| !held.contains_key(at)).map(|at| &shares[at]).collect()
}

/// 1 − Σ held.
fn left(held: &BTreeMap<usize, Term>) -> Term {
    let sum = sum(&held.values().collect::<Vec<_>>());
    let span = sum.span;
    match sum.as_constant() {
        Some(sum) if (1.0 - sum).abs() <= ROUNDING => Term::constant(0.0, span),
        Some(sum) => Term::constant(1.0 - sum, span),
        None => Term::constant(1.0, span).binary(Binary::Subtract, sum, span),
    }
}

/// Σ of terms, a number if all are.
fn sum(terms: &[&Term]) -> Term {
    let numbers: Option<Vec<f64>> = terms.iter().map(|one| one.as_constant()).collect();
    let span = terms.first().map(|one| one.span).unwrap_or_default();
    match numbers {
        Some(numbers) => Term::constant(numbers.iter().sum(), span),
        None => Term::join(terms.iter().map(|one| (*one).clone()).collect(), Binary::Add, |one| one.span),
    }
}

/// The tables that the shares are, if all of them are tables over the same parents.
fn tables(shares: &[Term]) -> Option<Vec<&Lookup>> {
    let table = |one| match one {
        &Term { kind: TermKind::Table(ref lookup), .. } => Some(&**lookup),
        _ => None,
    };
    let all: Vec<&Lookup> = shares.iter().map(table).collect::<Option<_>>()?;
    let first = all.first()?;
    all.iter().all(|one| one.parents == first.parents).then_some(all)
}

/// The shares in each row.
fn rows(tables: &[&Lookup]) -> Vec<Vec<Term>> {
    let row = |at: usize| tables.iter().map(|table| table.rows[at].clone()).collect();
    (0..tables[0].rows.len()).map(row).collect()
}

fn by_row(shares: &[Term], tables: &[&Lookup], held: &BTreeMap<usize, Term>) -> Vec<Term> {
    let mut columns: Vec<Vec<Term>> = vec![Vec::new(); tables.len()];
    for own in rows(tables) {
        columns.iter_mut().zip(rescaled(&own, held)).for_each(|(column, one)| column.push(one));
    }
    let table = |((own, table), rows): ((&Term, &&Lookup), Vec<Term>)| {
        let lookup = Lookup { parents: table.parents.clone(), rows };
        Term { kind: TermKind::Table(Box::new(lookup)), span: own.span }
    };
    shares.iter().zip(tables).zip(columns).map(table).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Span;

    fn terms(values: &[f64]) -> Vec<Term> {
        values.iter().map(|one| Term::constant(*one, Span::default())).collect()
    }

    fn held(values: &[(usize, f64)]) -> BTreeMap<usize, Term> {
        values.iter().map(|(at, one)| (*at, Term::constant(*one, Span::default()))).collect()
    }

    fn values(shares: &[f64], new: &[(usize, f64)]) -> Vec<f64> {
        rescaled(&terms(shares), &held(new)).iter().filter_map(constant).collect()
    }

    #[test]
    fn the_others_keep_their_proportions() {
        assert_eq!(values(&[0.5, 0.25, 0.25], &[(0, 0.2)]), [0.2, 0.4, 0.4]);
        assert_eq!(values(&[0.5, 0.25, 0.25], &[(0, 0.25), (1, 0.5)]), [0.25, 0.5, 0.25]);
        assert_eq!(values(&[0.5, 0.25, 0.25], &[(0, 1.0)]), [1.0, 0.0, 0.0]);
        assert_eq!(values(&[1.0, 0.0], &[(0, 1.0)]), [1.0, 0.0]);
    }

    #[test]
    fn what_is_held_where_it_is_moves_nothing() {
        let shares = [0.1, 0.2, 0.7];
        for (at, own) in shares.into_iter().enumerate() {
            assert_eq!(values(&shares, &[(at, own)]), shares);
        }
    }

    #[test]
    fn faults_are_told() {
        let fault = |shares: &[f64], new: &[(usize, f64)], are_bases| {
            share_fault(&terms(shares), &held(new), are_bases)
        };
        assert_eq!(fault(&[0.5, 0.5], &[(1, 1.5)], false), Some(ShareFault::Outside(1)));
        assert_eq!(fault(&[0.5, 0.5], &[(1, f64::NAN)], false), Some(ShareFault::Outside(1)));
        assert_eq!(fault(&[0.5, 0.5], &[(1, 1.0)], true), Some(ShareFault::Outside(1)));
        assert_eq!(fault(&[0.5, 0.5], &[(1, 1.0)], false), None);
        assert_eq!(fault(&[0.5, 0.3, 0.2], &[(0, 0.5), (1, 0.6)], false), Some(ShareFault::TooMuch(1.1)));
        assert_eq!(fault(&[0.5, 0.3, 0.2], &[(0, 0.5), (1, 0.5)], true), Some(ShareFault::TooMuch(1.0)));
        assert_eq!(fault(&[0.5, 0.5], &[(0, 0.5), (1, 0.4)], true), Some(ShareFault::NotWhole(0.9)));
        assert_eq!(fault(&[1.0, 0.0], &[(0, 0.5)], false), Some(ShareFault::NothingElse));
        assert_eq!(fault(&[1.0, 0.0], &[(0, 1.0)], false), None);
        assert_eq!(fault(&[1.0, 0.0], &[(1, 0.3)], false), None);
    }
}
