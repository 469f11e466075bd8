//! What is known of a document while it becomes a model.

use std::collections::BTreeMap;

use super::names::Names;
use super::resolver::Resolver;
use super::shares::Share;
use super::truths::Truths;
use crate::diagnostic::Diagnostic;
use crate::distribution::Cache;
use crate::limits::Meter;
use crate::model::{CategoryId, DerivedId, EventId, FactorId, Latent, Product, Term, TheoryId, Variable};
use crate::scenario::{Attachments, Document, Override};

/// A document, its overrides, and what is known of them so far.
pub(super) struct Builder<'a> {
    pub(super) document: &'a Document,
    pub(super) overrides: &'a [Override],
    pub(super) resolver: Resolver<'a>,
    /// Every value, by its address.
    pub(super) terms: BTreeMap<String, Term>,
    /// The conditions of causes, by event.
    pub(super) causes: BTreeMap<EventId, Vec<Term>>,
    /// The probabilities of events and of states that tables, causes or several values give.
    pub(super) chances: BTreeMap<Variable, Vec<Term>>,
    /// Events with many causes, as products.
    pub(super) products: BTreeMap<EventId, Product>,
    /// The normals of events and factors with states that are in a copula.
    pub(super) latents: BTreeMap<Variable, Latent>,
    /// Factors with states that an override holds in one of them.
    pub(super) held: BTreeMap<CategoryId, usize>,
    /// The theory that an override takes for the only one.
    pub(super) held_theory: Option<TheoryId>,
    /// Exclusive shares that overrides set, by address.
    pub(super) set: BTreeMap<String, Share>,
    /// The addresses of the shares that gave way to these.
    pub(super) rescaled: Vec<String>,
}

impl<'a> Builder<'a> {
    /// Nothing is known yet.
    pub(super) fn new(
        document: &'a Document,
        attachments: &'a Attachments,
        overrides: &'a [Override],
        names: &'a Names,
        meter: &'a Meter,
        cache: &'a Cache,
    ) -> Builder<'a> {
        let truths = Truths::of(document, names, overrides);
        Builder {
            document,
            overrides,
            resolver: Resolver::new(names, attachments, document, meter, cache, truths),
            terms: BTreeMap::new(),
            causes: BTreeMap::new(),
            chances: BTreeMap::new(),
            products: BTreeMap::new(),
            latents: BTreeMap::new(),
            held: BTreeMap::new(),
            held_theory: None,
            set: BTreeMap::new(),
            rescaled: Vec::new(),
        }
    }

    pub(super) fn report(&mut self, diagnostic: Diagnostic) {
        self.resolver.found.push(diagnostic);
    }

    /// The address of a variable's formula.
    pub(super) fn address(&self, variable: Variable) -> String {
        match variable {
            Variable::Factor(id) => format!("factors.{}.value", self.document.factors[id.0].name.text),
            Variable::Derived(id) => format!("derived.{}.value", self.document.derived[id.0].name.text),
            Variable::Event(id) => format!("events.{}.probability", self.document.events[id.0].name.text),
            Variable::Category(id) => format!("factors.{}.state", self.document.categories[id.0].name.text),
        }
    }

    pub(super) fn term(&self, variable: Variable) -> Option<&Term> {
        let chance = || self.chances.get(&variable).and_then(|terms| terms.first());
        self.terms.get(&self.address(variable)).or_else(chance)
    }

    /// All formulas of a variable: one for each state of a factor with states.
    pub(super) fn formulas(&self, variable: Variable) -> Vec<&Term> {
        match variable {
            Variable::Category(_) => self.chances.get(&variable).into_iter().flatten().collect(),
            _ => self.term(variable).into_iter().collect(),
        }
    }

    pub(super) fn variables(&self) -> impl Iterator<Item = Variable> + use<> {
        let factors = (0..self.document.factors.len()).map(|i| Variable::Factor(FactorId(i)));
        let derived = (0..self.document.derived.len()).map(|i| Variable::Derived(DerivedId(i)));
        let events = (0..self.document.events.len()).map(|i| Variable::Event(EventId(i)));
        let categories = (0..self.document.categories.len()).map(|i| Variable::Category(CategoryId(i)));
        factors.chain(derived).chain(events).chain(categories)
    }
}
