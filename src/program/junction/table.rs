//! Numbers for each combination of states of some variables (a potential in the sense of Lauritzen & Spiegelhalter 1988), times a power
//! of two, so that what is as rare as 1e-2000 is no 0.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::room::{Counted, Refusal, allow, size};
use crate::limits::Limits;

/// A number for each combination of states.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Table {
    pub(crate) scope: Vec<Counted>,
    /// The last variable's states change fastest.
    pub(crate) values: Vec<f64>,
    /// All values count 2 to this power.
    pub(crate) exponent: i32,
    /// The variable whose probabilities these are given the others: they sum to 1 over its states.
    pub(crate) head: Option<usize>,
}

impl Table {
    /// Values that are no one's probabilities.
    pub(crate) fn new(scope: Vec<Counted>, values: Vec<f64>) -> Table {
        Table { scope, values, exponent: 0, head: None }
    }

    /// All values times 2 to a power, as numbers.
    pub(crate) fn numbers(&self, power: i32) -> impl Iterator<Item = f64> + '_ {
        self.values.iter().map(move |one| times_power(*one, self.exponent + power))
    }

    pub(super) fn holds(&self, variable: usize) -> bool {
        self.scope.iter().any(|(one, _)| *one == variable)
    }

    /// Whether nothing is changed by it.
    pub(super) fn is_nothing(&self) -> bool {
        self.exponent == 0 && self.values.iter().all(|one| *one == 1.0)
    }

    /// The value where the variables are in these states, each at its position.
    pub(super) fn at(&self, states: &[usize]) -> f64 {
        self.values[place(&self.scope, states)]
    }

    /// For each variable of `scope`, how far apart its states lie among the values; 0 if it does not matter.
    fn strides(&self, scope: &[Counted]) -> Vec<usize> {
        let stride = |variable: usize| {
            let at = self.scope.iter().position(|(one, _)| *one == variable)?;
            Some(self.scope[at + 1..].iter().map(|(_, count)| count).product())
        };
        scope.iter().map(|(one, _)| stride(*one).unwrap_or(0)).collect()
    }

    /// Where a variable is in a state.
    pub(crate) fn sliced(&self, variable: usize, state: usize) -> Table {
        let Some(at) = self.scope.iter().position(|(one, _)| *one == variable) else { return self.clone() };
        let count = self.scope[at].1;
        let inner: usize = self.scope[at + 1..].iter().map(|(_, count)| count).product();
        let blocks = self.values.chunks(inner * count);
        let values = blocks.flat_map(|block| &block[state * inner..(state + 1) * inner]).copied().collect();
        let mut scope = self.scope.clone();
        scope.remove(at);
        let head = self.head.filter(|one| *one != variable);
        Table { scope, values, exponent: self.exponent, head }
    }

    /// The only state of its only variable that is not 0.
    pub(super) fn only_state(&self) -> Option<(usize, usize)> {
        let [(variable, _)] = self.scope[..] else { return None };
        let mut states = self.values.iter().enumerate().filter(|(_, one)| **one != 0.0);
        let first = states.next()?;
        states.next().is_none().then_some((variable, first.0))
    }

    /// With its greatest value between 1 and 2, so that products of many stay numbers. Powers of two change no digit.
    pub(super) fn scaled(mut self) -> Table {
        let most = self.values.iter().fold(0.0f64, |most, one| most.max(one.abs()));
        let by = if most > 0.0 && most.is_finite() { -exponent_of(most) } else { 0 };
        if by != 0 {
            self.values.iter_mut().for_each(|one| *one = times_power(*one, by));
            self.exponent -= by;
        }
        self
    }
}

/// Where variables in these states, each at its position, stand among values.
pub(crate) fn place(scope: &[Counted], states: &[usize]) -> usize {
    scope.iter().fold(0, |at, (one, count)| at * count + states[*one])
}

/// A number times 2 to a power; 0 where that is too small for a number.
pub(crate) fn times_power(value: f64, power: i32) -> f64 {
    // In two steps, as 2 to the whole power may be no number.
    let power = power.clamp(-2_040, 2_040);
    value * power_of_two(power / 2) * power_of_two(power - power / 2)
}

fn power_of_two(power: i32) -> f64 {
    f64::from_bits(((power + 1023) as u64) << 52)
}

/// The power of two of a positive number.
fn exponent_of(value: f64) -> i32 {
    let biased = |x: f64| ((x.to_bits() >> 52) & 0x7ff) as i32 - 1023;
    if value < f64::MIN_POSITIVE { biased(value * power_of_two(54)) - 54 } else { biased(value) }
}

/// The variables of some tables, in their order.
pub(super) fn union_of(tables: &[Rc<Table>]) -> Vec<Counted> {
    let mut scope: Vec<Counted> = tables.iter().flat_map(|one| one.scope.iter().copied()).collect();
    scope.sort_unstable();
    scope.dedup();
    scope
}

/// The product of tables by the states of `scope`, which holds all of their variables but those that it is summed over: one, or none.
pub(super) fn sum_product(tables: &[Rc<Table>], scope: Vec<Counted>, over: Option<Counted>) -> Table {
    let sum = |total: f64, one: f64| total + one;
    let over = over.unwrap_or((usize::MAX, 1));
    by_scope(tables, scope, over, |tables, at, steps, count| inner(tables, at, steps, count, sum))
}

