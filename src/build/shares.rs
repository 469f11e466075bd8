//! Exclusive shares of which overrides set some: probabilities of states, bases of outcomes, weights of theories.

use crate::diagnostic::{Diagnostic, Hint, Span};
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
                .hint(format!("give a share such as `0.3`: {others} share the rest in their proportions"))
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

/// As far as decimals are tried, and denominators of fractions; the rest gets decimals enough to sum to 1 within 1e-9.
const DECIMALS: [usize; 4] = [1, 2, 3, 4];
const MOST_PARTS: u32 = 1000;

/// What shares that do not sum to 1 would be in the same proportions, written so that they do.
pub(super) fn in_proportion(given: &[(f64, Span)]) -> Hint {
    let sum: f64 = given.iter().map(|(value, _)| value).sum();
    let shares: Vec<String> = given.iter().map(|(value, _)| written(value / sum)).collect();
    let hint = Hint::new(format!("in proportion they would be {}", shares.join(", ")));
    // Decimals say the same with quotes around them and without.
    let decimal = |share: f64| match written(share) {
        fraction if fraction.starts_with('\'') => format!("{share:.12}"),
        decimal => decimal,
    };
    given.iter().fold(hint, |hint, (value, span)| hint.edit(*span, decimal(value / sum)))
}

/// A share as a short decimal or as a fraction, if it is one.
fn written(share: f64) -> String {
    let is_whole = |value: f64| (value - value.round()).abs() < 1e-9;
    let decimal = DECIMALS.into_iter().find(|places| is_whole(share * 10f64.powi(*places as i32)));
    if let Some(places) = decimal {
        return format!("{share:.places$}");
    }
    match (2..=MOST_PARTS).find(|parts| is_whole(share * f64::from(*parts))) {
        Some(parts) => format!("'{}/{parts}'", (share * f64::from(parts)).round()),
        None => format!("{share:.12}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_in_proportion_sums_to_1() {
        let placed = |values: [f64; 3]| in_proportion(&values.map(|value| (value, Span::default())));
        let thirds = placed([0.3, 0.3, 0.3]);
        assert_eq!(thirds.text, "in proportion they would be '1/3', '1/3', '1/3'");
        assert_eq!(thirds.edits[2].text, "0.333333333333");
        assert_eq!(placed([0.3, 0.6, 0.3]).text, "in proportion they would be 0.25, 0.5, 0.25");
        let odd = [0.1234567, 0.7654321, std::f64::consts::FRAC_1_PI];
        let sum: f64 = odd.iter().sum();
        let found: f64 = odd.iter().map(|one| written(one / sum).parse::<f64>().unwrap()).sum();
        assert!((found - 1.0).abs() < 1e-9);
    }
}
