//! Factors with states and the chances of events, from the document to the model.

use std::collections::BTreeMap;

use super::builder::Builder;
use super::chances::ChanceReader;
use super::mistakes;
use super::place::{Place, Randomness};
use super::shares::Shares;
use crate::diagnostic::Diagnostic;
use crate::expression::{Expr, Ident, Node};
use crate::model::{Category, CategoryId, EventId, Named, State, Term, Variable};
use crate::scenario::{self, CategoryChance, EventChance};

impl Builder<'_> {
    /// The conditions of causes are read once: no override replaces them.
    pub(super) fn read_causes(&mut self) {
        let document = self.document;
        for (index, event) in document.events.iter().enumerate() {
            if let Some(EventChance::Noisy(noisy)) = &event.chance {
                let place =
                    Place { address: "causes", randomness: Randomness::No("a cause"), outcomes: false };
                let conditions: Vec<Option<Term>> =
                    noisy.causes.iter().map(|(cause, _)| self.resolver.truth(cause, &place)).collect();
                if let Some(conditions) = conditions.into_iter().collect() {
                    self.causes.insert(EventId(index), conditions);
                }
            }
        }
    }

    /// Puts the probabilities of events and states together; what is wrong with them.
    pub(super) fn read_chances(&mut self) -> Vec<Diagnostic> {
        let document = self.document;
        let (mut chances, mut products) = (BTreeMap::new(), BTreeMap::new());
        let names = self.resolver.names;
        let mut reader = ChanceReader {
            document,
            names,
            terms: &self.terms,
            set: Shares::new(&self.set),
            meter: self.resolver.meter,
            faults: Vec::new(),
        };
        for (index, category) in document.categories.iter().enumerate() {
            let id = CategoryId(index);
            let found = match (&category.chance, self.held.get(&id)) {
                (_, Some(state)) => Some(certain(category, *state)),
                (Some(CategoryChance::Plain(shares)), _) => reader.shares(category, shares),
                (Some(CategoryChance::Table(rows)), _) => reader.category_table(category, rows),
                (Some(CategoryChance::Grid(grid)), _) => reader.category_grid(category, grid),
                (None, _) => None,
            };
            chances.extend(found.map(|terms| (Variable::Category(id), terms)));
        }
        for (index, event) in document.events.iter().enumerate() {
            let id = EventId(index);
            let address = format!("events.{}.probability", event.name.text);
            // A plain probability stands for itself, and an override for what it replaces.
            if self.terms.contains_key(&address) {
                continue;
            }
            let found = match &event.chance {
                Some(EventChance::Table(rows)) => reader.event_table(rows, event.name.span),
                Some(EventChance::Grid(grid)) => reader.event_grid(grid, event.name.span),
                Some(EventChance::Noisy(noisy)) => self.causes.get(&id).and_then(|conditions| {
                    let (term, product) = reader.noisy(noisy, conditions)?;
                    products.insert(id, product);
                    Some(term)
                }),
                _ => None,
            };
            chances.extend(found.map(|term| (Variable::Event(id), vec![term])));
        }
        let (faults, rescaled) = (reader.faults, reader.set.rescaled);
        self.rescaled.extend(rescaled);
        (self.chances, self.products) = (chances, products);
        faults
    }

    /// Holds a factor in the state that an override names.
    pub(super) fn hold(&mut self, id: CategoryId, expr: &Expr) {
        let category = &self.document.categories[id.0];
        let at = match &expr.node {
            Node::Name(name) => category.states.iter().position(|state| state.text == *name),
            _ => None,
        };
        match at {
            Some(state) => {
                self.held.insert(id, state);
            }
            None => self.report(mistakes::not_a_state(category, expr)),
        }
    }

    pub(super) fn categories(&self) -> Option<Vec<Category>> {
        let one = |(index, category): (usize, &scenario::Category)| {
            let label_of = |state: &Ident| {
                let found = category.state_labels.iter().find(|(one, _)| one.text == state.text);
                found.map(|(_, label)| label.as_str())
            };
            Some(Category {
                named: Named::new(&category.name.text, category.label.as_deref(), None),
                states: category
                    .states
                    .iter()
                    .map(|state| State { named: Named::new(&state.text, label_of(state), None) })
                    .collect(),
                probabilities: self.chances.get(&Variable::Category(CategoryId(index)))?.clone(),
                latent: self.latents.get(&Variable::Category(CategoryId(index))).cloned(),
                cost: category.cost,
                origin: category.origin.clone(),
                span: category.name.span,
            })
        };
        self.document.categories.iter().enumerate().map(one).collect()
    }

    /// The state that a weight is for: one of a factor with states, none of anything else.
    pub(super) fn weighted_state(
        &mut self,
        weight: &scenario::Weight,
        variable: Variable,
    ) -> Option<Option<usize>> {
        let name = &weight.name.text;
        let Variable::Category(id) = variable else {
            if let Some(state) = &weight.state {
                self.report(
                    Diagnostic::error("unknown-state", format!("`{name}` has no states"))
                        .at(state.span, "not a state")
                        .hint(format!(
                            "it has one weight, the change in log-odds per unit, as in `{name} = 1.5`"
                        )),
                );
                return None;
            }
            return Some(None);
        };
        let category = &self.document.categories[id.0];
        let Some(state) = &weight.state else {
            let first = category.states.first().map_or("state", |state| state.text.as_str());
            self.report(
                Diagnostic::error("unknown-state", format!("`{name}` is weighed by its states"))
                    .at(weight.name.span, "a factor with states")
                    .hint(format!(
                        "each state has a weight of its own, as in `{name} = {{ {first} = 1.5 }}`; one that is not named counts 0"
                    )),
            );
            return None;
        };
        let at = category.states.iter().position(|one| one.text == state.text);
        if at.is_none() {
            let written = Expr { node: Node::Name(state.text.clone()), span: state.span };
            self.report(mistakes::not_a_state(category, &written));
        }
        at.map(Some)
    }
}

/// Probabilities of a factor that is held in a state.
fn certain(category: &scenario::Category, state: usize) -> Vec<Term> {
    let share = |at: usize| Term::constant(f64::from(u8::from(at == state)), category.name.span);
    (0..category.states.len()).map(share).collect()
}
