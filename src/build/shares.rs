//! Exclusive shares of which overrides set some: probabilities of states, bases of outcomes, weights of theories.

use crate::diagnostic::{Diagnostic, Span};
use crate::model::{ShareFault, Term, constant, rescaled, share_fault};
use std::collections::BTreeMap;

/// What exclusive shares are shares of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Whole {
    States,
    Outcomes,
    Theories,
}

/// A share that an override sets.
#[derive(Clone, Debug)]
pub(super) struct Share {
    term: Term,
    /// Where the override stands.
    place: Span,
    /// Whether it is anything else than the file says.
    is_new: bool,
}

impl Share {
    pub(super) fn new(term: Term, place: Span, is_new: bool) -> Share {
        let term = match constant(&term) {
            Some(value) => Term::constant(value, term.span),
            None => term,
        };
        Share { term, place, is_new }
    }
}

/// What is set, by address, and the addresses of the shares that gave way.
pub(super) struct Shares<'s> {
    pub(super) set: &'s BTreeMap<String, Share>,
    pub(super) rescaled: Vec<String>,
}

impl<'s> Shares<'s> {
    pub(super) fn new(set: &'s BTreeMap<String, Share>) -> Shares<'s> {
        Shares { set, rescaled: Vec::new() }
    }

    /// The terms of those that are set, by their positions among `addresses`; none if they are what the file says.
    pub(super) fn held(&self, addresses: &[String]) -> BTreeMap<usize, Term> {
        let found = self.found(addresses);
        if found.values().all(|one| !one.is_new) {
            return BTreeMap::new();
        }
        found.into_iter().map(|(at, one)| (at, one.term.clone())).collect()
    }

    /// Where one of them is set to something else than the file says.
    pub(super) fn place(&self, addresses: &[String]) -> Option<Span> {
        self.found(addresses).into_values().rfind(|one| one.is_new).map(|one| one.place)
    }

    fn found(&self, addresses: &[String]) -> BTreeMap<usize, &'s Share> {
        let one = |(at, address): (usize, &String)| Some((at, self.set.get(address)?));
        addresses.iter().enumerate().filter_map(one).collect()
    }

    /// The shares of a whole with what is set in place of the file's, and the others rescaled.
    ///
    /// # Errors
    /// What is set can't be, or leaves nothing.
    pub(super) fn apply(
        &mut self,
        own: &[Term],
        addresses: &[String],
        held: &BTreeMap<usize, Term>,
        whole: Whole,
    ) -> Result<Vec<Term>, Diagnostic> {
        if let Some(fault) = share_fault(own, held, whole == Whole::Outcomes) {
            let places: BTreeMap<usize, Span> =
                self.found(addresses).into_iter().map(|(at, one)| (at, one.place)).collect();
            return Err(explain(fault, held, &places, whole));
        }
        if !held.is_empty() {
            let open = addresses.iter().enumerate().filter(|(at, _)| !held.contains_key(at));
            self.rescaled.extend(open.map(|(_, address)| address.clone()));
        }
        Ok(rescaled(own, held))
    }
}

fn explain(
    fault: ShareFault,
    held: &BTreeMap<usize, Term>,
    places: &BTreeMap<usize, Span>,
    whole: Whole,
) -> Diagnostic {
    let (code, what, others) = match whole {
        Whole::States => ("probabilities", "the probability of a state", "the other states"),
        Whole::Outcomes => ("base", "a base", "the other outcomes"),
        Whole::Theories => ("theories", "the weight of a theory", "the other theories"),
    };
    let limits = if whole == Whole::Outcomes { "above 0 and below 1" } else { "between 0 and 1" };
    let error = |message: String| Diagnostic::error(code, message);
    let last = places.values().next_back().copied().unwrap_or_default();
    match fault {
        ShareFault::Outside(at) => {
            let value = held.get(&at).and_then(constant).unwrap_or(f64::NAN);
            error(format!("{what} that is set must lie {limits}"))
                .at(places.get(&at).copied().unwrap_or(last), format!("this is {value}"))
                .hint(format!("write a share such as `0.3`: {others} share the rest in their proportions"))
        }
        ShareFault::TooMuch(_) => error(fault.to_string())
            .at(last, "the last of them")
            .hint(format!("set less, and let {others} share the rest in their proportions")),
        ShareFault::NotWhole(_) => error(fault.to_string())
            .at(last, "the last of them")
            .hint("leave one out, and let it take the rest, or set all of them to sum to 1"),
        ShareFault::NothingElse => error(format!("{others} have shares of 0, and can't share what is left"))
            .at(last, "leaves something for them")
            .hint(format!("set one of {others} too")),
    }
}
