//! Intervals of a factor's values in which no comparison with a number changes.

use std::collections::BTreeMap;

use super::affine::{Affine, affine_in, draws};
use super::facts::Facts;
use super::support::Hull;
use crate::model::{FactorId, Model, Quantity, Term, TermKind, Variable};

/// The numbers that factors are compared with, in rising order.
#[derive(Default)]
pub(super) struct Cuts(BTreeMap<FactorId, Vec<f64>>);

impl Cuts {
    /// Those in some formulas, also where what follows from a factor by scale and shift is compared.
    pub(super) fn of<'t>(formulas: impl IntoIterator<Item = &'t Term>, facts: &Facts) -> Cuts {
        let lines = lines(facts.model);
        let line = |term: &Term| line(term, &lines);
        let mut cuts: BTreeMap<FactorId, Vec<f64>> = BTreeMap::new();
        for formula in formulas {
            visit(formula, &facts.model.quantities, &mut |term| {
                let TermKind::Compare(_, a, b) = &term.kind else { return };
                for (one, other) in [(a, b), (b, a)] {
                    let (Some((id, scale, shift)), (low, high)) = (line(one), facts.hull(other)) else {
                        continue;
                    };
                    let at = (low - shift) / scale;
                    if low == high && at.is_finite() {
                        cuts.entry(id).or_default().push(at);
                    }
                }
            });
        }
        for numbers in cuts.values_mut() {
            numbers.sort_by(f64::total_cmp);
            numbers.dedup();
        }
        Cuts(cuts)
    }

    /// The bounds cut where the factor is compared: into the numbers themselves and what lies between them.
    pub(super) fn cells(&self, id: FactorId, (low, high): Hull) -> Vec<Hull> {
        let mut cells = Vec::new();
        let mut from = low;
        for at in self.0.get(&id).into_iter().flatten().filter(|at| (low..=high).contains(at)) {
            cells.extend([(from, at.next_down()), (*at, *at)]);
            from = at.next_up();
        }
        cells.push((from, high));
        cells.retain(|(low, high)| low <= high);
        cells
    }
}

/// Visits a formula and all below it, the parameters of its draws too.
fn visit(term: &Term, quantities: &[Quantity], each: &mut impl FnMut(&Term)) {
    term.walk(&mut |one| {
        each(one);
        if let TermKind::Draw(id) = one.kind {
            for parameter in quantities[id.0].shape.parameters() {
                parameter.walk(&mut |inner| each(inner));
            }
        }
    });
}

type Lines = BTreeMap<Variable, Affine<FactorId>>;

/// The factor that a variable is an affine map of, for each that is one: a factor that draws, of itself.
fn lines(model: &Model) -> Lines {
    let mut lines = Lines::new();
    for variable in &model.order {
        let formula = model.formula(*variable);
        let found = match *variable {
            Variable::Factor(id) if draws(formula) => Some((id, 1.0, 0.0)),
            Variable::Factor(_) | Variable::Derived(_) => line(formula, &lines),
            Variable::Event(_) | Variable::Category(_) => None,
        };
        lines.extend(found.map(|line| (*variable, line)));
    }
    lines
}

fn line(term: &Term, lines: &Lines) -> Option<Affine<FactorId>> {
    affine_in(term, &|leaf| match leaf {
        TermKind::Variable(variable) => lines.get(variable).copied(),
        _ => None,
    })
}
