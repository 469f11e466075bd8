//! The payoffs of a decision as formulas.

use crate::expression::{Binary, Comparison, Unary};
use crate::model::{Decision, Term, TermKind};

/// What each option gains: its payoff, or what it saves where payoffs are costs.
pub(super) struct Stakes {
    pub(super) gains: Vec<Term>,
    /// The most that any option gains.
    pub(super) most: Term,
}

impl Stakes {
    pub(super) fn of(decision: &Decision) -> Stakes {
        let gain = |payoff: &Term| match decision.is_cost {
            true => payoff.clone().unary(Unary::Negate),
            false => payoff.clone(),
        };
        let gains: Vec<Term> = decision.options.iter().map(|one| gain(&one.payoff)).collect();
        let most = Term::join(gains.clone(), Binary::Max, |one| one.span);
        Stakes { gains, most }
    }

    /// 1 if an option gains more than all others, 1/k if k options gain the most alike, else 0.
    pub(super) fn is_best(&self, option: usize) -> Term {
        let is_most = |gain: &Term| compare(gain, &self.most);
        let count = Term::join(self.gains.iter().map(is_most).collect(), Binary::Add, |one| one.span);
        let own = is_most(&self.gains[option]);
        let span = own.span;
        own.binary(Binary::Divide, count, span)
    }

    /// How much more the best option gains.
    pub(super) fn regret(&self, option: usize) -> Term {
        let own = self.gains[option].clone();
        let span = own.span;
        self.most.clone().binary(Binary::Subtract, own, span)
    }
}

fn compare(gain: &Term, most: &Term) -> Term {
    let kind = TermKind::Compare(Comparison::GreaterOrEqual, Box::new(gain.clone()), Box::new(most.clone()));
    Term { kind, span: gain.span }
}

/// A value where something is so, else 0.
pub(super) fn where_so(is_so: &Term, value: &Term) -> Term {
    let span = value.span;
    let parts = [is_so.clone(), value.clone(), Term::constant(0.0, span)];
    Term { kind: TermKind::If(Box::new(parts)), span }
}
