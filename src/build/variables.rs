//! Factors, derived values and events, from the document to the model.

use std::collections::BTreeMap;

use super::builder::Builder;
use super::proof::support::Hull;
use super::proof::{affine, bounds};
use crate::model::{Derived, DerivedId, Event, EventId, Factor, FactorId, Named, Variable};
use crate::scenario;

impl Builder<'_> {
    pub(super) fn factors(
        &mut self,
        hulls: &BTreeMap<Variable, Hull>,
        ranges: &[(f64, f64)],
        neutrals: &BTreeMap<Variable, f64>,
    ) -> Option<Vec<Factor>> {
        let indices = 0..self.document.factors.len();
        let factors: Vec<_> =
            indices.map(|index| self.factor(index, hulls, ranges[index], neutrals)).collect();
        factors.into_iter().collect()
    }

    pub(super) fn factor(
        &mut self,
        index: usize,
        hulls: &BTreeMap<Variable, Hull>,
        range: (f64, f64),
        neutrals: &BTreeMap<Variable, f64>,
    ) -> Option<Factor> {
        let factor = &self.document.factors[index];
        let variable = Variable::Factor(FactorId(index));
        if let Some(declared) = &factor.neutral
            && !(range.0..=range.1).contains(&declared.value)
        {
            self.report(bounds::outside(
                "the neutral point",
                declared.value,
                (range, &factor.name.text),
                declared.span,
            ));
        }
        let term = self.term(variable)?.clone();
        let drawn = affine::affine(&term).map(|(id, scale, _)| (id, scale));
        let distribution = affine::affine(&term).and_then(|(id, scale, shift)| {
            affine::scaled(self.resolver.quantities[id.0].shape.fixed()?, scale, shift)
        });
        let value = match &factor.range {
            Some(declared) => {
                let hull = *hulls.get(&variable)?;
                let checked =
                    bounds::inside(term, hull, (declared.ends(), &factor.name.text), distribution.is_some());
                checked.map_err(|problem| self.report(problem)).ok()?
            }
            None => term,
        };
        Some(Factor {
            named: Named::new(&factor.name.text, factor.label.as_deref(), None),
            unit: factor.unit.clone(),
            range,
            neutral: *neutrals.get(&variable)?,
            value,
            distribution,
            drawn,
            cost: factor.cost,
            origin: factor.origin.clone(),
            span: factor.name.span,
        })
    }

    pub(super) fn derived(&self, neutrals: &BTreeMap<Variable, f64>) -> Option<Vec<Derived>> {
        let one = |(index, derived): (usize, &scenario::Derived)| {
            let variable = Variable::Derived(DerivedId(index));
            Some(Derived {
                named: Named::new(&derived.name.text, derived.label.as_deref(), None),
                unit: derived.unit.clone(),
                neutral: *neutrals.get(&variable)?,
                value: self.term(variable)?.clone(),
                origin: derived.origin.clone(),
            })
        };
        self.document.derived.iter().enumerate().map(one).collect()
    }

    pub(super) fn events(&mut self, hulls: &BTreeMap<Variable, Hull>) -> Option<Vec<Event>> {
        let indices = 0..self.document.events.len();
        let events: Vec<_> = indices.map(|index| self.event(index, hulls)).collect();
        events.into_iter().collect()
    }

    pub(super) fn event(&mut self, index: usize, hulls: &BTreeMap<Variable, Hull>) -> Option<Event> {
        let variable = Variable::Event(EventId(index));
        let (term, hull) = (self.term(variable)?.clone(), *hulls.get(&variable)?);
        let event = &self.document.events[index];
        Some(Event {
            named: Named::new(&event.name.text, event.label.as_deref(), None),
            probability: bounds::probability(term, hull).map_err(|problem| self.report(problem)).ok()?,
            product: self.products.get(&EventId(index)).cloned(),
            latent: self.latents.get(&variable).cloned(),
            cost: event.cost,
            origin: event.origin.clone(),
        })
    }
}
