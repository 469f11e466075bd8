//! What values the variables of a document can take, and where they say nothing.

use std::collections::BTreeMap;

use super::builder::Builder;
use super::proof::support::{self, Hull};
use crate::model::{FactorId, Term, TermKind, Variable, evaluate};
use crate::scenario;

impl Builder<'_> {
    /// Bounds of every variable's formula.
    pub(super) fn hulls(&self, order: &[Variable]) -> BTreeMap<Variable, Hull> {
        let mut hulls = BTreeMap::new();
        for variable in order {
            if let Some(term) = self.term(*variable) {
                let found = self.hull(term, &hulls);
                hulls.insert(*variable, found);
            }
        }
        hulls
    }

    pub(super) fn hull(&self, term: &Term, hulls: &BTreeMap<Variable, Hull>) -> Hull {
        support::hull(term, &|leaf| match leaf {
            TermKind::Variable(Variable::Event(_))
            | TermKind::Is(..)
            | TermKind::Outcome(_)
            | TermKind::Theory(_) => support::EITHER,
            TermKind::Variable(variable) => hulls.get(variable).copied().unwrap_or(support::LINE),
            TermKind::Draw(id) => {
                let shape = &self.resolver.quantities[id.0].shape;
                support::shape(shape, &|parameter| self.hull(parameter, hulls))
            }
            _ => support::LINE,
        })
    }

    pub(super) fn ranges(&self, hulls: &BTreeMap<Variable, Hull>) -> Vec<(f64, f64)> {
        let range = |(index, factor): (usize, &scenario::Factor)| match &factor.range {
            Some(range) => range.ends(),
            None => hulls
                .get(&Variable::Factor(FactorId(index)))
                .map_or((0.0, 1.0), |hull| support::default_range(*hull)),
        };
        self.document.factors.iter().enumerate().map(range).collect()
    }

    /// The neutral point of every variable that has one.
    pub(super) fn neutrals(&self, order: &[Variable], ranges: &[(f64, f64)]) -> BTreeMap<Variable, f64> {
        let mut neutrals = BTreeMap::new();
        for variable in order {
            let value = match variable {
                Variable::Factor(id) => {
                    let declared = self.document.factors[id.0].neutral.as_ref();
                    Some(
                        declared
                            .map_or_else(|| support::default_neutral(ranges[id.0]), |neutral| neutral.value),
                    )
                }
                Variable::Event(_) => Some(0.0),
                Variable::Category(_) => None,
                Variable::Derived(_) => self.term(*variable).and_then(|term| {
                    evaluate(term, &|leaf| match leaf {
                        TermKind::Variable(variable) => neutrals.get(variable).copied(),
                        // At neutral no state is singled out.
                        TermKind::Is(..) => Some(0.0),
                        _ => None,
                    })
                }),
            };
            neutrals.extend(value.map(|value| (*variable, value)));
        }
        neutrals
    }
}