/// What `inner` makes of the states of `over` in each combination of those of `scope`: it gets the tables, for each where the combination
/// stands in it and how far apart the states lie, and how many states there are.
pub(super) fn by_scope(
    tables: &[Rc<Table>],
    scope: Vec<Counted>,
    over: Counted,
    inner: impl Fn(&[Rc<Table>], &[usize], &[usize], usize) -> f64,
) -> Table {
    let strides: Vec<Vec<usize>> = tables.iter().map(|one| one.strides(&scope)).collect();
    let steps: Vec<usize> = tables.iter().map(|one| one.strides(&[over])[0]).collect();
    let mut values = Vec::with_capacity(size(&scope));
    let mut walk =
        Walk { scope: &scope, strides: &strides, states: vec![0; scope.len()], at: vec![0; tables.len()] };
    loop {
        values.push(inner(tables, &walk.at, &steps, over.1));
        if !walk.next() {
            break;
        }
    }
    let exponent = tables.iter().map(|one| one.exponent).sum();
    Table { scope, values, exponent, head: None }.scaled()
}

/// What `fold` makes of the products of tables over one variable's states, from 0 on.
#[inline]
pub(super) fn inner(
    tables: &[Rc<Table>],
    at: &[usize],
    steps: &[usize],
    count: usize,
    fold: impl Fn(f64, f64) -> f64,
) -> f64 {
    match (tables, at, steps) {
        ([a], [i], [p]) => (0..count).fold(0.0, |total, x| fold(total, a.values[i + x * p])),
        ([a, b], [i, j], [p, q]) => {
            (0..count).fold(0.0, |total, x| fold(total, a.values[i + x * p] * b.values[j + x * q]))
        }
        _ => (0..count).fold(0.0, |total, x| {
            let parts = tables.iter().zip(at).zip(steps);
            fold(total, parts.map(|((one, at), step)| one.values[at + x * step]).product::<f64>())
        }),
    }
}

/// Goes through the combinations of states, with the place in each table.
struct Walk<'a> {
    scope: &'a [Counted],
    strides: &'a [Vec<usize>],
    states: Vec<usize>,
    at: Vec<usize>,
}

impl Walk<'_> {
    fn next(&mut self) -> bool {
        for place in (0..self.scope.len()).rev() {
            let (_, count) = self.scope[place];
            if self.states[place] + 1 < count {
                self.states[place] += 1;
                self.at.iter_mut().zip(self.strides).for_each(|(at, own)| *at += own[place]);
                return true;
            }
            self.states[place] = 0;
            self.at.iter_mut().zip(self.strides).for_each(|(at, own)| *at -= own[place] * (count - 1));
        }
        false
    }
}

/// Σ over all variables but `kept` of the product of tables, as tables that are still to be multiplied: the variable first whose sum
/// makes the smallest table (min-weight; Kjærulff 1990). What sums to 1 is left out: no barren variable costs anything (Shachter 1986).
///
/// # Errors
/// A table that would be too large; the limits.
pub(super) fn eliminate(
    mut tables: Vec<Rc<Table>>,
    kept: impl Fn(usize) -> bool,
    limits: &Limits,
) -> Result<Vec<Rc<Table>>, Refusal> {
    let mut open: Vec<Counted> = union_of(&tables).into_iter().filter(|(one, _)| !kept(*one)).collect();
    loop {
        drop_barren(&mut tables, &mut open);
        let cost = |(variable, _): &Counted| {
            let own: Vec<Rc<Table>> = tables.iter().filter(|one| one.holds(*variable)).cloned().collect();
            size(&union_of(&own))
        };
        let Some((place, _)) = open.iter().map(cost).enumerate().min_by_key(|(_, cost)| *cost) else {
            return Ok(gathered(tables));
        };
        let variable = open.remove(place);
        let (own, others): (Vec<Rc<Table>>, Vec<Rc<Table>>) =
            tables.into_iter().partition(|one| one.holds(variable.0));
        tables = others;
        let mut scope = union_of(&own);
        let whole = size(&scope);
        scope.retain(|one| *one != variable);
        allow(&scope, whole, limits)?;
        let summed = sum_product(&own, scope, Some(variable));
        if !summed.is_nothing() {
            tables.push(Rc::new(summed));
        }
    }
}

/// With those multiplied that have the same variables and are no one's probabilities: many messages then are one.
fn gathered(tables: Vec<Rc<Table>>) -> Vec<Rc<Table>> {
    if tables.len() <= 2 {
        return tables;
    }
    let (mut found, messages): (Vec<Rc<Table>>, Vec<Rc<Table>>) =
        tables.into_iter().partition(|one| one.head.is_some());
    let mut by_scope: BTreeMap<&[Counted], Vec<Rc<Table>>> = BTreeMap::new();
    for one in &messages {
        by_scope.entry(&one.scope).or_default().push(one.clone());
    }
    found.extend(by_scope.into_iter().map(|(scope, own)| match &own[..] {
        [one] => one.clone(),
        _ => Rc::new(sum_product(&own, scope.to_vec(), None)),
    }));
    found
}

/// Leaves out the probabilities of what nothing else depends on, again and again.
fn drop_barren(tables: &mut Vec<Rc<Table>>, open: &mut Vec<Counted>) {
    loop {
        let before = open.len();
        open.retain(|(variable, _)| {
            let mut own = tables.iter().enumerate().filter(|(_, one)| one.holds(*variable));
            let (first, second) = (own.next(), own.next());
            match (first, second) {
                (Some((at, one)), None) if one.head == Some(*variable) => {
                    tables.remove(at);
                    false
                }
                (None, _) => false,
                _ => true,
            }
        });
        if open.len() == before {
            return;
        }
    }
}
