//! What is asked of the things of a network and of its links, and what is answered.

use super::finding::{Link, Node, Sign};
use super::network::{Network, Thing};
use super::own::Own;
use super::strength::{Chances, Numbers, Worlds};
use crate::analysis::Study;
use crate::analysis::drivers::told as threshold;
use crate::analysis::estimated::{Figure, Share};
use crate::analysis::quantity::Quantity;
use crate::analysis::round::{Inquiry, Told};
use crate::analysis::tails::Tails;
use crate::model::Variable;
use crate::simulation::REPLICATES;
use crate::statistics::Estimate;

/// What is asked of a link.
enum Between {
    /// From what has states: what it leads to in each.
    States(Chances),
    /// From a number: both in each draw.
    Numbers(Numbers),
}

/// What is asked of all.
pub(super) struct Asked {
    things: Vec<Own>,
    links: Vec<Between>,
    drawn: Worlds,
}

impl Asked {
    pub(super) fn ask<'m>(network: &Network, study: &Study<'m>, inquiry: &mut Inquiry<'m>) -> Asked {
        let tails = Tails::of(study.model);
        let things: Vec<Own> =
            network.things.iter().map(|thing| Own::ask(*thing, study, inquiry, &tails)).collect();
        let drawn = Worlds::ask(network, study, inquiry);
        let link = |(from, to): &(usize, usize)| {
            let ends = [network.things[*from], network.things[*to]];
            match &things[*from] {
                Own::States(states) => {
                    Between::States(Chances::ask(ends, states, &things[*to], study, inquiry))
                }
                Own::Number(variable, ..) => {
                    let is_mixed = network.is_mixed[*from] || network.is_mixed[*to];
                    Between::Numbers(drawn.numbers(*variable, ends[1], is_mixed, study, inquiry))
                }
            }
        };
        let links = network.links.iter().map(link).collect();
        Asked { things, links, drawn }
    }

    pub(super) fn find(&self, network: &Network, told: &Told) -> (Vec<Node>, Vec<Link>) {
        let tails = Tails::of(told.model());
        let quantities: Vec<Option<Quantity>> =
            self.things.iter().map(|own| own.quantity(&tails, told)).collect();
        let nodes: Vec<Node> = network
            .things
            .iter()
            .enumerate()
            .map(|(at, thing)| self.node(at, *thing, &quantities, told))
            .collect();
        let draws = self.drawn.draws(self.links.iter().filter_map(Between::numbers), told);
        let limit = threshold(f64::from(REPLICATES) - 1.0, self.links.len());
        let link = |((start, end), between): (&(usize, usize), &Between)| {
            let deviation = quantities[*end].as_ref().map(|one| one.sd);
            let found = match between {
                Between::States(one) => one.find(deviation, limit, told),
                Between::Numbers(one) => one.find(&draws, deviation, limit, told),
            };
            let (share, sign) = found.unwrap_or((Estimate::exact(0.0), Sign::Untold));
            let [from, to] = [*start, *end].map(|at| nodes[at].id.clone());
            Link { from, to, share: Share(share), sign, start: *start, end: *end }
        };
        let links = network.links.iter().zip(&self.links).map(link).collect();
        (nodes, links)
    }

    fn node(&self, at: usize, thing: Thing, quantities: &[Option<Quantity>], told: &Told) -> Node {
        let model = told.model();
        let named = thing.named(model);
        let label = named.map_or("Which theory is right", |one| &one.label);
        let (value, state) = match (&self.things[at], &quantities[at]) {
            (Own::States(states), _) => {
                let all: Vec<Estimate> = states.iter().map(|one| told.estimates.probability(*one)).collect();
                let labels = thing.states(model);
                let has_states = matches!(thing, Thing::Theories | Thing::Variable(Variable::Category(_)));
                let best = match has_states {
                    true => {
                        (0..all.len()).max_by(|a, b| all[*a].value.total_cmp(&all[*b].value).then(b.cmp(a)))
                    }
                    false => all.len().checked_sub(1),
                };
                let value = best.map_or_else(Estimate::unknown, |at| all[at]);
                (value, best.filter(|_| has_states).map(|at| labels[at].1.to_string()))
            }
            (_, Some(quantity)) => (quantity.mean, None),
            _ => (Estimate::unknown(), None),
        };
        Node {
            id: named.map_or("theories", |one| &one.id).into(),
            label: label.into(),
            short: named.and_then(|one| one.short.as_deref()).unwrap_or(label).into(),
            kind: thing.kind(),
            unit: named.and_then(|one| model.unit(&one.id)).map(String::from),
            value: Figure(value),
            state,
        }
    }
}

impl Between {
    fn numbers(&self) -> Option<&Numbers> {
        match self {
            Between::Numbers(one) => Some(one),
            Between::States(_) => None,
        }
    }
}
